"""The outbox when the power fails, the disk is full, or a flush fails."""

import random
import resource
import signal
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import apsw
import pytest

from kiosk.exceptions import StoreFailed
from kiosk.store.outbox import Outbox
from kiosk.store.sequence import STEP
from kiosk.store.tinyfile import Step, perform_on_disk
from tests.store.power import Promised, Trace, traced_disk
from tests.store.samples import ACCEPTED, AT, REJECTED, asking, held, record, wish

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
                outbox.settle({one.id: ACCEPTED}, AT)
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


def test_one_flush_a_put_with_its_claim(tmp_path: Path, trace: Trace) -> None:
    """A member who redeems waits for it; and two flushes could be cut apart."""
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as outbox:
        outbox.put(asking(), wish())
        before = _flushes(trace)
        for _ in range(10):
            outbox.put(asking(), wish())
        assert _flushes(trace) - before == 10


def _a_day_of_wishes(folder: Path, trace: Trace) -> None:
    """Forty wishes; HQ holds every second one, reads every tenth not at all."""
    with Outbox.open(folder / "outbox.db", vfs=DISK, log_limit_bytes=60_000) as outbox:
        for number in range(40):
            one = asking()
            outbox.put(one, wish())
            trace.deeds.append(Promised(f"asked {one.id}"))
            if number % 2:
                word, what = (REJECTED, "dead") if number % 10 == 9 else (held(), "told")
                outbox.settle({one.id: word}, AT)
                trace.deeds.append(Promised(f"{what} {one.id}"))
            if number % 7 == 6:
                outbox.checkpoint()


def _states(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """What became of each wish by record and claim together, once the power is back."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with Outbox.open(folder / "outbox.db") as outbox:
        assert outbox.set_aside is None
        waiting = {str(stored.record.id) for stored in outbox.peek(100)}
        claims = outbox.claims_of("m-1", AT)
    assert waiting == {str(claim.id) for claim in claims if claim.waits}
    return {
        str(claim.id): "asked" if claim.waits else "dead" if claim.dead else "told"
        for claim in claims
    }


def _torn(tmp_path: Path, trace: Trace, cuts: int) -> list[str]:
    """Cuts after which a record and its claim, or a word and its claim, are not as promised."""
    chance = random.Random(20261122)
    broken: list[str] = []
    for number in range(cuts):
        at = chance.randrange(20, len(trace.deeds) + 1)
        promises, underway = trace.promised(at)
        before = {id_: what for what, id_ in map(str.split, promises)}
        after = before | {id_: what for what, id_ in map(str.split, [underway] if underway else [])}
        try:
            found = _states(tmp_path / f"cut-{number}", trace.left_after(at, chance))
        except AssertionError:
            broken.append(f"cut {number}: records and claims do not fit together")
            continue
        if found not in (before, after):
            broken.append(f"cut {number} after deed {at}")
    return broken


def test_no_wish_is_torn_from_its_record_by_a_power_cut(tmp_path: Path, trace: Trace) -> None:
    """A record without its claim spends points twice; a claim without its record, never."""
    _a_day_of_wishes(tmp_path / "day", trace)
    assert _torn(tmp_path, trace, cuts=60) == []


def test_a_lying_disk_tears_wishes_and_is_found_out(tmp_path: Path, trace: Trace) -> None:
    """If this found nothing, the test above could not fail either."""
    _a_day_of_wishes(tmp_path / "day", trace)
    trace.lies = True
    assert _torn(tmp_path, trace, cuts=10)


def _flushes(trace: Trace) -> int:
    return sum(type(deed).__name__ == "Flushed" for deed in trace.deeds)


def test_a_put_amid_the_other_s_checkpoint_succeeds(tmp_path: Path, trace: Trace) -> None:
    """A record that is on disk would be called lost, and the kiosk go out of service."""
    path, meanwhile = tmp_path / "outbox.db", []
    with (
        Outbox.open(path, vfs=DISK) as uploader,
        Outbox.open(path, log_limit_bytes=1) as screen,
    ):
        screen.put(record())
        uploader.put(record())
        trace.amid_write = lambda: meanwhile.extend([screen.put(record()), screen.checkpoint()])
        uploader.checkpoint()
    assert meanwhile == [3, False]


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


def _refuse() -> None:
    raise apsw.FullError("full")


def test_a_log_that_cannot_be_carried_over_refuses_the_next_record_whole(
    tmp_path: Path, trace: Trace
) -> None:
    """A member would be told that nothing is promised, and HQ would take the points."""
    with Outbox.open(tmp_path / "outbox.db", vfs=DISK, log_limit_bytes=1) as outbox:
        promised = 0
        for _ in range(3):
            trace.amid_write = _refuse
            with suppress(StoreFailed):
                outbox.put(record())
                promised += 1
            assert outbox.pending().count == promised
        trace.amid_write = None


def test_numbers_that_cannot_be_reserved_refuse_the_record_whole(tmp_path: Path) -> None:
    """The same where the disk is too full for the mark that numbers stay below."""
    full = False

    def perform(step: Step) -> None:
        if full:
            raise OSError(28, "no space")
        perform_on_disk(step)

    with Outbox.open(tmp_path / "outbox.db", perform=perform) as outbox:
        full, promised = True, 0
        with suppress(StoreFailed):
            while promised < 2 * STEP:
                outbox.put(record())
                promised += 1
        assert STEP // 4 < promised < 2 * STEP
        assert outbox.pending().count == promised


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
