"""The outbox: order, identity, counts and settling, seen through two connections."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from kiosk.exceptions import StoreError, StoreFailed
from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.facts import Kind
from kiosk.model.queue import Pending, Settlement
from kiosk.model.records import NewRecord, Priority
from kiosk.model.wire import Fate
from kiosk.store.outbox import Outbox
from kiosk.store.sqlite import require_safe_library, set_pragma
from tests.store.samples import ACCEPTED, AT, REJECTED, RETRY, record


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the outbox of a test lies."""
    return tmp_path / "data" / "outbox.db"


@pytest.fixture
def outbox(path: Path) -> Iterator[Outbox]:
    """An empty outbox."""
    with Outbox.open(path) as opened:
        yield opened


def test_numbers_begin_at_one_and_grow(outbox: Outbox) -> None:
    """HQ orders by sequence; a wrong first number would not fit its contract."""
    assert [outbox.put(record()) for _ in range(3)] == [1, 2, 3]


def test_the_same_id_keeps_its_number(outbox: Outbox) -> None:
    """A put repeated after a crash must not count twice."""
    first = record()
    assert outbox.put(first) == 1
    assert outbox.put(record()) == 2
    assert outbox.put(first) == 1
    assert outbox.pending().count == 2


def test_a_dead_letter_keeps_its_number_too(outbox: Outbox) -> None:
    """A rejected record put again must not come back to life."""
    first = record()
    outbox.put(first)
    outbox.settle({first.id: REJECTED}, AT)
    assert outbox.put(first) == 1
    assert outbox.pending() == Pending(count=0, oldest=None, dead=1)


def test_urgent_records_go_first(outbox: Outbox) -> None:
    """Consent and complaints would wait behind a day of visits."""
    order = [Priority.BACKGROUND, Priority.NORMAL, Priority.NOW, Priority.NORMAL]
    for priority in order:
        outbox.put(record(priority))
    assert [stored.seq for stored in outbox.peek(10)] == [3, 2, 4, 1]
    assert [stored.seq for stored in outbox.peek(2)] == [3, 2]


def test_each_fate(outbox: Outbox) -> None:
    """Settling the wrong way loses a record or sends it for ever."""
    records = [record() for _ in range(5)]
    for one in records:
        outbox.put(one)
    fates = [ACCEPTED, Settlement(Fate.DUPLICATE), REJECTED, RETRY]
    outbox.settle({one.id: fate for one, fate in zip(records, fates, strict=False)}, AT)
    left = outbox.peek(10)
    assert [(stored.seq, stored.tries) for stored in left] == [(4, 1), (5, 0)]
    assert outbox.pending() == Pending(count=2, oldest=AT, dead=1)


def test_every_try_counts(outbox: Outbox) -> None:
    """A record that HQ puts off for days would look like one that came a minute ago."""
    one = record()
    outbox.put(one)
    for _ in range(3):
        outbox.settle({one.id: RETRY}, AT)
    assert [stored.tries for stored in outbox.peek(10)] == [3]


def test_settling_twice_changes_nothing(outbox: Outbox) -> None:
    """HQ's answer may be carried out again after a crash; the count would drift."""
    one, other = record(), record()
    outbox.put(one)
    outbox.put(other)
    for _ in range(2):
        outbox.settle({one.id: ACCEPTED, record().id: REJECTED}, AT)
    assert outbox.pending().count == 1


def test_a_late_answer_leaves_a_dead_letter_alone(outbox: Outbox, path: Path) -> None:
    """The technician would lose what HQ refused, or why, and the count would drift."""
    one = record()
    outbox.put(one)
    outbox.settle({one.id: Settlement(Fate.REJECTED, "the first word")}, AT)
    for late in (ACCEPTED, REJECTED, RETRY):
        outbox.settle({one.id: late}, AT)
        assert outbox.pending() == Pending(count=0, oldest=None, dead=1)
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    assert db.execute("SELECT reason FROM record").get == "the first word"
    db.close()


