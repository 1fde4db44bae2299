"""Notices within one look that the screen has written a record, without opening the queue."""

from pathlib import Path

LOOK_S = 0.1
"""Seconds between two looks; a look is one stat(2)."""


class WalWatch:
    """Watches the write-ahead log of the outbox: every commit changes its time or its size.

    Two commits within one tick of the file system's clock can look like one; the uploader's
    own look at the queue, every two seconds, covers that.
    """

    def __init__(self, database: Path) -> None:
        self._log = database.with_name(database.name + "-wal")
        self._seen = self._look()

    def waits(self) -> bool:
        """Whether something was written since `take`."""
        return self._look() != self._seen

    def take(self) -> bool:
        """Whether something was written since the last call, which this one is now."""
        before, self._seen = self._seen, self._look()
        return before != self._seen

    def _look(self) -> tuple[int, int]:
        try:
            found = self._log.stat()
        except OSError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_size)
