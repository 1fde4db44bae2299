"""The thread that keeps one reader alive: opens it, looks into its field, reopens it when lost."""

import logging
import random
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from kiosk.drivers.pcd import Pcd
from kiosk.drivers.port import (
    Emit,
    FailedRead,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
    ReaderState,
)
from kiosk.drivers.presence import Presence
from kiosk.exceptions import CollisionError, ReaderError, ReaderGone, ReadError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things happen, in seconds.

    Attributes:
        look_s: from the start of one look into the field to the start of the next.
        tries: failed commands in a row after which the reader is lost. One late ACK makes
            two commands fail and no more.
        first_pause_s: pause before the first attempt to reopen; doubles each time.
        longest_pause_s: where the doubling ends.
        jitter: share by which each pause varies, so that kiosks do not move in step.
        glance_s: how often a pause looks whether the device came back.
    """

    look_s: float = 0.05
    tries: int = 3
    first_pause_s: float = 0.25
    longest_pause_s: float = 5.0
    jitter: float = 0.2
    glance_s: float = 0.25


class Supervisor:
    """A CardReader around any Pcd.

    A loss is told once, and again only when its reason changes. Stopping emits nothing: who
    stops the reader knows. Whoever receives the events logs them; what is logged here is what
    no event carries.

    Args:
        name: the reader's name in the configuration.
        pcd: the device; used from the worker thread alone.
        identity: what tells one plugging-in of the device from the next, None while it is
            absent. A change ends the pause before the next attempt.
        pace: the times above.
        clock: monotonic seconds.
        chance: a number from 0 to 1, for the jitter.
        wait: waits so many seconds; true when the worker shall end. The default waits for
            `stop`.
    """

    def __init__(
        self,
        name: str,
        pcd: Pcd,
        identity: Callable[[], Hashable] = lambda: None,
        *,
        pace: Pace | None = None,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] | None = None,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        self._name, self._pcd, self._identity = name, pcd, identity
        self._pace = pace or Pace()
        self._clock, self._chance = clock, chance or random.Random().random
        self._stop = threading.Event()
        self._wait = wait or self._stop.wait
        self._state = ReaderState.CLOSED
        self._presence = Presence(name)
        self._failures = 0
        self._told = ""
        self._thread: threading.Thread | None = None
        self._emit: Emit = lambda event: None

    @property
    def state(self) -> ReaderState:
        """Where the reader is in its life; may be read from any thread."""
        return self._state

    def start(self, emit: Emit) -> None:
        """Start the worker thread.

        Raises:
            ReaderError: it was started before.
        """
        if self._thread is not None:
            raise ReaderError(f"reader {self._name} was started before")
        self._thread = threading.Thread(
            target=self.run, args=(emit,), name=f"reader {self._name}", daemon=True
        )
        self._thread.start()

    def stop(self, timeout_s: float = 1.0) -> None:
        """Stop the thread, close the device and join.

        Raises:
            ReaderError: the thread would not die within `timeout_s` seconds.
        """
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            if self._thread.is_alive():
                raise ReaderError(f"reader {self._name} does not stop")

    def run(self, emit: Emit) -> None:
        """Do the worker's work in the calling thread until `wait` says to end."""
        self._emit = emit
        try:
            while not (self._attempt() or self._stop.is_set()):
                pass
        finally:
            self._pcd.close()
            self._state = ReaderState.CLOSED

    def _attempt(self) -> bool:
        """Open the reader, use it until it is lost, pause; true when the worker shall end."""
        try:
            self._connect()
            return self._watch()
        except ReaderError as error:
            return self._lose(str(error))
        except Exception as error:
            # A thread that dies silently leaves a dead reader behind; this one tells and retries.
            reason = f"fault in the driver: {type(error).__name__}"
            if reason != self._told:
                log.exception("reader %s: fault in the driver", self._name)
            return self._lose(reason)

    def _connect(self) -> None:
        self._state = ReaderState.CONNECTING
        description = self._pcd.open()
        self._presence.opened()
        self._told = ""
        self._state = ReaderState.READY
        self._emit(ReaderConnected(self._name, self._clock(), description))

    def _watch(self) -> bool:
        """Look into the field again and again; true when the worker shall end."""
        failed = 0
        while True:
            begun_s = self._clock()
            failed = 0 if self._look() else failed + 1
            if failed >= self._pace.tries:
                raise ReaderGone(f"the reader failed {failed} times in a row")
            spent_s = self._clock() - begun_s
            if self._wait(max(0.0, self._pace.look_s - spent_s)):
                return True

    def _look(self) -> bool:
        """One look and what it means; false when the command failed and nothing is known."""
        try:
            events = self._sense()
        except ReaderGone:
            raise
        except ReaderError as error:
            log.debug("reader %s: %s", self._name, error)
            return False
        self._failures = 0
        self._tell(events)
        return True

    def _sense(self) -> list[ReaderEvent]:
        try:
            sighting = self._pcd.sense()
        except CollisionError:
            return self._presence.unreadable(FailedRead.COLLISION, self._clock())
        except ReadError:
            return self._presence.unreadable(FailedRead.TORN, self._clock())
        if sighting is None:
            return self._presence.nothing(self._clock())
        return self._presence.seen(sighting, self._clock())

    def _lose(self, reason: str) -> bool:
        """Say what is lost, then pause; true when the worker shall end."""
        self._state = ReaderState.LOST
        before = self._identity()
        pause_s = self._next_pause_s()
        self._tell(self._presence.lost(self._clock()))
        if reason != self._told:
            self._told = reason
            self._emit(ReaderLost(self._name, self._clock(), reason, pause_s))
        self._pcd.close()
        return self._pause(pause_s, before)

    def _next_pause_s(self) -> float:
        full_s = self._pace.first_pause_s * 2.0**self._failures
        if full_s < self._pace.longest_pause_s:
            self._failures += 1
        varied = 1 + self._pace.jitter * (2 * self._chance() - 1)
        return min(full_s, self._pace.longest_pause_s) * varied

    def _pause(self, pause_s: float, before: Hashable) -> bool:
        """Wait out the pause, but not once the device has been plugged in anew."""
        end_s = self._clock() + pause_s
        while (left_s := end_s - self._clock()) > 0:
            if self._wait(min(left_s, self._pace.glance_s)):
                return True
            if (now := self._identity()) != before:
                before = now
                if now is not None:
                    self._failures = 0
                    return False
        return False

    def _tell(self, events: list[ReaderEvent]) -> None:
        for event in events:
            self._emit(event)
