"""How far it is to membership: one purchase that is large enough, or several together."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.model.asking import Applicant, GroupCode
from kiosk.model.programme import Joining
from kiosk.model.units import Fen
from kiosk.model.verdicts import Claim, ClaimKind, Outcome


@dataclass(frozen=True, slots=True)
class Way:
    """What is still to be bought, in fen; reaching 0 either way is enough.

    Attributes:
        single: what one more purchase must come to.
        total: what is missing of all purchases together.
        single_fraction, total_fraction: how much of each way is done, 0 to 1.
    """

    single: Fen
    total: Fen
    single_fraction: float
    total_fraction: float

    @property
    def is_done(self) -> bool:
        """Whether enough was bought, or nothing has to be."""
        return self.least == 0

    @property
    def least(self) -> Fen:
        """The smallest purchase that is enough by itself."""
        return Fen(min(self.single, self.total))

    @property
    def has_two_ends(self) -> bool:
        """Whether the two ways differ: one large purchase is less than what is missing in all."""
        return self.single < self.total


def way_to_join(joining: Joining, applicant: Applicant | None = None) -> Way:
    """The way of somebody who has applied; of anybody else nothing is known, so it is whole.

    Args:
        joining: what the programme asks for.
        applicant: as HQ's row has it.
    """
    if applicant is not None and applicant.group is GroupCode.VALID:
        return Way(Fen(0), Fen(0), 1.0, 1.0)
    best = applicant.best_fen if applicant is not None else 0
    total = applicant.total_fen if applicant is not None else 0
    once, together = joining.single_purchase_fen, joining.total_purchases_fen
    return Way(
        single=Fen(0 if best >= once else once),
        total=Fen(max(0, together - total)),
        single_fraction=_fraction(best, once),
        total_fraction=_fraction(total, together),
    )


def has_applied(claims: Iterable[Claim]) -> bool:
    """Whether this kiosk has taken an application that no row of the directory tells of yet."""
    return any(
        claim.kind is ClaimKind.APPLICATION and not claim.dead and not _is_refused(claim)
        for claim in claims
    )


def _is_refused(claim: Claim) -> bool:
    return claim.verdict is not None and claim.verdict.outcome is Outcome.REFUSED


def _fraction(done: int, goal: int) -> float:
    return min(1.0, done / goal) if goal else 1.0
