"""Reads from the database how good the profiles are that stores and their staff have gathered."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from kiosk.content import Content
from kiosk.survey.profile import completeness, fields_of, stages_of
from sim.hq.answer_tables import profile_said
from sim.hq.answers_figures import minimum_of
from sim.hq.profile_fold import ANSWERED, CONFIRMED
from sim.hq.profile_rows import known_of
from sim.hq.statistics.quality import Board, Said, quality_board

AT_ONCE = 500
"""Members whose profiles are read with one question a table is asked: SQLite takes so many ids."""


def board_since(connection: Connection, content: Content | None, since: date) -> Board:
    """The contest since a day.

    Args:
        connection: to read from.
        content: whose stages say what a complete profile is.
        since: the first day that counts.
    """
    words = list(_said(connection))
    members = sorted({one.member_id for one in words if one.day >= since})
    percents = _percents(connection, content, members)
    return quality_board(words, percents, since, minimum_of(content))


def words_said(connection: Connection) -> int:
    """How many words about profiles have come."""
    query = select(func.count()).select_from(profile_said)
    return int(connection.execute(query).scalar_one())


def _said(connection: Connection) -> Iterator[Said]:
    """Everything that holds, in the order it was said."""
    own = profile_said.c
    columns = (own.member_id, own.field, own.said, own.value, own.store_id, own.staff_id, own.day)
    counts = own.holds.is_(True) & own.said.in_((ANSWERED, CONFIRMED))
    query = select(*columns).where(counts).order_by(own.at, own.kiosk_id, own.seq)
    for row in connection.execute(query):
        value: Any = row.value if row.said == ANSWERED else None
        day = date.fromisoformat(row.day)
        yield Said(row.member_id, row.field, value, row.store_id, row.staff_id, day)


def _percents(
    connection: Connection, content: Content | None, members: list[str]
) -> dict[str, int]:
    """How complete the profiles of these members are."""
    if content is None:
        return {}
    fields = fields_of(stages_of(content.surveys))
    known: dict[frozenset[str], int] = {}
    found: dict[str, int] = {}
    for at in range(0, len(members), AT_ONCE):
        for member_id, told in known_of(connection, set(members[at : at + AT_ONCE])).items():
            names = frozenset(one.field for one in told.known)
            if names not in known:
                known[names] = completeness(fields, names)
            found[member_id] = known[names]
    return found
