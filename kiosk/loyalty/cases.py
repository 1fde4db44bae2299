"""How far a member's complaints have come, those included that HQ has not told of yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.model.care import STEPS
from kiosk.model.members import Member
from kiosk.model.noted import not_noted
from kiosk.model.verdicts import Claim, ClaimKind

RECEIVED = 1
"""The step of a complaint that is on this kiosk's disk."""


@dataclass(frozen=True, slots=True)
class CaseNow:
    """One complaint.

    Attributes:
        step: from 1.
        opened: the day HQ received it; None while it may not have.
    """

    cause_id: str
    step: int
    opened: date | None

    @property
    def closed(self) -> bool:
        """Whether it has been dealt with."""
        return self.step >= STEPS


def cases_now(member: Member, claims: Iterable[Claim], kiosk_id: str) -> tuple[CaseNow, ...]:
    """The member's complaints, the newest first.

    Args:
        claims: what this kiosk asked for in the member's name; the member's row includes those
            up to `noted` of this kiosk.
    """
    news = not_noted(member, claims, kiosk_id, ClaimKind.FEEDBACK)
    own = [CaseNow(one.subject, RECEIVED, None) for one in reversed(news) if not one.dead]
    return (*own, *(CaseNow(case.cause_id, case.step, case.opened) for case in member.cases))
