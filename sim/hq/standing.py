"""A member's standing as purchases make it: tier, this month, cash-back, what offline may risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median_low
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.content import Content
from kiosk.loyalty.dates import month_end
from kiosk.loyalty.tiers import tier_for
from kiosk.model.programme import Programme
from sim.hq.allowance import Allowance, next_allowance
from sim.hq.cash import close_month, paid_under
from sim.hq.days import months_later
from sim.hq.directory import touch
from sim.hq.ledger import due_by
from sim.hq.rows import as_date
from sim.hq.tables import kiosk, member, purchase

USUAL_OF = 10
"""Purchases whose middle one is called usual: enough to forget a single large one."""


@dataclass(frozen=True, slots=True)
class Bought:
    """One purchase.

    Attributes:
        paid_fen: what it came to.
        kept_fen: what is left of it after refunds.
        earned: points, before any refund.
    """

    day: date
    store_id: str
    paid_fen: int
    kept_fen: int
    earned: int


@dataclass(frozen=True, slots=True)
class Grade:
    """A tier as it was reached.

    Attributes:
        until: last day it is sure of; None for ever.
        since: the day it was reached or kept; None where HQ gave it.
        bar_fen: what the purchases up to that day had to reach.
        former: the one before, which refunds may bring back; None for the lowest tier.
    """

    tier: str
    until: date | None = None
    since: date | None = None
    bar_fen: int = 0
    former: "Grade | None" = None


def renew(
    connection: Connection, member_id: str, content: Content, day: date, now: datetime
) -> None:
    """Bring the member's standing to this store-local day; its next day is remembered.

    Args:
        connection: inside a write transaction.
        member_id: who must be known.
        content: whose programme holds on the day.
        day: not before the day of an earlier look.
        now: HQ's time.
    """
    row = connection.execute(select(member).where(member.c.member_id == member_id)).one()
    programme = content.on(day).programme
    bought = bought_by(connection, member_id)
    _close_month(connection, row, content, bought, day, now)
    grade = graded(_grade(row), bought, programme, day)
    allowance = _allowance(connection, row, bought, programme, day)
    values = _grade_values(grade) | _figures(connection, member_id, bought, programme, day)
    values |= {"allowance": allowance.told, "allowance_cut": _text(allowance.cut_on)}
    _store(connection, row, values, now)
    for coming in _days_after(bought, grade, allowance, programme, day):
        due_by(connection, member_id, max(coming, day + timedelta(days=1)))


def bought_by(connection: Connection, member_id: str) -> list[Bought]:
    """The member's purchases by day."""
    query = select(purchase).where(purchase.c.member_id == member_id)
    rows = connection.execute(query.order_by(purchase.c.day, purchase.c.at))
    return [
        Bought(
            date.fromisoformat(row.day),
            row.store_id,
            row.purchase_fen,
            row.purchase_fen - row.refunded_fen,
            row.earned,
        )
        for row in rows
    ]


def window_months(programme: Programme) -> int:
    """How many months of purchases count towards the tiers; all of them ask for the same."""
    return max((tier.condition.months for tier in programme.tiers if tier.condition), default=0)


def spend_to(bought: Sequence[Bought], day: date, months: int) -> int:
    """Fen of the purchases within so many months up to this day, the day included."""
    after = months_later(day, -months)
    return sum(one.kept_fen for one in bought if after < one.day <= day)


def graded(grade: Grade, bought: Sequence[Bought], programme: Programme, day: date) -> Grade:
    """The tier that purchases give on this day.

    A higher tier begins at once and is sure for its months. When they are over it is kept for
    as long again if the purchases suffice, else they decide anew. Before that it is lost only
    when refunds took away what it was reached with: then the tier before it holds as if nothing
    had been.
    """
    months = window_months(programme)
    spend = spend_to(bought, day, months)
    opened = tier_for(spend, programme)
    order = [tier.tier_id for tier in programme.tiers]
    known = programme.tier(grade.tier)
    if known is None:
        return _begun(opened.tier_id, programme, day)
    if order.index(opened.tier_id) > order.index(grade.tier):
        former = grade if order.index(grade.tier) > 0 else None
        return replace(_begun(opened.tier_id, programme, day), former=former)
    if _is_undone(grade, bought, months):
        return graded(grade.former or Grade(order[0]), bought, programme, day)
    if grade.until is None or grade.until >= day:
        return grade
    if known.condition is not None and spend >= known.condition.keep_fen:
        until = months_later(day, known.condition.months)
        return Grade(grade.tier, until, day, known.condition.keep_fen)
    return _begun(opened.tier_id, programme, day)


def _is_undone(grade: Grade, bought: Sequence[Bought], months: int) -> bool:
    """Whether refunds took away what the tier was reached with.

    Where even all that was paid does not reach it, the programme has changed since: that takes
    no tier before its time.
    """
    if grade.since is None:
        return False
    paid = [replace(one, kept_fen=one.paid_fen) for one in bought]
    kept_fen, paid_fen = (spend_to(these, grade.since, months) for these in (bought, paid))
    return kept_fen < grade.bar_fen <= paid_fen


