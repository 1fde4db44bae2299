"""What a technician does to a member on HQ's page, each act in one transaction."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from sqlalchemy import Connection, select

from kiosk.content import Content
from kiosk.model.ledger import LineReason
from kiosk.model.members import CardStatus, VoucherReason
from sim.hq import vouchers
from sim.hq.binding import key_of_uid, replace_card
from sim.hq.cash import pay_out
from sim.hq.collecting import collect
from sim.hq.days import day_in
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.ledger import correct, require_member
from sim.hq.members import clear_overspent, set_birthday, set_card_status, set_referrer
from sim.hq.pins import set_pin
from sim.hq.purchases import Purchase, record_purchase
from sim.hq.refunds import Refund, record_refund
from sim.hq.standing import renew
from sim.hq.tables import redemption

MOST_POINTS = 10_000_000
"""What may be corrected at once."""


class ActName(StrEnum):
    """An act, as the page's forms name it."""

    PURCHASE = "purchase"
    REFUND = "refund"
    BIRTHDAY = "birthday"
    CARD = "card"
    PIN = "pin"
    POINTS = "points"
    COLLECT = "collect"
    REPLACE = "replace"
    CLEAR = "clear"
    BROUGHT = "brought"
    APOLOGY = "apology"
    PAY_OUT = "pay_out"


class Form(BaseModel):
    """What was filled in; each form has a few of these."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: str = Field(default="", max_length=64)
    yuan: str = Field(default="", max_length=20)
    purchase: str = Field(default="", max_length=64)
    redemption: str = Field(default="", max_length=64)
    voucher: str = Field(default="", max_length=64)
    status: str = Field(default="", max_length=16)
    points: str = Field(default="", max_length=20)
    pin: SecretStr = SecretStr("")
    card: str = Field(default="", max_length=40)
    friend: str = Field(default="", max_length=64)


@dataclass(frozen=True, slots=True)
class Desk:
    """What an act goes by.

    Attributes:
        now: HQ's time.
        fleet_salt: see sim.hq.state.Hq.
    """

    content: Content
    now: datetime
    fleet_salt: bytes

    def today(self, store_id: str | None = None) -> date:
        """The day in this store, or in the chain's first one."""
        return day_in(self.content, self.now, store_id)


def carry_out(connection: Connection, desk: Desk, name: ActName, who: str, form: Form) -> None:
    """Do it.

    Args:
        connection: inside a write transaction.
        who: the member's number.

    Raises:
        Refusal: it cannot be done, or what was filled in makes no sense.
    """
    if require_member(connection, who).applied:
        raise Refusal(409, "this is no member yet: see the applications")
    _ACTS[name](connection, desk, who, form)


def _buy(connection: Connection, desk: Desk, who: str, form: Form) -> None:
    if desk.content.store(form.store) is None:
        raise Refusal(422, "there is no such store")
    bought = Purchase(
        purchase_id=str(uuid4()),
        member_id=who,
        store_id=form.store,
        receipt=receipt_of(desk),
        purchase_fen=fen_of(form.yuan),
        redemption_id=_uuid(form.redemption) if form.redemption else None,
        voucher_id=form.voucher or None,
    )
    record_purchase(connection, bought, desk.content, desk.now)


def _refund(connection: Connection, desk: Desk, _who: str, form: Form) -> None:
    given = Refund(
        refund_id=str(uuid4()),
        purchase_id=form.purchase,
        receipt=receipt_of(desk),
        refund_fen=fen_of(form.yuan),
    )
    record_refund(connection, given, desk.content, desk.now)


def _birthday(connection: Connection, desk: Desk, who: str, _form: Form) -> None:
    set_birthday(connection, who, desk.today().month, desk.now)


def _card(connection: Connection, desk: Desk, who: str, form: Form) -> None:
    if form.status not in (CardStatus.ACTIVE, CardStatus.LOST, CardStatus.BLOCKED):
        raise Refusal(422, "a card is active, lost or blocked")
    set_card_status(connection, who, CardStatus(form.status), desk.now)


