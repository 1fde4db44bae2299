"""Fills HQ's database with the demo, and keeps its dates true on every later day."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from kiosk.exceptions import ConfigError
from kiosk.model.cards import card_key
from kiosk.store.bundle import DOCUMENTS
from sim.hq.bundles import digest_of
from sim.hq.demo import FOLDER, fleet
from sim.hq.directory import begin_sequence, next_sequences, raise_floor, read_meta, touch
from sim.hq.figures import STORE_TIME
from sim.hq.kiosks import enrol
from sim.hq.people import DemoMember, invent, vouchers_on
from sim.hq.state import Hq
from sim.hq.tables import bundle, card, member, meta

CHUNK = 5000
"""Members in one insert: enough to be fast, little in memory."""

MEMBER_DAY = 28
"""Day of the month of the demo's member day; every month has it."""

MEMBER_DAYS_AHEAD = 3
"""Member days announced ahead."""

NOTE = "demo"
"""Marks the bundles that the demo published."""


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """How many members to invent, and with which salt their cards are looked up."""

    members: int
    fleet_salt: bytes


def seed(hq: Hq, plan: DemoPlan) -> None:
    """Fill a new database; on an old one only bring the dates to today.

    Raises:
        ConfigError: the database was made with another fleet salt.
    """
    today = hq.now().astimezone(STORE_TIME).date()
    with hq.database.write() as connection:
        is_new = connection.execute(select(func.count()).select_from(meta)).scalar_one() == 0
        if is_new:
            begin_sequence(connection, hq.now())
            _invent_into(connection, plan, today, hq.now())
            # The rows above share a number: no cursor may lead into the middle of them.
            raise_floor(connection, read_meta(connection, "head"))
    if is_new:
        for known in fleet().kiosks:
            enrol(hq.database, known.kiosk, known.store, known.token)
    else:
        _same_salt(hq, plan)
        _renew_vouchers(hq, plan, today)
    _renew_content(hq, today)


def _invent_into(connection: Connection, plan: DemoPlan, today: date, now: datetime) -> None:
    people = invent(plan.members)
    while chunk := list(islice(people, CHUNK)):
        connection.execute(insert(member), [_member_row(one, today, now) for one in chunk])
        cards = list(_card_rows(connection, chunk, plan.fleet_salt, now))
        connection.execute(insert(card), cards)


def _member_row(one: DemoMember, today: date, now: datetime) -> dict[str, Any]:
    person = one.person
    return {
        "member_id": one.member_id,
        "full_name": person.full_name,
        "called_zh": person.called_zh,
        "called_en": person.called_en,
        "tier": person.tier,
        "points": person.points,
        "as_of": now.isoformat(),
        "language": person.language.value if person.language else None,
        "birth_month": one.birth_month,
        "vouchers": _voucher_json(one, today),
    }


def _voucher_json(one: DemoMember, today: date) -> list[dict[str, Any]]:
    return [voucher.model_dump(mode="json") for voucher in vouchers_on(one, today)]


def _card_rows(
    connection: Connection, people: Iterable[DemoMember], salt: bytes, now: datetime
) -> Iterator[dict[str, Any]]:
    (changed,) = next_sequences(connection)
    for one in people:
        for uid, status in one.cards:
            key = card_key(bytes.fromhex(uid), salt).hex()
            row = {"card_key": key, "uid": uid, "member_id": one.member_id}
            yield row | {
                "status": status.value,
                "gone": False,
                "changed": changed,
                "changed_at": now.isoformat(),
            }


def _renew_vouchers(hq: Hq, plan: DemoPlan, today: date) -> None:
    """Give out the vouchers of a new day; only members whose vouchers differ change."""
    with hq.database.write() as connection:
        query = select(member.c.member_id, member.c.vouchers)
        held = {row.member_id: row.vouchers for row in connection.execute(query)}
        for one in invent(plan.members):
            due = _voucher_json(one, today)
            if held.get(one.member_id, due) != due:
                mine = member.c.member_id == one.member_id
                connection.execute(update(member).where(mine).values(vouchers=due))
                touch(connection, [one.member_id], hq.now())


def _same_salt(hq: Hq, plan: DemoPlan) -> None:
    """Refuse another salt: no card would be found, and nothing would say why."""
    with hq.database.read() as connection:
        query = select(card.c.uid, card.c.card_key).where(card.c.uid.is_not(None)).limit(1)
        known = connection.execute(query).one_or_none()
    if known and card_key(bytes.fromhex(known.uid), plan.fleet_salt).hex() != known.card_key:
        raise ConfigError("HQ's database was made with another fleet salt; use that or a new one")


def _renew_content(hq: Hq, today: date) -> None:
    """Publish the demo's content when it is not current; what others published stays."""
    files = demo_content(today)
    with hq.database.read() as connection:
        newest = select(bundle).order_by(bundle.c.version.desc()).limit(1)
        current = connection.execute(newest).one_or_none()
    if current is None or (current.note == NOTE and current.blake2b_256 != digest_of(files)):
        hq.bundles.publish(files, NOTE, hq.now())


def demo_content(today: date) -> dict[str, bytes]:
    """The demo's documents, with the member days that follow this day."""
    files = {name: (FOLDER / "content" / name).read_bytes() for name in DOCUMENTS}
    programme = json.loads(files["programme.json"])
    programme["events"] = [_member_day(day) for day in member_days(today)]
    text = json.dumps(programme, ensure_ascii=False, indent=2)
    return files | {"programme.json": text.encode() + b"\n"}


def member_days(today: date) -> list[date]:
    """The next member days, today's included."""
    days: list[date] = []
    day = today
    while len(days) < MEMBER_DAYS_AHEAD:
        if day.day == MEMBER_DAY:
            days.append(day)
        day += timedelta(days=1)
    return days


def _member_day(day: date) -> dict[str, Any]:
    return {
        "event_id": f"member-day-{day:%Y%m}",
        "on": day.isoformat(),
        "name": {"zh-CN": "会员日", "en": "Member day"},
        "badge": {"zh-CN": "积分 ×2", "en": "Points ×2"},
    }
