"""One HTTP request at a time, each with an end: no server, resolver or proxy can hold us.

None of requests' time-outs bounds a whole exchange: a server that sends a byte now and then,
or a resolver that never answers, can hold a call for hours. So each request runs in a thread
of its own and the caller stops waiting in time; the thread that is left behind finds its
connection shut down, or is at the mercy of its own time-outs.
"""

import contextlib
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from kiosk.exceptions import ConfigError, GivenUp, HqUnreachable
from kiosk.sync.reasons import reason_of

CONNECT_S = 5.0
"""Seconds for one attempt to connect."""

READ_S = 15.0
"""Seconds without a single byte from HQ."""

WHOLE_S = 30.0
"""Seconds for an exchange from first to last byte."""

LEFT_BEHIND_MAX = 8
"""Hanging requests at most, before no further one is begun."""

STUCK_S = 180.0
"""A request left behind this long (name look-ups give up earlier) means the process is ill."""

_CHUNK = 64 * 1024
_LOOK_S = 0.05  # how often the waiting thread looks whether it should stop waiting


@dataclass(frozen=True, slots=True)
class Ask:
    """One request.

    Attributes:
        cap_bytes: size of the answer's body at most.
        headers: beside the ones every request carries.
        is_wanted: asked while waiting; False ends the exchange with what has arrived.
    """

    method: str
    url: str
    cap_bytes: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    is_wanted: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        headers: names in lower case.
        flaw: why the body is not whole, one sentence; empty when it is.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    flaw: str


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds an exchange may take; the constants of this module say why."""

    connect_s: float = CONNECT_S
    read_s: float = READ_S
    whole_s: float = WHOLE_S


class Transport:
    """Sends requests, one at a time, to wherever their URL says."""

    def __init__(
        self,
        token: str,
        ca_file: Path | None,
        keep_waiting: Callable[[], bool],
        limits: Limits | None = None,
    ) -> None:
        """Nothing is sent yet.

        Args:
            token: the kiosk's bearer token; never logged.
            ca_file: PEM file of the authorities to trust; None for the usual public ones.
            keep_waiting: called often while an answer is awaited; False gives it up.
            limits: seconds an exchange may take.

        Raises:
            ConfigError: the file of authorities is missing or holds none.
        """
        if ca_file is not None:
            _require_authorities(ca_file)
        self._token = token
        self._ca_file = ca_file
        self._keep_waiting = keep_waiting
        self._limits = limits or Limits()
        self._session = self._new_session()
        self._left: list[_Exchange] = []

    @property
    def left_behind(self) -> int:
        """Requests nobody waits for that have not ended yet."""
        self._left = [each for each in self._left if not each.done.is_set()]
        return len(self._left)

    @property
    def is_stuck(self) -> bool:
        """Whether a request hangs for so long that only a new process helps."""
        now_s = monotonic()
        return self.left_behind > 0 and any(now_s - each.begun_s > STUCK_S for each in self._left)

    def send(self, ask: Ask) -> Answer:
        """Send one request and wait for its answer.

        Raises:
            HqUnreachable: no answer; the message is for the technician.
            GivenUp: this process is ending.
        """
        if self.left_behind >= LEFT_BEHIND_MAX:
            raise HqUnreachable(f"{LEFT_BEHIND_MAX} earlier requests still hang")
        exchange = _Exchange(self._session, ask, self._limits)
        exchange.start()
        if not self._wait(exchange):
            self._leave(exchange)
            if not self._keep_waiting():
                raise GivenUp("the answer is awaited no longer: this process is ending")
        return exchange.outcome()

    def close(self) -> None:
        """Close the connection that is kept for the next request."""
        self._session.close()

    def _wait(self, exchange: "_Exchange") -> bool:
        end_s = exchange.begun_s + self._limits.whole_s
        while not exchange.done.wait(_LOOK_S):
            if monotonic() >= end_s or not self._keep_waiting() or not exchange.ask.is_wanted():
                return False
        return True

    def _leave(self, exchange: "_Exchange") -> None:
        exchange.leave()
        self._left.append(exchange)
        self._session = self._new_session()

    def _new_session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.verify = str(self._ca_file) if self._ca_file else True
        session.headers["Authorization"] = f"Bearer {self._token}"
        session.headers["Accept-Encoding"] = "identity"
        for scheme in ("http://", "https://"):
            session.mount(scheme, HTTPAdapter(max_retries=0, pool_connections=1, pool_maxsize=1))
        return session


def _require_authorities(ca_file: Path) -> None:
    try:
        ssl.create_default_context(cafile=ca_file)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigError(f"[hq] ca_file: {ca_file} holds no certificates: {error}") from error


class _Exchange:
    """A request on its way, shared by the thread that works and the one that waits."""

    def __init__(self, session: requests.Session, ask: Ask, limits: Limits) -> None:
        self.ask = ask
        self.done = threading.Event()
        self.begun_s = monotonic()
        self._session = session
        self._limits = limits
        self._left = False
        self._flaw = self._cut_short = ""
        self._response: requests.Response | None = None
        self._body = bytearray()
        self._error: Exception | None = None

    def start(self) -> None:
        """Begin, in a thread that a process on its way out does not wait for."""
        threading.Thread(target=self._work, name="hq-request", daemon=True).start()

    def leave(self) -> None:
        """Nobody waits any more: let the working thread end as soon as it can."""
        self._left = True
        response, waited_s = self._response, monotonic() - self.begun_s
        if response is None:
            self._cut_short = f"no answer within {waited_s:.1f} s"
        else:
            self._cut_short = f"HQ's answer took longer than {waited_s:.1f} s"
            # It may have just ended by itself.
            with contextlib.suppress(OSError, ValueError, RuntimeError):
                response.raw.shutdown()

    def outcome(self) -> Answer:
        """What is known now.

        Raises:
            HqUnreachable: there is no answer.
        """
        response, flaw = self._response, self._cut_short or self._flaw
        if response is None:
            raise HqUnreachable(flaw) from self._error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, bytes(self._body), flaw)

    def _work(self) -> None:
        try:
            self._exchange()
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            self._error, self._flaw = error, reason_of(error)
        finally:
            if self._left:
                self._session.close()
            self.done.set()

    def _exchange(self) -> None:
        timeout = (self._limits.connect_s, self._limits.read_s)
        with self._session.request(
            self.ask.method,
            self.ask.url,
            data=self.ask.body or None,
            headers=dict(self.ask.headers),
            timeout=timeout,
            stream=True,
            allow_redirects=False,
        ) as response:
            self._response = response
            self._read(response)

    def _read(self, response: requests.Response) -> None:
        while not self._left and len(self._body) <= self.ask.cap_bytes:
            chunk = response.raw.read1(_CHUNK)
            if not chunk:
                self._flaw = ""
                return
            self._body += chunk
        self._flaw = f"HQ's answer is larger than {self.ask.cap_bytes} bytes"
