"""The clocks of the machine: what time it is, how far to believe it, and time that never jumps."""

import ctypes
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from kiosk.exceptions import KioskError
from kiosk.model.clock import ClockQuality, Instant

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""No kiosk runs this software earlier than this: a wall clock before it was never set.

Moved forward with a release (CHANGELOG.md).
"""

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
"""A UUID the kernel draws at each boot (random(4))."""

TIMESYNC_FLAG = Path("/run/systemd/timesync/synchronized")
"""systemd-timesyncd makes this file once it has set the clock in this boot."""

_STA_UNSYNC = 0x0040
"""Bit of `timex.status`: the clock is not synchronised (adjtimex(2))."""


class Clock(Protocol):
    """Where the time comes from; tests give one that can be set."""

    def now(self) -> Instant:
        """This moment."""

    def monotonic(self) -> float:
        """Seconds on a clock that never jumps; only differences mean anything."""


class _Timex(ctypes.Structure):
    """The first fields of `struct timex` (adjtimex(2)) and room for all the others."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 512),
    )


def adjtimex(timex: _Timex) -> int:
    """Ask the kernel (adjtimex(2) with no mode set); negative where a sandbox forbids it."""
    return int(ctypes.CDLL(None).adjtimex(ctypes.byref(timex)))


def kernel_is_synchronised(ask: Callable[[_Timex], int] = adjtimex) -> bool:
    """Whether the kernel's clock is disciplined; False where a sandbox forbids the question."""
    timex = _Timex()
    return ask(timex) >= 0 and not timex.status & _STA_UNSYNC


def is_synchronised() -> bool:
    """Whether this machine's wall clock was set from the network in this boot."""
    return TIMESYNC_FLAG.exists() or kernel_is_synchronised()


def read_floor(path: Path) -> datetime:
    """The earliest time it can be: what was last written to `path`, or the release's date."""
    try:
        written = datetime.fromisoformat(path.read_text("ascii").strip())
    except (OSError, ValueError):
        return RELEASED
    return max(RELEASED, written) if written.tzinfo else RELEASED


class SystemClock:
    """The machine's own clocks.

    Attributes:
        boot_id: which boot this is, as the kernel names it.
    """

    def __init__(
        self,
        floor: Callable[[], datetime] = lambda: RELEASED,
        synchronised: Callable[[], bool] = is_synchronised,
        boot_id_file: Path = BOOT_ID,
    ) -> None:
        """Read the boot's name once.

        Args:
            floor: the earliest time it can be; a wall clock before it counts as unset.
            synchronised: whether the wall clock was set from the network.
            boot_id_file: where the kernel tells the boot's name.

        Raises:
            KioskError: the machine does not say which boot this is.
        """
        self._floor = floor
        self._synchronised = synchronised
        self.boot_id = _read_boot_id(boot_id_file)

    def now(self) -> Instant:
        """This moment, the wall clock in the store's own time zone."""
        wall = datetime.now(UTC).astimezone()
        since_boot_s = time.clock_gettime(time.CLOCK_BOOTTIME)
        return Instant(wall, self.boot_id, since_boot_s, self._quality(wall))

    def monotonic(self) -> float:
        """Seconds on CLOCK_MONOTONIC."""
        return time.monotonic()

    def _quality(self, wall: datetime) -> ClockQuality:
        if self._synchronised():
            return ClockQuality.SYNCED
        return ClockQuality.ESTIMATED if wall >= self._floor() else ClockQuality.UNSET


def _read_boot_id(path: Path) -> str:
    try:
        boot_id = path.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise KioskError(f"{path}: cannot tell which boot this is: {error}") from error
    if not boot_id:
        raise KioskError(f"{path}: no boot id in it")
    return boot_id
