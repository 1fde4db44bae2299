"""Facts: what a step of the session leaves behind for HQ, one class a kind."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

from kiosk.model.answers import (
    Application,
    HandOver,
    ProfileAnswer,
    SurveyAsked,
    SurveyResponse,
)
from kiosk.model.care import Channel, DataWish
from kiosk.model.kinds import Kind as Kind
from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier, Language
from kiosk.model.units import Edition
from kiosk.model.verdicts import Code


class Visit(BaseModel):
    """A member's card was read and the member's page was shown."""

    model_config = STRICT

    kind: Literal[Kind.VISIT] = Kind.VISIT
    member_id: Identifier
    card_key: str = Field(pattern=r"^[0-9a-f]{32}$")
    language: Language
    directory_as_of: str = Field(description="the balance's own time, ISO 8601")


class Mode(StrEnum):
    """How a redemption was promised to the member."""

    HOLD = "hold"
    RESERVE = "reserve"
    ISSUE = "issue"


class SealedPin(BaseModel):
    """A PIN that only HQ can read: HPKE (RFC 9180) to the programme's key, base64.

    Attributes:
        key_id: which of HQ's keys it is sealed to.
        sealed: encapsulated key and ciphertext; bound to its record, so that it opens no other.
    """

    model_config = STRICT

    key_id: Identifier
    sealed: str = Field(max_length=400)


PlainPin = SecretStr
"""A PIN as it was entered: it prints as stars and is never written."""


MOST = 100_000_000
"""Points or fen of one reward at most, as in its document (kiosk/model/programme.py)."""


class Redemption(BaseModel):
    """A member asks for a reward.

    HQ judges `hold` and `reserve`, which differ only in how long the member waits; `issue` was
    given out by a kiosk that could not ask, within HQ's allowance: HQ accepts it, whatever the
    balance has become.

    Attributes:
        redemption_id: also the record's id; drawn before the member confirms.
        pin: as entered while it is in the session, sealed once it is on disk.
        code: what an issuing kiosk showed; None for the others, whose code HQ draws.
        programme_version: the rules the kiosk went by.
    """

    model_config = STRICT

    kind: Literal[Kind.REDEMPTION] = Kind.REDEMPTION
    redemption_id: UUID
    member_id: Identifier
    card_key: str = Field(pattern=r"^[0-9a-f]{32}$")
    reward_id: Identifier
    points: int = Field(ge=1, le=MOST)
    cash_fen: int = Field(ge=0, le=MOST)
    mode: Mode
    pin: SealedPin | PlainPin
    code: Code | None = None
    programme_version: Edition


class Release(BaseModel):
    """A member gives back what is held for them, before it is collected."""

    model_config = STRICT

    kind: Literal[Kind.RELEASE] = Kind.RELEASE
    release_id: UUID
    redemption_id: UUID
    member_id: Identifier
    card_key: str = Field(pattern=r"^[0-9a-f]{32}$")


class EventSignup(BaseModel):
    """A member signs up for an event, or off it again."""

    model_config = STRICT

    kind: Literal[Kind.EVENT_SIGNUP] = Kind.EVENT_SIGNUP
    signup_id: UUID
    member_id: Identifier
    card_key: str = Field(pattern=r"^[0-9a-f]{32}$")
    event_id: Identifier
    coming: bool


class Feedback(BaseModel):
    """A complaint, by a member or by anybody who stands there.

    Attributes:
        member_id, card_key: None without a card; nobody is looked for then.
        reasons: of the cause, as the programme's care document names them.
        words: in the person's own words; empty for none.
        call_me: wishes to be called on the number HQ knows; only a member can.
        staff_now: wishes somebody of the store to come now.
        complete: whether it was submitted; False when the person left half-way.
    """

    model_config = STRICT

    kind: Literal[Kind.FEEDBACK] = Kind.FEEDBACK
    feedback_id: UUID
    member_id: Identifier | None = None
    card_key: str | None = Field(default=None, pattern=r"^[0-9a-f]{32}$")
    cause_id: Identifier
    reasons: tuple[Identifier, ...] = Field(default=(), max_length=6)
    words: str = Field(default="", max_length=300, repr=False)
    call_me: bool = False
    staff_now: bool = False
    complete: bool = True
    language: Language


class WishAbout(StrEnum):
    """What a member changes about messages."""

    DO_NOT_DISTURB = "do_not_disturb"
    CHANNEL = "channel"
    PER_MONTH = "per_month"
    HOURS = "hours"


class ConsentChange(BaseModel):
    """A member grants or withdraws, and it holds from this moment.

    Attributes:
        purpose_id, channel: what is granted or withdrawn, when it is about a channel.
        granted: of do-not-disturb: whether it is on.
        per_month: promotions a month at most, when it is about that.
        hours: the hours' id, when it is about them.
        text_version: of the words the member saw (kiosk/model/care.py).
    """

    model_config = STRICT

    kind: Literal[Kind.CONSENT] = Kind.CONSENT
    consent_id: UUID
    member_id: Identifier
    card_key: str = Field(pattern=r"^[0-9a-f]{32}$")
    about: WishAbout
    purpose_id: Identifier | None = None
    channel: Channel | None = None
    granted: bool | None = None
    per_month: int | None = Field(default=None, ge=0, le=31)
    hours: Identifier | None = None
    text_version: Edition
    language: Language


class DataRequest(BaseModel):
    """A member asks to be shown, to have corrected or to have erased what HQ knows."""

    model_config = STRICT

    kind: Literal[Kind.DATA_REQUEST] = Kind.DATA_REQUEST
    request_id: UUID
    member_id: Identifier
    card_key: str = Field(pattern=r"^[0-9a-f]{32}$")
    wish: DataWish
    language: Language


class DeviceEvent(BaseModel):
    """Something happened to the kiosk itself; carries nothing of a member."""

    model_config = STRICT

    kind: Literal[Kind.DEVICE_EVENT] = Kind.DEVICE_EVENT
    what: Identifier
    detail: str = Field(default="", max_length=500)


Fact = (
    Visit
    | Redemption
    | Release
    | EventSignup
    | Feedback
    | ConsentChange
    | DataRequest
    | SurveyResponse
    | SurveyAsked
    | ProfileAnswer
    | Application
    | HandOver
    | DeviceEvent
)
"""What a step of the session leaves behind; each becomes one record."""


_OWN_ID: Mapping[Kind, str] = {
    Kind.REDEMPTION: "redemption_id",
    Kind.RELEASE: "release_id",
    Kind.EVENT_SIGNUP: "signup_id",
    Kind.FEEDBACK: "feedback_id",
    Kind.CONSENT: "consent_id",
    Kind.DATA_REQUEST: "request_id",
    Kind.SURVEY_RESPONSE: "response_id",
    Kind.SURVEY_ASKED: "asked_id",
    Kind.PROFILE_ANSWER: "answer_id",
    Kind.APPLICATION: "application_id",
    Kind.HAND_OVER: "hand_over_id",
}
"""Where a fact keeps the id of its record; others get theirs when the record is made."""


def own_id(fact: Fact) -> UUID | None:
    """The id a fact brings along for its record, so that its verdict can be waited for."""
    name = _OWN_ID.get(fact.kind)
    found = getattr(fact, name) if name is not None else None
    return found if isinstance(found, UUID) else None
