"""Purchases and refunds at HQ: what they earn, what goes back, and that each counts once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.members import Standing, VoucherReason
from kiosk.model.programme import Event, Tier, TierLook
from kiosk.model.rules import CashBack, Expiry, GrantRule, VoucherRules
from sim.hq.clockwork import tick
from sim.hq.collecting import collect
from sim.hq.errors import Refusal
from sim.hq.ledger import correct
from sim.hq.tables import member, purchase
from tests import factories
from tests.hq.office import NOON, SALT, Office, open_office

TIERS = (
    factories.tier("standard", "普通卡", "Standard", TierLook.STANDARD),
    factories.tier("silver", "银卡", "Silver", TierLook.SILVER, 300_000, 120),
    factories.tier("gold", "金卡", "Gold", TierLook.GOLD, 1_000_000, 150),
)
TWICE = Event(
    event_id="md-11",
    on=date(2026, 11, 28),
    name=factories.local("会员日", "Member day"),
    badge=factories.local("积分 ×2", "Points ×2"),
    earn_percent=200,
)


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Office]:
    """An HQ with points that lapse, tiers that earn more, cash-back, and one member."""
    one = open_office(
        tmp_path,
        database=database,
        tiers=TIERS,
        events=(TWICE,),
        expiry=Expiry(months=24),
        cash_back=CashBack(per_mille=10, floor_fen=100_000, referral_per_mille=10),
        vouchers=VoucherRules(referral=GrantRule(price_factor_percent=70, valid_days=30)),
    )
    one.join()
    yield one
    one.hq.close()


def test_a_purchase_earns(office: Office) -> None:
    """Points would not come, or would come without saying why."""
    booked = office.buy(32_050, receipt="JA-1")
    assert (booked.points, booked.balance) == (320, 320)
    row = office.row()
    line = row.lines[0]
    assert (line.kind, line.reason, line.points) == (LineKind.EARN, LineReason.PURCHASE, 320)
    assert (line.receipt, line.purchase_fen, line.store_id) == ("JA-1", 32_050, factories.STORE)
    assert [(one.points, one.last_day) for one in row.expiring] == [(320, date(2028, 11, 30))]
    assert row.standing == Standing(
        tier_spend_fen=32_050, month_spend_fen=32_050, points_per_purchase=320
    )


def test_the_tier_before_the_purchase_decides_its_points(office: Office) -> None:
    """One purchase would earn by the tier it opens, or the next one by the tier before."""
    assert office.buy(300_000).points == 3_000
    assert office.row().tier == "silver"
    assert office.row().standing.tier_until == date(2027, 11, 21)
    assert office.buy(10_000).points == 120


def test_a_member_day_is_the_lines_reason(office: Office) -> None:
    """The history would not say why there are twice as many points."""
    office.clock.now = NOON + timedelta(days=7)
    assert office.buy(10_000).points == 200
    assert office.lines()[0].reason is LineReason.EVENT


def test_a_purchase_reported_again_counts_once(office: Office) -> None:
    """A till that lost HQ's answer would earn the points twice."""
    first = office.buy(10_000, purchase_id="p")
    again = office.buy(10_000, purchase_id="p")
    assert (again.points, again.balance, again.again) == (first.points, first.balance, True)
    assert len(office.lines()) == 2
    with pytest.raises(Refusal, match="409"):
        office.buy(10_001, purchase_id="p")


def test_a_purchase_remembers_who_served(office: Office) -> None:
    """The satisfaction of whom a member of staff served could not be told."""
    office.buy(10_000, purchase_id="p", staff_id="s-07")
    office.buy(10_000, purchase_id="q")
    with office.hq.database.read() as connection:
        rows = connection.execute(select(purchase.c.purchase_id, purchase.c.staff_id)).all()
    assert {tuple(row) for row in rows} == {("p", "s-07"), ("q", None)}


def test_a_purchase_of_nobody_is_refused(office: Office) -> None:
    """Points would be booked for a member who is not there."""
    with pytest.raises(Refusal, match="404"):
        office.buy(10_000, member_id="m-9")


