"""Runs HQ under uvicorn and says when it is ready."""

import asyncio
import signal
import socket
from collections.abc import Callable
from typing import cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kiosk.exceptions import ConfigError
from sim.hq.app import create_app
from sim.hq.clockwork import ticking
from sim.hq.state import Hq

STOP_WITHIN_S = 2
"""How long running requests may go on after SIGTERM."""


class _Connection(H11Protocol):
    """uvicorn's own, which also lets the app drop a connection as a broken network would."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        open_transport = cast(asyncio.Transport, transport)
        super().connection_made(open_transport)
        self.app_state = {**self.app_state, "transport": open_transport}


class _Server(uvicorn.Server):
    """uvicorn's own, which also says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 lets the system choose.

    Raises:
        ConfigError: the address cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    return listener


def serve(hq: Hq, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; requests that still run get STOP_WITHIN_S."""
    config = uvicorn.Config(
        create_app(hq),
        http=_Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        date_header=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN_S,
    )
    # uvicorn raises the signal again when it has stopped: it must then not end the process.
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda _signal, _frame: None)
    with ticking(hq):
        _Server(config, ready).run(sockets=[listener])
