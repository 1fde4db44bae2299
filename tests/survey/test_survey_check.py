"""What the kiosk does not understand is refused by name and place; what is unwise is told."""

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.survey.check import check
from kiosk.survey.document import Document, Window
from kiosk.survey.estimate import estimate_s
from kiosk.survey.linter import Rule, advice_on
from kiosk.survey.outcome import outcome_of
from kiosk.survey.steps import answer, begin, go_on
from tests.survey.walks import NOW

EXAMPLE = Path(__file__).parent / "post_purchase.json"

Change = Callable[[dict[str, Any]], object]


def example() -> dict[str, Any]:
    """A survey of the chain, as JSON holds it."""
    found: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return found


def published(change: Change = lambda _given: None) -> Document:
    """The example, changed, as it can be published."""
    given = example()
    change(given)
    checked = check(given)
    assert checked.document is not None, checked.troubles
    return checked.document


def element(given: dict[str, Any], page: int, at: int) -> dict[str, Any]:
    """One element of a page."""
    found: dict[str, Any] = given["survey"]["pages"][page]["elements"][at]
    return found


def triggers(*made: dict[str, Any]) -> Change:
    """The example with these triggers."""
    return lambda given: given["survey"].update(triggers=list(made))


def test_example_of_the_chain_can_be_published() -> None:
    """The format was agreed on with this very survey."""
    assert published().survey.pages[2].name == "p3"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            lambda g: element(g, 1, 0).update(type="matrix"),
            "question `cause`: type `matrix` is not supported",
        ),
        (
            lambda g: element(g, 1, 0).update(choicesByUrl={}),
            "question `cause`: property `choicesByUrl` is not supported",
        ),
        (
            lambda g: element(g, 2, 0).update(setValueIf="{overall} = 1"),
            "question `nps`: property `setValueIf` is not supported",
        ),
        (
            lambda g: element(g, 1, 0).update(visibleIf="foo({overall})"),
            "question `cause`: `visibleIf`: function `foo` is not supported",
        ),
        (
            lambda g: element(g, 1, 0).update(visibleIf="{overal} = 1"),
            "question `cause`: there is no answer `{overal}`",
        ),
        (
            lambda g: element(g, 1, 0).update(visibleIf="{$overall.isVisible}"),
            "question `cause`: there is no answer `{$overall.isVisible}`",
        ),
        (
            lambda g: element(g, 1, 0).update(visibleIf="{overall} = "),
            "question `cause`: `visibleIf`: cannot be read at character 13, before the end",
        ),
        (
            lambda g: element(g, 1, 2)["validators"][0].update(regex="^(?=1)"),
            "question `phone`: `regex`: `?=1)` at character 3 is not supported",
        ),
        (
            lambda g: element(g, 1, 2)["validators"].append({"type": "custom"}),
            "question `phone`: type `custom` is not supported",
        ),
        (
            lambda g: element(g, 0, 0)["title"].update({"zh-CN": "满意吗"}),
            "question `overall`: language `zh-CN` is not supported; use `default` and `zh-cn`",
        ),
        (
            lambda g: element(g, 2, 0).update(rateMax=50),
            "question `nps`: should have 2 to 11 steps",
        ),
        (
            lambda g: element(g, 2, 1).update(name="OVERALL"),
            "the name `OVERALL` is there twice",
        ),
        (
            lambda g: element(g, 2, 1).update(name="Locale"),
            "the name `Locale` means something else to SurveyJS",
        ),
        (
            lambda g: element(g, 1, 0)["choices"][0].update(visibleIf="displayValue('nps') = '1'"),
            "question `cause`: `visibleIf`: `displayValue` never holds in a choice's `visibleIf`",
        ),
        (lambda g: g["survey"].update(surveyId="x"), "property `surveyId` is not supported"),
        (
            lambda g: g["survey"].update(completedHtml="<b>Thanks</b>"),
            "markup is not supported: plain words only, without `<`, `>` and `&`",
        ),
        (
            triggers({"type": "copyvalue", "expression": "{nps} = 1"}),
            "trigger 1: type `copyvalue` is not supported",
        ),
        (
            triggers({"type": "skip", "expression": "{nps} = 1", "gotoName": "p3"}),
            "trigger 1: there is no question `p3` to go to",
        ),
        (
            lambda g: g.update(idle_seconds=1),
            "`idle_seconds` should be greater than or equal to 10, not 1",
        ),
        (lambda g: g.pop("kind"), "property `kind` is missing"),
        (
            lambda g: element(g, 1, 0)["choices"][0].update(imageLink="icon:gift"),
            "question `cause`: only type `imagepicker` has `imageLink`",
        ),
        (
            lambda g: element(g, 1, 2).update(validators=[{"type": "regex", "regex": "a"}] * 21),
            "has 21 regular expressions, 20 at most are allowed",
        ),
        (
            lambda g: (g.update(g.pop("survey")), g.pop("id")),
            "stands alone: put it into `survey`, with `id`, `version` and `kind` beside it",
        ),
        (lambda g: g.update(questions={"zz": {}}), "there is no question `zz`"),
    ],
)
def test_refusals_name_the_question_and_what_is_wrong(change: Change, reason: str) -> None:
    """An author who is told "invalid document" publishes the old survey again."""
    given = example()
    change(given)
    checked = check(given)
    assert checked.document is None
    assert checked.troubles[0].reason == reason
    assert len(checked.troubles) == 1


