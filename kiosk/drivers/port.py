"""The card reader as the rest of the kiosk sees it: one port, five events.

A reader runs one worker thread of its own. The thread does nothing but talk to the device
and call `emit` with the events below; `emit` must be safe to call from any thread and must
return at once (in the kiosk it puts the event on the one queue that the UI thread reads).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class ReaderState(Enum):
    """Where a reader is in its life."""

    CLOSED = "closed"
    CONNECTING = "connecting"
    READY = "ready"
    LOST = "lost"


class Technology(Enum):
    """How the card was read."""

    NFC_A = "NFC-A"  # ISO/IEC 14443 type A
    NFC_B = "NFC-B"  # ISO/IEC 14443 type B
    NFC_F = "NFC-F"  # JIS X 6319-4
    LF = "LF"  # 125 kHz


@dataclass(frozen=True, slots=True)
class ReaderEvent:
    """Something a reader noticed.

    Attributes:
        reader: the reader's name in the configuration.
        at_s: monotonic time of the event, in seconds.
    """

    reader: str
    at_s: float


@dataclass(frozen=True, slots=True)
class ReaderConnected(ReaderEvent):
    """The reader answers. `description` is what it says of itself."""

    description: str


@dataclass(frozen=True, slots=True)
class ReaderLost(ReaderEvent):
    """The reader does not answer any more; any CardRemoved came before this.

    Told once a loss, and again when the reason changes (unplugged, then taken by another
    program).

    Attributes:
        reason: for the technician, in English, no card number in it.
        next_try_s: seconds until the next attempt to open it.
    """

    reason: str
    next_try_s: float


@dataclass(frozen=True, slots=True)
class CardInserted(ReaderEvent):
    """A card came into the field.

    Attributes:
        uid: NFCID1 as the chip sends it: 4, 7 or 10 bytes (ISO/IEC 14443-3).
        technology: how it was read.
        atqa: SENS_RES, 2 bytes.
        sak: SEL_RES.
        resting: the card already lay there when the reader was opened, so nobody has just
            laid it down.
    """

    uid: bytes
    technology: Technology
    atqa: bytes = b""
    sak: int = 0
    resting: bool = False


@dataclass(frozen=True, slots=True)
class CardRemoved(ReaderEvent):
    """The card left the field."""

    uid: bytes


class FailedRead(Enum):
    """Why something in the field could not be read."""

    COLLISION = "collision"  # more than one card
    TORN = "torn"  # the card left in the middle, or CRC errors


@dataclass(frozen=True, slots=True)
class ReadFailed(ReaderEvent):
    """Something is in the field and cannot be read; said once until the field changes.

    A card told of before stays inserted until it is seen to be gone.
    """

    reason: FailedRead


Emit = Callable[[ReaderEvent], None]


class CardReader(Protocol):
    """A proximity coupling device with a thread of its own.

    Rules every reader keeps:
    arrival is told at first sight, removal after three misses in a row; a removal always
    comes before the loss of the reader; another card means removed, then inserted; after
    three failed commands in a row, or at once when the port is gone, the reader is lost and
    is reopened with growing pauses.
    """

    @property
    def state(self) -> ReaderState:
        """Where the reader is in its life; may be read from any thread."""

    def start(self, emit: Emit) -> None:
        """Start the worker thread. Called once, by the owner."""

    def stop(self, timeout_s: float = 1.0) -> None:
        """Stop the thread, close the device and join.

        Raises:
            ReaderError: the thread would not die within `timeout_s` seconds.
        """
