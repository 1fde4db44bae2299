"""Tiers: what opens them, what keeps them, and what is said of them on an odd day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.tiers import Keep, TierProgress, tier_for, tier_progress
from kiosk.model.members import Standing
from kiosk.model.programme import TierLook
from tests.factories import member, programme, tier

TODAY = date(2026, 11, 21)
UNTIL = date(2027, 3, 31)


def progress(tier_id: str, today: date | None = TODAY, **standing: Any) -> TierProgress:
    """Where a member of this tier with these figures stands; silver is ¥3,000, gold ¥10,000."""
    figures = Standing(**({"tier_until": UNTIL} | standing))
    return tier_progress(member(tier=tier_id, standing=figures), programme(), today)


@pytest.mark.parametrize(
    ("spend_fen", "tier_id"),
    [
        (-100, "standard"),  # refunds can outweigh purchases
        (0, "standard"),
        (299_999, "standard"),
        (300_000, "silver"),
        (999_999, "silver"),
        (1_000_000, "gold"),
        (10**9, "gold"),
    ],
)
def test_purchases_open_the_highest_tier_they_reach(spend_fen: int, tier_id: str) -> None:
    """The fen that reaches a tier opens it; one less does not."""
    assert tier_for(spend_fen, programme()).tier_id == tier_id


def test_a_programme_of_one_tier_is_open_to_all() -> None:
    """A chain may begin with one tier."""
    only = programme(tiers=(tier("standard", "普通卡", "Standard", TierLook.STANDARD),))
    assert tier_for(0, only).tier_id == "standard"
    alone = tier_progress(member(tier="standard"), only, TODAY)
    assert (alone.following, alone.missing, alone.fraction) == (None, 0, 1.0)


def test_the_way_to_the_next_tier_is_told_in_money() -> None:
    """A tier that is far away and vague draws nobody."""
    way = progress("silver", tier_spend_fen=860_000)
    assert way.tier is not None
    assert way.following is not None
    assert (way.tier.tier_id, way.following.tier_id) == ("silver", "gold")
    assert (way.spend, way.missing, way.fraction) == (860_000, 140_000, 0.86)


def test_purchases_beyond_the_next_tier_are_not_a_negative_distance() -> None:
    """HQ lifts a member in its own time; until then nothing is missing."""
    way = progress("standard", tier_spend_fen=400_000)
    assert (way.missing, way.fraction) == (0, 1.0)


def test_nothing_follows_the_highest_tier() -> None:
    """Gold members must not be sent after a tier that does not exist."""
    way = progress("gold", tier_spend_fen=2_000_000)
    assert (way.following, way.missing, way.fraction) == (None, 0, 1.0)


@pytest.mark.parametrize(
    ("spend_fen", "missing", "kept"),
    [(0, 500_000, False), (499_999, 1, False), (500_000, 0, True), (600_000, 0, True)],
)
def test_what_keeps_a_tier_is_told_with_its_date(spend_fen: int, missing: int, kept: bool) -> None:
    """A member who loses gold without a warning does not come back."""
    keep = progress("gold", tier_spend_fen=spend_fen).keep
    assert keep is not None
    assert (keep.until, keep.spend, keep.missing) == (UNTIL, spend_fen, missing)
    assert keep.kept is kept


@pytest.mark.parametrize(
    ("tier_id", "today", "until"),
    [
        ("standard", TODAY, UNTIL),
        ("gold", None, UNTIL),
        ("gold", TODAY, None),
        ("gold", date(2027, 4, 1), UNTIL),
        ("platinum", TODAY, UNTIL),
    ],
)
def test_nothing_is_said_of_keeping_where_nothing_is_known(
    tier_id: str, today: date | None, until: date | None
) -> None:
    """The lowest tier cannot be lost; a date that is past or not believed is no warning."""
    assert progress(tier_id, today, tier_until=until).keep is None


@pytest.mark.parametrize("today", [UNTIL, TODAY])
def test_a_tier_is_sure_on_its_last_day(today: date) -> None:
    """The last day is included, as HQ means it."""
    assert isinstance(progress("gold", today).keep, Keep)


def test_a_tier_the_programme_does_not_know_has_no_way() -> None:
    """HQ may publish members before the programme that names their tier."""
    way = progress("platinum", tier_spend_fen=5)
    assert (way.tier, way.following, way.missing) == (None, None, 0)


@given(st.integers(0, 2_000_000), st.sampled_from(["standard", "silver", "gold"]))
def test_what_is_missing_reaches_the_tier_exactly(spend_fen: int, tier_id: str) -> None:
    """The sum on the screen must open the tier, and one fen less must not."""
    way = progress(tier_id, tier_spend_fen=spend_fen)
    assert 0 <= way.fraction <= 1
    if way.following is not None and way.missing:
        following = way.following.tier_id
        assert tier_for(spend_fen + way.missing, programme()).tier_id == following
        assert tier_for(spend_fen + way.missing - 1, programme()).tier_id != following
