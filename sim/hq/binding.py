"""Cards and the people they belong to: bound once, replaced by a new one, never shared."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.model.cards import card_key, identifies
from kiosk.model.members import CardStatus
from sim.hq.directory import next_sequences, touch
from sim.hq.errors import Refusal
from sim.hq.tables import card


def key_of_uid(text: str, fleet_salt: bytes) -> str:
    """The key of a card from the number a reader at HQ shows: 14 or 20 hex digits.

    Raises:
        Refusal: 422 when it is no number of a membership card.
    """
    digits = re.sub(r"[\s:-]", "", text)
    uid = bytes.fromhex(digits) if re.fullmatch(r"(?:[0-9A-Fa-f]{2})+", digits) else b""
    if not identifies(uid):
        raise Refusal(422, "a card's number has 14 or 20 digits, 0 to 9 and A to F")
    return card_key(uid, fleet_salt).hex()


def find_card(connection: Connection, key: str) -> Row[Any] | None:
    """The card with this key; None for one that HQ does not know, or not any more."""
    row = connection.execute(select(card).where(card.c.card_key == key)).one_or_none()
    return None if row is None or row.gone else row


def bind(
    connection: Connection, member_id: str, key: str, status: CardStatus, now: datetime
) -> None:
    """Give somebody a card; what it was before a membership ended does not matter.

    Args:
        connection: inside a write transaction.
        member_id: who must be known.
        key: of the card.
        status: from now on.
        now: HQ's time.

    Raises:
        Refusal: 409 when it is somebody else's, or was this one's and was replaced.
    """
    known = find_card(connection, key)
    if known is not None and known.member_id != member_id:
        raise Refusal(409, "this card belongs to somebody already")
    if known is not None and known.status == CardStatus.REPLACED.value:
        raise Refusal(409, "this card was replaced and is not used again")
    (number,) = next_sequences(connection)
    values = {
        "member_id": member_id,
        "status": status.value,
        "gone": False,
        "changed": number,
        "changed_at": now.isoformat(),
    }
    mine = update(card).where(card.c.card_key == key)
    if connection.execute(mine.values(values)).rowcount == 0:
        connection.execute(insert(card).values(card_key=key, **values))


def replace_card(connection: Connection, member_id: str, key: str, now: datetime) -> None:
    """Give a member a new card; every earlier one is replaced, lost and blocked ones too.

    Args:
        connection, member_id, key, now: as for `bind`.

    Raises:
        Refusal: 409 when it is somebody's already.
    """
    if find_card(connection, key) is not None:
        raise Refusal(409, "this card belongs to somebody already")
    retire_cards(connection, member_id)
    bind(connection, member_id, key, CardStatus.ACTIVE, now)
    touch(connection, [member_id], now)


def retire_cards(connection: Connection, member_id: str, but: str = "") -> None:
    """Call every card of somebody replaced, except perhaps one."""
    others = (card.c.member_id == member_id) & (card.c.card_key != but)
    connection.execute(update(card).where(others).values(status=CardStatus.REPLACED.value))
