"""Takes in the records of one upload: each stored once, and on disk before the answer."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select, update

from kiosk.model.records import Visit
from kiosk.model.wire import Fate, Result
from sim.hq.database import Database, insert_new
from sim.hq.directory import note_applied
from sim.hq.envelope import Envelope, GoodRecord, Opened
from sim.hq.tables import kiosk, record


def take_in(database: Database, opened: Opened, now: datetime) -> list[Result]:
    """Store what is new and say what became of every record of the upload.

    When this returns, everything it calls accepted has been committed.
    """
    first: dict[str, GoodRecord] = {}
    for item in opened.good:
        first.setdefault(str(item.wire.id), item)
    with database.write() as connection:
        rows = [_row(opened.envelope, item, now) for item in first.values()]
        inserted = insert_new(connection, record, rows, "id")
        kept = _digests(connection, set(first) - inserted)
        kept.update({key: first[key].digest for key in inserted})
        results = list(opened.refused) + _verdicts(opened.good, inserted, kept)
        _apply(connection, opened.envelope, [first[key] for key in inserted], now)
        _count(connection, opened, results, now)
    return results


def _row(envelope: Envelope, item: GoodRecord, now: datetime) -> dict[str, object]:
    wire = item.wire
    return {
        "id": str(wire.id),
        "kiosk_id": envelope.kiosk,
        "store_id": envelope.store,
        "seq": wire.seq,
        "kind": wire.kind.value,
        "kind_version": wire.kind_version,
        "priority": wire.priority,
        "wall": wire.occurred.wall.isoformat(),
        "boot_id": wire.occurred.boot_id,
        "since_boot_s": wire.occurred.since_boot_s,
        "clock": wire.occurred.clock.value,
        "member_id": item.fact.member_id if isinstance(item.fact, Visit) else None,
        "payload": item.fact.model_dump(mode="json"),
        "body_digest": item.digest,
        "received": now.isoformat(),
    }


def _digests(connection: Connection, ids: set[str]) -> dict[str, str]:
    if not ids:
        return {}
    query = select(record.c.id, record.c.body_digest).where(record.c.id.in_(ids))
    return {row.id: row.body_digest for row in connection.execute(query)}


def _verdicts(good: Iterable[GoodRecord], new: set[str], kept: dict[str, str]) -> list[Result]:
    """One word a record; the same id twice in one upload is new only the first time."""
    waiting = set(new)
    results = []
    for item in good:
        key = str(item.wire.id)
        if kept[key] != item.digest:
            status, code, detail = Fate.REJECTED, "conflict", "this id already says something else"
        else:
            status = Fate.ACCEPTED if key in waiting else Fate.DUPLICATE
            code = detail = ""
        waiting.discard(key)
        results.append(Result(id=item.wire.id, status=status, code=code, detail=detail))
    return results


def _apply(
    connection: Connection, envelope: Envelope, new: Iterable[GoodRecord], now: datetime
) -> None:
    """Let the members' rows say that these records are included."""
    seqs: dict[str, int] = {}
    for item in new:
        if isinstance(item.fact, Visit):
            who = item.fact.member_id
            seqs[who] = max(seqs.get(who, 0), item.wire.seq)
    if seqs:
        note_applied(connection, envelope.kiosk, seqs, now)


def _count(connection: Connection, opened: Opened, results: list[Result], now: datetime) -> None:
    """Keep the kiosk's figures for HQ's page."""
    tally = {fate: sum(result.status is fate for result in results) for fate in Fate}
    mine = update(kiosk).where(kiosk.c.kiosk_id == opened.envelope.kiosk)
    values = {
        "store_id": opened.envelope.store,
        "last_seen": now.isoformat(),
        "clock": opened.envelope.sent.clock.value,
        "records": kiosk.c.records + tally[Fate.ACCEPTED],
        "duplicates": kiosk.c.duplicates + tally[Fate.DUPLICATE],
        "rejected": kiosk.c.rejected + tally[Fate.REJECTED],
    }
    connection.execute(mine.values(values))
