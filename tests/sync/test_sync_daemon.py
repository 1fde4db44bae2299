"""The loop: records first, each lane with its own patience, and an end when it is asked for."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.exceptions import GivenUp, HqRefused, HqUnreachable, KioskError, StoreFailed, SyncError
from kiosk.notify import Notifier
from kiosk.sync.backoff import CAP_S
from kiosk.sync.clock import ClockFloor
from kiosk.sync.daemon import BEAT_S, Daemon, Pulse
from kiosk.sync.journal import Journal
from kiosk.sync.lane import Lane, Trouble
from kiosk.sync.status import SyncStatus, read_status
from kiosk.sync.wake import WalWatch
from tests.fakes.clock import FakeClock


class Errand:
    """A task that does what it is told, turn by turn.

    Attributes:
        turns: what the next turns do: rest so many seconds, or fail.
        probes: for each turn made, whether it was a probe.
    """

    def __init__(self, on_turn: Callable[[], None] = lambda: None) -> None:
        self.turns: list[float | Exception] = []
        self.probes: list[bool] = []
        self._on_turn = on_turn

    def turn(self, probe: bool) -> float:
        """As in `Task`."""
        self.probes.append(probe)
        does = self.turns.pop(0) if self.turns else 60.0
        if isinstance(does, Exception):
            raise does
        self._on_turn()
        return does


class World:
    """A daemon with two lanes and everything around it."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.status = folder / "status.json"
        self.journal = Journal(self.status, self.clock)
        self.log = folder / "outbox.db-wal"
        self.records, self.members = (Errand(lambda: self.journal.heard(None)) for _ in "12")
        self.lanes = [
            Lane("records", self.records, self.clock, lambda: 0.5),
            Lane("directory", self.members, self.clock, lambda: 0.5),
        ]
        floor = ClockFloor(folder / "floor", lambda: False)
        wake = WalWatch(folder / "outbox.db")
        self.daemon = Daemon(self.lanes, wake, self.journal, floor, self.clock)

    def until_rest(self) -> float:
        """Steps until all rest; seconds until a lane is due."""
        for _ in range(100):
            if due_s := self.daemon.step():
                return due_s - self.clock.monotonic()
        raise AssertionError("it never rests")

    def told(self) -> SyncStatus:
        """What the screen reads."""
        return read_status(self.status) or SyncStatus()


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A daemon at its start."""
    return World(tmp_path)


def test_records_come_first(world: World) -> None:
    """A snapshot of an hour must not hold up a single record."""
    world.records.turns = [0.0, 0.0, 2.0]
    world.members.turns = [0.0, 60.0]
    for _ in range(3):
        world.daemon.step()
    assert (len(world.records.probes), len(world.members.probes)) == (3, 0)
    world.daemon.step()
    world.clock.advance(2)
    world.daemon.step()
    assert (len(world.records.probes), len(world.members.probes)) == (4, 1)


def test_a_new_record_wakes(world: World) -> None:
    """A record waits for nobody's rhythm."""
    world.until_rest()
    world.log.write_bytes(b"frame")
    world.daemon.step()
    assert len(world.records.probes) == 2


def test_a_new_record_does_not_end_a_pause(world: World) -> None:
    """A busy shop must not turn into a hail of attempts on an HQ that is down."""
    world.records.turns = [HqUnreachable("later", retry_after_s=600, status=503)]
    world.until_rest()
    world.log.write_bytes(b"frame")
    world.daemon.step()
    assert len(world.records.probes) == 1
    world.clock.advance(660)
    world.daemon.step()
    assert len(world.records.probes) == 2


def test_the_end_of_the_process_says_nothing_of_hq(world: World) -> None:
    """After a restart the screen would say that HQ is away, and promise less than it can."""
    world.until_rest()
    assert world.told().reachable is True
    world.clock.advance(61)
    world.records.turns = [GivenUp("this process is ending")]
    world.daemon.step()
    assert (world.told().reachable, world.told().error) == (True, "")


