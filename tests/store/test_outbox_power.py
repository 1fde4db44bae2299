"""The outbox when the power fails, the disk is full, or a flush fails."""

import random
import resource
import signal
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import apsw
import pytest

from kiosk.exceptions import StoreFailed
from kiosk.store.outbox import Outbox
from tests.store.power import Promised, Trace, traced_disk
from tests.store.samples import ACCEPTED, record

DISK = "traced"


@pytest.fixture
def trace() -> Iterator[Trace]:
    """The deeds of a disk named DISK."""
    with traced_disk(DISK) as noted:
        yield noted


def _a_day(folder: Path, trace: Trace) -> None:
    """Sixty records, a third of them settled, the log carried over on the way."""
    with Outbox.open(folder / "outbox.db", vfs=DISK, log_limit_bytes=100_000) as outbox:
        for number in range(60):
            one = record(size=number * 8)
            outbox.put(one)
            trace.deeds.append(Promised(f"+{one.id}"))
            if number % 3 == 2:
                outbox.settle({one.id: ACCEPTED})
                trace.deeds.append(Promised(f"-{one.id}"))
            if number % 10 == 9:
                outbox.checkpoint()


def _after_cut(folder: Path, files: dict[str, bytes]) -> tuple[set[str], int, Path | None]:
    """Ids that wait, the count told, and the file set aside, once the power is back."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with Outbox.open(folder / "outbox.db") as outbox:
        found = {str(stored.record.id) for stored in outbox.peek(100)}
        return found, outbox.pending().count, outbox.set_aside


def _loss(tmp_path: Path, trace: Trace, cuts: int) -> list[str]:
    """What was promised and is not so, over many random cuts."""
    chance = random.Random(20261121)
    broken: list[str] = []
    for number in range(cuts):
        at = chance.randrange(20, len(trace.deeds) + 1)
        promises, underway = trace.promised(at)
        settled = {one[1:] for one in promises if one[0] == "-"}
        waiting = {one[1:] for one in promises if one[0] == "+"} - settled
        files = trace.left_after(at, chance)
        found, count, aside = _after_cut(tmp_path / f"cut-{number}", files)
        # What was underway may be done or not; everything else is as it was promised.
        if aside or count != len(found) or not found ^ waiting <= {underway[1:]}:
            broken.append(f"cut {number} after deed {at}")
    return broken


def test_no_promise_is_broken_by_a_power_cut(tmp_path: Path, trace: Trace) -> None:
    """A record acknowledged and then lost is a member's word lost."""
    _a_day(tmp_path / "day", trace)
    assert _loss(tmp_path, trace, cuts=80) == []


def test_a_disk_that_lies_about_flushes_is_found_out(tmp_path: Path, trace: Trace) -> None:
    """If this found nothing, the test above could not fail either."""
    _a_day(tmp_path / "day", trace)
    trace.lies = True
    assert _loss(tmp_path, trace, cuts=10)


def test_one_flush_a_put(tmp_path: Path, trace: Trace) -> None:
    """A second flush would double what a put costs on an SD card."""
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as outbox:
        outbox.put(record())
        before = _flushes(trace)
        for _ in range(10):
            outbox.put(record())
        assert _flushes(trace) - before == 10


def _flushes(trace: Trace) -> int:
    return sum(type(deed).__name__ == "Flushed" for deed in trace.deeds)


def test_after_a_failed_flush_nothing_is_promised_until_reopened(
    tmp_path: Path, trace: Trace
) -> None:
    """After a failed fsync the kernel takes unwritten pages for written: a second try lies."""
    outbox = Outbox.open(tmp_path / "outbox.db", vfs=DISK)
    outbox.put(record())
    trace.fault_on_flush = apsw.IOError("no")
    with pytest.raises(StoreFailed):
        outbox.put(record())
    trace.fault_on_flush = None
    with pytest.raises(StoreFailed, match="nothing is promised"):
        outbox.put(record())
    outbox.close()
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as again:
        assert again.put(record()) > 2


def test_a_full_disk_costs_only_the_record_it_refused(tmp_path: Path, trace: Trace) -> None:
    """The kiosk must say so and go on when somebody made room."""
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as outbox:
        outbox.put(record())
        trace.fault_on_write = apsw.FullError("full")
        for _ in range(3):
            with pytest.raises(StoreFailed):
                outbox.put(record())
        trace.fault_on_write = None
        assert outbox.put(record()) == 2
        assert outbox.pending().count == 2


def _fill_up(path: str, limit_bytes: int, told: Connection) -> None:
    """Put until the file system refuses; tells each number promised, then -1."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Outbox.open(Path(path)) as outbox:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, resource.RLIM_INFINITY))
        try:
            while True:
                told.send(outbox.put(record()))
        except StoreFailed:
            told.send(-1)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_a_file_that_may_not_grow_loses_nothing_promised(tmp_path: Path) -> None:
    """The kernel's own refusal, not a made-up one, must also be honest to the caller."""
    path = tmp_path / "outbox.db"
    ours, theirs = get_context("forkserver").Pipe(duplex=False)
    child = get_context("forkserver").Process(target=_fill_up, args=(str(path), 300_000, theirs))
    child.start()
    promised = []
    while (seq := ours.recv()) != -1:
        promised.append(seq)
    child.join(10)
    assert child.exitcode == 0
    assert len(promised) > 5
    with Outbox.open(path) as outbox:
        assert outbox.set_aside is None
        assert [stored.seq for stored in outbox.peek(10_000)][: len(promised)] == promised
