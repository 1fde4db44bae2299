"""Takes in the records of one upload: each stored once, and on disk before the answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select, update

from kiosk.model.answers import Application
from kiosk.model.facts import DeviceEvent, EventSignup, Fact, Redemption, Release, SealedPin
from kiosk.model.verdicts import Because, Outcome, Verdict
from kiosk.model.wire import Fate, Result
from sim.hq import unnamed
from sim.hq.care import Arrival
from sim.hq.database import insert_new
from sim.hq.directory import note_applied
from sim.hq.envelope import Envelope, GoodRecord, Opened
from sim.hq.minors import is_too_young, nothing_of
from sim.hq.pins import Entered, Keyring, hash_ahead
from sim.hq.redeeming import Court, Wish, judge
from sim.hq.releasing import release
from sim.hq.remarks import arrival_of, take_note
from sim.hq.signups import sign_up
from sim.hq.state import Hq
from sim.hq.tables import kiosk, record


@dataclass(frozen=True, slots=True)
class Kept:
    """What HQ has of a record.

    Attributes:
        digest: of all it says.
        verdict: what HQ answered, as if it answered now.
    """

    digest: str
    verdict: Verdict | None


def take_in(hq: Hq, opened: Opened) -> list[Result]:
    """Store what is new, act on it, and say what became of every record of the upload.

    When this returns, everything it calls accepted has been committed.
    """
    first: dict[str, GoodRecord] = {}
    for item in opened.good:
        first.setdefault(str(item.wire.id), item)
    court, pins = hq.court(), _pins_of(hq, first)
    with hq.database.write() as connection:
        now = hq.now()  # not before: what is booked later is told as later
        nameless = unnamed.kept(connection, set(first))
        cases = {
            key: _case(court, opened.envelope, item, pins.get(key), now)
            for key, item in first.items()
        }
        named = {key: one for key, one in cases.items() if _is_named(key, one, nameless)}
        new = _take_named(connection, court, named, now)
        kept = _kept(connection, set(first), now)
        fresh = {key: one for key, one in cases.items() if key not in kept.keys() | nameless}
        added = unnamed.keep(connection, [(one.item, one.arrival) for one in fresh.values()])
        kept |= {key: Kept(digest, None) for key, digest in (nameless | added).items()}
        results = list(opened.refused) + _answers(opened.good, new | set(added), kept)
        _count(connection, opened, results, now)
    return results


@dataclass(frozen=True, slots=True)
class _Case:
    """A record to be stored and acted on.

    Attributes:
        arrival: how it came.
        pin: that came with it.
        too_young: it tells a day of birth, and nothing of it may be kept.
    """

    envelope: Envelope
    item: GoodRecord
    arrival: Arrival
    pin: Entered | None
    too_young: bool


def _case(
    court: Court, envelope: Envelope, item: GoodRecord, pin: Entered | None, now: datetime
) -> _Case:
    """The record with what HQ judges it by."""
    arrival = arrival_of(envelope, court.content, item.wire, now)
    return _Case(envelope, item, arrival, pin, is_too_young(item.fact, arrival))


def _is_named(key: str, case: _Case, nameless: Mapping[str, str]) -> bool:
    """Whether a record belongs into the table of records, and its id is nobody's secret."""
    return not unnamed.is_unnamed(case.item.fact) and key not in nameless


def _take_named(
    connection: Connection, court: Court, cases: Mapping[str, _Case], now: datetime
) -> set[str]:
    """Store and act on what is new; the ids of it."""
    rows = [_row(case, now) for case in cases.values()]
    inserted = insert_new(connection, record, rows, "id")
    for key, case in cases.items():
        if key in inserted:
            _act(connection, court, case, now)
    return inserted


def _pins_of(hq: Hq, records: Mapping[str, GoodRecord]) -> dict[str, Entered]:
    """The PINs of the redemptions among these records that HQ has not judged before, hashed.

    Before the write transaction begins: 200 of them would make every other kiosk wait for 10 s.
    """
    wishes = {key: one.fact for key, one in records.items() if isinstance(one.fact, Redemption)}
    with hq.database.read() as connection:
        known = select(record.c.id).where(record.c.id.in_(list(wishes)))
        judged = set(connection.execute(known).scalars()) if wishes else set()
        return {
            key: hash_ahead(connection, fact.member_id, _digits(hq.keys, fact))
            for key, fact in wishes.items()
            if key not in judged
        }


def _digits(keys: Keyring, fact: Redemption) -> str | None:
    return keys.open(fact.pin, fact.redemption_id) if isinstance(fact.pin, SealedPin) else None


