"""Numbers and text: which text is a number, and how a number is written."""

import math
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from kiosk.survey.expressions.days import moment_text
from kiosk.survey.expressions.values import SPACES, UNDEFINED, Moment, Value

FIXED_DIGITS = 100
"""The most digits after the point a rounding keeps (ECMA-262, Number.prototype.toFixed)."""

FIXED_BELOW = 1e21
"""A number of this size or more is written with an exponent (ECMA-262, Number::toString)."""

NUMBER_DIGITS = 15
"""More digits than this are a card or a phone number to SurveyJS, never a number."""

HEX_CHARACTERS = 32
"""Longer hexadecimal text is none to SurveyJS."""

_DECIMAL = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")
_LEADING_INTEGER = re.compile(r"([+-]?)(?:0[xX]([0-9a-fA-F]*)|([0-9]+))")
_RADIX: Mapping[str, int] = {"0x": 16, "0o": 8, "0b": 2}
_RADIX_DIGITS = re.compile(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+")
_EXACT = Context(prec=1200)  # a float has at most 767 digits that count
_OPERATORS = "*^/%"


def text_number(text: str) -> float:
    """The number a whole text stands for; NaN for none, 0 for white space (StringToNumber)."""
    trimmed = text.strip(SPACES)
    if not trimmed:
        return 0.0
    if _RADIX_DIGITS.fullmatch(trimmed):
        return _integer(trimmed[2:], _RADIX[trimmed[:2].lower()])
    return float(trimmed) if _DECIMAL.fullmatch(trimmed) else math.nan


def _integer(digits: str, base: int) -> float:
    try:
        return float(int(digits, base))
    except OverflowError:
        return math.inf


def leading_number(text: str) -> float:
    """The decimal number a text begins with; NaN for none (parseFloat)."""
    found = _DECIMAL.match(text.lstrip(SPACES))
    return float(found[0]) if found else math.nan


def leading_integer(text: str) -> float:
    """The integer a text begins with, decimal or hexadecimal; NaN for none (parseInt)."""
    found = _LEADING_INTEGER.match(text.lstrip(SPACES))
    if not found or found[2] == "":  # a bare `0x` is not the number 0
        return math.nan
    size = _integer(found[2], 16) if found[2] else float(found[3])
    return -size if found[1] == "-" else size


def to_number(value: Value) -> float:
    """What arithmetic makes of it (ToNumber)."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, float):
        return value
    if value is None:
        return 0.0
    if isinstance(value, Moment):
        return value.ms
    return math.nan if value is UNDEFINED else text_number(to_text(value))


def to_text(value: Value) -> str:
    """What text makes of it (ToString)."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return ",".join(list_text(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Moment):
        return moment_text(value)
    if isinstance(value, float):
        return number_text(value)
    return "undefined" if value is UNDEFINED else "null"


def list_text(value: Value) -> str:
    """What joining a list makes of one of its values: nothing is the empty text."""
    return "" if value is None or value is UNDEFINED else to_text(value)


def number_text(number: float) -> str:
    """The shortest decimal that means this number (Number::toString)."""
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else ("Infinity" if number > 0 else "-Infinity")
    if number == 0:
        return "0"
    sign, digits, exponent = Decimal(repr(number)).normalize(_EXACT).as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + int(exponent)
    return ("-" if sign else "") + _placed(text, point)


def _placed(digits: str, point: int) -> str:
    """Digits with their point `point` places from the left, or with an exponent."""
    if 0 < point <= 21:
        whole = digits[:point].ljust(point, "0")
        return f"{whole}.{digits[point:]}" if len(digits) > point else whole
    if -6 < point <= 0:
        return "0." + "0" * -point + digits
    head = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{head}e{point - 1:+d}"


def fixed(number: float, digits: int) -> float:
    """A number rounded to so many digits after the point, halves away from zero."""
    if not math.isfinite(number) or abs(number) >= FIXED_BELOW:
        return number
    step = Decimal(1).scaleb(-min(digits, FIXED_DIGITS))
    return float(Decimal(number).quantize(step, ROUND_HALF_UP, _EXACT))


def as_number(value: Value) -> float:
    """The number SurveyJS sees in it; NaN for none.

    One comma is a decimal point. A moment, a truth value and a list are no numbers, apart from
    a list of one number, which its text is.
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else math.nan
    if isinstance(value, str):
        return _answered_number(value.strip(SPACES))
    return _whole_number(to_text(value)) if isinstance(value, tuple) else math.nan


def _answered_number(text: str) -> float:
    if text.startswith("0x"):
        return leading_integer(text) if len(text) <= HEX_CHARACTERS else math.nan
    if not text or (len(text) > NUMBER_DIGITS and text.isascii() and text.isdigit()):
        return math.nan
    if text.rfind("-") <= 0 and text.rfind("+") <= 0 and set(text) & set(_OPERATORS):
        return math.nan
    if text.count(",") == 1:
        text = text.replace(",", ".")
    return _whole_number(text)


def _whole_number(text: str) -> float:
    return leading_number(text) if math.isfinite(text_number(text)) else math.nan


def is_numeric(value: Value) -> bool:
    """Whether SurveyJS sees a number in it."""
    return not math.isnan(as_number(value))
