"""The functions an expression may call; any other is refused when a survey is loaded."""

import math
from collections.abc import Callable, Mapping

from kiosk.survey.expressions.arithmetic import joined, plus_all, raised
from kiosk.survey.expressions.compare import exceeds
from kiosk.survey.expressions.days import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, civil, is_date
from kiosk.survey.expressions.moments import NO_DATE, at, midnight, read_moment
from kiosk.survey.expressions.numbers import as_number, is_numeric, to_number
from kiosk.survey.expressions.values import UNDEFINED, Moment, Value, is_nothing, is_truthy

Parameters = tuple[Value, ...]

EPSILON = 2.0**-52
"""From 1 to the next number (ECMA-262, Number.EPSILON)."""


def _flat(values: Parameters) -> Parameters:
    """All values of all lists; nothing is left out, what reads as a number is one."""
    flat: list[Value] = []
    for one in values:
        if isinstance(one, tuple):
            flat += _flat(one)
        elif not is_nothing(one):
            flat.append(as_number(one) if is_numeric(one) else one)
    return tuple(flat)


def _at(values: Parameters, place: int) -> Value:
    return values[place] if place < len(values) else UNDEFINED


def _iif(values: Parameters, _now: Moment) -> Value:
    if len(values) < 2:
        return None
    return values[1] if is_truthy(values[0]) else _at(values, 2)


def _sum(values: Parameters, _now: Moment) -> Value:
    return plus_all(_flat(values))


def _avg(values: Parameters, _now: Moment) -> Value:
    flat = _flat(values)
    return to_number(plus_all(flat)) / len(flat) if flat else 0.0


def _least(values: Parameters, _now: Moment) -> Value:
    flat = _flat(values)
    best = _at(flat, 0)
    for one in flat:
        best = one if exceeds(best, one) else best
    return best


def _largest(values: Parameters, _now: Moment) -> Value:
    flat = _flat(values)
    best = _at(flat, 0)
    for one in flat:
        best = one if exceeds(one, best) else best
    return best


def _round(values: Parameters, _now: Moment) -> Value:
    flat = _flat(values)
    precision = _at(flat, 1) if is_truthy(_at(flat, 1)) else 0.0
    if not is_numeric(_at(flat, 0)) or not is_numeric(precision):
        return math.nan
    scale = raised(10.0, to_number(precision))
    # the smallest step above 1 lifts 1.005 * 100 over the half it falls short of
    number = to_number(flat[0]) * scale * (1 + EPSILON)
    return _halves_up(number) / scale if scale else math.nan


def _halves_up(number: float) -> float:
    if not math.isfinite(number):
        return number
    whole = math.floor(number)
    return float(whole + 1 if number - whole >= 0.5 else whole)


def _today(values: Parameters, now: Moment) -> Value:
    today = midnight(now)
    if len(values) != 1:
        return today
    day = float(civil(today)[2])
    moved = to_number(joined(day, values[0]))  # text goes behind the day's number
    return at(today.ms + (math.trunc(moved) - day) * DAY_MS) if math.isfinite(moved) else NO_DATE


def _current_date(_values: Parameters, now: Moment) -> Value:
    return now


def _moment_or_today(values: Parameters, now: Moment) -> Moment:
    return read_moment(values[0], now) if is_truthy(_at(values, 0)) else midnight(now)


def _year(values: Parameters, now: Moment) -> Value:
    moment = _moment_or_today(values, now)
    return float(civil(moment)[0]) if is_date(moment) else math.nan


def _month(values: Parameters, now: Moment) -> Value:
    moment = _moment_or_today(values, now)
    return float(civil(moment)[1]) if is_date(moment) else math.nan


def _age(values: Parameters, now: Moment) -> Value:
    if not is_truthy(_at(values, 0)):
        return None
    unit = _at(values, 1) if is_truthy(_at(values, 1)) else "years"
    if unit == "days":
        return 0.0  # SurveyJS counts days between two dates only
    return _months_between(read_moment(values[0], now), now, unit)


def _date_diff(values: Parameters, now: Moment) -> Value:
    if not is_truthy(_at(values, 0)) or not is_truthy(_at(values, 1)):
        return None
    unit = _at(values, 2) if is_truthy(_at(values, 2)) else "days"
    first, second = read_moment(values[0], now), read_moment(values[1], now)
    if unit == "days":
        return _steps(midnight(first), midnight(second), DAY_MS)
    if isinstance(unit, str) and unit in _UNITS_MS:
        return _steps(first, second, _UNITS_MS[unit])
    return _months_between(first, second, unit)


_UNITS_MS: Mapping[str, int] = {"hours": HOUR_MS, "minutes": MINUTE_MS, "seconds": SECOND_MS}


def _steps(first: Moment, second: Moment, step_ms: int) -> float:
    between_ms = abs(second.ms - first.ms)
    return math.nan if math.isnan(between_ms) else float(-(-between_ms // step_ms))


def _months_between(first: Moment, second: Moment, unit: Value) -> float:
    """Whole months or years; a month counts when its day has come."""
    if not is_date(first) or not is_date(second):
        return math.nan if unit == "months" else 0.0
    year, month, day = civil(first)
    later_year, later_month, later_day = civil(second)
    months = (later_year - year) * 12 + later_month - month - (later_day < day)
    return float(months if unit == "months" else math.trunc(months / 12))


FUNCTIONS: Mapping[str, Callable[[Parameters, Moment], Value]] = {
    "iif": _iif,
    "sum": _sum,
    "avg": _avg,
    "min": _least,
    "max": _largest,
    "round": _round,
    "today": _today,
    "currentDate": _current_date,
    "year": _year,
    "month": _month,
    "age": _age,
    "dateDiff": _date_diff,
}
"""Each by its name, which is case-sensitive; it gets its parameters and what time it is."""

DISPLAY_VALUE = "displayValue"
"""The one function that needs to know the questions: the words of a question's answer."""

NAMES = frozenset({*FUNCTIONS, DISPLAY_VALUE})
"""Every function there is."""
