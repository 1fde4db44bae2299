"""One question at a time: where a touch leads, what stays out of sight, what goes to HQ."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.session import answering
from kiosk.session.states import Asking
from kiosk.session.stops import all_stops, asked, is_one_touch, progress, stops, texts_beside
from kiosk.survey.check import check
from kiosk.survey.document import Document, Partial
from kiosk.survey.expressions.values import UNDEFINED
from kiosk.survey.validate import Flaw
from tests.factories import world
from tests.survey.survey_kit import (
    ALL_KINDS,
    CAUSES,
    DEMOS,
    KINDS,
    asks,
    both,
    choice,
    demo,
    document,
    put,
)

WORLD = world()
REFERENCE = Path(__file__).parents[1] / "survey" / "post_purchase.json"
POST_PURCHASE = Document.model_validate(json.loads(REFERENCE.read_text("utf-8")))


def begun(of: Document, **more: object) -> Asking:
    """The survey at its first question."""
    asking = answering.begin(of, Language.ZH, WORLD, **more)  # type: ignore[arg-type]
    assert asking is not None
    return asking


def touched(asking: Asking, *values: str) -> Asking:
    """After these touches on answers, each going on by itself where it does."""
    for value in values:
        asking = answering.touch(asking, value, WORLD)
    return asking


def test_one_touch_answers_and_goes_on() -> None:
    """A second touch for each smiley would double the half minute."""
    after = touched(begun(KINDS), "4")
    assert (after.question, after.run.data["overall"]) == ("nps", 5.0)
    assert touched(after, "10").question == "reason"


def test_several_choices_wait_for_their_end() -> None:
    """Going on after the first tick would cut off what else is wrong."""
    asking = touched(put(KINDS, "cause"), "0", "2")
    assert asking.question == "cause"
    assert answering.standing(asking) == ("quality", "slow")
    assert answering.standing(touched(asking, "0")) == ("slow",)


def test_one_choice_too_many_is_said_and_not_taken() -> None:
    """A touch that does nothing looks like a broken glass."""
    asking = touched(put(KINDS, "cause"), "0", "1", "2", "3")
    assert len(answering.standing(asking)) == 3  # type: ignore[arg-type]
    assert [one.flaw for one in asking.faults] == [Flaw.TOO_LARGE]
    assert touched(asking, "0").faults == ()


@pytest.mark.parametrize("value", ["5", "99", "-1", "x", "", "٣", "1.0", "yes"])
def test_a_touch_on_nothing_changes_nothing(value: str) -> None:
    """A key from elsewhere must not answer for the person."""
    asking = begun(KINDS)
    assert touched(asking, value) == asking


def test_branches_follow_the_answers_and_so_does_their_number() -> None:
    """A progress that promises three questions and asks five is a lie."""
    first = begun(POST_PURCHASE)
    assert progress(first.run, first.question) == (1, 3)
    cause = touched(first, "1")
    assert (cause.question, progress(cause.run, "cause")) == ("cause", (2, 4))
    ticked = touched(cause, "0")
    assert progress(ticked.run, "cause") == (2, 5)
    glad = touched(first, "4")
    assert (glad.question, progress(glad.run, "nps")) == ("nps", (2, 3))


def test_what_is_required_holds_back_and_what_is_not_does_not() -> None:
    """Nobody gets past a missing number; nobody is held by an idea they do not have."""
    held = answering.forward(put(KINDS, "phone"), WORLD)
    assert (held.question, held.faults[0].flaw) == ("phone", Flaw.MISSING)
    assert answering.forward(put(KINDS, "reason"), WORLD).question == "cause"


def test_a_fault_goes_away_with_the_next_answer() -> None:
    """A red sentence below a right answer is a second fault, ours."""
    held = answering.forward(put(KINDS, "phone"), WORLD)
    assert answering.write_text(held, "13812345678", WORLD).faults == ()


def test_the_authors_own_words_hold_back() -> None:
    """A number that is none would never reach the member."""
    asking = touched(begun(POST_PURCHASE), "0", "0")
    phone = touched(answering.forward(asking, WORLD), "0")
    wrong = answering.forward(answering.write_text(phone, "123", WORLD), WORLD)
    assert wrong.faults[0].words is not None
    assert wrong.faults[0].words.zh == "请输入11位手机号"


def test_a_question_spoilt_by_a_later_one_is_put_again() -> None:
    """A page cannot be left with a question that has become required behind one's back."""
    of = document(
        asks("text", "why", "为什么？", "Why?", requiredIf="{sure} = true"),
        asks("boolean", "sure", "确定吗？", "Sure?"),
    )
    second = answering.forward(begun(of), WORLD)
    again = touched(second, "yes")
    assert (again.question, [one.flaw for one in again.faults]) == ("why", [Flaw.MISSING])


