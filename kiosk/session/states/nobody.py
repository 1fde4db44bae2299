"""Pages of nobody: what is shown while no member is there, or to anybody."""

from dataclasses import dataclass, field
from enum import Enum
from math import inf

from kiosk.model.cards import CardKey


class NoticeKind(Enum):
    """One sentence and what to do; each has its own picture."""

    UNKNOWN_CARD = "unknown-card"
    NOT_A_CARD = "not-a-card"
    SEVERAL_CARDS = "several-cards"
    CARD_NOT_ACTIVE = "card-not-active"
    CARD_REPLACED = "card-replaced"
    LIFT_CARD = "lift-card"
    NO_DIRECTORY = "no-directory"
    OOPS = "oops"
    PIN_AT_COUNTER = "pin-at-counter"
    CHECK_BIRTHDAY = "check-birthday"


@dataclass(frozen=True, slots=True)
class Attract:
    """Nobody is there; `frame` of the plan is shown.

    Attributes:
        quiet_s: uptime at which a passer-by's choice of language or type is undone.
    """

    frame: int = 0
    quiet_s: float = inf


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell; the way back leads to the page below it, if there is one.

    Attributes:
        card_key: of an unknown card, whose owner may apply with it.
    """

    kind: NoticeKind
    card_key: CardKey | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Rules:
    """The programme's rules, with a card or without; `sheet` counts the pages from 0."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class OutOfService:
    """The disk refused: cards are not read, nothing is promised."""


@dataclass(frozen=True, slots=True)
class StillThere:
    """The time-out's question over a member's page; it hides everything."""
