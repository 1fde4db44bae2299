"""The figures of the member's page: exact, and never more than HQ gives."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.ladder import ladder
from kiosk.loyalty.summary import summarise
from kiosk.loyalty.today import (
    EventToday,
    RewardToday,
    TierToday,
    VoucherToday,
    next_event,
    usable_vouchers,
)
from kiosk.loyalty.worth import purchase_for_fen, worth_fen
from kiosk.model.units import Points
from tests.factories import STORE, content, member, programme, reward, rewards, voucher

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("points", "milli_fen", "fen"),
    [(12_680, 1_000, 12_680), (1, 999, 0), (3, 500, 1), (0, 1_000, 0), (-50, 1_000, 0)],
)
def test_points_are_worth_what_hq_says_rounded_down(points: int, milli_fen: int, fen: int) -> None:
    """A worth rounded up would promise money nobody pays."""
    rules = programme(point_worth_milli_fen=milli_fen)
    assert worth_fen(Points(points), rules) == fen


@given(st.integers(1, 10**6), st.integers(1, 10**5))
def test_the_purchase_named_does_earn_the_points(missing: int, fen_per_point: int) -> None:
    """Somebody who buys for the sum on the screen must have the points afterwards."""
    rules = programme(earn_fen_per_point=fen_per_point)
    assert purchase_for_fen(Points(missing), rules) // fen_per_point >= missing


def test_the_next_reward_is_the_nearest_one_above_the_balance() -> None:
    """The headline names a distance; a farther reward there would discourage."""
    rungs = ladder(rewards(), Points(12_680), "gold", STORE)
    assert rungs.next is not None
    assert (rungs.next.reward.reward_id, rungs.next.missing) == ("coffee-gift-box", 320)
    assert rungs.next.fraction == pytest.approx(12_680 / 13_000)
    assert [reward.reward_id for reward in rungs.within_reach] == [
        "trench-coat",
        "cashmere-cardigan",
        "wool-scarf",
        "canvas-tote",
        "cotton-socks",
    ]


@given(st.integers(-1_000, 20_000))
def test_a_ladder_splits_at_the_balance(balance: int) -> None:
    """A reward shown as affordable that is not would end in a refusal at the counter."""
    rungs = ladder(rewards(), Points(balance), "gold", STORE)
    assert all(reward.points <= balance for reward in rungs.within_reach)
    if rungs.next is None:
        assert len(rungs.within_reach) == len(rewards())
    else:
        assert rungs.next.reward.points == balance + rungs.next.missing
        assert rungs.next.missing >= 1
        assert 0 <= rungs.next.fraction < 1


def test_rewards_of_other_tiers_and_without_stock_are_left_out() -> None:
    """What cannot be had here must not be dangled."""
    closed = reward(reward_id="gold-only", tiers=("gold",))
    elsewhere = reward(reward_id="elsewhere", stock={"another-store": 3})
    rungs = ladder([closed, elsewhere], Points(99_999), "standard", STORE)
    assert rungs.within_reach == ()
    assert rungs.next is None


@pytest.mark.parametrize(
    ("today", "days_left"),
    [(date(2026, 11, 1), 29), (date(2026, 11, 30), 0), (date(2026, 10, 31), None)],
)
def test_a_voucher_holds_from_its_first_to_its_last_day(today: date, days_left: int | None) -> None:
    """A month's last day is still the birthday month; the day before the first is not."""
    usable = usable_vouchers([voucher()], today)
    assert [left.days_left for left in usable] == ([] if days_left is None else [days_left])


def test_the_voucher_that_ends_first_is_offered_first() -> None:
    """Otherwise it runs out unseen."""
    late = voucher(voucher_id="late", valid_to=date(2026, 12, 31))
    soon = voucher(voucher_id="soon", valid_to=date(2026, 11, 22))
    assert usable_vouchers([late, soon], TODAY)[0].voucher.voucher_id == "soon"


def test_the_next_event_may_be_today_but_not_past() -> None:
    """A calendar that announces yesterday is worse than none."""
    events = programme().events
    assert next_event(events, date(2026, 11, 28)) == events[0]
    assert next_event(events, date(2026, 11, 29)) is None


def test_every_page_has_a_benefit_for_today_in_this_order() -> None:
    """A card without anything usable today is a card nobody carries."""
    poor, rich = member(points=0), member()
    with_voucher = member(vouchers=(voucher(),))
    event_day = date(2026, 11, 28)
    held = content()
    assert isinstance(summarise(with_voucher, held, STORE, event_day).benefit, VoucherToday)
    assert isinstance(summarise(rich, held, STORE, event_day).benefit, EventToday)
    assert isinstance(summarise(rich, held, STORE, TODAY).benefit, RewardToday)
    assert isinstance(summarise(poor, held, STORE, TODAY).benefit, TierToday)


def test_nothing_dated_is_promised_by_a_clock_nobody_believes() -> None:
    """After a boot without a network the day may be years wrong."""
    figures = summarise(member(points=0, vouchers=(voucher(),)), content(), STORE, None)
    assert figures.vouchers == ()
    assert isinstance(figures.benefit, TierToday)


def test_a_tier_the_programme_does_not_know_still_gets_a_page() -> None:
    """HQ may publish members before the programme that names their tier."""
    figures = summarise(member(tier="platinum", points=0), content(), STORE, TODAY)
    assert figures.tier is None
    assert isinstance(figures.benefit, TierToday)


@given(st.integers(-(10**6), 10**7), st.integers(0, 400))
def test_a_summary_never_fails_and_never_owes(balance: int, days: int) -> None:
    """Whatever HQ sends, the page opens, and a debt is never shown as worth."""
    figures = summarise(
        member(points=balance, vouchers=(voucher(),)),
        content(),
        STORE,
        TODAY + timedelta(days=days),
    )
    assert figures.worth >= 0
    assert figures.missing_purchase >= 0
    assert figures.benefit is not None
