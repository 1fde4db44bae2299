"""The outbox's table of anonymous answers: they rest in it, until nobody can tell them apart.

It keeps neither time nor order: a row tells the day, and its place in the file is that of a random
number. An answer goes on into the queue together with others, in an order drawn by chance.
"""

import apsw

from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.nameless import NamelessRecord, day_of

CREATE = """
CREATE TABLE nameless(
    id           BLOB PRIMARY KEY,
    kind         TEXT NOT NULL,
    kind_version INTEGER NOT NULL,
    priority     INTEGER NOT NULL CHECK(priority BETWEEN 0 AND 9),
    crowd        TEXT NOT NULL,
    wall         TEXT,
    payload      BLOB NOT NULL
) WITHOUT ROWID;
"""
"""Since schema 3. `wall` is noon of the day, NULL while nobody knows the day."""

CROWD = 5
"""Answers that hide each other well enough to go on the same day: our own choice, as is
the number of answers below which HQ shows nothing of a survey."""

AT_ONCE = 200
"""Answers that go on in one transaction at most; less than the numbers kept in reserve
(kiosk/store/sequence.py, STEP)."""

_INSERT = """
INSERT INTO nameless(id, kind, kind_version, priority, crowd, wall, payload)
VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""

# Whole crowds go, in no order of theirs: the row's key is random, and chance is asked once more.
_DUE = """
SELECT id FROM nameless WHERE
    crowd IN (SELECT crowd FROM nameless GROUP BY crowd HAVING count(*) >= ?1)
    OR (?2 AND substr(wall, 1, 10) != substr(?3, 1, 10))
ORDER BY random() LIMIT ?4
"""

_GO_ON = """
INSERT INTO record(id, kind, kind_version, priority, wall, boot_id, since_boot_s, clock, payload)
SELECT id, kind, kind_version, priority, coalesce(wall, ?2), '', 0.0,
       CASE WHEN wall IS NULL THEN 'unset' ELSE 'estimated' END, payload
FROM nameless WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM record WHERE id = ?1)
"""


def insert(db: apsw.Connection, one: NamelessRecord) -> None:
    """Let an answer rest; one that rests already stays as it is."""
    record = one.record
    wall = record.occurred.wall.isoformat() if one.dated else None
    head = (record.id.bytes, record.kind, record.kind_version, int(record.priority))
    db.execute(_INSERT, (*head, one.crowd, wall, record.payload))


def let_go(db: apsw.Connection, now: Instant) -> int:
    """Move what is due into the queue; how many went.

    Crowds that are large enough are due, and what rests since another day. What came while
    nobody knew the day is taken for today's as soon as somebody does.
    """
    today, known = day_of(now).wall.isoformat(), now.quality is not ClockQuality.UNSET
    if known:
        db.execute("UPDATE nameless SET wall = ? WHERE wall IS NULL", (today,))
    due = db.execute(_DUE, (CROWD, known, today, AT_ONCE)).fetchall()
    for (id_,) in due:
        db.execute(_GO_ON, (id_, today))
        db.execute("DELETE FROM nameless WHERE id = ?", (id_,))
    return len(due)
