"""The outbox's table of claims: its statements, and the way of a claim into a row and back."""

from collections.abc import Iterable, Iterator
from uuid import UUID

import apsw

from kiosk.model.cards import CardKey
from kiosk.model.clock import Instant
from kiosk.model.records import NewRecord
from kiosk.model.verdicts import Claim, ClaimKind, Verdict
from kiosk.store.claims import KeptClaim, NewClaim
from kiosk.store.columns import as_, instant, text
from kiosk.store.sqlite import Value

CREATE = """
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
"""Since schema 2. The code stands apart from the verdict, so that it can be wiped."""

# A record that is put again keeps the claim it came with.
_INSERT = """
INSERT INTO claim(id, seq, kind, member_id, card_key, subject, points,
                  wall, boot_id, since_boot_s, clock)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""

_SETTLE = """
UPDATE claim SET state = ?, verdict = ?, code = ?,
                 wall = ?, boot_id = ?, since_boot_s = ?, clock = ?
WHERE id = ? AND state = 'waiting'
"""

_SELECT = """
SELECT id, seq, CAST(kind AS BLOB), CAST(member_id AS BLOB), card_key, CAST(subject AS BLOB),
       points, CAST(state AS BLOB), CAST(verdict AS BLOB), CAST(code AS BLOB),
       CAST(wall AS BLOB), CAST(boot_id AS BLOB), since_boot_s, CAST(clock AS BLOB)
FROM claim
"""


def insert(db: apsw.Connection, record: NewRecord, seq: int, claim: NewClaim) -> None:
    """Write the claim of a record; one that is there already stays as it is."""
    row = (
        record.id.bytes,
        seq,
        claim.kind,
        claim.member_id,
        claim.card_key,
        claim.subject,
        claim.points,
        *_moment(record.occurred),
    )
    db.execute(_INSERT, row)


def settle(db: apsw.Connection, verdicts: dict[UUID, Verdict | None], at: Instant) -> None:
    """Write HQ's word to the claims that wait for one; records without a claim are passed over."""
    for id_, verdict in verdicts.items():
        words = None if verdict is None else verdict.model_dump_json(exclude={"code"})
        db.execute(_SETTLE, ("settled", words, _code(verdict), *_moment(at), id_.bytes))


def bury(db: apsw.Connection, ids: Iterable[UUID], at: Instant) -> None:
    """HQ will not read these records: their claims set nothing aside."""
    for id_ in ids:
        db.execute(_SETTLE, ("dead", None, None, *_moment(at), id_.bytes))


def bury_numbered(db: apsw.Connection, seqs: Iterable[int]) -> None:
    """The same for records that not even this kiosk can read; when it was is not kept."""
    for seq in seqs:
        db.execute("UPDATE claim SET state = 'dead' WHERE seq = ? AND state = 'waiting'", (seq,))


def of_member(db: apsw.Connection, member_id: str) -> Iterator[KeptClaim]:
    """Claims in this member's name, the oldest first."""
    return _read(db, "WHERE member_id = ? ORDER BY seq", member_id)


def with_id(db: apsw.Connection, id_: UUID) -> KeptClaim | None:
    """The claim of the record with this id."""
    return next(_read(db, "WHERE id = ?", id_.bytes), None)


def answered(db: apsw.Connection) -> Iterator[KeptClaim]:
    """Every claim that HQ has said something of, or that is dead."""
    return _read(db, "WHERE state != 'waiting' ORDER BY seq")


def wipe_codes(db: apsw.Connection, ids: Iterable[UUID]) -> None:
    """Take the codes out of these claims."""
    db.executemany("UPDATE claim SET code = NULL WHERE id = ?", [(id_.bytes,) for id_ in ids])


def forget(db: apsw.Connection, ids: Iterable[UUID]) -> None:
    """Delete these claims; one that still waits for HQ stays."""
    keys = [(id_.bytes,) for id_ in ids]
    db.executemany("DELETE FROM claim WHERE id = ? AND state != 'waiting'", keys)


def _code(verdict: Verdict | None) -> str | None:
    """The code to keep: a hold's, as only that has an end at which it can be wiped."""
    return None if verdict is None or verdict.holds_for_s is None else verdict.code


def _moment(at: Instant) -> tuple[Value, ...]:
    return at.wall.isoformat(), at.boot_id, at.since_boot_s, at.quality


def _read(db: apsw.Connection, which: str, *values: Value) -> Iterator[KeptClaim]:
    for row in db.execute(_SELECT + which, values).fetchall():
        try:
            yield _kept(row)
        except (ValueError, TypeError):
            continue  # spoilt, or of another version: nothing can be said of it


def _kept(row: tuple[Value, ...]) -> KeptClaim:
    id_, seq, kind, member_id, card_key, subject, points, state, verdict, code, *moment = row
    claim = Claim(
        id=UUID(bytes=as_(bytes, id_)),
        seq=as_(int, seq),
        kind=ClaimKind(text(kind)),
        member_id=text(member_id),
        subject=text(subject),
        points=as_(int, points),
        verdict=_verdict(verdict, code),
        dead=text(state) == "dead",
    )
    return KeptClaim(CardKey(as_(bytes, card_key)), instant(*moment), claim)


def _verdict(words: Value, code: Value) -> Verdict | None:
    """HQ's word; one that cannot be read counts as none, so that the points stay set aside."""
    if words is None:
        return None
    try:
        verdict = Verdict.model_validate_json(as_(bytes, words))
    except ValueError:
        return None
    return verdict.model_copy(update={"code": None if code is None else text(code)})
