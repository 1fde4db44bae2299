"""Hands what members say, and what their visits show, to the part of HQ that keeps it."""

from datetime import datetime

from sqlalchemy import Connection

from kiosk.content import Content
from kiosk.model.answers import (
    Application,
    HandOver,
    ProfileAnswer,
    SurveyAsked,
    SurveyResponse,
)
from kiosk.model.facts import ConsentChange, DataRequest, Fact, Feedback, Visit
from kiosk.model.verdicts import Verdict
from kiosk.model.wire import WireRecord
from sim.hq import (
    applications,
    complaints,
    consents,
    data_requests,
    hand_overs,
    profile,
    survey_answers,
)
from sim.hq.care import Arrival, said_at
from sim.hq.envelope import Envelope


def arrival_of(
    envelope: Envelope, content: Content | None, wire: WireRecord, now: datetime
) -> Arrival:
    """How a record came.

    Args:
        envelope: the upload it came in.
        content: what is published.
        wire: the record.
        now: HQ's time.
    """
    at = said_at(wire.occurred, envelope.sent, now)
    return Arrival(envelope.kiosk, envelope.store, wire.seq, at, now, content)


def take_note(connection: Connection, arrival: Arrival, fact: Fact) -> Verdict | None:
    """Keep what a record says; None for one that only tells.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: what it says.
    """
    match fact:
        case Feedback():
            return complaints.open_case(connection, arrival, fact)
        case ConsentChange():
            return consents.keep(connection, arrival, fact)
        case DataRequest():
            return data_requests.ask(connection, arrival, fact)
        case Visit():
            complaints.note_shown(connection, fact, arrival.now)
        case HandOver():
            hand_overs.expect(connection, arrival, fact)
        case _:
            return _take_answer(connection, arrival, fact)
    return None


def _take_answer(connection: Connection, arrival: Arrival, fact: Fact) -> Verdict | None:
    match fact:
        case SurveyResponse():
            return survey_answers.keep(connection, arrival, fact)
        case SurveyAsked():
            return survey_answers.note_asked(connection, arrival, fact)
        case ProfileAnswer():
            return profile.keep(connection, arrival, fact)
        case Application():
            return applications.receive(connection, arrival, fact)
    return None
