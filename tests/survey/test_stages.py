"""A stage of the profile asks for the member's good, or is not published."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.survey.check import check
from kiosk.survey.linter import Rule, advice_on
from kiosk.survey.parts import Words
from kiosk.survey.topics import forbidden_topics
from sim.hq.demo import FOLDER

STAGE: dict[str, Any] = {
    "id": "stage",
    "version": 1,
    "kind": "profile",
    "questions": {
        "size": {"class": "hard", "why": {"zh-CN": "为您留意", "en": "We look out for it"}}
    },
    "survey": {
        "pages": [
            {
                "name": "p",
                "elements": [
                    {
                        "type": "radiogroup",
                        "name": "size",
                        "title": {"default": "Which size?", "zh-cn": "穿什么尺码？"},
                        "choices": ["S", "M"],
                    }
                ],
            }
        ]
    },
}


def stage() -> dict[str, Any]:
    """A stage that can be published, to be spoilt."""
    return copy.deepcopy(STAGE)


def question(given: dict[str, Any]) -> dict[str, Any]:
    """Its one question."""
    found: dict[str, Any] = given["survey"]["pages"][0]["elements"][0]
    return found


def refused(given: dict[str, Any]) -> list[str]:
    """Why it cannot be published."""
    return [one.reason for one in check(given).troubles]


def test_a_stage_as_it_should_be_is_published() -> None:
    """Rules that refuse everything would be switched off."""
    assert refused(stage()) == []


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("您的民族是？", "ethnicity"),
        ("What is your race?", "ethnicity"),
        ("您的肤色偏哪种？", "skin"),
        ("您的三围？", "body measurements"),
        ("What is your weight?", "body measurements"),
        ("您的月薪大约是？", "wealth"),
        ("Your household income?", "wealth"),
        ("请给自己的颜值打分", "looks"),
        ("Your identity card number?", "an identity number"),
        ("Are you pregnant?", "health"),
        ("您有宗教信仰吗？", "religion"),
    ],
)
def test_what_the_chain_never_asks_is_refused(title: str, topic: str) -> None:
    """A member would be asked for looks or money with people looking on."""
    given = stage()
    question(given)["title"] = title
    assert refused(given) == [f"question `size`: a profile never asks for {topic}"]


def test_it_is_found_in_the_small_print_and_in_the_name_too() -> None:
    """The title would ask for "one more thing", and the line below for the salary."""
    given = stage()
    question(given)["description"] = {"default": "Salary", "zh-cn": "工资"}
    assert refused(given) == ["question `size`: a profile never asks for wealth"]
    given = stage()
    question(given)["name"] = "skin_tone"
    given["questions"] = {"skin_tone": given["questions"]["size"]}
    assert refused(given) == ["question `skin_tone`: a profile never asks for skin"]


@pytest.mark.parametrize(
    "title",
    [
        "Do you like skinny jeans?",
        "Do you follow motor racing?",
        "您喜欢民族风吗？",
        "Do you like an ethnic style?",
        "Which looks do you like?",
        "Bustling places, or quiet ones?",
        "您的预算大约是？",
    ],
)
def test_words_of_fashion_are_no_offence(title: str) -> None:
    """An author who cannot ask for a style would give up the check."""
    given = stage()
    question(given)["title"] = title
    assert refused(given) == []


def test_another_survey_is_only_advised_against_it() -> None:
    """The rule is the profile's; elsewhere a person judges."""
    given = stage() | {"kind": "vote"}
    question(given)["title"] = "What is your income?"
    assert refused(given) == []


def test_each_question_says_what_the_member_gains_and_where_it_belongs() -> None:
    """The member would be asked without a reason, and the ring would not move by the answer."""
    given = stage()
    given["questions"] = {}
    assert refused(given) == [
        "question `size`: property `class` is missing: `hard` or `soft`",
        "question `size`: property `why` is missing: what does the member gain?",
    ]


def test_what_staff_note_needs_no_reason_for_the_member() -> None:
    """A field nobody is asked would need words nobody reads."""
    given = stage()
    given["questions"]["size"] = {"class": "soft", "self_askable": False}
    assert refused(given) == []


@pytest.mark.parametrize(
    ("why", "phrase"),
    [
        ({"zh-CN": "公司需要", "en": "Good for you"}, "公司需要"),
        ({"zh-CN": "为您好", "en": "The company needs it"}, "the company needs"),
    ],
)
def test_for_the_company_s_sake_is_refused(why: dict[str, str], phrase: str) -> None:
    """The chain's own rule: never ask in the company's name."""
    given = stage()
    given["questions"]["size"]["why"] = why
    assert refused(given) == [f"question `size`: `{phrase}` is no gain of the member's"]


def test_a_profile_is_never_anonymous() -> None:
    """An answer of nobody would have to complete somebody's profile."""
    (reason,) = refused(stage() | {"anonymous_allowed": True})
    assert reason.endswith("it cannot be anonymous")


def test_the_places_told_are_there() -> None:
    """The line told would be the first of the file."""
    given = stage()
    question(given)["title"] = "Your income?"
    given["questions"]["size"] = {"why": {"zh-CN": "公司需要", "en": "x"}}
    for trouble in check(given).troubles:
        here: Any = given
        for step in trouble.location:
            here = here[step]
        assert here


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_word_is_found_wherever_it_stands_by_itself(before: str, after: str) -> None:
    """A comma or a Chinese sign beside it would hide it, or a longer word give it away."""
    words = Words.model_construct(default=before + "Income" + after, en="", zh="")
    beside = (before.lower()[-1:], after.lower()[:1])
    inside = any(one.isascii() and one.isalpha() for one in beside)
    assert ("wealth" in forbidden_topics([words])) is not inside


def test_the_demo_s_stages_would_not_pass_with_one_word_changed() -> None:
    """The rules would hold for a made-up stage, and let the real ones through."""
    for number in (1, 2, 3):
        path = FOLDER / "content" / "surveys" / f"profile_{number}.json"
        given = json.loads(path.read_text(encoding="utf-8"))
        assert refused(given) == []
        question(given)["title"] = "您的收入？"
        assert len(refused(given)) == 1


def test_length_is_no_matter_of_a_stage_and_skipping_is() -> None:
    """An author would tear a stage apart that nobody ever answers at a stretch."""
    given = stage()
    note = given["questions"]["size"]
    for at in range(12):
        more = {"type": "comment", "name": f"c{at}", "title": "More?", "isRequired": at == 0}
        given["survey"]["pages"][0]["elements"].append(more)
        given["questions"][f"c{at}"] = note
    document = check(given).document
    assert document is not None
    told = {(one.rule, one.about) for one in advice_on(document)}
    assert not any(rule is Rule.LENGTH for rule, _ in told)
    assert {about for rule, about in told if rule is Rule.REQUIRED} == {"c0"}
