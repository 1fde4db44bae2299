"""The one benefit a member can use today; there always is one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.model.members import Voucher
from kiosk.model.programme import Event, Programme, Reward, Tier


@dataclass(frozen=True, slots=True)
class VoucherToday:
    """A voucher that can be used today; `days_left` counts today as 0."""

    voucher: Voucher
    days_left: int


@dataclass(frozen=True, slots=True)
class EventToday:
    """A member day or event that is on today."""

    event: Event


@dataclass(frozen=True, slots=True)
class RewardToday:
    """A reward that can be taken home today."""

    reward: Reward


@dataclass(frozen=True, slots=True)
class TierToday:
    """A service of the member's tier that holds on any day."""

    tier: Tier


Benefit = VoucherToday | EventToday | RewardToday | TierToday


def usable_vouchers(vouchers: Iterable[Voucher], today: date) -> tuple[VoucherToday, ...]:
    """Vouchers that can be used on this store-local day, the one that ends first in front."""
    usable = [voucher for voucher in vouchers if voucher.usable_on(today)]
    usable.sort(key=lambda voucher: (voucher.valid_to, voucher.price_factor_percent))
    return tuple(VoucherToday(voucher, (voucher.valid_to - today).days) for voucher in usable)


def next_event(events: Iterable[Event], today: date) -> Event | None:
    """The first event on or after this store-local day."""
    coming = [event for event in events if event.on >= today]
    return min(coming, key=lambda event: (event.on, event.event_id), default=None)


def benefit_today(
    programme: Programme,
    tier: Tier | None,
    vouchers: tuple[VoucherToday, ...],
    within_reach: tuple[Reward, ...],
    today: date | None,
) -> Benefit:
    """What to offer first: a voucher, then an event, then a reward, then the tier's service.

    Args:
        tier: the member's tier, or None when the programme does not know it; the lowest
            tier's service, which every member has, then stands in.
        vouchers: those usable today, see `usable_vouchers`.
        within_reach: rewards the member can take home now.
        today: the store-local day, or None while the clock cannot be believed: then nothing
            that depends on a date is promised.
    """
    if today is not None and vouchers:
        return vouchers[0]
    event = next_event(programme.events, today) if today is not None else None
    if event is not None and event.on == today:
        return EventToday(event)
    if within_reach:
        return RewardToday(within_reach[0])
    return TierToday(tier or programme.tiers[0])
