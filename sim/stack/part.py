"""One part of the simulator: a process, its log file, and how it ends."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

TAIL_LINES = 8
"""As much of a log as tells why something ended, without filling the screen."""

TAIL_BYTES = 8192
STOP_WITHIN_S = 8.0
"""HQ lets requests end for 2 s, kiosk-sync for 2 s; a busy machine needs more."""

LEASH = ("setpriv", "--pdeathsig", "TERM", "--")
"""Ends the part when the simulator dies without saying so (setpriv(1), prctl(2))."""

ROOT = Path(__file__).resolve().parents[2]
"""The checkout, from which parts are started."""


class State(StrEnum):
    """How a part is."""

    RUNNING = "running"
    STOPPED = "stopped"  # on purpose
    ENDED = "ended"  # by itself


@dataclass(frozen=True, slots=True)
class Command:
    """How to start a part.

    Attributes:
        environ: laid over the simulator's own environment; None takes a variable away.
    """

    words: Sequence[str]
    environ: Mapping[str, str | None]

    def environment(self) -> dict[str, str]:
        """The whole environment of the process."""
        laid_over = {**os.environ, **self.environ}
        return {name: value for name, value in laid_over.items() if value is not None}


class Part:
    """A process with its log; used by the thread that made it.

    That thread must live as long as the part: the leash follows the thread that started it.

    Attributes:
        name: for the log file and the panel's addresses.
        title: for people.
        command: used at the next start.
        exit_code: of the newest end; None while it runs or before the first start.
    """

    def __init__(
        self,
        name: str,
        title: str,
        command: Command,
        logs: Path,
        stop_within_s: float = STOP_WITHIN_S,
    ) -> None:
        self.name = name
        self.title = title
        self.command = command
        self.log = logs / f"{name}.log"
        self.exit_code: int | None = None
        self._stop_within_s = stop_within_s
        self._began_at = 0
        self._wanted = False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def state(self) -> State:
        """How it is now."""
        if self._process is not None:
            self.exit_code = self._process.poll()
            if self.exit_code is None:
                return State.RUNNING
        return State.ENDED if self._wanted else State.STOPPED

    def start(self) -> None:
        """Start the process unless it runs; its log goes on at the end of the file."""
        if self.state is State.RUNNING:
            return
        self._wanted = True
        with self.log.open("ab") as log:
            self._began_at = log.tell()
            self._process = subprocess.Popen(
                [*LEASH, *self.command.words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=self.command.environment(),
                start_new_session=True,  # Ctrl-C in the terminal is for the simulator alone
            )

    def stop(self) -> bool:
        """End the process as systemd would (SIGTERM); False when it had to be killed."""
        self._wanted = False
        if self._process is None or self._process.poll() is not None:
            return True
        self._process.terminate()
        try:
            self._process.wait(self._stop_within_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False
        return True

    def said(self) -> str:
        """What it has written to its log since its newest start."""
        with self.log.open("rb") as log:
            log.seek(self._began_at)
            return log.read().decode(errors="replace")

    def last_lines(self) -> str:
        """The end of its log since its newest start."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(max(self._began_at, log.seek(0, os.SEEK_END) - TAIL_BYTES))
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])
