"""Reads from the database what HQ's page shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, func, or_, select

from sim.hq.tables import bundle, card, kiosk, member, meta, record

STORE_TIME = ZoneInfo("Asia/Shanghai")
"""Times are shown, and days counted, as the demo's stores count them."""

DEMO_ANSWERS = "demo_answers"
"""Is in the table `meta` when answers were made up (sim/hq/demo_answers.py)."""

MEMBERS_PER_PAGE = 20
RECORDS_SHOWN = 12

ONLINE_WITHIN = timedelta(minutes=2)
"""A kiosk asks for changes more often than this."""


@dataclass(frozen=True, slots=True)
class KioskLine:
    """One kiosk.

    Attributes:
        state: a key of the page's words: online, quiet, never or revoked.
    """

    kiosk_id: str
    store_id: str
    state: str
    last_seen: datetime | None
    clock: str | None
    records: int
    duplicates: int
    rejected: int


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of the members that fit a search."""

    rows: list[Row[Any]]
    total: int
    number: int
    pages: int


def kiosks(connection: Connection, now: datetime) -> list[KioskLine]:
    """Every kiosk HQ admits, by name."""
    rows = connection.execute(select(kiosk).order_by(kiosk.c.kiosk_id))
    return [_kiosk_line(row, now) for row in rows]


def _kiosk_line(row: Row[Any], now: datetime) -> KioskLine:
    seen = local(row.last_seen)
    state = "never" if seen is None else "online" if now - seen < ONLINE_WITHIN else "quiet"
    return KioskLine(
        row.kiosk_id,
        row.store_id,
        "revoked" if row.revoked else state,
        seen,
        row.clock,
        row.records,
        row.duplicates,
        row.rejected,
    )


def newest_records(connection: Connection) -> list[Row[Any]]:
    """The last records with the member's greeting, newest first."""
    joined = record.outerjoin(member, member.c.member_id == record.c.member_id)
    query = select(record, member.c.called_zh, member.c.called_en).select_from(joined)
    newest = query.order_by(record.c.n.desc()).limit(RECORDS_SHOWN)
    return list(connection.execute(newest).all())


def visits_on(connection: Connection, now: datetime) -> int:
    """Visits received since midnight in the stores."""
    midnight = now.astimezone(STORE_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    since = midnight.astimezone(now.tzinfo).isoformat()
    today = (record.c.kind == "visit") & (record.c.received >= since)
    query = select(func.count()).select_from(record).where(today)
    return connection.execute(query).scalar_one()


def members(connection: Connection, words: str, number: int) -> MemberPage:
    """One page of the members whose name or number holds these words."""
    matching = _matching(select(member.c.member_id), words)
    total = connection.execute(select(func.count()).select_from(matching.subquery())).scalar_one()
    pages = max(1, -(-total // MEMBERS_PER_PAGE))
    number = min(max(1, number), pages)
    query = _matching(select(member), words).order_by(member.c.member_id)
    rows = connection.execute(
        query.limit(MEMBERS_PER_PAGE).offset((number - 1) * MEMBERS_PER_PAGE)
    ).all()
    return MemberPage(list(rows), total, number, pages)


def cards_of(connection: Connection, page: MemberPage) -> dict[str, str]:
    """Per member of the page, the status of the present card: replaced only if no newer one."""
    ids = [row.member_id for row in page.rows]
    rows = connection.execute(select(card).where(card.c.member_id.in_(ids))).all()
    order = sorted(rows, key=lambda row: (row.status != "replaced", not row.gone))
    return {row.member_id: "gone" if row.gone else row.status for row in order}


def member_count(connection: Connection) -> int:
    """Members; who has only applied is none yet."""
    return int(connection.execute(_matching(select(func.count()), "")).scalar_one())


def _matching(query: Select[Any], words: str) -> Select[Any]:
    query = query.select_from(member).where(member.c.applied.is_(False))
    if not words:
        return query
    found = [
        column.icontains(words, autoescape=True)
        for column in (member.c.member_id, member.c.full_name)
    ]
    return query.where(or_(*found))


def count(connection: Connection, table: Any) -> int:
    """Rows of a table."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def behind(connection: Connection, now: datetime) -> int:
    """Members whose day has come and whom the clockwork has still to look at."""
    today = now.astimezone(STORE_TIME).date().isoformat()
    query = select(func.count()).select_from(member).where(member.c.due <= today)
    return int(connection.execute(query).scalar_one())


def is_demo(connection: Connection) -> bool:
    """Whether answers were made up for the demo."""
    query = select(meta.c.value).where(meta.c.name == DEMO_ANSWERS)
    return connection.execute(query).first() is not None


def local(moment: str | None) -> datetime | None:
    """A time of the database as the stores' clocks show it; None when it cannot be shown."""
    if moment is None:
        return None
    try:
        return datetime.fromisoformat(moment).astimezone(STORE_TIME)
    except OverflowError:
        return None


def newest_bundle(connection: Connection) -> Row[Any] | None:
    """The content that is current, if any was published."""
    newest = select(bundle).order_by(bundle.c.version.desc()).limit(1)
    return connection.execute(newest).one_or_none()
