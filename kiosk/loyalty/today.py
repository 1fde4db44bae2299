"""The one benefit a member can use today; there always is one."""

from dataclasses import dataclass
from datetime import date

from kiosk.loyalty.vouchers import VoucherView
from kiosk.model.programme import Event, Reward, Tier


@dataclass(frozen=True, slots=True)
class EventToday:
    """A member day or event that is on today."""

    event: Event


@dataclass(frozen=True, slots=True)
class RewardToday:
    """A reward that can be redeemed today."""

    reward: Reward


@dataclass(frozen=True, slots=True)
class TierToday:
    """A service of the member's tier that holds on any day."""

    tier: Tier


Benefit = VoucherView | EventToday | RewardToday | TierToday


def benefit_today(
    vouchers: tuple[VoucherView, ...],
    events: tuple[Event, ...],
    reward: Reward | None,
    tier: Tier,
    today: date | None,
) -> Benefit:
    """What to offer first: a voucher, then an event, then a reward, then the tier's service.

    Args:
        vouchers: those usable today, the one that ends first in front.
        events: those that concern the member, the next one in front.
        reward: the worthiest one that nothing stands in the way of; None when there is none.
        tier: the member's, or the lowest, whose service every member has.
        today: the store-local day, or None while the clock cannot be believed: then nothing
            that depends on a date is promised.
    """
    if today is not None and vouchers:
        return vouchers[0]
    if today is not None and events and events[0].on == today:
        return EventToday(events[0])
    return RewardToday(reward) if reward is not None else TierToday(tier)
