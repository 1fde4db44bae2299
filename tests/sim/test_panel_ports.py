"""What the panel expects of the parts behind it: the fakes and the real ones alike."""

import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.app.live_view import Ask, Frames, LiveView, Snapshot
from kiosk.model.facts import DeviceEvent
from kiosk.model.records import new_record
from kiosk.store.outbox import Outbox
from kiosk.sync.status import STATUS_FILE, SyncStatus, write_status
from sim.hq.process import HqOptions, HqProcess
from sim.panel.ports import Glass, GlassDark, Hq, HqSilent, Parts, Phase, RoadUnknown
from sim.stack.glass import Glass as LiveGlass
from sim.stack.keeper import Keeper
from sim.stack.office import Office
from sim.stack.part import Command, Part
from sim.stack.road import DataFolder
from tests.fakes.clock import FakeClock
from tests.sim.panel_fakes import JPEG, FakeGlass, FakeHq, FakeParts

# -- the kiosk's screen ----------------------------------------------------------------------


class Screen:
    """Answers a live view as the kiosk's UI thread does, with words of its own."""

    def __init__(self, frames: Frames) -> None:
        self.asked: list[dict[str, object]] = []
        self._frames = frames

    def __call__(self, ask: Ask) -> None:
        """Answer at once."""
        self.asked.append(ask.request)
        answer: object = {"ok": True}
        if ask.request["do"] == "picture":
            answer = Snapshot(self._frames.count, lambda _kind, _height: (JPEG, 1080, 1920))
        elif ask.request["do"] == "scene":
            answer = {"frame": self._frames.count, "name": "attract", "texts": [], "buttons": []}
        elif ask.request.get("x") == 404:
            answer = {"error": "nothing there"}
        ask.answer.set_result(answer)


@pytest.fixture
def live_view(tmp_path: Path) -> Iterator[tuple[LiveGlass, Screen]]:
    """A client of a real live view, and what stands behind that."""
    frames = Frames()
    for _ in range(7):
        frames.shown(1.0)
    screen = Screen(frames)
    server = LiveView(tmp_path / "glass.sock", screen, frames)
    server.start()
    yield LiveGlass(tmp_path / "glass.sock"), screen
    server.stop()


@pytest.fixture(params=["fake", "live view"])
def glass(request: pytest.FixtureRequest) -> Glass:
    """A screen that has shown seven frames."""
    if request.param == "fake":
        return FakeGlass()
    client: Glass = request.getfixturevalue("live_view")[0]
    return client


def test_a_screen_is_seen_and_touched(glass: Glass) -> None:
    """Otherwise the page would be proven against a screen that does not exist."""
    picture = glass.picture(None, 860)
    assert (picture.frame, picture.width_px, picture.height_px) == (7, 1080, 1920)
    assert picture.jpeg == JPEG
    assert glass.picture(6, None).frame == 7
    assert glass.scene()["name"] == "attract"
    glass.touch(Phase.DOWN, 1, 2)


@pytest.mark.parametrize("kind", ["fake", "live view"])
def test_a_screen_that_is_not_there_is_dark(kind: str, tmp_path: Path) -> None:
    """Otherwise a stopped kiosk would be a fault of the panel."""
    dark: Glass = FakeGlass(is_dark=True) if kind == "fake" else LiveGlass(tmp_path / "none.sock")
    asks: list[Callable[[], object]] = [
        lambda: dark.picture(None, None),
        dark.scene,
        lambda: dark.touch(Phase.UP, 1, 1),
    ]
    for ask in asks:
        with pytest.raises(GlassDark):
            ask()


def test_the_live_view_is_asked_in_its_own_words(live_view: tuple[LiveGlass, Screen]) -> None:
    """Otherwise the kiosk would refuse the simulator's touches and pictures."""
    glass, screen = live_view
    glass.picture(3, 860)
    glass.touch(Phase.DOWN, 540, 1700)
    assert screen.asked == [
        {"do": "picture", "as": "jpeg", "after": 3, "height": 860},
        {"do": "touch", "phase": "down", "x": 540, "y": 1700},
    ]


def test_a_refusal_of_the_kiosk_is_told(live_view: tuple[LiveGlass, Screen]) -> None:
    """Otherwise a touch that was not taken would count as done."""
    with pytest.raises(GlassDark, match="nothing there"):
        live_view[0].touch(Phase.DOWN, 404, 1)


@pytest.mark.parametrize(
    "said",
    [b"", b"<html>\n", b'{"frame": 1}\n', b'{"frame":1,"width":1,"height":1,"bytes":99}\nshort'],
)
def test_a_kiosk_that_talks_nonsense_is_dark(tmp_path: Path, said: bytes) -> None:
    """Otherwise half a picture from a kiosk that is being killed would be shown."""
    with _server(tmp_path / "odd.sock", said), pytest.raises(GlassDark):
        LiveGlass(tmp_path / "odd.sock").picture(None, None)