def test_a_whole_refund_takes_everything_back(office: Office) -> None:
    """Buying and giving back would be a way to points and to a tier."""
    office.buy(300_000, purchase_id="p")
    booked = office.refund("p", 300_000)
    assert (booked.points, booked.balance) == (-3_000, 0)
    row = office.row()
    assert (row.tier, row.standing) == ("standard", Standing())
    assert (row.lines[0].kind, row.lines[0].purchase_fen) == (LineKind.REVERSE, -300_000)
    assert row.expiring == ()


def test_a_refund_of_spent_points_leaves_a_debt(office: Office) -> None:
    """The member would keep a reward for a purchase that was given back."""
    office.buy(240_000, purchase_id="p")
    office.ask(office.wish())
    assert office.refund("p", 240_000).balance == -2_400


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_parts_add_up_to_the_whole(office: Office, parts: list[int]) -> None:
    """Refunds in parts would leave points behind, or take more than were earned."""
    purchase_id = f"whole-{next(office.numbers)}"
    before = office.sum_of()
    earned = office.buy(sum(parts), purchase_id=purchase_id).points
    kept = sum(parts)
    for fen in parts:
        kept -= fen
        balance = office.refund(purchase_id, fen).balance
        assert balance - before == earned * kept // sum(parts)
    assert office.sum_of() == before
    with pytest.raises(Refusal, match="409"):
        office.refund(purchase_id, 1)


def test_a_refund_reported_again_counts_once(office: Office) -> None:
    """A till that lost HQ's answer would take the points twice."""
    office.buy(10_000, purchase_id="p")
    first = office.refund("p", 4_000, refund_id="r")
    again = office.refund("p", 4_000, refund_id="r")
    assert (again.points, again.balance, again.again) == (first.points, first.balance, True)
    with pytest.raises(Refusal, match="409"):
        office.refund("p", 4_001, refund_id="r")
    with pytest.raises(Refusal, match="404"):
        office.refund("nothing", 1)


@pytest.mark.parametrize(
    ("spent", "refunds", "left"),
    [(0, [10_000], 1_000), (40, [10_000], 960), (40, [3_000, 7_000], 960), (40, [4_000], 1_000)],
    ids=["nothing spent", "a part spent", "in two refunds", "only what was spent is kept"],
)
def test_lapsed_points_are_not_taken_twice(
    tmp_path: Path, spent: int, refunds: list[int], left: int
) -> None:
    """Giving back what earned long ago would cost points of other purchases."""
    short = open_office(tmp_path, expiry=Expiry(months=1))
    short.join(points=1_000)
    short.buy(10_000, purchase_id="p")
    with short.hq.database.write() as connection:
        correct(connection, "m-1", -spent, LineReason.CORRECTION, short.clock())
    short.jump_to(date(2027, 1, 1))
    assert short.sum_of() == 1_000
    for fen in refunds:
        short.refund("p", fen)
    assert short.sum_of() == left
    short.hq.close()


def redeemed(office: Office) -> UUID:
    """A cardigan at half price for the second member, collected at the counter."""
    office.join("m-2", points=5_000)
    record = office.wish("cashmere-cardigan", member_id="m-2")
    code = office.ask(record).code
    assert code is not None
    with office.hq.database.write() as connection:
        collect(connection, factories.STORE, code, SALT, office.clock())
    return UUID(record["id"])


