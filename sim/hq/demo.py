"""The demo's data files: the tray of cards, the parts of names, the fleet."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.model.answers import Came
from kiosk.model.members import CardStatus, PinState, VoucherReason
from kiosk.model.text import Identifier, Language

FOLDER = Path(__file__).parent.parent / "demo"
"""Where the data files are."""

Gender = Literal["f", "m"]
_STRICT = ConfigDict(frozen=True, extra="forbid")
Edge = int | Literal["month_start", "month_end"]


class VoucherPlan(BaseModel):
    """A voucher whose days count from the day of seeding.

    Attributes:
        first: a number of days from that day, or an end of its month.
        last: the same for the last usable day.
    """

    model_config = _STRICT

    reason: VoucherReason
    price_factor_percent: int
    first: Edge
    last: Edge


class Ago(BaseModel):
    """So many years and days before the day of seeding."""

    model_config = _STRICT

    years: int = Field(ge=0, le=60)
    days: int = Field(ge=0, le=366)


class Deed(BaseModel):
    """Something a member did at a till; exactly one of the last three is set.

    Attributes:
        ago_days: days before the day of seeding.
        buys_fen: what a purchase cost.
        returns_fen: what of the purchase before it was taken back.
        redeems: the reward that was redeemed and collected.
    """

    model_config = _STRICT

    ago_days: int = Field(ge=1, le=720)
    store: Identifier
    buys_fen: int | None = None
    returns_fen: int | None = None
    redeems: Identifier | None = None


class AskedBefore(BaseModel):
    """A survey that a member was asked before the day of seeding, without a name in the answer.

    Attributes:
        about_purchase: whether it was about the latest purchase.
    """

    model_config = _STRICT

    survey: Identifier
    ago_days: int = Field(ge=0, le=720)
    came: Came
    about_purchase: bool = False


class ToldBefore(BaseModel):
    """A value of the profile that a member told before the day of seeding."""

    model_config = _STRICT

    field: str
    value: str
    ago_days: int = Field(ge=0, le=720)


class Person(BaseModel):
    """A demo member as HQ knows them.

    Attributes:
        latin: the surname in Latin letters.
        given: the given name; empty in nobody.
        gender: None when it was not told.
        vouchers: those the programme's rules do not bring by themselves.
        birth_month: 1 to 12, or the month of seeding; None when it was not told.
        pin: whether they can redeem; the digits are the same for all of them.
        deeds: what they did, the oldest first.
        asked: what they were asked; a survey rests for some time after another.
        told: what their profile holds.
    """

    model_config = _STRICT

    surname: str
    latin: str
    given: str
    gender: Gender | None
    tier: Identifier
    points: int
    vouchers: tuple[VoucherPlan, ...] = ()
    language: Language | None = None
    card_status: CardStatus = CardStatus.ACTIVE
    joined: Ago
    birth_month: int | Literal["this"] | None
    pin: PinState
    deeds: tuple[Deed, ...] = ()
    asked: tuple[AskedBefore, ...] = ()
    told: tuple[ToldBefore, ...] = ()

    @property
    def full_name(self) -> str:
        """The name as it is written; it never leaves HQ."""
        is_latin = self.surname.isascii()
        return f"{self.given} {self.surname}" if is_latin else self.surname + self.given

    @property
    def called_zh(self) -> str:
        """How a kiosk greets in Chinese: 李女士; a Latin surname is cut to its initial."""
        words = {"f": "女士", "m": "先生", None: "会员"}
        known = self.surname[:1] if self.surname.isascii() else self.surname
        return known + words[self.gender]

    @property
    def called_en(self) -> str:
        """How a kiosk greets in English: Ms L."""
        words = {"f": "Ms", "m": "Mr", None: "Member"}
        return f"{words[self.gender]} {self.latin[0]}."


class TrayCard(BaseModel):
    """One card of tray.json, to lay on a simulated reader.

    Attributes:
        uid: what the chip sends, 14 hex digits.
        name: what to write on the card.
        note_zh: what is special about it, in Chinese.
        note_en: the same in English.
        member: None for a card HQ does not know.
    """

    model_config = _STRICT

    uid: str
    name: str
    note_zh: str
    note_en: str
    member: Person | None


class TrayApplicant(BaseModel):
    """The card of somebody who has applied and is no member yet."""

    model_config = _STRICT

    uid: str
    name: str
    note_zh: str
    note_en: str
    phone: str
    born: date
    ago_days: int = Field(ge=0, le=720)


class Tray(BaseModel):
    """What tray.json holds."""

    model_config = _STRICT

    note: str
    pin: str
    cards: tuple[TrayCard, ...]
    applicant: TrayApplicant


class Surname(BaseModel):
    """A surname and its Latin spelling."""

    model_config = _STRICT

    han: str
    latin: str


class RareName(Surname):
    """A whole name with a rare character."""

    given: str
    gender: Gender


class Names(BaseModel):
    """The parts that names are made of."""

    model_config = _STRICT

    note: str
    surnames: tuple[Surname, ...]
    given_female: tuple[str, ...]
    given_male: tuple[str, ...]
    rare: tuple[RareName, ...]
    english_female: tuple[str, ...]
    english_male: tuple[str, ...]
    english_surnames: tuple[str, ...]


class DemoKiosk(BaseModel):
    """A kiosk that the demo HQ admits."""

    model_config = _STRICT

    kiosk: Identifier
    store: Identifier
    token: str


class DemoTill(BaseModel):
    """A till that the demo HQ admits."""

    model_config = _STRICT

    till: Identifier
    store: Identifier
    token: str


class DemoPinKey(BaseModel):
    """A key that PINs are sealed to.

    Attributes:
        key_id: how the programme names it.
        private: the X25519 private key in base64; its public half is in the demo's programme.
    """

    model_config = _STRICT

    key_id: Identifier
    private: str


class Fleet(BaseModel):
    """What the demo's kiosks, tills and HQ share; demo values, not secrets."""

    model_config = _STRICT

    note: str
    fleet_salt: str
    kiosks: tuple[DemoKiosk, ...]
    tills: tuple[DemoTill, ...]
    pin_keys: tuple[DemoPinKey, ...]


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def tray_cards() -> tuple[TrayCard, ...]:
    """The tray with the members behind its cards; the last one is unknown to HQ."""
    return _tray().cards


def tray_applicant() -> TrayApplicant:
    """The one on the tray whose application waits at HQ."""
    return _tray().applicant


def demo_pin() -> str:
    """The PIN of every demo member who has one; a demo value, no secret."""
    return _tray().pin


def _tray() -> Tray:
    return Tray.model_validate(_read("tray.json"))


def names() -> Names:
    """The parts that names are made of."""
    return Names.model_validate(_read("people.json"))


def fleet() -> Fleet:
    """The demo fleet: its salt, its kiosks and tills with their tokens, its PIN keys."""
    return Fleet.model_validate(_read("fleet.json"))
