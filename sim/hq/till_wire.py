"""The contract with tills: the bodies of every request and answer, as pydantic models."""

from datetime import date
from typing import Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, SecretStr, model_validator

from kiosk.model.ledger import Receipt
from kiosk.model.members import CardStatus, PinState, VoucherReason
from kiosk.model.text import Identifier, LocalText
from kiosk.model.verdicts import Code
from kiosk.model.wire import HexKey
from sim.hq.purchases import PaidFen, Pieces

_STRICT = ConfigDict(frozen=True, extra="forbid")

TOLD = {
    401: "No token, or one no till has.",
    403: "Another store's till, a till that was shut out, or a card that may not be used.",
    404: "There is no such card, member, purchase, voucher, or nothing waits under this code.",
    409: "The id already asked for something else; collected already; used already; or more than"
    " is left of the purchase, or waits for the member.",
    410: "The time to collect it is over; the points are back.",
    413: "Larger than any request may be.",
    422: "What was sent does not fit the contract.",
    429: "Too many codes nobody was given, from this till: wait, or collect by the card.",
    503: "No programme was published yet.",
}
"""What each refusal means to a till; a refused request left nothing behind."""


class TillRequest(BaseModel):
    """What every request of a till begins with.

    Attributes:
        id: drawn by the till; the same request again gets the same answer and changes nothing.
    """

    model_config = _STRICT

    id: UUID


class OfMember(TillRequest):
    """A request about a member: by the card that lies there, or by number without a card."""

    card_key: HexKey | None = None
    member_id: Identifier | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.card_key is None) == (self.member_id is None):
            raise ValueError("name the member by card_key or by member_id, not by both")
        return self


class TillPurchase(OfMember):
    """Body of `POST /v1/tills/{store}/purchases`; `id` also names the purchase for a refund.

    Attributes:
        purchase_fen: what was paid in money.
        redemption_id: of the collected reward that was paid for, points and money together; what
            else was bought is a purchase of its own.
        voucher_id: of the voucher that lowered the price; it is used with this.
        staff_id: who served, as the till knows its staff; never a name.
        items: pieces bought; 0 when the till does not count them.
    """

    receipt: Receipt
    purchase_fen: PaidFen
    redemption_id: UUID | None = None
    voucher_id: Identifier | None = None
    staff_id: Identifier | None = None
    items: Pieces = 0


class TillRefund(TillRequest):
    """Body of `POST /v1/tills/{store}/refunds`.

    Attributes:
        purchase_id: the `id` the purchase was reported with.
        refund_fen: what is paid back; of a part, or of all that is left.
    """

    purchase_id: UUID
    receipt: Receipt
    refund_fen: PaidFen


class Points(BaseModel):
    """Answer to a purchase or a refund.

    Attributes:
        points: what the balance changed by, signed.
        balance: the member's points after it; may be negative after a refund.
    """

    model_config = ConfigDict(frozen=True)

    points: int
    balance: int


class TillCollection(TillRequest):
    """Body of `POST /v1/tills/{store}/collections`: by code, or by card and reward.

    Attributes:
        code: six digits from HQ, nine from a kiosk that was offline.
        redemption_id: which of the rewards that wait for this card's member.
    """

    code: Code | None = None
    card_key: HexKey | None = None
    redemption_id: UUID | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        by_card = self.card_key is not None and self.redemption_id is not None
        either = self.card_key is not None or self.redemption_id is not None
        if by_card is not either or by_card is (self.code is not None):
            raise ValueError("give either code, or card_key with redemption_id")
        return self


class Handed(BaseModel):
    """Answer to a collection: what the counter hands out.

    Attributes:
        redemption_id: None, as all that follows, for the code of an offline kiosk whose record
            has not come yet; the member's screen then says what it is for.
        cash_fen: to be paid besides the points.
    """

    model_config = ConfigDict(frozen=True)

    at: AwareDatetime
    redemption_id: UUID | None = None
    member_id: Identifier | None = None
    reward_id: Identifier | None = None
    name: LocalText | None = None
    points: int | None = None
    cash_fen: int | None = None


class TillPayout(OfMember):
    """Body of `POST /v1/tills/{store}/payouts`: cash-back that waited was handed out, or used.

    Attributes:
        fen: never more than waits for the member.
    """

    fen: PaidFen


class PaidOut(BaseModel):
    """Answer to a payout: what still waits."""

    model_config = ConfigDict(frozen=True)

    left_fen: int


class TillPin(OfMember):
    """Body of `POST /v1/tills/{store}/pins`: a first PIN or a new one; all tries begin again.

    Attributes:
        pin: as the member typed it on the till's pad; as many digits as the programme says.
        id_seen: staff have seen an identity card of the member; nothing else is taken.
    """

    pin: SecretStr
    id_seen: Literal[True]


class PinSet(BaseModel):
    """Answer to a PIN that was set."""

    model_config = ConfigDict(frozen=True)

    member_id: Identifier
    pin: PinState


class Waiting(BaseModel):
    """One reward that waits for a member in this store; `until` None: it waits for ever."""

    model_config = ConfigDict(frozen=True)

    redemption_id: UUID
    reward_id: Identifier
    name: LocalText | None
    points: int
    cash_fen: int
    until: AwareDatetime | None


class UsableVoucher(BaseModel):
    """A voucher that lowers a price today: 70 leaves 70 % to be paid."""

    model_config = ConfigDict(frozen=True)

    voucher_id: Identifier
    reason: VoucherReason
    price_factor_percent: int
    valid_to: date
    companion: bool


class CompanionPrice(BaseModel):
    """What a friend who came along pays today: 70 leaves 70 %; the member's own voucher is used."""

    model_config = ConfigDict(frozen=True)

    voucher_id: Identifier
    price_factor_percent: int


class TillMember(BaseModel):
    """Answer of `GET /v1/tills/{store}/members/{card_key}`."""

    model_config = ConfigDict(frozen=True)

    member_id: Identifier
    called: LocalText
    tier: Identifier
    card_status: CardStatus
    pin: PinState
    balance: int
    as_of: AwareDatetime
    cash_back_fen: int
    waiting: tuple[Waiting, ...]
    vouchers: tuple[UsableVoucher, ...]
    companions: tuple[CompanionPrice, ...]
