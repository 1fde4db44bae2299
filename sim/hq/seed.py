"""Fills HQ's database with the demo, and keeps its dates true on every later day."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from kiosk.authoring.examine import examine
from kiosk.authoring.tell import lines
from kiosk.exceptions import ConfigError
from kiosk.model.cards import card_key
from kiosk.model.members import VoucherReason
from kiosk.model.programme import Programme, Rewards
from kiosk.store.bundle import COMING, survey_id
from kiosk.survey.check import check
from kiosk.survey.document import Document
from sim.hq.bundles import digest_of, read_folder
from sim.hq.database import insert_new, upsert
from sim.hq.demo import FOLDER, fleet, tray_cards
from sim.hq.demo_answers import fill_answers
from sim.hq.demo_profiles import fill_profiles
from sim.hq.demo_rows import DemoRows, voucher_row
from sim.hq.demo_tray import fill_tray
from sim.hq.directory import begin_sequence, next_sequences, raise_floor, read_meta, touch
from sim.hq.events import calendar
from sim.hq.figures import STORE_TIME
from sim.hq.form_link import with_form_url
from sim.hq.groups import add_group
from sim.hq.histories import Rules
from sim.hq.kiosks import enrol
from sim.hq.members import set_birthday
from sim.hq.people import DemoMember, invent, vouchers_on
from sim.hq.segments import segment_members
from sim.hq.state import Hq
from sim.hq.tables import (
    bundle,
    card,
    ledger,
    member,
    meta,
    pin,
    purchase,
    redemption,
    refund,
    voucher,
)
from sim.hq.tills import enrol_till
from sim.hq.vouchers import due_on
from sim.rehearsal.edition import rehearsed

CHUNK = 5000
"""Members in one insert: enough to be fast, little in memory."""

GROUP = "DEMO26"
"""A group code to try an application with; good from the day of seeding."""

CONTENT = FOLDER / "content"

NOTE = "demo"
"""Marks the bundles that the demo published."""


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """How many members to invent, and with which salt their cards are looked up.

    Attributes:
        rehearse: a survey that takes the place of all others.
        content: where the documents are that are published.
    """

    members: int
    fleet_salt: bytes
    rehearse: Path | None = None
    content: Path = CONTENT


def seed(hq: Hq, plan: DemoPlan) -> None:
    """Fill a new database; on an old one only bring the dates to today.

    Raises:
        ConfigError: the database was made with another fleet salt, or the content is broken.
    """
    _require_fit(plan.content)
    today = hq.now().astimezone(STORE_TIME).date()
    with hq.database.write() as connection:
        is_new = connection.execute(select(func.count()).select_from(meta)).scalar_one() == 0
        if is_new:
            begin_sequence(connection, hq.now())
            _invent_into(connection, plan, today, hq.now())
            add_group(connection, GROUP, "Demo", today.isoformat(), f"{today.year + 1}-12-31")
            fill_answers(connection, today)
            fill_profiles(connection, _demo_surveys(demo_content(today, plan.content)), today)
            segment_members(connection, today)
            # The rows above share a number: no cursor may lead into the middle of them.
            raise_floor(connection, read_meta(connection, "head"))
    if is_new:
        _admit(hq)
    else:
        _same_salt(hq, plan)
        _renew_tray(hq, plan, today)
    _renew_content(hq, today, plan)
    if is_new:
        _give_tray_a_past(hq, plan)


def _give_tray_a_past(hq: Hq, plan: DemoPlan) -> None:
    """What the tray's people were asked and told: held against the published surveys."""
    people = list(invent(min(plan.members, len(tray_cards()) - 1)))
    content = hq.bundles.content()
    if content is not None and people:
        with hq.database.write() as connection:
            fill_tray(connection, content, people, plan.fleet_salt, hq.now())
            raise_floor(connection, read_meta(connection, "head"))


def _require_fit(content: Path) -> None:
    """Kiosks would refuse it, each by itself, and stand there without a word of why."""
    report = examine(content)
    if report.problems:
        refused = replace(report, surveys=(), advice=())
        raise ConfigError("\n".join(("what HQ shall publish is broken", *lines(refused))))


def _demo_surveys(files: Mapping[str, bytes]) -> tuple[Document, ...]:
    surveys = (name for name in files if survey_id(name) is not None)
    found = (check(json.loads(files[name])).document for name in surveys)
    return tuple(one for one in found if one is not None)


