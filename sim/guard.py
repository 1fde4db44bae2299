"""Lets only pages of this machine talk to the simulator: no rebound names, no foreign sites."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


class LoopbackOnly:
    """ASGI middleware that refuses a Host or an Origin that is not this machine's.

    A foreign site can make a browser send requests here, under its own name in Origin or,
    after rebinding its name to 127.0.0.1, in Host. The port may differ: ssh -L changes it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http" or _is_ours(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        refusal = JSONResponse(
            {"detail": "Open this page as http://127.0.0.1; other names are refused."}, 403
        )
        await refusal(scope, receive, send)


def _is_ours(headers: Headers) -> bool:
    host, origin = headers.get("host", ""), headers.get("origin")
    return _name(f"//{host}") in LOOPBACK_NAMES and (
        origin is None or _name(origin) in LOOPBACK_NAMES
    )


def _name(address: str) -> str:
    """The host in an address; empty when it is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
