"""A survey as HQ publishes it: the questions in our own envelope.

SurveyJS refuses properties it does not know, so what the kiosk needs besides the questions stands
around them: whom to ask, when, what for, and what it earns.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier, LocalText
from kiosk.model.units import Edition
from kiosk.survey.form import Form, SetValueTrigger

_STRICT = ConfigDict(**STRICT, populate_by_name=True)

DaySpan = tuple[Annotated[int, Field(ge=0, le=3650)], Annotated[int, Field(ge=0, le=3650)]]
"""First and last day, both counted; the day itself is 0."""


MOST_ANSWERS = 100
"""Answers and figures in one record (kiosk/model/answers.py, SurveyResponse)."""


class Kind(StrEnum):
    """What a survey is for; it decides when it is offered."""

    SATISFACTION = "satisfaction"
    FOLLOW_UP = "follow_up"
    PROFILE = "profile"
    VOTE = "vote"


class Partial(StrEnum):
    """What becomes of a survey that somebody leaves half-way."""

    SUBMIT = "submit"
    DISCARD = "discard"


class Sensitivity(StrEnum):
    """How carefully an answer must be handled."""

    NORMAL = "normal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class FileClass(StrEnum):
    """Which file of a member's profile an answer belongs to."""

    HARD = "hard"
    SOFT = "soft"


class Audience(BaseModel):
    """Who is asked; every condition that is given must hold.

    Attributes:
        after_purchase_days: since the last purchase.
        after_first_purchase_days: since the first purchase.
        segments: computed at HQ; empty for everybody. The same for tiers.
    """

    model_config = _STRICT

    after_purchase_days: DaySpan | None = None
    after_first_purchase_days: DaySpan | None = None
    segments: tuple[Identifier, ...] = ()
    tiers: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _spans_run_forward(self) -> Self:
        for span in (self.after_purchase_days, self.after_first_purchase_days):
            if span is not None and span[1] < span[0]:
                raise ValueError(f"the last day {span[1]} comes before the first {span[0]}")
        return self


class Window(BaseModel):
    """Store-local days on which a survey is offered, both counted; None for no limit."""

    model_config = _STRICT

    first: Annotated[date | None, Field(alias="from")] = None
    last: Annotated[date | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.first and self.last and self.last < self.first:
            raise ValueError("`to` comes before `from`")
        return self

    def is_open(self, day: date | None) -> bool:
        """Whether a survey is offered on this day; a limited one never on an unknown day."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first or day) <= day <= (self.last or day)


class Note(BaseModel):
    """What HQ says about one question.

    Attributes:
        purpose: what HQ does with the answer; for HQ's own people.
        why: what the member gains by it; shown beside the question.
        file: part of a profile the answer belongs to.
        self_askable: False for what only staff may note.
        weight: the answer's share among those of its file.
    """

    model_config = _STRICT

    purpose: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    why: LocalText | None = None
    sensitivity: Sensitivity = Sensitivity.NORMAL
    file: Annotated[FileClass | None, Field(alias="class")] = None
    self_askable: bool = True
    weight: float = Field(default=1, gt=0, le=100, allow_inf_nan=False)


class Document(BaseModel):
    """One version of one survey.

    Attributes:
        version: grows with every edition; an answer keeps the one it was given to.
        reward_points: what HQ promises for completing it.
        idle_seconds: without a touch, before the kiosk asks whether anybody is there.
        anonymous_allowed: whether the member may ask to be left out of the record.
        questions: notes by a question's name.
    """

    model_config = _STRICT

    id: Identifier
    version: Edition
    kind: Kind
    audience: Audience = Audience()
    window: Window = Window()
    reward_points: int = Field(default=0, ge=0, le=1_000_000)
    partial: Partial = Partial.SUBMIT
    idle_seconds: int = Field(default=45, ge=10, le=300)
    anonymous_allowed: bool = False
    questions: dict[str, Note] = Field(default_factory=dict)
    survey: Form

    @model_validator(mode="after")
    def _fits_a_record(self) -> Self:
        names = set(self.survey.questions())
        names |= {one.name for one in self.survey.calculated_values if one.include_into_result}
        names |= {
            one.set_to_name for one in self.survey.triggers if isinstance(one, SetValueTrigger)
        }
        if len(names) > MOST_ANSWERS:
            raise ValueError(f"has {len(names)} answers and figures; a record holds {MOST_ANSWERS}")
        return self
