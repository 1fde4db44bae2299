"""The one thread that owns the screen: waits for an event, advances, keeps, shows."""

import logging
import sys
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event as Flag

from kiosk.app.desk import Desk
from kiosk.app.live_view import Ask
from kiosk.app.memory import give_back
from kiosk.app.recorder import Recorder
from kiosk.app.rehearsal import pages_of_nobody
from kiosk.app.sealing import prepare
from kiosk.app.stage import Stage
from kiosk.app.surroundings import Surroundings
from kiosk.app.verdicts import VerdictWatch
from kiosk.discreet import told
from kiosk.drivers.port import ReaderEvent
from kiosk.exceptions import StoreFailed
from kiosk.model.rules import PinRule
from kiosk.notify import Notifier
from kiosk.session.advance import advance, begin, fault
from kiosk.session.events import ContentChanged, Event, StorageBack, StorageFailed, Tick
from kiosk.session.states import Attract, OutOfService, PinEntry, Session, Step
from kiosk.session.world import World

log = logging.getLogger(__name__)

TOUCH_POLL_S = 0.033
"""How often the window is asked for touches; SDL's own waiting polls at 1 kHz (pygame#3036)."""

LOOK_AROUND_S = 0.5
"""How often content and the uploader's status are looked at."""

ALIVE_S = 4.0
"""How often systemd is told that this thread lives; the unit's WatchdogSec is 20 s."""

LET_GO_S = 15 * 60.0
"""How often anonymous answers are looked at: our choice; one moment for many, and nobody's."""

STORAGE_RETRY_S = 5.0
"""How often a disk that has refused is tried again."""

MAX_FAULTS = 5
"""After so many faults in a row the process ends and systemd starts it anew."""

Message = ReaderEvent | Ask


