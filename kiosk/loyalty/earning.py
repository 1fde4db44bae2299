"""Points of a purchase, and the purchase that earns points."""

from datetime import date

from kiosk.loyalty.calendar import concerns
from kiosk.loyalty.worth import rounded_up
from kiosk.model.programme import Programme, Tier
from kiosk.model.units import Fen, Points

PERCENT = 100


def points_for(
    purchase_fen: int, programme: Programme, tier: Tier | None, day: date | None, store_id: str
) -> Points:
    """What a purchase earns: plain rate, times the tier's percent, times the day's.

    Args:
        purchase_fen: what was paid; nothing or less earns nothing.
        tier: the member's tier; None, which the programme does not know, earns as the lowest.
        day: store-local day of the purchase; None for a plain one.
        store_id: where it was made; some stores have days of their own.
    """
    percents = _tier_percent(programme, tier) * _day_percent(programme, tier, day, store_id)
    unit = programme.earn_fen_per_point * PERCENT * PERCENT
    return Points(max(purchase_fen, 0) * percents // unit)


def purchase_for(points: int, programme: Programme, tier: Tier | None) -> Fen:
    """The smallest purchase that earns this many points on a plain day.

    Args:
        tier: the member's tier; None, which the programme does not know, earns as the lowest.
    """
    unit = programme.earn_fen_per_point * PERCENT
    return Fen(rounded_up(max(points, 0) * unit, _tier_percent(programme, tier)))


def _tier_percent(programme: Programme, tier: Tier | None) -> int:
    return (tier or programme.tiers[0]).earn_percent


def _day_percent(programme: Programme, tier: Tier | None, day: date | None, store_id: str) -> int:
    """The best of the day's events alone: two of them on one day are not multiplied."""
    tier_id = tier.tier_id if tier is not None else None
    percents = [
        event.earn_percent
        for event in programme.events
        if event.on == day and concerns(event, tier_id, store_id)
    ]
    return max(percents, default=PERCENT)
