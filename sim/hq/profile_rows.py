"""What a directory row tells of the profile: what is known, masked, and what was turned down."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.model.answers import Reluctance
from kiosk.model.asking import Known, PutOff, Source
from kiosk.model.masks import masked_name
from kiosk.survey.profile import BIRTHDAY, NAME
from sim.hq.answer_tables import profile_put_off, profile_value, stage_paid
from sim.hq.database import rows_of_members
from sim.hq.tables import member

KNOWN_TOLD = 60
PUT_OFF_TOLD = 60
STAGES_TOLD = 10
"""What kiosk.model.members.Member takes of each."""


@dataclass(slots=True)
class ProfileTold:
    """What is told of one member's profile."""

    known: list[Known] = field(default_factory=list)
    put_off: list[PutOff] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)


def known_of(connection: Connection, ids: set[str]) -> dict[str, ProfileTold]:
    """What is told of these members; one question a table is asked."""
    told = {one: ProfileTold() for one in ids}
    for row in rows_of_members(connection, profile_value, ids, profile_value.c.field):
        if len(told[row.member_id].known) < KNOWN_TOLD:
            told[row.member_id].known.append(_known(row))
    for row in connection.execute(select(*_ON_FILE).where(member.c.member_id.in_(ids))):
        told[row.member_id].known += _on_file(row, told[row.member_id].known)
    for row in rows_of_members(connection, profile_put_off, ids, profile_put_off.c.field):
        if len(told[row.member_id].put_off) < PUT_OFF_TOLD:
            told[row.member_id].put_off.append(_put_off(row))
    for row in rows_of_members(connection, stage_paid, ids, stage_paid.c.survey_id):
        if len(told[row.member_id].stages) < STAGES_TOLD:
            told[row.member_id].stages.append(row.survey_id)
    return told


def _known(row: Row[Any]) -> Known:
    return Known(
        field=row.field,
        shown=row.shown,
        source=Source(row.source),
        on=date.fromisoformat(row.day),
    )


_ON_FILE = [
    member.c[name] for name in ("member_id", "full_name", "birth_month", "joined_on", "as_of")
]


def _on_file(row: Row[Any], known: list[Known]) -> list[Known]:
    """What HQ had before any question was asked: the name and the month of birth."""
    fields = {one.field for one in known}
    on = date.fromisoformat(row.joined_on or datetime.fromisoformat(row.as_of).date().isoformat())
    had = {}
    if row.full_name.strip():
        had[NAME] = masked_name(row.full_name.strip())
    if row.birth_month is not None:
        had[BIRTHDAY] = ""
    return [
        Known(field=name, shown=shown, source=Source.IMPORT, on=on)
        for name, shown in had.items()
        if name not in fields
    ][: max(0, KNOWN_TOLD - len(known))]


def _put_off(row: Row[Any]) -> PutOff:
    return PutOff(field=row.field, how=Reluctance(row.how), on=date.fromisoformat(row.day))
