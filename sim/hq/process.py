"""Starts HQ as a process of its own and waits until it is ready; for tests and the simulator."""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from kiosk.exceptions import ConfigError

READY_WITHIN_S = 30.0
"""A new database of 2 000 members is ready in about two seconds; a busy machine needs more."""

STOP_WITHIN_S = 10.0
"""HQ lets requests run for two seconds after SIGTERM."""


@dataclass(frozen=True, slots=True)
class HqOptions:
    """How to start it.

    Attributes:
        data: folder of its database and files; a second start goes on where the first ended.
        port: 0 lets the system choose; give the former port to come back at the same address.
        members: demo members in a new database.
        more: further arguments of `python -m sim.hq`.
    """

    data: Path
    port: int = 0
    members: int = 2000
    more: Sequence[str] = ()

    @property
    def command(self) -> list[str]:
        """The command line."""
        named = {"--data": self.data.absolute(), "--port": self.port, "--members": self.members}
        arguments = [str(word) for pair in named.items() for word in pair]
        return [sys.executable, "-m", "sim.hq", *arguments, *self.more]


class HqProcess:
    """A running HQ; as a context manager it ends with the block.

    Attributes:
        url: its address, `http://127.0.0.1:PORT`.
    """

    def __init__(self, options: HqOptions) -> None:
        """Start it and wait for its first line.

        Raises:
            ConfigError: it ended or stayed silent; its standard error has told why.
        """
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            options.command, stdout=subprocess.PIPE, cwd=root, env=dict(os.environ), text=True
        )
        try:
            self.url = _ready_line(self._process).removeprefix("hq ")
        except ConfigError:
            self.kill()
            raise

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.url.rpartition(":")[2])

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def stop(self) -> int:
        """End it as systemd would (SIGTERM); returns its exit code."""
        self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        finally:
            _close(self._process.stdout)

    def kill(self) -> None:
        """End it without any warning, as a power cut would (SIGKILL)."""
        self._process.kill()
        self._process.wait()
        _close(self._process.stdout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._process.poll() is None:
            self.stop()
        _close(self._process.stdout)


def _ready_line(process: "subprocess.Popen[str]") -> str:
    """The first line, or an end to the waiting."""
    assert process.stdout is not None
    deadline = time.monotonic() + READY_WITHIN_S
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(max(0.0, deadline - time.monotonic())):
            raise ConfigError(f"HQ was not ready within {READY_WITHIN_S:.0f} s")
    line = process.stdout.readline().strip()
    if not line.startswith("hq http"):
        raise ConfigError("HQ ended before it was ready; its standard error says why")
    return line


def _close(stream: IO[str] | None) -> None:
    if stream is not None:
        stream.close()
