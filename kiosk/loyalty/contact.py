"""What may reach a member, and what they asked of HQ, those wishes included that HQ may not have.

A wish holds from the moment it is on this kiosk's disk: also while HQ is away, and after a start.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.model.care import DataWish
from kiosk.model.contact import changed
from kiosk.model.members import ContactWishes, Member
from kiosk.model.noted import not_noted
from kiosk.model.verdicts import Claim, ClaimKind, Outcome


class Stage(Enum):
    """How far a request about one's own data has come."""

    KEPT = "kept"
    AT_HQ = "at_hq"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Request:
    """The newest request of its sort.

    Attributes:
        on: the day it was made, by HQ's row; None before there is one.
    """

    stage: Stage
    on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether HQ still has to deal with it: asking again would change nothing."""
        return self.stage in {Stage.KEPT, Stage.AT_HQ}


def wishes_now(member: Member, claims: Iterable[Claim], kiosk_id: str) -> ContactWishes:
    """What may reach the member from now on.

    Args:
        claims: what this kiosk remembers of this member, in any order.
        kiosk_id: by which the row says which of them it includes.
    """
    wishes = member.wishes
    for claim in not_noted(member, claims, kiosk_id, ClaimKind.CONSENT):
        if not _turned_down(claim):
            wishes = changed(wishes, claim.subject)
    return wishes


def requests_now(member: Member, claims: Iterable[Claim], kiosk_id: str) -> dict[DataWish, Request]:
    """The newest request of each sort; a sort that was never asked for is not named.

    Args:
        claims, kiosk_id: as for `wishes_now`.
    """
    found: dict[DataWish, Request] = {}
    for asked in reversed(member.asked):
        found[asked.wish] = Request(Stage.DONE if asked.done else Stage.AT_HQ, asked.on)
    for claim in not_noted(member, claims, kiosk_id, ClaimKind.DATA_REQUEST):
        if claim.subject in set(DataWish):
            found[DataWish(claim.subject)] = Request(_stage(claim))
    return found


def _turned_down(claim: Claim) -> bool:
    return claim.dead or (claim.verdict is not None and claim.verdict.outcome is Outcome.REFUSED)


def _stage(claim: Claim) -> Stage:
    if _turned_down(claim):
        return Stage.REFUSED
    return Stage.AT_HQ if claim.verdict is not None else Stage.KEPT
