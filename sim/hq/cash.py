"""Money that waits at the counter: cash-back of months, shares of friends' purchases."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from kiosk.content import Content
from kiosk.loyalty.cash_back import cash_back_for
from kiosk.loyalty.dates import month_end
from kiosk.model.rules import CashBack
from sim.hq.database import insert_fresh
from sim.hq.errors import Refusal
from sim.hq.tables import money, month_rule


def pay(connection: Connection, member_id: str, ref: str, fen: int, now: datetime) -> None:
    """Add money to what waits at the counter, signed, once under this reference."""
    known = select(money.c.ref).where(money.c.member_id == member_id, money.c.ref == ref)
    if fen and connection.execute(known).first() is None:
        row = {"member_id": member_id, "ref": ref, "fen": fen, "at": now.isoformat()}
        connection.execute(money.insert().values(row))


def paid_under(connection: Connection, member_id: str, ref: str) -> int:
    """Fen of all money whose reference begins so."""
    return _sum(connection, member_id, money.c.ref.startswith(ref, autoescape=True))


def pay_out(connection: Connection, member_id: str, payout_id: str, fen: int, now: datetime) -> int:
    """Note that money which waited was handed out; what still waits.

    Raises:
        Refusal: 409 when it is more than waits.
    """
    left_fen = paid_under(connection, member_id, "") - fen
    if left_fen < 0:
        raise Refusal(409, "more than waits for this member")
    pay(connection, member_id, f"paid:{payout_id}", -fen, now)
    return left_fen


def close_month(
    connection: Connection,
    member_id: str,
    content: Content,
    month: str,
    spend_fen: int,
    now: datetime,
) -> None:
    """Pay the cash-back of a month that is over.

    Args:
        connection: inside a write transaction.
        member_id: who bought.
        content: whose programme held on the month's last day.
        month: `2026-11`.
        spend_fen: what was bought in it and kept.
        now: HQ's time.
    """
    rule = _rule_of(connection, content, month)
    due = cash_back_for(spend_fen, rule) if rule is not None else 0
    ref = _month_ref(month)
    pay(connection, member_id, ref, due - paid_under(connection, member_id, ref), now)


def reopen_month(
    connection: Connection,
    member_id: str,
    content: Content,
    month: str,
    spend_fen: int,
    refund_id: str,
    now: datetime,
) -> None:
    """Take back what of a closed month's cash-back a refund undoes; a refund never pays any.

    Args:
        connection, member_id, content, month, now: as for `close_month`.
        spend_fen: what is still kept of the month's purchases.
        refund_id: of the refund.
    """
    rule = _rule_of(connection, content, month)
    due = cash_back_for(spend_fen, rule) if rule is not None else 0
    ref = _month_ref(month)
    too_much = paid_under(connection, member_id, ref) - due
    pay(connection, member_id, ref + refund_id, -max(too_much, 0), now)


def keep_share(
    connection: Connection,
    friend: str,
    purchase_id: str,
    kept: tuple[int, int],
    refund_id: str,
    now: datetime,
) -> None:
    """Leave a friend the share of what is kept of a purchase, by the rule it was bought under.

    Args:
        connection: inside a write transaction.
        friend: who brought the buyer.
        purchase_id: which was refunded in part or as a whole.
        kept: fen that are kept of it, and fen it came to.
        refund_id: of the refund.
        now: HQ's time.
    """
    ref, (kept_fen, purchase_fen) = friends_ref(purchase_id), kept
    brought = _sum(connection, friend, money.c.ref == ref)
    due = brought * kept_fen // purchase_fen
    pay(connection, friend, ref + refund_id, due - paid_under(connection, friend, ref), now)


def friends_ref(purchase_id: str) -> str:
    """Begins the reference of all money that a friend's purchase brings."""
    return f"friend:{purchase_id}:"


def _month_ref(month: str) -> str:
    return f"month:{month}:"


def _sum(connection: Connection, member_id: str, which: ColumnElement[bool]) -> int:
    query = select(func.coalesce(func.sum(money.c.fen), 0))
    return int(connection.execute(query.where(money.c.member_id == member_id, which)).scalar_one())


def _rule_of(connection: Connection, content: Content, month: str) -> CashBack | None:
    """The rule a month goes by: the one of its last day, whatever was published since."""
    year, number = int(month[:4]), int(month[5:])
    rule = content.on(month_end(year, number)).programme.cash_back
    told = rule.model_dump(mode="json") if rule is not None else None
    insert_fresh(connection, month_rule, {"month": month, "cash_back": told})
    kept = select(month_rule.c.cash_back).where(month_rule.c.month == month)
    found = connection.execute(kept).scalar_one()
    return CashBack.model_validate(found) if found is not None else None
