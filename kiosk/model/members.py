"""A member as the kiosk may know them: masked name, tier, points; nothing else personal."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from kiosk.model.text import Language, LocalText

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""An opaque name: no phone number and no card number ever serves as one."""


class CardStatus(StrEnum):
    """Whether the card that was laid down may be used."""

    ACTIVE = "active"
    LOST = "lost"
    BLOCKED = "blocked"
    REPLACED = "replaced"


class VoucherReason(StrEnum):
    """Why a member holds a voucher."""

    BIRTHDAY_MONTH = "birthday_month"
    ANNIVERSARY = "anniversary"
    REFERRAL = "referral"
    APOLOGY = "apology"


class Voucher(BaseModel):
    """A price factor for one purchase, usable from the first to the last day, both included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    voucher_id: Identifier
    reason: VoucherReason
    price_factor_percent: int = Field(ge=1, le=99, description="7折 is 70: the part still paid")
    valid_from: date
    valid_to: date

    def usable_on(self, day: date) -> bool:
        """Whether the voucher can be used on this store-local day."""
        return self.valid_from <= day <= self.valid_to


class Member(BaseModel):
    """One row of the directory, as HQ computed it.

    The name is already masked at HQ: the kiosk never holds more than it greets with.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    member_id: Identifier
    card_status: CardStatus = CardStatus.ACTIVE
    called: LocalText = Field(description="how to greet: 李女士 / Ms L.")
    tier: Identifier
    points: int = Field(description="balance in points; may be negative after a refund")
    as_of: AwareDatetime = Field(description="the time the balance is true of")
    language: Language | None = None
    vouchers: tuple[Voucher, ...] = Field(default=(), max_length=50)
    applied_seq: dict[Identifier, int] = Field(
        default_factory=dict,
        description="per kiosk, the last record sequence the balance includes",
    )
