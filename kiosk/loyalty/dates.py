"""Days of the calendar that rules count with: so many years later, the end of a month."""

from datetime import MAXYEAR, date, datetime, timedelta, tzinfo

MONTHS = 12


def day_in(zone: tzinfo | None, moment: datetime) -> date:
    """The day it is there at this moment; at the ends of the calendar the moment's own day.

    Args:
        zone: None where the moment tells the time of the right place already.
    """
    try:
        return (moment if zone is None else moment.astimezone(zone)).date()
    except OverflowError:
        return moment.date()


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none.

    Args:
        years: 0 or more; beyond the calendar's end it is the calendar's last day.
    """
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    try:
        return day.replace(year=year)
    except ValueError:  # of all days only 29 February is not there every year
        return date(year, 3, 1)


def month_end(year: int, month: int) -> date:
    """The last day of a month; beyond the calendar's end it is the calendar's last day.

    Args:
        month: 1 is January; 13 is January of the year after, and so on.
    """
    years, index = divmod(month, MONTHS)  # of the month after
    if year + years > MAXYEAR:
        return date.max
    return date(year + years, index + 1, 1) - timedelta(days=1)
