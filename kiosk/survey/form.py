"""A survey as its editor writes it: pages, figures made of answers, and what answers set off."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, Field, field_validator, model_validator

from kiosk.survey.parts import STRICT, Condition, QuestionName, Scalar, Truth, Words
from kiosk.survey.questions import (
    ELEMENTS,
    AnyElement,
    AnyQuestion,
    ExpressionQuestion,
    Question,
    inside,
    plain,
)

PAGES = 30


class Page(BaseModel):
    """What is asked on one screen, or on as many as its questions need."""

    model_config = STRICT

    name: QuestionName
    title: Words | None = None
    description: Words | None = None
    visible_if: Condition | None = None
    enable_if: Condition | None = None
    elements: tuple[AnyElement, ...] = Field(min_length=1, max_length=ELEMENTS)


class CalculatedValue(BaseModel):
    """A figure made of the answers."""

    model_config = STRICT

    name: QuestionName
    expression: Condition
    include_into_result: Truth = False


class CompleteTrigger(BaseModel):
    """Ends the survey when somebody goes on while this holds."""

    model_config = STRICT

    type: Literal["complete"]
    expression: Condition


class SkipTrigger(BaseModel):
    """Goes to a question as soon as this holds."""

    model_config = STRICT

    type: Literal["skip"]
    expression: Condition
    goto_name: QuestionName


class SetValueTrigger(BaseModel):
    """Answers a question, or sets a variable, as soon as this holds."""

    model_config = STRICT

    type: Literal["setvalue"]
    expression: Condition
    set_to_name: QuestionName
    set_value: Scalar | list[Scalar] | None = None
    is_variable: Truth = False


Trigger: TypeAlias = Annotated[
    CompleteTrigger | SkipTrigger | SetValueTrigger, Field(discriminator="type")
]


class Form(BaseModel):
    """A survey as its editor writes it."""

    model_config = STRICT

    locale: Literal["zh-cn", "en", "default", ""] = ""
    title: Words | None = None
    description: Words | None = None
    show_question_numbers: Literal["off", False] = "off"
    clear_invisible_values: Literal["onComplete", "onHidden", "none"] = "onComplete"
    calculated_values: tuple[CalculatedValue, ...] = Field(default=(), max_length=40)
    triggers: tuple[Trigger, ...] = Field(default=(), max_length=40)
    completed_html: Words | None = None
    pages: tuple[Page, ...] = Field(min_length=1, max_length=PAGES)

    @model_validator(mode="before")
    @classmethod
    def _elements_are_one_page(cls, given: Any) -> Any:
        if isinstance(given, dict) and "elements" in given and "pages" not in given:
            rest = {key: value for key, value in given.items() if key != "elements"}
            return {**rest, "pages": [{"name": "page1", "elements": given["elements"]}]}
        return given

    @field_validator("completed_html")
    @classmethod
    def _is_plain(cls, html: Words | None) -> Words | None:
        return plain(html) if html else html

    def elements(self) -> Iterator[AnyElement]:
        """Everything on every page, panels before what is in them."""
        for page in self.pages:
            yield from inside(page.elements)

    def questions(self) -> dict[str, "AnyQuestion | ExpressionQuestion"]:
        """Everything that has a value, by name, in the order it is asked."""
        return {
            one.name: one
            for one in self.elements()
            if isinstance(one, Question | ExpressionQuestion)
        }
