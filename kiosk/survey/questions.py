"""The questions of a survey: the part of SurveyJS' JSON the kiosk understands, and no more.

Every property that is not named here is refused when a survey is loaded, so that nothing an author
wrote is silently left out.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, Field, field_validator, model_validator

from kiosk.survey.choices import CHOICES, Choice, different
from kiosk.survey.expressions.compare import same
from kiosk.survey.expressions.values import from_json
from kiosk.survey.parts import STRICT, Condition, Limit, QuestionName, Scalar, Truth, Whole, Words
from kiosk.survey.validators import Validator

ELEMENTS = 40
STEPS = 11
SMILEYS = 10
"""More steps than this SurveyJS leaves out of a scale of faces."""


class Element(BaseModel):
    """Anything on a page."""

    model_config = STRICT

    name: QuestionName
    visible_if: Condition | None = None
    title: Words | None = None
    description: Words | None = None


class Question(Element):
    """Anything that has an answer."""

    enable_if: Condition | None = None
    required_if: Condition | None = None
    is_required: Truth = False
    required_error_text: Words | None = None
    validators: tuple[Validator, ...] = Field(default=(), max_length=10)


class TextQuestion(Question):
    """One line of text, a number or a date."""

    type: Literal["text"]
    input_type: Literal["text", "tel", "number", "date", "month", "email"] = "text"
    placeholder: Words | None = None
    max_length: Whole | None = Field(default=None, ge=0, le=2000)
    min: Limit | None = None
    max: Limit | None = None
    min_error_text: Words | None = None
    max_error_text: Words | None = None

    @model_validator(mode="after")
    def _limits_fit_their_kind(self) -> "TextQuestion":
        limited = self.input_type in ("number", "date", "month")
        if (self.min is not None or self.max is not None) and not limited:
            raise ValueError(f"`min` and `max` mean nothing with inputType `{self.input_type}`")
        for limit in (self.min, self.max):
            if limit is not None and isinstance(limit, str) == (self.input_type == "number"):
                raise ValueError("`min` and `max` should be of the question's own kind")
        return self


class CommentQuestion(Question):
    """Several lines of free words."""

    type: Literal["comment"]
    placeholder: Words | None = None
    max_length: Whole | None = Field(default=None, ge=0, le=2000)


class ChoosingQuestion(Question):
    """Any question with choices of its own."""

    choices: tuple[Choice, ...] = Field(min_length=1, max_length=CHOICES)

    @field_validator("choices")
    @classmethod
    def _values_differ(cls, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return different(choices)


class RadioQuestion(ChoosingQuestion):
    """One of several."""

    type: Literal["radiogroup"]


class DropdownQuestion(ChoosingQuestion):
    """One of many, opened on touch."""

    type: Literal["dropdown"]
    placeholder: Words | None = None


class CheckboxQuestion(ChoosingQuestion):
    """Any of several.

    Attributes:
        max_selected_choices: kept by the screen; 0 for no limit.
    """

    type: Literal["checkbox"]
    min_selected_choices: Whole = Field(default=0, ge=0, le=CHOICES)
    max_selected_choices: Whole = Field(default=0, ge=0, le=CHOICES)


class PictureQuestion(ChoosingQuestion):
    """One or several pictures of several."""

    type: Literal["imagepicker"]
    multi_select: Truth = False
    show_label: Truth = True


class RatingQuestion(Question):
    """A step of a scale."""

    type: Literal["rating"]
    rate_type: Literal["labels", "stars", "smileys"] = "labels"
    scale_color_mode: Literal["monochrome", "colored"] = "monochrome"
    display_mode: Literal["auto", "buttons"] = "auto"
    rate_min: Whole = Field(default=1, ge=-100, le=100)
    rate_max: Whole = Field(default=5, ge=-100, le=100)
    rate_step: Whole = Field(default=1, ge=1, le=100)
    rate_values: tuple[Choice, ...] = Field(default=(), max_length=STEPS)
    min_rate_description: Words | None = None
    max_rate_description: Words | None = None

    @field_validator("rate_values")
    @classmethod
    def _values_differ(cls, steps: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return different(steps)

    @model_validator(mode="after")
    def _has_steps(self) -> "RatingQuestion":
        steps = (self.rate_max - self.rate_min) // self.rate_step + 1
        most = SMILEYS if self.rate_type == "smileys" else STEPS
        if not 2 <= (len(self.rate_values) or steps) <= most:
            raise ValueError(f"should have 2 to {most} steps")
        if any(one.visible_if for one in self.rate_values):
            raise ValueError("property `visibleIf` of a rating's step is not supported")
        return self

    @property
    def steps(self) -> tuple[Choice, ...]:
        """Every step, lowest first."""
        if self.rate_values:
            return self.rate_values
        numbers = range(self.rate_min, self.rate_max + 1, self.rate_step)
        return tuple(Choice(value=one) for one in numbers)


class BooleanQuestion(Question):
    """Yes or no."""

    type: Literal["boolean"]
    label_true: Words | None = None
    label_false: Words | None = None
    value_true: Scalar = True
    value_false: Scalar = False

    @model_validator(mode="after")
    def _answers_differ(self) -> "BooleanQuestion":
        if same(from_json(self.value_true), from_json(self.value_false)):
            raise ValueError("`valueTrue` and `valueFalse` should differ")
        return self


class ExpressionQuestion(Element):
    """A figure that is computed and shown."""

    type: Literal["expression"]
    expression: Condition


class HtmlElement(Element):
    """Words without a question; no markup."""

    type: Literal["html"]
    html: Words

    @field_validator("html")
    @classmethod
    def _is_plain(cls, html: Words) -> Words:
        return plain(html)


class Panel(Element):
    """Several elements that come and go together."""

    type: Literal["panel"]
    enable_if: Condition | None = None
    elements: tuple["AnyElement", ...] = Field(min_length=1, max_length=ELEMENTS)


AnyElement: TypeAlias = Annotated[
    TextQuestion
    | CommentQuestion
    | RadioQuestion
    | DropdownQuestion
    | CheckboxQuestion
    | PictureQuestion
    | RatingQuestion
    | BooleanQuestion
    | ExpressionQuestion
    | HtmlElement
    | Panel,
    Field(discriminator="type"),
]

AnyQuestion: TypeAlias = (
    TextQuestion
    | CommentQuestion
    | RadioQuestion
    | DropdownQuestion
    | CheckboxQuestion
    | PictureQuestion
    | RatingQuestion
    | BooleanQuestion
)
"""What a person answers."""


def inside(elements: tuple[AnyElement, ...]) -> Iterator[AnyElement]:
    """These elements, each panel followed by what is in it."""
    for one in elements:
        yield one
        if isinstance(one, Panel):
            yield from inside(one.elements)


def plain(html: Words) -> Words:
    """The same words.

    Raises:
        ValueError: there is markup in them.
    """
    if any(sign in text for text in (html.default, html.en, html.zh) for sign in "<>&"):
        raise ValueError("markup is not supported: plain words only, without `<`, `>` and `&`")
    return html