def test_place_of_a_refusal_leads_to_its_value() -> None:
    """The line told to an author is looked up by this place."""
    given = example()
    element(given, 1, 2)["validators"][0]["regex"] = "("
    (trouble,) = check(given).troubles
    here: Any = given
    for step in trouble.location:
        here = here[step]
    assert here == "("


@pytest.mark.parametrize("given", [None, [], 1, "survey", {}, {"survey": []}, [[[]]]])
def test_anything_that_is_no_survey_is_refused(given: object) -> None:
    """A wrong file in a bundle must not end the process that checks it."""
    checked = check(given)
    assert checked.document is None
    assert checked.troubles


def test_endless_panels_are_refused() -> None:
    """Recursion over a document's depth ends the process."""
    inside: dict[str, Any] = {"type": "html", "name": "h", "html": "x"}
    for number in range(400):
        inside = {"type": "panel", "name": f"p{number}", "elements": [inside]}
    given = example()
    given["survey"]["pages"][0]["elements"].append(inside)
    assert [one.reason for one in check(given).troubles] == ["is more than 60 levels deep"]


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=8), inside),
    max_leaves=8,
)
_places = st.sampled_from(
    ["type", "name", "title", "choices", "visibleIf", "validators", "rateMin"]
)


@given(st.integers(0, 2), _places, _json)
def test_no_document_brings_the_check_down(page: int, place: str, value: object) -> None:
    """HQ's next slip is one nobody has thought of."""
    given = copy.deepcopy(example())
    element(given, page, 0)[place] = value
    checked = check(given)
    assert (checked.document is None) == bool(checked.troubles)


def rules(document: Document) -> set[tuple[Rule, str]]:
    """What the linter warns of, and about which question."""
    return {(one.rule, one.about) for one in advice_on(document)}


def test_a_good_survey_is_not_warned_of() -> None:
    """Warnings that are always there are never read."""
    why = {"zh-CN": "我们会给您回电", "en": "So that we can call you back"}

    def good(given: dict[str, Any]) -> None:
        names = ("overall", "cause", "contact_me", "nps", "ideas")
        given["questions"] = {name: {"purpose": "service"} for name in names}
        given["questions"]["phone"] = {"purpose": "call", "why": why, "sensitivity": "personal"}
        given["anonymous_allowed"] = False

    assert rules(published(good)) == set()
    assert 10 < estimate_s(published(good).survey) < 30


