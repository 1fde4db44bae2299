"""What a question offers: choices, each with a value, words, and perhaps a picture."""

from typing import Any

from pydantic import BaseModel, Field, field_validator, model_validator

from kiosk.survey.expressions.compare import same
from kiosk.survey.expressions.functions import DISPLAY_VALUE
from kiosk.survey.expressions.values import from_json
from kiosk.survey.parts import STRICT, Condition, Expression, Scalar, Words

CHOICES = 60


ICON = "icon:"
"""Begins an `imageLink` that names one of the kiosk's icons: `icon:briefcase`."""


TEXT_AFTER = "|"
"""Parts a choice's value from its text in one string (SurveyJS, settings.itemValueSeparator)."""


class Choice(BaseModel):
    """One answer to choose; a bare value is its own text, `value|text` is both.

    Attributes:
        image_link: name of a picture of the bundle or the kiosk, or of an icon behind `icon:`.
    """

    model_config = STRICT

    value: Scalar
    text: Words | None = None
    visible_if: Condition | None = None
    image_link: str | None = Field(default=None, max_length=200)

    @property
    def icon(self) -> str:
        """The name of the icon it shows; "" for none."""
        link = self.image_link or ""
        return link.removeprefix(ICON) if link.startswith(ICON) else ""

    @property
    def picture(self) -> str:
        """The name of the picture it shows; "" for none."""
        return "" if self.icon else self.image_link or ""

    @field_validator("visible_if")
    @classmethod
    def _asks_no_words(cls, condition: Expression | None) -> Expression | None:
        if condition and DISPLAY_VALUE in condition.functions:
            raise ValueError(f"`{DISPLAY_VALUE}` never holds in a choice's `visibleIf`")
        return condition

    @model_validator(mode="before")
    @classmethod
    def _bare_value(cls, given: Any) -> Any:
        whole = {"value": given} if isinstance(given, str | int | float) else given
        if not isinstance(whole, dict) or not isinstance(whole.get("value"), str):
            return whole
        value, _, text = whole["value"].partition(TEXT_AFTER)
        return {**({"text": text} if text else {}), **whole, "value": value}

    @field_validator("value")
    @classmethod
    def _says_something(cls, value: Scalar) -> Scalar:
        if isinstance(value, str) and not value.strip():
            raise ValueError("a choice without a value cannot be chosen")
        return value


def different(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The same choices; refused when two have one value, as `1` and `01`: a touch means both."""
    values = [from_json(one.value) for one in choices]
    for at, one in enumerate(choices):
        told = str(one.value).strip().lower()
        before = zip(choices[:at], values, strict=False)
        if any(told == str(o.value).strip().lower() or same(values[at], v) for o, v in before):
            raise ValueError(f"the choice `{one.value}` is there twice")
    return choices
