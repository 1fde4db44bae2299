"""The directory comes home whole: a snapshot, its changes, and no circle when HQ errs."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.exceptions import CorruptStore, HqRefused, HqUnreachable
from kiosk.model.facts import DeviceEvent
from kiosk.model.wire import Changes, SnapshotManifest
from kiosk.sync.directory import REFUSED_S, ROWS, DirectoryTask
from kiosk.sync.errands import Errands
from kiosk.sync.journal import Journal
from kiosk.sync.status import Refusal, SyncStatus, read_status, write_status
from tests.fakes.clock import FakeClock
from tests.fakes.hq import FakeHq
from tests.sync.samples import change

EVERY_S = 60.0


class Shelf:
    """A directory in memory; refuses files that do not begin with "good"."""

    def __init__(self) -> None:
        self.at: int | None = None
        self.installed: list[bytes] = []
        self.applied: list[Changes] = []
        self.on_apply: Callable[[], None] = lambda: None

    def cursor(self) -> int | None:
        """As in `Directory`."""
        return self.at

    def install_snapshot(self, part_file: Path, manifest: SnapshotManifest) -> None:
        """As in `Directory`."""
        data = part_file.read_bytes()
        if not data.startswith(b"good"):
            raise CorruptStore("the digest is not the manifest's")
        part_file.unlink()
        self.installed.append(data)
        self.at = manifest.cursor

    def apply(self, changes: Changes) -> None:
        """As in `Directory`."""
        self.applied.append(changes)
        self.at = changes.next
        self.on_apply()


class Mark:
    """The mark that claims were lost."""

    def __init__(self) -> None:
        self.noted = False

    def note(self) -> None:
        """Claims were lost."""
        self.noted = True

    def made_good(self) -> None:
        """As in `Lost`."""
        self.noted = False


class World:
    """A directory task with everything around it."""

    def __init__(self, folder: Path) -> None:
        self.hq = FakeHq(snapshot=b"good" + bytes(200), log=[change(1), change(2), change(3)])
        self.clock = FakeClock()
        self.shelf = Shelf()
        self.wanted = True
        self.said: list[DeviceEvent] = []
        self.lost = Mark()
        self.folder = folder / "download"
        self.status = folder / "status.json"
        self.journal = Journal(self.status, self.clock)
        self.task = self.new_task()

    def new_task(self) -> DirectoryTask:
        """As after a restart."""
        errands = Errands(self.folder, EVERY_S, lambda: self.wanted, self.clock, lambda: 0.5)
        return DirectoryTask(
            self.shelf, self.hq, self.journal, errands, self.said.append, self.lost
        )

    def until_rest(self) -> float:
        """Turns until it rests; how long."""
        for _ in range(100):
            if pause_s := self.task.turn(probe=False):
                return pause_s
        raise AssertionError("it never rests")

    def asked(self, question: str) -> int:
        """How often HQ was asked this."""
        return self.hq.questions.count(question)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A kiosk without a directory."""
    return World(tmp_path)


def test_an_empty_kiosk_takes_a_snapshot_then_changes(world: World) -> None:
    """A new kiosk knows every member, up to the last minute."""
    world.hq.snapshot_cursor = 1
    assert world.until_rest() == EVERY_S * 1.1
    assert world.shelf.installed == [world.hq.snapshot]
    assert [each.next for each in world.shelf.applied] == [3]
    assert world.journal.status.directory_as_of == world.clock.now().wall


def test_changes_come_page_by_page(world: World) -> None:
    """A page left out leaves members with old points."""
    world.shelf.at = 0
    world.until_rest()
    assert [each.next for each in world.shelf.applied] == [2, 3]
    assert world.shelf.installed == []


def test_a_full_exchange_makes_lost_claims_good(world: World) -> None:
    """Half of the changes do not include every promise; and nothing would ever be given out."""
    world.shelf.at = 0
    world.lost.note()
    assert world.task.turn(probe=False) == 0.0
    assert world.lost.noted, "there are more changes"
    world.until_rest()
    assert not world.lost.noted


