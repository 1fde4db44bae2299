"""What applicants buy: it counts towards membership, and earns no points, now or later."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.model.asking import ApplicationState
from sim.hq.answer_tables import applicant_purchase, application
from sim.hq.database import insert_fresh
from sim.hq.days import stamp
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.tables import member


@dataclass(frozen=True, slots=True)
class Bought:
    """A purchase of somebody who has applied.

    Attributes:
        purchase_id: the till's own, or drawn at HQ; the same one again changes nothing.
        day: store-local.
    """

    purchase_id: str
    store_id: str
    receipt: str
    purchase_fen: int
    day: date


def open_application(
    connection: Connection, card_key: str | None, member_id: str | None
) -> Row[Any] | None:
    """The newest application that waits for a decision, by its card or its applicant's number.

    Returns:
        None where there is none, or its applicant is a member by now.
    """
    who = application.c.card_key == card_key if card_key else application.c.member_id == member_id
    joined = application.join(member, member.c.member_id == application.c.member_id)
    waiting = application.c.state == ApplicationState.SUBMITTED.value
    query = select(application).select_from(joined)
    query = query.where(who, waiting, member.c.applied.is_(True))
    return connection.execute(query.order_by(application.c.at.desc()).limit(1)).one_or_none()


def count_purchase(connection: Connection, row: Row[Any], bought: Bought, now: datetime) -> None:
    """Let a purchase count for an application.

    Args:
        connection: inside a write transaction.
        row: the application.
        bought: what was bought.
        now: HQ's time.
    """
    told = {
        "purchase_id": bought.purchase_id,
        "application_id": row.application_id,
        "store_id": bought.store_id,
        "receipt": bought.receipt,
        "at": stamp(now),
        "day": bought.day.isoformat(),
        "purchase_fen": bought.purchase_fen,
        "refunded_fen": 0,
    }
    if insert_fresh(connection, applicant_purchase, told):
        _retell(connection, row.application_id, now)


def is_applicants(connection: Connection, purchase_id: str) -> bool:
    """Whether a purchase was an applicant's."""
    query = select(applicant_purchase.c.purchase_id)
    mine = applicant_purchase.c.purchase_id == purchase_id
    return connection.execute(query.where(mine)).first() is not None


def take_back(connection: Connection, purchase_id: str, fen: int, now: datetime) -> None:
    """Let what was returned of a purchase count no more; a member by it stays one.

    Raises:
        Refusal: 409 when it is more than is left of the purchase.
    """
    mine = applicant_purchase.c.purchase_id == purchase_id
    row = connection.execute(select(applicant_purchase).where(mine)).one()
    if fen > row.purchase_fen - row.refunded_fen:
        raise Refusal(409, "more than is left of this purchase")
    back = row.refunded_fen + fen
    connection.execute(update(applicant_purchase).where(mine).values(refunded_fen=back))
    _retell(connection, row.application_id, now)


def _retell(connection: Connection, application_id: str, now: datetime) -> None:
    query = select(application.c.member_id)
    who = connection.execute(query.where(application.c.application_id == application_id)).scalar()
    if who is not None:
        touch(connection, [who], now)
