"""The outbox's records: their statements, and the way of a record into a row and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import apsw

from kiosk.model.facts import Kind
from kiosk.model.queue import Pending
from kiosk.model.records import NewRecord, Priority, StoredRecord
from kiosk.store.columns import as_, instant, text
from kiosk.store.sqlite import Value

CREATE = """
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

_INSERT = """
INSERT INTO record(id, kind, kind_version, priority, wall, boot_id, since_boot_s, clock, payload)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

# Text is read as bytes and decoded here: one spoilt letter then costs one row, not all of them.
_PEEK = """
SELECT seq, tries, id, CAST(kind AS BLOB), kind_version, priority, CAST(wall AS BLOB),
       CAST(boot_id AS BLOB), since_boot_s, CAST(clock AS BLOB), payload
FROM record INDEXED BY waiting WHERE state = 'waiting' ORDER BY priority, seq LIMIT ?
"""

# The oldest record takes one seek of the index for each priority, never a scan.
_PENDING = """
WITH RECURSIVE level(priority) AS (SELECT 0 UNION ALL SELECT priority + 1 FROM level LIMIT 10),
first(seq) AS (
    SELECT (SELECT min(seq) FROM record INDEXED BY waiting
            WHERE state = 'waiting' AND record.priority = level.priority) FROM level)
SELECT given.seq - gone, dead,
       CAST(wall AS BLOB), CAST(boot_id AS BLOB), since_boot_s, CAST(clock AS BLOB)
FROM tally JOIN sqlite_sequence AS given ON given.name = 'record'
LEFT JOIN record ON record.seq = (SELECT min(seq) FROM first)
"""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A waiting row that is no record of this version's vocabulary."""

    seq: int
    reason: str


def insert(db: apsw.Connection, record: NewRecord) -> int:
    """Write one record and return its sequence number; an id known already keeps its first."""
    at = record.occurred
    row = (
        record.id.bytes,
        record.kind,
        record.kind_version,
        int(record.priority),
        at.wall.isoformat(),
        at.boot_id,
        at.since_boot_s,
        at.quality,
        record.payload,
    )
    try:
        db.execute(_INSERT, row)
    except apsw.ConstraintError:
        first = db.execute("SELECT seq FROM record WHERE id = ?", (record.id.bytes,)).get
        if first is None:
            raise
        return int(first)
    return db.last_insert_rowid()


def peek(db: apsw.Connection, limit: int) -> Iterator[StoredRecord | Unreadable]:
    """The first waiting rows in order of priority, then sequence."""
    for row in db.execute(_PEEK, (limit,)).fetchall():
        seq, tries, *columns = row
        try:
            yield StoredRecord(as_(int, seq), as_(int, tries), _record(columns))
        except (ValueError, TypeError) as error:
            yield Unreadable(as_(int, seq), f"unreadable: {type(error).__name__}")


def _record(columns: list[Value]) -> NewRecord:
    id_, kind, kind_version, priority, wall, boot_id, since_boot_s, clock, payload = columns
    return NewRecord(
        id=UUID(bytes=as_(bytes, id_)),
        kind=Kind(text(kind)),
        kind_version=as_(int, kind_version),
        priority=Priority(as_(int, priority)),
        occurred=instant(wall, boot_id, since_boot_s, clock),
        payload=as_(bytes, payload),
    )


def remove(db: apsw.Connection, ids: list[UUID]) -> None:
    """Delete waiting records that HQ has; ids that do not wait are left alone."""
    gone = 0
    for id_ in ids:
        db.execute("DELETE FROM record WHERE id = ? AND state = 'waiting'", (id_.bytes,))
        gone += db.changes()
    db.execute("UPDATE tally SET gone = gone + ?", (gone,))


def bury(db: apsw.Connection, reasons: dict[UUID, str] | dict[int, str]) -> None:
    """Keep waiting records as dead letters, each with its reason; named by id or by seq."""
    buried = 0
    for name, reason in reasons.items():
        column, value = ("id", name.bytes) if isinstance(name, UUID) else ("seq", name)
        db.execute(
            f"UPDATE record SET state = 'dead', reason = ? WHERE {column} = ? "
            "AND state = 'waiting'",
            (reason, value),
        )
        buried += db.changes()
    db.execute("UPDATE tally SET gone = gone + ?1, dead = dead + ?1", (buried,))


def count_try(db: apsw.Connection, reasons: dict[UUID, str]) -> None:
    """Note one more answer of `retry` on records that go on waiting."""
    for id_, reason in reasons.items():
        db.execute(
            "UPDATE record SET tries = tries + 1, reason = ? WHERE id = ? AND state = 'waiting'",
            (reason, id_.bytes),
        )


def gone(db: apsw.Connection) -> int:
    """How many records wait no more, numbers left out included."""
    return as_(int, db.execute("SELECT gone FROM tally").get)


def pending(db: apsw.Connection) -> Pending:
    """The state of the queue, at the same cost for one record and for a million."""
    count, dead, *oldest = db.execute(_PENDING).fetchall()[0]
    try:
        since = instant(*oldest) if oldest[0] is not None else None
    except (ValueError, TypeError):
        since = None  # a row this version cannot read; the next peek buries it
    return Pending(as_(int, count), since, as_(int, dead))
