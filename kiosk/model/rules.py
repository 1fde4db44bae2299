"""The rules of a programme as numbers: tiers, earning, expiry, vouchers, cash-back, redeeming."""

import base64
import binascii
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, model_validator

from kiosk.model.strict import STRICT
from kiosk.model.text import Identifier

Percent = Annotated[int, Field(ge=1, le=99)]
PerMille = Annotated[int, Field(ge=1, le=1000)]
Fen = Annotated[int, Field(ge=0, le=100_000_000)]

X25519_BYTES = 32
"""Length of an X25519 public key (RFC 7748, 5)."""


def _x25519(text: str) -> str:
    try:
        raw = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("is not base64") from error
    if len(raw) != X25519_BYTES:
        raise ValueError(f"is {len(raw)} bytes, not the {X25519_BYTES} of an X25519 key")
    return text


class TierCondition(BaseModel):
    """Purchases that open a tier, and those that keep it.

    Attributes:
        reach_fen: purchases within the last `months` months that open the tier.
        keep_fen: purchases within the same time that keep it; never more than opened it.
    """

    model_config = STRICT

    reach_fen: Fen = Field(ge=1)
    keep_fen: Fen
    months: int = Field(ge=1, le=60)

    @model_validator(mode="after")
    def _keeping_is_no_dearer(self) -> Self:
        if self.keep_fen > self.reach_fen:
            raise ValueError("keep_fen is more than reach_fen: nobody could keep what they reached")
        return self


class Expiry(BaseModel):
    """Points lapse at the end of the month that comes so many months after they were earned."""

    model_config = STRICT

    months: int = Field(ge=1, le=120)


class BirthdayRule(BaseModel):
    """One voucher for the month of the birthday, 29 February counting as February."""

    model_config = STRICT

    price_factor_percent: Percent
    companion: bool = Field(description="a friend gets the same price on the day of its use")


class AnniversaryRule(BaseModel):
    """One voucher on each anniversary of joining, from the first year to the last."""

    model_config = STRICT

    price_factor_percent: Percent
    first_year: int = Field(ge=1, le=100)
    last_year: int = Field(ge=1, le=100)
    valid_days: int = Field(ge=1, le=366)

    @model_validator(mode="after")
    def _years_run_forward(self) -> Self:
        if self.last_year < self.first_year:
            raise ValueError("last_year comes before first_year")
        return self


class GrantRule(BaseModel):
    """A voucher that is given on an occasion: a referral, an apology."""

    model_config = STRICT

    price_factor_percent: Percent
    valid_days: int = Field(ge=1, le=366)


class VoucherRules(BaseModel):
    """Which vouchers members receive; a rule left out gives none."""

    model_config = STRICT

    birthday: BirthdayRule | None = None
    anniversary: AnniversaryRule | None = None
    referral: GrantRule | None = None
    apology: GrantRule | None = None


class CashBack(BaseModel):
    """A share of a calendar month's purchases comes back once they reach a floor.

    Attributes:
        per_mille: 10 is 1.0 %; rounded down to the fen.
        floor_fen: below it nothing comes back; from it on the share of the whole month's sum.
        referral_per_mille: share of a referred friend's purchase, rounded down to the fen.
    """

    model_config = STRICT

    per_mille: PerMille
    floor_fen: Fen
    referral_per_mille: PerMille | None = None


class PinRule(BaseModel):
    """How a member proves the wish to spend.

    Attributes:
        tries: wrong entries until only the counter can help.
        key_id: names the key below; HQ keeps older ones until no queue holds them any more.
        x25519: HQ's public key in base64; a PIN leaves the glass only sealed to it (RFC 9180).
    """

    model_config = STRICT

    digits: Literal[4, 6]
    tries: int = Field(ge=1, le=10)
    key_id: Identifier
    x25519: Annotated[str, AfterValidator(_x25519)]


class OfflineRule(BaseModel):
    """What a kiosk may give out while it cannot ask HQ.

    Attributes:
        allowed: False: it takes reservations and gives out nothing.
        max_age_hours: how old the directory may be, proved by a clock that was set.
        points_per_member: HQ's risk with one member, over all kiosks together.
    """

    model_config = STRICT

    allowed: bool = False
    max_age_hours: int = Field(default=24, ge=1, le=24 * 14)
    points_per_member: int = Field(default=0, ge=0, le=100_000_000)

    @model_validator(mode="after")
    def _allowed_means_some(self) -> Self:
        if self.allowed and self.points_per_member == 0:
            raise ValueError("allowed is true and points_per_member is 0: nothing could be given")
        return self


class Redeeming(BaseModel):
    """How rewards are given out.

    Attributes:
        hold_minutes: how long a code is good for.
        reservation_hours: how long HQ keeps what was asked for while nobody could ask it.
        per_day: redemptions of one member on one store-local day; None for no limit.
    """

    model_config = STRICT

    hold_minutes: int = Field(ge=1, le=24 * 60)
    reservation_hours: int = Field(ge=1, le=24 * 14)
    per_day: int | None = Field(default=None, ge=1, le=100)
    pin: PinRule
    offline: OfflineRule = OfflineRule()
