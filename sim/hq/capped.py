"""Reads no more of a request than any request of HQ's may have."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kiosk.model.wire import MAX_BATCH_BYTES

TOLD = f"more than {MAX_BATCH_BYTES} bytes"


class Capped:
    """ASGI middleware that answers 413 to a body larger than a kiosk's largest upload.

    The framework reads a body whole before anybody has asked for a token.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "http" and _announced(scope) > MAX_BATCH_BYTES:
            await JSONResponse({"detail": TOLD}, 413)(scope, receive, send)
        else:
            await self._app(scope, _Counted(receive), send)


class _Counted:
    """Receives as long as it is not too much; for a body whose size nobody has announced."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > MAX_BATCH_BYTES:
            raise HTTPException(413, TOLD)
        return message


def _announced(scope: Scope) -> int:
    """The size a client announces (RFC 9110, 8.6); 0 where it announces none."""
    told = Headers(scope=scope).get("content-length", "")
    return int(told[:20]) if told.isascii() and told.isdecimal() else 0
