"""The programme as HQ publishes it: tiers, rewards, events, stores, worth of a point."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from kiosk.model.misplaced import Misplaced
from kiosk.model.rules import CashBack, Expiry, Redeeming, TierCondition, VoucherRules
from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier, LocalText
from kiosk.model.units import Edition

PositiveFen = Annotated[int, Field(ge=0, le=100_000_000)]
PositivePoints = Annotated[int, Field(ge=1, le=100_000_000)]


class TierLook(StrEnum):
    """How a tier's badge is drawn."""

    STANDARD = "standard"
    SILVER = "silver"
    GOLD = "gold"


class TierBenefit(BaseModel):
    """One service of a tier.

    Attributes:
        icon: one of our icons; an unknown name is refused when content is published.
    """

    model_config = STRICT

    icon: Identifier
    words: LocalText


class Tier(BaseModel):
    """One level of membership, lowest first in the programme.

    Attributes:
        condition: what opens and keeps it; None for the lowest, which every member has.
        earn_percent: points of a purchase in this tier, of the plain rate; never fewer than in
            the tier below.
    """

    model_config = STRICT

    tier_id: Identifier
    name: LocalText
    look: TierLook
    today: LocalText = Field(description="a benefit of this tier that can be used on any day")
    benefits: tuple[TierBenefit, ...] = Field(default=(), max_length=8)
    condition: TierCondition | None = None
    earn_percent: int = Field(default=100, ge=1, le=10_000)


class Event(BaseModel):
    """A member day or another event of the calendar, announced ahead.

    Attributes:
        earn_percent: points of a purchase on this day, on top of the tier's: 200 is twice.
        seats: how many may sign up in each store; None where nobody needs to.
        tiers: who is invited; empty for everybody.
        stores: where it takes place; empty for every store.
    """

    model_config = STRICT

    event_id: Identifier
    on: date
    name: LocalText
    badge: LocalText = Field(description="a few characters: 积分 ×2 / Points ×2")
    line: LocalText | None = Field(default=None, description="what happens, and when on that day")
    earn_percent: int = Field(default=100, ge=1, le=10_000)
    seats: int | None = Field(default=None, ge=1, le=10_000)
    tiers: tuple[Identifier, ...] = ()
    stores: tuple[Identifier, ...] = ()


class Joining(BaseModel):
    """How somebody becomes a member: one purchase, or several together."""

    model_config = STRICT

    single_purchase_fen: PositiveFen
    total_purchases_fen: PositiveFen
    minimum_age_years: int = Field(ge=0, le=120)


class Hotline(BaseModel):
    """A number that a complaint can be made to."""

    model_config = STRICT

    name: LocalText
    number: Annotated[str, Field(pattern=r"^[0-9+ -]{3,24}$")]


class RulesPage(BaseModel):
    """One page of the programme's rules in words, as members read them."""

    model_config = STRICT

    title: LocalText
    lines: tuple[LocalText, ...] = Field(min_length=1, max_length=6)


class Programme(BaseModel):
    """The rules a member's page is computed from; nothing of it is a constant in code.

    Attributes:
        version: grows with every edition.
        effective_from: first store-local day of this edition; None for at once.
        rules: the programme in HQ's own words; the kiosk shows them beside what it computes.
    """

    model_config = STRICT

    version: Edition
    effective_from: date | None = None
    chain: LocalText
    tiers: tuple[Tier, ...] = Field(min_length=1, max_length=6)
    point_worth_milli_fen: int = Field(
        ge=0, description="worth of one point in thousandths of a fen: 1000 is ¥0.01"
    )
    earn_fen_per_point: int = Field(ge=1, description="purchase in fen that earns one point")
    expiry: Expiry | None = None
    vouchers: VoucherRules = VoucherRules()
    cash_back: CashBack | None = None
    redeeming: Redeeming
    joining: Joining
    hotlines: tuple[Hotline, ...] = Field(min_length=1, max_length=4)
    events: tuple[Event, ...] = Field(default=(), max_length=100)
    rules: tuple[RulesPage, ...] = Field(default=(), max_length=12)

    @model_validator(mode="after")
    def _is_free_of_contradictions(self) -> Self:
        _distinct("tiers", "tier_id", (tier.tier_id for tier in self.tiers))
        _distinct("events", "event_id", (event.event_id for event in self.events))
        _climbing(self.tiers)
        return self

    def tier(self, tier_id: str) -> Tier | None:
        """The tier with this id, or None when the programme does not know it."""
        return next((tier for tier in self.tiers if tier.tier_id == tier_id), None)


