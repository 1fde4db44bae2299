"""Service segments by recency, frequency and money: core, regular, occasional; for HQ alone."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, select, update

from sim.hq.days import months_later
from sim.hq.directory import touch
from sim.hq.tables import member, purchase

Row = TypeVar("Row")

AT_ONCE = 5000
"""Members that change in one statement: a database takes 32 766 values at least (SQLite)."""

MONTHS = 12
"""Purchases that count: a year has every season once."""

FIFTHS = 5

CORE_FROM = 12
REGULAR_FROM = 7
"""Sums of the three fifths; chosen so that about a fifth of those who buy are core."""


class Segment(StrEnum):
    """How much of the staff's care HQ plans for a member; kiosks choose content by it, unshown."""

    CORE = "core"
    REGULAR = "regular"
    OCCASIONAL = "occasional"


@dataclass(frozen=True, slots=True)
class Habit:
    """What a member's purchases of the last months come to.

    Attributes:
        last_day: of the newest one.
        count: how many there were.
        fen: what was paid and kept.
    """

    last_day: date
    count: int
    fen: int


def segment_members(
    connection: Connection, today: date, now: datetime | None = None
) -> dict[Segment, int]:
    """Put every member into a segment anew; how many are in each.

    Args:
        connection: inside a write transaction.
        today: the store-local day up to which purchases count.
        now: HQ's time, at which kiosks are told; None while no kiosk has been told of anybody.
    """
    found = segments(habits(connection, today))
    moved = _moved(connection, found)
    for change in batched(moved.items(), AT_ONCE):
        rows = [{"who": who, "new": segment.value} for who, segment in change]
        mine = update(member).where(member.c.member_id == bindparam("who"))
        connection.execute(mine.values(segment=bindparam("new")), rows)
        if now is not None:
            touch(connection, [who for who, _segment in change], now)
    people = select(member.c.segment, func.count()).where(member.c.applied.is_(False))
    counted = connection.execute(people.group_by(member.c.segment))
    return {Segment(row[0]): int(row[1]) for row in counted}


def _moved(connection: Connection, found: Mapping[str, Segment]) -> dict[str, Segment]:
    """Members whose segment is another one now; who bought nothing is occasional."""
    better = select(member.c.member_id, member.c.segment)
    rows = connection.execute(better.where(member.c.segment != Segment.OCCASIONAL.value))
    before = {row[0]: Segment(row[1]) for row in rows}
    now = dict.fromkeys(before, Segment.OCCASIONAL) | dict(found)
    return {
        who: segment
        for who, segment in now.items()
        if segment is not before.get(who, Segment.OCCASIONAL)
    }


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows, so many at a time."""
    waiting = iter(rows)
    while part := list(islice(waiting, size)):
        yield part


def habits(connection: Connection, today: date) -> dict[str, Habit]:
    """The habits of all members who bought something within the months that count."""
    since = months_later(today, -MONTHS).isoformat()
    kept = purchase.c.purchase_fen - purchase.c.refunded_fen
    figures = (func.max(purchase.c.day), func.count(), func.sum(kept))
    query = select(purchase.c.member_id, *figures).where(purchase.c.day > since, kept > 0)
    rows = connection.execute(query.group_by(purchase.c.member_id))
    return {row[0]: Habit(date.fromisoformat(row[1]), int(row[2]), int(row[3])) for row in rows}


def segments(known: Mapping[str, Habit]) -> dict[str, Segment]:
    """The segment of each member who bought something; all others are occasional.

    Each of the three figures gives 1 to 5, by the fifth of the members it lies in. Together 12
    of 15 make core, which is four in each on the average, and 7 make regular.
    """
    recency = fifths({who: one.last_day.toordinal() for who, one in known.items()})
    frequency = fifths({who: one.count for who, one in known.items()})
    worth = fifths({who: one.fen for who, one in known.items()})
    return {who: _segment(recency[who] + frequency[who] + worth[who]) for who in known}


def fifths(figures: Mapping[str, int]) -> dict[str, int]:
    """1 to 5 for each, 5 for the highest fifth; equal figures get the same, the lower one."""
    order = sorted(figures.values())
    return {who: _fifth(order, figure) for who, figure in figures.items()}


def _fifth(order: Sequence[int], figure: int) -> int:
    below = bisect_left(order, figure)
    return 1 + below * FIFTHS // len(order)


def _segment(score: int) -> Segment:
    if score >= CORE_FROM:
        return Segment.CORE
    return Segment.REGULAR if score >= REGULAR_FROM else Segment.OCCASIONAL
