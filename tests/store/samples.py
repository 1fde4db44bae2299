"""Records and rows for the store's tests."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime

from kiosk.model.cards import CardKey
from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.queue import Settlement
from kiosk.model.records import DeviceEvent, NewRecord, Priority, Visit, new_record
from kiosk.model.text import Language
from kiosk.model.wire import Fate
from tests.factories import member

AT = Instant(
    wall=datetime(2026, 11, 21, 6, 20, tzinfo=UTC),
    boot_id="6a3b8f2e-0000-4000-8000-000000000001",
    since_boot_s=12.5,
    quality=ClockQuality.SYNCED,
)

ACCEPTED = Settlement(Fate.ACCEPTED)
REJECTED = Settlement(Fate.REJECTED, "schema: points")
RETRY = Settlement(Fate.RETRY, "quota")

_entropy = itertools.count(1)


def record(priority: Priority = Priority.BACKGROUND, at: Instant = AT, size: int = 20) -> NewRecord:
    """A record with an id of its own; the priority decides its kind."""
    entropy = next(_entropy).to_bytes(10, "big")
    if priority is Priority.NORMAL:
        fact: DeviceEvent | Visit = Visit(
            member_id="m-1",
            card_key="00" * 16,
            language=Language.ZH,
            directory_as_of="2026-11-21T06:20:00+00:00",
        )
    else:
        fact = DeviceEvent(what="card-unknown", detail="x" * size)
    made = new_record(fact, at, entropy)
    return NewRecord(made.id, made.kind, made.kind_version, priority, at, made.payload)


def key(number: int) -> CardKey:
    """The key of the card with this number."""
    return CardKey(number.to_bytes(16, "big"))


def row(number: int, points: int = 100) -> bytes:
    """A directory row as HQ writes it."""
    return member(member_id=f"m-{number}", points=points).model_dump_json().encode()


def as_it_is(_: CardKey, row: bytes) -> bytes:
    """Rows of these tests are not sealed."""
    return row


def ticking(start: datetime = AT.wall) -> Callable[[], datetime]:
    """A wall clock that stands still."""
    return lambda: start
