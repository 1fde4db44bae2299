"""A member's profile at HQ: what is known and by whom, everything said about it, and a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from kiosk.content import Content
from kiosk.model.asking import Source
from kiosk.model.text import Identifier, Language
from kiosk.survey.profile import BIRTHDAY, Field, fields_of, stages_of
from kiosk.survey.showing import shown_words
from sim.hq import profile
from sim.hq.answer_tables import profile_put_off, profile_said, profile_value
from sim.hq.care import Arrival
from sim.hq.database import rows_of
from sim.hq.days import local_time
from sim.hq.fitting import Given, faults_in
from sim.hq.form_fields import Shown, answer_of, shown
from sim.hq.forms import Sent, fault_words
from sim.hq.minors import as_birthday, is_old_enough

SAID_SHOWN = 50
"""Newest words on the page."""


@dataclass(frozen=True, slots=True)
class Known:
    """One value, masked as kiosks show it: staff see the end of a number and no more.

    Attributes:
        words: of the choices, or what is shown of anything else; () for what is never shown.
    """

    row: Row[Any]
    title: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileShown:
    """One member's profile."""

    known: list[Known]
    put_off: list[tuple[str, Row[Any]]]
    said: list[tuple[str, Row[Any]]]


@dataclass(frozen=True, slots=True)
class Noting:
    """Staff note what a member told them.

    Attributes:
        staff_id: who.
        store_id: where.
        now: HQ's time.
    """

    member_id: Identifier
    staff_id: str
    store_id: str
    content: Content
    now: datetime
    language: Language

    @property
    def arrival(self) -> Arrival:
        """How it comes; words of HQ are in the order of milliseconds."""
        seq = int(self.now.timestamp() * 1000)
        return Arrival(profile.AT_HQ, self.store_id, seq, self.now, self.now, self.content)


def profile_shown(
    connection: Connection, member_id: str, content: Content | None, language: Language
) -> ProfileShown:
    """Everything HQ knows of a member's profile, in words."""
    fields = _fields(content)
    known = rows_of(connection, profile_value, member_id, profile_value.c.field)
    said = rows_of(connection, profile_said, member_id, profile_said.c.at.desc())[:SAID_SHOWN]
    put_off = rows_of(connection, profile_put_off, member_id, profile_put_off.c.field)
    return ProfileShown(
        [_known(row, fields.get(row.field), language) for row in known],
        [(_title(fields.get(row.field), row.field, language), row) for row in put_off],
        [(_title(fields.get(row.field), row.field, language), row) for row in said],
    )


def _fields(content: Content | None) -> dict[str, Field]:
    stages = stages_of(content.surveys) if content is not None else ()
    return {one.name: one for one in fields_of(stages)}


def _title(field: Field | None, name: str, language: Language) -> str:
    title = field.question.title if field is not None else None
    return title.in_(language) if title else name


def _known(row: Row[Any], field: Field | None, language: Language) -> Known:
    words: tuple[str, ...] = ()
    if field is not None:
        words = shown_words(field.question, field.note, row.shown, language)
    return Known(row, _title(field, row.field, language), words)


def profile_fields(
    content: Content,
    language: Language,
    sent: Sent | None = None,
    faults: Mapping[str, str] | None = None,
) -> tuple[Shown, ...]:
    """Every question of every stage as a field, those among them that only staff may note."""
    again, wrong = sent or {}, faults or {}
    return tuple(
        shown(
            one,
            language,
            on_file=False,
            typed=again.get(f"q.{name}", ()),
            fault=wrong.get(name, ""),
        )
        for name, one in _fields(content).items()
    )


def note_values(
    connection: Connection, noting: Noting, sent: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Keep what staff filled in, all of it or nothing; what is wrong, by the question's name.

    Args:
        connection: inside a write transaction.
        noting: who notes what about whom.
        sent: what the browser sent; an empty field changes nothing.

    Raises:
        Refusal: 404 when there is no such member.
    """
    told = {
        one.name: (one, value)
        for one in _fields(noting.content).values()
        if (value := answer_of(one.question, sent)) is not None
    }
    faults = {
        name: fault for name, (one, value) in told.items() if (fault := _fault(noting, one, value))
    }
    if faults:
        return faults
    for one, value in told.values():
        stage = (one.stage.id, one.stage.version)
        entry = profile.Entry(
            noting.member_id,
            one.name,
            value,
            noting.language,
            Source.STAFF,
            stage,
            noting.staff_id,
        )
        profile.enter(connection, noting.arrival, entry)
    return {}


def _fault(noting: Noting, field: Field, value: object) -> str:
    arrival = noting.arrival
    born = as_birthday(value) if field.name == BIRTHDAY else None
    if born is not None and not is_old_enough(born, noting.content, arrival.day):
        return TOO_YOUNG[noting.language]
    at = local_time(noting.content, noting.now, noting.store_id)
    faults = faults_in(
        field.stage, field.name, Given({field.name: value}, False, noting.language, at)
    )
    return fault_words(faults, noting.language)


TOO_YOUNG = {
    Language.ZH: "未到入会年龄，不能登记。",
    Language.EN: "Not old enough for membership. It is not kept.",
}