def test_the_oldest_is_told_whatever_its_priority(outbox: Outbox) -> None:
    """The technician would read a wrong age when urgent records arrive later."""
    later = Instant(AT.wall + timedelta(hours=1), AT.boot_id, 3600.0, ClockQuality.SYNCED)
    outbox.put(record(Priority.BACKGROUND, AT))
    outbox.put(record(Priority.NOW, later))
    assert outbox.pending().oldest == AT


def test_the_other_process_sees_each_record_at_once(outbox: Outbox, path: Path) -> None:
    """kiosk-sync would not send what the screen has promised."""
    with Outbox.open(path) as uploader:
        one = record()
        outbox.put(one)
        assert [stored.record for stored in uploader.peek(5)] == [one]
        uploader.settle({one.id: ACCEPTED}, AT)
        assert outbox.pending().count == 0


def test_numbers_go_on_after_everything_was_sent(path: Path) -> None:
    """An empty queue must not begin again at one: HQ would take new records for old."""
    for expected in (1, 2, 3):
        with Outbox.open(path) as outbox:
            one = record()
            assert outbox.put(one) == expected
            outbox.settle({one.id: ACCEPTED}, AT)


def test_the_log_does_not_grow_without_end(path: Path) -> None:
    """With kiosk-sync stopped for weeks the log would fill the card."""
    limit_bytes = 200_000
    with Outbox.open(path, log_limit_bytes=limit_bytes) as outbox:
        for _ in range(300):
            outbox.put(record())
        log = path.with_name("outbox.db-wal")
        assert log.stat().st_size < 2 * limit_bytes
        assert outbox.pending().count == 300


def test_a_checkpoint_carries_everything_over(outbox: Outbox, path: Path) -> None:
    """Without it every start would have to read a long log again."""
    for _ in range(20):
        outbox.put(record())
    with Outbox.open(path) as uploader:
        assert uploader.checkpoint()
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())  # the database alone, without its log
    with Outbox.open(copy) as alone:
        assert alone.pending().count == 20


def test_an_unreadable_row_blocks_nobody(outbox: Outbox, path: Path) -> None:
    """After a step back to an older version, its first strange row would stop all uploads."""
    outbox.put(record(Priority.NOW))
    outbox.put(record())
    db = apsw.Connection(str(path))
    db.execute("UPDATE record SET kind = 'of-the-future' WHERE seq = 1")
    db.close()
    assert [stored.seq for stored in outbox.peek(5)] == [2]
    assert outbox.pending() == Pending(count=1, oldest=AT, dead=1)


def test_a_later_version_s_file_is_left_alone(path: Path) -> None:
    """An older program would take a newer outbox for damage and put it aside."""
    Outbox.open(path).close()
    db = apsw.Connection(str(path))
    db.pragma("user_version", 99)
    db.close()
    with pytest.raises(StoreFailed, match="later version"):
        Outbox.open(path)
    assert not list(path.parent.glob("*damaged*"))


def test_an_old_library_is_refused() -> None:
    """Two processes on SQLite before 3.51.3 can corrupt the file (SQLite 3.51.3 notes)."""
    for unsafe in ("3.40.1", "3.51.2"):
        with pytest.raises(StoreError, match=unsafe):
            require_safe_library(unsafe)
    require_safe_library("3.51.3")
    require_safe_library()


def test_a_pragma_that_does_not_take_is_refused() -> None:
    """A database that silently is not in WAL mode would not be as durable as promised."""
    db = apsw.Connection(":memory:")  # which cannot have a log
    with pytest.raises(StoreFailed, match="journal_mode"):
        set_pragma(db, "journal_mode", "wal", "wal")
    db.close()


