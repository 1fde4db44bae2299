"""An outbox as earlier versions of its tables wrote it, word for word; stores have them."""

from pathlib import Path
from uuid import UUID

import apsw

from tests.store.samples import AT, record

TABLES = """
CREATE TABLE record(
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    id           BLOB NOT NULL UNIQUE,
    kind         TEXT NOT NULL,
    kind_version INTEGER NOT NULL,
    priority     INTEGER NOT NULL CHECK(priority BETWEEN 0 AND 9),
    wall         TEXT NOT NULL,
    boot_id      TEXT NOT NULL,
    since_boot_s REAL NOT NULL,
    clock        TEXT NOT NULL,
    payload      BLOB NOT NULL,
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK(state IN ('waiting', 'dead')),
    tries        INTEGER NOT NULL DEFAULT 0,
    reason       TEXT NOT NULL DEFAULT ''
);
CREATE INDEX waiting ON record(priority, seq) WHERE state = 'waiting';
-- waiting = last sequence number given - gone. Counting so costs a put nothing: the one page
-- it would need is written anyway, because AUTOINCREMENT keeps the number there.
CREATE TABLE tally(gone INTEGER NOT NULL, dead INTEGER NOT NULL);
"""

CLAIMS = """
CREATE TABLE claim(
    id           BLOB PRIMARY KEY,
    seq          INTEGER NOT NULL,
    kind         TEXT NOT NULL,
    member_id    TEXT NOT NULL,
    card_key     BLOB NOT NULL,
    subject      TEXT NOT NULL,
    points       INTEGER NOT NULL,
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK(state IN ('waiting', 'settled', 'dead')),
    verdict      TEXT,
    code         TEXT,
    wall         TEXT NOT NULL,
    boot_id      TEXT NOT NULL,
    since_boot_s REAL NOT NULL,
    clock        TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX claim_of ON claim(member_id, seq);
"""

MADE_BY = {1: TABLES, 2: TABLES + CLAIMS}
"""The tables of each version there was."""

PUT = """
INSERT INTO record(id, kind, kind_version, priority, wall, boot_id, since_boot_s, clock, payload)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def write_old(path: Path, count: int, version: int, vfs: str | None = None) -> list[UUID]:
    """Write so many records, the first of them a dead letter; the ids of the others."""
    db = apsw.Connection(str(path), vfs=vfs)
    db.pragma("page_size", 1024)
    db.pragma("journal_mode", "wal")
    db.pragma("synchronous", "FULL")
    db.execute("BEGIN IMMEDIATE")
    db.execute(MADE_BY[version])
    db.execute("INSERT INTO sqlite_sequence(name, seq) VALUES('record', 0)")
    db.execute("INSERT INTO tally VALUES(0, 0)")
    db.pragma("user_version", version)
    db.execute("COMMIT")
    ids = [_put(db) for _ in range(count)]
    db.execute("UPDATE record SET state = 'dead' WHERE seq = 1")
    db.execute("UPDATE tally SET gone = 1, dead = 1")
    db.close()
    return ids[1:]


def _put(db: apsw.Connection) -> UUID:
    one, clock = record(), AT.quality.value
    moment = (AT.wall.isoformat(), AT.boot_id, AT.since_boot_s, clock)
    db.execute(PUT, (one.id.bytes, one.kind.value, 1, 9, *moment, one.payload))
    return one.id
