"""The directory as HQ keeps it: its changes by commit sequence, and what each row includes."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, select, tuple_, update

from kiosk.model.cards import CardKey
from kiosk.model.wire import Change, Changes
from sim.hq.database import Database, upsert
from sim.hq.errors import Refusal
from sim.hq.rows import as_members, card_rows
from sim.hq.tables import applied, card, member, meta

CHANGES_PER_ANSWER = 200
"""Rows in one answer at most: what HQ puts together in some tens of milliseconds."""

ANSWER_BYTES = 2 * 1024 * 1024
"""Size of one answer's rows: half of the 4 MiB that a kiosk reads at once. A row with 50 vouchers
and 20 held rewards has 30 KB, so that 200 of them would not fit."""

CARDS_AT_ONCE = 1000
"""Rows of a snapshot that are put together at a time: enough to be fast, little in memory."""

TOMBSTONES_KEPT = timedelta(days=90)
"""How long a removed card is still told; a kiosk away for longer takes a snapshot (410)."""


def next_sequences(connection: Connection, count: int = 1) -> range:
    """The next numbers of the commit sequence.

    The row stays locked until the commit, so that no later number is seen before these.
    """
    raised = update(meta).where(meta.c.name == "head").values(value=meta.c.value + count)
    last = int(connection.execute(raised.returning(meta.c.value)).scalar_one())
    return range(last - count + 1, last + 1)


def begin_sequence(connection: Connection, now: datetime) -> None:
    """Start the sequence of a new database at the present millisecond.

    A kiosk that knew an earlier database then holds a cursor below the floor and is told to
    take a snapshot, rather than being given changes of other rows.
    """
    start = int(now.timestamp() * 1000)
    rows = [{"name": "head", "value": start}, {"name": "floor", "value": start}]
    upsert(connection, meta, rows)


def read_meta(connection: Connection, name: str) -> int:
    """One counter of the table `meta`."""
    return int(connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar_one())


def raise_floor(connection: Connection, floor: int) -> None:
    """Call every cursor below this one too old."""
    connection.execute(update(meta).where(meta.c.name == "floor").values(value=floor))


def changes_since(database: Database, cursor: int) -> Changes:
    """The rows that changed after this commit sequence, oldest first.

    Raises:
        Refusal: 410 when the cursor is older than what is kept or newer than what exists.
    """
    with database.read() as connection:
        head = read_meta(connection, "head")
        if not read_meta(connection, "floor") <= cursor <= head:
            raise Refusal(410, "this cursor is not known here: take a snapshot")
        query = card_rows().where(card.c.changed > cursor).order_by(card.c.changed)
        found = connection.execute(query.limit(CHANGES_PER_ANSWER + 1)).all()
        page = found[:CHANGES_PER_ANSWER]
        told = as_members(connection, [row for row in page if not row.gone])
    changes = _that_fit(
        Change(k=row.card_key, v=row.changed, member=told.get(row.card_key)) for row in page
    )
    more = len(found) > len(changes)
    return Changes(changes=changes, next=changes[-1].v if more else head, more=more)


def _that_fit(changes: Iterable[Change]) -> list[Change]:
    """The first changes, as many as one answer carries; always at least one."""
    fitting: list[Change] = []
    room_bytes = ANSWER_BYTES
    for change in changes:
        room_bytes -= len(change.model_dump_json(by_alias=True).encode()) + 1  # and its comma
        if fitting and room_bytes < 0:
            break
        fitting.append(change)
    return fitting


def snapshot_rows(connection: Connection) -> Iterator[tuple[CardKey, int, bytes]]:
    """Every card's key, version and row: what a snapshot file holds.

    They come by member, so that one question brings what belongs to many of them.
    """
    place = tuple_(card.c.member_id, card.c.card_key)
    query = card_rows().where(card.c.gone.is_(False)).order_by(card.c.member_id, card.c.card_key)
    rows = connection.execute(query.limit(CARDS_AT_ONCE)).all()
    while rows:
        told = as_members(connection, rows)
        for row in rows:
            text = told[row.card_key].model_dump_json(by_alias=True, exclude_defaults=True)
            yield CardKey(bytes.fromhex(row.card_key)), row.changed, text.encode()
        last = tuple_(rows[-1].member_id, rows[-1].card_key)
        rows = connection.execute(query.where(place > last).limit(CARDS_AT_ONCE)).all()


def touch(connection: Connection, member_ids: Iterable[str], now: datetime) -> None:
    """Make every card of these members a change; one number each, so that pages never split."""
    query = select(card.c.card_key).where(card.c.member_id.in_(list(member_ids)))
    keys = connection.execute(query.order_by(card.c.card_key)).scalars().all()
    if not keys:
        return
    numbers = next_sequences(connection, len(keys))
    change = update(card).where(card.c.card_key == bindparam("key"))
    rows = [{"key": key, "number": number} for key, number in zip(keys, numbers, strict=True)]
    new = {"changed": bindparam("number"), "changed_at": now.isoformat()}
    connection.execute(change.values(new), rows)


def note_applied(
    connection: Connection, kiosk_id: str, seqs: Mapping[str, int], now: datetime
) -> None:
    """Remember, per member, the last record of this kiosk that the balance includes.

    Args:
        connection: inside the transaction that stores the records.
        kiosk_id: who sent them.
        seqs: highest sequence number per member id; a member HQ does not know is left out.
        now: HQ's time.
    """
    query = select(member.c.member_id).where(member.c.member_id.in_(list(seqs)))
    known = connection.execute(query).scalars().all()
    rows = [{"member_id": who, "kiosk_id": kiosk_id, "seq": seqs[who]} for who in sorted(known)]
    upsert(connection, applied, rows, only_if_higher="seq")
    touch(connection, known, now)


def prune_tombstones(database: Database, now: datetime) -> int:
    """Forget cards that have been gone for long; older cursors are then too old. Returns count."""
    limit = (now - TOMBSTONES_KEPT).isoformat()
    old = card.c.gone.is_(True) & (card.c.changed_at < limit)
    with database.write() as connection:
        last = connection.execute(select(func.max(card.c.changed)).where(old)).scalar()
        if last is None:
            return 0
        raise_floor(connection, last)
        return connection.execute(delete(card).where(old)).rowcount
