"""May a member have this reward here and now, and how can it be promised."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from kiosk.loyalty.balance import balance_of
from kiosk.loyalty.claims import not_in_row, taken
from kiosk.loyalty.redeeming import Obstacle, Permission, Road, permission
from kiosk.model.facts import Mode
from kiosk.model.members import Member, PinState
from kiosk.model.programme import Reward
from kiosk.model.rules import OfflineRule
from kiosk.model.verdicts import Claim, ClaimKind, Outcome
from tests.factories import (
    PLACE,
    STORE,
    claim,
    content,
    member,
    programme,
    redeeming,
    reward,
    verdict,
)

TODAY = date(2026, 11, 21)
KIOSK = PLACE.kiosk_id
ONLINE = Road(hq_reachable=True, directory_age_s=10.0)
OFFLINE = Road(hq_reachable=False, directory_age_s=3_600.0)
ISSUING = OfflineRule(allowed=True, max_age_hours=24, points_per_member=3_000)
DAY_S = 24 * 3_600.0
OTHER_ID = UUID("01937a00-0000-7000-8000-000000000009")


def may(
    wanted: Reward | None = None,
    row: Member | None = None,
    claims: tuple[Claim, ...] = (),
    road: Road = ONLINE,
    today: date | None = TODAY,
    offline: OfflineRule = ISSUING,
    per_day: int | None = 5,
) -> Permission:
    """The permission for a tote of 2 400 points, twelve of which are here."""
    wanted = wanted or reward(offline=True)
    rules = redeeming(offline=offline, per_day=per_day)
    held = content(programme=programme(redeeming=rules), rewards=(wanted,))
    return permission(wanted, row or gold(), claims, held, PLACE, today, road)


def gold(**changes: Any) -> Member:
    """A gold member with a PIN and an allowance of 3 000 at this kiosk."""
    return member(**({"offline_allowance": {KIOSK: 3_000}} | changes))


def test_online_hq_is_asked_to_hold_it() -> None:
    """The usual case."""
    assert may() == Permission(Mode.HOLD, None)


@pytest.mark.parametrize(
    ("obstacle", "changes"),
    [
        (Obstacle.NOT_OFFERED, {"available_to": date(2026, 11, 20)}),
        (Obstacle.NOT_OFFERED, {"available_from": date(2026, 11, 22)}),
        (Obstacle.TIER, {"tiers": ("silver",)}),
        (Obstacle.OUT_OF_STOCK, {"stock": {STORE: 0}}),
        (Obstacle.OUT_OF_STOCK, {"stock": {"another-store": 5}}),
        (Obstacle.NOT_ENOUGH, {"points": 12_681}),
    ],
)
def test_what_a_reward_itself_stands_in_the_way_of(
    obstacle: Obstacle, changes: dict[str, Any]
) -> None:
    """A member who reads why can choose another one."""
    for road in (ONLINE, OFFLINE):
        assert may(reward(**changes), road=road) == Permission(None, obstacle)


def test_a_reward_that_was_withdrawn_is_not_offered() -> None:
    """HQ's new content may take away what the page still shows."""
    gone = permission(reward(), gold(), (), content(rewards=()), PLACE, TODAY, ONLINE)
    assert gone == Permission(None, Obstacle.NOT_OFFERED)


@pytest.mark.parametrize(
    ("pin", "obstacle"),
    [(PinState.NONE, Obstacle.NO_PIN), (PinState.BLOCKED, Obstacle.PIN_BLOCKED)],
)
def test_without_a_pin_nothing_is_spent(pin: PinState, obstacle: Obstacle) -> None:
    """A card alone proves nothing: anyone may have found it."""
    for road in (ONLINE, OFFLINE):
        assert may(row=gold(pin=pin), road=road) == Permission(None, obstacle)


def test_a_second_wish_waits_until_hq_has_spoken() -> None:
    """Two open wishes would make the row's sequence number ambiguous."""
    assert may(claims=(claim(),)).obstacle is Obstacle.UNSETTLED
    assert may(claims=(claim(),), road=OFFLINE).obstacle is Obstacle.UNSETTLED
    back = claim(kind=ClaimKind.RELEASE, subject=str(OTHER_ID), points=0)
    assert may(claims=(back,)).obstacle is Obstacle.UNSETTLED
    assert may(claims=(claim(verdict=verdict()),)).mode is Mode.HOLD
    assert may(claims=(claim(dead=True),)).mode is Mode.HOLD
    assert may(row=gold(applied_seq={KIOSK: 7}), claims=(claim(),)).mode is Mode.HOLD


