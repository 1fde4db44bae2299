"""Refunds as tills report them: earned points go, redeemed points come back."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Row, insert, select, update

from kiosk.content import Content
from kiosk.model.ledger import LineKind, LineReason, Receipt
from kiosk.model.text import Identifier
from sim.hq import vouchers
from sim.hq.cash import keep_share, reopen_month
from sim.hq.days import day_in
from sim.hq.errors import Refusal
from sim.hq.ledger import Booking, balance_of, book, entries_of, require_member
from sim.hq.lots import lapsed_of
from sim.hq.purchases import Booked, PaidFen, last_day_of, row_of_purchase
from sim.hq.standing import bought_by, month_of, renew, spend_of_month
from sim.hq.tables import purchase, redemption, refund

_STRICT = ConfigDict(frozen=True, extra="forbid")


class Refund(BaseModel):
    """A purchase, or a part of it, was given back."""

    model_config = _STRICT

    refund_id: Identifier
    purchase_id: Identifier
    receipt: Receipt
    refund_fen: PaidFen


def record_refund(connection: Connection, given: Refund, content: Content, now: datetime) -> Booked:
    """Book a refund of a purchase, whole or in part; the balance may go below zero.

    What the member keeps of the earned points is their share of the money kept, rounded down;
    redeemed points come back by their share of the money refunded, rounded down. Parts add up:
    after the last one everything earned is gone, and everything redeemed and the voucher are
    back. Points that have lapsed are gone already and are not taken a second time.

    Args:
        connection: inside a write transaction.
        given: as the till reports it.
        content: whose stores tell what day it is.
        now: HQ's time.

    Raises:
        Refusal: 404 no such purchase, 409 more than is left of it, or the id says something
            else already.
    """
    whole = row_of_purchase(connection, given.purchase_id)
    if whole is None:
        raise Refusal(404, "there is no such purchase")
    query = select(refund).where(refund.c.refund_id == given.refund_id)
    again = connection.execute(query).one_or_none()
    if again is not None:
        return _refunded_before(connection, again, given, whole.member_id)
    taken, back = _shares(connection, whole, given)
    day = day_in(content, now, whole.store_id)
    _keep(connection, whole, given, taken, back, now)
    if whole.voucher_id and whole.refunded_fen + given.refund_fen == whole.purchase_fen:
        vouchers.give_back(connection, whole.member_id, whole.voucher_id)
    entries = [_taking(whole, given, taken, now)]
    if back:
        last_day = last_day_of(content.on(day).programme, day)
        entries.append(_giving_back(connection, whole, given, back, last_day, now))
    balance = book(connection, whole.member_id, entries, now)
    _take_back_money(connection, whole, given, content, day, now)
    renew(connection, whole.member_id, content, day, now)
    return Booked(back - taken, balance)


def _refunded_before(
    connection: Connection, again: Row[Any], given: Refund, member_id: str
) -> Booked:
    told = given.model_dump(mode="json")
    if any(getattr(again, name) != value for name, value in told.items()):
        raise Refusal(409, "this refund_id already says something else")
    balance = balance_of(connection, member_id)
    return Booked(again.given_back - again.reversed, balance, again=True)


def _shares(connection: Connection, whole: Row[Any], given: Refund) -> tuple[int, int]:
    """Points this refund takes and gives back, both counted from the beginning of the refunds.

    Raises:
        Refusal: 409 when it is more than is left of the purchase.
    """
    refunded = whole.refunded_fen + given.refund_fen
    left = whole.purchase_fen - refunded
    if left < 0:
        raise Refusal(409, "more than is left of this purchase")
    mine = refund.c.purchase_id == whole.purchase_id
    rows = connection.execute(select(refund).where(mine)).all()
    taken, back = sum(row.reversed for row in rows), sum(row.given_back for row in rows)
    kept = whole.earned * left // whole.purchase_fen
    lapsed = lapsed_of(entries_of(connection, whole.member_id), whole.purchase_id)
    redeemed = _redeemed(connection, whole) * refunded // whole.purchase_fen
    return max(whole.earned - kept - lapsed - taken, 0), redeemed - back


def _redeemed(connection: Connection, whole: Row[Any]) -> int:
    """Points that were redeemed for this purchase; 0 for none."""
    points = select(redemption.c.points).where(redemption.c.redemption_id == whole.redemption_id)
    return connection.execute(points).scalar_one_or_none() or 0


def _keep(
    connection: Connection, whole: Row[Any], given: Refund, taken: int, back: int, now: datetime
) -> None:
    row = given.model_dump(mode="json") | {"reversed": taken, "given_back": back}
    connection.execute(insert(refund).values(row | {"at": now.isoformat()}))
    refunded = whole.refunded_fen + given.refund_fen
    mine = update(purchase).where(purchase.c.purchase_id == whole.purchase_id)
    connection.execute(mine.values(refunded_fen=refunded))
    if refunded == whole.purchase_fen and whole.redemption_id is not None:
        paid = update(redemption).where(redemption.c.redemption_id == whole.redemption_id)
        connection.execute(paid.values(state="reversed", ended=now.isoformat()))


def _taking(whole: Row[Any], given: Refund, points: int, now: datetime) -> Booking:
    return Booking(
        LineKind.REVERSE,
        LineReason.REFUND,
        -points,
        now,
        store_id=whole.store_id,
        receipt=given.receipt,
        purchase_fen=-given.refund_fen,
        purchase_id=whole.purchase_id,
    )


def _giving_back(
    connection: Connection,
    whole: Row[Any],
    given: Refund,
    points: int,
    last_day: date | None,
    now: datetime,
) -> Booking:
    mine = redemption.c.redemption_id == whole.redemption_id
    reward_id = connection.execute(select(redemption.c.reward_id).where(mine)).scalar_one()
    return Booking(
        LineKind.REVERSE,
        LineReason.GIVEN_BACK,
        points,
        now,
        store_id=whole.store_id,
        receipt=given.receipt,
        reward_id=reward_id,
        redemption_id=whole.redemption_id,
        lapses_on=last_day,
    )


def _take_back_money(
    connection: Connection,
    whole: Row[Any],
    given: Refund,
    content: Content,
    day: date,
    now: datetime,
) -> None:
    """Cash-back of a month that is over, and what the purchase brought to a friend."""
    month, who = whole.day[:7], whole.member_id
    if month < month_of(day):
        spend = spend_of_month(bought_by(connection, who), month)
        reopen_month(connection, who, content, month, spend, given.refund_id, now)
    friend = require_member(connection, who).referred_by
    if friend is None:
        return
    kept = (whole.purchase_fen - whole.refunded_fen - given.refund_fen, whole.purchase_fen)
    keep_share(connection, friend, whole.purchase_id, kept, given.refund_id, now)
    renew(connection, friend, content, day, now)
