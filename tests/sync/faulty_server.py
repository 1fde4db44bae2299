"""A small HTTP server over a FakeHq, with everything that can go wrong on the way."""

import gzip
import json
import re
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from kiosk.exceptions import CursorGone, HqRefused, HqUnreachable
from kiosk.model.wire import Upload
from tests.fakes.hq import FakeHq

TOKEN = "secret-token"

DATE = "Mon, 01 Mar 2027 09:00:00 GMT"


class Fault(Enum):
    """What goes wrong with one request."""

    DROP_BEFORE = auto()  # the connection ends before any work
    DROP_AFTER = auto()  # the work is done, the answer is lost
    MUTE = auto()  # nothing is ever answered
    DRIP_HEAD = auto()  # a byte of the head now and then
    DRIP_BODY = auto()  # a byte of the body now and then
    STALL = auto()  # the head, then nothing more
    TRUNCATED = auto()  # half of the promised body
    HTML = auto()
    NOT_JSON = auto()
    WRONG_JSON = auto()
    REDIRECT = auto()
    HUGE = auto()  # more than any answer may hold
    NO_RANGE = auto()  # the whole file, whatever part was asked for
    BUSY = auto()  # 503, Retry-After in seconds
    BUSY_UNTIL = auto()  # 503, Retry-After as a date 90 s ahead
    BUSY_NONSENSE = auto()  # 429, Retry-After that is neither


@dataclass(frozen=True)
class Reply:
    """An answer before it is spoilt."""

    status: int
    body: bytes
    kind: str = "application/json"
    extra: tuple[str, ...] = ()

    def head(self, length: int | None = None) -> bytes:
        """The status line and the header."""
        lines = [
            f"HTTP/1.1 {self.status} X",
            f"Content-Type: {self.kind}",
            f"Content-Length: {len(self.body) if length is None else length}",
            f"Date: {DATE}",
            *self.extra,
        ]
        return "\r\n".join([*lines, "", ""]).encode()


_SPOILT = {
    Fault.HTML: Reply(200, b"<html>please log in</html>", "text/html; charset=utf-8"),
    Fault.NOT_JSON: Reply(200, b'{"results": ['),
    Fault.WRONG_JSON: Reply(200, b'{"results": "none", "changes": 5, "version": "x"}'),
    Fault.REDIRECT: Reply(302, b"", extra=("Location: http://127.0.0.1:9/login",)),
    Fault.HUGE: Reply(200, b" " * (5 * 1024 * 1024)),
    Fault.BUSY: Reply(503, b"", extra=("Retry-After: 7",)),
    Fault.BUSY_UNTIL: Reply(503, b"", extra=("Retry-After: Mon, 01 Mar 2027 09:01:30 GMT",)),
    Fault.BUSY_NONSENSE: Reply(429, b"", extra=("Retry-After: soon",)),
}


class FaultyServer(ThreadingHTTPServer):
    """Serves one FakeHq on a port the system chose.

    Attributes:
        faults: what goes wrong with the next requests, in order.
        connections: how many were made.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, hq: FakeHq, certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self._scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # The handshake belongs to the thread of its connection, not to the listening one.
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
            self._scheme = "https"
        self.hq = hq
        self.faults: list[Fault] = []
        self.connections = 0
        self.ending = threading.Event()
        self.arrived = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serving(hq: FakeHq, certificate: Path | None = None) -> Iterator[FaultyServer]:
    """A running server, stopped at the end together with everything it holds up."""
    server = FaultyServer(hq, certificate)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.ending.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyServer

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"])))

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # a handshake that failed, or the kiosk went away

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""

    def _serve(self, body: bytes) -> None:
        self.server.arrived.set()
        fault = self.server.faults.pop(0) if self.server.faults else None
        if fault in (Fault.DROP_BEFORE, Fault.MUTE):
            if fault is Fault.MUTE:
                self.server.ending.wait()
            self.close_connection = True
            return
        try:
            self._answer(_SPOILT.get(fault) if fault in _SPOILT else self._work(body, fault), fault)
        except OSError:
            self.close_connection = True  # the kiosk did not wait

    def _answer(self, reply: Reply | None, fault: Fault | None) -> None:
        assert reply is not None
        if fault is Fault.DROP_AFTER:
            self.close_connection = True
        elif fault is Fault.TRUNCATED:
            self.connection.sendall(reply.head() + reply.body[: len(reply.body) // 2])
            self.close_connection = True
        elif fault is Fault.DRIP_HEAD:
            self._drip(reply.head() + reply.body)
        elif fault is Fault.STALL:
            self.connection.sendall(reply.head())
            self.server.ending.wait()
        elif fault is Fault.DRIP_BODY:
            self.connection.sendall(reply.head())
            self._drip(reply.body)
        else:
            self.connection.sendall(reply.head() + reply.body)

    def _drip(self, data: bytes) -> None:
        for byte in data:
            if self.server.ending.wait(0.05):
                return
            self.connection.sendall(bytes([byte]))

    def _work(self, body: bytes, fault: Fault | None) -> Reply:
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return Reply(401, b"{}")
        try:
            return self._route(body, fault)
        except CursorGone:
            return Reply(410, b"{}")
        except HqRefused as error:
            return Reply(error.status, b"{}")
        except HqUnreachable as error:
            return Reply(error.status or 500, b"{}")

    def _route(self, body: bytes, fault: Fault | None) -> Reply:
        hq, url = self.server.hq, urlsplit(self.path)
        match url.path.split("/")[2:]:
            case ["kiosks", "k-1", "records"]:
                return _json(hq.upload(Upload.model_validate(_inflated(body))).model_dump_json())
            case ["directory", "changes"]:
                cursor = int(parse_qs(url.query)["cursor"][0])
                return _json(json.dumps(hq.changes_as_sent(cursor)))
            case ["directory", "snapshot", "manifest"]:
                return _json(hq.snapshot_manifest().model_dump_json())
            case ["directory", "snapshot", name]:
                offset = 0 if fault is Fault.NO_RANGE else self._offset()
                return self._part(hq.snapshot_piece(name, offset, lambda: True), fault)
            case ["content", "manifest"]:
                return _json(hq.content_manifest().model_dump_json())
            case ["content", name]:
                version = int(name.removesuffix(".zip"))
                return self._part(hq.content_piece(version, self._offset(), lambda: True), fault)
        return Reply(404, b"{}")

    def _offset(self) -> int:
        match = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"])
        assert match is not None
        return int(match[1])

    def _part(self, data: bytes, fault: Fault | None) -> Reply:
        if fault is Fault.NO_RANGE:
            return Reply(200, data, "application/octet-stream")
        first = self._offset()
        span = f"Content-Range: bytes {first}-{first + len(data) - 1}/*"
        return Reply(206, data, "application/octet-stream", (span,))


def _json(text: str) -> Reply:
    return Reply(200, text.encode())


def _inflated(body: bytes) -> object:
    try:
        return json.loads(gzip.decompress(body))
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise HqRefused(400, "not gzip and JSON") from error