def test_back_leads_to_the_question_before_and_shows_no_answer() -> None:
    """Whoever steps up next would read what somebody thinks of the store."""
    asking = touched(begun(KINDS), "0")
    back = answering.backward(asking, WORLD)
    assert back is not None
    assert back.question == "overall"
    assert answering.standing(back) is UNDEFINED
    assert answering.is_answered(back)
    assert answering.forward(back, WORLD).question == "nps"
    assert answering.backward(back, WORLD) is None


def test_back_over_pages_ends_at_the_last_question_of_the_one_before() -> None:
    """Three questions of a page would have to be answered again."""
    last = answering.backward(put(demo("post_purchase"), "nps"), WORLD)
    assert last is not None
    asking = touched(begun(POST_PURCHASE), "0", "0")
    nps = touched(answering.forward(asking, WORLD), "1")
    assert nps.question == "nps"
    before = answering.backward(nps, WORLD)
    assert before is not None
    assert before.question == "contact_me"


def test_the_first_touch_on_several_choices_begins_anew_after_coming_back() -> None:
    """What is not shown cannot be taken off by a touch that means to put it on."""
    ticked = answering.forward(touched(put(KINDS, "cause"), "0", "1"), WORLD)
    back = answering.backward(ticked, WORLD)
    assert back is not None
    assert answering.standing(touched(back, "3")) == ("changed",)
    assert answering.answer_of(back) == ["quality", "attitude"]


def test_covered_hides_the_answer_and_keeps_it() -> None:
    """The time-out's question lies over a page that somebody else may bring back."""
    ticked = touched(put(KINDS, "cause"), "0", "1")
    assert answering.standing(answering.covered(ticked)) is UNDEFINED
    assert answering.is_answered(answering.covered(ticked))
    day = answering.turn(put(KINDS, "day"), "year:+1", WORLD)
    hidden = answering.covered(day).wheels
    assert hidden is not None
    assert hidden.touched == frozenset()


def test_wheels_answer_once_all_were_touched() -> None:
    """A day that nobody chose is no answer."""
    asking = answering.turn(put(KINDS, "day"), "year:0", WORLD)
    asking = answering.turn(asking, "month:0", WORLD)
    assert answering.answer_of(asking) is None
    assert answering.answer_of(answering.turn(asking, "day:-2", WORLD)) == "2026-11-19"
    assert answering.turn(asking, "hour:+1", WORLD) == asking


def test_a_month_is_told_without_its_day() -> None:
    """SurveyJS' `month` is a year and a month; a day would be made up."""
    of = document(asks("text", "since", "哪年哪月？", "Since when?", inputType="month"))
    asking = answering.turn(answering.turn(begun(of), "year:-1", WORLD), "month:0", WORLD)
    assert answering.answer_of(asking) == "2025-11"


def test_wheels_keep_within_the_authors_limits() -> None:
    """A day that the question refuses should not be offered."""
    limits = {"inputType": "date", "min": "2026-01-01", "max": "2026-03-31"}
    wheels = begun(document(asks("text", "day", "哪天？", "When?", **limits))).wheels
    assert wheels is not None
    assert (wheels.first.isoformat(), wheels.last.isoformat()) == ("2026-01-01", "2026-03-31")


def test_clear_takes_the_answer_away() -> None:
    """Who has written a number by mistake must be able to take it back."""
    asking = answering.write_text(put(KINDS, "phone"), "13812345678", WORLD)
    assert not answering.is_answered(answering.clear(asking, WORLD))
    assert not answering.is_answered(answering.write_text(asking, "", WORLD))


def test_time_is_counted_for_each_question_also_on_coming_back() -> None:
    """HQ cannot see which question makes people leave."""
    first = begun(KINDS)
    second = answering.touch(first, "4", replace(WORLD, uptime_s=1_003.5))
    again = answering.backward(second, replace(WORLD, uptime_s=1_005.5))
    assert again is not None
    third = answering.touch(again, "3", replace(WORLD, uptime_s=1_007.5))
    assert dict(third.seconds) == {"overall": 5.5, "nps": 2.0}


def test_a_single_question_ends_with_its_answer() -> None:
    """The profile asks one thing; the rest of its stage would follow it uninvited."""
    asking = begun(KINDS, only="size")
    assert answering.backward(asking, WORLD) is None
    chosen = answering.choose(asking, "3", WORLD)
    assert (chosen.question, answering.answer_of(chosen)) == ("size", "L")
    assert answering.is_over(answering.forward(chosen, WORLD))
    phone = begun(KINDS, only="phone")
    assert answering.forward(phone, WORLD).faults


