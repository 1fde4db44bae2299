"""A Pcd in memory, and time that a test moves; the fake keeps the same contract as the chip."""

from collections.abc import Callable, Iterable, Iterator

from kiosk.drivers.pcd import Pcd, Sighting
from kiosk.drivers.port import CardInserted, ReaderEvent, ReaderState, Technology
from kiosk.drivers.supervisor import Supervisor
from kiosk.exceptions import CollisionError, ReaderError, ReaderGone, ReadError

ANNA = bytes.fromhex("04a1b2c3d4e580")
BOB = bytes.fromhex("04a1b2c3d4e581")
Action = Callable[[], None]


def sighting(uid: bytes) -> Sighting:
    """An NTAG with this UID."""
    return Sighting(uid, Technology.NFC_A, b"\x44\x00", 0x00)


class FakePcd:
    """A reader whose field, plug and hearing a test sets."""

    def __init__(self) -> None:
        self.cards: list[Sighting] = []
        self.plugged = True
        self.deaf = False
        self.torn = False
        self.broken: Exception | None = None
        self.opened = False
        self.when_opened: Action = lambda: None

    def open(self) -> str:
        """Open, unless unplugged or deaf."""
        self.when_opened()
        if not self.plugged:
            raise ReaderGone("there is no device")
        if self.deaf:
            raise ReaderGone("nobody answers")
        self.opened = True
        return "a reader in memory"

    def sense(self) -> Sighting | None:
        """Look at what the test laid."""
        if self.broken is not None:
            raise self.broken
        if not (self.plugged and self.opened):
            raise ReaderGone("the port is gone")
        if self.deaf:
            raise ReaderError("the reader did not answer")
        if self.torn:
            raise ReadError("something cannot be read")
        if len({card.uid for card in self.cards}) > 1:
            raise CollisionError("more than one card")
        return self.cards[0] if self.cards else None

    def close(self) -> None:
        """Let go."""
        self.opened = False


class Scene:
    """One supervisor on a fake, run in the test's thread along a script.

    Each wait of the supervisor moves the clock and then does the next action of the script;
    the worker ends with the script.
    """

    def __init__(self, chance: float = 0.5) -> None:
        self.pcd = FakePcd()
        self.now_s = 100.0
        self.waits_s: list[float] = []
        self.openings_s: list[float] = []
        self.events: list[ReaderEvent] = []
        self.states: list[ReaderState] = []
        self.plugging: int | None = None
        self.pcd.when_opened = lambda: self.openings_s.append(self.now_s)
        self._script: Iterator[Action | None] = iter(())
        self._chance = chance
        self.supervisor = self._supervised(self.pcd)

    def _supervised(self, pcd: Pcd) -> Supervisor:
        return Supervisor(
            "door",
            pcd,
            lambda: self.plugging,
            clock=lambda: self.now_s,
            chance=lambda: self._chance,
            wait=self._wait,
        )

    def play(self, *script: Action | Iterable[None] | None) -> list[ReaderEvent]:
        """Run the script: an action or None a wait, or `looks(n)` for n waits."""
        self.run(self.pcd, *script)
        return self.events

    def run(self, pcd: Pcd, *script: Action | Iterable[None] | None) -> None:
        """Run the script with another device."""
        self._script = iter([step for part in script for step in _steps(part)])
        self.supervisor = self._supervised(pcd)
        self.supervisor.run(self._emit)

    def _emit(self, event: ReaderEvent) -> None:
        self.events.append(event)
        self.states.append(self.supervisor.state)

    def _wait(self, seconds: float) -> bool:
        self.waits_s.append(seconds)
        self.now_s += seconds
        try:
            action = next(self._script)
        except StopIteration:
            return True
        if action is not None:
            action()
        return False

    def lay(self, uid: bytes) -> Action:
        """The action of laying a card."""
        return lambda: self.pcd.cards.append(sighting(uid))

    def lift(self) -> None:
        """Take the card away that was laid last."""
        self.pcd.cards.pop()

    def clear(self) -> None:
        """Take everything away."""
        self.pcd.cards.clear()

    def unplug(self) -> None:
        """Pull the plug."""
        self.pcd.plugged, self.pcd.opened, self.plugging = False, False, None

    def replug(self) -> None:
        """Put the plug back."""
        self.pcd.plugged, self.plugging = True, (self.plugging or 0) + 1

    def deafen(self, deaf: bool = True) -> Action:
        """The action of making the chip deaf, or hear again."""
        return lambda: setattr(self.pcd, "deaf", deaf)


def kinds(events: list[ReaderEvent]) -> list[str]:
    """The names of the events, without the first ReaderConnected."""
    return [type(event).__name__ for event in events[1:]]


def inserted(events: list[ReaderEvent]) -> list[CardInserted]:
    """The arrivals alone."""
    return [event for event in events if isinstance(event, CardInserted)]


def at_once(*actions: Action) -> Action:
    """Several actions in one wait."""

    def do() -> None:
        for action in actions:
            action()

    return do


def looks(count: int) -> list[None]:
    """So many waits in which the test does nothing."""
    return [None] * count


def _steps(part: Action | Iterable[None] | None) -> Iterable[Action | None]:
    return [part] if part is None or callable(part) else part
