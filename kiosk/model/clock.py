"""When something happened, told so that a wrong wall clock can be mended later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockQuality(StrEnum):
    """How far the wall clock can be believed (a Pi has no battery clock)."""

    UNSET = "unset"
    ESTIMATED = "estimated"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Instant:
    """One moment, on the wall clock and on the clock that never jumps.

    Attributes:
        wall: what the wall clock said, with its offset from UTC.
        boot_id: which boot `since_boot_s` counts from (/proc/sys/kernel/random/boot_id).
        since_boot_s: seconds since that boot, sleep included (CLOCK_BOOTTIME).
        quality: how far `wall` can be believed.
    """

    wall: datetime
    boot_id: str
    since_boot_s: float
    quality: ClockQuality
