"""Every property of every class SurveyJS knows is understood, or refused by its name."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from kiosk.survey import form, questions, validators
from kiosk.survey.check import check
from kiosk.survey.choices import Choice
from tests.survey.vectors import head, vectors

Json = dict[str, Any]

PROPERTIES = {one["class"]: one["properties"] for one in vectors("properties")}

ELEMENTS: dict[str, tuple[type[BaseModel], Json]] = {
    "text": (questions.TextQuestion, {}),
    "comment": (questions.CommentQuestion, {}),
    "radiogroup": (questions.RadioQuestion, {"choices": [1]}),
    "dropdown": (questions.DropdownQuestion, {"choices": [1]}),
    "checkbox": (questions.CheckboxQuestion, {"choices": [1]}),
    "imagepicker": (questions.PictureQuestion, {"choices": [1]}),
    "rating": (questions.RatingQuestion, {}),
    "boolean": (questions.BooleanQuestion, {}),
    "expression": (questions.ExpressionQuestion, {"expression": "1"}),
    "html": (questions.HtmlElement, {"html": "words"}),
    "panel": (questions.Panel, {"elements": [{"type": "text", "name": "inside"}]}),
}
VALIDATORS: dict[str, tuple[type[BaseModel], Json]] = {
    "numeric": (validators.NumericValidator, {}),
    "text": (validators.TextValidator, {}),
    "answercount": (validators.AnswerCountValidator, {}),
    "regex": (validators.RegexValidator, {"regex": "a"}),
    "email": (validators.EmailValidator, {}),
    "expression": (validators.ExpressionValidator, {"expression": "{q} = 1"}),
}
TRIGGERS: dict[str, tuple[type[BaseModel], Json]] = {
    "complete": (form.CompleteTrigger, {"expression": "{q} = 1"}),
    "skip": (form.SkipTrigger, {"expression": "{q} = 1", "gotoName": "q"}),
    "setvalue": (form.SetValueTrigger, {"expression": "{q} = 1", "setToName": "v"}),
}
CHOICES = {
    "choiceitem": ("radiogroup", "choices"),
    "checkboxitem": ("checkbox", "choices"),
    "imageitemvalue": ("imagepicker", "choices"),
    "ratingitem": ("rating", "rateValues"),
}
ASKED: Json = {"type": "text", "name": "q"}
TICKED: Json = {"type": "checkbox", "name": "q", "choices": [1]}
OWN = frozenset({"name", "type"})


def reasons(survey: Json) -> list[str]:
    """Why a survey with these questions cannot be published."""
    given = {"id": "x", "version": 1, "kind": "vote", "survey": survey}
    return [one.reason for one in check(given).troubles]


def page(*elements: Json, **more: Any) -> Json:
    """A survey of one page."""
    return {"pages": [{"name": "p1", "elements": list(elements), **more}]}


def with_property(class_: str, more: Json) -> tuple[type[BaseModel], Json] | None:
    """What is made of this class here, and a survey with one that has more; None for nothing."""
    kind = class_.removesuffix("validator").removesuffix("trigger")
    match class_:
        case "survey":
            return form.Form, {**page(ASKED), **more}
        case "page":
            return form.Page, page(ASKED, **more)
        case "calculatedvalue":
            figure = {"name": "f", "expression": "1", **more}
            return form.CalculatedValue, {**page(ASKED), "calculatedValues": [figure]}
        case _ if class_ in ELEMENTS:
            model, least = ELEMENTS[class_]
            return model, page({"type": class_, "name": "e", **least, **more}, ASKED)
        case _ if class_ in CHOICES:
            type_, holder = CHOICES[class_]
            choices = [{"value": 1, **more}, 2]
            return Choice, page({"type": type_, "name": "e", holder: choices})
        case _ if class_.endswith("validator"):
            model, least = VALIDATORS[kind]
            check_ = {"type": kind, **least, **more}
            return model, page({**TICKED, "validators": [check_]})
        case _ if class_.endswith("trigger") and kind in TRIGGERS:
            model, least = TRIGGERS[kind]
            return model, {**page(ASKED), "triggers": [{"type": kind, **least, **more}]}
        case _:
            return None


def strange() -> Iterator[tuple[str, str]]:
    """Every class that is made here with each property that is not understood."""
    for class_, names in PROPERTIES.items():
        made = with_property(class_, {})
        if made is None:
            continue
        known = {field.alias or name for name, field in made[0].model_fields.items()}
        yield from ((class_, name) for name in names if name not in known | OWN)


STRANGE = tuple(strange())


def test_the_list_is_that_of_the_measured_version() -> None:
    """A property of a newer SurveyJS would not be on it."""
    assert head("properties")["survey-core"] == head("forms")["survey-core"]
    assert len(PROPERTIES) > 40
    assert len(STRANGE) > 500


def test_what_is_understood_is_known_to_surveyjs() -> None:
    """A property of our own invention would be lost in the editor, without a word."""
    for class_, names in PROPERTIES.items():
        made = with_property(class_, {})
        if made is None:
            continue
        ours = {field.alias or name for name, field in made[0].model_fields.items()} - OWN
        other = {"imageLink"} if class_ in CHOICES else set()
        assert ours - other <= {*names}, class_
        assert reasons(made[1]) == [], class_


@pytest.mark.parametrize("value", [True, "{q} = 1", [], {"default": "x"}, None])
def test_what_is_not_understood_is_refused_by_name(value: object) -> None:
    """It would change the survey in the editor and do nothing on the kiosk."""
    for class_, name in STRANGE:
        made = with_property(class_, {name: value})
        assert made is not None
        said = [one for one in reasons(made[1]) if f"property `{name}` is not supported" in one]
        assert len(said) == 1, (class_, name)


def test_other_types_are_refused_by_name() -> None:
    """A question the kiosk cannot draw must not be left out."""
    refused = []
    for class_ in PROPERTIES:
        type_ = class_.removesuffix("trigger")
        if class_.endswith(("validator", "item")) or with_property(class_, {}) is not None:
            continue
        if class_.endswith("trigger"):
            survey = {**page(ASKED), "triggers": [{"type": type_, "expression": "1"}]}
        else:
            survey = page({"type": type_, "name": "e"}, ASKED)
        assert [one for one in reasons(survey) if one.endswith(f"type `{type_}` is not supported")]
        refused.append(type_)
    assert {"matrix", "paneldynamic", "file", "signaturepad", "copyvalue", "slider"} <= {*refused}
