"""Serves the panel on loopback, on a thread of its own."""

import socket
import threading
import time

import uvicorn
from starlette.types import ASGIApp

from sim.stack.errors import SimulatorError

HOST = "127.0.0.1"
"""Loopback alone: the panel moves processes and asks for no password."""

UP_WITHIN_S = 10.0
STOP_WITHIN_S = 15.0
"""A page that waits for a picture may hold its thread for as long as the live view waits."""


def listen(port: int, whose: str = "the page's") -> socket.socket:
    """A socket for the page; port 0 lets the system choose.

    Args:
        whose: the port is, as a complaint says it.

    Raises:
        SimulatorError: the port cannot be had.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as problem:
        listener.close()
        raise SimulatorError(
            f"Port {port} ({whose}) cannot be used: {problem.strerror}."
            " Perhaps another simulator runs; choose another port with --port, or --port 0."
        ) from problem
    return listener


class PanelServer:
    """uvicorn on a socket that listens already."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Of the page."""
        return f"http://{HOST}:{self._listener.getsockname()[1]}"

    def start(self, app: ASGIApp) -> None:
        """Serve; returns when the page can be opened.

        Raises:
            SimulatorError: it did not come up.
        """
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._thread = threading.Thread(
            target=self._server.run, args=([self._listener],), name="control panel"
        )
        self._thread.start()
        deadline_s = time.monotonic() + UP_WITHIN_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline_s:
                raise SimulatorError("The control panel did not come up.")
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop serving; requests that run get a second.

        Raises:
            SimulatorError: its thread would not end.
        """
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(STOP_WITHIN_S)
        if self._thread.is_alive():
            raise SimulatorError("The control panel's thread does not end.")
