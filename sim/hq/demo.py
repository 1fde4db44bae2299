"""The demo's data files: the tray of cards, the parts of names, the fleet."""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from kiosk.model.members import CardStatus, Identifier, VoucherReason
from kiosk.model.text import Language

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


class Person(BaseModel):
    """A demo member as HQ knows them.

    Attributes:
        latin: the surname in Latin letters.
        given: the given name; empty in nobody.
        gender: None when it was not told.
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


class Fleet(BaseModel):
    """What every kiosk of the demo fleet shares; demo values, not secrets."""

    model_config = _STRICT

    note: str
    fleet_salt: str
    kiosks: tuple[DemoKiosk, ...]


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def tray_cards() -> tuple[TrayCard, ...]:
    """The tray with the members behind its cards; the last one is unknown to HQ."""
    return TypeAdapter(tuple[TrayCard, ...]).validate_python(_read("tray.json")["cards"])


def names() -> Names:
    """The parts that names are made of."""
    return Names.model_validate(_read("people.json"))


def fleet() -> Fleet:
    """The demo fleet: its salt, its kiosks and their tokens."""
    return Fleet.model_validate(_read("fleet.json"))
