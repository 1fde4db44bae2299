"""The simulator's working folder: its places, its lock, and a fresh start."""

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from sim.stack.errors import SimulatorError

SOCKET_PATH_BYTES = 107
"""Longest path of a Unix-domain socket on Linux (unix(7): 108 with its end mark)."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where everything of one simulator lies."""

    root: Path

    @property
    def mark(self) -> Path:
        """Says that this folder is a simulator's own; locked while one runs in it."""
        return self.root / ".simulator"

    @property
    def hq(self) -> Path:
        """HQ's database and files."""
        return self.root / "hq"

    @property
    def kiosk(self) -> Path:
        """The data folder that kiosk and kiosk-sync share."""
        return self.root / "kiosk"

    @property
    def logs(self) -> Path:
        """One log file for each part."""
        return self.root / "logs"

    @property
    def secrets(self) -> Path:
        """The demo's token and salt, as files."""
        return self.root / "secrets"

    @property
    def rehearsal(self) -> Path:
        """Pictures of a survey that is tried out."""
        return self.root / "rehearsal"

    @property
    def reader(self) -> Path:
        """The reader's device path."""
        return self.root / "reader"

    @property
    def glass(self) -> Path:
        """The socket of the kiosk's live view."""
        return self.root / "glass.sock"


class Lease:
    """A working folder taken by this simulator; given back by `close`."""

    def __init__(self, root: Path, *, keep: bool) -> None:
        """Take the folder; what an earlier run left is removed unless it is to be kept.

        Raises:
            SimulatorError: the folder belongs to something else, is in use or cannot be made.
        """
        self.folder = Folder(root)
        if len(os.fsencode(self.folder.glass)) > SOCKET_PATH_BYTES:
            raise SimulatorError(f"The path {root} is too long for a socket; use --folder.")
        try:
            self._make(keep)
        except OSError as problem:
            raise SimulatorError(
                f"The folder {root} cannot be used: {problem.strerror}. Use --folder."
            ) from problem

    def close(self) -> None:
        """Let another simulator have the folder."""
        os.close(self._lock)

    def _make(self, keep: bool) -> None:
        root, mark = self.folder.root, self.folder.mark
        root.mkdir(parents=True, exist_ok=True)
        if not mark.exists() and any(root.iterdir()):
            raise SimulatorError(
                f"The folder {root} holds other files. Name an empty one with --folder."
            )
        self._lock = os.open(mark, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take()
            self._clear(keep)
        except BaseException:
            os.close(self._lock)
            raise

    def _take(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise SimulatorError(
                f"Another simulator runs in {self.folder.root}. End it, or use --folder and --port."
            ) from busy

    def _clear(self, keep: bool) -> None:
        folder = self.folder
        old = [folder.logs, folder.secrets, folder.rehearsal]
        for place in old if keep else [*old, folder.hq, folder.kiosk]:
            if place.exists():
                shutil.rmtree(place)
        for place in (folder.logs, folder.secrets, folder.hq, folder.kiosk):
            place.mkdir(exist_ok=True)