def _pin(connection: Connection, desk: Desk, who: str, form: Form) -> None:
    digits = form.pin.get_secret_value()
    wanted = desk.content.on(desk.today()).programme.redeeming.pin.digits
    if len(digits) != wanted:
        raise Refusal(422, f"a PIN has {wanted} digits")
    set_pin(connection, who, digits)
    touch(connection, [who], desk.now)


def _points(connection: Connection, desk: Desk, who: str, form: Form) -> None:
    if not re.fullmatch(r"\s*[+-]?[0-9]{1,8}\s*", form.points):
        raise Refusal(422, "points are a whole number, with a minus to take away")
    points = int(form.points)
    if points == 0 or abs(points) > MOST_POINTS:
        raise Refusal(422, "no points, or too many at once")
    correct(connection, who, points, LineReason.CORRECTION, desk.now)


def _collect(connection: Connection, desk: Desk, who: str, form: Form) -> None:
    mine = (redemption.c.redemption_id == form.redemption) & (redemption.c.member_id == who)
    row = connection.execute(select(redemption).where(mine)).one_or_none()
    if row is None:
        raise Refusal(404, "this member has no such redemption")
    collect(connection, row.store_id, row.code, desk.fleet_salt, desk.now)


def _pay_out(connection: Connection, desk: Desk, who: str, _form: Form) -> None:
    fen = require_member(connection, who).cash_back_fen
    if fen == 0:
        raise Refusal(409, "no money waits for this member")
    pay_out(connection, who, str(uuid4()), fen, desk.now)
    renew(connection, who, desk.content, desk.today(), desk.now)


def _replace(connection: Connection, desk: Desk, who: str, form: Form) -> None:
    replace_card(connection, who, key_of_uid(form.card, desk.fleet_salt), desk.now)


def _clear(connection: Connection, _desk: Desk, who: str, _form: Form) -> None:
    clear_overspent(connection, who)


def _brought(connection: Connection, _desk: Desk, who: str, form: Form) -> None:
    set_referrer(connection, who, form.friend.strip())


def _apologise(connection: Connection, desk: Desk, who: str, _form: Form) -> None:
    """Give the programme's voucher of apology, one a day: a form is easily sent twice."""
    today = desk.today()
    rule = desk.content.on(today).programme.vouchers.apology
    if rule is None:
        raise Refusal(409, "the programme gives no voucher of apology")
    reason, day = VoucherReason.APOLOGY, today.isoformat()
    if not vouchers.grant(connection, who, reason, rule, today, day, desk.now):
        raise Refusal(409, "a voucher of apology was given today already")


_ACTS: Mapping[ActName, Callable[[Connection, Desk, str, Form], None]] = {
    ActName.PURCHASE: _buy,
    ActName.REFUND: _refund,
    ActName.BIRTHDAY: _birthday,
    ActName.CARD: _card,
    ActName.PIN: _pin,
    ActName.POINTS: _points,
    ActName.COLLECT: _collect,
    ActName.REPLACE: _replace,
    ActName.CLEAR: _clear,
    ActName.BROUGHT: _brought,
    ActName.APOLOGY: _apologise,
    ActName.PAY_OUT: _pay_out,
}


def receipt_of(desk: Desk) -> str:
    """A number as HQ's own till would print it."""
    return f"HQ/{desk.today():%y%m%d}/{secrets.randbelow(10_000):04}"


def fen_of(yuan: str) -> int:
    """Money as people type it: 128 or 128.50.

    Raises:
        Refusal: 422 when it is none, or nothing.
    """
    found = re.fullmatch(r"\s*([0-9]{1,6})(?:[.]([0-9]{1,2}))?\s*", yuan)
    fen = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else 0
    if fen == 0:
        raise Refusal(422, "an amount is written as 128 or 128.50")
    return fen


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal(404, "this member has no such redemption") from error
