"""What nobody could ever fulfil or see is refused before a member meets it."""

from datetime import datetime
from typing import Any

import pytest

from kiosk.model.text import Language
from kiosk.survey.beginning import asks, depends_on_the_day
from kiosk.survey.check import check
from kiosk.survey.choices import Choice
from kiosk.survey.form import Form
from kiosk.survey.pipe import fault_text, text_of
from kiosk.survey.steps import answer, begin, go_on
from tests.survey.walks import NOW


def question(type_: str = "text", **more: Any) -> dict[str, Any]:
    """A question called `q`."""
    return {"type": type_, "name": "q", **more}


def wrong(*elements: dict[str, Any], kind: str = "vote", **more: Any) -> list[str]:
    """Why a survey with these elements cannot be published; nothing when it can."""
    survey = {"pages": [{"name": "p1", "elements": list(elements)}], **more}
    given = {"id": "x", "version": 1, "kind": kind, "survey": survey}
    return [one.reason for one in check(given).troubles]


TWO = question("checkbox", choices=["a", "b"])


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (question(inputType="date", min="=today()"), "`min` should be a day as 2026-03-01"),
        (question(inputType="date", max="2026-02-30"), "`max` should be a day as 2026-03-01"),
        (question(inputType="month", min="2026-02-01"), "`min` should be a month as 2026-03"),
        (question(inputType="number", min=5, max=1), "`min` is above `max`"),
        (question(inputType="date", min="2026-02-02", max="2026-02-01"), "`min` is above `max`"),
        ({**TWO, "minSelectedChoices": 3}, "asks for more choices than it has"),
        (
            {**TWO, "validators": [{"type": "answercount", "minCount": 3}]},
            "asks for more choices than it has",
        ),
        (
            {
                **TWO,
                "maxSelectedChoices": 1,
                "validators": [{"type": "answercount", "minCount": 2}],
            },
            "asks for more choices than it allows",
        ),
        (
            {**TWO, "validators": [{"type": "answercount", "minCount": 2, "maxCount": 1}]},
            "`minCount` is above `maxCount`",
        ),
        (
            question(validators=[{"type": "answercount", "minCount": 1}]),
            "only a question with several answers has the validator `answercount`",
        ),
        (
            question(validators=[{"type": "numeric", "minValue": 2, "maxValue": 1}]),
            "`minValue` is above `maxValue`",
        ),
        (
            question(validators=[{"type": "text", "minLength": 5, "maxLength": 4}]),
            "`minLength` is above `maxLength`",
        ),
        (
            question("comment", maxLength=4, validators=[{"type": "text", "minLength": 5}]),
            "`minLength` is above the question's `maxLength`",
        ),
        (
            question("radiogroup", choices=[{"value": 1, "text": "As {q}"}]),
            "a choice's text cannot name `{q}`",
        ),
        (question("rating", rateType="smileys", rateMax=11), "should have 2 to 10 steps"),
        (question("rating", rateValues=[1]), "should have 2 to 11 steps"),
        (question(isRequired="false"), "`isRequired` should be true or false"),
        (question("rating", rateMin=True), "`rateMin` should be a whole number"),
        (question(inputType="number", min=float("nan")), "`min` should be a number, a day or"),
        (question("radiogroup", choices=[[]]), "`choices 1` should be an object"),
        (question("radiogroup", choices=["|Text"]), "a choice without a value cannot be chosen"),
    ],
)
def test_slips_are_refused_by_name(asked: dict[str, Any], reason: str) -> None:
    """The first member would stand before a question that takes no answer."""
    (said,) = wrong(asked)
    assert said.startswith(f"question `q`: {reason}")


def test_what_only_just_works_is_published() -> None:
    """A limit drawn one too far refuses the survey HQ has run for a year."""
    assert wrong(question(inputType="date", min="2026-02-01", max="2026-02-01")) == []
    assert wrong(question(inputType="month", min="2026-02")) == []
    assert wrong(question(inputType="number", min=0, max=0)) == []
    assert wrong({**TWO, "minSelectedChoices": 2, "maxSelectedChoices": 2}) == []
    assert wrong(question(maxLength=5, validators=[{"type": "text", "minLength": 5}])) == []
    assert wrong(question("radiogroup", choices=[{"value": 1, "text": "{nobody}"}])) == []
    assert wrong(question("rating", rateType="smileys", rateMax=10)) == []


