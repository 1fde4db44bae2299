"""Collecting at the counter: what is held is given out once, by its code or by the card."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.model.codes import is_offline_code
from kiosk.model.members import CardStatus
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.tables import card, early, redemption

WAITING = ("held", "issued")
"""States of a redemption that waits at a counter."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What the counter gives out.

    Attributes:
        redemption_id: None for an offline code whose record has not come yet; the slip on the
            member's screen then says what it is for.
        cash_fen: to be paid besides the points.
    """

    store_id: str
    at: datetime
    redemption_id: UUID | None = None
    member_id: str | None = None
    reward_id: str | None = None
    points: int | None = None
    cash_fen: int | None = None


def collect(
    connection: Connection, store_id: str, code: str, fleet_salt: bytes, now: datetime
) -> Collected:
    """Give out what waits under this code in this store.

    Args:
        connection: inside a write transaction.
        store_id: where the till stands.
        code: six digits from HQ, or nine from a kiosk that was offline.
        fleet_salt: what proves nine digits whose record has not come yet.
        now: HQ's time.

    Raises:
        Refusal: 404 nothing waits under it here, 409 collected before, 410 its time is over.
    """
    here = (redemption.c.store_id == store_id) & (redemption.c.code == code)
    rows = connection.execute(select(redemption).where(here).order_by(redemption.c.made.desc()))
    found = rows.all()
    waiting = next((row for row in found if row.state in WAITING), None)
    if waiting is not None:
        return _give_out(connection, waiting, now)
    if found:
        raise _too_late(found[0])
    if is_offline_code(code, store_id, fleet_salt):
        return _before_its_record(connection, store_id, code, now)
    raise Refusal(404, "nothing waits under this code in this store")


def collect_by_card(
    connection: Connection, store_id: str, card_key: str, redemption_id: UUID, now: datetime
) -> Collected:
    """Give out what is held for the member of this card; the card stands for the code.

    Raises:
        Refusal: 403 the card may not be used, 404 no such card, or nothing of its member waits
            in this store, 409 collected before, 410 its time is over.
    """
    row = connection.execute(select(card).where(card.c.card_key == card_key)).one_or_none()
    if row is None or row.gone:
        raise Refusal(404, "there is no such card")
    if row.status != CardStatus.ACTIVE.value:
        raise Refusal(403, "this card may not be used")
    theirs = (redemption.c.redemption_id == str(redemption_id)) & (
        redemption.c.member_id == row.member_id
    )
    query = select(redemption).where(theirs, redemption.c.store_id == store_id)
    found = connection.execute(query).one_or_none()
    if found is None:
        raise Refusal(404, "nothing of this member waits here under this number")
    if found.state not in WAITING:
        raise _too_late(found)
    return _give_out(connection, found, now)


def take_early(
    connection: Connection, store_id: str, code: str | None, redemption_id: UUID
) -> str | None:
    """When an offline code was collected before its record came; None when it was not."""
    mine = (early.c.store_id == store_id) & (early.c.code == code)
    row = connection.execute(select(early).where(mine, early.c.redemption_id.is_(None))).first()
    if row is None:
        return None
    matched = update(early).where(mine).values(redemption_id=str(redemption_id))
    connection.execute(matched)
    return str(row.at)


def _give_out(connection: Connection, row: Row[Any], now: datetime) -> Collected:
    if row.until is not None and datetime.fromisoformat(row.until) <= now:
        raise Refusal(410, "the time to collect this is over; the points are back")
    mine = update(redemption).where(redemption.c.redemption_id == row.redemption_id)
    connection.execute(mine.values(state="collected", ended=now.isoformat()))
    touch(connection, [row.member_id], now)
    return Collected(
        row.store_id,
        now,
        UUID(row.redemption_id),
        row.member_id,
        row.reward_id,
        row.points,
        row.cash_fen,
    )


def _too_late(row: Row[Any]) -> Refusal:
    if row.state == "released":
        return Refusal(410, "the time to collect this is over; the points are back")
    return Refusal(409, f"this was collected already, in {row.store_id} at {row.ended}")


def _before_its_record(
    connection: Connection, store_id: str, code: str, now: datetime
) -> Collected:
    mine = (early.c.store_id == store_id) & (early.c.code == code)
    if connection.execute(select(early).where(mine)).first() is not None:
        raise Refusal(409, "this was collected already, before the kiosk could report it")
    row = {"store_id": store_id, "code": code, "at": now.isoformat()}
    connection.execute(insert(early).values(row))
    return Collected(store_id, now)