def test_redeemed_points_come_back_with_the_money(office: Office) -> None:
    """A cardigan that is given back would still have cost its points; parts give parts."""
    bought = redeemed(office)
    after = office.buy(29_900, "m-2", purchase_id="p", redemption_id=bought)
    assert after.balance == 2_000 + 299
    assert office.refund("p", 10_000).points == -(299 - 299 * 19_900 // 29_900) + 1_003
    assert office.refund("p", 19_900).balance == 5_000
    reasons = [one.reason for one in office.lines("m-2")[:2]]
    assert reasons == [LineReason.GIVEN_BACK, LineReason.REFUND]
    assert office.row("m-2").redeemed == {}


def test_a_redemption_belongs_to_one_purchase(office: Office) -> None:
    """The same points would come back with two refunds."""
    bought = redeemed(office)
    office.buy(29_900, "m-2", redemption_id=bought)
    with pytest.raises(Refusal, match="409"):
        office.buy(29_900, "m-2", redemption_id=bought)
    with pytest.raises(Refusal, match="404"):
        office.buy(29_900, redemption_id=bought)
    held = office.wish("cotton-socks", member_id="m-2")
    office.ask(held)
    with pytest.raises(Refusal, match="409"):
        office.buy(1_000, "m-2", redemption_id=UUID(held["id"]))


def test_a_redemption_is_a_purchase_of_its_own(office: Office) -> None:
    """Who buys a coat beside and gives it back would keep the cardigan and get its points."""
    bought = redeemed(office)
    with pytest.raises(Refusal, match="409: more than this reward costs"):
        office.buy(29_901, "m-2", redemption_id=bought)
    record = office.wish("cotton-socks", member_id="m-2")
    code = office.ask(record).code
    assert code is not None
    with office.hq.database.write() as connection:
        collect(connection, factories.STORE, code, SALT, office.clock())
    with pytest.raises(Refusal, match="409: more than this reward costs"):
        office.buy(1, "m-2", redemption_id=UUID(record["id"]))


def test_a_new_edition_undoes_no_money_of_closed_months(office: Office) -> None:
    """A sleeve that is exchanged would cost the cash-back of a month, by a later floor."""
    office.buy(150_000, purchase_id="p")
    office.jump_to(date(2026, 12, 2))
    assert office.row().standing.cash_back_fen == 1_500
    republish(office, cash_back=CashBack(per_mille=20, floor_fen=200_000))
    office.refund("p", 10_000)
    assert office.row().standing.cash_back_fen == 1_400
    office.refund("p", 41_000)
    assert office.row().standing.cash_back_fen == 0


def test_a_refund_never_pays_cash_back(tmp_path: Path) -> None:
    """A rule that begins in December would pay for November to whoever gives something back."""
    plain = open_office(tmp_path)
    plain.join()
    plain.buy(150_000, purchase_id="p")
    plain.jump_to(date(2026, 12, 2))
    republish(plain, cash_back=CashBack(per_mille=10, floor_fen=100_000))
    plain.refund("p", 100)
    assert plain.row().standing.cash_back_fen == 0
    plain.hq.close()


def test_a_new_edition_undoes_no_share_of_a_friends_purchase(office: Office) -> None:
    """Who brought a friend would lose the thanks for what the friend keeps."""
    office.join("m-2")
    brought_by(office, "m-1")
    office.buy(20_000, member_id="m-2", purchase_id="p")
    republish(office, cash_back=None)
    office.refund("p", 5_000)
    assert office.row().standing.cash_back_fen == 150


def test_a_coat_given_back_takes_no_tier_from_before(office: Office) -> None:
    """Who tries a coat of gold at home would lose the silver that was sure for another year."""
    office.buy(300_000)
    office.jump_to(date(2027, 11, 1))
    office.buy(200_000)
    office.jump_to(date(2027, 11, 25))
    assert (office.row().tier, office.row().standing.tier_until) == ("silver", date(2028, 11, 22))
    office.buy(900_000, purchase_id="coat")
    assert office.row().tier == "gold"
    office.refund("coat", 850_000)
    assert (office.row().tier, office.row().standing.tier_until) == ("silver", date(2028, 11, 22))
    office.refund("coat", 50_000)
    assert (office.row().tier, office.row().standing.tier_until) == ("silver", date(2028, 11, 22))
    office.jump_to(date(2028, 11, 23))
    assert office.row().tier == "standard"


def test_all_given_back_takes_every_tier(office: Office) -> None:
    """Silver that was reached by what was given back would stay when gold is gone."""
    office.buy(300_000, purchase_id="suit")
    office.buy(900_000, purchase_id="coat")
    office.refund("suit", 300_000)
    assert office.row().tier == "silver"
    office.refund("coat", 900_000)
    assert office.row().tier == "standard"


def test_a_shorter_year_takes_no_tier_before_its_time(office: Office) -> None:
    """A new edition would send members down overnight from what they were promised for a year."""
    office.buy(200_000)
    office.jump_to(date(2027, 5, 1))
    office.buy(100_000, purchase_id="p")
    assert office.row().tier == "silver"
    republish(office, tiers=tuple(shorter(one) for one in TIERS))
    office.jump_to(date(2027, 5, 3))
    office.buy(100)
    assert office.row().tier == "silver"
    office.jump_to(date(2028, 5, 2))
    assert office.row().tier == "standard"


def shorter(tier: Tier) -> Tier:
    """The tier with three months that count."""
    if tier.condition is None:
        return tier
    return tier.model_copy(update={"condition": tier.condition.model_copy(update={"months": 3})})


def republish(office: Office, **changes: Any) -> None:
    """Publish another edition in place of the one that holds."""
    now = office.content
    later = now.programme.model_copy(update={"version": now.programme.version + 1} | changes)
    office.publish(replace(now, programme=later))


def test_a_refund_does_not_take_a_tier_that_is_reached_without_it(office: Office) -> None:
    """A small exchange would cost a member the tier."""
    office.buy(290_000)
    office.buy(50_000, purchase_id="p")
    office.refund("p", 30_000)
    assert office.row().tier == "silver"
    office.refund("p", 20_000)
    assert office.row().tier == "standard"


def test_the_usual_purchase_is_the_middle_one(office: Office) -> None:
    """One coat would make the next reward look one visit away."""
    for fen in (10_000, 90_000, 20_000):
        office.buy(fen, purchase_id=f"of-{fen}")
    assert office.row().standing.points_per_purchase == 200
    office.refund("of-20000", 15_000)
    assert office.row().standing.points_per_purchase == 100


def brought_by(office: Office, friend: str) -> None:
    """Let the second member have been brought by this one."""
    with office.hq.database.write() as connection:
        theirs = update(member).where(member.c.member_id == "m-2")
        connection.execute(theirs.values(referred_by=friend))


def test_a_friends_purchase_brings_money_and_a_voucher(office: Office) -> None:
    """Who brings friends would get nothing; who brings one would get a voucher each time."""
    office.join("m-2")
    brought_by(office, "m-1")
    office.buy(10_050, member_id="m-2", purchase_id="p")
    office.buy(20_000, member_id="m-2")
    row = office.row()
    assert row.standing.cash_back_fen == 100 + 200
    assert [one.reason for one in row.vouchers] == [VoucherReason.REFERRAL]
    office.refund("p", 10_000)
    assert office.row().standing.cash_back_fen == 200


def test_a_voucher_is_used_once(office: Office) -> None:
    """A voucher would lower every price of its month."""
    office.join("m-2")
    brought_by(office, "m-1")
    office.buy(10_000, member_id="m-2")
    (held,) = office.row().vouchers
    office.buy(10_000, voucher_id=held.voucher_id)
    assert office.row().vouchers == ()
    with pytest.raises(Refusal, match="409"):
        office.buy(10_000, voucher_id=held.voucher_id)
    with pytest.raises(Refusal, match="404"):
        office.buy(10_000, voucher_id="v-other")


@pytest.mark.parametrize(("days", "usable"), [(0, True), (30, False)])
def test_a_voucher_comes_back_with_what_it_bought(office: Office, days: int, usable: bool) -> None:
    """Who takes the coat a size larger would have lost the voucher of the year."""
    office.join("m-2")
    brought_by(office, "m-1")
    office.buy(10_000, member_id="m-2")
    (held,) = office.row().vouchers
    office.buy(10_000, purchase_id="p", voucher_id=held.voucher_id)
    office.refund("p", 4_000)
    assert office.row().vouchers == ()
    office.pass_time(days=days)
    office.refund("p", 6_000)
    tick(office.hq)
    assert office.row().vouchers == ((held,) if usable else ())
    if usable:
        office.buy(9_000, voucher_id=held.voucher_id)
    office.jump_to(held.valid_to + timedelta(days=1))
    assert office.row().vouchers == ()
