"""Days of the calendar that rules count with: so many years later, the end of a month."""

from calendar import monthrange
from datetime import MAXYEAR, date

MONTHS = 12


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none.

    Args:
        years: 0 or more; beyond the calendar's end it is the calendar's last day.
    """
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    if (day.month, day.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return day.replace(year=year)


def month_end(year: int, month: int) -> date:
    """The last day of a month; beyond the calendar's end it is the calendar's last day.

    Args:
        month: 1 is January; 13 is January of the year after, and so on.
    """
    years, index = divmod(month - 1, MONTHS)
    if year + years > MAXYEAR:
        return date.max
    return date(year + years, index + 1, monthrange(year + years, index + 1)[1])
