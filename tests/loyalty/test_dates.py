"""Days of the calendar: leap days, ends of months, the calendar's own end."""

from datetime import date

import pytest

from kiosk.loyalty.dates import month_end, years_after


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(9990, 5, 6), 9, date(9999, 5, 6)),
        (date(9990, 5, 6), 10, date.max),
    ],
)
def test_so_many_years_later_is_the_same_day_or_the_next(day: date, years: int, then: date) -> None:
    """A birthday on 29 February would come a day early, or never."""
    assert years_after(day, years) == then


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [
        (2026, 2, date(2026, 2, 28)),
        (2028, 2, date(2028, 2, 29)),
        (2026, 12, date(2026, 12, 31)),
        (2026, 13, date(2027, 1, 31)),
        (2026, 24, date(2027, 12, 31)),
        (9999, 11, date(9999, 11, 30)),
        (9999, 12, date.max),
        (9999, 13, date.max),
    ],
)
def test_a_month_ends_on_its_last_day(year: int, month: int, last: date) -> None:
    """A voucher of the birthday month would end a day too early, or in another month."""
    assert month_end(year, month) == last
