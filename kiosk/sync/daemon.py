"""The loop of kiosk-sync: one exchange after another, records before everything else."""

from collections.abc import Callable, Sequence
from threading import Event

from kiosk.clock import Clock
from kiosk.exceptions import KioskError
from kiosk.notify import Notifier
from kiosk.sync.clock import ClockFloor
from kiosk.sync.journal import Journal
from kiosk.sync.lane import Lane
from kiosk.sync.wake import LOOK_S, WalWatch

BEAT_S = 5.0
"""Seconds between two signs of life to systemd: well below half of WatchdogSec."""


class Pulse:
    """Signs of life to systemd, given by whatever waits; and the wish to end."""

    def __init__(self, notifier: Notifier, clock: Clock, stop: Event) -> None:
        self._notifier = notifier
        self._clock = clock
        self._stop = stop
        self._next_s = clock.monotonic()

    def beat(self) -> bool:
        """Feed the watchdog when it is time; whether to go on."""
        now_s = self._clock.monotonic()
        if now_s >= self._next_s:
            self._next_s = now_s + BEAT_S
            self._notifier.alive()
        return not self._stop.is_set()

    def rest(self, seconds: float) -> bool:
        """Wait; whether to go on."""
        return not self._stop.wait(seconds)


class Daemon:
    """Gives each lane its turns."""

    def __init__(
        self,
        lanes: Sequence[Lane],
        wake: WalWatch,
        journal: Journal,
        floor: ClockFloor,
        clock: Clock,
    ) -> None:
        """Nothing runs yet.

        Args:
            lanes: the more urgent first; the first one carries the records.
            wake: notices new records.
            journal: told how each lane does.
            floor: told the time now and then.
            clock: for the lanes' due times.
        """
        self._lanes = lanes
        self._wake = wake
        self._journal = journal
        self._floor = floor
        self._clock = clock

    def run(self, pulse: Pulse, is_stuck: Callable[[], bool]) -> None:
        """Go on until the pulse says to end.

        Args:
            pulse: beaten at least every 0.1 s while nothing is to be done.
            is_stuck: whether requests hang that only a new process gets rid of.

        Raises:
            KioskError: requests hang; the supervisor starts a new process.
        """
        while pulse.beat():
            due_s = self.step()
            if due_s <= 0:
                continue
            if is_stuck():
                raise KioskError("requests to HQ hang and do not end: a new process is needed")
            self._rest(pulse, due_s)

    def step(self) -> float:
        """Let the most urgent lane that is due make one turn.

        Returns:
            0 after a turn; else the monotonic time, in seconds, at which a lane is due.
        """
        if self._wake.take():
            self._lanes[0].nudge()
        now_s = self._clock.monotonic()
        for lane in self._lanes:
            if lane.due_s <= now_s:
                self._go(lane)
                self._journal.flush()
                return 0.0
        self._floor.look(self._clock.now().wall)
        return min(lane.due_s for lane in self._lanes)

    def _go(self, lane: Lane) -> None:
        contacts = self._journal.contacts
        lane.go()
        if lane.trouble is None:
            self._journal.well(lane.name)
        else:
            self._journal.failed(lane.name, lane.trouble.reason, lane.due_s)
            if lane.trouble.unreachable:
                self._journal.silence()
        if self._journal.contacts > contacts:
            for other in self._lanes:
                if other is not lane:
                    other.hq_is_back()

    def _rest(self, pulse: Pulse, due_s: float) -> None:
        """Wait until a lane is due or a record is written."""
        while self._clock.monotonic() < due_s and not self._wake.waits() and pulse.beat():
            if not pulse.rest(LOOK_S):
                return
