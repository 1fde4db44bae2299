"""Reads from the database what HQ is told of answers: which surveys, their figures, free words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from kiosk.content import Content
from kiosk.model.answers import Flag
from kiosk.model.care import Reporting
from kiosk.survey.document import Document, Kind, Sensitivity
from kiosk.survey.questions import Question
from sim.hq.answer_tables import survey_edition, survey_response
from sim.hq.days import zone_of
from sim.hq.editions import edition
from sim.hq.statistics.report import Report, report, takes_words
from sim.hq.statistics.responses import Response
from sim.hq.tables import member, purchase

WORDS_SHOWN = 30
"""Of each question with a name to it, the newest; and as many without."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a survey and how many answered it.

    Attributes:
        document: None where HQ never published it.
    """

    survey_id: str
    version: int
    document: Document | None
    responses: int


@dataclass(frozen=True, slots=True)
class Told:
    """What people wrote to one question.

    Attributes:
        named: rows with words, day, store and the member's greeting, the newest first.
        nameless: words alone and how often they were written, in an order that says nothing of
            their coming.
        too_few: how many nameless ones there are while it is too few to show them.
        private: how many were told in confidence: they are not shown here.
    """

    name: str
    named: tuple[Any, ...]
    nameless: tuple[tuple[str, int], ...]
    too_few: int
    private: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is told of one edition.

    Attributes:
        stores: of any answer, by id: content may not name all of them any more.
    """

    report: Report
    said: tuple[Told, ...]
    stores: tuple[str, ...]


def minimum_of(content: Content | None) -> int:
    """How many answers it takes before a score is told."""
    return (content.care.reporting if content is not None else Reporting()).minimum_answers


def editions_answered(connection: Connection) -> list[Edition]:
    """Every edition but the profile's, the newest of each survey first."""
    counted = _counts(connection)
    keys = set(counted) | _published(connection)
    found = [Edition(*key, edition(connection, *key), counted.get(key, 0)) for key in sorted(keys)]
    asked = [one for one in found if one.document is None or one.document.kind != Kind.PROFILE]
    return sorted(asked, key=lambda one: (_place(one), one.survey_id, -one.version))


def _place(one: Edition) -> int:
    """Satisfaction first, what HQ never published last."""
    return list(Kind).index(one.document.kind) if one.document is not None else len(Kind)


def _counts(connection: Connection) -> dict[tuple[str, int], int]:
    by = (survey_response.c.survey_id, survey_response.c.survey_version)
    rows = connection.execute(select(*by, func.count()).group_by(*by))
    return {(row[0], row[1]): int(row[2]) for row in rows}


def _published(connection: Connection) -> set[tuple[str, int]]:
    query = select(survey_edition.c.survey_id, survey_edition.c.version)
    return {(row[0], row[1]) for row in connection.execute(query)}


def mark_of(connection: Connection, survey_id: str, version: int) -> int:
    """How many answers to this edition have come."""
    query = select(func.count()).select_from(survey_response).where(_of(survey_id, version))
    return int(connection.execute(query).scalar_one())


def figures_of(
    connection: Connection, content: Content | None, document: Document, store_id: str
) -> Figures:
    """What there is to tell of one edition.

    Args:
        connection: to read from.
        content: whose shifts and minimum hold.
        document: the edition.
        store_id: only this store's; empty for all.
    """
    minimum = minimum_of(content)
    given = _responses(connection, content, document, store_id)
    return Figures(
        report(document, given, minimum),
        tuple(_words(connection, document, store_id, minimum)),
        tuple(_stores(connection, document)),
    )


def _of(survey_id: str, version: int, store_id: str = "") -> ColumnElement[bool]:
    here = and_(
        survey_response.c.survey_id == survey_id, survey_response.c.survey_version == version
    )
    return and_(here, survey_response.c.store_id == store_id) if store_id else here


