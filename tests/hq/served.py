"""The application of an office behind a real port, so that a browser's requests can be made."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from sim.hq.app import create_app
from sim.hq.server import listen
from sim.hq.state import Hq
from tests.waiting import soon


@contextmanager
def served(hq: Hq) -> Iterator[str]:
    """The address under which this HQ answers while the block runs."""
    listener = listen("127.0.0.1", 0)
    config = uvicorn.Config(create_app(hq), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        soon(lambda: server.started, "HQ answers")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
