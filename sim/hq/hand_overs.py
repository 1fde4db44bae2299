"""Links to a form on one's own phone: each opens once, for ten minutes, on one phone."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.model.answers import HandOver
from kiosk.model.care import Asking
from kiosk.model.hand_over import fingerprint
from sim.hq.answer_tables import hand_over
from sim.hq.care import Arrival
from sim.hq.database import insert_fresh
from sim.hq.days import stamp
from sim.hq.redeeming import card_trouble

FILLED_IN_WITHIN = timedelta(minutes=30)
"""How long an opened form can be sent in; a pause for a call is in it, a night is not."""


class Gate(StrEnum):
    """Whether a link leads to its form."""

    OPEN = "open"
    UNKNOWN = "unknown"
    LATE = "late"
    TAKEN = "taken"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link leads to.

    Attributes:
        row: of the table `hand_over`; None of an unknown link.
        token: which the phone that opened it must show from then on; "" where it did so now.
    """

    gate: Gate
    row: Row[Any] | None = None
    token: str = ""


def expect(connection: Connection, arrival: Arrival, fact: HandOver) -> None:
    """Remember a link that a kiosk shows; its time counts from when it was shown.

    A secret that is known already stays whose it is: chance draws none twice.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: the link, known by the hash of its secret alone.
    """
    same = select(hand_over.c.hand_over_id).where(hand_over.c.secret_sha256 == fact.secret_sha256)
    if connection.execute(same).first() is not None:
        return
    asking = arrival.content.care.asking if arrival.content is not None else Asking()
    wrong = fact.member_id is not None and (
        card_trouble(connection, fact.member_id, fact.card_key or "") is not None
    )
    row = {
        "hand_over_id": str(fact.hand_over_id),
        "secret_sha256": fact.secret_sha256,
        "form": fact.form.value,
        "member_id": fact.member_id,
        "card_key": fact.card_key,
        "card_wrong": wrong,
        "language": fact.language.value,
        "kiosk_id": arrival.kiosk_id,
        "store_id": arrival.store_id,
        "until": stamp(arrival.at + timedelta(seconds=asking.hand_over_s)),
    }
    insert_fresh(connection, hand_over, row)


def open_once(connection: Connection, secret: str, token: str, now: datetime) -> Opened:
    """Open a link; the phone that has opened it before may see its form again.

    Args:
        connection: inside a write transaction.
        secret: of the link.
        token: what the phone shows of an earlier opening; "" for nothing.
        now: HQ's time.
    """
    row = find(connection, secret)
    if row is None:
        return Opened(Gate.UNKNOWN)
    gate = _gate(row, token, now)
    if gate is not Gate.OPEN or row.opened is not None:
        return Opened(gate, row)
    drawn = secrets.token_urlsafe(24)
    mine = update(hand_over).where(hand_over.c.hand_over_id == row.hand_over_id)
    connection.execute(mine.values(opened=stamp(now), token_sha256=fingerprint(drawn)))
    return Opened(Gate.OPEN, row, drawn)


def may_send(connection: Connection, secret: str, token: str, now: datetime) -> Opened:
    """Whether this phone may send the form in now.

    Args:
        connection, secret, token, now: as for `open_once`.
    """
    row = find(connection, secret)
    if row is None or row.opened is None:
        return Opened(Gate.UNKNOWN)
    return Opened(_gate(row, token, now), row)


def use(connection: Connection, row: Row[Any], now: datetime) -> None:
    """Note that a form was sent in: its link leads nowhere any more."""
    mine = update(hand_over).where(hand_over.c.hand_over_id == row.hand_over_id)
    connection.execute(mine.values(used=stamp(now)))


def is_used(connection: Connection, row: Row[Any]) -> bool:
    """Whether a form was sent in since its row was read."""
    mine = hand_over.c.hand_over_id == row.hand_over_id
    return connection.execute(select(hand_over.c.used).where(mine)).scalar_one() is not None


def find(connection: Connection, secret: str) -> Row[Any] | None:
    """The link with this secret; None while HQ has none."""
    query = select(hand_over).where(hand_over.c.secret_sha256 == fingerprint(secret))
    return connection.execute(query).one_or_none()


def _gate(row: Row[Any], token: str, now: datetime) -> Gate:
    if row.used is not None:
        return Gate.USED
    if row.card_wrong:
        return Gate.LATE  # a card that was blocked meanwhile opens nothing, and need not know why
    if row.opened is None:
        return Gate.OPEN if stamp(now) < row.until else Gate.LATE
    if not secrets.compare_digest(fingerprint(token), row.token_sha256):
        return Gate.TAKEN
    until = datetime.fromisoformat(row.opened) + FILLED_IN_WITHIN
    return Gate.OPEN if now < until else Gate.LATE
