"""Reads from the database what a member's page shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from kiosk.content import Content
from kiosk.model.members import PinState
from kiosk.model.programme import Tier
from sim.hq.collecting import WAITING
from sim.hq.database import rows_of
from sim.hq.figures import local
from sim.hq.ledger import require_member
from sim.hq.pins import state_of
from sim.hq.tables import card, ledger, money, pin, purchase, redemption, signup, voucher

LINES_SHOWN = 200
"""Newest entries on the page; a busy member's last two years."""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the ledger with the balance after it.

    Attributes:
        row: of the table `ledger`.
        collected: what is set aside was handed out.
        refundable: the purchase behind it, while something of it can still be returned.
    """

    row: Row[Any]
    at: datetime | None
    balance: int
    collected: bool
    refundable: Row[Any] | None

    @property
    def kind(self) -> str:
        """What it did; points set aside are called redeemed once they were collected."""
        return "redeem" if self.row.kind == "hold" and self.collected else str(self.row.kind)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A voucher, open or over; `days` until its last day, negative once that is past."""

    row: Row[Any]
    days: int
    coming: bool

    @property
    def open(self) -> bool:
        """Whether it can be used, today or later."""
        return bool(self.row.state == "open")


@dataclass(frozen=True, slots=True)
class Climb:
    """The way to a figure, or past it.

    Attributes:
        percent: how much of it is there, 0 to 100.
    """

    tier: Tier
    target_fen: int
    missing_fen: int
    percent: int

    @classmethod
    def of(cls, tier: Tier, spend_fen: int, target_fen: int) -> "Climb":
        """From what was spent to what is asked for."""
        percent = min(100, spend_fen * 100 // target_fen) if target_fen else 100
        return cls(tier, target_fen, max(0, target_fen - spend_fen), percent)


@dataclass(frozen=True, slots=True)
class MemberShown:
    """Everything about one member that staff may see.

    Attributes:
        row: of the table `member`.
        lines: the newest first.
        held: redemptions that wait at a counter.
        unpaid: collected, with money due, and not part of any purchase yet.
        flagged: what a kiosk gave out by itself and should not have.
        reaching: the way to the tier above; None at the top or where the tier is unknown.
        keeping: the way to keeping the present tier; None for the lowest.
    """

    row: Row[Any]
    cards: list[Row[Any]]
    lines: list[Line]
    held: list[Row[Any]]
    unpaid: list[Row[Any]]
    flagged: list[Row[Any]]
    tickets: list[Ticket]
    pin: PinState
    reaching: Climb | None
    keeping: Climb | None
    money: list[Row[Any]]
    events: list[Row[Any]]


def member_shown(
    connection: Connection, member_id: str, content: Content | None, today: date
) -> MemberShown:
    """Everything about this member.

    Raises:
        Refusal: 404 when there is no such member.
    """
    row = require_member(connection, member_id)
    reaching, keeping = _climbs(row, content)
    blocked = select(pin.c.blocked).where(pin.c.member_id == member_id)
    asked = rows_of(connection, redemption, member_id, redemption.c.made.desc())
    return MemberShown(
        row=row,
        cards=rows_of(connection, card, member_id, card.c.status == "replaced", card.c.card_key),
        lines=_lines(connection, member_id, {one.redemption_id: one.state for one in asked}),
        held=[one for one in asked if one.state in WAITING],
        unpaid=_unpaid(connection, asked),
        flagged=[one for one in asked if one.overspent or one.pin_wrong or one.card_wrong],
        tickets=[_ticket(one, today) for one in _vouchers(connection, member_id)],
        pin=state_of(connection.execute(blocked).scalar_one_or_none()),
        reaching=reaching,
        keeping=keeping,
        money=rows_of(connection, money, member_id, money.c.at.desc()),
        events=rows_of(connection, signup, member_id, signup.c.n.desc()),
    )


def _unpaid(connection: Connection, asked: list[Row[Any]]) -> list[Row[Any]]:
    due = [one for one in asked if one.state == "collected" and one.cash_fen]
    ids = [one.redemption_id for one in due]
    query = select(purchase.c.redemption_id).where(purchase.c.redemption_id.in_(ids))
    paid = set(connection.execute(query).scalars())
    return [one for one in due if one.redemption_id not in paid]


def _vouchers(connection: Connection, member_id: str) -> list[Row[Any]]:
    return rows_of(connection, voucher, member_id, voucher.c.state != "open", voucher.c.valid_to)


def _lines(connection: Connection, member_id: str, states: dict[str, str]) -> list[Line]:
    """The newest entries, each with the balance after it, the newest first."""
    query = select(ledger).where(ledger.c.member_id == member_id).order_by(ledger.c.n.desc())
    rows = connection.execute(query.limit(LINES_SHOWN)).all()
    bought = {row.purchase_id: row for row in rows_of(connection, purchase, member_id)}
    total = select(func.coalesce(func.sum(ledger.c.points), 0))
    balance = connection.execute(total.where(ledger.c.member_id == member_id)).scalar_one()
    shown = []
    for row in rows:
        collected = states.get(row.redemption_id) == "collected"
        whole = bought.get(row.purchase_id) if row.kind == "earn" else None
        left = whole if whole and whole.refunded_fen < whole.purchase_fen else None
        shown.append(Line(row, local(row.at), balance, collected, left))
        balance -= row.points
    return shown


def _ticket(row: Row[Any], today: date) -> Ticket:
    days = (date.fromisoformat(row.valid_to) - today).days
    return Ticket(row, days, date.fromisoformat(row.valid_from) > today)


def _climbs(row: Row[Any], content: Content | None) -> tuple[Climb | None, Climb | None]:
    """The way to the tier above, and the way to keeping the present one."""
    programme = content.programme if content is not None else None
    tier = programme.tier(row.tier) if programme is not None else None
    if programme is None or tier is None:
        return None, None
    above = programme.tiers[programme.tiers.index(tier) + 1 :][:1]
    spend_fen = row.tier_spend_fen
    reaching = [Climb.of(one, spend_fen, one.condition.reach_fen) for one in above if one.condition]
    if tier.condition is None or row.tier_until is None:
        return next(iter(reaching), None), None
    return next(iter(reaching), None), Climb.of(tier, spend_fen, tier.condition.keep_fen)
