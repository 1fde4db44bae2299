"""Purchases as tills report them, and what they earn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, Row, insert, select

from kiosk.content import Content
from kiosk.loyalty.cash_back import referral_for
from kiosk.loyalty.earning import points_for
from kiosk.loyalty.expiry import expires_on
from kiosk.model.ledger import LineKind, LineReason, Receipt
from kiosk.model.members import VoucherReason
from kiosk.model.programme import Programme
from kiosk.model.text import Identifier
from sim.hq import vouchers
from sim.hq.cash import friends_ref, pay
from sim.hq.days import day_in
from sim.hq.errors import Refusal
from sim.hq.ledger import Booking, balance_of, book, require_member
from sim.hq.standing import renew
from sim.hq.tables import purchase, redemption

_STRICT = ConfigDict(frozen=True, extra="forbid")

Pieces = Annotated[int, Field(ge=0, le=10_000)]
"""Of one purchase; no till of a shop sells more at once."""

PaidFen = Annotated[int, Field(ge=1, le=100_000_000)]


class Purchase(BaseModel):
    """A member bought something.

    Attributes:
        purchase_id: the till's own; the same one again changes nothing.
        purchase_fen: what was paid in money.
        redemption_id: of the reward that was paid for with it, and nothing else: points and
            money together.
        voucher_id: of the voucher that lowered its price.
        staff_id: who served; None when the till does not say.
        items: pieces bought; 0 when the till does not say.
    """

    model_config = _STRICT

    purchase_id: Identifier
    member_id: Identifier
    store_id: Identifier
    receipt: Receipt
    purchase_fen: PaidFen
    redemption_id: UUID | None = None
    voucher_id: Identifier | None = None
    staff_id: Identifier | None = None
    items: Pieces = 0


@dataclass(frozen=True, slots=True)
class Booked:
    """What a purchase or a refund came to.

    Attributes:
        points: what the balance changed by, signed.
        balance: of the member now.
        again: it was known already and nothing was booked.
    """

    points: int
    balance: int
    again: bool = False


def record_purchase(
    connection: Connection, bought: Purchase, content: Content, now: datetime
) -> Booked:
    """Book a purchase: points, what counts towards the tier, the month, a friend's referral.

    Args:
        connection: inside a write transaction.
        bought: as the till reports it.
        content: whose programme and stores hold now.
        now: HQ's time; the purchase counts for the store's day.

    Raises:
        Refusal: 404 no such member, redemption or voucher; 409 the id says something else
            already, the voucher cannot be used, or the redemption does not belong to it.
    """
    known = row_of_purchase(connection, bought.purchase_id)
    if known is not None:
        _same(known, bought)
        return Booked(known.earned, balance_of(connection, known.member_id), again=True)
    who = require_member(connection, bought.member_id)
    _may_use_redemption(connection, bought)
    day = day_in(content, now, bought.store_id)
    if bought.voucher_id is not None:
        vouchers.use(connection, bought.member_id, bought.voucher_id, day)
    programme = content.on(day).programme
    tier = programme.tier(who.tier)
    earned = points_for(bought.purchase_fen, programme, tier, day, bought.store_id)
    plain = points_for(bought.purchase_fen, programme, tier, None, bought.store_id)
    reason = LineReason.EVENT if earned > plain else LineReason.PURCHASE
    _keep(connection, bought, earned, day, now)
    _thank_referrer(connection, who, bought, content, day, now)
    entry = _earning(bought, earned, reason, programme, day, now)
    balance = book(connection, bought.member_id, [entry], now)
    renew(connection, bought.member_id, content, day, now)
    return Booked(earned, balance)


def row_of_purchase(connection: Connection, purchase_id: str) -> Row[Any] | None:
    """The purchase with this id, or None."""
    query = select(purchase).where(purchase.c.purchase_id == purchase_id)
    return connection.execute(query).one_or_none()


def _same(row: Row[Any], bought: Purchase) -> None:
    told = bought.model_dump(mode="json")
    if any(getattr(row, name) != value for name, value in told.items()):
        raise Refusal(409, "this purchase_id already says something else")


def _may_use_redemption(connection: Connection, bought: Purchase) -> None:
    """A redemption belongs to one purchase of the same member, once it was collected.

    Nothing else may be in that purchase: who gave a coat back would get the points of a cardigan
    that was kept.
    """
    if bought.redemption_id is None:
        return
    wanted = str(bought.redemption_id)
    mine = (redemption.c.redemption_id == wanted) & (redemption.c.member_id == bought.member_id)
    row = connection.execute(select(redemption).where(mine)).one_or_none()
    if row is None:
        raise Refusal(404, "this member has no such redemption")
    if bought.purchase_fen > row.cash_fen:
        raise Refusal(409, "more than this reward costs: report what else was bought by itself")
    paid = select(purchase.c.purchase_id).where(purchase.c.redemption_id == wanted)
    if row.state != "collected" or connection.execute(paid).first() is not None:
        raise Refusal(409, "this redemption was not collected, or belongs to another purchase")


def _keep(connection: Connection, bought: Purchase, earned: int, day: date, now: datetime) -> None:
    row = bought.model_dump(mode="json")
    row |= {"earned": earned, "day": day.isoformat(), "at": now.isoformat()}
    connection.execute(insert(purchase).values(row))


def _earning(
    bought: Purchase,
    earned: int,
    reason: LineReason,
    programme: Programme,
    day: date,
    now: datetime,
) -> Booking:
    return Booking(
        LineKind.EARN,
        reason,
        earned,
        now,
        store_id=bought.store_id,
        receipt=bought.receipt,
        purchase_fen=bought.purchase_fen,
        purchase_id=bought.purchase_id,
        lapses_on=last_day_of(programme, day),
    )


def last_day_of(programme: Programme, day: date) -> date | None:
    """The last day of points that come in on this day; None where points never lapse."""
    return expires_on(day, programme.expiry) if programme.expiry is not None else None


def _thank_referrer(
    connection: Connection,
    who: Row[Any],
    bought: Purchase,
    content: Content,
    day: date,
    now: datetime,
) -> None:
    """The share of a friend's purchase, and a voucher for the first one."""
    friend, programme = who.referred_by, content.on(day).programme
    if friend is None:
        return
    if programme.cash_back is not None:
        fen = referral_for(bought.purchase_fen, programme.cash_back)
        pay(connection, friend, friends_ref(bought.purchase_id), fen, now)
    if programme.vouchers.referral is not None:
        rule, once = programme.vouchers.referral, bought.member_id
        vouchers.grant(connection, friend, VoucherReason.REFERRAL, rule, day, once, now)
    renew(connection, friend, content, day, now)
