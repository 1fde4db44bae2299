"""The outbox's tables: made, told from other databases, and brought up from the version before."""

import apsw

from kiosk.exceptions import CorruptStore, StoreFailed
from kiosk.store import claim_rows, nameless_rows, outbox_rows
from kiosk.store.sqlite import Value, writing

_ADDED = (outbox_rows.CREATE, claim_rows.CREATE, nameless_rows.CREATE)
"""What each version added to the one before: records, claims, anonymous answers."""

SCHEMA_VERSION = len(_ADDED)
"""PRAGMA user_version of the tables."""

LATEST_CREDIBLE = 999
"""A schema version above this is no later version of the product but damage."""


def create(db: apsw.Connection, floor: int) -> None:
    """Create the tables in one transaction; the first record gets `floor + 1`."""
    with writing(db):
        db.execute("".join(_ADDED))
        db.execute("INSERT INTO sqlite_sequence(name, seq) VALUES('record', ?)", (floor,))
        db.execute("INSERT INTO tally VALUES(?, 0)", (floor,))
        db.pragma("user_version", SCHEMA_VERSION)


def require_schema(db: apsw.Connection) -> bool:
    """Whether the tables are there; False for a file that is still empty.

    Tables of an earlier version are brought up to this one, in one transaction.

    Raises:
        StoreFailed: a later version of the product wrote the file; it is not touched.
        CorruptStore: the file is some other database, or its tables are spoilt.
    """
    version = db.pragma("user_version")
    if SCHEMA_VERSION < version <= LATEST_CREDIBLE:
        raise StoreFailed(f"outbox: written by a later version (schema {version})")
    found = _tables(db)
    if not version and not found:
        return False
    if not 0 < version <= SCHEMA_VERSION or found != _tables_as_made(version):
        raise CorruptStore("outbox: damaged, or another program's database")
    if version < SCHEMA_VERSION:
        _bring_up(db, version)
    return True


def last_seq(db: apsw.Connection) -> int:
    """The last sequence number given.

    Raises:
        CorruptStore: the counts are spoilt.
    """
    seq = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'record'").get
    gone = db.execute("SELECT gone FROM tally").get
    if not (isinstance(seq, int) and isinstance(gone, int) and 0 <= gone <= seq):
        raise CorruptStore("outbox: the counts are spoilt")
    return seq


def raise_seq(db: apsw.Connection, floor: int) -> None:
    """Leave out the sequence numbers up to and including `floor`."""
    with writing(db):
        skipped = floor - last_seq(db)
        db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'record'", (floor,))
        db.execute("UPDATE tally SET gone = gone + ?", (skipped,))


def _bring_up(db: apsw.Connection, version: int) -> None:
    """From an earlier version, which knew nothing of what is added."""
    with writing(db):
        db.execute("".join(_ADDED[version:]))
        db.pragma("user_version", SCHEMA_VERSION)


def _tables(db: apsw.Connection) -> list[tuple[Value, ...]]:
    return db.execute("SELECT CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_schema").fetchall()


def _tables_as_made(version: int) -> list[tuple[Value, ...]]:
    """What the file says of its tables; a letter spoilt there would spoil a statement."""
    fresh = apsw.Connection(":memory:")
    try:
        fresh.execute("".join(_ADDED[:version]))
        return _tables(fresh)
    finally:
        fresh.close()