@contextmanager
def _server(path: Path, said: bytes) -> Iterator[None]:
    """Says this to the first who connects, and hangs up."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        listener.settimeout(5)

        def serve() -> None:
            with listener.accept()[0] as line:
                line.recv(4096)
                line.sendall(said)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join(5)


# -- HQ --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hq_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HqProcess]:
    """A real HQ with few members."""
    with HqProcess(HqOptions(tmp_path_factory.mktemp("hq"), members=5)) as process:
        yield process


@pytest.fixture(params=["fake", "process"])
def hq(request: pytest.FixtureRequest) -> Iterator[Hq]:
    """An HQ that has received nothing."""
    if request.param == "fake":
        yield FakeHq()
        return
    office = Office(request.getfixturevalue("hq_process").url)
    yield office
    office.close()


def test_hq_is_cut_off_and_mended(hq: Hq) -> None:
    """Otherwise the switch on the page would do nothing at the real HQ."""
    assert hq.url.startswith("http://127.0.0.1:")
    assert (hq.look().reachable, hq.look().count, hq.look().newest) == (True, 0, ())
    hq.set_reachable(False)
    assert not hq.look().reachable
    hq.set_reachable(True)
    assert hq.look().reachable


@pytest.mark.parametrize("kind", ["fake", "process"])
def test_an_hq_that_is_not_there_is_silent(kind: str) -> None:
    """Otherwise a stopped HQ would be a fault of the panel."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        silent: Hq = FakeHq(is_silent=True) if kind == "fake" else Office(url)
        with pytest.raises(HqSilent):
            silent.look()
        with pytest.raises(HqSilent):
            silent.set_reachable(False)


# -- the processes ---------------------------------------------------------------------------


@pytest.fixture(params=["fake", "keeper"])
def parts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Parts]:
    """One part at rest."""
    if request.param == "fake":
        yield FakeParts("kiosk")
        return
    sleeps = Command([sys.executable, "-S", "-c", "import time; time.sleep(60)"], {})
    part, stop = Part("kiosk", "Kiosk", sleeps, tmp_path), threading.Event()
    keeper = Keeper([part], lambda _words: None)
    thread = threading.Thread(target=keeper.run, args=(stop,))
    thread.start()
    yield keeper
    keeper.stop("kiosk")
    stop.set()
    thread.join(5)


def test_parts_are_moved_by_name(parts: Parts) -> None:
    """Otherwise the buttons on the page would be proven against processes that do not exist."""
    states = [parts.look()[0].state]
    for deed in (parts.start, parts.start, parts.stop, parts.stop):
        deed("kiosk")
        states.append(parts.look()[0].state)
    assert states == ["stopped", "running", "running", "stopped", "stopped"]
    assert (parts.look()[0].name, parts.look()[0].title) == ("kiosk", "Kiosk")
    for deed in (parts.start, parts.stop):
        with pytest.raises(KeyError):
            deed("nobody")


# -- the road --------------------------------------------------------------------------------


@pytest.fixture
def road(tmp_path: Path) -> Iterator[DataFolder]:
    """The road of a data folder."""
    road = DataFolder(tmp_path)
    yield road
    road.close()


def test_the_road_counts_what_waits(road: DataFolder, tmp_path: Path) -> None:
    """Otherwise the page would show an empty outbox in the offline test."""
    assert road.look().waiting == 0
    now = FakeClock().now()
    with Outbox.open(tmp_path / "outbox.db") as outbox:
        outbox.put(new_record(DeviceEvent(what="started"), now))
        assert road.look().waiting == 1
    assert road.look().dead == 0


def test_the_road_tells_what_kiosk_sync_says(road: DataFolder, tmp_path: Path) -> None:
    """Otherwise the page could not say why nothing arrives and when it is tried again."""
    assert (road.look().error, road.look().next_try) == ("", None)
    moment = FakeClock().now().wall
    write_status(tmp_path / STATUS_FILE, SyncStatus(error="no route", next_try=moment))
    assert (road.look().error, road.look().next_try) == ("no route", moment)


def test_a_road_that_failed_is_looked_at_anew(road: DataFolder, tmp_path: Path) -> None:
    """Otherwise one fault of the queue would leave the page without its count for good."""
    road.look()
    for part in tmp_path.glob("outbox.db*"):
        part.unlink()
    (tmp_path / "outbox.db").mkdir()
    with pytest.raises(RoadUnknown):
        road.look()
    (tmp_path / "outbox.db").rmdir()
    assert road.look().waiting == 0
