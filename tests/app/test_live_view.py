"""The live view's socket: a real one, with a stand-in for the UI thread."""

import json
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import pytest

from kiosk.app.live_view import Ask, Frames, LiveView, Snapshot
from kiosk.exceptions import KioskError


class Viewer:
    """A client of the socket."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(5)
        self._socket.connect(str(path))
        self._file = self._socket.makefile("rwb")

    def ask(self, request: Any) -> dict[str, Any]:
        """One request and its answer."""
        self.send(json.dumps(request).encode())
        answer: dict[str, Any] = json.loads(self._file.readline())
        return answer

    def send(self, line: bytes) -> None:
        """A raw line."""
        self._file.write(line + b"\n")
        self._file.flush()

    def read(self, size: int) -> bytes:
        """A picture's bytes."""
        return self._file.read(size)

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._socket.close()


@pytest.fixture
def frames() -> Frames:
    """No frame yet."""
    return Frames()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the socket is."""
    return tmp_path / "live.sock"


@pytest.fixture
def viewer(path: Path, frames: Frames) -> Iterator[Viewer]:
    """A viewer of a kiosk that answers every request with itself."""
    asked: SimpleQueue[Ask] = SimpleQueue()
    stop = threading.Event()

    def ui() -> None:
        while not stop.is_set():
            try:
                ask = asked.get(timeout=0.05)
            except Empty:
                continue
            picture = Snapshot(
                frames.count, lambda kind, height: (f"{kind}{height}".encode(), 4, 3)
            )
            is_picture = ask.request.get("do") == "picture"
            ask.answer.set_result(picture if is_picture else {"echo": ask.request})

    thread = threading.Thread(target=ui)
    thread.start()
    view = LiveView(path, asked.put, frames)
    view.start()
    client = Viewer(path)
    yield client
    client.close()
    view.stop()
    stop.set()
    thread.join()
    assert not path.exists()


def test_only_the_owner_can_look(viewer: Viewer, path: Path) -> None:
    """What is on the screen is personal; the socket is nobody else's."""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_requests_reach_the_ui_thread_and_come_back(viewer: Viewer) -> None:
    """The simulator's touches travel this way."""
    request = {"do": "tap", "x": 1, "y": 2}
    assert viewer.ask(request) == {"echo": request}


def test_a_picture_follows_its_line(viewer: Viewer) -> None:
    """A viewer that loses count of the bytes shows nothing any more."""
    head = viewer.ask({"do": "picture", "as": "jpeg", "height": 90})
    assert head == {"frame": 0, "width": 4, "height": 3, "bytes": 5}
    assert viewer.read(head["bytes"]) == b"jpg90"


def test_after_waits_for_a_newer_frame(viewer: Viewer, frames: Frames) -> None:
    """Without waiting, a viewer would ask a thousand times a second."""
    timer = threading.Timer(0.1, frames.shown, [1.0])
    timer.start()
    head = viewer.ask({"do": "picture", "after": 0})
    assert head["frame"] == 1
    timer.join()


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[1]",
        b'{"do": "picture", "as": "gif"}',
        b'{"do": "picture", "height": 0}',
        b'{"do": "picture", "height": 1e999}',
        b"{" * 9,
        b"[" * 4000,
    ],
)
def test_nonsense_gets_an_answer_and_costs_nothing(viewer: Viewer, line: bytes) -> None:
    """A broken viewer must not take the connection, let alone the kiosk, with it."""
    viewer.send(line)
    assert "not understood" in json.loads(vars(viewer)["_file"].readline())["error"]
    assert viewer.ask({"do": "scene"}) == {"echo": {"do": "scene"}}


def test_an_old_socket_file_is_replaced(tmp_path: Path, frames: Frames) -> None:
    """After a kill the old file is still there; the kiosk must start all the same."""
    path = tmp_path / "old.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    view = LiveView(path, lambda ask: None, frames)
    view.start()
    view.stop()


def test_a_file_in_the_sockets_place_is_kept(tmp_path: Path, frames: Frames) -> None:
    """A slip of the pen in the configuration would delete the queue."""
    path = tmp_path / "outbox.db"
    path.write_bytes(b"records")
    with pytest.raises(KioskError, match="cannot listen"):
        LiveView(path, lambda ask: None, frames)
    assert path.read_bytes() == b"records"


def test_many_viewers_may_come_at_once(tmp_path: Path, frames: Frames) -> None:
    """The simulator's page asks on many connections; one refused shows a dark screen."""
    path = tmp_path / "live.sock"
    view = LiveView(path, lambda ask: None, frames)
    viewers = [Viewer(path) for _ in range(50)]  # before anybody lets them in
    view.start()
    for viewer in viewers:
        viewer.close()
    view.stop()


def test_a_socket_that_cannot_be_made_is_a_clear_error(tmp_path: Path, frames: Frames) -> None:
    """The technician must read which setting is wrong."""
    with pytest.raises(KioskError, match="cannot listen"):
        LiveView(tmp_path / "missing" / "live.sock", lambda ask: None, frames)
