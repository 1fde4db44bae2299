"""One kiosk of the town: its real session, desk, queue and kiosk-sync; no glass, no wire."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.app.desk import Desk
from kiosk.app.recorder import Recorder
from kiosk.app.surroundings import Manners, StatusFile, Surroundings
from kiosk.app.verdicts import VerdictWatch
from kiosk.content import Content
from kiosk.drivers.port import CardInserted, CardRemoved, ReaderEvent, Technology
from kiosk.exceptions import HqUnreachable
from kiosk.loyalty.balance import Balance
from kiosk.loyalty.redeeming import Means, means_of
from kiosk.model.cards import CardKey
from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.codes import offline_code
from kiosk.model.facts import Fact, Redemption
from kiosk.model.text import Language
from kiosk.model.verdicts import Claim
from kiosk.model.wire import UploadAnswer
from kiosk.session.advance import advance, begin
from kiosk.session.events import ContentChanged, Event, Pressed, Tick
from kiosk.session.states import Session
from kiosk.session.world import PinPad, World
from kiosk.store.directory import Directory, plain_row
from kiosk.store.directory_writer import DirectoryWriter
from kiosk.store.outbox import Outbox
from kiosk.sync.claims import ClaimsTask
from kiosk.sync.directory import DirectoryTask
from kiosk.sync.errands import Errands
from kiosk.sync.journal import Journal
from kiosk.sync.lane import Task
from kiosk.sync.status import STATUS_FILE
from kiosk.sync.upload import Sender, Uploader
from tests.factories import STORE, TIMING
from tests.hq.office import SALT
from tests.system.link import Link
from tests.system.town import MEMBERS, Town, TownClock, Truth, Wish, key_of, uid_of

LIFTED_S = 1.5
"""Longer than the desk takes a card for a wavering one."""

MOST_TURNS = 30
"""An uploader that wants more turns than this for some tens of records runs in a circle."""

UNSET = datetime(2026, 11, 1, tzinfo=UTC)
"""What a wall clock without a battery may say after a power cut."""


class BoxClock:
    """A kiosk's clocks: the town's time, as far as it was set since the last boot."""

    def __init__(self, town: TownClock) -> None:
        self._town = town
        self._booted = town.now
        self._boots = 0
        self.quality = ClockQuality.SYNCED

    def reboot(self) -> None:
        """The power was off: nobody knows how late it is."""
        self._boots += 1
        self._booted = self._town.now
        self.quality = ClockQuality.UNSET

    def now(self) -> Instant:
        """As in `kiosk.clock.Clock`."""
        known = self.quality is ClockQuality.SYNCED
        wall = self._town.now if known else UNSET + timedelta(seconds=self.monotonic())
        return Instant(wall, f"boot-{self._boots}", self.monotonic(), self.quality)

    def monotonic(self) -> float:
        """As in `kiosk.clock.Clock`."""
        return (self._town.now - self._booted).total_seconds()


@dataclass
class Shelf:
    """Content as it lies on the kiosk's disk."""

    content: Content | None = None
    _seen: Content | None = None

    def changed(self) -> bool:
        """As in `kiosk.app.surroundings.Contents`."""
        return self.content is not self._seen

    def current(self) -> Content | None:
        """As in `kiosk.app.surroundings.Contents`."""
        self._seen = self.content
        return self.content