WALLS = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 -- hypothesis adds the zone
    timezones=st.sampled_from([timezone(timedelta(hours=8)), UTC]),
)
RECORDS = st.builds(
    NewRecord,
    id=st.uuids(),
    kind=st.sampled_from(Kind),
    kind_version=st.integers(1, 99),
    priority=st.sampled_from(Priority),
    occurred=st.builds(
        Instant,
        wall=WALLS,
        boot_id=st.text(max_size=36).filter(lambda text: "\x00" not in text),
        since_boot_s=st.floats(0, 1e9),
        quality=st.sampled_from(ClockQuality),
    ),
    payload=st.binary(max_size=6000),
)


@given(one=RECORDS)
@settings(max_examples=25, deadline=None)
def test_a_record_comes_back_as_it_was_put(one: NewRecord) -> None:
    """A record changed on its way through the disk would be rejected or misread at HQ."""
    with TemporaryDirectory() as folder, Outbox.open(Path(folder) / "outbox.db") as outbox:
        outbox.put(one)
        assert [stored.record for stored in outbox.peek(1)] == [one]


class QueueAgainstList(RuleBasedStateMachine):
    """Random work on two connections must agree with a plain dictionary."""

    records: Bundle[UUID] = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._path = Path(self._folder.name) / "outbox.db"
        self.waiting: dict[UUID, tuple[int, int, int]] = {}
        self.known: dict[UUID, NewRecord] = {}
        self.dead: dict[UUID, int] = {}
        self.last = 0

    @initialize()
    def open(self) -> None:
        """Open both ends."""
        self.screen, self.uploader = Outbox.open(self._path), Outbox.open(self._path)

    @rule(target=records, priority=st.sampled_from(Priority))
    def put(self, priority: Priority) -> UUID:
        """A new record takes the next number."""
        one = record(priority)
        self.known[one.id] = one
        self.last += 1
        assert self.screen.put(one) == self.last
        self.waiting[one.id] = (int(priority), self.last, 0)
        return one.id

    @rule(id_=records)
    def put_again(self, id_: UUID) -> None:
        """A known record keeps its number; one that HQ has begins anew."""
        seq = self.screen.put(self.known[id_])
        if id_ in self.waiting:
            assert seq == self.waiting[id_][1]
        elif id_ in self.dead:
            assert seq == self.dead[id_]
        else:
            self.last += 1
            assert seq == self.last
            self.waiting[id_] = (int(self.known[id_].priority), seq, 0)

    @rule(ids=st.lists(records, max_size=4), fate=st.sampled_from(Fate))
    def settle(self, ids: list[UUID], fate: Fate) -> None:
        """HQ's word on some."""
        self.uploader.settle({id_: Settlement(fate, "because") for id_ in ids}, AT)
        for id_ in set(ids) & self.waiting.keys():
            priority, seq, tries = self.waiting[id_]
            if fate is Fate.RETRY:
                self.waiting[id_] = (priority, seq, tries + 1)
                continue
            del self.waiting[id_]
            if fate is Fate.REJECTED:
                self.dead[id_] = seq

    @rule()
    def reopen(self) -> None:
        """Both processes are restarted."""
        self.screen.close()
        self.uploader.close()
        self.open()

    @rule()
    def checkpoint(self) -> None:
        """The log is carried over."""
        self.uploader.checkpoint()

    @invariant()
    def agrees(self) -> None:
        """Counts and order are those of the dictionary."""
        if not hasattr(self, "screen"):
            return
        pending = self.screen.pending()
        assert (pending.count, pending.dead) == (len(self.waiting), len(self.dead))
        found = [
            (s.record.id, (int(s.record.priority), s.seq, s.tries)) for s in self.uploader.peek(99)
        ]
        assert found == sorted(self.waiting.items(), key=lambda item: item[1])

    def teardown(self) -> None:
        """Remove the files."""
        if hasattr(self, "screen"):
            self.screen.close()
            self.uploader.close()
        self._folder.cleanup()


QueueAgainstList.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None
)
TestQueueAgainstList = QueueAgainstList.TestCase