def test_one_lane_in_trouble_does_not_stop_the_other(world: World) -> None:
    """A refused upload must not freeze the members' points, nor the other way round."""
    world.records.turns = [HqRefused(401, "token")]
    world.until_rest()
    assert len(world.members.probes) == 1
    pause_s = world.lanes[0].due_s - world.clock.monotonic()
    assert pause_s == pytest.approx(CAP_S * 1.1)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (HqUnreachable("away"), Trouble("away", unreachable=True, silent=True)),
        (HqUnreachable("later", status=503), Trouble("later", unreachable=True)),
        (HqRefused(403, "shut out"), Trouble("HQ refuses: 403: shut out")),
        (StoreFailed("full"), Trouble("full")),
    ],
)
def test_what_went_wrong_is_told(world: World, error: SyncError, trouble: Trouble) -> None:
    """The technician reads one sentence and when it is tried again, and later that it is over."""
    world.members.turns = [error]
    world.daemon.step()
    world.daemon.step()
    assert world.lanes[1].trouble == trouble
    told = world.told()
    assert told.error == trouble.reason
    assert told.next_try is not None
    wait_s = (told.next_try - world.clock.now().wall).total_seconds()
    assert abs(wait_s - (world.lanes[1].due_s - world.clock.monotonic())) <= 1
    assert told.reachable == (not trouble.unreachable)
    world.clock.advance(CAP_S * 1.2)
    world.until_rest()
    assert (world.told().error, world.told().next_try) == ("", None)


def test_after_five_failures_a_probe(world: World) -> None:
    """An HQ that struggles gets as little as possible until it answers."""
    world.records.turns = [HqUnreachable("away", status=503) for _ in range(6)]
    for _ in range(7):
        world.until_rest()
        world.clock.advance(CAP_S)
    assert world.records.probes == [False] * 5 + [True, True]
    world.until_rest()
    assert not world.records.probes[-1]


def test_hq_found_by_one_lane_wakes_the_other_once(world: World) -> None:
    """After a power cut at HQ, records must not wait a quarter of an hour for their own look."""
    world.records.turns = [HqUnreachable("no answer") for _ in range(8)]
    world.members.turns = [HqUnreachable("no answer"), 0.1, 0.1, 60.0]
    world.until_rest()
    assert len(world.members.probes) == 1
    world.clock.advance(1.0)  # both are due; records fail again and wait longer
    world.until_rest()
    tried = len(world.records.probes)
    assert tried == 3
    for _ in range(2):
        world.clock.advance(0.1)
        world.until_rest()
    assert len(world.records.probes) == tried


def test_the_same_trouble_is_logged_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """A week without HQ must not fill the log."""
    world.records.turns = [HqUnreachable("away") for _ in range(5)]
    with caplog.at_level("INFO"):
        for _ in range(6):
            world.until_rest()
            world.clock.advance(CAP_S)
    lines = [line for line in caplog.messages if line.startswith("records")]
    assert lines == ["records: away", "records: works again"]


def test_an_idle_loop_writes_seldom(world: World) -> None:
    """The status on an SD card is rewritten for news, and once a minute at most for the time."""
    world.members.turns = [10.0, 10.0]
    world.until_rest()
    written = world.status.stat().st_mtime_ns
    world.clock.advance(30)
    world.until_rest()
    assert len(world.members.probes) == 2
    assert world.status.stat().st_mtime_ns == written
    world.clock.advance(61)
    world.until_rest()
    assert world.told().last_contact == world.clock.now().wall


def test_requests_that_hang_end_the_process(world: World) -> None:
    """A new one is started by systemd; going on would fill the process with hanging threads."""
    pulse = Pulse(Notifier(None), world.clock, threading.Event())
    with pytest.raises(KioskError, match="new process"):
        world.daemon.run(pulse, lambda: True)


def test_the_loop_ends_when_it_is_told(world: World) -> None:
    """The service must stop within moments, resting or not."""
    stop = threading.Event()
    pulse = Pulse(Notifier(None), SystemClock(), stop)
    thread = threading.Thread(target=world.daemon.run, args=(pulse, lambda: False))
    thread.start()
    stop.set()
    thread.join(1)
    assert not thread.is_alive()


def test_signs_of_life_come_in_time(tmp_path: Path) -> None:
    """A watchdog that is not fed kills a healthy process; one fed too often costs CPU."""
    clock, notifier = FakeClock(), Counting()
    pulse = Pulse(notifier, clock, threading.Event())
    for _ in range(100):
        assert pulse.beat()
        clock.advance(0.1)
    assert notifier.count == 10 / BEAT_S


class Counting(Notifier):
    """Counts signs of life."""

    def __init__(self) -> None:
        super().__init__(None)
        self.count = 0

    def alive(self) -> None:
        """Count one."""
        self.count += 1
