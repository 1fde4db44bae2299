"""Reads from the database what a member's page shows of complaints, wishes and requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row

from kiosk.content import Content
from kiosk.model.members import ContactWishes
from sim.hq.care_rows import care_of
from sim.hq.complaints_figures import CaseShown, cases_of
from sim.hq.contact_figures import requests_of, wishes_said


@dataclass(frozen=True, slots=True)
class CareShown:
    """What one member has said, the newest first.

    Attributes:
        wishes: what holds now.
        said: every change of them.
    """

    cases: list[CaseShown]
    wishes: ContactWishes
    said: list[Row[Any]]
    requests: list[Row[Any]]


def care_shown(
    connection: Connection, member_id: str, content: Content | None, now: datetime
) -> CareShown:
    """Everything this member has said."""
    return CareShown(
        cases=cases_of(connection, content, now, member_id),
        wishes=care_of(connection, {member_id})[member_id].wishes,
        said=wishes_said(connection, member_id),
        requests=requests_of(connection, member_id),
    )
