"""How far the next reward is: in points, in money, and in visits at the member's own pace."""

from dataclasses import dataclass

from kiosk.loyalty.earning import purchase_for
from kiosk.loyalty.ladder import NextReward
from kiosk.loyalty.worth import rounded_up
from kiosk.model.programme import Programme, Reward, Tier
from kiosk.model.units import Fen, Points


@dataclass(frozen=True, slots=True)
class Distance:
    """The way to a reward that is not within reach yet.

    Attributes:
        missing: points still to be earned, at least 1.
        purchase: what earns them on a plain day at the member's tier, in fen.
        visits: purchases as this member usually makes them; None while their pace is unknown.
        fraction: how much of the way is done, 0 to 1.
    """

    reward: Reward
    missing: Points
    purchase: Fen
    visits: int | None
    fraction: float


def distance_to(
    rung: NextReward, programme: Programme, tier: Tier | None, points_per_purchase: int | None
) -> Distance:
    """The way to this reward.

    Args:
        tier: the member's; None, which the programme does not know, earns as the lowest.
        points_per_purchase: what a usual purchase of this member earns; None while unknown.
    """
    return Distance(
        reward=rung.reward,
        missing=rung.missing,
        purchase=purchase_for(rung.missing, programme, tier),
        visits=rounded_up(rung.missing, points_per_purchase) if points_per_purchase else None,
        fraction=rung.fraction,
    )
