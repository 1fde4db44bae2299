"""HQ's ledger: entries are added and never changed, and a member's balance is their sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from kiosk.model.ledger import LineKind, LineReason
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.lots import Entry, Lot, expiring, lots_of
from sim.hq.tables import ledger, member

EXPIRING_TOLD = 3
"""How many of the next days on which points lapse a kiosk is told."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An entry to be added.

    Attributes:
        points: signed.
        at: when it took place, HQ's time.
        purchase_fen: what was paid; negative for a refund.
        lapses_on: last store-local day of points that come in; None for ever.
    """

    kind: LineKind
    reason: LineReason
    points: int
    at: datetime
    store_id: str | None = None
    receipt: str | None = None
    reward_id: str | None = None
    purchase_fen: int | None = None
    purchase_id: str | None = None
    redemption_id: str | None = None
    lapses_on: date | None = None


def book(connection: Connection, member_id: str, bookings: Sequence[Booking], now: datetime) -> int:
    """Add entries, and bring what repeats them up to date; the new balance.

    Args:
        connection: inside a write transaction.
        member_id: who must be known.
        bookings: in their order.
        now: HQ's time; the balance is true of it.
    """
    connection.execute(insert(ledger), [row_of(member_id, one) for one in bookings])
    return recount(connection, member_id, now)


def row_of(member_id: str, one: Booking) -> dict[str, Any]:
    """The row of the table `ledger` for an entry."""
    return {
        "member_id": member_id,
        "kind": one.kind.value,
        "reason": one.reason.value,
        "points": one.points,
        "at": one.at.isoformat(),
        "store_id": one.store_id,
        "receipt": one.receipt,
        "reward_id": one.reward_id,
        "purchase_fen": one.purchase_fen,
        "purchase_id": one.purchase_id,
        "redemption_id": one.redemption_id,
        "lapses_on": one.lapses_on.isoformat() if one.lapses_on else None,
    }


def recount(connection: Connection, member_id: str, now: datetime) -> int:
    """Let the member's row repeat the ledger: balance, next days of lapsing; the balance.

    Its directory rows become changes.
    """
    entries = entries_of(connection, member_id)
    lots = lots_of(entries)
    points = sum(entry.points for entry in entries)
    values = {"points": points, "as_of": now.isoformat(), "expiring": expiring_json(lots)}
    changed = update(member).where(member.c.member_id == member_id).values(values)
    lapse = next_lapse(connection.execute(changed.returning(member.c.expiring)).one())
    if lapse is not None:
        due_by(connection, member_id, lapse)
    touch(connection, [member_id], now)
    return points


def expiring_json(lots: Sequence[Lot]) -> list[tuple[str, int]]:
    """What lapses next, as the member's row keeps it."""
    return [(day.isoformat(), points) for day, points in expiring(lots, EXPIRING_TOLD)]


def next_lapse(row: Row[Any]) -> date | None:
    """The first day on which points of this member, a row of the table, will have lapsed."""
    if not row.expiring:
        return None
    return date.fromisoformat(row.expiring[0][0]) + timedelta(days=1)


def due_by(connection: Connection, member_id: str, day: date) -> None:
    """Look at this member on this store-local day at the latest."""
    later = or_(member.c.due.is_(None), member.c.due > day.isoformat())
    mine = update(member).where(member.c.member_id == member_id, later)
    connection.execute(mine.values(due=day.isoformat()))


def entries_of(connection: Connection, member_id: str) -> list[Entry]:
    """What of the member's ledger decides over the lots, in its order."""
    columns = [ledger.c.n, ledger.c.kind, ledger.c.points, ledger.c.lapses_on]
    columns += [ledger.c.purchase_id, ledger.c.redemption_id]
    query = select(*columns).where(ledger.c.member_id == member_id).order_by(ledger.c.n)
    return [_entry(row) for row in connection.execute(query)]


def _entry(row: Row[Any]) -> Entry:
    last_day = date.fromisoformat(row.lapses_on) if row.lapses_on else None
    is_lapse = row.kind == LineKind.EXPIRE
    return Entry(row.n, row.points, last_day, row.purchase_id, row.redemption_id, is_lapse)


def balance_of(connection: Connection, member_id: str) -> int:
    """The sum of the member's entries."""
    query = select(func.coalesce(func.sum(ledger.c.points), 0))
    return int(connection.execute(query.where(ledger.c.member_id == member_id)).scalar_one())


def correct(
    connection: Connection, member_id: str, points: int, reason: LineReason, now: datetime
) -> int:
    """Adjust the balance by so many points, signed; the new balance.

    What comes in this way never lapses: HQ owed it.

    Raises:
        Refusal: 404 when there is no such member.
    """
    require_member(connection, member_id)
    return book(connection, member_id, [Booking(LineKind.ADJUST, reason, points, now)], now)


def require_member(connection: Connection, member_id: str) -> Row[Any]:
    """The member's row.

    Raises:
        Refusal: 404 when there is no such member.
    """
    row = connection.execute(select(member).where(member.c.member_id == member_id)).one_or_none()
    if row is None:
        raise Refusal(404, "there is no such member")
    return row
