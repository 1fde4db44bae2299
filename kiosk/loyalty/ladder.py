"""The rewards as a ladder: what can be had now, what comes next, and what has run out here."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.model.programme import Reward
from kiosk.model.units import Points


@dataclass(frozen=True, slots=True)
class NextReward:
    """A reward that is not within reach yet.

    Attributes:
        missing: points still to be earned, at least 1.
        fraction: how much of its price the balance covers, 0 to 1.
    """

    reward: Reward
    missing: Points
    fraction: float


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rewards that are offered to a member in this store.

    Attributes:
        within_reach: in stock here and affordable, the worthiest first.
        coming: in stock here and dearer than the balance, the nearest first.
        out_of_stock: none left here, the cheapest first.
        used_up: had by this member as often as one may, the cheapest first.
    """

    within_reach: tuple[Reward, ...]
    coming: tuple[NextReward, ...]
    out_of_stock: tuple[Reward, ...] = ()
    used_up: tuple[Reward, ...] = ()

    @property
    def next(self) -> NextReward | None:
        """The nearest reward that is not within reach; None when all are."""
        return self.coming[0] if self.coming else None


def stock_here(reward: Reward, store_id: str) -> int:
    """Pieces of this reward in this store."""
    return reward.stock.get(store_id, 0)


def open_to(reward: Reward, tier_id: str) -> bool:
    """Whether members of this tier may have the reward."""
    return not reward.tiers or tier_id in reward.tiers


def ladder(
    rewards: Iterable[Reward],
    balance: Points,
    tier_id: str,
    store_id: str,
    today: date | None,
    used_up: Container[str] = (),
) -> Ladder:
    """Sort what this member can have here.

    Args:
        rewards: all of the programme's rewards.
        balance: points that can be spent; may be negative.
        tier_id: the member's tier; rewards kept for other tiers are left out.
        store_id: this store.
        today: the store-local day, or None while the clock cannot be believed; rewards not
            offered on it are left out.
        used_up: the ids of those the member has had as often as one may: no goal any more, and
            no distance.
    """
    offered = [one for one in rewards if one.offered_on(today) and open_to(one, tier_id)]
    offered.sort(key=lambda reward: (reward.points, reward.reward_id))
    free = [reward for reward in offered if reward.reward_id not in used_up]
    here = [reward for reward in free if stock_here(reward, store_id) > 0]
    reachable = [reward for reward in here if reward.points <= balance]
    reachable.sort(key=lambda reward: -reward.worth_fen)
    return Ladder(
        within_reach=tuple(reachable),
        coming=tuple(_coming(reward, balance) for reward in here if reward.points > balance),
        out_of_stock=tuple(one for one in free if stock_here(one, store_id) == 0),
        used_up=tuple(one for one in offered if one.reward_id in used_up),
    )


def _coming(reward: Reward, balance: Points) -> NextReward:
    fraction = min(max(balance / reward.points, 0.0), 1.0)
    return NextReward(reward, Points(reward.points - balance), fraction)
