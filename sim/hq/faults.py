"""The switches that make HQ fail as real ones do; they touch only the paths below /v1."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from pydantic import BaseModel, ConfigDict, Field
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HTML_ANSWER = (
    b"<!doctype html><html><head><title>Welcome</title></head>"
    b"<body><h1>Welcome to the guest network</h1><p>Please sign in.</p></body></html>"
)
"""What a captive portal puts in place of every answer."""


class Refuse(BaseModel):
    """An answer HQ gives in place of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: int = Field(ge=400, le=599)
    retry_after_s: int | None = Field(default=None, ge=0, le=86_400)
    times: int | None = Field(default=None, ge=0, description="how often; null: until switched off")


class Faults(BaseModel):
    """Every switch; all off by default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unreachable: bool = Field(default=False, description="connections close without an answer")
    lose_answers: int = Field(
        default=0, ge=0, description="so many answers to uploads are lost after the commit"
    )
    hold_answers: bool = Field(
        default=False, description="answers to uploads wait, after the commit, until switched off"
    )
    refuse: Refuse | None = None
    html: bool = Field(default=False, description="a web page with status 200 instead of answers")
    drip_bytes_per_s: float | None = Field(default=None, gt=0, description="speed of answers")
    clock_shift_s: float = Field(
        default=0, ge=-1e9, le=1e9, description="how far HQ's clock is wrong"
    )
    forget_cursors: bool = Field(default=False, description="every cursor is too old (410)")
    retry_records: int = Field(default=0, ge=0, description="so many records get `retry`")


class FaultBox:
    """The switches as they stand; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults = Faults()
        self._held = 0

    @property
    def now(self) -> Faults:
        """The switches as they stand."""
        return self._faults

    @property
    def held(self) -> int:
        """Answers that wait at this moment with their records already committed."""
        return self._held

    def change(self, faults: Faults) -> None:
        """Set the switches that were named; the others stay."""
        named = {name: getattr(faults, name) for name in faults.model_fields_set}
        with self._lock:
            self._faults = self._faults.model_copy(update=named)

    def clear(self) -> None:
        """Switch every fault off."""
        with self._lock:
            self._faults = Faults()

    def take_lost_answer(self) -> bool:
        """Whether this answer is to be lost; counts it down."""
        with self._lock:
            left = self._faults.lose_answers
            self._faults = self._faults.model_copy(update={"lose_answers": max(0, left - 1)})
            return left > 0

    def take_refusal(self) -> Refuse | None:
        """The answer to give in place of HQ's own, if any; counts it down."""
        with self._lock:
            refuse = self._faults.refuse
            if refuse is None or refuse.times is None:
                return refuse
            left = refuse.model_copy(update={"times": refuse.times - 1})
            new = left if left.times else None
            self._faults = self._faults.model_copy(update={"refuse": new})
            return refuse if refuse.times else None

    def take_retries(self, records: int) -> int:
        """How many of so many records get `retry`; counts them down."""
        with self._lock:
            taken = min(records, self._faults.retry_records)
            left = self._faults.retry_records - taken
            self._faults = self._faults.model_copy(update={"retry_records": left})
            return taken

    async def hold(self) -> None:
        """Wait while answers are held."""
        self._held += 1
        try:
            while self._faults.hold_answers:
                await asyncio.sleep(0.01)
        finally:
            self._held -= 1


class FaultyNetwork:
    """ASGI middleware that stands outermost and does to answers what the switches say.

    It needs the connection's transport in `scope["state"]`, which sim.hq.server puts there.
    """

    def __init__(self, app: ASGIApp, box: FaultBox) -> None:
        self._app = app
        self._box = box

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        dated = _Dated(send, self._box.now.clock_shift_s)
        if not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, dated)
            return
        await self._serve(scope, receive, dated)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        faults = self._box.now
        if faults.unreachable:
            await _cut(scope, receive)
        elif faults.html:
            await _answer(send, 200, b"text/html; charset=utf-8", HTML_ANSWER)
        elif refuse := self._box.take_refusal():
            await _refuse(send, refuse)
        elif scope["method"] == "POST" and scope["path"].endswith("/records"):
            await self._upload(scope, receive, send)
        else:
            await self._app(scope, receive, _slowed(send, faults))

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the records be committed, then see whether the answer may leave."""
        waiting: list[Message] = []

        async def keep(message: Message) -> None:
            waiting.append(message)

        await self._app(scope, receive, keep)
        await self._box.hold()
        if self._box.take_lost_answer():
            await _cut(scope, receive)
            return
        slowed = _slowed(send, self._box.now)
        for message in waiting:
            await slowed(message)


class _Dated:
    """Puts HQ's idea of the time into the Date header (RFC 9110, 6.6.1)."""

    def __init__(self, send: Send, shift_s: float) -> None:
        self._send = send
        self._shift = timedelta(seconds=shift_s)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            date = format_datetime(datetime.now(UTC) + self._shift, usegmt=True)
            headers = [*message.get("headers", []), (b"date", date.encode())]
            message = {**message, "headers": headers}
        await self._send(message)


def _slowed(send: Send, faults: Faults) -> Send:
    """The same `send`, one byte at a time when answers are to drip."""
    speed = faults.drip_bytes_per_s
    if speed is None:
        return send

    async def drip(message: Message) -> None:
        body: bytes = message.get("body", b"")
        if message["type"] != "http.response.body" or not body:
            await send(message)
            return
        for place in range(len(body)):
            last = place == len(body) - 1
            more = message.get("more_body", False) or not last
            await send({**message, "body": body[place : place + 1], "more_body": more})
            await asyncio.sleep(1 / speed)

    return drip


async def _cut(scope: Scope, receive: Receive) -> None:
    """Drop the connection without an answer, and wait until the server has noticed."""
    scope["state"]["transport"].abort()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Send, refuse: Refuse) -> None:
    wait = refuse.retry_after_s
    headers = [] if wait is None else [(b"retry-after", str(wait).encode())]
    body = b'{"detail":"switched on by the simulator"}'
    await _answer(send, refuse.status, b"application/json", body, headers)


async def _answer(
    send: Send,
    status: int,
    kind: bytes,
    body: bytes,
    headers: list[tuple[bytes, bytes]] | None = None,
) -> None:
    length = (b"content-length", str(len(body)).encode())
    told = [(b"content-type", kind), length, *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": body})