def test_what_was_lost_during_an_exchange_waits_for_the_next(world: World) -> None:
    """HQ answered before it had heard of what was lost."""
    world.shelf.at = 2
    world.shelf.on_apply = world.lost.note
    world.until_rest()
    assert world.lost.noted
    world.until_rest()
    assert not world.lost.noted


def test_nothing_new_is_not_written(world: World) -> None:
    """A write every minute for nothing wears an SD card out."""
    world.shelf.at = 3
    assert world.until_rest() == EVERY_S * 1.1
    assert world.shelf.applied == []
    assert world.journal.status.directory_as_of is not None


@pytest.mark.parametrize("page", [2, 10], ids=["in pages", "at once"])
def test_what_a_kiosk_knows_anew_it_says_at_once(world: World, page: int) -> None:
    """A visit would tell HQ an older time, and "dealt with" be told to the member again."""
    world.shelf.at, world.hq.page = 3, page
    assert _says_a_newer_time(world)  # the first file
    assert not _says_a_newer_time(world)
    world.hq.log += [change(version) for version in (4, 5, 6)]
    assert _says_a_newer_time(world)
    assert not _says_a_newer_time(world)


def _says_a_newer_time(world: World) -> bool:
    """Whether another question to HQ, a second later, comes into the file at once."""
    world.clock.advance(1)
    world.until_rest()
    world.journal.flush()
    told = read_status(world.status)
    assert told is not None
    return told.directory_as_of == world.clock.now().wall


def test_a_cursor_that_is_gone_brings_a_snapshot(world: World) -> None:
    """410 means that HQ cannot tell what changed: only a snapshot is true."""
    world.shelf.at, world.hq.floor, world.hq.snapshot_cursor = 1, 2, 2
    world.until_rest()
    assert len(world.shelf.installed) == 1
    assert world.shelf.at == 3


def test_an_hq_that_forgets_its_own_snapshot_is_left_alone(world: World) -> None:
    """A snapshot of 100 MB fetched in a circle would eat a metered line in an hour."""
    world.hq.floor, world.hq.snapshot_cursor = 5, 2
    with pytest.raises(HqUnreachable, match="its own snapshot"):
        world.until_rest()
    world.hq.floor = 0
    world.until_rest()
    assert len(world.shelf.installed) == 1


def test_endless_changes_are_refused(world: World) -> None:
    """An HQ that says "more" for ever must not keep the kiosk from its records."""
    world.shelf.at, world.hq.page = 1, 0
    with pytest.raises(HqUnreachable, match="gives none"):
        world.task.turn(probe=False)


def test_a_download_goes_on_after_a_restart(world: World) -> None:
    """Power cuts on a slow line must not make a large snapshot start again each time."""
    for _ in range(3):
        world.task.turn(probe=False)
    assert world.asked("snapshot piece") == 2
    world.task = world.new_task()
    world.until_rest()
    assert world.asked("snapshot piece") == 4  # 204 bytes in pieces of 64
    assert world.shelf.installed == [world.hq.snapshot]


def test_a_failed_piece_keeps_the_others(world: World) -> None:
    """The same for a line that breaks."""
    for _ in range(3):
        world.task.turn(probe=False)
    world.hq.failures = [HqUnreachable("away")]
    with pytest.raises(HqUnreachable):
        world.task.turn(probe=False)
    world.until_rest()
    assert world.shelf.installed == [world.hq.snapshot]
    assert world.asked("snapshot piece") == 5


def test_a_new_snapshot_replaces_an_unfinished_one(world: World) -> None:
    """Two versions joined would be refused after all that downloading."""
    for _ in range(3):
        world.task.turn(probe=False)
    world.hq.snapshot = b"good and new" + bytes(100)
    world.task = world.new_task()
    world.until_rest()
    assert world.shelf.installed == [world.hq.snapshot]
    assert list(world.folder.iterdir()) == []


