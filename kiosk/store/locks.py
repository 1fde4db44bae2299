"""Who works on the outbox, and who has it open: two advisory locks two processes share."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OutboxLocks:
    """Locks beside the outbox; the kernel lets them go when a process is killed.

    `outbox.lock` is held during each piece of work, by one process alone while files are
    renamed. `outbox.open` is held by everybody who has the outbox open.
    """

    def __init__(self, path: Path) -> None:
        """Open both lock files.

        Args:
            path: of the database they lie beside.

        Raises:
            OSError: the disk refused.
        """
        self._work = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o660)
        try:
            self._presence = os.open(path.with_suffix(".open"), os.O_RDWR | os.O_CREAT, 0o660)
        except OSError:
            os.close(self._work)
            raise

    def begin(self) -> None:
        """Begin a piece of work beside others'; nobody renames files meanwhile."""
        fcntl.flock(self._work, fcntl.LOCK_SH)

    def end(self) -> None:
        """End it."""
        fcntl.flock(self._work, fcntl.LOCK_UN)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Work while nobody else does; the wait is short, since no work is slow."""
        fcntl.flock(self._work, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._work, fcntl.LOCK_UN)

    def enter(self) -> bool:
        """Say that the outbox is open here; whether nobody else has it open. Needs `alone`."""
        try:
            fcntl.flock(self._presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            first = False
        else:
            first = True
        fcntl.flock(self._presence, fcntl.LOCK_SH)
        return first

    def close(self) -> None:
        """Let both go."""
        os.close(self._work)
        os.close(self._presence)
