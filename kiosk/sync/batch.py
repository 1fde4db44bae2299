"""From records on disk to uploads that keep HQ's limits."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic_core import from_json

from kiosk.model.clock import Instant
from kiosk.model.records import StoredRecord
from kiosk.model.wire import MAX_BATCH_BYTES, MAX_BATCH_RECORDS, Upload, WireRecord, WireTime

ENVELOPE_BYTES = 1024
"""Room kept for what stands around the records: two names of 64 characters and a time."""

Batch = tuple[WireRecord, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """What goes up next.

    Attributes:
        batch: in the order given.
        broken: records whose payload on disk is no JSON object, so that HQ could not read
            the whole upload.
    """

    batch: Batch
    broken: tuple[StoredRecord, ...]


def cut(records: Iterable[StoredRecord], limit: int = MAX_BATCH_RECORDS) -> Cut:
    """The longest run from the front that one upload may carry; always at least one record.

    Args:
        records: in the order they should go up.
        limit: records in the upload at most.
    """
    batch: list[WireRecord] = []
    broken: list[StoredRecord] = []
    room_bytes = MAX_BATCH_BYTES - ENVELOPE_BYTES
    for record in records:
        wire = _wire(record)
        if wire is None:
            broken.append(record)
            continue
        room_bytes -= len(wire.model_dump_json().encode()) + 1  # and its comma
        if len(batch) == limit or (batch and room_bytes < 0):
            break
        batch.append(wire)
    return Cut(tuple(batch), tuple(broken))


def envelope(kiosk: str, store: str, sent: Instant, batch: Batch) -> Upload:
    """The body of one upload."""
    return Upload(kiosk=kiosk, store=store, sent=_time(sent), records=list(batch))


def _wire(record: StoredRecord) -> WireRecord | None:
    new = record.record
    try:
        return WireRecord(
            id=new.id,
            seq=record.seq,
            kind=new.kind,
            kind_version=new.kind_version,
            priority=int(new.priority),
            occurred=_time(new.occurred),
            payload=from_json(new.payload, allow_inf_nan=False),
        )
    except ValueError:  # pydantic's own ValidationError is one
        return None


def _time(instant: Instant) -> WireTime:
    return WireTime(
        wall=instant.wall,
        boot_id=instant.boot_id,
        since_boot_s=instant.since_boot_s,
        clock=instant.quality,
    )
