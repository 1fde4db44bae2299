"""Gives out the kiosk's picture and scene and takes touches, over a Unix-domain socket.

One JSON object a line goes in, one JSON object a line comes out; a picture's bytes follow
their line. Requests:

    {"do": "picture", "as": "jpeg", "height": 960, "after": 17}
        -> {"frame": 18, "width": 540, "height": 960, "bytes": 41230} and the bytes
    {"do": "scene"}
        -> {"frame": 18, "first_s": 8001.2, "shown_s": 8123.4, "name": "home",
            "texts": [...], "buttons": [...]}
    {"do": "tap", "x": 540, "y": 1700}                     -> {"ok": true}
    {"do": "touch", "phase": "down", "x": 540, "y": 1700}  -> {"ok": true}
    {"do": "press", "key": "done", "value": ""}            -> {"ok": true}

`after` waits (10 s at most) for a newer frame. Anybody who can open the socket sees what the
screen shows: it is made with mode 0600 and only when the configuration names it.
"""

import contextlib
import json
import logging
import os
import socketserver
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.exceptions import KioskError

log = logging.getLogger(__name__)

ANSWER_TIMEOUT_S = 10.0
"""How long a request waits for the UI thread or for a newer frame."""

MAX_LINE_BYTES = 4096
"""Longer requests are refused."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request on its way to the UI thread, which answers by setting the future."""

    request: dict[str, Any]
    answer: "Future[Any]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A picture still to be encoded; `encode(kind, height)` runs beside the UI thread."""

    frame: int
    encode: Callable[[str, int | None], tuple[bytes, int, int]]


class Frames:
    """Counts the frames shown, and lets other threads wait for the next one."""

    def __init__(self) -> None:
        self._shown = threading.Condition()
        self._count = 0
        self._first_s: float | None = None
        self._latest_s = 0.0

    def shown(self, now_s: float) -> None:
        """One more frame is on the panel. Called by the UI thread.

        Args:
            now_s: CLOCK_MONOTONIC, which every process of the machine shares.
        """
        with self._shown:
            self._count += 1
            self._latest_s = now_s
            self._first_s = self._first_s or now_s
            self._shown.notify_all()

    @property
    def first_s(self) -> float | None:
        """When the first frame was shown, on CLOCK_MONOTONIC; None before it."""
        return self._first_s

    @property
    def latest_s(self) -> float:
        """When the newest frame was shown, on CLOCK_MONOTONIC."""
        return self._latest_s

    @property
    def count(self) -> int:
        """Frames shown so far."""
        return self._count

    def wait_after(self, frame: int, timeout_s: float) -> None:
        """Return when a frame newer than this one is shown, or the time is up."""
        with self._shown:
            self._shown.wait_for(lambda: self._count > frame, timeout_s)


class LiveView:
    """The socket's server; each connection has a thread, none of them touches the UI."""

    def __init__(self, path: Path, ask: Callable[[Ask], None], frames: Frames) -> None:
        """Prepare to serve.

        Args:
            path: of the socket; an old one there is removed, any other file is not.
            ask: hands a request to the UI thread; returns at once.
            frames: of the kiosk's window.

        Raises:
            KioskError: the socket cannot be made.
        """
        try:
            _make_room(path)
            self._server = _Server(str(path), ask, frames)
        except OSError as problem:
            raise KioskError(f"live view: cannot listen at {path}: {problem}") from problem
        self._path = path
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="live-view", daemon=True
        )

    def start(self) -> None:
        """Start serving."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Stop serving and remove the socket.

        Raises:
            KioskError: the thread would not die.
        """
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout_s)
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
        if self._thread.is_alive():
            raise KioskError("live view: the server's thread would not die")


def _make_room(path: Path) -> None:
    """Remove the socket of a process that was killed; what else lies there may be somebody's."""
    if path.is_socket():
        path.unlink()


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True  # a viewer that hangs must not keep the kiosk from ending
    block_on_close = False
    request_queue_size = 64  # viewers waiting to be let in; five would be the default

    def __init__(self, path: str, ask: Callable[[Ask], None], frames: Frames) -> None:
        super().__init__(path, _Connection)
        self.ask = ask
        self.frames = frames

    def server_bind(self) -> None:
        """Nobody else can ever open it: the file is born with this mode, whatever the umask."""
        os.fchmod(self.socket.fileno(), 0o600)
        super().server_bind()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A viewer that went away in the middle is nothing to talk about."""
        log.debug("live view: a connection ended", exc_info=True)


class _Connection(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Answer one request after another until the viewer goes."""
        while line := self.rfile.readline(MAX_LINE_BYTES):
            try:
                request = json.loads(line)
                if not isinstance(request, dict):
                    raise ValueError("a request is a JSON object")
                self._answer(request)
            except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
                self._say({"error": f"not understood: {problem}"})
            except FutureTimeoutError:
                self._say({"error": "the kiosk does not answer"})

    def _answer(self, request: dict[str, Any]) -> None:
        if "after" in request:
            self.server.frames.wait_after(int(request["after"]), ANSWER_TIMEOUT_S)
        ask = Ask(request)
        self.server.ask(ask)
        answer = ask.answer.result(ANSWER_TIMEOUT_S)
        if isinstance(answer, Snapshot):
            self._send_picture(answer, request)
        else:
            self._say(answer)

    def _send_picture(self, snapshot: Snapshot, request: dict[str, Any]) -> None:
        kind = {"png": "png", "jpeg": "jpg"}[request.get("as", "png")]
        height = None if request.get("height") is None else int(request["height"])
        if height is not None and height < 1:
            raise ValueError(f"a picture of {height} pixels")
        data, width, tall = snapshot.encode(kind, height)
        self._say({"frame": snapshot.frame, "width": width, "height": tall, "bytes": len(data)})
        self.wfile.write(data)

    def _say(self, answer: dict[str, Any]) -> None:
        self.wfile.write(json.dumps(answer, ensure_ascii=False).encode() + b"\n")
