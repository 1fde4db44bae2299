"""Where a session can be: frozen data, one class a page."""

from dataclasses import dataclass
from enum import Enum
from math import inf

from kiosk.model.cards import CardKey
from kiosk.model.members import Member
from kiosk.model.records import Fact
from kiosk.model.text import Language


class NoticeKind(Enum):
    """One sentence and what to do; each has its own picture."""

    UNKNOWN_CARD = "unknown-card"
    NOT_A_CARD = "not-a-card"
    SEVERAL_CARDS = "several-cards"
    CARD_NOT_ACTIVE = "card-not-active"
    LIFT_CARD = "lift-card"
    NO_DIRECTORY = "no-directory"
    NO_CARD = "no-card"
    CONTACT = "contact"
    OOPS = "oops"


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there; `frame` of the plan is shown.

    Attributes:
        quiet_s: uptime at which a passer-by's choice of language or type is undone.
    """

    frame: int = 0
    quiet_s: float = inf


@dataclass(frozen=True, slots=True)
class Home:
    """The member's page."""

    member: Member
    key: CardKey


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell; leads back to `behind` when that belongs to a member's session."""

    kind: NoticeKind
    behind: Home | None = None


@dataclass(frozen=True, slots=True)
class StillThere:
    """The time-out's question; what it hides can be come back to."""

    behind: "Home | Notice"


@dataclass(frozen=True, slots=True)
class OutOfService:
    """The disk refused: cards are not read, nothing is promised."""


Page = Attract | Home | Notice | StillThere | OutOfService


@dataclass(frozen=True, slots=True)
class Session:
    """Everything the kiosk knows between two events.

    Attributes:
        until_s: uptime at which the page's time is up; infinite for none.
        language: of the screen now; goes back to the kiosk's own when the session ends.
        big_text: letters 1.3 times as large; ends with the session.
        reader_ready: whether a reader answers; taken for granted until one is missed, so
            that the first picture after the start does not cry wolf.
        card_on_reader: whether something lies on it.
    """

    page: Page
    language: Language
    until_s: float = inf
    big_text: bool = False
    reader_ready: bool = True
    card_on_reader: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one event leads to: the new session, and facts that must be on disk before it shows."""

    session: Session
    facts: tuple[Fact, ...] = ()
