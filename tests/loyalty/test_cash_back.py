"""Cash-back: a floor, a share of the whole month, and months that must not be mixed up."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.cash_back import cash_back_for, cash_back_view, referral_for
from kiosk.model.members import Standing
from kiosk.model.rules import CashBack
from tests.factories import member

RULE = CashBack(per_mille=10, floor_fen=100_000, referral_per_mille=10)


@pytest.mark.parametrize(
    ("spend_fen", "back_fen"),
    [(0, 0), (99_999, 0), (100_000, 1_000), (100_099, 1_000), (100_100, 1_001), (10**9, 10**7)],
)
def test_from_the_floor_on_a_share_of_the_whole_comes_back(spend_fen: int, back_fen: int) -> None:
    """The fen that reaches the floor brings the month's whole share; parts of a fen are cut."""
    assert cash_back_for(spend_fen, RULE) == back_fen


def test_without_a_floor_every_purchase_brings_something_back() -> None:
    """A floor of nothing is a floor that nothing reaches, too."""
    free = CashBack(per_mille=10, floor_fen=0)
    assert [cash_back_for(fen, free) for fen in (0, 99, 100)] == [0, 0, 1]


@pytest.mark.parametrize(("purchase_fen", "share_fen"), [(32_099, 320), (99, 0), (0, 0), (-500, 0)])
def test_a_friends_purchase_brings_its_share(purchase_fen: int, share_fen: int) -> None:
    """A refund of a friend's must not be a bill to the member."""
    assert referral_for(purchase_fen, RULE) == share_fen
    assert referral_for(purchase_fen, CashBack(per_mille=10, floor_fen=0)) == 0


@pytest.mark.parametrize(
    ("spend_fen", "missing_fen", "projected_fen"),
    [(0, 100_000, 0), (86_000, 14_000, 0), (100_000, 0, 1_000), (250_050, 0, 2_500)],
)
def test_the_view_says_what_is_missing_and_what_comes_back(
    spend_fen: int, missing_fen: int, projected_fen: int
) -> None:
    """A member just below the floor wants to know how far."""
    row = member(standing=Standing(month_spend_fen=spend_fen))
    view = cash_back_view(row, RULE, date(2026, 11, 30))
    assert (view.spend, view.floor) == (spend_fen, 100_000)
    assert (view.missing, view.projected) == (missing_fen, projected_fen)


@pytest.mark.parametrize("today", [date(2026, 12, 1), date(2027, 11, 21), date(2026, 10, 31)])
def test_purchases_of_another_month_are_not_this_ones(today: date) -> None:
    """On the first of the month the row may be yesterday's: its sum brings nothing any more."""
    row = member(
        standing=Standing(month_spend_fen=250_000), as_of=datetime(2026, 11, 30, 9, tzinfo=UTC)
    )
    view = cash_back_view(row, RULE, today)
    assert (view.spend, view.missing, view.projected) == (0, 100_000, 0)


@pytest.mark.parametrize(
    ("as_of", "spend_fen"),
    [
        (datetime(2026, 11, 30, 15, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), 86_000),
        (datetime(2026, 12, 31, 15, 59, tzinfo=UTC), 86_000),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), 0),
        (datetime.max.replace(tzinfo=UTC), 0),
    ],
)
def test_a_month_begins_with_the_stores_midnight(as_of: datetime, spend_fen: int) -> None:
    """What was bought on the first morning of a month would be missing until the next purchase."""
    row = member(standing=Standing(month_spend_fen=86_000), as_of=as_of)
    view = cash_back_view(row, RULE, date(2026, 12, 5), timezone(timedelta(hours=8)))
    assert view.spend == spend_fen


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_more_purchases_never_bring_less(one_fen: int, more_fen: int) -> None:
    """Nobody should have to stop buying to keep their money."""
    assert cash_back_for(one_fen, RULE) <= cash_back_for(one_fen + more_fen, RULE)
