"""Entries of the ledger as lines that a member may read."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from kiosk.model.ledger import LedgerLine, LineKind, LineReason
from sim.hq.tables import ledger, redemption


def lines_of(connection: Connection, member_id: str) -> list[LedgerLine]:
    """Every entry of the member, the newest first."""
    joined = ledger.outerjoin(redemption, redemption.c.redemption_id == ledger.c.redemption_id)
    query = select(ledger, redemption.c.state).select_from(joined)
    mine = query.where(ledger.c.member_id == member_id).order_by(ledger.c.n.desc())
    return [_line(row) for row in connection.execute(mine)]


def newest_lines(
    connection: Connection, member_ids: Iterable[str], count: int
) -> Iterator[tuple[str, LedgerLine]]:
    """Member id and entry, each member's newest ones, the newest first."""
    for row in connection.execute(_newest(member_ids, count)):
        yield row.member_id, _line(row)


def _newest(member_ids: Iterable[str], count: int) -> Select[Any]:
    order = ledger.c.n.desc()
    place = func.row_number().over(partition_by=ledger.c.member_id, order_by=order).label("place")
    of_them = select(ledger, place).where(ledger.c.member_id.in_(list(member_ids))).subquery()
    same = redemption.c.redemption_id == of_them.c.redemption_id
    query = select(of_them, redemption.c.state).select_from(of_them.outerjoin(redemption, same))
    return query.where(of_them.c.place <= count).order_by(of_them.c.n.desc())


def _line(row: Row[Any]) -> LedgerLine:
    """The entry in words; points set aside are called redeemed once they were collected."""
    collected = row.kind == LineKind.HOLD and row.state in ("collected", "reversed")
    return LedgerLine(
        entry_id=f"e-{row.n}",
        at=datetime.fromisoformat(row.at),
        kind=LineKind.REDEEM if collected else LineKind(row.kind),
        reason=LineReason(row.reason),
        points=row.points,
        receipt=row.receipt,
        store_id=row.store_id,
        reward_id=row.reward_id,
        purchase_fen=row.purchase_fen,
    )
