"""HQ's word reaches the page that waits: soon, once, and without reading the disk for nothing."""

from pathlib import Path
from uuid import UUID

import pytest

from kiosk.app.recorder import Recorder
from kiosk.app.verdicts import LOOK_S, SURELY_S, VerdictWatch
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim, ClaimKind
from kiosk.session.events import Judged
from kiosk.session.states import Home, Session, Visitor
from kiosk.store.outbox import Outbox
from tests.factories import KEY, member
from tests.fakes.clock import FakeClock
from tests.fakes.queue import Tape
from tests.store.samples import REJECTED, asking, held, wish


class Counting(Tape):
    """A queue that counts how often a claim is read."""

    reads = 0

    def claim(self, id_: UUID, now: object) -> Claim | None:
        """As in `Tape`."""
        self.reads += 1
        return super().claim(id_, FakeClock().now())


class World:
    """A visitor who has asked for something, and the file that tells of news."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.tape = Counting()
        self.log = folder / "outbox.db-wal"
        recorder = Recorder(self.tape.open, self.clock)
        self.watch = VerdictWatch(recorder, folder / "outbox.db")
        self.record = asking()
        self.tape.put(self.record, wish())
        claim = Claim(self.record.id, 1, ClaimKind.REDEMPTION, "m-1", "canvas-tote", 2_400)
        self.session = Session(Home(), Language.ZH, visitor=Visitor(member(), KEY, (claim,)))

    def look(self, after_s: float = LOOK_S) -> list[Judged]:
        """What has come after this while."""
        self.clock.advance(after_s)
        return list(self.watch.look(self.session, self.clock.monotonic()))


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A visitor who waits."""
    return World(tmp_path)


def test_a_verdict_reaches_the_session_at_the_next_look(world: World) -> None:
    """The member would wait although the code is on disk."""
    assert world.look() == []
    world.tape.settle({world.record.id: held()}, world.clock.now())
    world.log.write_bytes(b"frame")
    assert world.look() == [Judged(world.record.id, held().verdict)]


def test_a_wish_hq_would_not_read_is_told_too(world: World) -> None:
    """The page would say that HQ will confirm what it has thrown away."""
    world.tape.settle({world.record.id: REJECTED}, world.clock.now())
    world.log.write_bytes(b"frame")
    assert world.look() == [Judged(world.record.id, None)]


def test_nothing_is_read_while_nothing_changes(world: World) -> None:
    """Twenty queries a second for three seconds of every redemption."""
    world.look()
    reads = world.tape.reads
    for _ in range(9):
        world.look(LOOK_S)
    assert world.tape.reads == reads


def test_a_change_the_watch_missed_is_noticed_all_the_same(world: World) -> None:
    """The watch rests on two files that somebody may take away."""
    world.look()
    world.tape.settle({world.record.id: held()}, world.clock.now())
    assert world.look(SURELY_S) == [Judged(world.record.id, held().verdict)]


def test_looks_have_a_pace(world: World) -> None:
    """The loop turns thirty times a second and more while fingers are on the glass."""
    world.look()
    world.tape.settle({world.record.id: held()}, world.clock.now())
    world.log.write_bytes(b"frame")
    assert world.look(LOOK_S / 2) == []
    assert len(world.look(LOOK_S / 2)) == 1


def test_a_session_that_waits_for_nothing_costs_nothing(world: World) -> None:
    """Every second of every visit."""
    world.session = Session(Home(), Language.ZH, visitor=Visitor(member(), KEY))
    world.log.write_bytes(b"frame")
    assert world.look() == []
    assert world.tape.reads == 0


def test_a_disk_that_refuses_ends_nothing(world: World) -> None:
    """The next record says so; the page that waits goes on to its own end."""
    world.tape.full = True
    assert world.look() == []


def test_the_real_outbox_wakes_the_watch(tmp_path: Path) -> None:
    """Fakes may agree with each other and not with the file."""
    clock, record = FakeClock(), asking()
    path = tmp_path / "outbox.db"
    with Outbox.open(path) as uploader:
        recorder = Recorder(lambda: Outbox.open(path), clock)
        uploader.put(record, wish())
        watch = VerdictWatch(recorder, path)
        (claim,) = recorder.claims_of("m-1")
        session = Session(Home(), Language.ZH, visitor=Visitor(member(), KEY, (claim,)))
        assert list(watch.look(session, 0.0)) == []
        uploader.settle({record.id: held()}, clock.now())
        found = list(watch.look(session, LOOK_S)) or list(watch.look(session, SURELY_S))
        assert found == [Judged(record.id, held().verdict)]
        recorder.close()
