"""What a directory row tells so that nothing is asked twice: purchases, and what was asked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, case, func, select, union_all

from kiosk.model.answers import Came
from kiosk.model.asking import Asked, Purchase
from sim.hq.answer_tables import survey_asked, survey_response
from sim.hq.tables import purchase

PURCHASES_TOLD = 5
SURVEYS_TOLD = 20
"""What kiosk.model.members.Member takes of each."""


@dataclass(slots=True)
class AskingTold:
    """What is told of one member, the newest first."""

    purchases: list[Purchase] = field(default_factory=list)
    first_purchase: date | None = None
    surveys: list[Asked] = field(default_factory=list)


def asking_of(connection: Connection, ids: set[str]) -> dict[str, AskingTold]:
    """What is told of these members; one question a table is asked."""
    told = {one: AskingTold() for one in ids}
    for row in connection.execute(_newest(_kept(ids), PURCHASES_TOLD)):
        bought = Purchase(
            purchase=row.purchase_id,
            on=date.fromisoformat(row.day),
            store_id=row.store_id,
            items=row.items,
        )
        told[row.member_id].purchases.append(bought)
    first = select(purchase.c.member_id, func.min(purchase.c.day).label("day"))
    for row in connection.execute(
        first.where(purchase.c.member_id.in_(ids)).group_by(purchase.c.member_id)
    ):
        told[row.member_id].first_purchase = date.fromisoformat(row.day)
    for row in connection.execute(_newest(_asked(ids), SURVEYS_TOLD)):
        asked = Asked(
            survey_id=row.survey_id,
            purchase=row.purchase_id,
            on=date.fromisoformat(row.day),
            came=Came(row.came),
        )
        told[row.member_id].surveys.append(asked)
    return told


def _newest(rows: Select[Any], count: int) -> Select[Any]:
    """The first so many of each member, in the order of their places."""
    ranked = rows.subquery()
    return select(ranked).where(ranked.c.place <= count).order_by(ranked.c.place)


def _kept(ids: set[str]) -> Select[Any]:
    """Purchases that were not wholly returned: of the others there is nothing to ask."""
    order = (purchase.c.day.desc(), purchase.c.at.desc())
    place = func.row_number().over(partition_by=purchase.c.member_id, order_by=order)
    kept = purchase.c.refunded_fen < purchase.c.purchase_fen
    query = select(purchase, place.label("place"))
    return query.where(purchase.c.member_id.in_(ids), kept)


def _asked(ids: set[str]) -> Select[Any]:
    """Every survey these members were asked, whether they answered in their own name or not."""
    answer, asked = survey_response.c, survey_asked.c
    came = case((answer.complete.is_(True), Came.ANSWERED.value), else_=Came.HALF_WAY.value)
    named = select(
        answer.member_id, answer.survey_id, answer.purchase_id, answer.day, came.label("came")
    ).where(answer.member_id.in_(ids))
    others = select(
        asked.member_id, asked.survey_id, asked.purchase_id, asked.day, asked.came
    ).where(asked.member_id.in_(ids))
    both = union_all(named, others).subquery()
    order = (both.c.day.desc(), both.c.survey_id)
    place = func.row_number().over(partition_by=both.c.member_id, order_by=order)
    return select(both, place.label("place"))
