"""The rewards as a ladder: what can be had now, what comes next, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass

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
    """Rewards that are open to a member in this store.

    Attributes:
        within_reach: in stock here and affordable, the worthiest first.
        coming: in stock here and dearer than the balance, the nearest first.
    """

    within_reach: tuple[Reward, ...]
    coming: tuple[NextReward, ...]

    @property
    def next(self) -> NextReward | None:
        """The nearest reward that is not within reach; None when all are."""
        return self.coming[0] if self.coming else None


def stock_here(reward: Reward, store_id: str) -> int:
    """Pieces of this reward in this store."""
    return reward.stock.get(store_id, 0)


def _open_here(reward: Reward, tier_id: str, store_id: str) -> bool:
    open_to_tier = not reward.tiers or tier_id in reward.tiers
    return open_to_tier and stock_here(reward, store_id) > 0


def _coming(reward: Reward, balance: Points) -> NextReward:
    fraction = min(max(balance / reward.points, 0.0), 1.0)
    return NextReward(reward, Points(reward.points - balance), fraction)


def ladder(rewards: Iterable[Reward], balance: Points, tier_id: str, store_id: str) -> Ladder:
    """Sort what this member can have here.

    Args:
        rewards: all of the programme's rewards.
        balance: points that can be spent; may be negative.
        tier_id: the member's tier; rewards kept for other tiers are left out.
        store_id: this store; rewards without stock here are left out.
    """
    here = [reward for reward in rewards if _open_here(reward, tier_id, store_id)]
    reachable = [reward for reward in here if reward.points <= balance]
    reachable.sort(key=lambda reward: (-reward.worth_fen, reward.points, reward.reward_id))
    dearer = [reward for reward in here if reward.points > balance]
    dearer.sort(key=lambda reward: (reward.points, reward.reward_id))
    return Ladder(tuple(reachable), tuple(_coming(reward, balance) for reward in dearer))
