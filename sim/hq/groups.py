"""Codes of group applications: made at HQ, good on their days, taken back when they leak."""

import re
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, delete, select

from sim.hq.answer_tables import group_code
from sim.hq.database import insert_fresh
from sim.hq.errors import Refusal


def add_group(connection: Connection, code: str, who: str, first: str, last: str) -> None:
    """Make a code.

    Args:
        connection: inside a write transaction.
        code: as people type it; small letters count as large ones.
        who: whose group it is.
        first: the first day it counts on, `2026-11-21`.
        last: the last one.

    Raises:
        Refusal: 422 when one of them makes no sense, 409 when the code is there already.
    """
    wanted = code.strip().upper()
    if not re.fullmatch(r"[0-9A-Z]{4,12}", wanted):
        raise Refusal(422, "a group code is four to twelve letters A to Z and digits")
    if not who.strip():
        raise Refusal(422, "a group code belongs to somebody: say to whom")
    begin, end = _day(first), _day(last)
    if end < begin:
        raise Refusal(422, "the last day comes before the first")
    row = {
        "code": wanted,
        "who": who.strip()[:100],
        "valid_from": begin.isoformat(),
        "valid_to": end.isoformat(),
    }
    if not insert_fresh(connection, group_code, row):
        raise Refusal(409, "this group code is there already")


def drop_group(connection: Connection, code: str) -> None:
    """Take a code back; who was accepted with it stays a member.

    Raises:
        Refusal: 404 when there is no such code.
    """
    gone = connection.execute(delete(group_code).where(group_code.c.code == code))
    if gone.rowcount == 0:
        raise Refusal(404, "there is no such group code")


def group_of(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    """The group whose code the application bears, if the code was valid on its day."""
    mine = (group_code.c.code == row.group_code) & (group_code.c.valid_from <= row.day)
    query = select(group_code).where(mine, group_code.c.valid_to >= row.day)
    return connection.execute(query).one_or_none()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refusal(422, "a day is written as 2026-11-21") from error