def test_a_signup_that_waits_is_no_obstacle() -> None:
    """It moves no points."""
    signup = claim(kind=ClaimKind.EVENT_SIGNUP, subject="md-11", points=0)
    assert may(claims=(signup,)).mode is Mode.HOLD


def test_what_is_set_aside_cannot_be_spent_again() -> None:
    """The tote of a minute ago has used up what this one costs."""
    row = gold(points=4_799)
    held = claim(verdict=verdict(balance=None))
    assert may(row=row, claims=(held,)).obstacle is Obstacle.NOT_ENOUGH
    assert may(row=gold(points=4_800), claims=(held,)).mode is Mode.HOLD


HELD = claim(verdict=verdict())
LET_GO = claim(
    id=OTHER_ID,
    seq=8,
    kind=ClaimKind.RELEASE,
    subject=str(HELD.id),
    points=0,
    verdict=verdict(outcome=Outcome.RELEASED),
)
REFUSED = claim(verdict=verdict(outcome=Outcome.REFUSED))
ANOTHER = claim(subject="wool-scarf", verdict=verdict())


@pytest.mark.parametrize(
    ("redeemed", "claims", "obstacle"),
    [
        ({}, (), None),
        ({"canvas-tote": 1}, (), None),
        ({"canvas-tote": 2}, (), Obstacle.LIMIT),
        ({"wool-scarf": 9}, (), None),
        ({"canvas-tote": 1}, (HELD,), Obstacle.LIMIT),
        ({"canvas-tote": 1}, (HELD, LET_GO), None),
        ({"canvas-tote": 1}, (REFUSED,), None),
        ({"canvas-tote": 1}, (ANOTHER,), None),
    ],
)
def test_a_reward_for_two_times_is_had_two_times(
    redeemed: dict[str, int], claims: tuple[Claim, ...], obstacle: Obstacle | None
) -> None:
    """What this kiosk has asked for since counts like what the row tells."""
    wanted = reward(per_member=2)
    assert may(wanted, gold(redeemed=redeemed), claims).obstacle is obstacle


def test_what_the_row_includes_is_not_counted_again() -> None:
    """The row's count and the kiosk's memory tell of the same tote."""
    row = gold(redeemed={"canvas-tote": 1}, applied_seq={KIOSK: 7}, redeemed_on=(TODAY, 1))
    assert may(reward(per_member=2), row, (HELD,), per_day=2).mode is Mode.HOLD


@pytest.mark.parametrize(
    ("redeemed_on", "claims", "today", "obstacle"),
    [
        (None, (), TODAY, None),
        ((TODAY, 1), (), TODAY, None),
        ((TODAY, 2), (), TODAY, Obstacle.DAY_LIMIT),
        ((TODAY, 3), (), TODAY, Obstacle.DAY_LIMIT),
        ((date(2026, 11, 20), 2), (), TODAY, None),
        ((TODAY, 1), (HELD,), TODAY, Obstacle.DAY_LIMIT),
        ((TODAY, 1), (HELD, LET_GO), TODAY, None),
        ((TODAY, 2), (), None, None),
    ],
)
def test_a_day_has_its_limit(
    redeemed_on: tuple[date, int] | None,
    claims: tuple[Claim, ...],
    today: date | None,
    obstacle: Obstacle | None,
) -> None:
    """Yesterday's redemptions are yesterday's; on an unknown day HQ counts."""
    row = gold(redeemed_on=redeemed_on)
    assert may(row=row, claims=claims, today=today, per_day=2).obstacle is obstacle


def test_a_programme_without_a_daily_limit_has_none() -> None:
    """HQ sets it, or does not."""
    assert may(row=gold(redeemed_on=(TODAY, 99)), per_day=None).mode is Mode.HOLD


@pytest.mark.parametrize(
    ("mode", "changes"),
    [
        (Mode.ISSUE, {}),
        (Mode.ISSUE, {"road": Road(False, DAY_S)}),
        (Mode.RESERVE, {"road": Road(False, DAY_S + 1)}),
        (Mode.ISSUE, {"road": Road(False, 0.0)}),
        (Mode.RESERVE, {"road": Road(False, -1.0)}),
        (Mode.RESERVE, {"road": Road(False, None)}),
        (Mode.RESERVE, {"road": Road(None, 10.0)}),
        (Mode.RESERVE, {"today": None}),
        (Mode.RESERVE, {"offline": OfflineRule()}),
        (Mode.RESERVE, {"wanted": reward(offline=False)}),
        (Mode.ISSUE, {"row": gold(offline_allowance={KIOSK: 2_400})}),
        (Mode.RESERVE, {"row": gold(offline_allowance={KIOSK: 2_399})}),
        (Mode.RESERVE, {"row": gold(offline_allowance={"another-kiosk": 3_000})}),
        (Mode.RESERVE, {"row": gold(offline_allowance={})}),
    ],
)
def test_offline_a_kiosk_gives_out_only_what_hq_risks(mode: Mode, changes: dict[str, Any]) -> None:
    """Low value, a fresh directory by a clock that was set, within the allowance: else reserve."""
    assert may(**({"road": OFFLINE} | changes)) == Permission(mode, None)