@dataclass
class Box:
    """A kiosk.

    Attributes:
        heard: by member, the newest word of HQ's that has reached this kiosk's disk.
    """

    town: Town
    name: str
    folder: Path
    clock: BoxClock = field(init=False)
    shelf: Shelf = field(default_factory=Shelf)
    heard: dict[str, Truth] = field(default_factory=dict)
    link: Link = field(init=False)
    session: Session = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        self.clock = BoxClock(self.town.clock)
        self.link = Link(self.town, lambda _: None, self._hear)
        self.start_sync()
        self.fetch_content()
        self.fetch_directory()
        self.start_screen()

    # -- processes -------------------------------------------------------------------------

    def start_sync(self) -> None:
        """kiosk-sync begins anew from the disk."""
        clock, outbox = self.clock, Outbox.open(self.folder / "outbox.db")
        self._outbox = outbox
        self.journal = Journal(self.folder / STATUS_FILE, clock)
        self.link.heard = self.journal.heard
        sender = Sender(self.name, STORE)
        self.uploader = Uploader(outbox, self.link, clock, sender, lambda: 0.5)
        self._writer = DirectoryWriter.open(self.folder / "directory", lambda: clock.now().wall)
        errands = Errands(self.folder / "download", 30, lambda: True, clock, lambda: 0.5)
        self.changes = DirectoryTask(self._writer, self.link, self.journal, errands)
        self._rows = Directory.open(self.folder / "directory", plain_row)
        self.housekeeping = ClaimsTask(outbox, self._rows, clock, self.name)

    def stop_sync(self) -> None:
        """kiosk-sync ends; whatever it had in memory is gone."""
        self._rows.close()
        self._writer.close()
        self._outbox.close()

    def start_screen(self) -> None:
        """The screen's process begins anew from the disk."""
        self.directory = Directory.open(self.folder / "directory", plain_row)
        self.recorder = Recorder(lambda: Outbox.open(self.folder / "outbox.db"), self.clock)
        self.desk = Desk(self.directory, self.recorder, SALT)
        self.verdicts = VerdictWatch(self.recorder, self.folder / "outbox.db")
        manners = Manners(self.name, STORE, Language.ZH, TIMING, PinPad.SHUFFLED, SALT)
        status = StatusFile(self.folder / STATUS_FILE)
        self.surroundings = Surroundings(self.clock, self.shelf, status, manners)
        self.session = begin(self.surroundings.world())

    def stop_screen(self) -> None:
        """The screen's process ends, whatever was on the glass."""
        self.recorder.close()
        self.directory.close()

    def cut_power(self) -> None:
        """Both processes and the clock begin anew."""
        self.close()
        self.clock.reboot()
        self.start_sync()
        self.start_screen()

    def close(self) -> None:
        """End both."""
        self.stop_screen()
        self.stop_sync()

    # -- kiosk-sync's lanes ----------------------------------------------------------------

    def upload(self) -> bool:
        """Send records until none waits that may be sent; whether HQ could be asked."""
        return self._work(self.uploader)

    def fetch_directory(self) -> bool:
        """Bring the directory home; whether all of it came."""
        complete = self._work(self.changes)
        if complete:
            self.heard |= {who: self.town.truth(who) for who in MEMBERS}
        return complete

    def fetch_content(self) -> None:
        """Bring the content home, if the link is up."""
        if self.link.up:
            self.shelf.content = self.town.office.content

    def keep_house(self) -> None:
        """Forget claims and wipe codes, as kiosk-sync does every minute."""
        self.housekeeping.turn(False)

    def _work(self, task: Task) -> bool:
        well = True
        try:
            self._turns(task)
            self.clock.quality = ClockQuality.SYNCED
        except HqUnreachable:
            self.journal.silence()
            well = False
        self.journal.flush()
        return well

    def _turns(self, task: Task) -> None:
        for _ in range(MOST_TURNS):
            if task.turn(False) > 0:
                return
        raise AssertionError("kiosk-sync runs in a circle")

    def _hear(self, answer: UploadAnswer) -> None:
        for result in answer.results:
            who, truth = self.town.truths.get(result.id, ("", None))
            if truth is not None and (who not in self.heard or truth.at > self.heard[who].at):
                self.heard[who] = truth

    # -- the screen ------------------------------------------------------------------------

    def lay(self, member_id: str) -> None:
        """Lay a card down and lift it again, as one does."""
        self.town.pass_time(timedelta(seconds=LIFTED_S))
        self.turn()
        at_s, uid = self.clock.monotonic(), uid_of(member_id)
        self._receive(CardInserted("nfc", at_s, uid, Technology.NFC_A, b"\x44\x00", 0))
        self._receive(CardRemoved("nfc", at_s, uid))

    def press(self, key: str, value: str = "") -> None:
        """Press a button."""
        self.happen(Pressed(key, value))

    def turn(self) -> None:
        """What the screen's process does by itself: verdicts, content, time-outs."""
        for judged in self.verdicts.look(self.session, self.clock.monotonic()):
            self.happen(judged)
        if self.surroundings.look_for_content():
            self.happen(ContentChanged())
        for _ in range(3):
            if self.clock.monotonic() >= self.session.until_s:
                self.happen(Tick())

    def happen(self, event: Event) -> None:
        """One event: facts are on disk before the new page counts."""
        world = self._world()
        step = advance(self.session, event, world)
        pins = None if world.content is None else world.content.programme.redeeming.pin
        self.recorder.keep(step.facts, pins)
        self._note(step.facts)
        self.session = step.session

    def shown(self, member_id: str) -> Balance:
        """The balance a tap would show now."""
        return self.means(member_id).balance

    def means(self, member_id: str) -> Means:
        """What a tap would find this member to redeem with."""
        row = self.directory.find(CardKey(bytes.fromhex(key_of(member_id))))
        assert row is not None
        return means_of(row, self.claims(member_id), self.name)

    def claims(self, member_id: str) -> tuple[Claim, ...]:
        """What this kiosk remembers of its own wishes."""
        return self.recorder.claims_of(member_id)

    @property
    def waiting(self) -> int:
        """Records on disk."""
        return self._outbox.pending().count

    def _world(self) -> World:
        draw = self.town.chance.randbytes
        code = offline_code(draw(8), STORE, SALT)
        return replace(self.surroundings.world(), chance=draw(32), offline_code=code)

    def _receive(self, event: ReaderEvent) -> None:
        happened = self.desk.receive(event)
        if happened is not None:
            self.happen(happened)

    def _note(self, facts: tuple[Fact, ...]) -> None:
        for fact in facts:
            if isinstance(fact, Redemption):
                self.town.wishes[fact.redemption_id] = Wish(self.name, fact)
