"""Uploads that keep HQ's limits."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.records import StoredRecord
from kiosk.model.wire import MAX_BATCH_BYTES, MAX_BATCH_RECORDS, Upload
from kiosk.sync.batch import ENVELOPE_BYTES, cut, envelope
from tests.fakes.clock import FakeClock
from tests.sync.samples import stored

LONGEST_NAME = "k" * 64


def body_bytes(records: list[StoredRecord]) -> tuple[int, Upload]:
    """The size of what would be sent."""
    upload = envelope(LONGEST_NAME, LONGEST_NAME, FakeClock().now(), cut(records).batch)
    return len(upload.model_dump_json().encode()), upload


def padded(number: int, size: int) -> StoredRecord:
    """A record whose payload is about so large."""
    plain = stored(number)
    payload = b'{"text": "' + b"x" * size + b'"}'
    return replace(plain, record=replace(plain.record, payload=payload))


@settings(max_examples=30)
@given(st.lists(st.sampled_from([0, 100, 5_000, 40_000, 130_000]), max_size=30))
def test_an_upload_keeps_the_limits(payloads: list[int]) -> None:
    """HQ answers 413 to a larger one, and the whole batch would go up in halves each time."""
    records = [padded(number, size) for number, size in enumerate(payloads, 1)]
    size_bytes, upload = body_bytes(records)
    sent = [record.seq for record in upload.records]
    assert size_bytes <= MAX_BATCH_BYTES
    assert sent == [record.seq for record in records[: len(sent)]]
    assert bool(sent) == bool(records)
    if len(sent) < len(records):
        following, _ = body_bytes(records[len(sent) : len(sent) + 1])
        assert size_bytes + following + ENVELOPE_BYTES > MAX_BATCH_BYTES


def test_not_more_than_the_agreed_number() -> None:
    """The number is part of the contract."""
    batch = cut([stored(number) for number in range(1, 301)]).batch
    assert len(batch) == MAX_BATCH_RECORDS


def test_a_record_larger_than_the_limit_goes_alone() -> None:
    """It can only be refused by HQ; left out, it would block the queue for ever."""
    batch = cut([padded(1, MAX_BATCH_BYTES), stored(2)]).batch
    assert [record.seq for record in batch] == [1]


@pytest.mark.parametrize(
    "payload", [b"\xff", b"{", b"[1]", b"null", b"[" * 100_000, b'{"a": NaN}', b'{"a": "\\ud800"}']
)
def test_a_damaged_payload_does_not_spoil_its_neighbours(payload: bytes) -> None:
    """One damaged row must not make HQ refuse the whole upload."""
    plain = stored(2)
    broken = replace(plain, record=replace(plain.record, payload=payload))
    found = cut([stored(1), broken, stored(3)])
    assert [record.seq for record in found.batch] == [1, 3]
    assert found.broken == (broken,)


def test_every_field_arrives() -> None:
    """A field lost on the way up cannot be asked for later."""
    record = stored(5)
    wire = cut([record]).batch[0]
    at = record.record.occurred
    assert (wire.id, wire.seq, wire.kind) == (record.record.id, 5, record.record.kind)
    assert (wire.kind_version, wire.priority) == (record.record.kind_version, 9)
    assert wire.payload == {"kind": "device_event", "what": "reader-lost", "detail": "5"}
    assert (wire.occurred.wall, wire.occurred.boot_id) == (at.wall, at.boot_id)
    assert (wire.occurred.since_boot_s, wire.occurred.clock) == (at.since_boot_s, at.quality)
