"""Lines of a member's ledger as HQ tells them: why points came, went or are set aside."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier

Receipt = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,31}$")]
"""A receipt's number as it is printed."""


class LineKind(StrEnum):
    """What a line does to the balance."""

    EARN = "earn"
    REDEEM = "redeem"
    EXPIRE = "expire"
    ADJUST = "adjust"
    REVERSE = "reverse"
    HOLD = "hold"
    RELEASE = "release"


class LineReason(StrEnum):
    """By which rule of the programme a line was made."""

    OPENING = "opening"
    PURCHASE = "purchase"
    EVENT = "event"
    REFUND = "refund"
    REWARD = "reward"
    GIVEN_BACK = "given_back"
    NOT_COLLECTED = "not_collected"
    EXPIRY = "expiry"
    CORRECTION = "correction"
    SURVEY = "survey"
    PROFILE = "profile"


class LedgerLine(BaseModel):
    """One entry of HQ's ledger; a balance is nothing but the sum of its lines.

    Attributes:
        points: signed; what the line adds to the balance.
        receipt: of the purchase or refund behind it.
        reward_id: of the redemption behind it.
        purchase_fen: what was paid; negative for a refund.
    """

    model_config = STRICT

    entry_id: Identifier
    at: AwareDatetime
    kind: LineKind
    reason: LineReason
    points: int
    receipt: Receipt | None = None
    store_id: Identifier | None = None
    reward_id: Identifier | None = None
    purchase_fen: int | None = None


class Expiring(BaseModel):
    """Points that lapse after this store-local day unless they are spent."""

    model_config = STRICT

    points: int = Field(ge=1)
    last_day: date


class Held(BaseModel):
    """A redemption HQ holds for the member until it is collected; its code is never told here."""

    model_config = STRICT

    redemption_id: UUID
    reward_id: Identifier
    points: int = Field(ge=1)
    until: AwareDatetime
