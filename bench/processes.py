"""The kiosk's processes under measurement, as in a store, seen through the live view."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sim.panel.ports import GlassDark
from sim.stack import commands
from sim.stack.folder import Folder
from sim.stack.glass import Glass
from sim.stack.options import Options

UART_BAUD = 115200
NO_HQ = "http://127.0.0.1:9"
"""The discard port: nobody listens."""

START_WITHIN_S = 30.0
LOOK_S = 0.02
"""How often the kiosk is asked what it shows; asking more often slows what is measured."""

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Memory:
    """How much memory a process takes, MB.

    Attributes:
        pss_mb: its own pages, and its share of those it has in common with others: the same
            process takes less where more others run the same programs.
        private_mb: its own pages alone; what else runs moves it by the libraries it has alone.
    """

    pss_mb: float
    private_mb: float


@dataclass(frozen=True, slots=True)
class Running:
    """A kiosk process under measurement."""

    process: "subprocess.Popen[bytes]"
    glass: Glass
    begun_s: float

    def cpu_s(self) -> float:
        """Processor time used so far (proc(5), stat, fields 14 and 15)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> "Memory":
        """What the process takes now (proc(5), smaps_rollup)."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()[1:]
        mb = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
        return Memory(mb["Pss"], mb["Private_Clean"] + mb["Private_Dirty"])


@contextmanager
def kiosk(folder: Folder, hq_url: str = NO_HQ) -> Iterator[Running]:
    """The screen's process."""
    command = commands.kiosk(_options(folder), folder, hq_url)
    with (folder.logs / "kiosk.log").open("wb") as log:
        begun_s = time.monotonic()
        process = subprocess.Popen(command.words, env=command.environment(), stderr=log)
        try:
            yield Running(process, Glass(folder.glass), begun_s)
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def kiosk_sync(folder: Folder, hq_url: str = NO_HQ) -> Iterator[None]:
    """kiosk-sync beside it."""
    command = commands.sync(_options(folder), folder, hq_url)
    with (folder.logs / "sync.log").open("wb") as log:
        process = subprocess.Popen(command.words, env=command.environment(), stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(10)


def _options(folder: Folder) -> Options:
    """The simulator's, for a panel of 21.5 inches standing up."""
    return Options(
        folder=folder.root,
        keep=True,
        port=0,
        size_px=(1080, 1920),
        diagonal_inch=21.5,
        language="zh-CN",
        theme="boutique",
        window=False,
        uart_baud=UART_BAUD,
        members=0,
    )


def scene(of: Running) -> dict[str, Any]:
    """What is on the glass; empty while nobody answers."""
    try:
        return of.glass.scene()
    except GlassDark:
        return {}


def wait_for(look: Callable[[], Found | None], every_s: float = LOOK_S) -> Found:
    """The first true answer of `look`.

    Raises:
        TimeoutError: there was none in time.
    """
    deadline_s = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline_s:
        if found := look():
            return found
        time.sleep(every_s)
    raise TimeoutError("the kiosk did not show what was waited for")
