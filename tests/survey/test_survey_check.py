"""What the kiosk does not understand is refused by name and place."""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.survey.check import check
from kiosk.survey.document import Window
from kiosk.survey.outcome import data_of, outcome_of
from kiosk.survey.steps import answer, begin, go_on
from tests.survey.example import Change, element, example, published, triggers
from tests.survey.walks import NOW


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
        (
            lambda g: element(g, 1, 0).update(choices=[1, "01"]),
            "question `cause`: the choice `01` is there twice",
        ),
        (
            lambda g: element(g, 0, 0).update(rateValues=[1, 2, "2.0"]),
            "question `overall`: the choice `2.0` is there twice",
        ),
        (
            lambda g: (
                element(g, 1, 1).update(type="boolean", valueTrue="a", valueFalse="A"),
                element(g, 1, 1).pop("choices"),
            ),
            "question `contact_me`: `valueTrue` and `valueFalse` should differ",
        ),
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


def test_a_whole_survey_goes_whatever_is_done_with_half_ones() -> None:
    """Everything that was told to a survey that drops half answers would be thrown away."""
    document = published(lambda g: g.update(partial="discard"))
    run = go_on(answer(begin(document.survey, Language.ZH, NOW), "overall", 5, NOW), NOW).run
    told = outcome_of(document, go_on(answer(run, "nps", 9, NOW), NOW).run, NOW, {})
    assert told is not None
    assert told.complete


def test_only_figures_that_are_asked_for_and_say_something_are_sent() -> None:
    """HQ's tables would fill with an author's sums on the way, and with nothing at all."""
    figures = [
        {"name": "sent", "expression": "1 + 1", "includeIntoResult": True},
        {"name": "own", "expression": "2 + 2"},
        {"name": "empty", "expression": "''", "includeIntoResult": True},
    ]
    document = published(lambda g: g["survey"].update(calculatedValues=figures))
    run = answer(begin(document.survey, Language.ZH, NOW), "overall", 5, NOW)
    assert data_of(run) == {"overall": 5, "sent": 2}


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
