"""Reads from the database what the page of rewards shows: holds, stock, losses, segments."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from kiosk.content import Content
from sim.hq.collecting import WAITING
from sim.hq.tables import member, redemption, signup, stock

HOLDS_SHOWN = 50
"""Those that end first; the rest is counted."""


@dataclass(frozen=True, slots=True)
class RedeemingShown:
    """What staff see of redeeming.

    Attributes:
        holds: what waits at a counter, with the member's greeting; those that end first.
        waiting: how many wait in all.
        stock: pieces left by reward and store, as HQ counts them.
        losses: per kiosk, what it gave out by itself.
        segments: members by segment.
        signups: per event and store, who has a seat and who waits.
    """

    holds: list[Row[Any]]
    waiting: int
    stock: dict[tuple[str, str], int]
    losses: list[Row[Any]]
    segments: list[Row[Any]]
    signups: list[Row[Any]]


def redeeming_shown(connection: Connection, content: Content | None) -> RedeemingShown:
    """Everything of the page."""
    waits = redemption.c.state.in_(WAITING)
    joined = redemption.outerjoin(member, member.c.member_id == redemption.c.member_id)
    query = select(redemption, member.c.called_zh, member.c.called_en).select_from(joined)
    soonest = query.where(waits).order_by(redemption.c.until.is_(None), redemption.c.until)
    many = select(func.count()).select_from(redemption).where(waits)
    return RedeemingShown(
        holds=list(connection.execute(soonest.limit(HOLDS_SHOWN)).all()),
        waiting=int(connection.execute(many).scalar_one()),
        stock=_stock(connection, content),
        losses=_losses(connection),
        segments=_segments(connection),
        signups=_signups(connection),
    )


def _stock(connection: Connection, content: Content | None) -> dict[tuple[str, str], int]:
    """What is published, and where HQ has counted since, what it counts."""
    rewards = content.rewards if content is not None else ()
    told = {(one.reward_id, store): left for one in rewards for store, left in one.stock.items()}
    for row in connection.execute(select(stock)):
        if told.get((row.reward_id, row.store_id)) == row.told:
            told[row.reward_id, row.store_id] = row.left
    return told


def _losses(connection: Connection) -> list[Row[Any]]:
    def flagged(flag: Any, amount: Any) -> Any:
        return func.coalesce(func.sum(case((flag, amount), else_=0)), 0)

    query = select(
        redemption.c.kiosk_id,
        func.count().label("given"),
        flagged(redemption.c.overspent, 1).label("overspent"),
        flagged(redemption.c.overspent, redemption.c.points).label("points"),
        flagged(redemption.c.pin_wrong, 1).label("pin_wrong"),
        flagged(redemption.c.card_wrong, 1).label("card_wrong"),
    ).where(redemption.c.mode == "issue")
    by_kiosk = query.group_by(redemption.c.kiosk_id).order_by(redemption.c.kiosk_id)
    return list(connection.execute(by_kiosk).all())


def _segments(connection: Connection) -> list[Row[Any]]:
    query = select(member.c.segment, func.count().label("members")).group_by(member.c.segment)
    return list(connection.execute(query.order_by(member.c.segment)).all())


def _signups(connection: Connection) -> list[Row[Any]]:
    seated = func.sum(case((signup.c.seated, 1), else_=0)).label("seated")
    query = select(signup.c.event_id, signup.c.store_id, seated, func.count().label("all"))
    by_event = query.group_by(signup.c.event_id, signup.c.store_id)
    return list(connection.execute(by_event.order_by(signup.c.event_id, signup.c.store_id)).all())
