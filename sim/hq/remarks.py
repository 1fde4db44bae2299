"""Hands what members say, and what their visits show, to the part of HQ that keeps it."""

from datetime import datetime

from sqlalchemy import Connection

from kiosk.content import Content
from kiosk.model.facts import ConsentChange, DataRequest, Fact, Feedback, Visit
from kiosk.model.verdicts import Verdict
from sim.hq import complaints, consents, data_requests
from sim.hq.care import Arrival, said_at
from sim.hq.envelope import Envelope, GoodRecord


def take_note(
    connection: Connection,
    content: Content | None,
    envelope: Envelope,
    item: GoodRecord,
    now: datetime,
) -> Verdict | None:
    """Keep what a record says; None for one that only tells.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        content: what is published.
        envelope: the upload it came in.
        item: the record.
        now: HQ's time.
    """
    at = said_at(item.wire.occurred, envelope.sent, now)
    arrival = Arrival(envelope.kiosk, envelope.store, item.wire.seq, at, now, content)
    return _keep(connection, arrival, item.fact)


def _keep(connection: Connection, arrival: Arrival, fact: Fact) -> Verdict | None:
    match fact:
        case Feedback():
            return complaints.open_case(connection, arrival, fact)
        case ConsentChange():
            return consents.keep(connection, arrival, fact)
        case DataRequest():
            return data_requests.ask(connection, arrival, fact)
        case Visit():
            complaints.note_shown(connection, fact, arrival.now)
    return None
