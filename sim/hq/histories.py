"""What the demo's members did before today, as rows of HQ's tables that sum exactly."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kiosk.loyalty.earning import points_for
from kiosk.loyalty.expiry import expires_on
from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.programme import Programme, Rewards
from kiosk.model.text import Identifier
from sim.hq.demo import Deed
from sim.hq.figures import STORE_TIME
from sim.hq.ledger import Booking
from sim.hq.people import DemoMember, joined_on

OPENING_DAYS = 720
"""Age of an opening line at most: under 24 months, so that nothing of it has lapsed yet."""

_OPEN_AT, _OPEN_MINUTES = time(10), 11 * 60
"""The stores are open from ten to nine."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a history goes by.

    Attributes:
        prices: points and cash of each reward.
        today: the store-local day of seeding.
    """

    programme: Programme
    prices: dict[Identifier, tuple[int, int]]
    today: date

    @classmethod
    def of(cls, programme: Programme, rewards: Rewards, today: date) -> "Rules":
        """The rules of these documents on this day."""
        prices = {one.reward_id: (one.points, one.cash_fen) for one in rewards.rewards}
        return cls(programme, prices, today)


@dataclass(slots=True)
class Past:
    """Entries of the ledger and rows for the tables of the same names, the oldest first."""

    ledger: list[Booking] = field(default_factory=list)
    purchase: list[Row] = field(default_factory=list)
    refund: list[Row] = field(default_factory=list)
    redemption: list[Row] = field(default_factory=list)


def past_of(one: DemoMember, rules: Rules) -> Past:
    """What a member did; an opening line brings the sum to the points the member has."""
    teller = _Teller(one, rules)
    for number, deed in enumerate(one.person.deeds):
        teller.tell(number, deed)
    teller.open()
    return teller.past


class _Teller:
    """Writes one member's history."""

    def __init__(self, one: DemoMember, rules: Rules) -> None:
        self.past = Past()
        self._one = one
        self._rules = rules
        self._tier = rules.programme.tier(one.person.tier)

    def open(self) -> None:
        """Put the line in front that carries over what was there before the ledger began."""
        points = self._one.person.points - sum(one.points for one in self.past.ledger)
        if points == 0:
            return
        today = self._rules.today
        day = max(joined_on(self._one.person, today), today - timedelta(OPENING_DAYS))
        kind = LineKind.EARN if points > 0 else LineKind.ADJUST
        lapses_on = self._lapses_on(day) if points > 0 else None
        line = Booking(
            kind, LineReason.OPENING, points, _moment(day, _OPEN_AT), lapses_on=lapses_on
        )
        self.past.ledger.insert(0, line)

    def tell(self, number: int, deed: Deed) -> None:
        """Add one deed."""
        at = self._at(number, deed)
        if deed.buys_fen is not None:
            self._buy(number, deed, deed.buys_fen, at)
        elif deed.returns_fen is not None:
            self._return(number, deed, deed.returns_fen, at)
        elif deed.redeems is not None:
            self._redeem(number, deed, deed.redeems, at)

    def _buy(self, number: int, deed: Deed, fen: int, at: datetime) -> None:
        day = at.astimezone(STORE_TIME).date()
        earned = points_for(fen, self._rules.programme, self._tier, None, deed.store)
        bought: Row = {
            "purchase_id": f"demo-{self._one.member_id}-{number}",
            "member_id": self._one.member_id,
            "store_id": deed.store,
            "receipt": self._receipt(number, deed, day),
            "at": at.isoformat(),
            "day": day.isoformat(),
            "purchase_fen": fen,
            "earned": earned,
            "refunded_fen": 0,
            "redemption_id": None,
        }
        self.past.purchase.append(bought)
        line = Booking(
            LineKind.EARN,
            LineReason.PURCHASE,
            earned,
            at,
            deed.store,
            bought["receipt"],
            purchase_fen=fen,
            purchase_id=bought["purchase_id"],
            lapses_on=self._lapses_on(day),
        )
        self.past.ledger.append(line)

    def _return(self, number: int, deed: Deed, fen: int, at: datetime) -> None:
        """A part of the last purchase goes back; its points as sim.hq.refunds takes them."""
        bought = self.past.purchase[-1]
        kept_fen = bought["purchase_fen"] - fen
        back = bought["earned"] - bought["earned"] * kept_fen // bought["purchase_fen"]
        bought["refunded_fen"] = fen
        receipt = self._receipt(number, deed, at.astimezone(STORE_TIME).date())
        told: Row = {
            "refund_id": f"demo-{self._one.member_id}-{number}",
            "purchase_id": bought["purchase_id"],
            "receipt": receipt,
            "at": at.isoformat(),
            "refund_fen": fen,
            "reversed": back,
            "given_back": 0,
        }
        self.past.refund.append(told)
        line = Booking(
            LineKind.REVERSE,
            LineReason.REFUND,
            -back,
            at,
            deed.store,
            receipt,
            purchase_fen=-fen,
            purchase_id=bought["purchase_id"],
        )
        self.past.ledger.append(line)

    def _redeem(self, number: int, deed: Deed, reward_id: str, at: datetime) -> None:
        points, cash_fen = self._rules.prices[reward_id]
        name = hashlib.blake2b(f"{self._one.member_id} {number}".encode(), digest_size=16)
        redemption_id = str(UUID(bytes=name.digest(), version=4))
        day = at.astimezone(STORE_TIME).date()
        self.past.redemption.append(
            {
                "redemption_id": redemption_id,
                "member_id": self._one.member_id,
                "kiosk_id": f"{deed.store}-k1",
                "store_id": deed.store,
                "reward_id": reward_id,
                "points": points,
                "cash_fen": cash_fen,
                "mode": "hold",
                "state": "collected",
                "code": None,
                "day": day.isoformat(),
                "made": at.isoformat(),
                "ended": at.isoformat(),
            }
        )
        line = Booking(
            LineKind.REDEEM,
            LineReason.REWARD,
            -points,
            at,
            deed.store,
            reward_id=reward_id,
            redemption_id=redemption_id,
        )
        self.past.ledger.append(line)

    def _at(self, number: int, deed: Deed) -> datetime:
        """A minute at which the stores are open; the same at every seeding."""
        minute = Random(f"{self._one.member_id} {number}").randrange(_OPEN_MINUTES)
        opened = _moment(self._rules.today - timedelta(deed.ago_days), _OPEN_AT)
        return opened + timedelta(minutes=minute)

    def _receipt(self, number: int, deed: Deed, day: date) -> str:
        serial = Random(f"{self._one.member_id} receipt {number}").randrange(10_000)
        return f"{deed.store.upper()}/{day:%y%m%d}/{serial:04}"

    def _lapses_on(self, day: date) -> date | None:
        rule = self._rules.programme.expiry
        return expires_on(day, rule) if rule is not None else None


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, STORE_TIME).astimezone(UTC)
