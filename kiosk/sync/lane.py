"""One kind of exchange with HQ and its own patience: when it is due, and what failed."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.clock import Clock
from kiosk.exceptions import GivenUp, HqRefused, HqUnreachable, StoreError, SyncError
from kiosk.sync.backoff import Backoff, Chance


class Task(Protocol):
    """Work that is done turn by turn."""

    def turn(self, probe: bool) -> float:
        """Do one step; `probe` asks for the smallest that can tell whether HQ is back.

        Returns:
            Seconds until the next turn is wanted.

        Raises:
            SyncError: the exchange failed.
            StoreError: the disk failed.
        """


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a lane stands still.

    Attributes:
        reason: one sentence for the technician.
        unreachable: HQ gave no usable answer.
        silent: it gave none at all, so that any answer to anyone ends the wait.
    """

    reason: str
    unreachable: bool = False
    silent: bool = False


class Lane:
    """A task and the moment of its next turn.

    Attributes:
        name: for the log.
        trouble: why the newest turn failed; None when it did not.
    """

    def __init__(
        self, name: str, task: Task, clock: Clock, chance: Chance, *, local: bool = False
    ) -> None:
        """Due at once.

        Args:
            name: for the log.
            task: the work.
            clock: for the moments.
            chance: for the jitter.
            local: a try after the disk has failed asks nothing of HQ, so it may come soon.
        """
        self.name = name
        self.trouble: Trouble | None = None
        self._task = task
        self._clock = clock
        self._chance = chance
        self._backoff = Backoff()
        self._may_jump = True
        self._local = local

    @property
    def due_s(self) -> float:
        """Monotonic time of the next turn, in seconds."""
        return self._backoff.due_s

    def go(self) -> None:
        """Make one turn; its end sets the time of the next one."""
        try:
            again_s = self._task.turn(self._backoff.breaker_is_open)
        except HqRefused as error:
            self._backoff = self._backoff.refused(self._clock.monotonic(), self._chance)
            self.trouble = Trouble(f"HQ refuses: {error}")
        except GivenUp:
            return  # that says nothing of HQ
        except (SyncError, StoreError) as error:
            self._fail(error)
        else:
            self._backoff = self._backoff.succeeded(self._clock.monotonic() + again_s)
            self.trouble = None
            self._may_jump = True

    def nudge(self) -> None:
        """There is work: be due now, unless something failed."""
        if self.trouble is None:
            self._backoff = self._backoff.at_once(self._clock.monotonic())

    def hq_is_back(self) -> None:
        """HQ answered another lane: end a wait for its first sign of life.

        Once only until the next success: when HQ answers others and never this lane, the
        pauses must go on growing.
        """
        if self.trouble is not None and self.trouble.silent and self._may_jump:
            self._may_jump = False
            self._backoff = self._backoff.at_once(self._clock.monotonic())

    def _fail(self, error: SyncError | StoreError) -> None:
        now_s = self._clock.monotonic()
        if isinstance(error, HqUnreachable):
            self.trouble = Trouble(str(error), unreachable=True, silent=error.status is None)
            self._backoff = self._backoff.failed(now_s, self._chance, error.retry_after_s)
            return
        self.trouble = Trouble(str(error))
        if isinstance(error, StoreError) and self._local:
            self._backoff = self._backoff.disk_failed(now_s, self._chance)
        else:
            self._backoff = self._backoff.failed(now_s, self._chance)