def test_the_allowance_is_used_up_by_what_was_given_out() -> None:
    """Two totes of 2 400 are more than an allowance of 3 000, until HQ renews it."""
    given_out = claim(verdict=verdict(outcome=Outcome.ISSUED))
    assert may(claims=(given_out,), road=OFFLINE).mode is Mode.RESERVE
    renewed = gold(applied_seq={KIOSK: 7})
    assert may(row=renewed, claims=(given_out,), road=OFFLINE).mode is Mode.ISSUE
    assert may(claims=(HELD,), road=OFFLINE).mode is Mode.ISSUE


def test_without_a_day_a_first_reward_is_not_one_too_many() -> None:
    """Where one a day is the rule, a clock not set yet would refuse everybody."""
    assert may(today=None, per_day=1).mode is Mode.HOLD


VERDICTS = st.one_of(
    st.builds(
        verdict,
        outcome=st.sampled_from([Outcome.HELD, Outcome.ISSUED, Outcome.REFUSED, Outcome.RELEASED]),
        balance=st.one_of(st.none(), st.integers(-500, 6_000)),
        as_of=st.integers(-5, 5).map(
            lambda s: datetime(2026, 11, 21, 6, 20, tzinfo=UTC) + timedelta(seconds=s)
        ),
    ),
    st.none(),
)
CLAIMS = st.lists(
    st.builds(
        claim,
        id=st.uuids(),
        seq=st.integers(1, 12),
        kind=st.sampled_from(list(ClaimKind)),
        points=st.integers(0, 1_000),
        verdict=VERDICTS,
        dead=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda one: one.seq,
).map(tuple)
ROWS = st.builds(
    gold,
    points=st.integers(-500, 6_000),
    applied_seq=st.integers(0, 12).map(lambda seq: {KIOSK: seq}),
    offline_allowance=st.integers(0, 3_000).map(lambda points: {KIOSK: points}),
    pin=st.sampled_from([PinState.SET, PinState.SET, *PinState]),
)
ROADS = st.builds(
    Road,
    st.sampled_from([False, False, True, None]),
    st.one_of(st.floats(0, DAY_S), st.none(), st.floats(-10, 2 * DAY_S)),
)
CASES = st.tuples(ROWS, CLAIMS, ROADS, st.integers(1, 3_000), st.sampled_from([TODAY, None]))
Case = tuple[Member, tuple[Claim, ...], Road, int, date | None]


def asked(case: Case) -> Permission:
    """The permission for a reward of so many points."""
    row, claims, road, points, today = case
    return may(reward(points=points, offline=True), row, claims, road, today)


@settings(max_examples=300)
@given(CASES)
def test_nothing_is_promised_beyond_balance_and_allowance(case: Case) -> None:
    """Whatever has arrived or not: one answer, and never more than the member has."""
    row, claims, road, points, today = case
    told = asked(case)
    assert (told.mode is None) is not (told.obstacle is None)
    if told.mode is None:
        return
    assert points <= balance_of(row, claims, KIOSK).points
    assert row.pin is PinState.SET
    assert (told.mode is Mode.HOLD) is (road.hq_reachable is True)
    if told.mode is Mode.ISSUE:
        given_out = [one for one in claims if one.verdict and one.verdict.outcome is Outcome.ISSUED]
        news = taken(not_in_row(row, given_out, KIOSK))
        assert points + sum(one.points for one in news) <= row.offline_allowance[KIOSK]
        assert today is not None
        assert road.directory_age_s is not None


@pytest.mark.parametrize("mode", Mode)
def test_every_way_of_promising_is_among_those_cases(mode: Mode) -> None:
    """The rule above would hold because nothing is ever given out by the kiosk itself."""
    search = settings(max_examples=2_000, database=None, phases=[Phase.generate])
    found = find(CASES, lambda case: asked(case).mode is mode, settings=search)
    assert asked(found).mode is mode
