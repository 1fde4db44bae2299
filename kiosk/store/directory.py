"""Finds the member a card belongs to; notices by itself when kiosk-sync brought news."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Self

import apsw
from pydantic import ValidationError

from kiosk.exceptions import CorruptStore, DirectoryMissing, StoreError
from kiosk.model.cards import CardKey
from kiosk.model.members import Member
from kiosk.store import directory_tables
from kiosk.store.directory_files import DirectoryState, Generation, fault_of, read_pointer, stamp
from kiosk.store.sqlite import our_failures, require_safe_library

log = logging.getLogger(__name__)

CACHE_KIB = 128
"""Of each of the two files. SQLite's own 2 MB were full after 200 visits, of rows nobody asks for
again; a look-up takes 0.02 ms with either, as the system keeps what was read of a file."""

OpenRow = Callable[[CardKey, bytes], bytes]
"""Turns a stored row into the member's JSON; raises ValueError for a row it cannot open."""


def plain_row(_key: CardKey, row: bytes) -> bytes:
    """The directory's rows as HQ sends them: JSON in clear."""
    return row


class Directory:
    """The reader's side of the directory; belongs to one thread at a time."""

    def __init__(self, folder: Path, open_row: OpenRow) -> None:
        self._folder = folder
        self._open_row = open_row
        self._db: apsw.Connection | None = None
        self._generation: Generation | None = None
        self._fault = ""
        self._seen = stamp(folder)
        self._take_over()

    @classmethod
    def open(cls, folder: Path, open_row: OpenRow) -> Self:
        """Open the directory; one that has not arrived yet is waited for.

        Args:
            folder: where kiosk-sync keeps snapshot, overlay and pointer.
            open_row: how a stored row becomes the member's JSON.

        Raises:
            StoreError: the SQLite library is too old to be safe.
            StoreFailed: the disk refused.
        """
        require_safe_library()
        return cls(folder, open_row)

    def find(self, key: CardKey) -> Member | None:
        """The member whose card has this key, or None when nobody has it.

        Raises:
            DirectoryMissing: no directory has arrived yet, or none of it can be used.
            CorruptStore: this row is damaged; other look-ups are not concerned. The message
                holds nothing of the member.
            StoreFailed: the disk refused.
        """
        self._notice()
        if self._db is None:
            raise DirectoryMissing(self._fault or "no directory has arrived yet")
        with our_failures("the directory"):
            row = directory_tables.find_row(self._db, key)
        return None if row is None else self._member(key, row)

    def state(self) -> DirectoryState:
        """What the directory holds now.

        Raises:
            StoreFailed: the disk refused.
        """
        self._notice()
        if self._db is None or self._generation is None:
            return DirectoryState(fault=self._fault)
        with our_failures("the directory"):
            return directory_tables.state(self._db, self._generation, self._fault)

    def close(self) -> None:
        """Let the files go."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def _member(self, key: CardKey, row: bytes) -> Member:
        try:
            return Member.model_validate_json(self._open_row(key, row))
        except ValidationError as error:
            # The error's own words would quote the row, so neither they nor it are passed on.
            count = error.error_count()
        except ValueError:
            count = 1
        raise CorruptStore(f"a row of the directory is broken in {count} places")

    def _notice(self) -> None:
        now = stamp(self._folder)
        if now != self._seen:
            self._seen = now
            self._take_over()

    def _take_over(self) -> None:
        """Open the newest generation that can be used; otherwise what is open stays."""
        generations, fault = self._generations()
        for generation in generations:
            try:
                db = self._open(generation)
            except StoreError as problem:
                fault = fault or str(problem)
                continue
            self.close()
            self._db, self._generation = db, generation
            break
        if fault and fault != self._fault:
            log.error("the directory: %s", fault)
        self._fault = fault

    def _generations(self) -> tuple[tuple[Generation, ...], str]:
        try:
            return read_pointer(self._folder).generations, ""
        except StoreError as problem:
            return (), str(problem)

    def _open(self, generation: Generation) -> apsw.Connection:
        if fault := fault_of(generation, self._folder):
            raise CorruptStore(fault)
        with our_failures(f"directory {generation.name}"):
            db = directory_tables.open_tables(generation, self._folder)
            for file in ("main", "snapshot"):
                db.pragma("cache_size", -CACHE_KIB, schema=file)
            return db
