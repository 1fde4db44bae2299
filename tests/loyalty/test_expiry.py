"""Points that lapse: the last day, what is still there of them, and what they buy."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.expiry import NextExpiry, expires_on, next_expiry
from kiosk.model.ledger import Expiring
from kiosk.model.rules import Expiry
from kiosk.model.units import Points
from tests.factories import rewards

TODAY = date(2026, 11, 21)
SOON, LATER = date(2026, 11, 30), date(2026, 12, 31)


def lapses(*parts: tuple[int, date]) -> tuple[Expiring, ...]:
    """These points on these days."""
    return tuple(Expiring(points=points, last_day=day) for points, day in parts)


def upcoming(
    parts: tuple[Expiring, ...], spent: int = 0, balance: int = 12_680, today: date = TODAY
) -> NextExpiry | None:
    """What lapses next, with the rewards worthiest first."""
    worthiest = sorted(rewards(), key=lambda one: -one.worth_fen)
    return next_expiry(parts, Points(spent), Points(balance), worthiest, today)


@pytest.mark.parametrize(
    ("earned_on", "months", "last_day"),
    [
        (date(2026, 11, 21), 12, date(2027, 11, 30)),
        (date(2026, 11, 30), 1, date(2026, 12, 31)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 1), 12, date(2027, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 29)),
        (date(2099, 2, 1), 12, date(2100, 2, 28)),
        (date(9999, 12, 31), 1, date.max),
    ],
)
def test_points_lapse_at_the_end_of_a_month(earned_on: date, months: int, last_day: date) -> None:
    """Points earned on a month's last day live as many months as those of its first."""
    assert expires_on(earned_on, Expiry(months=months)) == last_day


@given(st.dates(date(1990, 1, 1), date(2200, 12, 31)), st.integers(1, 120))
def test_points_live_at_least_as_long_as_the_rule_says(earned_on: date, months: int) -> None:
    """A month lost to rounding is money taken from members."""
    last = expires_on(earned_on, Expiry(months=months))
    assert (last.year * 12 + last.month) - (earned_on.year * 12 + earned_on.month) == months
    assert date.fromordinal(last.toordinal() + 1).day == 1


def test_the_next_to_lapse_is_told_with_what_it_buys() -> None:
    """Points that lapse unseen are points a member is cheated of."""
    told = upcoming(lapses((1_600, SOON), (5_000, LATER)))
    assert told is not None
    assert (told.points, told.last_day, told.days_left) == (1_600, SOON, 9)
    assert told.buys is not None
    assert told.buys.reward_id == "trench-coat"


def test_few_points_buy_nothing_by_themselves() -> None:
    """A reward that they alone do not pay for is no reason to hurry."""
    told = upcoming(lapses((1_199, SOON)))
    assert told is not None
    assert told.buys is None


@pytest.mark.parametrize(
    ("spent", "points", "last_day"),
    [
        (0, 500, SOON),
        (499, 1, SOON),
        (500, 800, LATER),
        (1_299, 1, LATER),
        (1_300, None, None),
        (9_999, None, None),
    ],
)
def test_what_is_set_aside_uses_up_what_lapses_first(
    spent: int, points: int | None, last_day: date | None
) -> None:
    """HQ spends the oldest first; a warning about points already spent would be false."""
    told = upcoming(lapses((500, SOON), (800, LATER)), spent)
    assert (told and told.points, told and told.last_day) == (points, last_day)


def test_points_of_one_day_are_one_sum_in_any_order() -> None:
    """Two entries of a month are one loss to a member."""
    told = upcoming(lapses((800, LATER), (300, SOON), (200, SOON)), spent=100)
    assert told is not None
    assert (told.points, told.last_day) == (400, SOON)


@pytest.mark.parametrize(("today", "days"), [(SOON, 0), (date(2026, 12, 1), 30)])
def test_the_last_day_is_included_and_the_past_is_left_out(today: date, days: int) -> None:
    """A row may be older than the day on which its points lapsed."""
    told = upcoming(lapses((300, SOON), (800, LATER)), today=today)
    assert told is not None
    assert told.days_left == days


@pytest.mark.parametrize(("balance", "points"), [(100, 100), (0, None), (-5, None)])
def test_no_more_lapses_than_there_is(balance: int, points: int | None) -> None:
    """After a refund the row's lots may be gone."""
    told = upcoming(lapses((300, SOON)), balance=balance)
    assert (told and told.points) == points


def test_without_anything_that_lapses_nothing_is_said() -> None:
    """Most members have nothing to fear this year."""
    assert upcoming(()) is None


@given(
    st.lists(st.tuples(st.integers(1, 900), st.dates(date(2026, 11, 1), date(2027, 3, 31)))),
    st.integers(0, 3_000),
    st.integers(-100, 5_000),
)
def test_a_warning_never_exceeds_what_is_left(
    parts: list[tuple[int, date]], spent: int, balance: int
) -> None:
    """Whatever HQ sends, the figure is true and the day not past."""
    told = upcoming(lapses(*parts), spent, balance)
    left = sum(points for points, day in parts if day >= TODAY) - spent
    if told is None:
        assert left <= 0 or balance <= 0
    else:
        assert 0 < told.points <= min(left, balance)
        assert told.last_day >= TODAY
        assert told.buys is None or told.buys.points <= told.points
