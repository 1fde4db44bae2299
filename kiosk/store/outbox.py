"""The outbox: records wait here on disk for HQ, and what they asked for waits for HQ's word."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self, TypeVar
from uuid import UUID

import apsw

from kiosk.model.clock import Instant
from kiosk.model.nameless import NamelessRecord
from kiosk.model.queue import Pending, Settlement
from kiosk.model.records import NewRecord, StoredRecord
from kiosk.model.verdicts import Claim
from kiosk.model.wire import Fate
from kiosk.store import claim_rows, nameless_rows, outbox_rows, outbox_schema
from kiosk.store.claims import KeptClaim, NewClaim
from kiosk.store.outbox_file import PAGE_BYTES, OutboxFile
from kiosk.store.sqlite import require_safe_library, writing
from kiosk.store.tinyfile import FileSteps, perform_on_disk

Result = TypeVar("Result")

CHECK_LIMIT_S = 0.25
"""Longest check of the file at the start, in seconds; the first frame waits 0.6 s at most."""

LOG_LIMIT_BYTES = 1024 * 1024
"""Size of the write-ahead log at which a put pays for a checkpoint after all."""

_TAKEN = frozenset({Fate.ACCEPTED, Fate.DUPLICATE})
"""HQ has the record, now or since an earlier upload whose answer was lost."""


class Outbox:
    """A durable queue in one SQLite file that two processes share.

    The screen process puts; kiosk-sync peeks, settles and checkpoints when it is idle. While
    kiosk-sync does not run, the log grows to LOG_LIMIT_BYTES, about 250 records; then one put
    carries it over; those records lie on few pages, so that this writes a tenth of the log.
    A log of this size is also soon written over again, which costs a flush less than a log
    that grows (measured: 1.4 instead of 1.65 bare writes a put).

    An object belongs to one thread at a time.
    """

    def __init__(self, file: OutboxFile, log_limit_bytes: int) -> None:
        self._file = file
        self._log_limit_pages = log_limit_bytes // PAGE_BYTES
        self._last_seq = 0

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        check_limit_s: float = CHECK_LIMIT_S,
        log_limit_bytes: int = LOG_LIMIT_BYTES,
        vfs: str = "",
        perform: FileSteps = perform_on_disk,
    ) -> Self:
        """Open the outbox, creating it when there is none.

        A damaged file is renamed `outbox.db.damaged-1`, told by `set_aside`, and a fresh one
        is opened; sequence numbers go on above the old ones (see SequenceMark).

        Args:
            path: of the database; its lock, log and mark lie beside it.
            check_limit_s: longest check of the file, in seconds.
            log_limit_bytes: size of the log at which a put pays for a checkpoint.
            vfs: name of the SQLite file system to use, the operating system's own when empty;
                with `perform` the place where tests cut the power and fill the disk.
            perform: performs the steps of writing the mark of sequence numbers.

        Raises:
            StoreError: the SQLite library is too old to be safe.
            StoreFailed: the disk refused, or a later version of the product wrote the file.
        """
        require_safe_library()
        return cls(OutboxFile(path, check_limit_s, vfs, perform), log_limit_bytes)

    @property
    def set_aside(self) -> Path | None:
        """Where a damaged file was put since this object was opened; None when all was well."""
        return self._file.set_aside

    def put(self, record: NewRecord, claim: NewClaim | None = None) -> int:
        """Store a record and return its sequence number, once it is on disk: one flush.

        The same id put again, while it waits or lies dead, returns the number it has.

        Args:
            claim: what the record asks HQ for; both are on disk or neither is.

        Raises:
            StoreFailed: the disk refused or is full; the record is not promised.
            CorruptStore: even a fresh file cannot be used.
        """

        # Whatever else can fail comes before the record: afterwards it is on disk, and a wish
        # that was called refused would still go up.
        def write(db: apsw.Connection) -> int:
            if self._file.log_pages > self._log_limit_pages:
                _carry_over(db)
            return _insert(db, record, claim)

        self._file.give_room(self._last_seq)
        self._last_seq = self._file.run(write)
        return self._last_seq

    def put_nameless(self, answer: NamelessRecord) -> None:
        """Store an anonymous answer, on disk at once; it rests until `let_go`, unnumbered.

        Raises:
            StoreFailed: the disk refused or is full; the answer is not promised.
        """
        self._file.run(lambda db: nameless_rows.insert(db, answer))

    def let_go(self, now: Instant) -> int:
        """Put those anonymous answers that can hide into the queue, mixed; how many went.

        Args:
            now: this moment, which must have nothing to do with anybody who answered.

        Raises:
            StoreFailed: the disk refused; all of them rest on.
        """

        def mix_in(db: apsw.Connection) -> tuple[int, int]:
            return nameless_rows.let_go(db, now), outbox_schema.last_seq(db)

        self._file.give_room(self._last_seq)
        gone, self._last_seq = self._in_transaction(mix_in)
        return gone

    def peek(self, limit: int) -> list[StoredRecord]:
        """The first waiting records, by priority and then by sequence; nothing is changed.

        A row this version cannot read becomes a dead letter, so that it blocks no other;
        there may then be fewer records than asked for.

        Args:
            limit: how many at most.

        Raises:
            StoreFailed: the disk refused.
        """
        rows = self._file.run(lambda db: list(outbox_rows.peek(db, limit)))
        unreadable = {row.seq: row.reason for row in rows if not isinstance(row, StoredRecord)}
        if unreadable:
            self._in_transaction(lambda db: _bury_unreadable(db, unreadable))
        return [row for row in rows if isinstance(row, StoredRecord)]

    def settle(self, results: Mapping[UUID, Settlement], at: Instant) -> None:
        """Carry out HQ's word on each record and its claim, all in one transaction.

        Ids that do not wait any more are left alone, so a word may be carried out twice.

        Args:
            at: when HQ said so; what HQ holds is counted from it.

        Raises:
            StoreFailed: the disk refused; none of the words was carried out.
        """
        taken = {id_: s.verdict for id_, s in results.items() if s.fate in _TAKEN}
        rejected = {id_: s.reason for id_, s in results.items() if s.fate is Fate.REJECTED}
        retried = {id_: s.reason for id_, s in results.items() if s.fate is Fate.RETRY}

        def carry_out(db: apsw.Connection) -> None:
            outbox_rows.remove(db, list(taken))
            outbox_rows.bury(db, rejected)
            outbox_rows.count_try(db, retried)
            claim_rows.settle(db, taken, at)
            claim_rows.bury(db, rejected, at)

        self._in_transaction(carry_out)

    def claims_of(self, member_id: str, now: Instant) -> tuple[Claim, ...]:
        """What this kiosk has asked for in a member's name and not forgotten, the oldest first.

        Args:
            now: this moment; of each hold only what is left at it is told.

        Raises:
            StoreFailed: the disk refused.
        """
        kept = self._file.run(lambda db: tuple(claim_rows.of_member(db, member_id)))
        return tuple(one.at(now) for one in kept)

    def claim(self, id_: UUID, now: Instant) -> Claim | None:
        """The claim of the record with this id; None when there is none, or it was forgotten.

        Raises:
            StoreFailed: the disk refused.
        """
        kept = self._file.run(lambda db: claim_rows.with_id(db, id_))
        return None if kept is None else kept.at(now)

    def gone(self) -> int:
        """How many records wait no more: HQ has them, or they lie dead.

        Raises:
            StoreFailed: the disk refused.
        """
        return self._file.run(outbox_rows.gone)

    def answered_claims(self) -> tuple[KeptClaim, ...]:
        """Every claim that waits for no word any more, the oldest first.

        Raises:
            StoreFailed: the disk refused.
        """
        return self._file.run(lambda db: tuple(claim_rows.answered(db)))

    def wipe_codes(self, ids: Iterable[UUID]) -> None:
        """Take the codes of these claims off the disk, out of the log as well.

        Raises:
            StoreFailed: the disk refused, or the log is in use; to be tried again, even with
                no ids, as codes may still stand in the log.
        """
        wiped = tuple(ids)
        self._in_transaction(lambda db: claim_rows.wipe_codes(db, wiped))
        self._file.run(lambda db: db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE))

    def forget_claims(self, ids: Iterable[UUID]) -> None:
        """Delete these claims; one that still waits for HQ stays.

        Raises:
            StoreFailed: the disk refused; none was deleted.
        """
        forgotten = tuple(ids)
        self._in_transaction(lambda db: claim_rows.forget(db, forgotten))

    def pending(self) -> Pending:
        """How much waits, since when, and how many records HQ will not take.

        Raises:
            StoreFailed: the disk refused.
        """
        return self._file.run(outbox_rows.pending)

    def checkpoint(self) -> bool:
        """Carry the log into the database without making anybody wait.

        Returns:
            Whether all of it was carried over; a reader may have held some back, or the other
            process is at it.

        Raises:
            StoreFailed: the disk refused.
        """
        return self._file.run(_carry_over)

    def close(self) -> None:
        """Close the file; what waits stays on disk.

        Raises:
            StoreFailed: the disk refused.
        """
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def _in_transaction(self, work: Callable[[apsw.Connection], Result]) -> Result:
        def all_or_nothing(db: apsw.Connection) -> Result:
            with writing(db):
                return work(db)

        return self._file.run(all_or_nothing)


def _carry_over(db: apsw.Connection) -> bool:
    """Carry over what can be without waiting; whether that was all."""
    try:
        pages, carried = db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    except apsw.BusyError:  # the other process is at it; a put must not fail for that
        return False
    return pages == carried


def _insert(db: apsw.Connection, record: NewRecord, claim: NewClaim | None) -> int:
    """One statement is a transaction by itself and costs least; two need one around them."""
    if claim is None:
        return outbox_rows.insert(db, record)
    with writing(db):
        seq = outbox_rows.insert(db, record)
        claim_rows.insert(db, record, seq, claim)
    return seq


def _bury_unreadable(db: apsw.Connection, reasons: dict[int, str]) -> None:
    outbox_rows.bury(db, reasons)
    claim_rows.bury_numbered(db, reasons)
