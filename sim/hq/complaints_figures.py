"""Reads from the database what staff see of complaints: the board, who waits, a member's own."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from kiosk.content import Content
from kiosk.model.care import STEPS
from sim.hq.care_tables import case_step, complaint
from sim.hq.complaints import TOLD_FOR
from sim.hq.days import stamp
from sim.hq.figures import local
from sim.hq.tables import member

CASES_PER_STEP = 30
"""On the board: more than anybody deals with in a day; the rest is counted."""

URGENT_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One complaint as staff see it.

    Attributes:
        row: of the table `complaint`, with the member's greeting where HQ knows the member.
        history: when each step was reached, by step.
        age: since it was said.
        overdue: it stands at its step for longer than HQ means it to.
        aim_hours: how long that is; None where HQ has no aim.
    """

    row: Row[Any]
    history: dict[int, datetime | None]
    age: timedelta
    overdue: bool
    aim_hours: int | None

    @property
    def closed(self) -> bool:
        """Whether the last step is reached."""
        return bool(self.row.step == STEPS)


@dataclass(frozen=True, slots=True)
class Column:
    """The cases at one step.

    Attributes:
        step: from 1.
        cases: those that want staff first, then the longest waiting; closed ones the newest first.
        more: how many there are besides.
    """

    step: int
    cases: list[CaseShown]
    more: int


def board(
    connection: Connection, content: Content | None, now: datetime, store_id: str = ""
) -> list[Column]:
    """All steps with their cases.

    Args:
        connection: to read from.
        content: whose aims say what is overdue.
        now: HQ's time.
        store_id: only this store's; empty for all.
    """
    here = _on_board(now, store_id)
    query = select(complaint.c.step, func.count()).where(here).group_by(complaint.c.step)
    many = Counter({row[0]: int(row[1]) for row in connection.execute(query)})
    columns = []
    for step in range(1, STEPS + 1):
        last = step == STEPS
        order = (complaint.c.closed_at.desc(),) if last else _LONGEST_WAITING
        rows = _rows(connection, and_(here, complaint.c.step == step), order, CASES_PER_STEP)
        shown = _shown(connection, rows, content, now)
        columns.append(Column(step, shown, many[step] - len(shown)))
    return columns


_LONGEST_WAITING = (complaint.c.staff_now.desc(), complaint.c.opened)


def _on_board(now: datetime, store_id: str) -> ColumnElement[bool]:
    """Open cases, and those closed within the time their members may be told of it."""
    recent = stamp(now - TOLD_FOR)
    here = or_(complaint.c.closed_at.is_(None), complaint.c.closed_at >= recent)
    return and_(here, complaint.c.store_id == store_id) if store_id else here


def urgent(
    connection: Connection, content: Content | None, now: datetime
) -> tuple[list[CaseShown], int]:
    """Who asked for staff now and nobody has moved on, the longest waiting first; and how many."""
    waits = and_(complaint.c.staff_now.is_(True), complaint.c.step == 1)
    rows = _rows(connection, waits, (complaint.c.opened,), URGENT_SHOWN)
    many = connection.execute(select(func.count()).select_from(complaint).where(waits))
    return _shown(connection, rows, content, now), int(many.scalar_one())


def cases_of(
    connection: Connection, content: Content | None, now: datetime, member_id: str
) -> list[CaseShown]:
    """A member's complaints, the newest first."""
    mine = complaint.c.member_id == member_id
    rows = _rows(connection, mine, (complaint.c.opened.desc(),), CASES_PER_STEP)
    return _shown(connection, rows, content, now)


def stores_that_complained(connection: Connection) -> list[str]:
    """Stores of any complaint, by id: content may not name all of them any more."""
    query = select(complaint.c.store_id).distinct().order_by(complaint.c.store_id)
    return list(connection.execute(query).scalars())


def _rows(
    connection: Connection, which: ColumnElement[bool], order: Iterable[Any], limit: int
) -> list[Row[Any]]:
    joined = complaint.outerjoin(member, member.c.member_id == complaint.c.member_id)
    query = select(complaint, member.c.called_zh, member.c.called_en).select_from(joined)
    return list(connection.execute(query.where(which).order_by(*order).limit(limit)).all())


def _shown(
    connection: Connection, rows: list[Row[Any]], content: Content | None, now: datetime
) -> list[CaseShown]:
    histories: dict[str, dict[int, datetime | None]] = {row.case_id: {} for row in rows}
    query = select(case_step).where(case_step.c.case_id.in_(histories)).order_by(case_step.c.step)
    for step in connection.execute(query):
        histories[step.case_id][step.step] = local(step.at)
    aims = content.care.complaints.aim_hours if content is not None else None
    return [_case(row, histories[row.case_id], aims, now) for row in rows]


def _case(
    row: Row[Any],
    history: dict[int, datetime | None],
    aims: tuple[int, ...] | None,
    now: datetime,
) -> CaseShown:
    aim = aims[row.step - 1] if aims is not None and row.step < STEPS else None
    here_since = history[row.step]
    late = aim is not None and here_since is not None and now - here_since > timedelta(hours=aim)
    return CaseShown(row, history, now - datetime.fromisoformat(row.opened), late, aim)
