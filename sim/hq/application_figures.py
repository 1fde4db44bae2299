"""Reads from the database what the board of applications shows."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, cast, func, select

from kiosk.content import Content
from kiosk.loyalty.joining import Way
from kiosk.model.asking import ApplicationState
from kiosk.model.masks import masked_phone
from kiosk.survey.profile import PHONE
from sim.hq.answer_rows import bought_by
from sim.hq.answer_tables import application, group_code, profile_value
from sim.hq.applications import way_of
from sim.hq.days import day_in
from sim.hq.figures import local
from sim.hq.groups import group_of

DECIDED_SHOWN = 30
"""Newest decisions on the page; older ones are in the members' own pages."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One application.

    Attributes:
        way: how far it still is; None while nothing is published.
        bought_fen: all purchases together.
        group: whose code it bears, while that was valid on its day.
        phone: masked; staff see the end of it.
        same_phone: applications and members with the same number beside this one.
    """

    row: Row[Any]
    at: datetime | None
    way: Way | None
    bought_fen: int
    group: str | None
    phone: str
    same_phone: int


@dataclass(frozen=True, slots=True)
class Board:
    """Applications by state: those that wait, the oldest first, then decisions, newest first."""

    submitted: list[Shown]
    accepted: list[Shown]
    refused: list[Shown]
    groups: list[Row[Any]]


def board(connection: Connection, content: Content | None, now: datetime) -> Board:
    """The board of applications."""
    order = (application.c.at, application.c.application_id)
    waiting = _rows(connection, ApplicationState.SUBMITTED, *order)
    newest = (application.c.decided.desc(),)
    accepted = _rows(connection, ApplicationState.ACCEPTED, *newest)[:DECIDED_SHOWN]
    refused = _rows(connection, ApplicationState.REFUSED, *newest)[:DECIDED_SHOWN]
    codes = connection.execute(select(group_code).order_by(group_code.c.valid_to.desc())).all()
    return Board(
        [_shown(connection, content, row, now) for row in waiting],
        [_shown(connection, content, row, now) for row in accepted],
        [_shown(connection, content, row, now) for row in refused],
        list(codes),
    )


def waiting_count(connection: Connection) -> int:
    """Applications that wait for a decision."""
    waiting = application.c.state == ApplicationState.SUBMITTED.value
    query = select(func.count()).select_from(application).where(waiting)
    return int(connection.execute(query).scalar_one())


def _rows(connection: Connection, state: ApplicationState, *order: Any) -> list[Row[Any]]:
    query = select(application).where(application.c.state == state.value)
    return list(connection.execute(query.order_by(*order)).all())


def _shown(connection: Connection, content: Content | None, row: Row[Any], now: datetime) -> Shown:
    fen = bought_by(connection, {row.application_id}).get(row.application_id, [])
    way = None
    if content is not None:
        way = way_of(connection, content, row, day_in(content, now, row.store_id))
    group = group_of(connection, row)
    return Shown(
        row=row,
        at=local(row.at),
        way=way,
        bought_fen=sum(fen),
        group=group.who if group is not None else None,
        phone=masked_phone(row.phone),
        same_phone=_others_with(connection, row),
    )


def _others_with(connection: Connection, row: Row[Any]) -> int:
    """How many others have told the same phone: the same person twice, or a family."""
    same = (application.c.phone == row.phone) & (application.c.application_id != row.application_id)
    applied = select(func.count()).select_from(application).where(same)
    told = (profile_value.c.field == PHONE) & (
        cast(profile_value.c.value, Text) == json.dumps(row.phone)
    )
    members = select(func.count()).select_from(profile_value)
    theirs = members.where(told, profile_value.c.member_id != (row.member_id or ""))
    accepted = application.c.state == ApplicationState.ACCEPTED.value
    twice = connection.execute(applied.where(~accepted)).scalar_one()
    return int(twice + connection.execute(theirs).scalar_one())
