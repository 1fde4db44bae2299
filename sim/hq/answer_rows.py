"""What a directory row tells of answers: what was bought and asked, the profile, an application."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.model.asking import Applicant, ApplicationState, GroupCode
from sim.hq.answer_tables import applicant_purchase, application
from sim.hq.asking_rows import AskingTold, asking_of
from sim.hq.groups import group_of
from sim.hq.profile_rows import ProfileTold, known_of
from sim.hq.tables import member


@dataclass(slots=True)
class AnswersTold:
    """What is told of one member.

    Attributes:
        applicant: of who has only applied.
    """

    asking: AskingTold = field(default_factory=AskingTold)
    profile: ProfileTold = field(default_factory=ProfileTold)
    applicant: Applicant | None = None


def answers_of(connection: Connection, ids: set[str]) -> dict[str, AnswersTold]:
    """What is told of these members; one question a table is asked."""
    asking, known = asking_of(connection, ids), known_of(connection, ids)
    applicants = applicants_of(connection, ids)
    return {one: AnswersTold(asking[one], known[one], applicants.get(one)) for one in ids}


def applicants_of(connection: Connection, ids: set[str]) -> dict[str, Applicant]:
    """Those of these who have only applied, by their newest application, and what they bought."""
    waiting = member.c.applied.is_(True) & member.c.member_id.in_(ids)
    joined = application.join(member, member.c.member_id == application.c.member_id)
    query = select(application).select_from(joined).where(waiting).order_by(application.c.at)
    rows = {row.member_id: row for row in connection.execute(query)}
    bought = bought_by(connection, {row.application_id for row in rows.values()})
    return {
        who: Applicant(
            state=ApplicationState(row.state),
            on=date.fromisoformat(row.day),
            best_fen=max(bought.get(row.application_id, [0])),
            total_fen=sum(bought.get(row.application_id, [])),
            group=code_of(connection, row),
        )
        for who, row in rows.items()
    }


def code_of(connection: Connection, row: Row[Any]) -> GroupCode | None:
    """What the application's group code is worth; None where it has none."""
    if not row.group_code:
        return None
    return GroupCode.UNKNOWN if group_of(connection, row) is None else GroupCode.VALID


def bought_by(connection: Connection, applications: set[str]) -> dict[str, list[int]]:
    """What was bought with each of these applications and kept, in fen, a purchase each."""
    found: dict[str, list[int]] = {}
    mine = applicant_purchase.c.application_id.in_(applications)
    for row in connection.execute(select(applicant_purchase).where(mine)):
        kept = row.purchase_fen - row.refunded_fen
        found.setdefault(row.application_id, []).append(kept)
    return found
