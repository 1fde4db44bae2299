"""Comparing as SurveyJS does: loosely, without case, lists in any order."""

import math
from dataclasses import dataclass

from kiosk.survey.expressions.moments import comparable
from kiosk.survey.expressions.numbers import (
    leading_integer,
    leading_number,
    to_number,
    to_text,
)
from kiosk.survey.expressions.values import (
    SPACES,
    UNDEFINED,
    Moment,
    Value,
    is_empty,
    is_nothing,
    is_truthy,
    units,
)


def equal(left: Value, right: Value, now: Moment) -> bool:
    """Whether `=` holds between two operands."""
    return same(*comparable(left, right, now))


def greater(left: Value, right: Value, now: Moment) -> bool:
    """Whether `>` holds; never with nothing on either side."""
    if is_nothing(left) or is_nothing(right):
        return False
    left, right = comparable(left, right, now)
    return exceeds(left, right)


def less(left: Value, right: Value, now: Moment) -> bool:
    """Whether `<` holds; a moment on the left is read differently from one on the right."""
    if is_nothing(left) or is_nothing(right):
        return False
    left, right = comparable(left, right, now)
    return exceeds(right, left)


def exceeds(left: Value, right: Value) -> bool:
    """Whether one value is larger: two texts by their units, all else as numbers."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return units(left) > units(right)
    return to_number(left) > to_number(right)


def _primitive(value: Value) -> Value:
    if isinstance(value, tuple):
        return to_text(value)
    return value.ms if isinstance(value, Moment) else value


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two values must be to be the same.

    Attributes:
        any_order: lists may have their values in any order.
        any_case: text may differ in case and in space around it.
        numbers: a number is the same as the text that reads as it.
    """

    any_order: bool = True
    any_case: bool = True
    numbers: bool = True


LOOSE = Likeness()
"""As expressions compare."""

ORDERED = Likeness(any_order=False)
"""As variables are compared with what they were."""

FIGURE = Likeness(any_order=False, any_case=False)
"""As figures are compared with what they were, and answers with choices."""

EXACT = Likeness(any_order=False, any_case=False, numbers=False)
"""As an answer is compared with what it was."""


def same(left: Value, right: Value, like: Likeness = LOOSE) -> bool:
    """Whether two values mean the same answer."""
    left, right = (left, right) if like is not LOOSE else (_quoted(left), _quoted(right))
    if _alike_empty(left, right) or _alike_empty(right, left):
        return True
    if isinstance(left, str) and isinstance(right, str):
        return _folded(left) == _folded(right) if like.any_case else left == right
    if isinstance(left, Moment) and isinstance(right, Moment):
        return left.ms == right.ms
    if like.numbers and _same_number(left, right):
        return True
    return is_empty(left) == is_empty(right) and _same_kind(left, right, like)


def _quoted(value: Value) -> Value:
    """The text that SurveyJS takes for nothing when it compares operands."""
    return UNDEFINED if value == "undefined" else value


def _alike_empty(one: Value, other: Value) -> bool:
    if one is UNDEFINED:
        return other is UNDEFINED or other == () or other == ""
    return one is None and (other is None or other == "")


def _folded(text: str) -> str:
    return text.strip(SPACES).lower()


def _same_number(left: Value, right: Value) -> bool:
    """Two scalars that read as numbers from their beginning and are the same ones."""
    if not _converts(left) or not _converts(right):
        return False
    left_text, right_text = to_text(left), to_text(right)
    return leading_integer(left_text) == leading_integer(right_text) and leading_number(
        left_text
    ) == leading_number(right_text)


def _converts(value: Value) -> bool:
    if is_nothing(value) or isinstance(value, tuple):
        return False
    return not math.isnan(to_number(value))


def _same_kind(left: Value, right: Value, like: Likeness) -> bool:
    if isinstance(left, bool) and isinstance(right, str):
        return to_text(left) == right.lower()
    if isinstance(right, bool) and isinstance(left, str):
        return to_text(right) == left.lower()
    if isinstance(left, tuple) and isinstance(right, tuple):
        return _same_list(left, right, like)
    if isinstance(left, tuple | Moment) or isinstance(right, tuple | Moment):
        return False
    if not like.numbers and (isinstance(left, float) or isinstance(right, float)):
        return isinstance(left, float) and left == right
    return _loosely_same(left, right)


def _loosely_same(left: Value, right: Value) -> bool:
    """Equality of scalars across kinds (ECMA-262, IsLooselyEqual)."""
    if is_nothing(left) or is_nothing(right):
        return is_nothing(left) and is_nothing(right)
    return to_number(left) == to_number(right)


def _same_list(left: tuple[Value, ...], right: tuple[Value, ...], like: Likeness) -> bool:
    if len(left) != len(right):
        return False
    if like.any_order:
        left, right = _sorted(left), _sorted(right)
    pairs = zip(left, right, strict=True)
    return all(same(one, other, like) for one, other in pairs)


def _sorted(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """In the order of their texts, what is undefined last."""
    return tuple(sorted(values, key=lambda one: (one is UNDEFINED, units(to_text(one)))))


def contains(left: Value, right: Value, wanted: bool = True) -> bool:
    """Whether a list holds a value, or all values of a list; or a text holds another.

    Args:
        wanted: False asks whether it does not. Both fail when there is nothing to look in.
    """
    if left == ():
        return not wanted
    if isinstance(left, tuple):
        searched = right if isinstance(right, tuple) else (right,)
        return wanted == all(any(same(one, other) for one in left) for other in searched)
    if is_empty(left) or not is_truthy(right):
        return False
    return wanted == (to_text(right).lower() in to_text(left).lower())


def lacks(left: Value, right: Value) -> bool:
    """Whether `notcontains` holds."""
    if not is_truthy(left) and not is_empty(right):
        return True
    return contains(left, right, wanted=False)


def any_of(left: Value, right: Value) -> bool:
    """Whether at least one value of the right side is among those of the left."""
    if is_empty(left) or is_empty(right):
        return is_empty(right)
    if not isinstance(left, tuple):
        return contains(right, left)
    wanted = right if isinstance(right, tuple) else (right,)
    return any(contains(left, one) for one in wanted)


def all_of(left: Value, right: Value) -> bool:
    """Whether every value of the right side is among those of the left."""
    if not is_truthy(left) and not is_empty(right):
        return False
    if not isinstance(right, tuple):
        return contains(left, right)
    return all(contains(left, one) for one in right)


def is_one(value: Value) -> bool:
    """Whether a value other than a truth value equals true: 1, or what reads as 1."""
    return not is_nothing(value) and to_number(_primitive(value)) == 1
