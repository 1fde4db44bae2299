"""How a member is cared for, as HQ publishes it: complaints, contact wishes, requests."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from kiosk.model.misplaced import Misplaced
from kiosk.model.programme import Tint
from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier, LocalText
from kiosk.model.units import Edition

STEPS = 6
"""Received, heard, analysed, explained, solved, followed up (docs/architecture.md, complaints)."""


WebAddress = Annotated[
    str, StringConstraints(pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$", max_length=200)
]
"""Without a query: what is behind it is added by the kiosk."""


class Channel(StrEnum):
    """A way a message can reach a member."""

    SMS = "sms"
    WECHAT = "wechat"
    PHONE = "phone"
    EMAIL = "email"


class DataWish(StrEnum):
    """What a member can ask HQ to do with what it knows of them."""

    SHOW = "show"
    CORRECT = "correct"
    ERASE = "erase"


class Choice(BaseModel):
    """One of several answers, as it stands on a button."""

    model_config = STRICT

    choice_id: Identifier
    words: LocalText


class Cause(BaseModel):
    """What a complaint is about, with its usual reasons."""

    model_config = STRICT

    cause_id: Identifier
    icon: Identifier
    tint: Tint
    words: LocalText
    line: LocalText
    reasons: tuple[Choice, ...] = Field(min_length=1, max_length=6)


class Complaints(BaseModel):
    """How complaints are taken.

    Attributes:
        causes: one touch each; three, as a person sees them at a glance.
        steps: names of the six steps, in their order.
        call_promise: what may be promised about a call; None promises nothing.
        staff_promise: the same for a member of staff who comes to the kiosk.
        aim_hours: hours after which HQ calls a case overdue at each step but the last; None
            calls none so. No kiosk shows them.
    """

    model_config = STRICT

    causes: tuple[Cause, ...] = Field(min_length=1, max_length=3)
    steps: tuple[LocalText, ...] = Field(min_length=STEPS, max_length=STEPS)
    call_promise: LocalText | None = None
    staff_promise: LocalText | None = None
    aim_hours: tuple[Annotated[int, Field(ge=1, le=8784)], ...] | None = Field(
        default=None, min_length=STEPS - 1, max_length=STEPS - 1
    )

    def cause(self, cause_id: str) -> Cause | None:
        """The cause with this id."""
        return next((one for one in self.causes if one.cause_id == cause_id), None)


LONGEST_PURPOSE_ID, LONGEST_HOURS_ID = 45, 58
"""Characters: with what a member wishes of it, such an id is one word that a claim keeps, of 64
(`channel.ID.wechat.off` and `hours.ID`, kiosk/model/contact.py)."""


class Purpose(BaseModel):
    """Why a message is sent, and by which channels it could be.

    Attributes:
        promotion: counts towards the frequency the member chooses; never on by itself.
    """

    model_config = STRICT

    purpose_id: Identifier
    words: LocalText
    line: LocalText
    channels: tuple[Channel, ...] = Field(min_length=1, max_length=4)
    promotion: bool = False


class Frequency(BaseModel):
    """How many promotions a month at most; 0 is none."""

    model_config = STRICT

    per_month: int = Field(ge=0, le=31)
    words: LocalText


class ContactRules(BaseModel):
    """What a member can wish about messages.

    Attributes:
        text_version: of the words a member agrees to; kept with every consent.
        frequencies: from fewest to most.
        hours: when a call or message is welcome.
    """

    model_config = STRICT

    text_version: Edition
    purposes: tuple[Purpose, ...] = Field(min_length=1, max_length=5)
    frequencies: tuple[Frequency, ...] = Field(min_length=2, max_length=6)
    hours: tuple[Choice, ...] = Field(min_length=2, max_length=4)

    @model_validator(mode="after")
    def _frequencies_grow(self) -> Self:
        for index, pair in enumerate(zip(self.frequencies, self.frequencies[1:], strict=False), 1):
            if pair[1].per_month <= pair[0].per_month:
                raise Misplaced(
                    ("frequencies", index, "per_month"), "is no more than the one before"
                )
        return self

    @model_validator(mode="after")
    def _ids_fit_a_claim(self) -> Self:
        for index, purpose in enumerate(self.purposes):
            if len(purpose.purpose_id) > LONGEST_PURPOSE_ID:
                place = ("purposes", index, "purpose_id")
                raise Misplaced(place, f"has more than {LONGEST_PURPOSE_ID} characters")
        for index, hours in enumerate(self.hours):
            if len(hours.choice_id) > LONGEST_HOURS_ID:
                place = ("hours", index, "choice_id")
                raise Misplaced(place, f"has more than {LONGEST_HOURS_ID} characters")
        return self

    def purpose(self, purpose_id: str) -> Purpose | None:
        """The purpose with this id."""
        return next((one for one in self.purposes if one.purpose_id == purpose_id), None)


class Asking(BaseModel):
    """How often and how much members are asked; the questions themselves are surveys.

    Attributes:
        survey_rest_days: after a survey was answered or declined, before another is offered.
        later_days: after "next time", before the same question of the profile comes again.
        questions_a_visit: of the profile, at most.
        recheck_after_days: age at which a value of the profile may be asked to be confirmed.
        recheck_percent: of the visits with such a value, on how many it is asked.
        repeat_s: two answers of nobody within this time are marked as doubtful.
        form_url: where a form opens on one's own phone; None offers none.
        hand_over_s: how long such a link can be opened.
    """

    model_config = STRICT

    survey_rest_days: int = Field(default=14, ge=0, le=365)
    later_days: int = Field(default=30, ge=1, le=730)
    questions_a_visit: int = Field(default=2, ge=1, le=2)
    recheck_after_days: int = Field(default=365, ge=30, le=3650)
    recheck_percent: int = Field(default=10, ge=0, le=100)
    repeat_s: int = Field(default=20, ge=0, le=600)
    form_url: WebAddress | None = None
    hand_over_s: int = Field(default=600, ge=60, le=3600)


class Shift(BaseModel):
    """A part of a store's day.

    Attributes:
        first_hour: it begins with this hour of the store's clock.
        to_hour: it ends when this hour begins.
    """

    model_config = STRICT

    shift_id: Identifier
    words: LocalText
    first_hour: int = Field(ge=0, le=23)
    to_hour: int = Field(ge=1, le=24)

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.to_hour <= self.first_hour:
            raise Misplaced(("to_hour",), "is no later than the first hour")
        return self


class Reporting(BaseModel):
    """How HQ tells what answers come to. No kiosk shows any of it.

    Attributes:
        minimum_answers: with fewer of them no score is told (docs/decisions.md has the reason).
        shifts: scores are told for each of them; none of them tells no shifts.
    """

    model_config = STRICT

    minimum_answers: int = Field(default=20, ge=5, le=1000)
    shifts: tuple[Shift, ...] = Field(default=(), max_length=4)

    def shift_at(self, hour: int) -> Shift | None:
        """The shift of this hour of the day, from 0."""
        return next((one for one in self.shifts if one.first_hour <= hour < one.to_hour), None)


class Care(BaseModel):
    """The document `care.json`."""

    model_config = STRICT

    complaints: Complaints
    contact: ContactRules
    asking: Asking = Asking()
    reporting: Reporting = Reporting()
