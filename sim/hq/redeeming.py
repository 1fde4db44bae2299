"""HQ's judgement of a redemption: refused and why, held with a code, or taken note of."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from kiosk.content import Content
from kiosk.model.facts import Mode, Redemption
from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.members import CardStatus
from kiosk.model.programme import Programme, Reward
from kiosk.model.verdicts import Because, Outcome, Verdict
from kiosk.model.wire import WireTime
from sim.hq import stocks
from sim.hq.care import said_at
from sim.hq.collecting import take_early
from sim.hq.days import day_in, stamp
from sim.hq.ledger import Booking, balance_of, book
from sim.hq.pins import Entered, PinCheck, check_pin
from sim.hq.purchases import last_day_of
from sim.hq.rows import OVER
from sim.hq.standing import renew
from sim.hq.tables import card, member, redemption

HOLD_WITHIN_S = 3.0
"""How soon a kiosk must have sent a wish for its member still to be there: it waits as long for
the verdict (kiosk/session/world.py, Timing.verdict_s)."""

CODES = 1_000_000
"""Six digits."""


@dataclass(frozen=True, slots=True)
class Court:
    """What HQ judges by.

    Attributes:
        content: what is published; None while nothing is, and then nothing is offered.
        draw: a number below the given one that nobody can guess.
    """

    content: Content | None
    draw: Callable[[int], int] = secrets.randbelow


@dataclass(frozen=True, slots=True)
class Wish:
    """A redemption as it came.

    Attributes:
        pin: as the member entered it.
        kiosk_id: who sent it.
        store_id: where that kiosk stands.
        occurred: when the member wished it.
        sent: when the kiosk sent it.
        now: HQ's time.
    """

    fact: Redemption
    pin: Entered
    kiosk_id: str
    store_id: str
    occurred: WireTime
    sent: WireTime
    now: datetime


def judge(connection: Connection, court: Court, wish: Wish) -> Verdict:
    """Decide on a redemption and book it; called once for each, whatever comes twice.

    The first reason that applies is told, in this order: card, offer, tier, PIN, limits, stock,
    balance. What a kiosk issued is always accepted: it has been given out.

    Args:
        connection: inside the transaction that stores the record.
        court: what HQ judges by.
        wish: the redemption as it came.
    """
    who = _member(connection, wish.fact.member_id)
    if who is None:
        return Verdict(outcome=Outcome.REFUSED, because=Because.UNKNOWN, as_of=wish.now)
    if wish.fact.mode is Mode.ISSUE:
        return _accept_issued(connection, court, wish)
    told = _refusal(connection, court, wish, who)
    if told.because is not None:
        return refused(connection, wish.fact.member_id, told.because, wish.now, told.tries_left)
    return _hold(connection, court, wish)


def refused(
    connection: Connection,
    member_id: str,
    because: Because,
    now: datetime,
    tries_left: int | None = None,
) -> Verdict:
    """A refusal, with the balance as it is."""
    return Verdict(
        outcome=Outcome.REFUSED,
        because=because,
        balance=balance_of(connection, member_id),
        as_of=now,
        tries_left=tries_left,
    )


def card_trouble(connection: Connection, member_id: str, card_key: str) -> Because | None:
    """What is wrong with the card that the wish was made with."""
    row = connection.execute(select(card).where(card.c.card_key == card_key)).one_or_none()
    if row is None or row.gone or row.member_id != member_id:
        return Because.UNKNOWN
    return None if row.status == CardStatus.ACTIVE.value else Because.CARD


def _member(connection: Connection, member_id: str) -> Row[Any] | None:
    return connection.execute(select(member).where(member.c.member_id == member_id)).one_or_none()


def _refusal(connection: Connection, court: Court, wish: Wish, who: Row[Any]) -> PinCheck:
    """Why it is refused; nothing in it when it is not."""
    fact, content = wish.fact, court.content
    trouble = card_trouble(connection, fact.member_id, fact.card_key)
    if trouble is not None:
        return PinCheck(trouble)
    reward = content.reward(fact.reward_id) if content is not None else None
    if content is None or reward is None:
        return PinCheck(Because.NOT_OFFERED)
    day = day_in(content, wish.now, wish.store_id)
    wished_on = _wished_on(content, wish)
    because = _not_for_them(reward, fact, who.tier, wished_on)
    if because is not None:
        return PinCheck(because)
    programme = content.on(day).programme
    check = check_pin(connection, fact.member_id, wish.pin, programme.redeeming.pin)
    if check.because is not None:
        return check
    return PinCheck(_not_now(connection, reward, wish, programme, wished_on))


def _not_for_them(reward: Reward, fact: Redemption, tier: str, day: date) -> Because | None:
    """The price must be the one the member confirmed; another one is another offer."""
    same_price = (fact.points, fact.cash_fen) == (reward.points, reward.cash_fen)
    if not (same_price and reward.offered_on(day)):
        return Because.NOT_OFFERED
    return Because.TIER if reward.tiers and tier not in reward.tiers else None


def _wished_on(content: Content, wish: Wish) -> date:
    """The day whose offers and limit hold for it, also where it comes home days later."""
    at = said_at(wish.occurred, wish.sent, wish.now)
    return day_in(content, at, wish.store_id)


def _not_now(
    connection: Connection, reward: Reward, wish: Wish, programme: Programme, day: date
) -> Because | None:
    who = wish.fact.member_id
    per_day = programme.redeeming.per_day
    if reward.per_member is not None and (
        _count(connection, who, redemption.c.reward_id == reward.reward_id) >= reward.per_member
    ):
        return Because.LIMIT
    if per_day is not None and (
        _count(connection, who, redemption.c.day == day.isoformat()) >= per_day
    ):
        return Because.LIMIT
    if stocks.left_of(connection, reward, wish.store_id) < 1:
        return Because.STOCK
    return Because.BALANCE if balance_of(connection, who) < reward.points else None


def _count(connection: Connection, member_id: str, which: Any) -> int:
    """How many of the member's redemptions count for a limit."""
    mine = (redemption.c.member_id == member_id) & redemption.c.state.not_in(OVER)
    query = select(func.count()).select_from(redemption).where(mine, which)
    return int(connection.execute(query).scalar_one())


