"""HQ's word on a wish: held, refused and why, noted; and the wish as this kiosk remembers it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from kiosk.model.strict import TOLERANT
from kiosk.model.text import Identifier

Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$|^[0-9]{9}$")]
"""What the counter types or scans: six digits from HQ, nine from a kiosk that was offline."""


class Outcome(StrEnum):
    """What HQ did with a wish; `noted`: it has it, and there was nothing to decide."""

    HELD = "held"
    ISSUED = "issued"
    REFUSED = "refused"
    RELEASED = "released"
    SIGNED_UP = "signed_up"
    WAITLISTED = "waitlisted"
    SIGNED_OFF = "signed_off"
    NOTED = "noted"


class Because(StrEnum):
    """Why HQ refused."""

    BALANCE = "balance"
    STOCK = "stock"
    LIMIT = "limit"
    TIER = "tier"
    CARD = "card"
    PIN = "pin"
    PIN_BLOCKED = "pin_blocked"
    NOT_OFFERED = "not_offered"
    TOO_LATE = "too_late"
    UNKNOWN = "unknown"


class Verdict(BaseModel):
    """HQ's word on one record that asked for something.

    Attributes:
        because: why it was refused.
        code: what the counter asks for; only while something is held.
        holds_for_s: seconds from HQ's answer until the hold ends by itself.
        balance: the member's points after this, true at `as_of`.
        tries_left: after a wrong PIN.
    """

    model_config = TOLERANT

    outcome: Outcome
    because: Because | None = None
    code: Code | None = None
    holds_for_s: float | None = Field(default=None, ge=0)
    balance: int | None = None
    as_of: AwareDatetime
    tries_left: int | None = Field(default=None, ge=0)


class ClaimKind(StrEnum):
    """What was asked for."""

    REDEMPTION = "redemption"
    RELEASE = "release"
    EVENT_SIGNUP = "event_signup"
    EVENT_SIGNOFF = "event_signoff"
    FEEDBACK = "feedback"
    CONSENT = "consent"
    DATA_REQUEST = "data_request"
    SURVEY = "survey"
    PROFILE = "profile"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Claim:
    """What this kiosk asked HQ for, remembered until the directory's rows include it.

    Attributes:
        id: of the record; HQ's verdict comes under it.
        seq: of the record; a row with `applied_seq` of this kiosk from here on includes it.
        subject: the reward, the redemption that is given back, the event, a complaint's cause,
            a change of contact wishes in one word (kiosk/model/contact.py), a data wish, a
            survey or a profile's question in one word (kiosk/model/asked.py), or an
            application's id.
        points: what it sets aside; 0 for everything but a redemption.
        verdict: HQ's word, once it came; None while the record waits.
        dead: HQ would not even read the record: nothing was set aside.
    """

    id: UUID
    seq: int
    kind: ClaimKind
    member_id: Identifier
    subject: Identifier
    points: int
    verdict: Verdict | None = None
    dead: bool = False

    @property
    def waits(self) -> bool:
        """Whether HQ has not said anything yet."""
        return self.verdict is None and not self.dead

    @property
    def sets_aside(self) -> bool:
        """Whether its points must be taken off a balance that does not include it."""
        if self.dead:
            return False
        return self.verdict is None or self.verdict.outcome in {Outcome.HELD, Outcome.ISSUED}
