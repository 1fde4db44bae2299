"""What this kiosk asked HQ for in a member's name, and the member's row does not tell yet."""

from collections.abc import Iterable

from kiosk.model.members import Member
from kiosk.model.units import Points
from kiosk.model.verdicts import Claim, ClaimKind, Outcome

_MOVING = frozenset({ClaimKind.REDEMPTION, ClaimKind.RELEASE})


def moves_points(claim: Claim) -> bool:
    """Whether the claim can change a balance; only such claims advance a row's `applied_seq`."""
    return claim.kind in _MOVING


def not_in_row(member: Member, claims: Iterable[Claim], kiosk_id: str) -> tuple[Claim, ...]:
    """This kiosk's claims about points that the row does not include, oldest first."""
    covered = member.applied_seq.get(kiosk_id, 0)
    news = [claim for claim in claims if moves_points(claim) and claim.seq > covered]
    return tuple(sorted(news, key=lambda claim: claim.seq))


def taken(news: Iterable[Claim]) -> tuple[Claim, ...]:
    """Of the claims a row does not include, the redemptions that stand: none is given back.

    Args:
        news: see `not_in_row`.
    """
    news = tuple(news)
    back = {claim.subject for claim in news if _let_go(claim)}
    return tuple(
        claim
        for claim in news
        if claim.kind is ClaimKind.REDEMPTION and claim.sets_aside and str(claim.id) not in back
    )


def points_of(claims: Iterable[Claim]) -> Points:
    """What these claims set aside together."""
    return Points(sum(claim.points for claim in claims))


def unsettled(member: Member, claims: Iterable[Claim], kiosk_id: str) -> tuple[Claim, ...]:
    """Claims HQ has not spoken of: neither by a verdict nor by a row that includes them."""
    covered = member.applied_seq.get(kiosk_id, 0)
    return tuple(
        claim
        for claim in claims
        if claim.waits and not (moves_points(claim) and claim.seq <= covered)
    )


def _let_go(claim: Claim) -> bool:
    """Whether HQ has said that it released what the claim gives back."""
    return (
        claim.kind is ClaimKind.RELEASE
        and claim.verdict is not None
        and claim.verdict.outcome is Outcome.RELEASED
    )
