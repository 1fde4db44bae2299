"""The directory's tables: a snapshot nobody changes below an overlay of later changes."""

from datetime import datetime
from pathlib import Path

import apsw

from kiosk.exceptions import CorruptStore
from kiosk.model.wire import Change, Changes
from kiosk.store.directory_files import DirectoryState, Generation
from kiosk.store.snapshot import immutable_uri
from kiosk.store.sqlite import make_shared, set_pragma, wait_for_others, writing

SYNCHRONOUS_NORMAL = 1
"""PRAGMA synchronous of the overlay: a lost transaction is fetched again, cursor and all."""

_CREATE = """
CREATE TABLE member(k BLOB PRIMARY KEY, v INTEGER NOT NULL, row BLOB) WITHOUT ROWID;
CREATE TABLE place(cursor INTEGER NOT NULL, as_of TEXT NOT NULL);
"""

# The overlay comes first, so that a change hides the snapshot's row; a card that is gone has
# a row without content there. LIMIT 1 stops before the snapshot is touched.
_FIND = """
SELECT row FROM (
    SELECT row FROM main.member WHERE k = ?1
    UNION ALL SELECT row FROM snapshot.member WHERE k = ?1)
LIMIT 1
"""

_APPLY = """
INSERT INTO main.member SELECT ?1, ?2, ?3
WHERE ?2 > coalesce(
    (SELECT v FROM main.member WHERE k = ?1), (SELECT v FROM snapshot.member WHERE k = ?1), 0)
ON CONFLICT(k) DO UPDATE SET v = excluded.v, row = excluded.row
"""


def open_tables(generation: Generation, folder: Path) -> apsw.Connection:
    """Open a generation's overlay with its snapshot attached beside it.

    Raises:
        CorruptStore: the overlay's log is left without the overlay's tables.
        apsw.Error: the files cannot be used.
    """
    overlay = generation.overlay_in(folder)
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
    db = apsw.Connection(str(overlay), flags=flags)
    try:
        wait_for_others(db)
        set_pragma(db, "synchronous", SYNCHRONOUS_NORMAL, SYNCHRONOUS_NORMAL)
        db.execute("ATTACH ? AS snapshot", (immutable_uri(generation.snapshot_in(folder)),))
        if db.execute("SELECT count(*) FROM place").get != 1:
            raise CorruptStore(f"{overlay.name}: its cursor is missing")
    except apsw.SQLError as error:
        db.close()
        raise CorruptStore(f"{overlay.name}: {error}") from error
    except BaseException:
        db.close()
        raise
    return db


def create_overlay(path: Path, cursor: int, as_of: datetime) -> None:
    """Create an empty overlay that begins at this cursor.

    Raises:
        apsw.Error: the disk refused.
    """
    path.unlink(missing_ok=True)  # left by an installation that was cut short
    make_shared(path)
    db = apsw.Connection(str(path))
    try:
        set_pragma(db, "journal_mode", "wal", "wal")
        with writing(db):
            db.execute(_CREATE)
            db.execute("INSERT INTO place VALUES(?, ?)", (cursor, as_of.isoformat()))
    finally:
        db.close()


def find_row(db: apsw.Connection, key: bytes) -> bytes | None:
    """The row of this card, or None when nobody has it, or has it no more."""
    row = db.execute(_FIND, (key,)).get
    if row is None or isinstance(row, bytes):
        return row
    raise CorruptStore("a row of the directory is not made of bytes")


def apply(db: apsw.Connection, changes: Changes, as_of: datetime) -> None:
    """Take in the rows and the cursor in one transaction; older versions are passed over."""
    with writing(db):
        db.executemany(_APPLY, [_overlay_row(change) for change in changes.changes])
        db.execute("UPDATE place SET cursor = ?, as_of = ?", (changes.next, as_of.isoformat()))


def _overlay_row(change: Change) -> tuple[bytes, int, bytes | None]:
    member = change.member
    row = None if member is None else member.model_dump_json().encode()
    return bytes.fromhex(change.k), change.v, row


def state(db: apsw.Connection, generation: Generation, fault: str) -> DirectoryState:
    """What this generation holds."""
    cursor, as_of, changed = db.execute(
        "SELECT cursor, as_of, (SELECT count(*) FROM main.member) FROM place"
    ).get
    return DirectoryState(
        snapshot=generation.name,
        rows=generation.rows,
        changed=changed,
        cursor=cursor,
        as_of=datetime.fromisoformat(as_of),
        fault=fault,
    )