def _admit(hq: Hq) -> None:
    """Let in the demo's kiosks and tills, and take over the key of its PINs."""
    for known in fleet().kiosks:
        enrol(hq.database, known.kiosk, known.store, known.token)
    for till in fleet().tills:
        enrol_till(hq.database, till.till, till.store, till.token)
    for key in fleet().pin_keys:
        hq.keys.adopt(key.key_id, key.private)


def _invent_into(connection: Connection, plan: DemoPlan, today: date, now: datetime) -> None:
    people, rows = invent(plan.members), DemoRows(rules_on(today, plan.content), now)
    while chunk := list(islice(people, CHUNK)):
        made = [rows.of(one) for one in chunk]
        for table in (member, ledger, purchase, refund, redemption, voucher, pin):
            all_of_it = [row for one in made for row in getattr(one, table.name)]
            if all_of_it:
                connection.execute(insert(table), all_of_it)
        connection.execute(insert(card), list(_card_rows(connection, chunk, plan.fleet_salt, now)))


def rules_on(today: date, folder: Path = CONTENT) -> Rules:
    """What the demo's histories go by on this day."""
    files = demo_content(today, folder)
    programme = Programme.model_validate_json(files["programme.json"])
    return Rules.of(programme, Rewards.model_validate_json(files["rewards.json"]), today)


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


def _renew_tray(hq: Hq, plan: DemoPlan, today: date) -> None:
    """Give the tray's people what is told of them on any day: a birthday, a voucher's last day."""
    with hq.database.write() as connection:
        for one in invent(min(plan.members, len(tray_cards()) - 1)):
            if one.person.birth_month == "this":
                _move_birthday(connection, one.member_id, today, hq.now(), plan.content)
            new = [voucher_row(one.member_id, voucher) for voucher in vouchers_on(one, today)]
            if insert_new(connection, voucher, new, "voucher_id"):
                touch(connection, [one.member_id], hq.now())


def _move_birthday(
    connection: Connection, member_id: str, today: date, now: datetime, content: Path
) -> None:
    """Bring a birthday into this month, and the year's one voucher with it."""
    query = select(member).where(member.c.member_id == member_id)
    if connection.execute(query).one().birth_month == today.month:
        return
    set_birthday(connection, member_id, today.month, now)
    rules = rules_on(today, content).programme.vouchers
    given = [
        voucher_row(member_id, one)
        for one in due_on(connection.execute(query).one(), rules, today)
        if one.reason is VoucherReason.BIRTHDAY_MONTH
    ]
    upsert(connection, voucher, given)
    touch(connection, [member_id], now)


def _same_salt(hq: Hq, plan: DemoPlan) -> None:
    """Refuse another salt: no card would be found, and nothing would say why."""
    with hq.database.read() as connection:
        query = select(card.c.uid, card.c.card_key).where(card.c.uid.is_not(None)).limit(1)
        known = connection.execute(query).one_or_none()
    if known and card_key(bytes.fromhex(known.uid), plan.fleet_salt).hex() != known.card_key:
        raise ConfigError("HQ's database was made with another fleet salt; use that or a new one")


def _renew_content(hq: Hq, today: date, plan: DemoPlan) -> None:
    """Publish the demo's content when it is not current; what others published stays."""
    files = with_form_url(demo_content(today, plan.content), hq.address)
    if plan.rehearse is not None:
        files = rehearsed(files, plan.rehearse.read_bytes())
    with hq.database.read() as connection:
        newest = select(bundle).order_by(bundle.c.version.desc()).limit(1)
        current = connection.execute(newest).one_or_none()
    if current is None or (current.note == NOTE and current.blake2b_256 != digest_of(files)):
        hq.bundles.publish(files, NOTE, hq.now())


def demo_content(today: date, folder: Path = CONTENT) -> dict[str, bytes]:
    """The demo's documents; every edition of its programme with the events after this day."""
    files = read_folder(folder)
    editions = [name for name in ("programme.json", COMING) if name in files]
    return files | {name: _with_events(files[name], today) for name in editions}


def _with_events(edition: bytes, today: date) -> bytes:
    programme = json.loads(edition)
    programme["events"] = calendar(today)
    return json.dumps(programme, ensure_ascii=False, indent=2).encode() + b"\n"
