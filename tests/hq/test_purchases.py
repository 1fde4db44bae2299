"""Purchases and refunds at HQ: what they earn, what goes back, and that each counts once."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.members import Standing, VoucherReason
from kiosk.model.programme import Event, TierLook
from kiosk.model.rules import CashBack, Expiry, GrantRule, VoucherRules
from sim.hq.collecting import collect
from sim.hq.errors import Refusal
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
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with points that lapse, tiers that earn more, cash-back, and one member."""
    one = open_office(
        tmp_path,
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
        office.buy(fen)
    assert office.row().standing.points_per_purchase == 200


def test_a_friends_purchase_brings_money_and_a_voucher(office: Office) -> None:
    """Who brings friends would get nothing; who brings one would get a voucher each time."""
    office.join("m-2")
    with office.hq.database.write() as connection:
        theirs = update(member).where(member.c.member_id == "m-2")
        connection.execute(theirs.values(referred_by="m-1"))
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
    with office.hq.database.write() as connection:
        theirs = update(member).where(member.c.member_id == "m-2")
        connection.execute(theirs.values(referred_by="m-1"))
    office.buy(10_000, member_id="m-2")
    (held,) = office.row().vouchers
    office.buy(10_000, voucher_id=held.voucher_id)
    assert office.row().vouchers == ()
    with pytest.raises(Refusal, match="409"):
        office.buy(10_000, voucher_id=held.voucher_id)
    with pytest.raises(Refusal, match="404"):
        office.buy(10_000, voucher_id="v-other")