def test_what_is_known_decides_what_can_be_asked() -> None:
    """A condition that does not see what was told before asks the wrong people."""
    of = document(
        asks("boolean", "car", "开车来吗？", "By car?"),
        asks("text", "plate", "车牌？", "Plate?", visibleIf="{car} = true"),
    )
    assert answering.begin(of, Language.ZH, WORLD, only="plate") is None
    assert begun(of, only="plate", known={"car": True}).question == "plate"


def test_a_page_that_asks_nothing_is_read_and_left() -> None:
    """Without a stop its words would never be seen, or never be left."""
    of = check(
        {
            "id": "told",
            "version": 1,
            "kind": "vote",
            "survey": {
                "pages": [
                    {"name": "a", "elements": [{"type": "html", "name": "h", "html": "Hello"}]},
                    {"name": "b", "elements": [asks("text", "t", "什么？", "What?")]},
                ]
            },
        }
    ).document
    assert of is not None
    first = begun(of)
    assert (first.question, asked(first.run, "h")) == ("h", None)
    assert texts_beside(first.run, "h") == ()  # it is the page, and does not stand beside itself
    assert answering.forward(first, WORLD).question == "t"


@pytest.mark.parametrize(("gone", "then"), [("b", "c"), ("c", "a")])
def test_a_question_that_its_own_answer_hides_gives_way_to_the_next(gone: str, then: str) -> None:
    """Whoever answered would be led back over what was told, or stand before nothing."""
    three = [asks("radiogroup", name, name, name, choices=CAUSES) for name in "abc"]
    of = document(*(one | {"visibleIf": f"{{{one['name']}}} != 'slow'"} for one in three))
    assert touched(put(of, gone), "2").question == then


def test_an_answer_that_closes_its_page_leads_to_the_page_before() -> None:
    """Nobody could go on from a question whose page is no more."""
    pages = [
        {"name": "p1", "elements": [asks("text", "a", "甲？", "A?")]},
        {
            "name": "p2",
            "visibleIf": "{b} != 'slow'",
            "elements": [asks("radiogroup", "b", "乙？", "B?", choices=CAUSES)],
        },
    ]
    assert touched(put(document(survey={"pages": pages}), "b"), "2").question == "a"


def test_words_between_questions_stand_beside_the_one_below_them_and_the_last_once() -> None:
    """A hint that is read with another question is wrong, and one left out is lost."""
    notes = [{"type": "html", "name": name, "html": name} for name in ("n1", "n2", "n3")]
    a, b = (asks("boolean", name, name, name) for name in "ab")
    run = begun(document(notes[0], a, notes[1], b, notes[2])).run
    beside = [[one.name for one in texts_beside(run, name)] for name in "ab"]
    assert beside == [["n1"], ["n2", "n3"]]


def test_words_of_the_page_belong_to_the_question_that_follows() -> None:
    """A text of the page's that no question shows would be lost."""
    ideas = put(KINDS, "ideas")
    assert [one.name for one in texts_beside(ideas.run, "ideas")] == ["thanks"]
    assert texts_beside(ideas.run, "ease") == ()


def test_a_locked_question_is_not_put() -> None:
    """A question that takes no answer holds nobody up."""
    of = document(
        asks("boolean", "a", "甲？", "A?"),
        asks("text", "b", "乙？", "B?", enableIf="{a} = true"),
        asks("text", "c", "丙？", "C?"),
    )
    assert touched(begun(of), "no").question == "c"
    assert touched(begun(of), "yes").question == "b"


def test_a_jump_is_followed_and_not_overshot() -> None:
    """A skip trigger opens another page; going on once more would pass over it."""
    pages = [
        {"name": "a", "elements": [asks("radiogroup", "q", "甲？", "A?", choices=CAUSES)]},
        {"name": "b", "elements": [asks("text", "r", "乙？", "B?")]},
        {
            "name": "c",
            "elements": [asks("boolean", "s", "丙？", "C?"), asks("text", "t", "丁？", "D")],
        },
    ]
    skip = {"type": "skip", "expression": "{q} = 'slow'", "gotoName": "s"}
    of = document(survey={"pages": pages, "triggers": [skip]})
    assert touched(begun(of), "2").question == "s"
    assert touched(begun(of), "1").question == "r"


