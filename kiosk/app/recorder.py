"""Puts facts on disk as records before anybody sees their consequence."""

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from kiosk.clock import Clock
from kiosk.exceptions import StoreError, StoreFailed
from kiosk.model.records import DeviceEvent, Fact, NewRecord, new_record

log = logging.getLogger(__name__)


class Queue(Protocol):
    """The outbox as the screen's process uses it."""

    def put(self, record: NewRecord) -> int:
        """Returns once the record is on disk.

        Raises:
            StoreFailed: it is not.
        """

    def close(self) -> None:
        """Let the file go."""

    @property
    def set_aside(self) -> object | None:
        """Where a damaged queue was put when this one was opened; None when all was well."""


class Recorder:
    """Keeps facts; once the disk has refused, nothing more is promised until `recover`."""

    def __init__(self, open_queue: Callable[[], Queue], clock: Clock) -> None:
        """Open the queue; a disk that refuses at the start is tried again by `recover`.

        Args:
            open_queue: opens the outbox; called again after the disk has refused.
            clock: when facts occur.
        """
        self._open_queue = open_queue
        self._clock = clock
        self._queue: Queue | None = None
        try:
            self._open()
        except StoreError as problem:
            log.error("the queue cannot be opened, the kiosk is out of service: %s", problem)

    @property
    def works(self) -> bool:
        """Whether facts can be kept; False from a refusal until `recover` succeeds."""
        return self._queue is not None

    def keep(self, facts: Iterable[Fact]) -> None:
        """Put each fact on disk, in order.

        Raises:
            StoreFailed: the disk refused one; facts before it are kept.
        """
        for fact in facts:
            if self._queue is None:
                raise StoreFailed("the disk refused earlier and has not been tried again")
            try:
                self._queue.put(new_record(fact, self._clock.now()))
            except StoreError as problem:
                self._give_up(problem)
                raise StoreFailed(str(problem)) from problem

    def recover(self) -> bool:
        """Open the queue anew and write one record; True when the disk took it."""
        try:
            self._open()
            self.keep([DeviceEvent(what="storage-back")])
        except StoreError as problem:
            log.debug("the disk still refuses: %s", problem)
            return False
        log.info("the disk takes records again")
        return True

    def close(self) -> None:
        """Let the queue go."""
        if self._queue is not None:
            self._queue.close()
            self._queue = None

    def _open(self) -> None:
        """Open the queue; HQ hears when a damaged one had to be set aside."""
        self._queue = self._open_queue()
        if self._queue.set_aside is not None:
            log.error("the queue was damaged; it was set aside as %s", self._queue.set_aside)
            self.keep([DeviceEvent(what="queue-set-aside")])

    def _give_up(self, problem: StoreError) -> None:
        log.error("the disk refused a record, the kiosk goes out of service: %s", problem)
        try:
            self.close()
        except StoreError:
            self._queue = None