def _hold(connection: Connection, court: Court, wish: Wish) -> Verdict:
    assert court.content is not None
    day = day_in(court.content, wish.now, wish.store_id)
    lasts = _lasts(wish, court.content.on(day).programme)
    code = _free_code(connection, wish.store_id, court.draw)
    changes = {"state": "held", "code": code, "until": stamp(wish.now + lasts)}
    _keep(connection, wish, _wished_on(court.content, wish), changes)
    stocks.change(connection, wish.fact.reward_id, wish.store_id, -1)
    balance = _book(connection, wish, LineKind.HOLD, None)
    return Verdict(
        outcome=Outcome.HELD,
        code=code,
        holds_for_s=lasts.total_seconds(),
        balance=balance,
        as_of=wish.now,
    )


def _lasts(wish: Wish, programme: Programme) -> timedelta:
    """How long it is held: short for a member who stands there, long for one who has gone."""
    rules = programme.redeeming
    took_s = wish.sent.since_boot_s - wish.occurred.since_boot_s
    same_boot = wish.sent.boot_id == wish.occurred.boot_id
    if wish.fact.mode is Mode.HOLD and same_boot and 0 <= took_s <= HOLD_WITHIN_S:
        return timedelta(minutes=rules.hold_minutes)
    return timedelta(hours=rules.reservation_hours)


def _free_code(connection: Connection, store_id: str, draw: Callable[[int], int]) -> str:
    """Six digits that nothing else waits under in this store."""
    here = (redemption.c.store_id == store_id) & (redemption.c.state == "held")
    taken = set(connection.execute(select(redemption.c.code).where(here)).scalars())
    first = draw(CODES)
    codes = (f"{(first + step) % CODES:06}" for step in range(CODES))
    return next(code for code in codes if code not in taken)


def _accept_issued(connection: Connection, court: Court, wish: Wish) -> Verdict:
    """Take note of what a kiosk gave out; what should not have been is flagged."""
    fact, content = wish.fact, court.content
    day = day_in(content, wish.now, wish.store_id) if content is not None else wish.now.date()
    pin_wrong, last_day = True, None
    if content is not None:
        programme = content.on(day).programme
        check = check_pin(connection, fact.member_id, wish.pin, programme.redeeming.pin)
        pin_wrong = check.because is not None
        last_day = last_day_of(programme, day)
        if reward := content.reward(fact.reward_id):
            stocks.left_of(connection, reward, wish.store_id)
    collected = take_early(connection, wish.store_id, fact.code, fact.redemption_id)
    changes = {
        "state": "issued" if collected is None else "collected",
        "code": fact.code,
        "ended": collected,
        "pin_wrong": pin_wrong,
        "card_wrong": card_trouble(connection, fact.member_id, fact.card_key) is not None,
    }
    _keep(connection, wish, day if content is None else _wished_on(content, wish), changes)
    stocks.change(connection, fact.reward_id, wish.store_id, -1)
    balance = _book(connection, wish, LineKind.REDEEM, last_day)
    if balance < 0:
        _flag_overspent(connection, fact)
        if content is not None:
            renew(connection, fact.member_id, content, day, wish.now)
    return Verdict(outcome=Outcome.ISSUED, code=fact.code, balance=balance, as_of=wish.now)


def _flag_overspent(connection: Connection, fact: Redemption) -> None:
    """No kiosk may give this member anything offline until HQ has cleared it."""
    which = redemption.c.redemption_id == str(fact.redemption_id)
    connection.execute(update(redemption).where(which).values(overspent=True))
    mine = update(member).where(member.c.member_id == fact.member_id)
    connection.execute(mine.values(overspent=True))


def _keep(connection: Connection, wish: Wish, day: date, values: dict[str, Any]) -> None:
    fact = wish.fact
    row = {
        "redemption_id": str(fact.redemption_id),
        "member_id": fact.member_id,
        "kiosk_id": wish.kiosk_id,
        "store_id": wish.store_id,
        "reward_id": fact.reward_id,
        "points": fact.points,
        "cash_fen": fact.cash_fen,
        "mode": fact.mode.value,
        "day": day.isoformat(),
        "made": wish.now.isoformat(),
    }
    connection.execute(insert(redemption).values(row | values))


def _book(connection: Connection, wish: Wish, kind: LineKind, last_day: date | None) -> int:
    fact = wish.fact
    entry = Booking(
        kind,
        LineReason.REWARD,
        -fact.points,
        wish.now,
        store_id=wish.store_id,
        reward_id=fact.reward_id,
        redemption_id=str(fact.redemption_id),
        lapses_on=last_day,
    )
    return book(connection, fact.member_id, [entry], wish.now)
