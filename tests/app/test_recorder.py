"""The recorder: a fact is on disk or the kiosk says that it is not."""

import json

import pytest

from kiosk.app.recorder import Recorder
from kiosk.exceptions import StoreFailed
from kiosk.model.records import DeviceEvent, NewRecord
from tests.fakes.clock import FakeClock

FACT = DeviceEvent(what="card-unknown")


class Tape:
    """A queue in memory that can refuse."""

    def __init__(self) -> None:
        self.records: list[NewRecord] = []
        self.full = False
        self.opened = 0
        self.set_aside: object | None = None

    def open(self) -> "Tape":
        """Open it once more."""
        if self.full:
            raise StoreFailed("full")
        self.opened += 1
        return self

    def put(self, record: NewRecord) -> int:
        """Keep one."""
        if self.full:
            raise StoreFailed("full")
        self.records.append(record)
        return len(self.records)

    def close(self) -> None:
        """Nothing to do."""

    @property
    def said(self) -> list[str]:
        """What the records tell of."""
        return [json.loads(record.payload)["what"] for record in self.records]


@pytest.fixture
def tape() -> Tape:
    """An empty tape."""
    return Tape()


@pytest.fixture
def recorder(tape: Tape) -> Recorder:
    """A recorder onto the tape."""
    return Recorder(tape.open, FakeClock())


def test_hq_hears_of_a_queue_that_was_set_aside(tape: Tape) -> None:
    """Records in it are kept but not sent; somebody must come and look."""
    tape.set_aside = "outbox.db.damaged-1"
    Recorder(tape.open, FakeClock()).keep([FACT])
    assert tape.said == ["queue-set-aside", "card-unknown"]


def test_facts_are_kept_in_order(recorder: Recorder, tape: Tape) -> None:
    """HQ orders by sequence, so the order on disk is the order of the day."""
    recorder.keep([FACT, DeviceEvent(what="second")])
    assert tape.said == ["card-unknown", "second"]


def test_after_a_refusal_nothing_is_kept_until_the_disk_is_back(
    recorder: Recorder, tape: Tape
) -> None:
    """A record after a failed flush may be on a page the kernel has given up."""
    tape.full = True
    with pytest.raises(StoreFailed):
        recorder.keep([FACT])
    tape.full = False
    with pytest.raises(StoreFailed, match="has not been tried again"):
        recorder.keep([FACT])
    assert tape.records == []


def test_recovering_opens_the_queue_anew_and_proves_it_by_a_record(
    recorder: Recorder, tape: Tape
) -> None:
    """Only a record that is really on disk shows that the next one will be."""
    tape.full = True
    with pytest.raises(StoreFailed):
        recorder.keep([FACT])
    assert not recorder.recover()
    tape.full = False
    assert recorder.recover()
    recorder.keep([FACT])
    assert tape.said == ["storage-back", "card-unknown"]
    assert tape.opened == 2
