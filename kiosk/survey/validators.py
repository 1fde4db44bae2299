"""What an answer must be before a page may be left."""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, Field

from kiosk.survey.parts import STRICT, Condition, Number, SafePattern, Truth, Whole, Words


class Common(BaseModel):
    """What every validator has: the words that are said when it does not hold."""

    model_config = STRICT

    text: Words | None = None


class NumericValidator(Common):
    """A number, and within limits where there are any; 0 is one."""

    type: Literal["numeric"]
    min_value: Number | None = None
    max_value: Number | None = None


class TextValidator(Common):
    """So many characters; 0 for no limit."""

    type: Literal["text"]
    min_length: Whole = Field(default=0, ge=0)
    max_length: Whole = Field(default=0, ge=0)
    allow_digits: Truth = True


class AnswerCountValidator(Common):
    """So many choices; 0 for no limit."""

    type: Literal["answercount"]
    min_count: Whole | None = Field(default=None, ge=0)
    max_count: Whole | None = Field(default=None, ge=0)


class RegexValidator(Common):
    """A pattern somewhere in the text."""

    type: Literal["regex"]
    regex: SafePattern
    case_insensitive: Truth = False


class EmailValidator(Common):
    """An e-mail address."""

    type: Literal["email"]


class ExpressionValidator(Common):
    """A condition that must hold."""

    type: Literal["expression"]
    expression: Condition


Validator: TypeAlias = Annotated[
    NumericValidator
    | TextValidator
    | AnswerCountValidator
    | RegexValidator
    | EmailValidator
    | ExpressionValidator,
    Field(discriminator="type"),
]
