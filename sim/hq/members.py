"""What HQ's staff may change on a member: by hand, one at a time."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, update

from kiosk.model.ledger import LineReason
from kiosk.model.members import CardStatus
from kiosk.model.text import Identifier
from sim.hq.database import Database
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.ledger import correct, require_member
from sim.hq.naming import greeting
from sim.hq.tables import card, member


class MemberEdit(BaseModel):
    """What may be changed at once; a field left out stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: int | None = Field(default=None, ge=-(10**9), le=10**9)
    add_points: int = Field(default=0, ge=-(10**9), le=10**9)
    tier: Identifier | None = None
    card_status: CardStatus | None = None
    gone: bool = Field(default=False, description="the membership ends: its cards vanish")


def edit_member(database: Database, member_id: str, edit: MemberEdit, now: datetime) -> None:
    """Change a member; every card of theirs becomes a change of the directory.

    Raises:
        Refusal: 404 when there is no such member.
    """
    with database.write() as connection:
        balance = require_member(connection, member_id).points
        added = (balance if edit.points is None else edit.points) + edit.add_points - balance
        if added:
            correct(connection, member_id, added, LineReason.CORRECTION, now)
        if edit.tier is not None:
            set_tier(connection, member_id, edit.tier, now)
        if edit.card_status is not None:
            set_card_status(connection, member_id, edit.card_status, now)
        if edit.gone:
            mine = update(card).where(card.c.member_id == member_id)
            connection.execute(mine.values(gone=True))
        touch(connection, [member_id], now)


def set_tier(connection: Connection, member_id: str, tier: str, now: datetime) -> None:
    """Give the member a tier, whatever was bought; it has no end."""
    values = {"tier": tier, "tier_until": None, "tier_since": None, "tier_bar_fen": 0}
    values["tier_former"] = None
    mine = update(member).where(member.c.member_id == member_id)
    connection.execute(mine.values(values | {"as_of": now.isoformat()}))
    touch(connection, [member_id], now)


def set_card_status(
    connection: Connection, member_id: str, status: CardStatus, now: datetime
) -> None:
    """Call the member's present card lost, found again, blocked or replaced.

    Raises:
        Refusal: 404 when the member has no card that is not replaced.
    """
    present = (card.c.member_id == member_id) & (card.c.status != CardStatus.REPLACED.value)
    changed = connection.execute(update(card).where(present).values(status=status.value))
    if changed.rowcount == 0:
        raise Refusal(404, "this member has no present card")
    touch(connection, [member_id], now)


def set_birthday(connection: Connection, member_id: str, month: int, now: datetime) -> None:
    """Keep the month of the member's birthday: the programme needs no more of it.

    The month's voucher comes with the next look at this member (sim/hq/clockwork.py).

    Raises:
        Refusal: 404 when there is no such member, 422 when it is no month.
    """
    if not 1 <= month <= 12:
        raise Refusal(422, "a month is 1 to 12")
    if require_member(connection, member_id).birth_month != month:
        look_at_once(connection, member_id, birth_month=month)


def set_referrer(connection: Connection, member_id: str, friend: str) -> None:
    """Note by whom a member was brought, once: what they buy from now on brings the friend a share.

    Raises:
        Refusal: 404 when one of them is no member, 409 when somebody is noted already, or the two
            would have brought each other.
    """
    row, other = require_member(connection, member_id), require_member(connection, friend)
    if other.applied:
        raise Refusal(404, "there is no such member")
    if row.referred_by is not None:
        raise Refusal(409, "it is noted already who brought this member")
    if member_id in (friend, other.referred_by):
        raise Refusal(409, "nobody is brought by themselves, or by whom they brought")
    mine = update(member).where(member.c.member_id == member_id)
    connection.execute(mine.values(referred_by=friend))


def set_name_once(connection: Connection, member_id: str, name: str) -> None:
    """Greet a member by the name they told, where HQ had none; another one changes nothing.

    A name on file was seen on an identity card or told by the member: whoever finds a card must
    not be able to rename its owner.
    """
    if require_member(connection, member_id).full_name.strip():
        return
    mine = update(member).where(member.c.member_id == member_id)
    connection.execute(mine.values(full_name=name.strip(), **greeting(name)))


def clear_overspent(connection: Connection, member_id: str) -> None:
    """Let the member spend offline again; the allowance comes with the next look at them."""
    look_at_once(connection, member_id, overspent=False)


def look_at_once(connection: Connection, member_id: str, **values: object) -> None:
    """Change columns of the member, and let the clockwork look at them at its next tick."""
    mine = update(member).where(member.c.member_id == member_id)
    connection.execute(mine.values(values | {"due": AT_ONCE}))


AT_ONCE = "0001-01-01"
"""A day that has come: what is due on it happens at the next tick."""
