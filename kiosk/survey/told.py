"""What is known of a member's profile: HQ's row, and what was said here since it was made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from kiosk.model.answers import Reluctance
from kiosk.model.asked import read_profile_word
from kiosk.model.asking import Known, PutOff
from kiosk.model.members import Member
from kiosk.model.noted import not_noted
from kiosk.model.verdicts import Claim, ClaimKind, Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """What a member has said so far, by a question's name.

    Attributes:
        values: HQ's, by name; one that was told anew here is not among them.
        fresh: answered or confirmed here, and not in HQ's row yet.
        later: put off, and not due again.
        never: refused; only the member opens such a question again.
        paid: stages HQ has paid for.
    """

    values: Mapping[str, Known] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    fresh: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    paid: frozenset[str] = frozenset()

    @property
    def known(self) -> frozenset[str]:
        """Everything that counts as told."""
        return self.fresh | frozenset(self.values)


def told_by(
    member: Member,
    claims: Iterable[Claim],
    kiosk_id: str,
    today: date | None,
    later_days: int,
) -> Told:
    """What the member has told HQ and this kiosk.

    Args:
        claims: what this kiosk remembers of this member, in any order.
        kiosk_id: by which the row says which of them it includes.
        today: store-local; None while the clock cannot be believed: what was put off stays so.
        later_days: for how long.
    """
    told = _by_row(member, today, later_days)
    for claim in _news(member, claims, kiosk_id):
        said = read_profile_word(claim.subject)
        if said is not None:
            told = _with(told, *said, confirmed=claim.subject.startswith("confirmed."))
    return told


def _by_row(member: Member, today: date | None, later_days: int) -> Told:
    values = {one.field: one for one in member.known}
    put_off = [one for one in member.put_off if one.field not in values]
    later = (one.field for one in put_off if _rests(one, today, later_days))
    never = (one.field for one in put_off if one.how is Reluctance.NEVER)
    return Told(
        values=MappingProxyType(values),
        later=frozenset(later),
        never=frozenset(never),
        paid=frozenset(member.stages),
    )


def _rests(one: PutOff, today: date | None, later_days: int) -> bool:
    """Whether it is too early to ask again; a clock that went back does not hurry anybody."""
    if one.how is not Reluctance.LATER:
        return False
    return today is None or (today - one.on).days < later_days


def _news(member: Member, claims: Iterable[Claim], kiosk_id: str) -> list[Claim]:
    """This kiosk's claims that the row does not include and HQ did not refuse, oldest first."""
    news = not_noted(member, claims, kiosk_id, ClaimKind.PROFILE)
    return [one for one in news if _stands(one)]


def _stands(claim: Claim) -> bool:
    refused = claim.verdict is not None and claim.verdict.outcome is Outcome.REFUSED
    return not claim.dead and not refused


def _with(told: Told, name: str, how: Reluctance | None, *, confirmed: bool) -> Told:
    """The same after one more word: the last one holds, but nothing known is forgotten."""
    later, never = told.later - {name}, told.never - {name}
    if how is Reluctance.LATER:
        return replace(told, later=later | {name}, never=never)
    if how is Reluctance.NEVER:
        return replace(told, later=later, never=never | {name})
    kept = {one: value for one, value in told.values.items() if confirmed or one != name}
    values = MappingProxyType(kept)
    return replace(told, values=values, fresh=told.fresh | {name}, later=later, never=never)
