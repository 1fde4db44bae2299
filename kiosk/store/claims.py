"""Claims as they lie on disk: what a fact asks for, how old HQ's word on it is, what is left."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from kiosk.model.answers import Application, ProfileAnswer, SurveyAsked, SurveyResponse
from kiosk.model.asked import profile_word, survey_word
from kiosk.model.cards import CardKey, applicant_id
from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.contact import in_one_word
from kiosk.model.facts import (
    ConsentChange,
    DataRequest,
    DeviceEvent,
    EventSignup,
    Fact,
    Feedback,
    Redemption,
    Release,
)
from kiosk.model.text import Identifier
from kiosk.model.verdicts import Claim, ClaimKind


@dataclass(frozen=True, slots=True)
class NewClaim:
    """What a record asks HQ for; written together with it and under its id.

    Attributes:
        card_key: of the directory row that will one day include it.
        subject: as in `Claim`.
        points: as in `Claim`.
    """

    kind: ClaimKind
    member_id: Identifier
    card_key: CardKey
    subject: Identifier
    points: int = 0


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim as it lies on disk.

    Attributes:
        told: when HQ's word was written down; before that, when the claim was made.
        claim: with the verdict as HQ gave it, whatever time has passed since.
    """

    card_key: CardKey
    told: Instant
    claim: Claim

    def hold_left_s(self, now: Instant) -> float | None:
        """Seconds until what HQ holds is let go; None when nothing is held.

        A hold whose age nobody can tell counts as over: the member's row says what is held.
        """
        verdict = self.claim.verdict
        if verdict is None or verdict.holds_for_s is None:
            return None
        age_s = seconds_since(self.told, now)
        return 0.0 if age_s is None else max(0.0, verdict.holds_for_s - age_s)

    def at(self, now: Instant) -> Claim:
        """The claim with what is left of its hold; once that is over, without the code."""
        left_s, verdict = self.hold_left_s(now), self.claim.verdict
        if verdict is None or left_s is None:
            return self.claim
        code = verdict.code if left_s > 0 else None
        left = verdict.model_copy(update={"holds_for_s": left_s, "code": code})
        return replace(self.claim, verdict=left)


def claim_of(fact: Fact) -> NewClaim | None:
    """What this fact asks HQ for; None for one that only tells, and for one of nobody's."""
    if isinstance(fact, Application):
        return _application(fact)
    if isinstance(fact, DeviceEvent):
        return None
    said = _of_points(fact) or _in_one_word(fact)
    if said is None or fact.member_id is None or fact.card_key is None:
        return None
    key = CardKey(bytes.fromhex(fact.card_key))
    points = fact.points if isinstance(fact, Redemption) else 0
    return NewClaim(said.kind, fact.member_id, key, said.subject, points)


class _Said(NamedTuple):
    """What a claim keeps of what was said."""

    kind: ClaimKind
    subject: Identifier


def _of_points(fact: Fact) -> _Said | None:
    """Wishes that HQ decides."""
    match fact:
        case Redemption():
            return _Said(ClaimKind.REDEMPTION, fact.reward_id)
        case Release():
            return _Said(ClaimKind.RELEASE, str(fact.redemption_id))
        case EventSignup(coming=True):
            return _Said(ClaimKind.EVENT_SIGNUP, fact.event_id)
        case EventSignup():
            return _Said(ClaimKind.EVENT_SIGNOFF, fact.event_id)
        case _:
            return None


def _in_one_word(fact: Fact) -> _Said | None:
    """What a member says, and HQ notes."""
    match fact:
        case Feedback():
            return _Said(ClaimKind.FEEDBACK, fact.cause_id)
        case ConsentChange():
            return _Said(ClaimKind.CONSENT, in_one_word(fact))
        case DataRequest():
            return _Said(ClaimKind.DATA_REQUEST, fact.wish)
        case ProfileAnswer():
            return _Said(ClaimKind.PROFILE, profile_word(fact))
        case SurveyResponse() | SurveyAsked():
            return _Said(ClaimKind.SURVEY, survey_word(fact))
        case _:
            return None


def _application(fact: Application) -> NewClaim | None:
    """Found again by the card that was laid down; without one there is nothing to find it by."""
    if fact.card_key is None:
        return None
    key = CardKey(bytes.fromhex(fact.card_key))
    return NewClaim(ClaimKind.APPLICATION, applicant_id(key), key, str(fact.application_id))


def seconds_since(then: Instant, now: Instant) -> float | None:
    """Seconds between two moments of this kiosk; None when nobody can tell.

    Within one boot the clock that never jumps tells; across boots the wall clock does, if it
    was set at both moments.
    """
    if then.boot_id == now.boot_id:
        return max(0.0, now.since_boot_s - then.since_boot_s)
    if ClockQuality.UNSET in (then.quality, now.quality):
        return None
    return max(0.0, (now.wall - then.wall).total_seconds())
