"""The composition root: makes the parts of the kiosk process and puts them together."""

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Event as Flag

from kiosk.app.answers import Answers
from kiosk.app.desk import Desk
from kiosk.app.input_method import InputMethod
from kiosk.app.live_view import Frames, LiveView
from kiosk.app.loop import Loop, Message
from kiosk.app.memory import settle
from kiosk.app.recorder import Recorder
from kiosk.app.stage import Stage, Taste
from kiosk.app.surroundings import Manners, StatusFile, Surroundings
from kiosk.app.verdicts import VerdictWatch
from kiosk.app.window import Window
from kiosk.art import ART_DIR
from kiosk.clock import SystemClock, read_floor
from kiosk.config import Config
from kiosk.config.sections import OWN_PINYIN_INDEX
from kiosk.drivers import open_reader
from kiosk.drivers.port import CardReader
from kiosk.drivers.supervisor import Pace
from kiosk.model.text import Language
from kiosk.notify import Notifier
from kiosk.session.advance import begin
from kiosk.session.world import PinPad, Timing
from kiosk.store.content import ContentStore
from kiosk.store.directory import Directory, plain_row
from kiosk.store.lost import LostClaims
from kiosk.store.outbox import Outbox
from kiosk.sync.clock import FLOOR_FILE
from kiosk.sync.status import STATUS_FILE
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.paint import Painter

log = logging.getLogger(__name__)

MM_PER_INCH = 25.4


READER_STOP_S = 3.0
"""nfcpy waits 1.5 s for the first answer of a reader on a Pi's ttyUSB; stopping waits longer."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the two processes meet, below the configured data folder."""

    data: Path

    @property
    def outbox(self) -> Path:
        """The queue of records."""
        return self.data / "outbox.db"

    @property
    def directory(self) -> Path:
        """The members' directory."""
        return self.data / "directory"

    @property
    def content(self) -> Path:
        """What HQ published."""
        return self.data / "content"

    @property
    def status(self) -> Path:
        """How the road to HQ is."""
        return self.data / STATUS_FILE


def run(config: Config, stop: Flag, notifier: Notifier, *, raise_faults: bool = False) -> None:
    """Run the kiosk until `stop` is set.

    Raises:
        KioskError: it cannot start, or could not end cleanly.
    """
    with _assembled(config, notifier, raise_faults=raise_faults) as (loop, reader, emit):
        reader.start(emit)  # finding it takes a while: its thread searches meanwhile
        try:
            loop.rehearse()
            settle()
            loop.run(stop)
        finally:
            notifier.stopping()
            reader.stop(READER_STOP_S)


@dataclass(frozen=True, slots=True)
class _Front:
    """What faces the member, and what the pictures are made from."""

    clock: SystemClock
    surroundings: Surroundings
    window: Window
    frames: Frames
    stage: Stage


@contextmanager
def _assembled(
    config: Config, notifier: Notifier, *, raise_faults: bool
) -> Iterator[tuple[Loop, CardReader, Callable[[Message], None]]]:
    """Everything made and connected; taken apart again in reverse order."""
    folders = Folders(config.kiosk.data_dir)
    messages: SimpleQueue[Message] = SimpleQueue()
    with ExitStack() as parts:
        # The first picture waits for nothing it does not show.
        front = _front(config, folders, parts)
        directory = Directory.open(folders.directory, plain_row)
        parts.callback(directory.close)
        recorder = Recorder(lambda: Outbox.open(folders.outbox), front.clock)
        parts.callback(recorder.close)
        _live_view(config, messages, front.frames, parts)
        loop = Loop(
            messages=messages,
            stage=front.stage,
            desk=Desk(directory, recorder, front.surroundings.manners.fleet_salt),
            recorder=recorder,
            verdicts=VerdictWatch(recorder, folders.outbox),
            surroundings=front.surroundings,
            notifier=notifier,
            answer=Answers(front.window, front.frames),
            raise_faults=raise_faults,
        )
        yield loop, _reader(config), messages.put


def _front(config: Config, folders: Folders, parts: ExitStack) -> _Front:
    """Window, pages and the world they are made from, the first picture on the glass."""
    floor_file = config.kiosk.data_dir / FLOOR_FILE
    clock = SystemClock(floor=lambda: read_floor(floor_file))
    frames = Frames()
    window = _window(config)
    parts.callback(window.close)
    contents = ContentStore.open(folders.content)
    surroundings = _surroundings(config, clock, contents, folders)
    input_method = InputMethod(OWN_PINYIN_INDEX)
    parts.callback(input_method.close)
    surroundings.pinyin = lambda: input_method.usable
    stage = _stage(config, window, frames, clock, input_method)
    surroundings.on_content = lambda: stage.take_pictures_from(contents.pictures_dir())
    surroundings.on_content()
    world = surroundings.world()
    stage.show(begin(world), world)
    return _Front(clock, surroundings, window, frames, stage)


def _live_view(
    config: Config, messages: SimpleQueue[Message], frames: Frames, parts: ExitStack
) -> None:
    """The live view, where the configuration names its socket."""
    if config.live_view.socket is None:
        return
    live_view = LiveView(config.live_view.socket, messages.put, frames)
    live_view.start()
    parts.callback(live_view.stop)


def _reader(config: Config) -> CardReader:
    settings = config.reader
    pace = Pace(look_s=settings.poll_ms / 1000)
    return open_reader(settings.name, settings.driver, str(settings.path), pace)


def _window(config: Config) -> Window:
    screen = config.screen
    size = (screen.width_px, screen.height_px)
    return Window(size, screen.rotate_deg, fullscreen=screen.fullscreen)


def _surroundings(
    config: Config, clock: SystemClock, contents: ContentStore, folders: Folders
) -> Surroundings:
    times = config.session
    manners = Manners(
        kiosk_id=config.kiosk.id,
        store_id=config.kiosk.store,
        language=config.screen.language,
        timing=Timing(
            idle_s=times.idle_s,
            warning_s=times.warning_s,
            notice_s=times.notice_s,
            voucher_s=times.voucher_s,
        ),
        pin_pad=PinPad(times.pin_pad),
        fleet_salt=config.hq.read_fleet_salt(),
    )
    lost = LostClaims(folders.outbox)
    return Surroundings(
        clock, contents, StatusFile(folders.status), manners, claims_lost=lambda: lost.noted
    )


def _stage(
    config: Config,
    window: Window,
    frames: Frames,
    clock: SystemClock,
    input_method: InputMethod,
) -> Stage:
    screen = config.screen
    width, height = window.surface.get_size()
    px_per_mm = math.hypot(width, height) / (screen.diagonal_inch * MM_PER_INCH)
    painter = Painter(
        (width, height),
        Metrics(width, height, px_per_mm),
        screen.theme,
        fonts_dir=screen.fonts_dir,
        art_dir=ART_DIR,
        surface=window.surface,
        motion=not screen.reduced_motion,
    )
    taste = Taste(
        words={language: load(language.value) for language in Language},
        corner=screen.reader_corner,
        reduced_motion=screen.reduced_motion,
    )
    return Stage(window, painter, taste, frames, clock, input_method)
