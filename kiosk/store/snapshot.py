"""The directory's snapshot file: written by HQ, checked by the kiosk before it serves."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import apsw

from kiosk.exceptions import CorruptStore
from kiosk.model.cards import CardKey
from kiosk.model.wire import SnapshotManifest
from kiosk.store.disk import digest_of, require_announced, sync_file, sync_folder
from kiosk.store.sqlite import our_failures

CREATE_MEMBER = (
    "CREATE TABLE member(k BLOB PRIMARY KEY, v INTEGER NOT NULL, row BLOB NOT NULL) WITHOUT ROWID"
)
"""The one table of a snapshot, as kiosk.model.wire.SnapshotManifest promises it."""

COLUMNS = (("k", "BLOB", 1, 1), ("v", "INTEGER", 1, 0), ("row", "BLOB", 1, 0))
"""Name, type, not null, place in the primary key: what PRAGMA table_info tells of it."""

SORT_CACHE_KIB = 64 * 1024
"""Memory for SQLite's sorter while a snapshot is written; beyond it the sorter uses the disk."""


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """What a snapshot file turned out to be.

    Attributes:
        rows: members in it.
        size_bytes: size of the file.
        blake2b_256: digest of the file's bytes, 64 lower-case hex digits.
    """

    rows: int
    size_bytes: int
    blake2b_256: str

    def manifest(self, name: str, cursor: int) -> SnapshotManifest:
        """The manifest that announces this file; `cursor` is the last change it includes."""
        return SnapshotManifest(
            name=name,
            cursor=cursor,
            rows=self.rows,
            size_bytes=self.size_bytes,
            blake2b_256=self.blake2b_256,
        )


def write_snapshot(path: Path, rows: Iterable[tuple[CardKey, int, bytes]]) -> SnapshotFile:
    """Write a snapshot; the file appears under its name only when it is whole and on disk.

    Args:
        path: where; an older file of this name is replaced.
        rows: key, version and sealed or plain row of each member, in any order, keys distinct.

    Raises:
        StoreFailed: the disk refused, or a key came twice.
    """
    growing = path.with_name(path.name + ".writing")
    with our_failures(path.name):
        growing.unlink(missing_ok=True)
        count = _fill(growing, rows)
        sync_file(growing)
        growing.replace(path)
        sync_folder(path.parent)
        size_bytes = path.stat().st_size
    return SnapshotFile(count, size_bytes, digest_of(path))


def _fill(path: Path, rows: Iterable[tuple[CardKey, int, bytes]]) -> int:
    """Write the rows ordered by key, so that the file is dense and written front to back."""
    db = apsw.Connection(str(path))
    try:
        # Nothing is promised until the finished file is flushed and renamed: no journal.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{SORT_CACHE_KIB}"):
            db.execute(f"PRAGMA {pragma}")
        with db:
            db.execute(CREATE_MEMBER)
            db.execute("CREATE TEMP TABLE unsorted(k BLOB, v INTEGER, row BLOB)")
            db.executemany("INSERT INTO unsorted VALUES(?, ?, ?)", rows)
            db.execute("INSERT INTO member SELECT k, v, row FROM unsorted ORDER BY k")
        return int(db.execute("SELECT count(*) FROM member").get)
    finally:
        db.close()


def verify_snapshot(path: Path, manifest: SnapshotManifest) -> None:
    """Check a downloaded file against its manifest: size, digest, table, number of rows.

    Raises:
        CorruptStore: the file is not what the manifest promises; the message says how.
        StoreFailed: the file cannot be read.
    """
    require_announced(path, manifest.name, manifest.size_bytes, manifest.blake2b_256)
    with our_failures(manifest.name):
        _verify_table(path, manifest)


def _verify_table(path: Path, manifest: SnapshotManifest) -> None:
    db = open_immutable(path)
    try:
        columns = tuple(
            (name, kind.upper(), not_null, key)
            for _, name, kind, not_null, _, key in db.execute("PRAGMA table_info(member)")
        )
        if columns != COLUMNS:
            raise CorruptStore(f"{manifest.name}: the table member is not as agreed")
        rows = db.execute("SELECT count(*) FROM member").get
        if rows != manifest.rows:
            raise CorruptStore(f"{manifest.name}: {rows} rows instead of {manifest.rows}")
    finally:
        db.close()


def open_immutable(path: Path) -> apsw.Connection:
    """Open a finished snapshot for reading; nothing is locked and nothing is ever written."""
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(immutable_uri(path), flags=flags)


def immutable_uri(path: Path) -> str:
    """The URI under which SQLite opens a file that nobody changes any more."""
    return f"{path.absolute().as_uri()}?immutable=1"
