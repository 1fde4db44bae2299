"""The outbox's file: opened safely, shared by two processes, set aside when damaged."""

import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import apsw

from kiosk.exceptions import CorruptStore, StoreFailed
from kiosk.store import outbox_schema
from kiosk.store.disk import name_aside
from kiosk.store.locks import OutboxLocks
from kiosk.store.lost import LostClaims
from kiosk.store.sequence import STEP, SequenceMark
from kiosk.store.sqlite import (
    close_without_traces,
    log_beside,
    make_shared,
    our_failure,
    our_failures,
    set_pragma,
    wait_for_others,
)
from kiosk.store.tinyfile import FileSteps, Rename, SyncFolder

log = logging.getLogger(__name__)

Result = TypeVar("Result")

PAGE_BYTES = 1024
"""Size of a database page. A put rewrites four pages, so that small ones make its flush small:
1.31 bare writes a put, against 1.45 with pages of 4096 bytes (measured side by side)."""

HEADER_BYTES = 100
"""Size of a database's header (SQLite file format, 1.3)."""

CHECK_STEPS = 1000
"""SQLite's own steps between two looks at the clock while the file is checked."""

SYNCHRONOUS_FULL = 2
"""What PRAGMA synchronous reads back as when every commit is flushed."""


class _Moved(Exception):
    """The name leads to another file than the one that is open."""


class OutboxFile:
    """A connection to outbox.db that follows the file when another process sets it aside.

    Every piece of work runs under a shared lock on `outbox.lock` and first sees that the
    name still leads to the file that is open (one stat). A damaged file is renamed under the
    same lock held alone, so no record is ever acknowledged into a file already set aside.

    Attributes:
        log_pages: pages in the write-ahead log after the last commit here.
        set_aside: where this connection last put a damaged file; None while all was well.
    """

    def __init__(self, path: Path, check_limit_s: float, vfs: str, perform: FileSteps) -> None:
        self.log_pages = 0
        self.set_aside: Path | None = None
        self._path = path
        self._check_limit_s = check_limit_s
        self._vfs = vfs or None
        self._perform = perform
        self._refusal = ""
        with our_failures(path.name):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._locks = OutboxLocks(path)
        self._mark = SequenceMark(path.with_suffix(".seq"), perform)
        self._lost = LostClaims(path, perform)
        try:
            with self._locks.alone():
                self._open_or_put_aside(self._locks.enter())
        except BaseException:
            self._locks.close()
            raise

    def run(self, work: Callable[[apsw.Connection], Result]) -> Result:
        """Do a piece of work on the file; on damage once more, on a fresh file.

        Raises:
            StoreFailed: the disk refused, now or earlier: after a failed flush the kernel may
                take unwritten pages for written, so nothing is done until a new open.
            CorruptStore: the fresh file is damaged as well.
        """
        try:
            return self._attempt(work)
        except _Moved:
            self._reopen(None)
        except CorruptStore as damage:
            self._reopen(damage)
        return self._attempt(work)

    def give_room(self, seq: int) -> None:
        """Keep the mark of sequence numbers well above `seq`.

        Raises:
            StoreFailed: the disk refused.
        """
        if self._mark.is_near(seq):
            with self._locks.alone():
                self._mark.move(seq + STEP)

    def close(self) -> None:
        """Close; the last connection to a healthy file leaves no log behind."""
        with self._locks.alone(), our_failures(self._path.name):
            if self._refusal or self._moved():
                close_without_traces(self._db)
            else:
                self._db.close()
        self._locks.close()

    def _attempt(self, work: Callable[[apsw.Connection], Result]) -> Result:
        if self._refusal:
            raise StoreFailed(self._refusal)
        # Written out rather than with context managers: this runs in every put, and two of
        # them would cost a tenth of what SQLite itself takes.
        self._locks.begin()
        try:
            if self._moved():
                raise _Moved
            return work(self._db)
        except (apsw.Error, OSError) as error:
            if isinstance(error, apsw.IOError):
                self._refusal = f"{self._path.name}: nothing is promised since {error}"
            raise our_failure(self._path.name, error) from error
        finally:
            self._locks.end()

    def _moved(self) -> bool:
        try:
            return _identity(self._path) != self._opened
        except FileNotFoundError:
            return True

    def _reopen(self, damage: CorruptStore | None) -> None:
        with self._locks.alone():
            close_without_traces(self._db)
            if damage and not self._moved():  # otherwise the other process was first
                self._put_aside(damage)
            self._open_or_put_aside(first=False)

    def _open_or_put_aside(self, first: bool) -> None:
        try:
            self._connect(first)
        except CorruptStore as damage:
            self._put_aside(damage)
            self._connect(first)

    def _connect(self, first: bool) -> None:
        with our_failures(self._path.name):
            self._require_not_emptied()
            make_shared(self._path)
            db = apsw.Connection(str(self._path), vfs=self._vfs)
            try:
                self._make_ready(db, first)
            except apsw.SQLError as error:
                # These statements are right, so the tables or the header are not.
                close_without_traces(db)
                raise CorruptStore(f"{self._path.name}: its tables cannot be used") from error
            except BaseException:
                close_without_traces(db)
                raise
            self._db, self._opened = db, _identity(self._path)

    def _require_not_emptied(self) -> None:
        """Refuse a file that has lost everything: SQLite would take it for a new one."""
        log_file = log_beside(self._path)
        size_bytes = self._path.stat().st_size if self._path.exists() else None
        if size_bytes is not None and size_bytes >= HEADER_BYTES:
            return
        if _has_content(log_file):
            raise CorruptStore(f"{self._path.name}: only its log is left")
        if size_bytes or (size_bytes == 0 and self._mark.value is not None):
            raise CorruptStore(f"{self._path.name}: {size_bytes} bytes are left of it")

    def _make_ready(self, db: apsw.Connection, first: bool) -> None:
        unclean = first and _has_content(log_beside(self._path))
        _configure(db)
        if not outbox_schema.require_schema(db):
            if self._mark.value is not None:  # there was another file before this one
                self._lost.note()
            outbox_schema.create(db, self._mark.value or 0)
        _quick_check(db, self._check_limit_s)
        self._keep_numbers_growing(db, unclean)
        db.set_wal_hook(self._note_log)
        # After a failed flush the log may be on disk only in part; its pages are written
        # once more, into the database itself, before anything is promised again.
        db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    def _keep_numbers_growing(self, db: apsw.Connection, unclean: bool) -> None:
        """Go on above every number that may have been given.

        A log with a spoilt frame ends there for SQLite, without a word; so after an end that
        was not clean, numbers go on from the mark. Those between are left out.
        """
        seq, mark = outbox_schema.last_seq(db), self._mark.value or 0
        lost = self._mark.lost_numbers(seq)
        if lost:
            log.error("%s has lost records: its numbers go on from the mark", self._path.name)
            self._lost.note()
        if (lost or unclean) and seq < mark:
            outbox_schema.raise_seq(db, seq := mark)
        if self._mark.is_near(seq):
            self._mark.move(seq + STEP)

    def _note_log(self, _: apsw.Connection, __: str, pages: int) -> int:
        self.log_pages = pages
        return apsw.SQLITE_OK

    def _put_aside(self, damage: CorruptStore) -> None:
        """Rename the file and what belongs to it; the lock is held alone.

        The mark moves first and by two steps, so that a cut between the renames leaves
        numbers that visibly lag behind it. The log goes before the file: left behind, it
        would be replayed into the fresh one.
        """
        aside = name_aside(self._path)
        with our_failures(self._path.name):
            self._mark.move(max(_last_seq_of(self._path), self._mark.value or 0) + 2 * STEP)
            for suffix in ("-wal", "-shm", ""):
                part = self._path.with_name(self._path.name + suffix)
                if part.exists():
                    self._perform(Rename(part, aside.with_name(aside.name + suffix)))
            self._perform(SyncFolder(self._path.parent))
        self.set_aside = aside
        log.error("%s; the file was set aside as %s", damage, aside.name)


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _identity(path: Path) -> tuple[int, int]:
    stat = os.stat(path)  # noqa: PTH116 -- half the time of Path.stat(), paid on every put
    return stat.st_dev, stat.st_ino


