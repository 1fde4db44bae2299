"""Days and times as expressions count them: milliseconds, store-local, no time zones.

Only ISO 8601 text is a date here. SurveyJS leaves other text to the browser, which reads it
differently from one to the next; a form answered by wheels never holds such text.
"""

import math
import re
from datetime import datetime, timedelta

from kiosk.survey.expressions.days import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    SECOND_MS,
    days_to,
    is_date,
)
from kiosk.survey.expressions.numbers import to_number
from kiosk.survey.expressions.values import UNDEFINED, Moment, Value, is_truthy

LARGEST_MS = 8.64e15
"""The last moment there is (ECMA-262, 21.4.1.1): 100 million days from 1970."""

NO_DATE = Moment(math.nan)

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- store-local on purpose: forms know no zones
_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?"
    r"(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)


def moment_of(wall: datetime) -> Moment:
    """A store-local wall clock time, without its zone, as a moment."""
    return Moment(float((wall.replace(tzinfo=None) - _EPOCH) // timedelta(milliseconds=1)))


def at(ms: float) -> Moment:
    """The moment at so many milliseconds; beyond the calendar's end it is no date."""
    inside = math.isfinite(ms) and abs(ms) <= LARGEST_MS
    return Moment(float(math.trunc(ms))) if inside else NO_DATE


def read_moment(value: Value, now: Moment) -> Moment:
    """The moment a value means: `now` when it is empty, no date when it cannot be read."""
    if isinstance(value, Moment):
        return value
    if not is_truthy(value) or value is UNDEFINED:
        return now
    if isinstance(value, str):
        return _iso(value)
    if isinstance(value, tuple):
        return NO_DATE
    return at(to_number(value))


def _iso(text: str) -> Moment:
    found = _ISO.fullmatch(text)
    if not found:
        return NO_DATE
    year, month, day, hour, minute, second = (
        int(part or default) for part, default in zip(found.groups()[:6], "011000", strict=True)
    )
    ms = hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS
    ms += int((found[7] or "0").ljust(3, "0")[:3])
    if not 1 <= month <= 12 or not 1 <= day <= 31 or max(minute, second) > 59 or ms > DAY_MS:
        return NO_DATE
    return at(days_to(year, month, day) * DAY_MS + ms - _offset_ms(found[8]))


def _offset_ms(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    size = int(zone[1:3]) * HOUR_MS + int(zone[4:]) * MINUTE_MS
    return -size if zone[0] == "-" else size


def midnight(moment: Moment) -> Moment:
    """The moment its day began."""
    return _floor(moment, DAY_MS)


def _floor(moment: Moment, step_ms: int) -> Moment:
    return Moment(moment.ms - moment.ms % step_ms) if is_date(moment) else moment


def comparable(left: Value, right: Value, now: Moment) -> tuple[Value, Value]:
    """Both sides of a comparison, made alike where one is a moment and the other text.

    The side that is a moment is only as exact as the text's length says: 10 characters are a
    day, 13 an hour, 16 a minute. The text's own time counts only when the other side has one.
    """
    if isinstance(left, str) and isinstance(right, Moment):
        whole = _floor(right, SECOND_MS)
        return _like(left, whole, now), whole
    if isinstance(left, Moment) and isinstance(right, str):
        whole = _floor(_as_exact_as(left, len(right)), SECOND_MS)
        return whole, _like(right, whole, now)
    return left, right


def _as_exact_as(moment: Moment, characters: int) -> Moment:
    if characters < 11:
        return midnight(moment)
    if characters < 14:
        return _floor(moment, HOUR_MS)
    return _floor(moment, MINUTE_MS) if characters < 17 else moment


def _like(text: str, other: Moment, now: Moment) -> Moment:
    moment = read_moment(text, now)
    if other.ms % DAY_MS >= SECOND_MS or not is_date(moment):
        return moment
    return Moment(midnight(moment).ms + moment.ms % SECOND_MS)
