"""Faults a tester can switch on: late ACK, garbled or truncated frames, a deaf chip."""

import random
from enum import Enum

LATE_ACK_S = 0.15
"""Late enough for hosts that give an ACK 100 ms, as nfcpy 1.0.4 does."""


class Fault(Enum):
    """What goes wrong."""

    LATE_ACK = "late-ack"
    GARBLE = "garble"  # one byte of the chip's answer differs
    TRUNCATE = "truncate"  # the end of the chip's answer is missing
    DEAF = "deaf"  # the chip answers nothing at all


class Faults:
    """Which faults are on, and for how many commands still.

    Args:
        seed: fixes where frames are damaged.
    """

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)
        self._left: dict[Fault, int | None] = {}

    def set(self, fault: Fault, on: bool = True, times: int | None = None) -> None:
        """Switch a fault on or off; with `times` it ends by itself after so many commands.

        Raises:
            ValueError: `times` is not positive.
        """
        if times is not None and times < 1:
            raise ValueError(f"a fault happens at least once, not {times} times")
        self._left.pop(fault, None)
        if on:
            self._left[fault] = times

    def strikes(self, fault: Fault) -> bool:
        """Whether the fault hits this command; counts it down."""
        if fault not in self._left:
            return False
        left = self._left[fault]
        if left == 1:
            del self._left[fault]
        elif left is not None:
            self._left[fault] = left - 1
        return True

    def damage(self, frame: bytes) -> bytes:
        """The frame as the faults let it through."""
        if self.strikes(Fault.GARBLE):
            at = self._random.randrange(len(frame))
            frame = (
                frame[:at] + bytes([frame[at] ^ self._random.randrange(1, 256)]) + frame[at + 1 :]
            )
        if self.strikes(Fault.TRUNCATE):
            frame = frame[: self._random.randrange(len(frame))]
        return frame