def _configure(db: apsw.Connection) -> None:
    wait_for_others(db)
    db.pragma("page_size", PAGE_BYTES)
    set_pragma(db, "journal_mode", "wal", "wal")
    set_pragma(db, "synchronous", "FULL", SYNCHRONOUS_FULL)
    # What is deleted or wiped is overwritten: codes and sealed words must not stay in a page.
    set_pragma(db, "secure_delete", 1, 1)
    # A put never pays for a checkpoint; see Outbox for who does.
    set_pragma(db, "wal_autocheckpoint", 0, 0)


def _quick_check(db: apsw.Connection, limit_s: float) -> None:
    """Check the file as far as the time goes; damage beyond is found when it is met.

    Raises:
        CorruptStore: damage was found.
    """
    deadline_s = time.monotonic() + limit_s
    db.set_progress_handler(lambda: time.monotonic() > deadline_s, CHECK_STEPS)
    try:
        verdict = db.execute("PRAGMA quick_check(1)").get
    except apsw.InterruptError:
        log.info("%s is too large to be checked whole at the start", Path(db.filename).name)
        return
    finally:
        db.set_progress_handler(None)
    if verdict != "ok":
        raise CorruptStore(f"{Path(db.filename).name}: its pages do not fit together")


def _last_seq_of(path: Path) -> int:
    """The last sequence number of a damaged file, or 0 when it cannot be read."""
    try:
        db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            return outbox_schema.last_seq(db)
        finally:
            close_without_traces(db)
    except (apsw.Error, CorruptStore):
        return 0
