"""What HQ knows of a member's purchases, answers and profile, so that nothing is asked twice."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, Field

from kiosk.model.answers import AnswerName, Came, Reluctance
from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier


class Purchase(BaseModel):
    """A purchase that can be asked about.

    Attributes:
        items: pieces bought; 0 while unknown.
    """

    model_config = STRICT

    purchase: Identifier
    on: date
    store_id: Identifier
    items: int = Field(default=0, ge=0)


class Asked(BaseModel):
    """A survey the member was asked, and what came of it."""

    model_config = STRICT

    survey_id: Identifier
    purchase: Identifier | None = None
    on: date
    came: Came


class Source(StrEnum):
    """Where a value of the profile comes from."""

    MEMBER = "member"
    STAFF = "staff"
    IMPORT = "import"


class Known(BaseModel):
    """One value of the profile, as far as a kiosk may know it.

    Attributes:
        shown: the value of the choice, for a question with choices that is not personal, several
            divided by a comma; of everything else what may be shown: 李*, 138****5678.
        on: when it was told or last confirmed.
    """

    model_config = STRICT

    field: AnswerName
    shown: str = Field(max_length=200, repr=False)
    source: Source
    on: date


class PutOff(BaseModel):
    """A question the member turned down."""

    model_config = STRICT

    field: AnswerName
    how: Reluctance
    on: date


class ApplicationState(StrEnum):
    """How far an application has come; the next step is an active card."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class GroupCode(StrEnum):
    """What HQ makes of the group code of an application."""

    VALID = "valid"
    """It stands for the purchases: nothing has to be bought."""
    UNKNOWN = "unknown"


class Applicant(BaseModel):
    """Somebody who has applied, and what has been bought since.

    Attributes:
        group: None where no group code was told.
        best_fen: the largest single purchase.
        total_fen: all purchases together.
    """

    model_config = STRICT

    state: ApplicationState
    on: date
    best_fen: int = Field(default=0, ge=0)
    total_fen: int = Field(default=0, ge=0)
    group: GroupCode | None = None
