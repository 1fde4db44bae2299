"""What can happen to a session; the shell turns taps, touches and time into these."""

from dataclasses import dataclass
from uuid import UUID

from kiosk.model.cards import CardKey
from kiosk.model.members import Member
from kiosk.model.verdicts import Claim, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """The card is in the directory.

    Attributes:
        claims: what this kiosk asked HQ for in the member's name and still remembers.
    """

    key: CardKey
    member: Member
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """The card could be a membership card and is not in the directory.

    Attributes:
        claims: an application made here with this card, which no row tells of yet.
    """

    key: CardKey
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class NotACard:
    """A phone, a bank card or another thing whose UID identifies nobody."""


@dataclass(frozen=True, slots=True)
class NoDirectory:
    """The card was read, but there is no usable directory to look it up in."""


Found = Known | Unknown | NotACard | NoDirectory


@dataclass(frozen=True, slots=True)
class CardLaid:
    """A card was laid on the reader and looked up."""

    found: Found


@dataclass(frozen=True, slots=True)
class CardResting:
    """A card already lay on the reader when it was opened: nobody laid it down just now."""

    found: Found


@dataclass(frozen=True, slots=True)
class CardTaken:
    """The reader is free again."""


@dataclass(frozen=True, slots=True)
class SeveralCards:
    """More than one card lies on the reader."""


@dataclass(frozen=True, slots=True)
class ReaderAway:
    """No reader answers."""


@dataclass(frozen=True, slots=True)
class ReaderBack:
    """A reader answers again."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button was pressed; `value` tells which of several with the same key."""

    key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """The glass was touched beside any button: somebody is there."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed; how much stands in the world."""


@dataclass(frozen=True, slots=True)
class Judged:
    """HQ's verdict on a claim of this session has come; None when HQ would not read it."""

    claim_id: UUID
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ContentChanged:
    """HQ's new content is in the world."""


@dataclass(frozen=True, slots=True)
class StorageFailed:
    """The disk refused: nothing may be promised any more."""


@dataclass(frozen=True, slots=True)
class StorageBack:
    """The disk takes records again."""


Surrounding = CardTaken | ReaderAway | ReaderBack | ContentChanged | StorageFailed | StorageBack
"""What changes around a session, whatever page it shows."""

Event = CardLaid | CardResting | SeveralCards | Pressed | Touched | Tick | Judged | Surrounding
