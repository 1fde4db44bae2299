"""The earliest time it can be, raised by evidence and remembered over power cuts."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.clock import read_floor

_log = logging.getLogger(__name__)

FLOOR_FILE = "clock-floor"
"""Name of the file in the data folder."""

REMEMBER_EVERY = timedelta(hours=1)
"""The floor is written when it has risen by this much: 24 small writes a day at most."""


class ClockFloor:
    """The earliest time it can be.

    Evidence is the machine's clock while the kernel calls it synchronised, and HQ's own time
    over verified TLS. A synchronised clock also lowers a floor that an erring HQ once raised.
    """

    def __init__(self, path: Path, synchronised: Callable[[], bool]) -> None:
        """Start from what was remembered.

        Args:
            path: where the floor is remembered.
            synchronised: whether the wall clock was set from the network.
        """
        self._path = path
        self._synchronised = synchronised
        self._floor = self._written = read_floor(path)

    def __call__(self) -> datetime:
        """The floor."""
        return self._floor

    def heard(self, hq_time: datetime) -> None:
        """HQ told its time over verified TLS."""
        if hq_time > self._floor:
            self._raise(hq_time)

    def look(self, wall: datetime) -> None:
        """Take the wall clock as evidence, if it is synchronised."""
        if abs(wall - self._floor) >= REMEMBER_EVERY and self._synchronised():
            self._raise(wall)

    def _raise(self, floor: datetime) -> None:
        self._floor = floor
        if abs(floor - self._written) < REMEMBER_EVERY:
            return
        part = self._path.with_suffix(".tmp")
        try:
            part.write_text(floor.isoformat(), "ascii")
            part.replace(self._path)
        except OSError as error:
            # Less is known after the next power cut, and nothing else is lost.
            _log.warning("the time could not be remembered: %s", error)
        self._written = floor
