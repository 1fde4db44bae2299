"""Rows of HQ's tables for one demo member, with all that repeats their history."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from kiosk.loyalty.dates import month_end
from kiosk.loyalty.vouchers import anniversary_on
from kiosk.model.members import PinState, Voucher
from kiosk.model.rules import VoucherRules
from sim.hq import standing, vouchers
from sim.hq.days import months_later
from sim.hq.demo import demo_pin
from sim.hq.histories import Past, Row, Rules, past_of
from sim.hq.ledger import expiring_json, row_of
from sim.hq.lots import Entry, lots_of
from sim.hq.people import DemoMember, birth_month_on, joined_on, vouchers_on
from sim.hq.pins import pin_row

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by table of the same name; `member` has one."""

    member: list[Row]
    ledger: list[Row]
    purchase: list[Row]
    refund: list[Row]
    redemption: list[Row]
    voucher: list[Row]
    pin: list[Row]


class DemoRows:
    """Makes rows; everyone with a PIN has the same one, hashed once.

    Args:
        rules: what the histories go by.
        now: HQ's time of seeding.
    """

    def __init__(self, rules: Rules, now: datetime) -> None:
        self._rules = rules
        self._now = now
        self._nothing_spent = self._spent_on([])
        self._pin = pin_row("", demo_pin(), secrets.token_bytes(16))

    def of(self, one: DemoMember) -> Rows:
        """Everything about this member."""
        past = past_of(one, self._rules)
        own = self._member_row(one, past)
        given = list(self._vouchers(one, own))
        own["due"] = min(self._days_ahead(own, past, given)).isoformat()
        return Rows(
            member=[own],
            ledger=[row_of(one.member_id, line) for line in past.ledger],
            purchase=past.purchase,
            refund=past.refund,
            redemption=past.redemption,
            voucher=[voucher_row(one.member_id, voucher) for voucher in given],
            pin=list(self._pins(one)),
        )

    def _member_row(self, one: DemoMember, past: Past) -> Row:
        person, today = one.person, self._rules.today
        return {
            "member_id": one.member_id,
            "full_name": person.full_name,
            "called_zh": person.called_zh,
            "called_en": person.called_en,
            "points": person.points,
            "as_of": self._now.isoformat(),
            "language": person.language.value if person.language else None,
            "birth_month": birth_month_on(person, today),
            "joined_on": joined_on(person, today).isoformat(),
            "expiring": expiring_json(lots_of(_entries(past))),
            **self._tier(one),
            **self._spent(past),
        }

    def _tier(self, one: DemoMember) -> Row:
        """A tier that HQ gave some time within the last year."""
        programme, today = self._rules.programme, self._rules.today
        tier = programme.tier(one.person.tier)
        known = {"tier": one.person.tier, "tier_bar_fen": 0}
        if tier is None or tier.condition is None:
            return known | {"tier_since": None, "tier_until": None}
        days = 30 + crc32(one.member_id.encode()) % 300
        since = max(today - timedelta(days), joined_on(one.person, today))
        until = months_later(since, tier.condition.months)
        return known | {"tier_since": since.isoformat(), "tier_until": until.isoformat()}

    def _spent(self, past: Past) -> Row:
        if not past.purchase:  # nearly all of a million
            return self._nothing_spent
        return self._spent_on(_bought(past))

    def _spent_on(self, bought: list[standing.Bought]) -> Row:
        today = self._rules.today
        months = standing.window_months(self._rules.programme)
        month = standing.month_of(today)
        month_fen = standing.spend_of_month(bought, month)
        return {
            "tier_spend_fen": standing.spend_to(bought, today, months),
            "month_spend_fen": month_fen,
            "open_month": month if month_fen else None,
            "points_per_purchase": standing.usual_points(bought),
            "home_store": standing.home_of(bought),
        }

    def _vouchers(self, one: DemoMember, own: Row) -> Iterator[Voucher]:
        row: Any = SimpleNamespace(**own)
        yield from vouchers.due_on(row, self._rules.programme.vouchers, self._rules.today)
        yield from vouchers_on(one, self._rules.today)

    def _days_ahead(self, own: Row, past: Past, given: Iterable[Voucher]) -> Iterator[date]:
        """Days on which something of this member may change by itself; one is enough."""
        today = self._rules.today
        months = standing.window_months(self._rules.programme)
        yield today + timedelta(days=365)
        yield from (date.fromisoformat(last) + _DAY for last, _points in own["expiring"][:1])
        yield from (voucher.valid_to + _DAY for voucher in given)
        yield from (
            months_later(one.day, months)
            for one in _bought(past)
            if one.day > today - timedelta(days=364)
        )
        if own["tier_until"]:
            yield date.fromisoformat(own["tier_until"]) + _DAY
        if own["open_month"]:
            yield month_end(today.year, today.month) + _DAY
        yield from _coming(own, self._rules.programme.vouchers, today)

    def _pins(self, one: DemoMember) -> Iterator[Row]:
        if one.person.pin is PinState.NONE:
            return
        blocked = one.person.pin is PinState.BLOCKED
        tries = self._rules.programme.redeeming.pin.tries
        wrong = tries if blocked else 0
        yield self._pin | {"member_id": one.member_id, "blocked": blocked, "wrong": wrong}


def voucher_row(member_id: str, given: Voucher) -> Row:
    """The row of the table `voucher`."""
    return given.model_dump(mode="json") | {"member_id": member_id, "state": "open"}


def _entries(past: Past) -> Iterator[Entry]:
    for n, line in enumerate(past.ledger):
        yield Entry(n, line.points, line.lapses_on, line.purchase_id, line.redemption_id)


def _bought(past: Past) -> list[standing.Bought]:
    return [
        standing.Bought(
            date.fromisoformat(row["day"]),
            row["store_id"],
            row["purchase_fen"],
            row["purchase_fen"] - row["refunded_fen"],
            row["earned"],
        )
        for row in past.purchase
    ]


def _coming(own: Row, rules: VoucherRules, today: date) -> Iterator[date]:
    """The next first day of a birthday's month, and the next anniversary."""
    if rules.birthday and own["birth_month"]:
        year = today.year + (own["birth_month"] <= today.month)
        yield date(year, own["birth_month"], 1)
    if rules.anniversary:
        joined = date.fromisoformat(own["joined_on"])
        years = range(rules.anniversary.first_year, rules.anniversary.last_year + 1)
        yield from [day for n in years if (day := anniversary_on(joined, n)) > today][:1]
