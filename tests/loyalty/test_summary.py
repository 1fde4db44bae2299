"""The member's page in figures: true, complete, and with something for today on every page."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.content import Content
from kiosk.loyalty.summary import Summary, summarise
from kiosk.loyalty.today import EventToday, RewardToday, TierToday
from kiosk.loyalty.vouchers import VoucherView
from kiosk.model.ledger import Expiring
from kiosk.model.members import Member, PinState, Standing
from kiosk.model.programme import Event
from kiosk.model.rules import CashBack
from kiosk.model.verdicts import Claim, ClaimKind
from tests.factories import (
    PLACE,
    claim,
    content,
    local,
    member,
    programme,
    reward,
    verdict,
    voucher,
)

TODAY = date(2026, 11, 21)
EVENT_DAY = date(2026, 11, 28)
KIOSK = PLACE.kiosk_id


def figures(
    row: Member | None = None,
    claims: tuple[Claim, ...] = (),
    today: date | None = TODAY,
    held: Content | None = None,
) -> Summary:
    """The page of this member at this kiosk."""
    return summarise(row or member(), claims, held or content(), PLACE, today)


def test_the_page_tells_how_far_the_next_reward_is() -> None:
    """Points that are far away and vague are worth nothing."""
    told = figures()
    assert told.balance.points == 12_680
    assert told.worth == 12_680
    assert told.distance is not None
    assert told.distance.reward.reward_id == "coffee-gift-box"
    assert (told.distance.missing, told.distance.purchase, told.distance.visits) == (
        320,
        32_000,
        2,
    )


def test_with_everything_within_reach_there_is_no_distance() -> None:
    """A distance of nothing would be a riddle."""
    assert figures(member(points=99_999)).distance is None


def test_own_wishes_move_every_figure() -> None:
    """A balance, a worth and a distance that disagree are believed by nobody."""
    told = figures(claims=(claim(),))
    assert (told.balance.points, told.balance.set_aside, told.worth) == (10_280, 2_400, 10_280)
    assert told.distance is not None
    assert told.distance.missing == 2_720
    assert told.pending == 1
    assert figures(claims=(claim(verdict=verdict()),)).pending == 0


def test_a_signup_that_waits_is_pending_too() -> None:
    """The page says that HQ has not confirmed it."""
    signup = claim(seq=3, kind=ClaimKind.EVENT_SIGNUP, subject="md-11", points=0)
    assert figures(member(applied_seq={KIOSK: 9}), (signup,)).pending == 1


@pytest.mark.parametrize(
    ("row", "today", "benefit"),
    [
        (member(vouchers=(voucher(),)), EVENT_DAY, VoucherView),
        (member(), EVENT_DAY, EventToday),
        (member(), TODAY, RewardToday),
        (member(points=0), TODAY, TierToday),
        (member(pin=PinState.NONE), TODAY, TierToday),
        (member(pin=PinState.BLOCKED), TODAY, TierToday),
        (member(redeemed_on=(TODAY, 5)), TODAY, TierToday),
        (member(vouchers=(voucher(),)), None, RewardToday),
        (member(points=0, vouchers=(voucher(),)), None, TierToday),
        (member(tier="platinum", points=0), TODAY, TierToday),
    ],
)
def test_every_page_has_a_benefit_that_can_be_used_today(
    row: Member, today: date | None, benefit: type[object]
) -> None:
    """A card without anything usable today is a card nobody carries; nor is an empty promise."""
    assert isinstance(figures(row, today=today).benefit, benefit)


def test_of_several_vouchers_the_one_that_ends_first_is_named() -> None:
    """The other one can wait; this one would be gone unseen."""
    soon = voucher(voucher_id="soon", valid_to=EVENT_DAY)
    late = voucher(voucher_id="late", valid_to=date(2026, 12, 31))
    told = figures(member(vouchers=(late, soon)), today=EVENT_DAY).benefit
    assert isinstance(told, VoucherView)
    assert told.voucher.voucher_id == "soon"


def test_with_nothing_else_a_member_has_the_service_of_their_own_tier() -> None:
    """A gold member would read what everybody gets."""
    told = figures(member(points=0)).benefit
    assert isinstance(told, TierToday)
    assert told.tier.tier_id == "gold"


def test_a_reward_that_cannot_be_had_again_makes_room_for_the_next() -> None:
    """The worthiest reward is no benefit to somebody who has had it."""
    once = reward(reward_id="once", worth_fen=9_999, per_member=1)
    told = figures(member(redeemed={"once": 1}), held=content(rewards=(once, reward())))
    assert isinstance(told.benefit, RewardToday)
    assert told.benefit.reward.reward_id == "canvas-tote"


def test_what_was_had_as_often_as_one_may_is_no_goal_any_more() -> None:
    """A headline that counts towards a reward one cannot have is a broken promise."""
    once = reward(reward_id="once", points=13_000, per_member=1)
    gone = reward(reward_id="gone", per_member=1, stock={})
    offered = content(rewards=(once, gone, reward(reward_id="next", points=15_000)))
    before = figures(held=offered).distance
    row = member(redeemed={"once": 1, "gone": 1})
    after = figures(row, held=offered)
    assert before is not None
    assert after.distance is not None
    assert (before.reward.reward_id, after.distance.reward.reward_id) == ("once", "next")
    assert (after.ladder.within_reach, after.ladder.out_of_stock) == ((), ())
    assert [one.reward_id for one in after.ladder.used_up] == ["gone", "once"]


def test_while_a_wish_is_open_no_reward_is_promised_for_today() -> None:
    """A second one would be refused at the next touch."""
    assert isinstance(figures(claims=(claim(),)).benefit, TierToday)


def test_an_unknown_tier_gets_the_service_that_everybody_has() -> None:
    """HQ may publish members before the programme that names their tier."""
    told = figures(member(tier="platinum", points=0))
    assert told.tier is None
    assert isinstance(told.benefit, TierToday)
    assert told.benefit.tier.tier_id == "standard"


def event(event_id: str, on: date, **changes: Any) -> Event:
    """An event."""
    words = {"name": local("会员日", "Member day"), "badge": local("积分", "Points")}
    return Event.model_validate({"event_id": event_id, "on": on, **words, **changes})


def test_an_event_for_others_is_no_benefit() -> None:
    """Silver's day is no reason for a gold member to come."""
    events = (
        event("silver", TODAY, tiers=("silver",)),
        event("soon", EVENT_DAY),
    )
    told = figures(held=content(programme=programme(events=events)))
    assert isinstance(told.benefit, RewardToday)
    assert [one.event_id for one in told.events] == ["soon"]