def _responses(
    connection: Connection, content: Content | None, document: Document, store_id: str
) -> Iterator[Response]:
    joined = survey_response.outerjoin(
        purchase,
        and_(
            purchase.c.purchase_id == survey_response.c.purchase_id,
            purchase.c.member_id == survey_response.c.member_id,
        ),
    )
    own = survey_response.c
    columns = (own.store_id, own.day, own.complete, own.flags, own.answers, own.misfits)
    query = select(*columns, own.seconds, own.at, purchase.c.staff_id).select_from(joined)
    shifts = _Shifts(content)
    for row in connection.execute(query.where(_of(document.id, document.version, store_id))):
        yield Response(
            row.store_id,
            date.fromisoformat(row.day),
            row.complete,
            _is_doubtful(document.kind, row.flags),
            {name: one for name, one in row.answers.items() if name not in row.misfits},
            row.seconds or {},
            row.staff_id,
            shifts.at(row.at, row.store_id),
        )


def _is_doubtful(kind: Kind, flags: list[str]) -> bool:
    """Whether a response counts in the raw figures alone; a vote is for people without a card."""
    open_to_all = {Flag.NO_MEMBER.value} if kind is Kind.VOTE else set()
    return bool(set(flags) - open_to_all)


_TO_MINUTES = len("2026-11-22T08:00")
"""Of a stamp; a store's clock may be half an hour beside UTC's."""


class _Shifts:
    """Which shift a time belongs to, by the clock of its store; each minute is looked up once."""

    def __init__(self, content: Content | None) -> None:
        self._content = content
        self._known: dict[tuple[str, str], str | None] = {}

    def at(self, moment: str | None, store_id: str) -> str | None:
        """The shift's id; None without a time, or outside of every shift."""
        if moment is None or self._content is None or not self._content.care.reporting.shifts:
            return None
        key = (moment[:_TO_MINUTES], store_id)
        if key not in self._known:
            local = datetime.fromisoformat(moment).astimezone(zone_of(self._content, store_id))
            shift = self._content.care.reporting.shift_at(local.hour)
            self._known[key] = shift.shift_id if shift is not None else None
        return self._known[key]


def _words(connection: Connection, document: Document, store_id: str, minimum: int) -> list[Told]:
    """What people wrote, question by question.

    Nameless words come in the order of the words themselves, and only when there are enough of
    them that nobody can be guessed by being the only one.
    """
    asked = [
        one
        for one in document.survey.questions().values()
        if isinstance(one, Question) and takes_words(one)
    ]
    return [_told(connection, document, one.name, store_id, minimum) for one in asked]


def _told(
    connection: Connection, document: Document, name: str, store_id: str, minimum: int
) -> Told:
    own = survey_response.c
    words = own.answers[name].as_string()
    here = and_(_of(document.id, document.version, store_id), words.is_not(None), words != "")
    if _is_private(document, name):
        hidden = connection.execute(select(func.count()).select_from(survey_response).where(here))
        return Told(name, (), (), 0, int(hidden.scalar_one()))
    joined = survey_response.outerjoin(member, member.c.member_id == own.member_id)
    told = (words.label("words"), own.day, own.store_id, own.member_id)
    named = select(*told, member.c.called_zh, member.c.called_en).select_from(joined)
    newest = named.where(here, own.anonymous.is_(False)).order_by(own.at.desc()).limit(WORDS_SHOWN)
    nameless = select(words.label("words")).where(here, own.anonymous.is_(True)).subquery()
    grouped = select(nameless.c.words, func.count()).group_by(nameless.c.words)
    said = [(str(row[0]), int(row[1])) for row in connection.execute(grouped)]
    many = sum(count for _, count in said)
    enough = many >= minimum
    return Told(
        name,
        tuple(connection.execute(newest).all()),
        tuple(sorted(said)[:WORDS_SHOWN]) if enough else (),
        0 if enough else many,
        0,
    )


def _is_private(document: Document, name: str) -> bool:
    note = document.questions.get(name)
    return note is not None and note.sensitivity is not Sensitivity.NORMAL


def _stores(connection: Connection, document: Document) -> list[str]:
    here = _of(document.id, document.version)
    query = select(survey_response.c.store_id).where(here).distinct()
    return list(connection.execute(query.order_by(survey_response.c.store_id)).scalars())
