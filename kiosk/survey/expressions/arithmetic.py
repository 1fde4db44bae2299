"""Sums as SurveyJS does them: text joins, empty counts as nothing, decimals stay decimal."""

import math
from collections.abc import Callable, Mapping

from kiosk.survey.expressions.numbers import (
    fixed,
    is_numeric,
    list_text,
    to_number,
    to_text,
)
from kiosk.survey.expressions.values import Moment, Value, is_empty, is_truthy


def _counted(value: Value, other: Value) -> Value:
    """What an empty operand counts as, by what stands on the other side."""
    if not is_empty(value):
        return value
    if isinstance(other, float):
        return 0.0
    if isinstance(value, str):
        return value
    if isinstance(other, str):
        return ""
    return () if isinstance(other, tuple) else 0.0


def _decimals(value: Value) -> int:
    """Digits after the point of a number as it is written."""
    if not is_numeric(value):
        return 0
    parts = to_text(value).split(".")
    return len(parts[1]) if len(parts) > 1 else 0


def _rounded(left: Value, right: Value, result: float) -> float:
    digits = max(_decimals(left), _decimals(right))
    return fixed(result, digits) if digits else result


def joined(left: Value, right: Value) -> Value:
    """Sum of two numbers, or one text after the other (the + operator of ECMA-262)."""
    if any(isinstance(one, str | tuple | Moment) for one in (left, right)):
        return to_text(left) + to_text(right)
    return to_number(left) + to_number(right)


def added(left: Value, right: Value) -> Value:
    """What `+` gives: a number, a text or a longer list."""
    if is_numeric(left) and is_numeric(right):
        if isinstance(left, str) or isinstance(right, str):
            return joined(left, right)
        total = joined(left, right)
        return _rounded(left, right, total) if isinstance(total, float) else total
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left + right
    if isinstance(left, tuple):
        return _listed(left, right, text_first=False)
    if isinstance(right, tuple):
        return _listed(right, left, text_first=True)
    return joined(left, right)


def _listed(values: tuple[Value, ...], other: Value, *, text_first: bool) -> Value:
    """A list and one value: a list before or after a text, or the sum of its numbers."""
    if isinstance(other, str):
        text = ", ".join(list_text(one) for one in values)
        return other + text if text_first else text + other
    if isinstance(other, float):
        return plus_all((*(one for one in values if isinstance(one, float)), other))
    return joined(other, values) if text_first else joined(values, other)


def plus_all(numbers: tuple[Value, ...]) -> Value:
    """The sum of a list, from 0; one text in it makes the rest text."""
    total: Value = 0.0
    for one in numbers:
        result = joined(total, one)
        total = _rounded(total, one, result) if isinstance(result, float) else result
    return total


def _minus(left: Value, right: Value) -> Value:
    return _rounded(left, right, to_number(left) - to_number(right))


def _times(left: Value, right: Value) -> Value:
    digits = _decimals(left) + _decimals(right)
    result = to_number(left) * to_number(right)
    return fixed(result, digits) if digits else result


def _over(left: Value, right: Value) -> Value:
    if not is_truthy(right):
        return None
    divisor = to_number(right)
    return to_number(left) / divisor if divisor else _by_zero(to_number(left))


def _by_zero(number: float) -> float:
    return math.nan if math.isnan(number) or not number else math.copysign(math.inf, number)


def _modulo(left: Value, right: Value) -> Value:
    if not is_truthy(right):
        return None
    number, divisor = to_number(left), to_number(right)
    return math.fmod(number, divisor) if math.isfinite(number) and divisor else math.nan


def raised(base: float, exponent: float) -> float:
    """A power (Number::exponentiate): where Python raises, this is infinite or no number."""
    if exponent == 0:
        return 1.0
    if math.isnan(exponent) or (abs(base) == 1 and math.isinf(exponent)):
        return math.nan
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:  # a root of a negative number, or 0 to a negative power
        return math.inf if base == 0 else math.nan


def _power(left: Value, right: Value) -> Value:
    return raised(to_number(left), to_number(right))


def _and(left: Value, right: Value) -> Value:
    return right if is_truthy(left) else left


def _or(left: Value, right: Value) -> Value:
    return left if is_truthy(left) else right


_OPERATIONS: Mapping[str, Callable[[Value, Value], Value]] = {
    "and": _and,
    "or": _or,
    "plus": added,
    "minus": _minus,
    "mul": _times,
    "div": _over,
    "mod": _modulo,
    "power": _power,
}

ARITHMETIC = frozenset(_OPERATIONS)
"""Operators whose empty operands count as nothing."""


def calculate(operator: str, left: Value, right: Value) -> Value:
    """The result of one of `ARITHMETIC`."""
    left = _counted(left, right)
    return _OPERATIONS[operator](left, _counted(right, left))
