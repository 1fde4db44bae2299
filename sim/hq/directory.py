"""The directory as HQ keeps it: its rows, their changes by commit sequence, and its edits."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, Row, Select, bindparam, delete, func, select, update

from kiosk.model.cards import CardKey
from kiosk.model.members import CardStatus, Identifier, Member, Voucher
from kiosk.model.text import Language, LocalText
from kiosk.model.wire import Change, Changes
from sim.hq.database import Database, upsert
from sim.hq.errors import Refusal
from sim.hq.tables import applied, card, member, meta

CHANGES_PER_ANSWER = 500
"""Rows in one answer: about 200 KB of JSON, well below what a kiosk reads at once."""

TOMBSTONES_KEPT = timedelta(days=90)
"""How long a removed card is still told; a kiosk away for longer takes a snapshot (410)."""

DirectoryRow = Row[tuple[object, ...]]


class MemberEdit(BaseModel):
    """What HQ may change on a member; a field left out stays as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    points: int | None = Field(default=None, ge=-(10**9), le=10**9)
    add_points: int = Field(default=0, ge=-(10**9), le=10**9)
    tier: Identifier | None = None
    card_status: CardStatus | None = None
    gone: bool = Field(default=False, description="the membership ends: its cards vanish")


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
        query = _rows().where(card.c.changed > cursor).order_by(card.c.changed)
        found = connection.execute(query.limit(CHANGES_PER_ANSWER + 1)).all()
        seqs = _applied_of(connection, {row.member_id for row in found})
    page = found[:CHANGES_PER_ANSWER]
    more = len(found) > len(page)
    changes = [_change(row, seqs.get(row.member_id, {})) for row in page]
    return Changes(changes=changes, next=page[-1].changed if more else head, more=more)


def snapshot_rows(connection: Connection) -> Iterator[tuple[CardKey, int, bytes]]:
    """Every card's key, version and row, by key: what a snapshot file holds."""
    everyone = _applied_of(connection, None)
    query = _rows().where(card.c.gone.is_(False)).order_by(card.c.card_key)
    for row in connection.execution_options(yield_per=1000).execute(query):
        known = as_member(row, everyone.get(row.member_id, {}))
        key = CardKey(bytes.fromhex(row.card_key))
        yield key, row.changed, known.model_dump_json(by_alias=True).encode()


def as_member(row: DirectoryRow, applied_seq: Mapping[str, int]) -> Member:
    """The row as the kiosk may know it: without the full name and the UID."""
    return Member(
        member_id=row.member_id,
        card_status=CardStatus(row.status),
        called=LocalText(zh=row.called_zh, en=row.called_en),
        tier=row.tier,
        points=row.points,
        as_of=datetime.fromisoformat(row.as_of),
        language=Language(row.language) if row.language else None,
        vouchers=tuple(Voucher.model_validate(voucher) for voucher in row.vouchers),
        applied_seq=dict(applied_seq),
    )


def edit_member(database: Database, member_id: str, edit: MemberEdit, now: datetime) -> None:
    """Change a member; every card of theirs becomes a change of the directory.

    Raises:
        Refusal: 404 when there is no such member.
    """
    with database.write() as connection:
        query = select(member.c.points).where(member.c.member_id == member_id)
        balance = connection.execute(query).scalar_one_or_none()
        if balance is None:
            raise Refusal(404, "there is no such member")
        points = (balance if edit.points is None else edit.points) + edit.add_points
        values: dict[str, object] = {"points": points, "as_of": now.isoformat()}
        if edit.tier is not None:
            values["tier"] = edit.tier
        connection.execute(update(member).where(member.c.member_id == member_id).values(values))
        _edit_card(connection, member_id, edit)
        touch(connection, [member_id], now)


def _edit_card(connection: Connection, member_id: str, edit: MemberEdit) -> None:
    """Change the status of the member's present card, or take every card away."""
    mine = update(card).where(card.c.member_id == member_id)
    if edit.gone:
        connection.execute(mine.values(gone=True))
    if edit.card_status is not None:
        present = mine.where(card.c.status != CardStatus.REPLACED.value)
        connection.execute(present.values(status=edit.card_status.value))


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


def _rows() -> Select[tuple[object, ...]]:
    columns = [column for column in member.c if column.name not in ("member_id", "full_name")]
    return select(card, *columns).join(member, member.c.member_id == card.c.member_id)


def _change(row: DirectoryRow, applied_seq: Mapping[str, int]) -> Change:
    known = None if row.gone else as_member(row, applied_seq)
    return Change(k=row.card_key, v=row.changed, member=known)


def _applied_of(connection: Connection, members: set[str] | None) -> dict[str, dict[str, int]]:
    """Per member, the applied sequence of each kiosk; of every member when None."""
    query = select(applied)
    if members is not None:
        query = query.where(applied.c.member_id.in_(members))
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        found.setdefault(row.member_id, {})[row.kiosk_id] = row.seq
    return found
