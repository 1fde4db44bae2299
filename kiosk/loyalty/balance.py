"""What a member can spend at this kiosk: HQ's newest word minus what it does not include."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.loyalty.claims import moves_points, not_in_row, points_of, taken
from kiosk.model.members import Member
from kiosk.model.units import Points
from kiosk.model.verdicts import Claim


@dataclass(frozen=True, slots=True)
class Balance:
    """A member's points.

    Attributes:
        points: what can be spent; negative after a refund of points already spent.
        set_aside: what this kiosk asked for and `points` has already been reduced by.
        as_of: the time HQ's figure below both is true of.
    """

    points: Points
    set_aside: Points
    as_of: datetime


@dataclass(frozen=True, slots=True)
class _Word:
    """A balance HQ told; it includes this kiosk's claims up to a sequence number."""

    as_of: datetime
    covers: int
    points: int


def balance_of(member: Member, claims: Iterable[Claim], kiosk_id: str) -> Balance:
    """The balance at this kiosk, whichever of row and verdicts arrived first.

    HQ tells a balance twice: in the member's row and in the verdict on each claim. The newer
    word counts; claims that it does not include, and that HQ has not refused, are taken off.

    Args:
        claims: what this kiosk remembers of this member, in any order.
        kiosk_id: by which the row says up to which claim it is true.
    """
    claims = tuple(claims)
    words = (_of_row(member, kiosk_id), *_of_verdicts(claims))
    # At the same time the word that includes more is the later one; a last tie promises less.
    word = max(words, key=lambda one: (one.as_of, one.covers, -one.points))
    news = taken(not_in_row(member, claims, kiosk_id))
    aside = points_of(claim for claim in news if claim.seq > word.covers)
    return Balance(Points(word.points - aside), aside, word.as_of)


def _of_row(member: Member, kiosk_id: str) -> _Word:
    return _Word(member.as_of, member.applied_seq.get(kiosk_id, 0), member.points)


def _of_verdicts(claims: tuple[Claim, ...]) -> Iterator[_Word]:
    """Balances that came with verdicts.

    A sign-up's place among the records says nothing of the redemptions before it, so a balance
    beside it would be of unknown age.
    """
    for claim in claims:
        verdict = claim.verdict
        if verdict is not None and verdict.balance is not None and moves_points(claim):
            yield _Word(verdict.as_of, claim.seq, verdict.balance)
