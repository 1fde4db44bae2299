"""Members' requests about their own data: to see it, to correct it, to erase it."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from kiosk.model.facts import DataRequest
from kiosk.model.verdicts import Verdict
from sim.hq.care import Arrival, note
from sim.hq.care_tables import data_request
from sim.hq.days import stamp
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.redeeming import card_trouble


def ask(connection: Connection, arrival: Arrival, fact: DataRequest) -> Verdict:
    """Take a request in; it is kept whatever the card, for staff ask who it is before they act.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: the request.
    """
    row = {
        "request_id": str(fact.request_id),
        "member_id": fact.member_id,
        "card_wrong": card_trouble(connection, fact.member_id, fact.card_key) is not None,
        "kiosk_id": arrival.kiosk_id,
        "store_id": arrival.store_id,
        "wish": fact.wish.value,
        "language": fact.language.value,
        "at": stamp(arrival.at),
        "day": arrival.day.isoformat(),
    }
    connection.execute(insert(data_request).values(row))
    return note(connection, fact.member_id, arrival)


def answer(connection: Connection, request_id: str, now: datetime) -> None:
    """Note that staff have dealt with a request; a second time changes nothing.

    Raises:
        Refusal: 404 when there is no such request.
    """
    mine = data_request.c.request_id == request_id
    row = connection.execute(select(data_request).where(mine)).one_or_none()
    if row is None:
        raise Refusal(404, "there is no such request")
    if row.done_at is None:
        connection.execute(update(data_request).where(mine).values(done_at=stamp(now)))
        touch(connection, [row.member_id], now)