def test_of_several_events_the_one_of_today_is_named() -> None:
    """Somebody in the store today would read of a day to come back on."""
    events = (event("later", EVENT_DAY), event("today", TODAY))
    told = figures(held=content(programme=programme(events=events))).benefit
    assert isinstance(told, EventToday)
    assert told.event.event_id == "today"


RICH = member(
    vouchers=(
        voucher(),
        voucher(voucher_id="next", valid_from=EVENT_DAY, valid_to=date(2026, 12, 31)),
    ),
    expiring=(Expiring(points=1_500, last_day=date(2026, 11, 30)),),
)
FULL = content(programme=programme(cash_back=CashBack(per_mille=10, floor_fen=100_000)))


def test_a_day_one_believes_brings_everything_dated() -> None:
    """Each part of the page has its figures."""
    told = figures(RICH, held=FULL)
    assert [one.voucher.voucher_id for one in told.vouchers] == ["v-1"]
    assert [one.voucher.voucher_id for one in told.all_vouchers] == ["v-1", "next"]
    assert told.expiring is not None
    assert told.expiring.buys is not None
    assert (told.expiring.points, told.expiring.buys.reward_id) == (1_500, "trench-coat")
    assert told.cash_back is not None
    assert (told.cash_back.spend, told.cash_back.missing) == (86_000, 14_000)
    assert [one.event_id for one in told.events] == ["md-11"]
    assert told.progress.keep is not None