class Loop:
    """Runs the kiosk; everything it needs is given to it."""

    def __init__(
        self,
        *,
        messages: "SimpleQueue[Message]",
        stage: Stage,
        desk: Desk,
        recorder: Recorder,
        verdicts: VerdictWatch,
        surroundings: Surroundings,
        notifier: Notifier,
        answer: Callable[[Ask, "Loop"], None],
        raise_faults: bool,
        give_back: Callable[[], None] = give_back,
    ) -> None:
        """Put the loop together.

        Args:
            messages: what other threads post.
            verdicts: brings HQ's word on what the session asked for.
            answer: answers the live view's requests.
            raise_faults: in development, a fault in the kiosk's own code ends the process.
            give_back: returns to the system what drawing a page took and the page does not need.
        """
        self._messages = messages
        self.stage = stage
        self._desk = desk
        self._recorder = recorder
        self._verdicts = verdicts
        self._surroundings = surroundings
        self._notifier = notifier
        self._answer = answer
        self._raise_faults = raise_faults
        self._give_back = give_back
        self._faults = 0
        self._drew = False
        self._due = {"look": 0.0, "alive": 0.0, "storage": 0.0, "let go": 0.0}
        self.session: Session = begin(self.world())

    def world(self) -> World:
        """The surroundings now."""
        return self._surroundings.world()

    def rehearse(self) -> None:
        """Draw what a member's page needs before the first member comes."""
        world = self.world()
        try:
            for session in pages_of_nobody(world):
                self.stage.rehearse(session, world)
        except Exception:
            if self._raise_faults:
                raise
            log.exception("a member's page cannot be drawn ahead")

    def run(self, stop: Flag) -> None:
        """Run until `stop` is set."""
        self._show()
        if not self._recorder.works:
            self.happen(StorageFailed())
        self._notifier.ready()
        while not stop.is_set():
            self.turn()

    # -- one turn --------------------------------------------------------------------------

    def turn(self) -> None:
        """Wait for something to do, at most until the next look for touches, and do it."""
        self._take_messages(self._nap_s())
        now_s = self._surroundings.clock.monotonic()
        for event in self.stage.touches(now_s):
            self.happen(event)
        for judged in self._verdicts.look(self.session, now_s):
            self.happen(judged)
        self._happen_if_any(self._desk.pass_time(now_s))
        self._chores(now_s)
        if now_s >= self.session.until_s:
            self.happen(Tick())
        elif not isinstance(self.session.page, Attract | OutOfService):
            self._show()
        if self._is_due(self.stage.next_frame_s(), now_s):
            self.stage.animate(now_s)

    def _nap_s(self) -> float:
        """How long nothing needs to be done, at most until the next look for touches."""
        now_s = self._surroundings.clock.monotonic()
        frame_s = self.stage.next_frame_s()
        moments = [now_s + TOUCH_POLL_S, self.session.until_s]
        if frame_s is not None:
            moments.append(frame_s)
        return max(0.0, min(moments) - now_s)

    @staticmethod
    def _is_due(moment_s: float | None, now_s: float) -> bool:
        return moment_s is not None and now_s >= moment_s

    def _take_messages(self, timeout_s: float) -> None:
        try:
            message = self._messages.get(timeout=timeout_s) if timeout_s else None
            while True:
                if message is not None:
                    self._take(message)
                message = self._messages.get_nowait()
        except Empty:
            return

    def _take(self, message: Message) -> None:
        if isinstance(message, Ask):
            self._answer(message, self)
            return
        self._happen_if_any(self._desk.receive(message))

    def _chores(self, now_s: float) -> None:
        if self._passed("alive", now_s, ALIVE_S):
            self._notifier.alive()
        if not self._passed("look", now_s, LOOK_AROUND_S):
            return
        if self._drew:
            self._drew = False
            self._give_back()  # 1.3 MB on a member's page, in a quarter of a millisecond
        self._let_go(now_s)
        if self._surroundings.look_for_content():
            self.happen(ContentChanged())
        self._show()
        out = isinstance(self.session.page, OutOfService)
        if out and self._passed("storage", now_s, STORAGE_RETRY_S) and self._recorder.recover():
            self.happen(StorageBack())

    def _let_go(self, now_s: float) -> None:
        """Let anonymous answers go; while somebody is there, not before the next look."""
        is_time = self._passed("let go", now_s, LET_GO_S)
        if not is_time or not isinstance(self.session.page, Attract):
            return
        try:
            self._recorder.let_go()
        except StoreFailed:
            self._due["storage"] = now_s + STORAGE_RETRY_S
            self.happen(StorageFailed())

    def _passed(self, chore: str, now_s: float, every_s: float) -> bool:
        if now_s < self._due[chore]:
            return False
        self._due[chore] = now_s + every_s
        return True

    # -- the heart -------------------------------------------------------------------------

    def happen(self, event: Event) -> None:
        """Advance by one event: facts are on disk before the new page is on the glass."""
        try:
            world = self._surroundings.at_event()
            step = self._kept(advance(self.session, event, world), world)
            before, self.session = self.session, step.session
            self.stage.show(self.session, world)
            if isinstance(self.session.page, PinEntry) and not isinstance(before.page, PinEntry):
                prepare()  # the member has the pad before them and needs a while
            self._drew = True
            self._faults = 0
        except Exception:
            self._recover_from_fault()

    def _happen_if_any(self, event: Event | None) -> None:
        if event is not None:
            self.happen(event)

    def _kept(self, step: Step, world: World) -> Step:
        """The step once its facts are on disk; out of service when the disk refuses one."""
        try:
            self._recorder.keep(step.facts, _pin_rule(world))
        except StoreFailed:
            self._due["storage"] = world.uptime_s + STORAGE_RETRY_S
            return advance(self.session, StorageFailed(), world)
        return step

    def _show(self) -> None:
        try:
            self.stage.show(self.session, self.world())
        except Exception:
            self._recover_from_fault()

    def _recover_from_fault(self) -> None:
        """Show a friendly notice; a fault that comes back again and again ends the process."""
        self._faults += 1
        if self._raise_faults or self._faults > MAX_FAULTS:
            raise  # always called from an except block
        log.error("a fault in the kiosk itself; the session ends: %s", told(sys.exception()))
        world = self.world()
        self.session = self._kept(fault(self.session, world), world).session
        self.stage.show(self.session, world)


def _pin_rule(world: World) -> PinRule | None:
    return None if world.content is None else world.content.programme.redeeming.pin
