"""Plausible records, uploads and members for the tests of kiosk-sync."""

from datetime import UTC, datetime

from kiosk.model.facts import DeviceEvent
from kiosk.model.members import Member
from kiosk.model.records import NewRecord, Priority, StoredRecord, new_record
from kiosk.model.text import LocalText
from kiosk.model.wire import Change, Upload
from kiosk.sync.batch import cut, envelope
from tests.fakes.clock import FakeClock


def record(number: int, detail: str = "", priority: Priority | None = None) -> NewRecord:
    """A record whose id is told by its number."""
    fact = DeviceEvent(what="reader-lost", detail=detail or str(number))
    made = new_record(fact, FakeClock().now(), number.to_bytes(10, "big"))
    if priority is None:
        return made
    return NewRecord(made.id, made.kind, made.kind_version, priority, made.occurred, made.payload)


def stored(number: int, detail: str = "", priority: Priority | None = None) -> StoredRecord:
    """The same on disk."""
    return StoredRecord(number, 0, record(number, detail, priority))


def upload(*numbers: int) -> Upload:
    """An upload of these records."""
    batch = cut([stored(number) for number in numbers]).batch
    return envelope("k-1", "sh-ja-01", FakeClock().now(), batch)


def change(number: int, gone: bool = False) -> Change:
    """A change of the member with this number."""
    member = Member(
        member_id=f"m-{number}",
        called=LocalText.model_validate({"zh-CN": "李女士", "en": "Ms L."}),
        tier="standard",
        points=number,
        as_of=datetime(2027, 3, 1, tzinfo=UTC),
    )
    return Change(k=f"{number:032x}", v=number, member=None if gone else member)