def test_half_an_answer_goes_only_where_it_is_wanted() -> None:
    """`discard` is a promise made to the member on every page."""
    half = touched(begun(KINDS), "2")
    told = answering.outcome(half, WORLD)
    assert told is not None
    assert (told.complete, dict(told.answers)) == (False, {"overall": 3})
    dropped = replace(half, document=KINDS.model_copy(update={"partial": Partial.DISCARD}))
    assert answering.outcome(dropped, WORLD) is None


def test_language_follows_the_screen() -> None:
    """A title in the language that was left would be read by nobody."""
    english = answering.in_language(begun(KINDS), Language.EN)
    assert english.run.language is Language.EN


NAMED_ELSEWHERE = ("overall", "nps", "stars")
CONDITIONAL = (
    asks("radiogroup", "branch", "哪种？", "Which?", choices=CAUSES),
    asks("text", "more", "说说？", "More?", visibleIf="{branch} = 'slow'"),
    asks("boolean", "again", "还来吗？", "Again?", requiredIf="{overall} < 3"),
    asks(
        "checkbox",
        "parts",
        "哪些？",
        "Which ones?",
        choices=[choice("a", "甲", "A"), choice("b", "乙", "B", visibleIf="{branch} notempty")],
        visibleIf="{nps} < 7 or {stars} empty",
    ),
    asks("text", "locked", "锁？", "Locked?", enableIf="{again} = true"),
    {"type": "expression", "name": "sum", "expression": "{overall} + {nps}"},
    {"type": "html", "name": "note", "html": both("请看", "Look")},
)
OTHERS = [one for one in ALL_KINDS if one["name"] not in (*NAMED_ELSEWHERE, "thanks")]


@st.composite
def forms(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Questions of every kind in any order, with conditions on each other."""
    named = [one for one in ALL_KINDS if one["name"] in NAMED_ELSEWHERE]
    more = draw(st.lists(st.sampled_from(OTHERS), max_size=3, unique_by=lambda one: one["name"]))
    return draw(st.permutations([*named, *CONDITIONAL, *more]))


TOUCHES = st.lists(
    st.sampled_from(
        ["0", "1", "2", "3", "7", "10", "yes", "no", "x", "next", "back", "text", "day"]
    ),
    max_size=40,
)


def moved(asking: Asking, touch: str) -> Asking:
    """The survey after one touch, whatever it is."""
    match touch:
        case "next":
            return answering.forward(asking, WORLD)
        case "back":
            return answering.backward(asking, WORLD) or asking
        case "text":
            return answering.write_text(asking, "13812345678", WORLD)
        case "day":
            return answering.turn(asking, "day:+1", WORLD)
        case _:
            return answering.touch(asking, touch, WORLD)


def held(asking: Asking) -> None:
    """What is true of every question on the glass."""
    run = asking.run
    if answering.is_over(asking):
        return
    assert asking.question in stops(run, run.page)
    assert asking.question in all_stops(run)
    assert run.is_visible(asking.question)
    at, count = progress(run, asking.question)
    assert 1 <= at <= count
    if not asking.touched:
        assert answering.standing(asking) is UNDEFINED


@settings(deadline=None, max_examples=150)
@given(elements=forms(), pages=st.booleans(), touches=TOUCHES)
def test_any_walk_through_any_survey_holds(
    elements: list[dict[str, Any]], pages: bool, touches: list[str]
) -> None:
    """One form out of a thousand that hangs or raises closes the entrance for the day."""
    each = [{"name": f"p{at}", "elements": [one]} for at, one in enumerate(elements)]
    of = document(*elements, **({"survey": {"pages": each}} if pages else {}))
    asking = answering.begin(of, Language.ZH, WORLD)
    if asking is None:
        return
    for touch in touches:
        if answering.is_over(asking):
            break
        asking = moved(asking, touch)
        held(asking)
    answering.outcome(asking, WORLD)


@pytest.mark.parametrize("name", DEMOS)
@settings(deadline=None, max_examples=40)
@given(touches=TOUCHES)
def test_any_walk_through_the_demonstration_holds(name: str, touches: list[str]) -> None:
    """What every salesperson shows first must not stumble."""
    asking = answering.begin(demo(name), Language.EN, WORLD)
    assert asking is not None
    for touch in touches:
        if answering.is_over(asking):
            break
        asking = moved(asking, touch)
        held(asking)


def test_every_kind_that_is_one_touch_is_told_so() -> None:
    """A choice that waits for `next` would look as if it had not been heard."""
    one = {"overall", "nps", "reason", "fitting", "gift", "stars", "size", "ease"}
    run = begun(KINDS).run
    assert {name for name in run.layout.questions if is_one_touch(run, name)} == one
