"""The calendar: days from 1970 to a date and back, and how a moment is written."""

import math

from kiosk.survey.expressions.values import Moment

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
MINUTE_MS = 60_000
SECOND_MS = 1_000

_WEEKDAYS = ("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed")  # 1970 began on a Thursday
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def days_to(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date of the Gregorian calendar, in any year.

    A day beyond its month's end counts on into the next. Years are taken to begin in March, so
    that the leap day is a year's last; 719468 days lie between 0000-03-01 and 1970-01-01.
    """
    years = year - (month <= 2)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return years * 365 + years // 4 - years // 100 + years // 400 + of_year - 719_468


def civil(moment: Moment) -> tuple[int, int, int]:
    """Year, month and day of a moment that is a date; the reverse of `days_to`."""
    day_number = int(moment.ms // DAY_MS) + 719_468
    era, of_era = divmod(day_number, 146_097)  # days in 400 years
    years = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    march_month = (5 * of_year + 2) // 153
    day = of_year - (153 * march_month + 2) // 5 + 1
    month = (march_month + 2) % 12 + 1
    return years + era * 400 + (month <= 2), month, day


def is_date(moment: Moment) -> bool:
    """Whether it is a date at all."""
    return not math.isnan(moment.ms)


def moment_text(moment: Moment) -> str:
    """As ECMA-262 writes it (21.4.4.41), without the zone: `Sun Mar 01 2026 00:00:00`."""
    if not is_date(moment):
        return "Invalid Date"
    year, month, day = civil(moment)
    weekday = _WEEKDAYS[int(moment.ms // DAY_MS) % 7]
    hours, rest = divmod(int(moment.ms % DAY_MS) // SECOND_MS, 3600)
    clock = f"{hours:02d}:{rest // 60:02d}:{rest % 60:02d}"
    sign = "-" if year < 0 else ""
    return f"{weekday} {_MONTHS[month - 1]} {day:02d} {sign}{abs(year):04d} {clock}"
