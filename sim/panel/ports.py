"""What the control panel needs of the simulator's parts, and nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sim.pn532 import Card


class GlassDark(Exception):
    """Raised when the kiosk's screen does not answer."""


class HqSilent(Exception):
    """Raised when HQ's process does not answer the simulator."""


class RoadUnknown(Exception):
    """Raised when the kiosk's queue or status cannot be read."""


class Phase(StrEnum):
    """What a finger does on the glass."""

    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Picture:
    """The screen as a JPEG file.

    Attributes:
        frame: counts the frames that were shown.
        width_px: of the screen itself, however large the picture is; touches count in these.
        height_px: the same.
    """

    frame: int
    width_px: int
    height_px: int
    jpeg: bytes


class Glass(Protocol):
    """The kiosk's screen."""

    def picture(self, after: int | None, height_px: int | None) -> Picture:
        """The screen as it is.

        Args:
            after: wait up to 10 s for a frame newer than this one; None does not wait.
            height_px: of the picture; None for the screen's own.

        Raises:
            GlassDark: the kiosk does not answer.
        """

    def scene(self) -> dict[str, Any]:
        """The screen as text: name, texts, buttons with their places.

        Raises:
            GlassDark: the kiosk does not answer.
        """

    def touch(self, phase: Phase, x: int, y: int) -> None:
        """One finger, in pixels of the screen.

        Raises:
            GlassDark: the kiosk does not answer.
        """


class Plate(Protocol):
    """The reader's plate that cards are laid on."""

    @property
    def cards(self) -> tuple[Card, ...]:
        """What lies there."""

    def lay(self, card: Card) -> None:
        """Lay a card that does not lie there."""

    def take(self, card: Card) -> None:
        """Take a card that lies there."""


class Plug(Protocol):
    """The reader's cable."""

    @property
    def plugged(self) -> bool:
        """Whether it is plugged in."""

    def unplug(self) -> None:
        """Pull it out."""

    def replug(self) -> None:
        """Put it back."""


@dataclass(frozen=True, slots=True)
class Received:
    """A record that HQ has.

    Attributes:
        n: counts them in the order they came.
        wall: when it happened, by the kiosk's clock.
        card_key: of the card it is about, hex; empty when it is about none.
    """

    n: int
    kind: str
    wall: datetime
    member_id: str
    card_key: str


@dataclass(frozen=True, slots=True)
class HqSight:
    """HQ at this moment.

    Attributes:
        reachable: whether kiosks get an answer.
        count: records received.
        newest: the newest of them, newest first.
    """

    reachable: bool
    count: int
    newest: tuple[Received, ...]


class Hq(Protocol):
    """HQ, through the simulator's own handles on it."""

    @property
    def url(self) -> str:
        """Of its page."""

    def look(self) -> HqSight:
        """How it is.

        Raises:
            HqSilent: it does not answer.
        """

    def set_reachable(self, reachable: bool) -> None:
        """Let kiosks through, or close their connections without an answer.

        Raises:
            HqSilent: it does not answer.
        """


@dataclass(frozen=True, slots=True)
class RoadSight:
    """The kiosk's end of the road to HQ.

    Attributes:
        waiting: records in the outbox.
        dead: records HQ will not have, kept for the technician.
        error: what is wrong with the road now; empty when all is well.
        next_try: when kiosk-sync will try again.
    """

    waiting: int
    dead: int
    error: str
    last_contact: datetime | None
    next_try: datetime | None


class Road(Protocol):
    """What waits at the kiosk, and how its uploads go."""

    def look(self) -> RoadSight:
        """How it is.

        Raises:
            RoadUnknown: the files cannot be read.
        """


@dataclass(frozen=True, slots=True)
class PartSight:
    """One process.

    Attributes:
        name: for addresses.
        state: "running", "stopped" (on purpose) or "ended" (by itself).
        log: path of its log file.
        last_lines: of the log, when it ended by itself; else empty.
    """

    name: str
    title: str
    state: str
    exit_code: int | None
    log: str
    last_lines: str


class Parts(Protocol):
    """The processes."""

    def look(self) -> Sequence[PartSight]:
        """All of them."""

    def start(self, name: str) -> None:
        """Start one unless it runs.

        Raises:
            KeyError: there is no such part.
        """

    def stop(self, name: str) -> None:
        """End one unless it is at rest.

        Raises:
            KeyError: there is no such part.
        """
