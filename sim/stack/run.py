"""Starts the simulator's parts one after another, keeps them, and ends them in reverse."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from sim.panel.app import create_app
from sim.panel.ports import GlassDark
from sim.panel.server import PanelServer, listen
from sim.panel.state import Panel
from sim.panel.tray import Tray
from sim.pn532 import VirtualReader
from sim.stack import commands
from sim.stack.folder import Folder, Lease
from sim.stack.glass import Glass
from sim.stack.keeper import Keeper
from sim.stack.office import Office
from sim.stack.options import Options
from sim.stack.part import Command, Part
from sim.stack.progress import Progress
from sim.stack.rehearsal import tried_out
from sim.stack.road import DataFolder

STEPS = 5


@dataclass(frozen=True, slots=True)
class Running:
    """A simulator that is up.

    Attributes:
        url: of the page.
        hq_url: of HQ.
        keeper: to be run by the thread that started it all.
    """

    url: str
    hq_url: str
    keeper: Keeper


@contextmanager
def running(options: Options, progress: Progress) -> Iterator[Running]:
    """The whole simulator, up; everything it started has ended when the block is left.

    Raises:
        SimulatorError: something did not come up; the message says what to do.
    """
    with ExitStack() as ending:
        listener = listen(options.port)
        ending.callback(listener.close)
        listen(options.hq_port, "HQ's, the one after --port").close()  # told before anything starts
        lease = Lease(options.folder, keep=options.keep)
        ending.callback(lease.close)
        commands.write_secrets(lease.folder)
        stack = _Stack(options, lease.folder, progress, ending)
        yield stack.up(PanelServer(listener))


class _Stack:
    """The start of one simulator, step by step."""

    def __init__(
        self, options: Options, folder: Folder, progress: Progress, ending: ExitStack
    ) -> None:
        self._options = options
        self._folder = folder
        self._progress = progress
        self._ending = ending
        self._parts: list[Part] = []
        self._rehearsal = folder.rehearsal if options.rehearse is not None else None

    def up(self, server: PanelServer) -> Running:
        self._rehearse()
        hq_url = self._hq()
        reader = self._reader()
        road = self._sync(hq_url)
        glass = self._kiosk(hq_url)
        keeper = Keeper(self._parts, lambda words: self._progress.say(f"\n{words}\n"))
        office = Office(hq_url)
        self._ending.callback(office.close)
        panel = Panel(
            glass=glass,
            plate=reader,
            plug=reader,
            hq=office,
            road=road,
            parts=keeper,
            tray=Tray(),
            rehearsal=self._rehearsal,
        )
        self._progress.begin("control panel")
        self._ending.callback(server.stop)
        server.start(create_app(panel))
        self._progress.done()
        return Running(server.url, hq_url, keeper)

    def _rehearse(self) -> None:
        """Check the survey that is tried out and draw its pages, before anything starts."""
        if self._options.rehearse is None:
            return
        self._progress.say(f"rehearsal of {self._options.rehearse}\n")
        tried_out(self._options.rehearse, self._folder.rehearsal, self._progress)

    def _hq(self) -> str:
        """Start HQ; returns its address, which a later start of it keeps."""
        self._progress.begin(f"HQ with {self._options.members:,} demo members")
        port = self._options.hq_port
        part = self._start("hq", "HQ", commands.hq(self._options, self._folder, port))
        self._progress.wait_for(part, lambda: bool(_address(part)))
        url = _address(part)
        part.command = commands.hq(self._options, self._folder, int(url.rpartition(":")[2]))
        self._progress.done(f"ready at {url}")
        return url

    def _reader(self) -> VirtualReader:
        self._progress.begin("card reader")
        reader = VirtualReader(self._folder.reader, self._options.uart_baud)
        self._ending.callback(reader.stop)
        reader.start()
        self._progress.done(f"ready at {self._folder.reader}")
        return reader

    def _sync(self, hq_url: str) -> DataFolder:
        self._progress.begin("kiosk-sync brings directory and content home")
        road = DataFolder(self._folder.kiosk)
        self._ending.callback(road.close)
        command = commands.sync(self._options, self._folder, hq_url)
        part = self._start("kiosk-sync", "kiosk-sync", command)
        began = time.time()
        self._progress.wait_for(part, lambda: _is_home(road, began))
        self._progress.done()
        return road

    def _kiosk(self, hq_url: str) -> Glass:
        width, height = self._options.size_px
        self._progress.begin(f"kiosk, {width} x {height} pixels")
        glass = Glass(self._folder.glass)
        command = commands.kiosk(self._options, self._folder, hq_url)
        part = self._start("kiosk", "kiosk", command)
        self._progress.wait_for(part, lambda: _shows_something(glass))
        self._progress.done()
        return glass

    def _start(self, name: str, title: str, command: Command) -> Part:
        part = Part(name, title, command, self._folder.logs)
        self._parts.append(part)
        self._ending.callback(self._end, part)
        part.start()
        return part

    def _end(self, part: Part) -> None:
        if not part.stop():
            self._progress.say(f"{part.title} did not end and was killed; see {part.log}\n")


def _address(part: Part) -> str:
    """HQ's address as it says it when it is ready; empty before."""
    found = re.search(r"^hq (http\S+)$", part.said(), re.MULTILINE)
    return found[1] if found else ""


def _is_home(road: DataFolder, began: float) -> bool:
    """Whether kiosk-sync has brought the directory home since this start (Unix time)."""
    as_of = road.status().directory_as_of
    return as_of is not None and as_of.timestamp() >= began - 1


def _shows_something(glass: Glass) -> bool:
    try:
        return bool(glass.scene()["name"])
    except GlassDark:
        return False
