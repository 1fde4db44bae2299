"""An outbox that is opened again after the disk failed: nothing is promised in between."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from kiosk.exceptions import StoreError
from kiosk.model.queue import Settlement
from kiosk.model.records import StoredRecord
from kiosk.sync.upload import Outbox

_Result = TypeVar("_Result")


class OpenOutbox(Outbox, Protocol):
    """An outbox that can be closed."""

    def close(self) -> None:
        """Close the file.

        Raises:
            StoreFailed: the disk refused.
        """


class ReopeningOutbox:
    """Passes everything on to an outbox; after a failure, to one opened anew."""

    def __init__(self, open_outbox: Callable[[], OpenOutbox]) -> None:
        """Nothing is opened before it is needed."""
        self._open_outbox = open_outbox
        self._outbox: OpenOutbox | None = None

    def peek(self, limit: int) -> Sequence[StoredRecord]:
        """As in `Outbox`."""
        return self._use(lambda outbox: outbox.peek(limit))

    def settle(self, results: Mapping[UUID, Settlement]) -> None:
        """As in `Outbox`."""
        self._use(lambda outbox: outbox.settle(results))

    def checkpoint(self) -> bool:
        """As in `Outbox`."""
        return self._use(lambda outbox: outbox.checkpoint())

    def close(self) -> None:
        """Close what is open; a disk that refuses even that changes nothing any more."""
        outbox, self._outbox = self._outbox, None
        if outbox is not None:
            with contextlib.suppress(StoreError):
                outbox.close()

    def _use(self, work: Callable[[OpenOutbox], _Result]) -> _Result:
        if self._outbox is None:
            self._outbox = self._open_outbox()
        try:
            return work(self._outbox)
        except StoreError:
            self.close()
            raise
