"""A member as the kiosk may know them: masked name, tier, points; nothing else personal."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from kiosk.model.asking import Applicant, Asked, Known, Purchase, PutOff
from kiosk.model.care import Channel, DataWish
from kiosk.model.ledger import Expiring, Held, LedgerLine
from kiosk.model.strict import STRICT, TOLERANT
from kiosk.model.text import Identifier, Language, LocalText


class CardStatus(StrEnum):
    """Whether the card that was laid down may be used; `applied`: its owner is no member yet."""

    ACTIVE = "active"
    LOST = "lost"
    BLOCKED = "blocked"
    REPLACED = "replaced"
    APPLIED = "applied"


class VoucherReason(StrEnum):
    """Why a member holds a voucher."""

    BIRTHDAY_MONTH = "birthday_month"
    ANNIVERSARY = "anniversary"
    REFERRAL = "referral"
    APOLOGY = "apology"


class Voucher(BaseModel):
    """A price factor for one purchase, usable from the first to the last day, both included."""

    model_config = STRICT

    voucher_id: Identifier
    reason: VoucherReason
    price_factor_percent: int = Field(ge=1, le=99, description="7折 is 70: the part still paid")
    valid_from: date
    valid_to: date
    companion: bool = Field(
        default=False, description="on the day of its use a friend gets the same price"
    )

    def usable_on(self, day: date) -> bool:
        """Whether the voucher can be used on this store-local day."""
        return self.valid_from <= day <= self.valid_to


class PinState(StrEnum):
    """Whether the member can prove a wish to spend; the PIN itself is known to HQ alone."""

    NONE = "none"
    SET = "set"
    BLOCKED = "blocked"


class Standing(BaseModel):
    """Figures of the programme's year that HQ computes from the member's purchases.

    Attributes:
        joined_on: first day of membership.
        tier_spend_fen: what counts towards the tiers now.
        tier_until: last day the present tier is sure of; None for a tier that never ends.
        month_spend_fen: purchases of this calendar month, for cash-back.
        cash_back_fen: cash-back and referral money waiting at the counter.
        points_per_purchase: what a usual purchase of this member earns; None while unknown.
    """

    model_config = STRICT

    joined_on: date | None = None
    tier_spend_fen: int = Field(default=0, ge=0)
    tier_until: date | None = None
    month_spend_fen: int = Field(default=0, ge=0)
    cash_back_fen: int = Field(default=0, ge=0)
    points_per_purchase: int | None = Field(default=None, ge=1)


class ContactWishes(BaseModel):
    """What may reach the member, as HQ has it.

    Attributes:
        do_not_disturb: nothing at all may, not even a question on this screen.
        granted: channels by purpose; a purpose that is not named has none.
        per_month: promotions a month at most; None for HQ's usual.
        hours: when a call or a message is welcome; None for any time.
    """

    model_config = STRICT

    do_not_disturb: bool = False
    granted: dict[Identifier, tuple[Channel, ...]] = Field(default_factory=dict)
    per_month: int | None = Field(default=None, ge=0, le=31)
    hours: Identifier | None = None


class Case(BaseModel):
    """A complaint of the member's on its way through its steps.

    Attributes:
        step: of `Complaints.steps`, from 1; the last one closes it.
    """

    model_config = STRICT

    case_id: Identifier
    cause_id: Identifier
    opened: date
    step: int = Field(ge=1, le=6)


class AskedOfHq(BaseModel):
    """A request about the member's own data, and whether HQ has dealt with it."""

    model_config = STRICT

    request_id: UUID
    wish: DataWish
    on: date
    done: bool = False


class Member(BaseModel):
    """One row of the directory, as HQ computed it.

    The name is already masked at HQ: the kiosk never holds more than it greets with.

    Attributes:
        lines: of the ledger, the newest first; HQ tells the last ones only.
        expiring: what lapses next, the soonest first.
        held: what waits for the member at a counter.
        redeemed: how often each limited reward was taken, by reward.
        redeemed_on: the store-local day of the last redemption, and how many on it.
        offline_allowance: points each kiosk may spend on while it cannot ask HQ; the sum over
            all kiosks is what HQ risks with this member.
        events: what the member has signed up for.
        wishes: what may reach the member.
        cases: complaints that are open, or were closed and not shown since; the newest first.
        asked: requests about the member's own data, the newest first.
        purchases: that can be asked about, the newest first.
        first_purchase: day of the first one.
        surveys: the member was asked, the newest first.
        known: values of the profile, as far as a kiosk may know them.
        put_off: questions of the profile that were turned down.
        stages: of the profile that are finished and paid for.
        segment: which content to offer; never shown.
        applicant: of a card whose owner is no member yet; None of every other.
        noted: per kiosk, the last sequence of the records about wishes, complaints, requests,
            surveys, profile and applications that this row includes.
    """

    model_config = TOLERANT

    member_id: Identifier
    card_status: CardStatus = CardStatus.ACTIVE
    called: LocalText = Field(description="how to greet: 李女士 / Ms L.")
    tier: Identifier
    points: int = Field(description="balance in points; may be negative after a refund")
    as_of: AwareDatetime = Field(description="the time the balance is true of")
    language: Language | None = None
    pin: PinState = PinState.NONE
    standing: Standing = Standing()
    vouchers: tuple[Voucher, ...] = Field(default=(), max_length=50)
    lines: tuple[LedgerLine, ...] = Field(default=(), max_length=1000)
    expiring: tuple[Expiring, ...] = Field(default=(), max_length=12)
    held: tuple[Held, ...] = Field(default=(), max_length=20)
    redeemed: dict[Identifier, int] = Field(default_factory=dict)
    redeemed_on: tuple[date, int] | None = None
    offline_allowance: dict[Identifier, int] = Field(default_factory=dict)
    events: tuple[Identifier, ...] = Field(default=(), max_length=50)
    wishes: ContactWishes = ContactWishes()
    cases: tuple[Case, ...] = Field(default=(), max_length=10)
    asked: tuple[AskedOfHq, ...] = Field(default=(), max_length=10)
    purchases: tuple[Purchase, ...] = Field(default=(), max_length=5)
    first_purchase: date | None = None
    surveys: tuple[Asked, ...] = Field(default=(), max_length=20)
    known: tuple[Known, ...] = Field(default=(), max_length=60)
    put_off: tuple[PutOff, ...] = Field(default=(), max_length=60)
    stages: tuple[Identifier, ...] = Field(default=(), max_length=10)
    segment: Identifier | None = None
    applicant: Applicant | None = None
    noted: dict[Identifier, int] = Field(default_factory=dict)
    applied_seq: dict[Identifier, int] = Field(
        default_factory=dict,
        description="per kiosk, the last record sequence the balance includes",
    )
