"""Complaints: opened once, moved from step to step by staff, told to the member until closed."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, insert, select, update

from kiosk.content import Content
from kiosk.model.care import STEPS
from kiosk.model.facts import Feedback, Visit
from kiosk.model.verdicts import Because, Outcome, Verdict
from sim.hq.care import Arrival, note
from sim.hq.care_tables import case_step, complaint
from sim.hq.days import stamp
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.redeeming import card_trouble

TOLD_FOR = timedelta(days=90)
"""How long a row tells of a closed case whose member has not come by: a season."""


def open_case(connection: Connection, arrival: Arrival, fact: Feedback) -> Verdict:
    """Take a complaint in, whatever it is about and whoever says it; none is ever refused.

    Args:
        connection: inside the transaction that stores the record, called once for each.
        arrival: how it came.
        fact: the complaint.
    """
    trouble = None
    if fact.member_id is not None:
        trouble = card_trouble(connection, fact.member_id, fact.card_key or "")
    row = _row(arrival, fact) | {
        "card_wrong": trouble is not None,
        # What was said with nobody's or another's card is not told in this member's name.
        "told": fact.member_id is not None and trouble is not Because.UNKNOWN,
    }
    connection.execute(insert(complaint).values(row))
    _reach(connection, row["case_id"], 1, arrival.now)
    if fact.member_id is None:
        return Verdict(outcome=Outcome.NOTED, as_of=arrival.now)
    return note(connection, fact.member_id, arrival)


def _row(arrival: Arrival, fact: Feedback) -> dict[str, object]:
    return {
        "case_id": str(fact.feedback_id),
        "member_id": fact.member_id,
        "kiosk_id": arrival.kiosk_id,
        "store_id": arrival.store_id,
        "cause_id": fact.cause_id,
        "reasons": list(fact.reasons),
        "unknown_cause": not _is_known(arrival.content, fact),
        "words": fact.words,
        "call_me": fact.call_me,
        "staff_now": fact.staff_now,
        "complete": fact.complete,
        "language": fact.language.value,
        "opened": stamp(arrival.at),
        "day": arrival.day.isoformat(),
        "step": 1,
    }


def _is_known(content: Content | None, fact: Feedback) -> bool:
    """Whether the published content names this cause and every one of the reasons."""
    cause = content.care.complaints.cause(fact.cause_id) if content is not None else None
    return cause is not None and {one.choice_id for one in cause.reasons} >= set(fact.reasons)


def move_on(connection: Connection, case_id: str, from_step: int, now: datetime) -> bool:
    """Move a case to its next step; the last one closes it.

    Args:
        connection: inside a write transaction.
        case_id: which.
        from_step: where it stands for whoever moves it, so that two clicks are one step.
        now: HQ's time.

    Returns:
        False when it does not stand there (any more), or is closed.

    Raises:
        Refusal: 404 when there is no such case.
    """
    mine = complaint.c.case_id == case_id
    row = connection.execute(select(complaint).where(mine)).one_or_none()
    if row is None:
        raise Refusal(404, "there is no such complaint")
    if row.step != from_step or row.step >= STEPS:
        return False
    closed_at = stamp(now) if row.step + 1 == STEPS else None
    connection.execute(update(complaint).where(mine).values(step=row.step + 1, closed_at=closed_at))
    _reach(connection, case_id, row.step + 1, now)
    if row.member_id is not None:
        touch(connection, [row.member_id], now)
    return True


def _reach(connection: Connection, case_id: object, step: int, now: datetime) -> None:
    row = {"case_id": case_id, "step": step, "at": stamp(now)}
    connection.execute(insert(case_step).values(row))


def note_shown(connection: Connection, visit: Visit, now: datetime) -> None:
    """Remember which closed cases a member has seen: the visit's page knew of them."""
    seen = _stamped(visit.directory_as_of)
    if seen is None:
        return
    closed = (complaint.c.member_id == visit.member_id) & (complaint.c.closed_at <= seen)
    query = update(complaint).where(closed, complaint.c.told.is_(True))
    if connection.execute(query.values(told=False, shown_closed=stamp(now))).rowcount:
        touch(connection, [visit.member_id], now)


def _stamped(text: str) -> str | None:
    """The time a kiosk wrote, as the tables keep it; None when it is none."""
    try:
        moment = datetime.fromisoformat(text)
        return stamp(moment) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def any_too_old(connection: Connection, now: datetime) -> bool:
    """Whether a row tells of a case that was closed long ago."""
    return connection.execute(select(complaint.c.case_id).where(_too_old(now))).first() is not None


def stop_telling(connection: Connection, now: datetime) -> None:
    """Take cases that were closed long ago out of their members' rows."""
    query = update(complaint).where(_too_old(now)).values(told=False)
    members = connection.execute(query.returning(complaint.c.member_id)).scalars().all()
    touch(connection, set(members), now)


def _too_old(now: datetime) -> ColumnElement[bool]:
    return complaint.c.told.is_(True) & (complaint.c.closed_at < stamp(now - TOLD_FOR))
