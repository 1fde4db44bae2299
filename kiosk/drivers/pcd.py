"""The reader device itself, without a thread: what a driver implements for the supervisor."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.drivers.port import Technology


@dataclass(frozen=True, slots=True)
class Sighting:
    """One card in the field.

    Attributes:
        uid: NFCID1 as the chip sends it.
        technology: how it was read.
        atqa: SENS_RES, 2 bytes, low byte first as on the air.
        sak: SEL_RES.
    """

    uid: bytes
    technology: Technology
    atqa: bytes = b""
    sak: int = 0


class Pcd(Protocol):
    """A proximity coupling device; all calls come from one thread."""

    def open(self) -> str:
        """Open the device and return what it says of itself.

        Raises:
            ReaderGone: there is no device, it is taken, or it does not answer.
        """

    def sense(self) -> Sighting | None:
        """Look into the field once; None when it is empty.

        Raises:
            CollisionError: more than one card lies there.
            ReadError: something lies there that cannot be read.
            ReaderGone: the port is dead; only opening anew helps.
            ReaderError: one command failed; the next may succeed.
        """

    def close(self) -> None:
        """Let go of the device whatever state it is in; never raises, may be called twice."""
