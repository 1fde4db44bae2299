"""Reads from the database whom HQ may send what, and what a member has said about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, func, or_, select

from kiosk.content import Content
from kiosk.model.care import DataWish
from sim.hq.care_tables import allowed, consent, contact, data_request
from sim.hq.tables import card, member

REQUESTS_SHOWN = 50
"""Those that wait longest."""

CHANGES_SHOWN = 50
"""Newest changes of a member's wishes."""


@dataclass(frozen=True, slots=True)
class Purposes:
    """What messages are for.

    Attributes:
        names: those of the content in its order, then those it does not know any more.
        unknown: which of them content does not know.
        promotions: which of them count as promotions; what content does not know is taken for one.
    """

    names: tuple[str, ...]
    unknown: frozenset[str]
    promotions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sending:
    """Whom HQ may send what.

    Attributes:
        counts: members by purpose and channel.
        caps: of members who may be sent any promotion: how many want at most so many a month;
            None stands for HQ's usual number.
        quiet: members on do-not-disturb.
    """

    counts: dict[tuple[str, str], int]
    purposes: Purposes
    caps: list[tuple[int | None, int]]
    quiet: int


def sending(connection: Connection, content: Content | None) -> Sending:
    """Whom HQ may send what, in figures."""
    purposes = _purposes(connection, content)
    may = _may_be_sent(purposes.promotions).subquery()
    query = select(may.c.purpose_id, may.c.channel, func.count())
    rows = connection.execute(query.group_by(may.c.purpose_id, may.c.channel))
    quiet = select(func.count()).select_from(contact).where(contact.c.do_not_disturb.is_(True))
    return Sending(
        counts={(row[0], row[1]): int(row[2]) for row in rows},
        purposes=purposes,
        caps=_caps(connection, purposes.promotions),
        quiet=int(connection.execute(quiet).scalar_one()),
    )


def _purposes(connection: Connection, content: Content | None) -> Purposes:
    told = content.care.contact.purposes if content is not None else ()
    names = tuple(one.purpose_id for one in told)
    found = set(connection.execute(select(allowed.c.purpose_id).distinct()).scalars())
    unknown = frozenset(found - set(names))
    promotions = frozenset(one.purpose_id for one in told if one.promotion) | unknown
    return Purposes((*names, *sorted(unknown)), unknown, promotions)


def _may_be_sent(promotions: frozenset[str]) -> Select[Any]:
    """One row for each member, purpose and channel that HQ may use.

    Left out are members who wish not to be disturbed, who are no members any more, who asked to
    be erased, and promotions to those who want none.
    """
    wants_some = or_(contact.c.per_month.is_(None), contact.c.per_month > 0)
    joined = allowed.join(contact, contact.c.member_id == allowed.c.member_id)
    columns = (
        allowed.c.member_id,
        allowed.c.purpose_id,
        allowed.c.channel,
        contact.c.per_month,
        contact.c.hours,
        allowed.c.text_version,
    )
    return (
        select(*columns)
        .select_from(joined)
        .where(
            contact.c.do_not_disturb.is_(False),
            or_(allowed.c.purpose_id.not_in(promotions), wants_some),
            _is_member(),
            ~_asked_to_be_erased(),
        )
    )


def _is_member() -> ColumnElement[bool]:
    """Whether HQ knows them and they still have a card."""
    mine = and_(card.c.member_id == allowed.c.member_id, card.c.gone.is_(False))
    return exists().where(mine).where(member.c.member_id == allowed.c.member_id)


def _asked_to_be_erased() -> ColumnElement[bool]:
    """Whether they asked for it and have not granted this since."""
    mine = and_(
        data_request.c.member_id == allowed.c.member_id,
        data_request.c.wish == DataWish.ERASE.value,
        data_request.c.at >= allowed.c.at,
    )
    return exists().where(mine)


def _caps(connection: Connection, promotions: frozenset[str]) -> list[tuple[int | None, int]]:
    may = _may_be_sent(promotions).subquery()
    many = func.count(may.c.member_id.distinct())
    query = select(may.c.per_month, many).where(may.c.purpose_id.in_(promotions))
    rows = connection.execute(query.group_by(may.c.per_month)).all()
    return sorted(((row[0], int(row[1])) for row in rows), key=lambda one: (one[0] is None, one))


def sending_list(connection: Connection, content: Content | None) -> Iterator[Row[Any]]:
    """Every member, purpose and channel that HQ may use, in that order."""
    query = _may_be_sent(_purposes(connection, content).promotions)
    order = (allowed.c.member_id, allowed.c.purpose_id, allowed.c.channel)
    yield from connection.execute(query.order_by(*order))


def open_requests(connection: Connection) -> list[Row[Any]]:
    """Requests nobody has dealt with, the longest waiting first."""
    query = _requests().where(data_request.c.done_at.is_(None)).order_by(data_request.c.at)
    return list(connection.execute(query.limit(REQUESTS_SHOWN)).all())


def requests_of(connection: Connection, member_id: str) -> list[Row[Any]]:
    """A member's requests, the newest first."""
    query = _requests().where(data_request.c.member_id == member_id)
    newest = query.order_by(data_request.c.at.desc())
    return list(connection.execute(newest.limit(REQUESTS_SHOWN)).all())


def _requests() -> Select[Any]:
    joined = data_request.outerjoin(member, member.c.member_id == data_request.c.member_id)
    return select(data_request, member.c.called_zh, member.c.called_en).select_from(joined)


def wishes_said(connection: Connection, member_id: str) -> list[Row[Any]]:
    """What a member said about messages, the newest first."""
    mine = select(consent).where(consent.c.member_id == member_id)
    newest = mine.order_by(consent.c.at.desc(), consent.c.seq.desc())
    return list(connection.execute(newest.limit(CHANGES_SHOWN)).all())
