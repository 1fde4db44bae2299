"""An outbox that is opened again after the disk failed: nothing is promised in between."""

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from kiosk.exceptions import StoreError
from kiosk.model.clock import Instant
from kiosk.model.queue import Settlement
from kiosk.model.records import NewRecord, StoredRecord
from kiosk.store.claims import KeptClaim
from kiosk.sync.claims import Claims
from kiosk.sync.upload import Outbox

_Result = TypeVar("_Result")


class OpenOutbox(Outbox, Claims, Protocol):
    """An outbox with its claims that can be closed."""

    def put(self, record: NewRecord) -> int:
        """Store a record.

        Raises:
            StoreFailed: the disk refused.
        """

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

    def settle(self, results: Mapping[UUID, Settlement], at: Instant) -> None:
        """As in `Outbox`."""
        self._use(lambda outbox: outbox.settle(results, at))

    def checkpoint(self) -> bool:
        """As in `Outbox`."""
        return self._use(lambda outbox: outbox.checkpoint())

    def put(self, record: NewRecord) -> int:
        """As in `OpenOutbox`."""
        return self._use(lambda outbox: outbox.put(record))

    def gone(self) -> int:
        """As in `Claims`."""
        return self._use(lambda outbox: outbox.gone())

    def answered_claims(self) -> Sequence[KeptClaim]:
        """As in `Claims`."""
        return self._use(lambda outbox: outbox.answered_claims())

    def wipe_codes(self, ids: Iterable[UUID]) -> None:
        """As in `Claims`."""
        self._use(lambda outbox: outbox.wipe_codes(ids))

    def forget_claims(self, ids: Iterable[UUID]) -> None:
        """As in `Claims`."""
        self._use(lambda outbox: outbox.forget_claims(ids))

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
