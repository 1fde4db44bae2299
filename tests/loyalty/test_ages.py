"""Old enough, to the day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.ages import is_of_age


@pytest.mark.parametrize(
    ("birthday", "today", "years", "expected"),
    [
        (date(2008, 11, 21), date(2026, 11, 20), 18, False),
        (date(2008, 11, 21), date(2026, 11, 21), 18, True),
        (date(2008, 11, 21), date(2026, 11, 22), 18, True),
        (date(2008, 12, 31), date(2026, 12, 30), 18, False),
        (date(2009, 1, 1), date(2026, 12, 31), 18, False),
        (date(2009, 1, 1), date(2027, 1, 1), 18, True),
        (date(2008, 2, 29), date(2026, 2, 28), 18, False),
        (date(2008, 2, 29), date(2026, 3, 1), 18, True),
        (date(2008, 2, 29), date(2028, 2, 28), 20, False),
        (date(2008, 2, 29), date(2028, 2, 29), 20, True),
        (date(2026, 11, 21), date(2026, 11, 21), 0, True),
        (date(2027, 1, 1), date(2026, 11, 21), 18, False),
    ],
)
def test_the_boundary_is_the_birthday_itself(
    birthday: date, today: date, years: int, expected: bool
) -> None:
    """A day early, something of a minor is stored; a day late, a member is turned away."""
    assert is_of_age(birthday, today, years) is expected


def test_eighteen_is_what_the_chain_asks_for() -> None:
    """Without a number the strictest one known holds."""
    assert not is_of_age(date(2008, 11, 22), date(2026, 11, 21))
    assert is_of_age(date(2008, 11, 21), date(2026, 11, 21))


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.dates(), st.integers(0, 120))
def test_nobody_becomes_younger(birthday: date, today: date, years: int) -> None:
    """Who is of age stays so on every later day."""
    if is_of_age(birthday, today, years) and today < date.max:
        assert is_of_age(birthday, date.fromordinal(today.toordinal() + 1), years)