@pytest.mark.parametrize(
    ("asked", "value", "fits"),
    [
        (TWO, ["a"], True),
        (TWO, "a", False),
        (TWO, ["c"], False),
        (question("radiogroup", choices=["a", 2]), 2, True),
        (question("radiogroup", choices=["a", 2]), ["a"], False),
        (question("rating"), 6, False),
        (question("boolean"), "yes", False),
        (question("boolean", valueTrue="yes"), "yes", True),
        (question(inputType="number"), "abc", False),
        (question(inputType="number"), "3.5", True),
        (question(inputType="month"), "2026-13", False),
        (question(inputType="date"), "2026-03-01", True),
        (question("comment"), 5, False),
        (question(), "any", True),
    ],
)
def test_triggers_set_only_what_a_question_can_hold(
    asked: dict[str, Any], value: object, fits: bool
) -> None:
    """An answer nobody could give would stand in HQ's figures as a member's."""
    made = {"type": "setvalue", "expression": "{a} = 1", "setToName": "q", "setValue": value}
    said = wrong({"type": "rating", "name": "a"}, asked, triggers=[made])
    assert said == ([] if fits else [f"trigger 1: `q` cannot hold `{value}`"])


def test_thanks_name_no_answer() -> None:
    """The thanks would say something else than in the editor: no answer stays on the glass."""
    said = "`completedHtml` cannot name `{q}`: no answer stays on the screen"
    assert wrong(question(), completedHtml={"default": "Thanks", "zh-cn": "谢谢{q}"}) == [said]
    assert wrong(question(), completedHtml="Thanks {nobody}") == []


NOTHING = "asks nothing at its beginning, so it could never be answered"


@pytest.mark.parametrize(
    "elements",
    [
        [question(visibleIf="{q} = 'x'")],
        [question(enableIf="1 = 2")],
        [{"type": "html", "name": "h", "html": "words"}],
        [{"type": "expression", "name": "e", "expression": "1"}],
        [{"type": "panel", "name": "p", "visibleIf": "{q} notempty", "elements": [question()]}],
    ],
)
def test_a_survey_that_can_never_be_answered_is_refused(elements: list[dict[str, Any]]) -> None:
    """Its prompt would stand on every member's page and open nothing."""
    assert wrong(*elements) == [NOTHING]


def test_what_the_day_decides_is_not_refused() -> None:
    """A survey for December is empty on the day it is written."""
    winter = question(visibleIf="month() = 12")
    assert wrong(winter) == []
    form = Form.model_validate({"pages": [{"name": "p", "elements": [winter]}]})
    assert depends_on_the_day(form)
    days = [datetime(2026, month, 1, 9) for month in (11, 12)]  # noqa: DTZ001 -- store-local
    assert [asks(form, day) for day in days] == [False, True]


def test_places_are_those_of_the_text() -> None:
    """An author with one page and no `pages` around it would be told a line that is not there."""
    broken = question(visibleIf="{nobody} = 1", isRequired="yes")
    given = {"id": "x", "version": 1, "kind": "vote", "survey": {"elements": [broken]}}
    (trouble,) = check(given).troubles
    assert trouble.location == ("survey", "elements", 0, "isRequired")
    assert trouble.reason.startswith("question `q`: ")
    del broken["isRequired"]
    (trouble,) = check(given).troubles
    assert trouble.location == ("survey", "elements", 0, "visibleIf")


@pytest.mark.parametrize(
    ("given", "value", "text"),
    [
        ("a|Apple", "a", "Apple"),
        ("5|five", "5", "five"),
        ("a|b|c", "a", "b|c"),
        ("d|", "d", "d"),
        ({"text": "Sea", "value": "c|See"}, "c", "Sea"),
        (7, 7, "7"),
    ],
)
def test_value_and_text_may_stand_in_one_string(given: object, value: object, text: str) -> None:
    """SurveyJS parts them; the kiosk would show `a|Apple` and send it to HQ."""
    choice = Choice.model_validate(given)
    assert choice.value == value
    assert (choice.text.default if choice.text else str(value)) == text


def test_default_goes_before_english() -> None:
    """The editor shows `default`; a forgotten `en` beside it would be seen at the kiosk alone."""
    form = Form.model_validate(
        {"title": {"default": "shown", "en": "old"}, "pages": [{"name": "p", "elements": [TWO]}]}
    )
    assert text_of(begin(form, Language.EN, NOW), form.title) == "shown"


def test_an_authors_words_tell_the_limit() -> None:
    """SurveyJS puts the limit for `{0}`; a bare `{0}` on the glass looks broken."""
    asked = question(
        inputType="number", min=3, max=9, minErrorText="from {0}", maxErrorText={"zh-cn": "到{0}"}
    )
    form = Form.model_validate({"pages": [{"name": "p", "elements": [asked]}]})
    for value, said in ((1, "from 3"), (10, "到9")):
        (fault,) = go_on(answer(begin(form, Language.ZH, NOW), "q", value, NOW), NOW).faults
        assert fault_text(begin(form, Language.ZH, NOW), fault) == said
