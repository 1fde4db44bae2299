"""Puts kiosk-sync together and runs it to its end."""

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from threading import Event

from kiosk.art import built_in_icons, built_in_pictures
from kiosk.clock import Clock, SystemClock, is_synchronised
from kiosk.config import Config
from kiosk.model.facts import DeviceEvent
from kiosk.model.records import new_record
from kiosk.notify import Notifier
from kiosk.store.content import ContentStore
from kiosk.store.directory import Directory, plain_row
from kiosk.store.directory_writer import DirectoryWriter
from kiosk.store.lost import LostClaims
from kiosk.store.outbox import Outbox
from kiosk.store.sqlite import our_failures
from kiosk.sync.claims import ClaimsTask
from kiosk.sync.clock import FLOOR_FILE, ClockFloor
from kiosk.sync.content import ContentTask
from kiosk.sync.daemon import Daemon, Pulse
from kiosk.sync.directory import DirectoryTask
from kiosk.sync.errands import Errands
from kiosk.sync.hq import HqClient
from kiosk.sync.journal import Journal
from kiosk.sync.lane import Lane
from kiosk.sync.listening import Listener
from kiosk.sync.reopening import ReopeningOutbox
from kiosk.sync.settings import SyncSettings
from kiosk.sync.status import STATUS_FILE
from kiosk.sync.transport import Transport
from kiosk.sync.upload import Sender, Uploader
from kiosk.sync.wake import WalWatch


def run(config: Config, stop: Event, notifier: Notifier) -> None:
    """Run kiosk-sync with this configuration until `stop` is set.

    Raises:
        ConfigError: the token or the file of authorities cannot be used.
        KioskError: it cannot start, or a request hangs that only a new process gets rid of.
    """
    run_with(settings_of(config), stop, notifier)


def settings_of(config: Config) -> SyncSettings:
    """What the configuration says of kiosk-sync.

    Raises:
        ConfigError: the file with the token cannot be used.
    """
    return SyncSettings(
        kiosk=config.kiosk.id,
        store=config.kiosk.store,
        url=config.hq.url,
        token=config.hq.read_token(),
        ca_file=config.hq.ca_file,
        data_dir=config.kiosk.data_dir,
        pictures=built_in_pictures(),
        icons=built_in_icons(),
        changes_every_s=config.hq.changes_every_s,
        content_every_s=config.hq.content_every_s,
    )


def run_with(settings: SyncSettings, stop: Event, notifier: Notifier) -> None:
    """Run kiosk-sync until `stop` is set; it ends within a second, even amid a request.

    Raises:
        KioskError: as in `run`.
    """
    with our_failures(settings.data_dir.name):
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    floor = ClockFloor(settings.data_dir / FLOOR_FILE, is_synchronised)
    clock = SystemClock(floor)
    pulse = Pulse(notifier, clock, stop)
    with _assembled(settings, floor, clock, pulse) as (daemon, transport):
        notifier.ready()
        notifier.status(f"exchanges with {settings.url}")
        try:
            daemon.run(pulse, lambda: transport.is_stuck)
        finally:
            notifier.stopping()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What several parts share."""

    settings: SyncSettings
    hq: HqClient
    journal: Journal
    wake: WalWatch
    clock: Clock

    def errands(self, every_s: float) -> Errands:
        folder = self.settings.data_dir / "download"
        wanted = self._nobody_waits
        return Errands(folder, every_s, wanted, self.clock, random.random)

    def _nobody_waits(self) -> bool:
        return not self.wake.waits()


@contextmanager
def _assembled(
    settings: SyncSettings, floor: ClockFloor, clock: Clock, pulse: Pulse
) -> Iterator[tuple[Daemon, Transport]]:
    """Everything made and connected; taken apart again in reverse order."""
    data = settings.data_dir
    journal = Journal(data / STATUS_FILE, clock)
    with ExitStack() as ending:
        transport = Transport(settings.token, settings.ca_file, pulse.beat)
        ending.callback(transport.close)
        hq = HqClient(
            settings.url, settings.kiosk, transport, Listener(settings.url, journal, floor)
        )
        parts = _Parts(settings, hq, journal, WalWatch(data / "outbox.db"), clock)
        outbox = ReopeningOutbox(lambda: Outbox.open(data / "outbox.db"))
        ending.callback(outbox.close)
        lost = LostClaims(data / "outbox.db")
        directory = DirectoryWriter.open(data / "directory", lambda: clock.now().wall, lost.note)
        ending.callback(directory.close)
        shelf = ContentStore.open(data / "content", settings.pictures, icons=settings.icons)
        rows = Directory.open(data / "directory", plain_row)
        ending.callback(rows.close)
        lanes = _lanes(parts, outbox, _Members(directory, rows, lost), shelf)
        yield Daemon(lanes, parts.wake, journal, floor, clock), transport
        journal.flush()


@dataclass(frozen=True, slots=True)
class _Members:
    """The directory from both sides, and the mark that it makes good."""

    writer: DirectoryWriter
    rows: Directory
    lost: LostClaims


def _lanes(
    parts: _Parts, outbox: ReopeningOutbox, directory: _Members, shelf: ContentStore
) -> tuple[Lane, ...]:
    """The three kinds of exchange, the more urgent first, and the claims' housekeeping."""
    settings, hq, journal, clock = parts.settings, parts.hq, parts.journal, parts.clock
    sender, draw = Sender(settings.kiosk, settings.store), random.random
    members, shop = parts.errands(settings.changes_every_s), parts.errands(settings.content_every_s)

    def tell_hq(event: DeviceEvent) -> None:
        outbox.put(new_record(event, clock.now()))

    task = DirectoryTask(directory.writer, hq, journal, members, tell_hq, directory.lost)
    changes = Lane("directory", task, clock, draw)
    uploader = Uploader(outbox, hq, clock, sender, draw, on_verdict=changes.nudge)
    return (
        Lane("records", uploader, clock, draw, local=True),
        changes,
        Lane("content", ContentTask(shelf, hq, journal, shop), clock, draw),
        Lane(
            "claims",
            ClaimsTask(outbox, directory.rows, clock, settings.kiosk),
            clock,
            draw,
            local=True,
        ),
    )
