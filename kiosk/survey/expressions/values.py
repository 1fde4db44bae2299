"""The values an expression computes with, and how one kind is read as another.

Surveys are written for an engine in JavaScript, and its way of converting values is part of
their meaning: `"5"` is a number when it is an answer, an empty list is true, text compares by
its UTF-16 units. The rules are those of ECMA-262 (abstract operations, clause 7).
"""

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias


class Undefined(Enum):
    """The one value that says: there is nothing here, not even an empty answer."""

    UNDEFINED = "undefined"


UNDEFINED: Final = Undefined.UNDEFINED


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of store-local time.

    Attributes:
        ms: milliseconds since 1970-01-01 00:00 store-local; NaN for what is no date.
    """

    ms: float


Value: TypeAlias = bool | float | str | Moment | Undefined | tuple["Value", ...] | None
"""Numbers are floats, lists are tuples; `from_json` sees to it."""

SPACES: Final = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""What counts as white space (ECMA-262, 12.2 and 12.3)."""

SAFE_INTEGER: Final = 2**53
"""Beyond it a float no longer tells neighbouring integers apart."""


def from_json(value: object) -> Value:
    """A value of a JSON document as expressions see it; what JSON cannot hold is undefined."""
    if value is None or isinstance(value, bool | str | Moment | Undefined):
        return value
    if isinstance(value, int | float):
        return _as_float(value)
    if isinstance(value, list | tuple):
        return tuple(from_json(one) for one in value)
    return UNDEFINED


def to_json(value: Value) -> object:
    """A computed value as a record holds it: undefined, no number and no date are null."""
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, Moment):
        return None if math.isnan(value.ms) else value.ms
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value == int(value) and abs(value) < SAFE_INTEGER else value
    return None if value is UNDEFINED else value


LARGEST = 5_000
"""Characters of what an expression comes to at most: two of the longest answers joined, and more
than any record takes. Figures that double each other would fill the memory."""

PLACE = 10
"""Characters that any value in a list counts for: five hundred numbers are a list at most."""


def bounded(value: Value) -> Value:
    """The same value, cut where it is larger than any answer could make it."""
    if isinstance(value, str):
        return value[:LARGEST]
    if not isinstance(value, tuple):
        return value
    room, kept = LARGEST, 0
    for one in value:
        room -= _weight(one)
        kept += room >= 0
    return value[:kept]


def _weight(value: Value) -> int:
    if isinstance(value, tuple):
        return PLACE + sum(map(_weight, value))
    return PLACE + len(value) if isinstance(value, str) else PLACE


def _as_float(number: int | float) -> float:
    try:
        return float(number)
    except OverflowError:  # an integer beyond what a float can hold
        return math.inf if number > 0 else -math.inf


def is_truthy(value: Value) -> bool:
    """Whether a condition takes it for true: lists always are, also empty ones."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return isinstance(value, tuple | Moment) or bool(value is not UNDEFINED and value)


def is_empty(value: Value) -> bool:
    """Whether it is no answer: nothing, empty text or list; 0 and false are answers."""
    if isinstance(value, tuple):
        return not value
    return not is_truthy(value) and value is not False and value != 0.0


def is_nothing(value: Value) -> bool:
    """Whether it is null or undefined."""
    return value is None or value is UNDEFINED


def units(text: str) -> bytes:
    """Text as the sequence of UTF-16 units it is ordered by."""
    return text.encode("utf-16-be", "surrogatepass")
