"""Tiers: which one purchases open, what keeps it, and how far the next one is."""

from dataclasses import dataclass
from datetime import date

from kiosk.model.members import Member
from kiosk.model.programme import Programme, Tier
from kiosk.model.units import Fen


@dataclass(frozen=True, slots=True)
class Keep:
    """What keeps the present tier.

    Attributes:
        until: last day the tier is sure of.
        spend: what counts towards it so far.
        missing: purchases still needed to keep it beyond that day; 0 when it is kept.
    """

    until: date
    spend: Fen
    missing: Fen

    @property
    def kept(self) -> bool:
        """Whether nothing more is needed."""
        return self.missing == 0


@dataclass(frozen=True, slots=True)
class TierProgress:
    """Where a member stands among the tiers.

    Attributes:
        tier: None when the programme does not know the member's tier.
        following: the tier above; None at the top, or when the tier is unknown.
        spend: what counts towards the tiers now.
        missing: purchases that open the following tier; 0 where none follows.
        fraction: how much of what opens the following tier is there, 0 to 1; 1 where none
            follows.
        keep: what keeps the tier; None where nothing is needed or nothing can be said: in the
            lowest tier, without a date from HQ, on a day past that date, and while the clock
            cannot be believed.
    """

    tier: Tier | None
    following: Tier | None
    spend: Fen
    missing: Fen
    fraction: float
    keep: Keep | None


def tier_for(spend_fen: int, programme: Programme) -> Tier:
    """The highest tier that these purchases open."""
    opened = [tier for tier in programme.tiers if _reach_fen(tier) <= spend_fen]
    return opened[-1] if opened else programme.tiers[0]


def tier_progress(member: Member, programme: Programme, today: date | None) -> TierProgress:
    """The member's way from this tier to the next, and what keeps this one.

    Args:
        today: the store-local day, or None while the clock cannot be believed.
    """
    tier = programme.tier(member.tier)
    following = _above(tier, programme) if tier is not None else None
    spend = Fen(member.standing.tier_spend_fen)
    reach_fen = _reach_fen(following) if following is not None else 0
    return TierProgress(
        tier=tier,
        following=following,
        spend=spend,
        missing=Fen(max(reach_fen - spend, 0)),
        fraction=min(spend / reach_fen, 1.0) if reach_fen else 1.0,
        keep=_keep(member, tier, today),
    )


def _keep(member: Member, tier: Tier | None, today: date | None) -> Keep | None:
    until = member.standing.tier_until
    if tier is None or tier.condition is None or today is None or until is None or until < today:
        return None
    spend = Fen(member.standing.tier_spend_fen)
    return Keep(until, spend, Fen(max(tier.condition.keep_fen - spend, 0)))


def _above(tier: Tier, programme: Programme) -> Tier | None:
    place = programme.tiers.index(tier)
    return programme.tiers[place + 1] if place + 1 < len(programme.tiers) else None


def _reach_fen(tier: Tier) -> int:
    return tier.condition.reach_fen if tier.condition is not None else 0
