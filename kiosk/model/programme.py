"""The programme as HQ publishes it: tiers, rewards, events, worth of a point, words."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.model.members import Identifier
from kiosk.model.text import LocalText

_STRICT = ConfigDict(frozen=True, extra="forbid")

PositiveFen = Annotated[int, Field(ge=0, le=100_000_000)]
PositivePoints = Annotated[int, Field(ge=1, le=100_000_000)]


class TierLook(StrEnum):
    """How a tier's badge is drawn."""

    STANDARD = "standard"
    SILVER = "silver"
    GOLD = "gold"


class Tier(BaseModel):
    """One level of membership, lowest first in the programme."""

    model_config = _STRICT

    tier_id: Identifier
    name: LocalText
    look: TierLook
    today: LocalText = Field(description="a benefit of this tier that can be used on any day")


class Event(BaseModel):
    """A member day or another event of the calendar, announced ahead."""

    model_config = _STRICT

    event_id: Identifier
    on: date
    name: LocalText
    badge: LocalText = Field(description="a few characters: 积分 ×2 / Points ×2")


class Joining(BaseModel):
    """How somebody becomes a member: one purchase, or several together."""

    model_config = _STRICT

    single_purchase_fen: PositiveFen
    total_purchases_fen: PositiveFen
    minimum_age_years: int = Field(ge=0, le=120)


class Hotline(BaseModel):
    """A number that a complaint can be made to."""

    model_config = _STRICT

    name: LocalText
    number: Annotated[str, Field(pattern=r"^[0-9+ -]{3,24}$")]


class Programme(BaseModel):
    """The rules a member's page is computed from; nothing of it is a constant in code."""

    model_config = _STRICT

    version: int = Field(ge=1)
    chain: LocalText
    tiers: tuple[Tier, ...] = Field(min_length=1)
    point_worth_milli_fen: int = Field(
        ge=0, description="worth of one point in thousandths of a fen: 1000 is ¥0.01"
    )
    earn_fen_per_point: int = Field(ge=1, description="purchase in fen that earns one point")
    joining: Joining
    hotlines: tuple[Hotline, ...] = Field(min_length=1, max_length=4)
    events: tuple[Event, ...] = ()

    @model_validator(mode="after")
    def _tiers_are_distinct(self) -> Self:
        ids = [tier.tier_id for tier in self.tiers]
        if len(set(ids)) != len(ids):
            raise ValueError("two tiers have the same tier_id")
        return self

    def tier(self, tier_id: str) -> Tier | None:
        """The tier with this id, or None when the programme does not know it."""
        return next((tier for tier in self.tiers if tier.tier_id == tier_id), None)


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

    model_config = _STRICT

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
    stock: dict[Identifier, Annotated[int, Field(ge=0)]] = Field(
        default_factory=dict, description="pieces per store; a store not named has none"
    )


class Rewards(BaseModel):
    """Every reward of the programme."""

    model_config = _STRICT

    rewards: tuple[Reward, ...]

    @model_validator(mode="after")
    def _rewards_are_distinct(self) -> Self:
        ids = [reward.reward_id for reward in self.rewards]
        if len(set(ids)) != len(ids):
            raise ValueError("two rewards have the same reward_id")
        return self


class Store(BaseModel):
    """One store of the chain."""

    model_config = _STRICT

    store_id: Identifier
    name: LocalText
    time_zone: str = "Asia/Shanghai"


class Stores(BaseModel):
    """Every store of the chain."""

    model_config = _STRICT

    stores: tuple[Store, ...]


class AttractFrame(BaseModel):
    """One of the frames that explain the plan while nobody is at the kiosk."""

    model_config = _STRICT

    title: LocalText
    items: tuple["AttractItem", ...] = Field(min_length=2, max_length=3)


class AttractItem(BaseModel):
    """A picture with a word and a line below it."""

    model_config = _STRICT

    picture: Identifier
    tint: Tint
    name: LocalText
    line: LocalText


class Attract(BaseModel):
    """The attract screen's own words."""

    model_config = _STRICT

    headline_call: LocalText
    headline_promise: LocalText
    line: LocalText
    frames: tuple[AttractFrame, ...] = Field(min_length=1, max_length=5)
