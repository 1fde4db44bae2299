"""Content is taken when HQ has another version, and refused content is not fetched twice."""

from pathlib import Path

import pytest

from kiosk.content import Content
from kiosk.exceptions import ContentRefused, CorruptStore, HqUnreachable, StoreFailed
from kiosk.model.wire import ContentManifest
from kiosk.sync.content import LARGEST_BYTES, ContentTask
from kiosk.sync.download import Download
from kiosk.sync.errands import Errands
from kiosk.sync.journal import Journal
from tests.factories import content
from tests.fakes.clock import FakeClock
from tests.fakes.hq import FakeHq

EVERY_S = 300.0


class Shelf:
    """Content in memory; `fault` is raised by the next bundle."""

    def __init__(self) -> None:
        self.content: Content | None = None
        self.taken: list[bytes] = []
        self.fault: Exception | None = None
        self.is_damaged = False

    def current(self) -> Content | None:
        """As in `ContentShelf`."""
        if self.is_damaged:
            raise CorruptStore("both versions are damaged")
        return self.content

    def apply_bundle(self, bundle: Path, manifest: ContentManifest) -> Content:
        """As in `ContentShelf`."""
        if self.fault is not None:
            raise self.fault
        self.taken.append(bundle.read_bytes())
        self.content = content(version=manifest.version)
        self.is_damaged = False
        return self.content


class World:
    """A content task with everything around it."""

    def __init__(self, folder: Path) -> None:
        self.hq = FakeHq(bundle=b"PK" * 50, version=4)
        self.shelf = Shelf()
        self.folder = folder
        self.restart()

    def restart(self) -> None:
        """As after the process was started again."""
        clock = FakeClock()
        self.journal = Journal(self.folder / "status.json", clock)
        errands = Errands(self.folder / "download", EVERY_S, lambda: True, clock, lambda: 0.0)
        self.task = ContentTask(self.shelf, self.hq, self.journal, errands)

    def until_rest(self) -> None:
        """Turns until it rests."""
        for _ in range(100):
            if self.task.turn(probe=False):
                self.journal.flush()
                return
        raise AssertionError("it never rests")

    @property
    def pieces(self) -> int:
        """Pieces asked of HQ so far."""
        return self.hq.questions.count("content piece")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A kiosk without content."""
    return World(tmp_path)


def test_a_new_version_is_taken_once(world: World) -> None:
    """Fetching what is in use already would cost a metered line every five minutes."""
    world.until_rest()
    world.until_rest()
    assert world.shelf.taken == [world.hq.bundle]
    assert world.pieces == 2
    world.hq.version, world.hq.bundle = 5, b"PK5"
    world.until_rest()
    assert world.shelf.taken[-1] == b"PK5"


def test_an_older_version_is_taken_too(world: World) -> None:
    """HQ withdraws a mistake by publishing the old number again."""
    world.shelf.content = content(version=9)
    world.until_rest()
    assert world.shelf.content.version == 4


def test_a_bundle_that_no_kiosk_could_take_is_not_fetched(world: World) -> None:
    """Gigabytes would come over a metered line and fill the disk, to be refused at last."""
    world.hq.claimed_bytes = LARGEST_BYTES + 1
    world.until_rest()
    world.until_rest()
    assert world.pieces == 0
    refusal = world.journal.status.refusal_of("content")
    assert refusal is not None
    assert f"{LARGEST_BYTES} at most" in refusal.reason


def test_refused_content_is_not_fetched_again(world: World) -> None:
    """Neither now nor after a restart, until HQ publishes something else."""
    world.shelf.fault = ContentRefused("rewards.json:17: rewards[3].points: not a number")
    world.until_rest()
    world.restart()
    world.until_rest()
    assert world.pieces == 2
    refusal = world.journal.status.refusal_of("content")
    assert refusal is not None
    assert (refusal.version, refusal.reason[:15]) == ("4", "rewards.json:17")
    world.shelf.fault, world.hq.bundle = None, b"PK mended"
    world.until_rest()
    assert world.shelf.taken == [b"PK mended"]
    assert world.journal.status.refusals == ()


def test_damaged_content_is_fetched_anew(world: World) -> None:
    """A kiosk whose card lost both versions must mend itself."""
    world.shelf.is_damaged = True
    world.until_rest()
    assert world.shelf.taken == [world.hq.bundle]


@pytest.mark.parametrize("fault", [StoreFailed("full"), CorruptStore("cut short")])
def test_a_failing_disk_leaves_nothing_behind(world: World, fault: Exception) -> None:
    """A bundle that could not be used must not fill the disk, nor be used half."""
    world.shelf.fault = fault
    with pytest.raises(type(fault)):
        world.until_rest()
    assert list((world.folder / "download").iterdir()) == []
    world.shelf.fault = None
    world.until_rest()
    assert world.shelf.taken == [world.hq.bundle]


def test_no_room_for_a_download(tmp_path: Path) -> None:
    """A snapshot larger than the disk must not take the room that records need."""
    download = Download(tmp_path, "snapshot", "0" * 64, 2**60)
    with pytest.raises(StoreFailed, match="no room"):
        download.step(bytes)
    assert list(tmp_path.iterdir()) == []


def test_a_piece_that_fails_is_asked_for_again(world: World) -> None:
    """What has arrived stays."""
    world.task.turn(probe=False)
    world.task.turn(probe=False)
    world.hq.failures = [HqUnreachable("away")]
    with pytest.raises(HqUnreachable):
        world.task.turn(probe=False)
    world.until_rest()
    assert world.shelf.taken == [world.hq.bundle]
    assert world.pieces == 3
