"""What the screen lets in: what a finger cannot enter, no other way brings in either."""

from kiosk.survey.expressions.compare import FIGURE, same
from kiosk.survey.expressions.values import UNDEFINED, Value, from_json, is_nothing
from kiosk.survey.questions import (
    BooleanQuestion,
    CheckboxQuestion,
    CommentQuestion,
    ExpressionQuestion,
    PictureQuestion,
    TextQuestion,
)
from kiosk.survey.run import Run

CHARACTERS = 2_000
"""Longest free answer: more than anybody types while standing."""


def accepted(run: Run, name: str, value: Value) -> tuple[bool, Value]:
    """Whether a visible question takes a value, and the value as it takes it.

    Text is cut at the question's length; a value that is not offered is not taken.
    """
    question = run.layout.questions[name]
    if isinstance(question, ExpressionQuestion):
        return False, UNDEFINED
    if is_nothing(value):
        return True, UNDEFINED
    if isinstance(question, TextQuestion | CommentQuestion):
        return _written(value, question.max_length or CHARACTERS)
    offered: tuple[Value, ...]
    if isinstance(question, BooleanQuestion):
        offered = (from_json(question.value_true), from_json(question.value_false))
    else:
        offered = tuple(from_json(one.value) for one in run.offered(name))
    if isinstance(question, CheckboxQuestion):
        return _chosen(value, offered, question.max_selected_choices)
    if isinstance(question, PictureQuestion) and question.multi_select:
        return _chosen(value, offered, 0)
    return any(same(value, one, FIGURE) for one in offered), value


def _written(value: Value, characters: int) -> tuple[bool, Value]:
    if isinstance(value, str):
        return True, value[:characters]
    return isinstance(value, float), value


def _chosen(value: Value, offered: tuple[Value, ...], most: int) -> tuple[bool, Value]:
    """Several choices; one more than allowed is not taken."""
    if not isinstance(value, tuple) or (most and len(value) > most):
        return False, UNDEFINED
    return all(any(same(one, other, FIGURE) for other in offered) for one in value), value
