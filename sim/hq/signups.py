"""Signing up for events: seats in each store, then a list of those who wait."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from kiosk.content import Content
from kiosk.loyalty.calendar import concerns
from kiosk.model.facts import EventSignup
from kiosk.model.programme import Event
from kiosk.model.verdicts import Because, Outcome, Verdict
from sim.hq.days import day_in
from sim.hq.directory import touch
from sim.hq.redeeming import card_trouble
from sim.hq.tables import member, signup


def sign_up(
    connection: Connection,
    content: Content | None,
    fact: EventSignup,
    store_id: str,
    now: datetime,
) -> Verdict:
    """Sign a member up for an event or off it; doing it again changes nothing.

    A seat that becomes free goes to whoever waits longest in the same store.

    Args:
        connection: inside the transaction that stores the record.
        content: with the events; None while nothing is published.
        fact: the wish.
        store_id: where the kiosk stands: the seat is there.
        now: HQ's time.
    """
    trouble = card_trouble(connection, fact.member_id, fact.card_key)
    if trouble is not None:
        return _refused(trouble, now)
    if not fact.coming:
        _sign_off(connection, content, fact, now)
        return Verdict(outcome=Outcome.SIGNED_OFF, as_of=now)
    seated = _seat_of(connection, fact)
    if seated is None:
        event = _event(content, fact.event_id, store_id, now)
        because = _refusal(connection, content, event, fact, store_id, now)
        if event is None or because is not None:
            return _refused(because or Because.NOT_OFFERED, now)
        seated = _has_seat(connection, event, store_id)
        row = {"event_id": fact.event_id, "member_id": fact.member_id, "store_id": store_id}
        connection.execute(insert(signup).values(row | {"seated": seated}))
        touch(connection, [fact.member_id], now)
    return Verdict(outcome=Outcome.SIGNED_UP if seated else Outcome.WAITLISTED, as_of=now)


def _refused(because: Because, now: datetime) -> Verdict:
    return Verdict(outcome=Outcome.REFUSED, because=because, as_of=now)


def _seat_of(connection: Connection, fact: EventSignup) -> bool | None:
    """Whether the member has a seat or waits for one; None without a sign-up."""
    query = select(signup.c.seated).where(_of(fact))
    return connection.execute(query).scalar_one_or_none()


def _of(fact: EventSignup) -> ColumnElement[bool]:
    return (signup.c.event_id == fact.event_id) & (signup.c.member_id == fact.member_id)


def _event(content: Content | None, event_id: str, store_id: str, now: datetime) -> Event | None:
    if content is None:
        return None
    events = content.on(day_in(content, now, store_id)).programme.events
    return next((event for event in events if event.event_id == event_id), None)


def _refusal(
    connection: Connection,
    content: Content | None,
    event: Event | None,
    fact: EventSignup,
    store_id: str,
    now: datetime,
) -> Because | None:
    if content is None or event is None or (event.stores and store_id not in event.stores):
        return Because.NOT_OFFERED
    if event.on < day_in(content, now, store_id):
        return Because.TOO_LATE
    query = select(member.c.tier).where(member.c.member_id == fact.member_id)
    tier = connection.execute(query).scalar_one()
    return None if concerns(event, tier, store_id) else Because.TIER


def _has_seat(connection: Connection, event: Event, store_id: str) -> bool:
    here = (signup.c.event_id == event.event_id) & (signup.c.store_id == store_id)
    query = select(func.count()).select_from(signup).where(here, signup.c.seated.is_(True))
    return event.seats is None or connection.execute(query).scalar_one() < event.seats


def _sign_off(
    connection: Connection, content: Content | None, fact: EventSignup, now: datetime
) -> None:
    row = connection.execute(select(signup).where(_of(fact))).one_or_none()
    if row is None:
        return
    connection.execute(delete(signup).where(_of(fact)))
    touch(connection, [fact.member_id], now)
    event = _event(content, fact.event_id, row.store_id, now)
    if row.seated and event is not None and _has_seat(connection, event, row.store_id):
        _seat_next(connection, event, row.store_id)


def _seat_next(connection: Connection, event: Event, store_id: str) -> None:
    """Give a free seat to whoever waits longest here."""
    waits = (signup.c.event_id == event.event_id) & (signup.c.store_id == store_id)
    first = select(func.min(signup.c.n)).where(waits, signup.c.seated.is_(False))
    number = connection.execute(first).scalar()
    if number is not None:
        connection.execute(update(signup).where(signup.c.n == number).values(seated=True))