def _begun(tier_id: str, programme: Programme, day: date) -> Grade:
    known = programme.tier(tier_id)
    if known is None or known.condition is None:
        return Grade(tier_id)
    until = months_later(day, known.condition.months)
    return Grade(tier_id, until, day, known.condition.reach_fen)


def usual_points(bought: Sequence[Bought]) -> int | None:
    """What a usual purchase earns: the middle one of the last; None while nothing was earned."""
    kept = [one.earned * one.kept_fen // one.paid_fen for one in bought]
    last = [points for points in kept if points > 0][-USUAL_OF:]
    return median_low(last) if last else None


def home_of(bought: Sequence[Bought]) -> str | None:
    """The store of most purchases, of several the latest one; None before the first purchase."""
    counts: dict[str, int] = {}
    for one in bought:
        if one.kept_fen > 0:
            counts[one.store_id] = counts.pop(one.store_id, 0) + 1
    latest_first = list(reversed(counts))
    return max(latest_first, key=lambda store: counts[store], default=None)


def spend_of_month(bought: Sequence[Bought], month: str) -> int:
    """Fen of the purchases of a calendar month, `2026-11`."""
    return sum(one.kept_fen for one in bought if month_of(one.day) == month)


def month_of(day: date) -> str:
    """The calendar month of a day, `2026-11`."""
    return day.isoformat()[:7]


def _close_month(
    connection: Connection,
    row: Row[Any],
    content: Content,
    bought: Sequence[Bought],
    day: date,
    now: datetime,
) -> None:
    if row.open_month is not None and row.open_month < month_of(day):
        spend = spend_of_month(bought, row.open_month)
        close_month(connection, row.member_id, content, row.open_month, spend, now)


def _figures(
    connection: Connection,
    member_id: str,
    bought: Sequence[Bought],
    programme: Programme,
    day: date,
) -> dict[str, Any]:
    month = spend_of_month(bought, month_of(day))
    return {
        "tier_spend_fen": spend_to(bought, day, window_months(programme)),
        "month_spend_fen": month,
        "open_month": month_of(day) if month else None,
        "cash_back_fen": max(paid_under(connection, member_id, ""), 0),
        "points_per_purchase": usual_points(bought),
        "home_store": home_of(bought),
    }


def _allowance(
    connection: Connection,
    row: Row[Any],
    bought: Sequence[Bought],
    programme: Programme,
    day: date,
) -> Allowance:
    rule, home = programme.redeeming.offline, home_of(bought)
    here: list[str] = []
    if rule.allowed and home is not None and not row.overspent:
        in_store = (kiosk.c.store_id == home) & kiosk.c.revoked.is_(False)
        query = select(kiosk.c.kiosk_id).where(in_store).order_by(kiosk.c.kiosk_id)
        here = list(connection.execute(query).scalars())
    told = Allowance(row.allowance, as_date(row.allowance_cut))
    return next_allowance(told, here, rule, day)


def _grade(row: Row[Any]) -> Grade:
    own = Grade(row.tier, as_date(row.tier_until), as_date(row.tier_since), row.tier_bar_fen)
    return replace(own, former=_read(row.tier_former))


def _read(told: Mapping[str, Any] | None) -> Grade | None:
    """A grade as a member's row keeps the former one."""
    if told is None:
        return None
    until, since = as_date(told["until"]), as_date(told["since"])
    return Grade(told["tier"], until, since, told["bar_fen"], _read(told["former"]))


def _told(grade: Grade | None) -> dict[str, Any] | None:
    if grade is None:
        return None
    days = {"until": _text(grade.until), "since": _text(grade.since)}
    return {"tier": grade.tier, **days, "bar_fen": grade.bar_fen, "former": _told(grade.former)}


def _grade_values(grade: Grade) -> dict[str, Any]:
    return {
        "tier": grade.tier,
        "tier_until": _text(grade.until),
        "tier_since": _text(grade.since),
        "tier_bar_fen": grade.bar_fen,
        "tier_former": _told(grade.former),
    }


def _text(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _store(connection: Connection, row: Row[Any], values: dict[str, Any], now: datetime) -> None:
    """Write what differs; a row in which nothing does is no change of the directory."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    if changed:
        mine = update(member).where(member.c.member_id == row.member_id)
        connection.execute(mine.values(changed | {"as_of": now.isoformat()}))
        touch(connection, [row.member_id], now)


def _days_after(
    bought: Sequence[Bought], grade: Grade, allowance: Allowance, programme: Programme, day: date
) -> list[date]:
    """The next days on which the standing changes by itself, or may."""
    months = window_months(programme)
    after = months_later(day, -months)
    days = [months_later(one.day, months) for one in bought if after < one.day <= day][:1]
    if spend_of_month(bought, month_of(day)):
        days.append(month_end(day.year, day.month) + timedelta(days=1))
    if grade.until is not None:
        days.append(grade.until + timedelta(days=1))
    return days if allowance.due is None else [*days, allowance.due]
