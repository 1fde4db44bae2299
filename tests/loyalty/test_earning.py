"""Points of purchases and back: exact, rounded once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.distance import distance_to
from kiosk.loyalty.earning import points_for, purchase_for
from kiosk.loyalty.ladder import NextReward
from kiosk.loyalty.worth import worth_fen
from kiosk.model.programme import Event, Programme, Tier, TierLook
from kiosk.model.units import Points
from tests.factories import STORE, local, programme, reward, tier

DAY = date(2026, 11, 21)


def of_tier(earn_percent: int) -> Tier:
    """A tier that earns so many percent of the plain rate."""
    return tier("gold", "金卡", "Gold", TierLook.GOLD, 1_000_000, earn_percent)


def event(event_id: str, earn_percent: int, **changes: object) -> Event:
    """An event on the day of these tests."""
    values = {"name": local("会员日", "Member day"), "badge": local("积分", "Points")}
    return Event.model_validate(
        {"event_id": event_id, "on": DAY, "earn_percent": earn_percent, **values, **changes}
    )


def with_events(*events: Event) -> Programme:
    """One point a yuan, and these events."""
    return programme(events=events)


@pytest.mark.parametrize(
    ("points", "milli_fen", "fen"),
    [(12_680, 1_000, 12_680), (1, 999, 0), (3, 500, 1), (0, 1_000, 0), (-50, 1_000, 0)],
)
def test_points_are_worth_what_hq_says_rounded_down(points: int, milli_fen: int, fen: int) -> None:
    """A worth rounded up would promise money nobody pays."""
    rules = programme(point_worth_milli_fen=milli_fen)
    assert worth_fen(Points(points), rules) == fen


@pytest.mark.parametrize(
    ("purchase_fen", "fen_per_point", "tier_percent", "points"),
    [
        (32_000, 100, 100, 320),
        (32_099, 100, 100, 320),
        (9_999, 100, 150, 149),
        (199, 100, 150, 2),
        (133, 100, 150, 1),
        (1, 1, 1, 0),
        (0, 100, 100, 0),
        (-500, 100, 100, 0),
        (100_000_000, 1, 10_000, 10_000_000_000),
    ],
)
def test_a_purchase_earns_at_the_tiers_rate_rounded_down_once(
    purchase_fen: int, fen_per_point: int, tier_percent: int, points: int
) -> None:
    """Rounding before the percent is applied would swallow half a point each time."""
    rules = programme(earn_fen_per_point=fen_per_point)
    assert points_for(purchase_fen, rules, of_tier(tier_percent), DAY, STORE) == points


@pytest.mark.parametrize(
    ("events", "points"),
    [
        ((), 150),
        ((event("a", 200),), 300),
        ((event("a", 200), event("b", 300)), 450),
        ((event("a", 200, on=date(2026, 11, 22)),), 150),
        ((event("a", 200, tiers=("gold",)),), 300),
        ((event("a", 200, tiers=("silver",)),), 150),
        ((event("a", 200, stores=(STORE,)),), 300),
        ((event("a", 200, stores=("bj-cy-01",)),), 150),
        ((event("a", 50),), 75),
    ],
)
def test_an_event_multiplies_on_its_day_for_its_tiers_in_its_stores(
    events: tuple[Event, ...], points: int
) -> None:
    """Points promised on a member day that HQ does not give are a complaint at the counter."""
    assert points_for(10_000, with_events(*events), of_tier(150), DAY, STORE) == points


def test_an_unknown_tier_earns_as_the_lowest_and_is_invited_to_what_is_for_all() -> None:
    """HQ may name a tier before its programme has arrived; the kiosk must not guess upwards."""
    lowest = tier("standard", "普通卡", "Standard", TierLook.STANDARD)
    events = (event("gold", 300, tiers=("gold",)), event("all", 200))
    rules = programme(tiers=(lowest, of_tier(150)), events=events)
    assert points_for(10_000, rules, None, DAY, STORE) == 200
    assert points_for(10_000, rules, None, None, STORE) == 100
    assert purchase_for(100, rules, None) == 10_000


@given(st.integers(1, 10**6), st.integers(1, 10**5), st.integers(1, 10_000))
def test_the_purchase_named_is_the_smallest_that_earns_the_points(
    points: int, fen_per_point: int, percent: int
) -> None:
    """Somebody who buys for the sum on the screen must have the points, and pay no fen more."""
    rules, holder = programme(earn_fen_per_point=fen_per_point), of_tier(percent)
    fen = purchase_for(points, rules, holder)
    assert points_for(fen, rules, holder, None, STORE) >= points
    assert points_for(fen - 1, rules, holder, None, STORE) < points


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 10_000))
def test_two_purchases_never_earn_more_than_one_of_both(
    one_fen: int, other_fen: int, percent: int
) -> None:
    """Rounded up, points could be made of nothing by splitting a purchase."""
    rules, holder = programme(), of_tier(percent)
    apart = sum(points_for(fen, rules, holder, DAY, STORE) for fen in (one_fen, other_fen))
    assert apart <= points_for(one_fen + other_fen, rules, holder, DAY, STORE) <= apart + 1


@pytest.mark.parametrize(
    ("pace", "visits"), [(240, 2), (320, 1), (319, 2), (1, 320), (10_000, 1), (None, None)]
)
def test_a_distance_is_told_in_points_money_and_visits(
    pace: int | None, visits: int | None
) -> None:
    """A visit too few would send somebody home without the reward the page promised."""
    rung = NextReward(reward(points=13_000), Points(320), 0.97)
    way = distance_to(rung, programme(), of_tier(150), pace)
    assert (way.reward, way.missing, way.fraction) == (rung.reward, 320, 0.97)
    assert way.purchase == 21_334
    assert way.visits == visits


def test_nothing_missing_costs_nothing() -> None:
    """A debt or nothing asks for no purchase below zero."""
    assert purchase_for(0, programme(), None) == purchase_for(-5, programme(), None) == 0
