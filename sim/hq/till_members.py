"""Who a till's request is about, and what a till is told of them."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.model.members import CardStatus, Member
from sim.hq.collecting import WAITING
from sim.hq.errors import Refusal
from sim.hq.ledger import require_member
from sim.hq.tables import card, redemption
from sim.hq.till_wire import CompanionPrice, OfMember, TillMember, UsableVoucher, Waiting
from sim.hq.vouchers import shared_on


def member_named(connection: Connection, body: OfMember) -> str:
    """The member a request names, by card or by number."""
    if body.card_key is not None:
        return holder_of(connection, body.card_key)
    known = require_member(connection, body.member_id or "")
    if known.applied:
        raise Refusal(403, "this is no member yet")
    return str(known.member_id)


def holder_of(connection: Connection, card_key: str) -> str:
    """The member whose card this is.

    Raises:
        Refusal: 404 no such card, 403 it may not be used.
    """
    row = connection.execute(select(card).where(card.c.card_key == card_key)).one_or_none()
    if row is None or row.gone:
        raise Refusal(404, "there is no such card")
    if row.status != CardStatus.ACTIVE.value:
        raise Refusal(403, f"this card may not be used: it is {row.status}")
    return str(row.member_id)


def waiting_in(connection: Connection, store_id: str, member_id: str) -> list[Row[Any]]:
    """What waits for a member in this store, the oldest first."""
    theirs = (redemption.c.member_id == member_id) & (redemption.c.store_id == store_id)
    query = select(redemption).where(theirs, redemption.c.state.in_(WAITING))
    return list(connection.execute(query.order_by(redemption.c.made)).all())


def companions_of(
    connection: Connection, member_id: str, today: date
) -> tuple[CompanionPrice, ...]:
    """The prices that a friend of this member has today."""
    return tuple(
        CompanionPrice(voucher_id=one.voucher_id, price_factor_percent=one.price_factor_percent)
        for one in shared_on(connection, member_id, today)
    )


def as_told(
    known: Member, waiting: list[Waiting], companions: tuple[CompanionPrice, ...], today: date
) -> TillMember:
    """What a till is told of a member: nothing that the counter does not need."""
    usable = [one for one in known.vouchers if one.usable_on(today)]
    return TillMember(
        member_id=known.member_id,
        called=known.called,
        tier=known.tier,
        card_status=known.card_status,
        pin=known.pin,
        balance=known.points,
        as_of=known.as_of,
        cash_back_fen=known.standing.cash_back_fen,
        waiting=tuple(waiting),
        vouchers=tuple(
            UsableVoucher.model_validate(one.model_dump(exclude={"valid_from"})) for one in usable
        ),
        companions=companions,
    )
