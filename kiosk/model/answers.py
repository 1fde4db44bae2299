"""What people answer: surveys, profile, applications; each becomes one record."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from kiosk.model.kinds import Kind
from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier, Language
from kiosk.model.units import Edition

CardKeyHex = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
"""A card's keyed hash (kiosk/model/cards.py)."""

AnswerName = Annotated[str, StringConstraints(min_length=1, max_length=100)]
"""A question's or figure's name, as its document has it (kiosk/survey/parts.py)."""

Words = Annotated[str, StringConstraints(max_length=2000)]

Answer = bool | int | float | Words | tuple[bool | int | float | Words, ...]
"""One answer as JSON has it; several choices are a list."""


class Flag(StrEnum):
    """What makes an answer doubtful: HQ keeps it, and counts with it and without it."""

    RAPID_REPEAT = "rapid_repeat"
    NO_MEMBER = "no_member"


class SurveyResponse(BaseModel):
    """What somebody answered to a survey.

    An anonymous one tells nothing of who answered: neither member nor card nor purchase, its id
    is drawn without a time in it, and its time is blurred (docs/architecture.md, surveys).

    Attributes:
        purchase: the purchase it is about, as the directory's row names it.
        complete: whether the survey was gone through; False when the person left half-way.
        answers: by the question's or figure's name.
        seconds: time spent on each answered question.
        flags: what makes it doubtful.
    """

    model_config = STRICT

    kind: Literal[Kind.SURVEY_RESPONSE] = Kind.SURVEY_RESPONSE
    response_id: UUID
    survey_id: Identifier
    survey_version: Edition
    language: Language
    complete: bool
    anonymous: bool = False
    member_id: Identifier | None = None
    card_key: CardKeyHex | None = None
    purchase: Identifier | None = None
    answers: dict[AnswerName, Answer] = Field(max_length=100, repr=False)
    seconds: dict[AnswerName, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = Field(
        default_factory=dict, max_length=100
    )
    flags: tuple[Flag, ...] = Field(default=(), max_length=4)

    @model_validator(mode="after")
    def _anonymous_names_nobody(self) -> "SurveyResponse":
        named = (self.member_id, self.card_key, self.purchase) != (None, None, None)
        if self.anonymous and named:
            raise ValueError("an anonymous answer names somebody")
        return self


class Came(StrEnum):
    """What came of asking a member."""

    ANSWERED = "answered"
    HALF_WAY = "half_way"
    DECLINED = "declined"


class SurveyAsked(BaseModel):
    """A member was asked: what came of it, without what was answered.

    It is what remains of a member after an anonymous answer, so that the points are paid and
    the question does not come back; and of one who would rather not.
    """

    model_config = STRICT

    kind: Literal[Kind.SURVEY_ASKED] = Kind.SURVEY_ASKED
    asked_id: UUID
    member_id: Identifier
    card_key: CardKeyHex
    survey_id: Identifier
    survey_version: Edition
    purchase: Identifier | None = None
    came: Came
    language: Language


class Reluctance(StrEnum):
    """How a member turned a question down."""

    LATER = "later"
    NEVER = "never"


class ProfileAnswer(BaseModel):
    """A member answers one question of the profile, turns it down, or confirms what is known.

    Exactly one of the three.

    Attributes:
        survey_id, survey_version: the stage whose question it is.
        field: the question's name.
        value: the answer.
        put_off: that it was turned down, and for how long.
        confirmed: that what HQ knows is still right.
    """

    model_config = STRICT

    kind: Literal[Kind.PROFILE_ANSWER] = Kind.PROFILE_ANSWER
    answer_id: UUID
    member_id: Identifier
    card_key: CardKeyHex
    survey_id: Identifier
    survey_version: Edition
    field: AnswerName
    value: Answer | None = Field(default=None, repr=False)
    put_off: Reluctance | None = None
    confirmed: bool = False
    language: Language

    @model_validator(mode="after")
    def _says_one_thing(self) -> "ProfileAnswer":
        said = (self.value is not None, self.put_off is not None, self.confirmed)
        if sum(said) != 1:
            raise ValueError("it takes a value, a refusal or a confirmation, and one of them")
        return self


class Application(BaseModel):
    """Somebody applies for membership; only who is old enough gets as far as a record.

    Attributes:
        card_key: of the unknown card that was laid down; None without one: HQ binds one later.
        name, phone: all that a first visit asks for, beside the day of birth.
        born: proves the age, and earns the birthday voucher.
        group_code: of a group's application; empty for none.
        marketing: a tick of its own, never set by itself.
        text_version: of the words that were agreed to (kiosk/model/care.py).
    """

    model_config = STRICT

    kind: Literal[Kind.APPLICATION] = Kind.APPLICATION
    application_id: UUID
    card_key: CardKeyHex | None = None
    name: Annotated[str, StringConstraints(min_length=1, max_length=40)] = Field(repr=False)
    phone: Annotated[str, StringConstraints(pattern=r"^1[3-9][0-9]{9}$")] = Field(repr=False)
    born: date = Field(repr=False)
    group_code: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{0,12}$")] = ""
    marketing: bool = False
    text_version: Edition
    language: Language


class Form(StrEnum):
    """What can be filled in on one's own phone."""

    PROFILE = "profile"
    JOINING = "joining"


class HandOver(BaseModel):
    """Somebody goes on on their own phone: HQ's form opens once, for ten minutes.

    Attributes:
        member_id, card_key: whose profile; a card without a member when somebody joins.
        secret_sha256: of the secret in the link, in hex; the link itself is in no record.
    """

    model_config = STRICT

    kind: Literal[Kind.HAND_OVER] = Kind.HAND_OVER
    hand_over_id: UUID
    form: Form
    member_id: Identifier | None = None
    card_key: CardKeyHex | None = None
    secret_sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    language: Language