def test_a_snapshot_that_is_no_longer_offered(world: World) -> None:
    """HQ replacing the file in the middle is ordinary, not an alarm."""
    world.task.turn(probe=False)
    world.hq.failures = [HqRefused(404, "gone")]
    with pytest.raises(HqUnreachable, match="replaced"):
        world.task.turn(probe=False)
    world.until_rest()
    assert world.shelf.installed == [world.hq.snapshot]


def test_a_download_nobody_wants_now_goes_on_later(world: World) -> None:
    """A record goes first; the download must not be counted as failed or finished."""
    world.task.turn(probe=False)
    world.wanted = False
    assert world.task.turn(probe=False) == 0
    assert world.shelf.installed == []
    world.wanted = True
    world.until_rest()
    assert world.shelf.installed == [world.hq.snapshot]


def test_a_damaged_snapshot_is_not_fetched_in_a_circle(world: World) -> None:
    """It is told once, left for hours, and forgotten when HQ has a good one."""
    world.hq.snapshot = b"bad" + bytes(50)
    world.until_rest()
    world.until_rest()
    assert world.asked("snapshot piece") == 1
    assert world.journal.status.refusals[0].reason == "the digest is not the manifest's"
    world.clock.advance(REFUSED_S + 1)
    world.until_rest()
    assert world.asked("snapshot piece") == 2
    world.hq.snapshot = b"good" + bytes(50)
    world.until_rest()
    assert world.journal.status.refusals == ()


def test_an_hq_without_a_snapshot_is_asked_again_soon(world: World) -> None:
    """A fleet that is set up before its HQ must not fall silent for a quarter of an hour."""
    world.hq.failures = [HqRefused(404, "none yet")]
    with pytest.raises(HqUnreachable, match="offers no directory yet"):
        world.task.turn(probe=False)


def test_a_refused_token_stays_a_refusal(world: World) -> None:
    """Only 404 means that there is nothing yet."""
    world.hq.failures = [HqRefused(401, "token")]
    with pytest.raises(HqRefused):
        world.task.turn(probe=False)


def test_rows_nobody_can_read_are_left_out_and_told_once(world: World) -> None:
    """Every other member's points go on; the technician and HQ learn why one member's do not."""
    world.shelf.at, world.hq.spoilt = 0, {1, 3}
    world.until_rest()
    assert [change.v for each in world.shelf.applied for change in each.changes] == [2]
    assert world.shelf.at == 3
    refusal = world.journal.status.refusal_of(ROWS)
    assert refusal is not None
    assert refusal.reason == "1 left out after cursor 0, first a row"
    assert [event.what for event in world.said] == ["rows-unreadable"]


def test_a_new_version_asks_for_the_rows_the_old_one_left_out(world: World) -> None:
    """HQ never sends them again by itself: those members would see old points for ever."""
    world.shelf.at, world.hq.spoilt, world.hq.snapshot_cursor = 0, {1}, 3
    world.until_rest()
    assert world.shelf.installed == []
    old = replace(world.journal.status.refusals[0], product="0.0.9")
    write_status(world.status, replace(world.journal.status, refusals=(old,)))
    world.journal = Journal(world.status, world.clock)
    world.task = world.new_task()
    world.until_rest()
    assert world.shelf.installed == [world.hq.snapshot]
    assert world.journal.status.refusals == ()


def test_changes_go_on_while_that_snapshot_does_not_come(world: World) -> None:
    """A snapshot that is damaged must not stop everybody's changes for hours."""
    world.shelf.at, world.hq.snapshot = 0, b"bad" + bytes(50)
    old = Refusal(ROWS, "0", "", "one left out", "0.0.9")
    write_status(world.status, SyncStatus(refusals=(old,)))
    world.journal = Journal(world.status, world.clock)
    world.task = world.new_task()
    world.until_rest()
    world.until_rest()
    assert world.shelf.at == 3
