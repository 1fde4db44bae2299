"""Letting go of what is held: the member gives it back, or its time is over."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.content import Content
from kiosk.model.facts import Release
from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.verdicts import Because, Outcome, Verdict
from sim.hq import stocks
from sim.hq.days import day_in, stamp
from sim.hq.ledger import Booking, balance_of, book
from sim.hq.purchases import last_day_of
from sim.hq.redeeming import card_trouble, refused
from sim.hq.tables import redemption


def release(
    connection: Connection, content: Content | None, fact: Release, now: datetime
) -> Verdict:
    """Give a held redemption back at the member's wish.

    What was let go before, by the member or by time, is answered the same way again.

    Args:
        connection: inside the transaction that stores the record.
        content: whose rules say how long points last; None while nothing is published.
        fact: the wish.
        now: HQ's time.
    """
    trouble = card_trouble(connection, fact.member_id, fact.card_key)
    if trouble is not None:
        return refused(connection, fact.member_id, trouble, now)
    mine = (redemption.c.redemption_id == str(fact.redemption_id)) & (
        redemption.c.member_id == fact.member_id
    )
    row = connection.execute(select(redemption).where(mine)).one_or_none()
    if row is None:
        return refused(connection, fact.member_id, Because.UNKNOWN, now)
    if row.state not in ("held", "released"):
        return refused(connection, fact.member_id, Because.TOO_LATE, now)
    if row.state == "held":
        over = _over(row, now)
        reason = LineReason.NOT_COLLECTED if over else LineReason.GIVEN_BACK
        let_go(connection, content, row, reason, over or now, now)
    balance = balance_of(connection, fact.member_id)
    return Verdict(outcome=Outcome.RELEASED, balance=balance, as_of=now)


def release_over(
    connection: Connection,
    content: Content | None,
    now: datetime,
    before: datetime,
    limit: int | None,
    member_id: str | None = None,
) -> int:
    """Let go of what was not collected until this moment; how many redemptions that were.

    Args:
        connection: inside a write transaction.
        content: as in `release`.
        now: HQ's time.
        before: holds that end then or earlier are over.
        limit: so many at most, the earliest first; None for all.
        member_id: only this member's; None for everybody's.
    """
    over = (redemption.c.state == "held") & (redemption.c.until <= stamp(before))
    query = select(redemption).where(over).order_by(redemption.c.until).limit(limit)
    if member_id is not None:
        query = query.where(redemption.c.member_id == member_id)
    rows = connection.execute(query).all()
    for row in rows:
        until = datetime.fromisoformat(row.until)
        let_go(connection, content, row, LineReason.NOT_COLLECTED, until, now)
    return len(rows)


def any_over(connection: Connection, now: datetime) -> bool:
    """Whether a hold has ended that nobody has let go of."""
    over = (redemption.c.state == "held") & (redemption.c.until <= stamp(now))
    query = select(redemption.c.redemption_id).where(over).limit(1)
    return connection.execute(query).first() is not None


def let_go(
    connection: Connection,
    content: Content | None,
    row: Row[Any],
    reason: LineReason,
    at: datetime,
    now: datetime,
) -> None:
    """Give the points of a held redemption back, and its piece to the store."""
    mine = update(redemption).where(redemption.c.redemption_id == row.redemption_id)
    connection.execute(mine.values(state="released", ended=at.isoformat()))
    stocks.change(connection, row.reward_id, row.store_id, 1)
    entry = Booking(
        LineKind.RELEASE,
        reason,
        row.points,
        at,
        store_id=row.store_id,
        reward_id=row.reward_id,
        redemption_id=row.redemption_id,
        lapses_on=_last_day(content, row, at),
    )
    book(connection, row.member_id, [entry], now)


def _over(row: Row[Any], now: datetime) -> datetime | None:
    """When the hold ended, if it did."""
    until = datetime.fromisoformat(row.until)
    return until if until <= now else None


def _last_day(content: Content | None, row: Row[Any], at: datetime) -> date | None:
    if content is None:
        return None
    day = day_in(content, at, row.store_id)
    return last_day_of(content.on(day).programme, day)
