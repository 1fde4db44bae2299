"""Keeps the status file true and the log short: each change of state is told once."""

import logging
import math
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from kiosk import __version__
from kiosk.clock import Clock
from kiosk.sync.status import Refusal, SyncStatus, read_status, write_status

_log = logging.getLogger(__name__)

QUIET = timedelta(seconds=60)
"""While only the time of the last contact moves, the file is written this seldom."""


class Journal:
    """What is known of the road to HQ.

    Attributes:
        contacts: usable answers from HQ since the start of the process.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        """Go on from the file, as refusals and the last contact outlive a restart.

        Args:
            path: the status file.
            clock: for wall times.
        """
        self._path = path
        self._clock = clock
        self._status = self._written = read_status(path) or SyncStatus()
        self._troubles: dict[str, str] = {}
        self._next_try_s: dict[str, float] = {}
        self._fresh = True
        self.contacts = 0

    @property
    def status(self) -> SyncStatus:
        """The status as it is now."""
        return self._status

    def heard(self, hq_time: datetime | None) -> None:
        """HQ gave a usable answer; its own time, if it told it."""
        wall = self._clock.now().wall
        ahead_s = None if hq_time is None else round((wall - hq_time).total_seconds())
        self.contacts += 1
        self._set(replace(self._status, reachable=True, last_contact=wall, clock_ahead_s=ahead_s))

    def silence(self) -> None:
        """HQ gave no usable answer."""
        self._set(replace(self._status, reachable=False))

    def failed(self, lane: str, reason: str, next_try_s: float) -> None:
        """A lane stands still until this monotonic time."""
        if self._troubles.get(lane) != reason:
            _log.warning("%s: %s", lane, reason)
        self._troubles[lane] = reason
        self._next_try_s[lane] = next_try_s

    def well(self, lane: str) -> None:
        """A lane did its work."""
        if self._troubles.pop(lane, None) is not None:
            _log.info("%s: works again", lane)
            del self._next_try_s[lane]

    def refused(self, what: str, version: str, digest: str, reason: str) -> None:
        """Something was fetched and not taken."""
        refusal = Refusal(what, version, digest, reason, __version__)
        _log.error("%s %s was refused: %s", refusal.what, refusal.version, refusal.reason)
        others = tuple(each for each in self._status.refusals if each.what != refusal.what)
        self._set(replace(self._status, refusals=(*others, refusal)))

    def was_refused(self, what: str, digest: str) -> bool:
        """Whether this very version of the product has refused this very file."""
        refusal = self._status.refusal_of(what)
        mine = (digest, __version__)
        return refusal is not None and (refusal.digest, refusal.product) == mine

    def taken(self, what: str, version: str) -> None:
        """Something was fetched and taken; an earlier refusal of its sort is over."""
        _log.info("%s %s is in use", what, version)
        self.forgiven(what)

    def forgiven(self, what: str) -> None:
        """An earlier refusal of this sort is over."""
        others = tuple(each for each in self._status.refusals if each.what != what)
        self._set(replace(self._status, refusals=others))

    def directory_is_current(self, *, news: bool) -> None:
        """The directory holds everything HQ has.

        Args:
            news: that it holds more than before: a visit then tells HQ what the member could see.
        """
        self._set(replace(self._status, directory_as_of=self._clock.now().wall))
        self._fresh |= news

    def flush(self) -> None:
        """Write the file, if something is worth it."""
        self._set(replace(self._status, error=self._error(), next_try=self._next_try()))
        if not self._is_worth_writing():
            return
        try:
            write_status(self._path, self._status)
        except OSError as error:
            # The outbox on the same disk says so much louder.
            _log.debug("the status could not be written: %s", error)
        self._written, self._fresh = self._status, False

    def _set(self, status: SyncStatus) -> None:
        if status.reachable != self._status.reachable:
            _log.info("HQ is reachable" if status.reachable else "HQ is not reachable")
        self._status = status

    def _error(self) -> str:
        return "; ".join(dict.fromkeys(self._troubles.values()))

    def _next_try(self) -> datetime | None:
        if not self._next_try_s:
            return None
        wait_s = min(self._next_try_s.values()) - self._clock.monotonic()
        wall = self._clock.now().wall + timedelta(seconds=math.ceil(wait_s))
        before = self._status.next_try
        # The same moment, reckoned anew, may differ by the rounding.
        return before if before and abs(wall - before) < timedelta(seconds=2) else wall

    def _is_worth_writing(self) -> bool:
        if self._fresh or _without_times(self._status) != _without_times(self._written):
            return True
        now, before = self._status.last_contact, self._written.last_contact
        return now is not None and (before is None or abs(now - before) >= QUIET)


def _without_times(status: SyncStatus) -> tuple[object, ...]:
    """What is worth a write at once; the times that move on by themselves are not."""
    is_whole = status.directory_as_of is not None
    return status.reachable, status.error, status.next_try, status.refusals, is_whole
