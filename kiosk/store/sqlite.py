"""SQLite as this product needs it: a library that is safe, failures that have our names."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from kiosk.exceptions import CorruptStore, StoreError, StoreFailed

Value = int | float | bytes | str | None
"""What SQLite keeps in one column of one row."""

OLDEST_SAFE_LIBRARY = (3, 51, 3)
"""Earlier libraries can corrupt a WAL file that two connections write (SQLite 3.51.3 notes)."""

BUSY_LOOK_S = 0.0005
"""Between two looks whether the other process has finished; its transactions last about so."""

BUSY_LOOKS = 4000
"""Looks before giving up: two seconds."""

DAMAGE = (apsw.CorruptError, apsw.NotADBError, apsw.FormatError, apsw.TooBigError)
"""What the library raises when bytes of a file are not what it wrote (a length of gigabytes)."""


def require_safe_library(version: str | None = None) -> None:
    """Check that the SQLite library may share a WAL file between two processes.

    Args:
        version: as the library tells it, "3.51.3"; asked of the library when absent.

    Raises:
        StoreError: the library is older than OLDEST_SAFE_LIBRARY.
    """
    found = version or apsw.sqlite_lib_version()
    if tuple(int(part) for part in found.split(".")) < OLDEST_SAFE_LIBRARY:
        oldest = ".".join(str(part) for part in OLDEST_SAFE_LIBRARY)
        raise StoreError(
            f"SQLite {found} can corrupt a file that two processes write; apsw with {oldest} "
            "or later is needed"
        )


@contextmanager
def our_failures(what: str) -> Iterator[None]:
    """Turn the library's failures into ours.

    Args:
        what: the file or the work, for the message; never content.

    Raises:
        CorruptStore: bytes of the file are not what was written.
        StoreFailed: the disk refused, is full, or another process held the file too long.
    """
    try:
        yield
    except (apsw.Error, OSError) as error:
        raise our_failure(what, error) from error


def our_failure(what: str, error: apsw.Error | OSError) -> StoreError:
    """The failure of ours that says what the library's says."""
    if isinstance(error, DAMAGE):
        # The library's own words may quote what stood in the damaged bytes.
        return CorruptStore(f"{what}: damaged ({type(error).__name__})")
    return StoreFailed(f"{what}: {type(error).__name__}: {error}")


@contextmanager
def writing(db: apsw.Connection) -> Iterator[None]:
    """One write transaction; the lock is taken at once, so that it can be waited for.

    A transaction that begins by reading could not wait: SQLite refuses it as soon as
    another connection has written in between.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # the library has already rolled back after some failures
            db.execute("ROLLBACK")
        raise


def set_pragma(db: apsw.Connection, name: str, value: str | int, reads_back: str | int) -> None:
    """Set a pragma and check that the library took it.

    Raises:
        StoreFailed: the pragma reads back as something else; the promise would be broken.
    """
    db.pragma(name, value)
    found = db.pragma(name)
    if found != reads_back:
        raise StoreFailed(f"{Path(db.filename).name}: {name} is {found!r}, not {reads_back!r}")


def wait_for_others(db: apsw.Connection) -> None:
    """Let a connection wait up to two seconds for its turn to write, and look often.

    SQLite's own waiting looks ever more rarely, at last ten times a second: behind a process
    that writes without a pause it came away empty after seconds (seen in the kill test).
    """

    def look_again(looks: int) -> bool:
        time.sleep(BUSY_LOOK_S)
        return looks < BUSY_LOOKS

    db.set_busy_handler(look_again)


def make_shared(path: Path) -> None:
    """Make an empty file that both processes may write; one that is there is left alone.

    SQLite itself makes a database only its owner can write (0644), and gives its log and index
    the same mode. The two processes are two users of one group, whose umask lets it write.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660))


def close_without_traces(db: apsw.Connection) -> None:
    """Close a connection without a checkpoint and without deleting anything by name.

    A connection whose file was renamed or replaced must not touch the log that now carries
    its old name; a damaged file is evidence.
    """
    db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    db.close(force=True)


def log_beside(path: Path) -> Path:
    """The write-ahead log that belongs to a database file."""
    return path.with_name(path.name + "-wal")


def index_beside(path: Path) -> Path:
    """The shared-memory index of that log."""
    return path.with_name(path.name + "-shm")
