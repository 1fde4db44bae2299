"""Answers as each kind of question takes them."""

import math

from kiosk.survey.expressions.compare import exceeds
from kiosk.survey.expressions.moments import read_moment
from kiosk.survey.expressions.numbers import as_number, is_numeric, to_text
from kiosk.survey.expressions.values import (
    SPACES,
    Moment,
    Value,
    from_json,
    is_empty,
    is_truthy,
)
from kiosk.survey.parts import Limit
from kiosk.survey.questions import (
    AnyQuestion,
    CheckboxQuestion,
    ExpressionQuestion,
    TextQuestion,
)

LAST_DAY = "2999-12-31"
"""No date question takes a later one (SurveyJS, settings.maxDate)."""


def is_blank(value: Value) -> bool:
    """Whether a question counts as not answered; a text of spaces does."""
    return is_empty(value.strip(SPACES) if isinstance(value, str) else value)


def corrected(question: AnyQuestion | ExpressionQuestion, value: Value) -> Value:
    """A value as the question keeps it: no ticks are an empty list, digits a number."""
    if isinstance(question, CheckboxQuestion) and not is_truthy(value):
        return ()
    if not isinstance(question, TextQuestion) or not is_truthy(value):
        return value
    if question.input_type == "number":
        return as_number(value) if is_numeric(value) else ""
    return value


def too_small(question: TextQuestion, value: Value, now: Moment) -> bool:
    """Whether a value is below the question's `min`."""
    return _beyond(question, question.min, value, now, below=True)


def too_large(question: TextQuestion, value: Value, now: Moment) -> bool:
    """Whether a value is above the question's `max`."""
    limit = question.max
    if limit in (None, "") and question.input_type == "date":
        limit = LAST_DAY
    return _beyond(question, limit, value, now, below=False)


def _beyond(
    question: TextQuestion, limit: Limit | None, value: Value, now: Moment, *, below: bool
) -> bool:
    border = from_json(limit)
    if is_empty(border) or is_blank(value):
        return False
    if question.input_type == "date":
        value, border = read_moment(value, now), read_moment(border, now)
        if math.isnan(value.ms) or math.isnan(border.ms):
            return False
    return exceeds(border, value) if below else exceeds(value, border)


def limit_text(limit: Limit | None) -> str:
    """A border as it is told: a number without needless digits; "" for none."""
    return "" if limit is None else to_text(from_json(limit))


def is_kept(question: AnyQuestion | ExpressionQuestion, value: Value, now: Moment) -> bool:
    """Whether a value counts as an answer; one beyond the limits stands on the screen alone."""
    if not isinstance(question, TextQuestion):
        return True
    return not too_small(question, value, now) and not too_large(question, value, now)
