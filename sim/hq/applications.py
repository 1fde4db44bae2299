"""Applications for membership: received, led to a card, accepted or refused with a reason."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kiosk.content import Content
from kiosk.loyalty.joining import Way, way_to_join
from kiosk.model.answers import Application
from kiosk.model.asking import Applicant, ApplicationState
from kiosk.model.members import CardStatus
from kiosk.model.verdicts import Outcome, Verdict
from sim.hq import newcomers
from sim.hq.answer_rows import bought_by
from sim.hq.answer_tables import application
from sim.hq.binding import bind, find_card, retire_cards
from sim.hq.care import Arrival, note
from sim.hq.days import day_in, stamp
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.groups import group_of
from sim.hq.tables import member


class Basis(StrEnum):
    """Why somebody may become a member."""

    PURCHASES = "purchases"
    GROUP = "group"
    TRANSFER = "transfer"


def receive(connection: Connection, arrival: Arrival, fact: Application) -> Verdict:
    """Take an application in; with a card its applicant is in the directory from now on.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: the application; nobody in it is too young (sim/hq/minors.py).
    """
    who = take_in(connection, arrival, fact)
    if who is None:
        return Verdict(outcome=Outcome.NOTED, as_of=arrival.now)
    return note(connection, who, arrival)


def take_in(connection: Connection, arrival: Arrival, fact: Application) -> str | None:
    """Keep an application; whose row tells of it, None without a card.

    Args:
        connection, arrival, fact: as for `receive`.
    """
    holder = _holder(connection, fact.card_key)
    who = None
    if fact.card_key is not None and (holder is None or holder.applied):
        who = _seat(connection, arrival, fact, holder)
    row = fact.model_dump(mode="json", exclude={"kind"}) | {
        "member_id": who,
        "kiosk_id": arrival.kiosk_id,
        "store_id": arrival.store_id,
        "at": stamp(arrival.at),
        "day": arrival.day.isoformat(),
        "state": ApplicationState.SUBMITTED.value,
    }
    connection.execute(insert(application).values(row))
    # With a member's card: the row tells nothing, but the kiosk must forget what it claims.
    return who or (str(holder.member_id) if holder is not None else None)


def _holder(connection: Connection, card_key: str | None) -> Row[Any] | None:
    """Who holds this card already, as a member or as an applicant."""
    known = find_card(connection, card_key) if card_key is not None else None
    if known is None:
        return None
    query = select(member).where(member.c.member_id == known.member_id)
    return connection.execute(query).one()


def _is_member(connection: Connection, member_id: str) -> bool:
    query = select(member.c.applied).where(member.c.member_id == member_id)
    return not connection.execute(query).scalar_one()


def _seat(
    connection: Connection, arrival: Arrival, fact: Application, holder: Row[Any] | None
) -> str:
    """Let the directory tell of the applicant by the card that was laid down."""
    assert fact.card_key is not None
    if holder is not None:
        return str(holder.member_id)
    tier = newcomers.lowest_tier(arrival.content, arrival.day)
    who = newcomers.add_applicant(connection, fact.name, fact.language, tier, arrival.now)
    bind(connection, who, fact.card_key, CardStatus.APPLIED, arrival.now)
    return who


def require(connection: Connection, application_id: str) -> Row[Any]:
    """The application.

    Raises:
        Refusal: 404 when there is no such application.
    """
    query = select(application).where(application.c.application_id == application_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Refusal(404, "there is no such application")
    return row


def accept(
    connection: Connection,
    content: Content,
    application_id: str,
    now: datetime,
    *,
    card_key: str | None = None,
    transfer: bool = False,
) -> str:
    """Make an applicant a member with an active card; the member's number.

    Args:
        connection: inside a write transaction.
        content: whose programme says what is asked for.
        application_id: which.
        now: HQ's time.
        card_key: of another card than the one that was laid down.
        transfer: staff have seen another club's card.

    Raises:
        Refusal: 404 no such application; 409 decided already, nothing entitles to membership,
            the card is somebody else's, or another application with it was accepted; 422 there
            is no card.
    """
    row = require(connection, application_id)
    if row.state != ApplicationState.SUBMITTED.value:
        raise Refusal(409, "this application was decided already")
    key = card_key or row.card_key
    if key is None:
        raise Refusal(422, "there is no card yet: lay one on the reader and enter its number")
    if row.member_id is not None and _is_member(connection, row.member_id):
        raise Refusal(409, "who laid this card down is a member already")
    today = day_in(content, now, row.store_id)
    basis = _basis(connection, content, row, today, transfer=transfer)
    who = row.member_id or newcomers.add_applicant(
        connection, row.name, row.language, newcomers.lowest_tier(content, today), now
    )
    bind(connection, who, key, CardStatus.ACTIVE, now)
    retire_cards(connection, who, but=key)
    values = {"member_id": who, "card_key": key, "basis": basis.value}
    _decide(connection, application_id, ApplicationState.ACCEPTED, now, values)
    newcomers.admit(connection, content, require(connection, application_id), now)
    touch(connection, [who], now)
    return str(who)


def refuse(connection: Connection, application_id: str, reason: str, now: datetime) -> None:
    """Refuse an application, with a reason that the counter can tell.

    Raises:
        Refusal: 404 no such application; 409 decided already; 422 no reason.
    """
    row = require(connection, application_id)
    if row.state != ApplicationState.SUBMITTED.value:
        raise Refusal(409, "this application was decided already")
    if not reason.strip():
        raise Refusal(422, "a refusal needs a reason")
    values = {"reason": reason.strip()}
    _decide(connection, application_id, ApplicationState.REFUSED, now, values)
    if row.member_id is not None:
        touch(connection, [row.member_id], now)


def _decide(
    connection: Connection,
    application_id: str,
    state: ApplicationState,
    now: datetime,
    values: Mapping[str, object],
) -> None:
    mine = update(application).where(application.c.application_id == application_id)
    connection.execute(mine.values(dict(values) | {"state": state.value, "decided": stamp(now)}))


def _basis(
    connection: Connection, content: Content, row: Row[Any], today: date, *, transfer: bool
) -> Basis:
    """What entitles the applicant to membership.

    Raises:
        Refusal: 409 when nothing does.
    """
    if way_of(connection, content, row, today).is_done:
        return Basis.PURCHASES
    if group_of(connection, row) is not None:
        return Basis.GROUP
    if transfer:
        return Basis.TRANSFER
    raise Refusal(409, "not enough was bought yet, and there is no valid group code")


def way_of(connection: Connection, content: Content, row: Row[Any], today: date) -> Way:
    """How far it still is, by what was bought with this application."""
    fen = bought_by(connection, {row.application_id}).get(row.application_id, [0])
    state = ApplicationState(row.state)
    applicant = Applicant(
        state=state, on=date.fromisoformat(row.day), best_fen=max(fen), total_fen=sum(fen)
    )
    return way_to_join(content.on(today).programme.joining, applicant)


def retell_group(connection: Connection, code: str, now: datetime) -> None:
    """Tell the kiosks anew of those who wait with this code, made or taken back just now."""
    bears = application.c.group_code == code.strip().upper()
    waits = application.c.state == ApplicationState.SUBMITTED.value
    query = select(application.c.member_id).where(
        bears, waits, application.c.member_id.is_not(None)
    )
    touch(connection, connection.execute(query).scalars().all(), now)
