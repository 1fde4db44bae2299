"""What a directory row tells of wishes, complaints and requests, many members at a time."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row

from kiosk.model.care import Channel, DataWish
from kiosk.model.members import AskedOfHq, Case, ContactWishes
from sim.hq.care_tables import allowed, complaint, contact, data_request, noted
from sim.hq.database import rows_of_members

CASES_TOLD = 10
ASKED_TOLD = 10
"""What kiosk.model.members.Member takes of each."""


@dataclass(slots=True)
class CareTold:
    """What is told of one member, cases and requests the newest first."""

    wishes: ContactWishes = field(default_factory=ContactWishes)
    cases: list[Case] = field(default_factory=list)
    asked: list[AskedOfHq] = field(default_factory=list)
    noted: dict[str, int] = field(default_factory=dict)


def care_of(connection: Connection, ids: set[str]) -> dict[str, CareTold]:
    """What is told of these members; one question a table is asked."""
    told = {one: CareTold() for one in ids}
    granted = _granted(connection, ids)
    for row in rows_of_members(connection, contact, ids):
        told[row.member_id].wishes = _wishes(row, granted.get(row.member_id, {}))
    for row in rows_of_members(connection, complaint, ids, complaint.c.opened.desc()):
        cases = told[row.member_id].cases
        if row.told and len(cases) < CASES_TOLD:
            cases.append(_case(row))
    for row in rows_of_members(connection, data_request, ids, data_request.c.at.desc()):
        asked = told[row.member_id].asked
        if len(asked) < ASKED_TOLD:
            asked.append(_asked(row))
    for row in rows_of_members(connection, noted, ids):
        told[row.member_id].noted[row.kiosk_id] = row.seq
    return told


def _granted(connection: Connection, ids: set[str]) -> dict[str, dict[str, tuple[Channel, ...]]]:
    found: dict[str, dict[str, tuple[Channel, ...]]] = {}
    order = (allowed.c.purpose_id, allowed.c.channel)
    for row in rows_of_members(connection, allowed, ids, *order):
        purposes = found.setdefault(row.member_id, {})
        purposes[row.purpose_id] = (*purposes.get(row.purpose_id, ()), Channel(row.channel))
    return found


def _wishes(row: Row[Any], granted: dict[str, tuple[Channel, ...]]) -> ContactWishes:
    return ContactWishes(
        do_not_disturb=row.do_not_disturb,
        granted=granted,
        per_month=row.per_month,
        hours=row.hours,
    )


def _case(row: Row[Any]) -> Case:
    return Case(
        case_id=row.case_id,
        cause_id=row.cause_id,
        opened=date.fromisoformat(row.day),
        step=row.step,
    )


def _asked(row: Row[Any]) -> AskedOfHq:
    return AskedOfHq(
        request_id=UUID(row.request_id),
        wish=DataWish(row.wish),
        on=date.fromisoformat(row.day),
        done=row.done_at is not None,
    )