def test_nothing_dated_is_promised_by_a_clock_nobody_believes() -> None:
    """After a boot without a network the day may be years wrong."""
    told = figures(RICH, today=None, held=FULL)
    assert (told.vouchers, told.all_vouchers, told.events) == ((), (), ())
    assert (told.expiring, told.cash_back, told.progress.keep) == (None, None, None)
    assert told.distance is not None
    assert isinstance(told.benefit, RewardToday)


def test_what_is_set_aside_lapses_no_more() -> None:
    """Points that are spent cannot be saved."""
    told = figures(RICH, (claim(points=1_000, verdict=verdict()),), held=FULL)
    assert told.expiring is not None
    assert (told.expiring.points, told.expiring.buys) == (500, None)


def test_lapsing_points_do_not_advertise_what_cannot_be_had_again() -> None:
    """A reward that is used up is no way to save points."""
    once = reward(reward_id="once", points=1_500, per_member=1)
    row = RICH.model_copy(update={"redeemed": {"once": 1}})
    told = figures(row, held=content(rewards=(once,)))
    assert told.expiring is not None
    assert told.expiring.buys is None


def test_a_programme_without_cash_back_shows_none() -> None:
    """HQ's data decides."""
    assert figures().cash_back is None


ODD_DAYS = st.one_of(st.sampled_from([date.min, date.max]), st.dates())
ODD_TIMES = st.datetimes(timezones=st.just(UTC)) | st.sampled_from(
    [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
ODD_ROWS = st.builds(
    member,
    tier=st.sampled_from(["standard", "silver", "gold", "platinum"]),
    points=st.integers(-(10**9), 10**9),
    as_of=ODD_TIMES,
    pin=st.sampled_from(PinState),
    standing=st.builds(
        Standing,
        joined_on=st.none() | ODD_DAYS,
        tier_spend_fen=st.integers(0, 10**12),
        tier_until=st.none() | ODD_DAYS,
        month_spend_fen=st.integers(0, 10**12),
        points_per_purchase=st.none() | st.integers(1, 10**9),
    ),
    vouchers=st.lists(st.builds(voucher, valid_from=ODD_DAYS, valid_to=ODD_DAYS), max_size=3),
    expiring=st.lists(
        st.builds(Expiring, points=st.integers(1, 10**9), last_day=ODD_DAYS), max_size=3
    ),
    redeemed_on=st.none() | st.tuples(ODD_DAYS, st.integers(0, 9)),
    offline_allowance=st.dictionaries(st.just(KIOSK), st.integers(-(10**9), 10**9)),
    applied_seq=st.dictionaries(st.just(KIOSK), st.integers(-5, 9)),
)


@given(ODD_ROWS, st.booleans(), st.none() | ODD_DAYS)
def test_whatever_hq_sends_the_page_opens(row: Member, asked: bool, today: date | None) -> None:
    """A row with a typing error must cost its member a figure at most, never the page."""
    told = figures(row, (claim(),) if asked else (), today, FULL)
    assert told.worth >= 0
    assert told.distance is None or told.distance.missing >= 1
    assert 0 <= told.progress.fraction <= 1
    assert told.progress.missing >= 0
    assert all(one.days >= 0 for one in told.all_vouchers)
    assert told.expiring is None or 0 < told.expiring.points <= told.balance.points
    assert told.benefit is not None
    if today is None:
        assert not isinstance(told.benefit, VoucherView | EventToday)


def test_a_benefit_is_there_on_every_day_of_a_year() -> None:
    """Month ends and the year's end are days like any other."""
    days = (TODAY + timedelta(days=count) for count in range(366))
    told = [figures(RICH, today=day, held=FULL).benefit for day in days]
    assert [type(one) for one in told[:10]] == [VoucherView] * 10
    assert isinstance(told[-1], RewardToday)
