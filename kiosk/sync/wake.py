"""Notices within one look that the other process has written, without opening the queue."""

from pathlib import Path

LOOK_S = 0.1
"""Seconds between two looks; a look is one stat(2) and a read of 48 bytes."""

INDEX_HEADER_BYTES = 48
"""Of the log's index; it counts every commit (SQLite, WAL-mode file format, 2.1)."""

_Sight = tuple[int, int, bytes]


class WalWatch:
    """Watches the write-ahead log of the outbox and the count of commits in its index.

    The log's time and size alone miss a commit: a file's clock ticks every 4 ms, and a log
    that begins anew keeps its size.
    """

    def __init__(self, database: Path) -> None:
        self._log = database.with_name(database.name + "-wal")
        self._index = database.with_name(database.name + "-shm")
        self._seen = self._look()

    def waits(self) -> bool:
        """Whether something was written since `take`."""
        return self._look() != self._seen

    def take(self) -> bool:
        """Whether something was written since the last call, which this one is now."""
        before, self._seen = self._seen, self._look()
        return before != self._seen

    def _look(self) -> _Sight:
        try:
            found = self._log.stat()
        except OSError:
            return (0, 0, b"")
        return (found.st_mtime_ns, found.st_size, self._commits())

    def _commits(self) -> bytes:
        try:
            with self._index.open("rb", buffering=0) as file:
                return file.read(INDEX_HEADER_BYTES)
        except OSError:
            return b""
