"""HQ's own count of the pieces of each reward in each store."""

from sqlalchemy import Connection, func, select, update

from kiosk.model.programme import Reward
from sim.hq.database import upsert
from sim.hq.tables import redemption, stock


def left_of(connection: Connection, reward: Reward, store_id: str) -> int:
    """Pieces that can still be promised in this store.

    The published figure is what lies in the store when it is published; HQ counts down from it.
    Another figure is a new count, in which pieces that are held still lie there.

    Args:
        connection: inside a write transaction.
        reward: as published now.
        store_id: where.
    """
    told = reward.stock.get(store_id, 0)
    mine = (stock.c.store_id == store_id) & (stock.c.reward_id == reward.reward_id)
    row = connection.execute(select(stock).where(mine)).one_or_none()
    if row is not None and row.told == told:
        return int(row.left)
    left = told - _held(connection, reward.reward_id, store_id)
    keys = {"store_id": store_id, "reward_id": reward.reward_id}
    upsert(connection, stock, [keys | {"left": left, "told": told}])
    return left


def change(connection: Connection, reward_id: str, store_id: str, pieces: int) -> None:
    """Add pieces, or take some away; a reward that was never counted stays uncounted."""
    mine = (stock.c.store_id == store_id) & (stock.c.reward_id == reward_id)
    connection.execute(update(stock).where(mine).values(left=stock.c.left + pieces))


def _held(connection: Connection, reward_id: str, store_id: str) -> int:
    here = (redemption.c.store_id == store_id) & (redemption.c.reward_id == reward_id)
    open_ones = redemption.c.state.in_(("held", "issued"))
    query = select(func.count()).select_from(redemption).where(here, open_ones)
    return int(connection.execute(query).scalar_one())