def _act(connection: Connection, court: Court, case: _Case, now: datetime) -> None:
    """Do what the record asks for, once, and keep HQ's answer with it."""
    envelope, item = case.envelope, case.item
    verdict = _verdict(connection, court, case, now)
    if verdict is None:
        return
    if isinstance(item.fact, Redemption | Release):
        note_applied(connection, envelope.kiosk, {item.fact.member_id: item.wire.seq}, now)
    lasts_s = verdict.holds_for_s
    until = None if lasts_s is None else (now + timedelta(seconds=lasts_s)).isoformat()
    mine = update(record).where(record.c.id == str(item.wire.id))
    told = verdict.model_dump(mode="json")
    connection.execute(mine.values(verdict=told, holds_until=until))


def _verdict(connection: Connection, court: Court, case: _Case, now: datetime) -> Verdict | None:
    envelope, item = case.envelope, case.item
    if case.too_young:
        return Verdict(outcome=Outcome.REFUSED, because=Because.NOT_OFFERED, as_of=now)
    match item.fact:
        case Redemption() as fact:
            pin = case.pin or Entered(None)
            times = (item.wire.occurred, envelope.sent, now)
            wish = Wish(fact, pin, envelope.kiosk, envelope.store, *times)
            return judge(connection, court, wish)
        case Release() as fact:
            return release(connection, court.content, fact, now)
        case EventSignup() as fact:
            return sign_up(connection, court.content, fact, envelope.store, now)
        case _:
            return take_note(connection, case.arrival, item.fact)


def _row(case: _Case, now: datetime) -> dict[str, object]:
    envelope, wire, fact = case.envelope, case.item.wire, case.item.fact
    payload = fact.model_dump(mode="json", exclude={"pin"})
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
        "member_id": _member_of(fact),
        # The PIN has done its work with the verdict; sealed or not, nobody needs it again.
        "payload": nothing_of(fact) if case.too_young else payload,
        "body_digest": case.item.digest,
        "received": now.isoformat(),
    }


def _member_of(fact: Fact) -> str | None:
    return None if isinstance(fact, DeviceEvent | Application) else fact.member_id


def _kept(connection: Connection, ids: set[str], now: datetime) -> dict[str, Kept]:
    if not ids:
        return {}
    columns = (record.c.id, record.c.body_digest, record.c.verdict, record.c.holds_until)
    rows = connection.execute(select(*columns).where(record.c.id.in_(ids)))
    return {row.id: Kept(row.body_digest, _verdict_of(row, now)) for row in rows}


def _verdict_of(row: Row[*tuple[Any, ...]], now: datetime) -> Verdict | None:
    """HQ's answer in the same words; how long a hold lasts counts from now."""
    if row.verdict is None:
        return None
    verdict = Verdict.model_validate(row.verdict)
    if row.holds_until is None:
        return verdict
    left = datetime.fromisoformat(row.holds_until) - now
    return verdict.model_copy(update={"holds_for_s": max(left.total_seconds(), 0.0)})


def _answers(good: Iterable[GoodRecord], new: set[str], kept: dict[str, Kept]) -> list[Result]:
    """One word a record; the same id twice in one upload is new only the first time."""
    waiting = set(new)
    results = []
    for item in good:
        key = str(item.wire.id)
        if kept[key].digest != item.digest:
            results.append(_conflict(item))
            continue
        status = Fate.ACCEPTED if key in waiting else Fate.DUPLICATE
        waiting.discard(key)
        results.append(Result(id=item.wire.id, status=status, verdict=kept[key].verdict))
    return results


def _conflict(item: GoodRecord) -> Result:
    detail = "this id already says something else"
    return Result(id=item.wire.id, status=Fate.REJECTED, code="conflict", detail=detail)


def _count(connection: Connection, opened: Opened, results: list[Result], now: datetime) -> None:
    """Keep the kiosk's figures for HQ's page."""
    tally = {fate: sum(result.status is fate for result in results) for fate in Fate}
    mine = update(kiosk).where(kiosk.c.kiosk_id == opened.envelope.kiosk)
    values = {
        "last_seen": now.isoformat(),
        "clock": opened.envelope.sent.clock.value,
        "records": kiosk.c.records + tally[Fate.ACCEPTED],
        "duplicates": kiosk.c.duplicates + tally[Fate.DUPLICATE],
        "rejected": kiosk.c.rejected + tally[Fate.REJECTED],
    }
    connection.execute(mine.values(values))
