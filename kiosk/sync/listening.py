"""Who is told of HQ's answers, and what HQ's own time is worth."""

from datetime import datetime

from kiosk.sync.clock import ClockFloor
from kiosk.sync.journal import Journal


class Listener:
    """Hears of each usable answer; HQ's time is evidence only over verified TLS."""

    def __init__(self, url: str, journal: Journal, floor: ClockFloor) -> None:
        self._is_verified = url.lower().startswith("https://")
        self._journal = journal
        self._floor = floor

    def __call__(self, hq_time: datetime | None) -> None:
        """HQ answered; its own time, if it told it."""
        self._journal.heard(hq_time)
        if hq_time is not None and self._is_verified:
            self._floor.heard(hq_time)