def _distinct(items: str, name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, one in enumerate(ids):
        if one in seen:
            raise Misplaced((items, index, name), f"the {name} {one} is there twice")
        seen.add(one)


def _climbing(tiers: tuple[Tier, ...]) -> None:
    """The lowest tier is open to all, each higher one asks for more and gives no less."""
    if tiers[0].condition is not None:
        raise _in_tier(tiers, 0, "condition", "the lowest tier has a condition")
    for index, tier in enumerate(tiers[1:], 1):
        if tier.condition is None:
            raise _in_tier(tiers, index, "condition", "only the lowest tier is without a condition")
        below = tiers[index - 1]
        if tier.earn_percent < below.earn_percent:
            raise _in_tier(tiers, index, "earn_percent", "earns less than the tier below it")
        if below.condition is not None:
            _asks_for_more(tiers, index, tier.condition, below.condition)


def _asks_for_more(
    tiers: tuple[Tier, ...], index: int, asked: TierCondition, below: TierCondition
) -> None:
    if asked.reach_fen <= below.reach_fen:
        raise _in_tier(tiers, index, "condition", "asks for no more than the tier below it")
    if asked.months != below.months:
        # Members are told one sum of purchases, which cannot be of two lengths of time.
        reason = f"counts {asked.months} months, the tier below it {below.months}"
        raise _in_tier(tiers, index, "condition", reason)


def _in_tier(tiers: tuple[Tier, ...], index: int, name: str, reason: str) -> Misplaced:
    return Misplaced(("tiers", index, name), f"tier {tiers[index].tier_id}: {reason}")


class RewardKind(StrEnum):
    """What points buy: a gift, or the right to a price on chosen goods."""

    GIFT = "gift"
    HALF_PRICE = "half_price"
    NEW_ARRIVAL = "new_arrival"


class Tint(StrEnum):
    """Colour of the square behind a reward's picture."""

    MINT = "mint"
    PEACH = "peach"
    SKY = "sky"
    SAND = "sand"
    ROSE = "rose"
    GOLD = "gold"


class Reward(BaseModel):
    """One thing points can be exchanged for."""

    model_config = STRICT

    reward_id: Identifier
    kind: RewardKind
    name: LocalText
    short_name: LocalText = Field(description="fits in a headline: 礼盒 / gift box")
    points: PositivePoints
    cash_fen: PositiveFen = Field(default=0, description="to be paid besides the points")
    worth_fen: PositiveFen = Field(description="price in the store without points")
    size: LocalText | None = None
    picture: Identifier = Field(description="name of a picture of the bundle or of the kiosk")
    tint: Tint
    tiers: tuple[Identifier, ...] = Field(default=(), description="empty: open to every tier")
    available_from: date | None = None
    available_to: date | None = Field(default=None, description="last store-local day")
    per_member: int | None = Field(default=None, ge=1, description="how often one member may")
    offline: bool = Field(
        default=False, description="of low value: a kiosk may give it out while HQ is away"
    )
    stock: dict[Identifier, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict, description="pieces per store; a store not named has none"
    )

    @model_validator(mode="after")
    def _is_what_its_kind_says(self) -> Self:
        factor_percent = {RewardKind.HALF_PRICE: 50, RewardKind.NEW_ARRIVAL: 80}.get(self.kind)
        due = 0 if factor_percent is None else self.worth_fen * factor_percent // 100
        if factor_percent is not None and self.cash_fen != due:
            raise ValueError(
                f"cash_fen is {self.cash_fen}, but {self.kind} of {self.worth_fen} leaves {due}"
            )
        if self.cash_fen >= self.worth_fen > 0:
            raise ValueError("cash_fen is the whole price: the points would buy nothing")
        if self.available_from and self.available_to and self.available_to < self.available_from:
            raise ValueError("available_to comes before available_from")
        return self

    def offered_on(self, day: date | None) -> bool:
        """Whether it is offered on this store-local day; a limited one never on an unknown day."""
        if day is None:
            return self.available_from is None and self.available_to is None
        return (self.available_from or day) <= day <= (self.available_to or day)


class Rewards(BaseModel):
    """Every reward of the programme."""

    model_config = STRICT

    rewards: tuple[Reward, ...]

    @model_validator(mode="after")
    def _rewards_are_distinct(self) -> Self:
        _distinct("rewards", "reward_id", (reward.reward_id for reward in self.rewards))
        return self


class Store(BaseModel):
    """One store of the chain."""

    model_config = STRICT

    store_id: Identifier
    name: LocalText
    time_zone: str = "Asia/Shanghai"


class Stores(BaseModel):
    """Every store of the chain."""

    model_config = STRICT

    stores: tuple[Store, ...]