@pytest.mark.parametrize(
    ("change", "rule", "about"),
    [
        (lambda g: None, Rule.PURPOSE, "overall"),
        (lambda g: element(g, 0, 0)["title"].pop("zh-cn"), Rule.TRANSLATION, "overall"),
        (lambda g: element(g, 0, 0).pop("title"), Rule.TITLE, "overall"),
        (lambda g: element(g, 2, 1).update(title="您的收入是多少？"), Rule.SENSITIVE, "ideas"),
        (lambda g: element(g, 2, 1).update(title="What is your salary?"), Rule.SENSITIVE, "ideas"),
        (lambda g: element(g, 2, 1).update(title="公司需要您的建议"), Rule.COMPANY, "ideas"),
        (lambda g: element(g, 2, 1).update(isRequired=True), Rule.REQUIRED, "ideas"),
        (lambda g: element(g, 2, 1).update(title="You said {causes}"), Rule.NAME, "ideas"),
        (lambda g: g["survey"].pop("clearInvisibleValues"), Rule.LINGERS, ""),
        (lambda g: None, Rule.ANONYMOUS, ""),
        (lambda g: g["survey"]["pages"].extend(_comments(8)), Rule.LENGTH, ""),
        (lambda g: g["survey"]["pages"].extend(_comments(8)), Rule.PAGES, ""),
        (lambda g: element(g, 1, 0)["choices"].extend(range(9)), Rule.CHOICES, "cause"),
        (
            lambda g: g.update(questions={"phone": {"sensitivity": "personal"}}),
            Rule.WHY,
            "phone",
        ),
        (lambda g: g.update(questions={"nps": {"self_askable": False}}), Rule.STAFF, "nps"),
        (lambda g: element(g, 1, 1).update(_pictures("x", None)), Rule.PICTURE, "contact_me"),
        (lambda g: g["survey"]["pages"][0]["elements"].append(_html("Hi")), Rule.TRANSLATION, ""),
    ],
)
def test_what_is_unwise_is_told(change: Change, rule: Rule, about: str) -> None:
    """A survey too long or too curious drives members away; its author is the last to see it."""
    assert (rule, about) in rules(published(change))


def _pictures(*links: str | None) -> dict[str, Any]:
    choices = [{"value": at, "imageLink": link} for at, link in enumerate(links) if link]
    choices += [{"value": at} for at, link in enumerate(links) if not link]
    return {"type": "imagepicker", "choices": choices}


def _html(text: str) -> dict[str, Any]:
    return {"type": "html", "name": "note", "html": text}


def _comments(many: int) -> list[dict[str, Any]]:
    return [
        {"name": f"more{at}", "elements": [{"type": "comment", "name": f"c{at}", "title": "More?"}]}
        for at in range(many)
    ]


def test_a_completed_survey_tells_answers_and_times() -> None:
    """Times of questions nobody answered would spoil the figures of those who did."""
    document = published()
    run = begin(document.survey, Language.ZH, NOW)
    run = go_on(answer(run, "overall", 5, NOW), NOW).run
    run = go_on(answer(run, "nps", 9, NOW), NOW).run
    told = outcome_of(document, run, NOW, {"overall": 2.34, "nps": -1.0, "ideas": 3.0})
    assert told is not None
    assert (told.survey_version, told.complete, told.language) == (3, True, Language.ZH)
    expected = {"overall": 5, "nps": 9, "nps_band": "promoter", "needs_callback": False}
    assert told.answers == expected
    assert told.seconds == {"overall": 2.3, "nps": 0.0}


@pytest.mark.parametrize(("rule", "kept"), [("submit", True), ("discard", False)])
def test_half_a_survey_follows_its_rule(rule: str, kept: bool) -> None:
    """HQ decides whether an answer given before walking away counts."""
    document = published(lambda g: g.update(partial=rule))
    run = answer(begin(document.survey, Language.EN, NOW), "overall", 1, NOW)
    told = outcome_of(document, run, NOW, {})
    assert (told is not None) == kept
    assert told is None or not told.complete


def test_nothing_answered_is_nothing_to_send() -> None:
    """A record without an answer would count as a visit to the survey."""
    document = published()
    assert outcome_of(document, begin(document.survey, Language.EN, NOW), NOW, {}) is None


def test_windows_hold_both_their_days() -> None:
    """A survey would end a day early, or run while nobody knows what day it is."""
    window = Window.model_validate({"from": "2026-03-01", "to": "2026-03-02"})
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3), None]
    assert [window.is_open(day) for day in days] == [False, True, True, False, False]
    assert Window().is_open(None)
