"""How far sequence numbers may have been given, kept apart from the outbox itself."""

import logging
from pathlib import Path

from kiosk.exceptions import CorruptStore
from kiosk.store.tinyfile import FileSteps, read_checked, write_checked

log = logging.getLogger(__name__)

STEP = 1000
"""Numbers reserved at once: two flushes for every 500 records or so."""


class SequenceMark:
    """A mark on disk that every sequence number ever given lies below.

    HQ orders records by (kiosk, seq), so a number must not come twice, even when the outbox
    is damaged beyond reading or was deleted. The mark is written ahead, a thousand numbers
    at a time, and kept twice; a fresh outbox begins at the mark.
    Numbers between are left out, which HQ allows: only their order counts.
    """

    def __init__(self, path: Path, perform: FileSteps) -> None:
        self._path = path
        self._perform = perform
        self.value = _read(path)
        """The mark; None before the first outbox was created."""

    def is_near(self, seq: int) -> bool:
        """Whether the mark must move up before many more numbers are given."""
        return self.value is None or seq + STEP // 2 > self.value

    def move(self, value: int) -> None:
        """Move the mark up, never down; it is on disk when this returns.

        The caller holds the outbox's lock alone: the other process may have moved it too.

        Raises:
            StoreFailed: the disk refused.
        """
        self.value = max(value, _read(self._path) or 0)
        for _ in range(2):  # the copy behind it must not be an older, lower mark
            write_checked(self._path, f"{self.value}\n".encode(), self._perform)

    def lost_numbers(self, seq: int) -> bool:
        """Whether an outbox whose last number is `seq` has forgotten some that were given."""
        return self.value is not None and seq + STEP < self.value


def _read(path: Path) -> int | None:
    try:
        body = read_checked(path)
        return None if body is None else int(body)
    except (CorruptStore, ValueError) as error:
        log.error("the mark of sequence numbers is unreadable: %s", error)
        return None
