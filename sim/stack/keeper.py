"""Keeps the parts on one thread: starts and ends them when asked, notices when one ends."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Event

from sim.panel.ports import PartSight
from sim.stack.part import STOP_WITHIN_S, Part, State

LOOK_S = 0.2
"""Seconds between two looks at the parts."""

ANSWER_WITHIN_S = 3 * STOP_WITHIN_S
"""Another job may be at work on a part that does not want to end."""


class Keeper:
    """The parts as the panel may see and move them.

    `run` belongs to the thread that started the parts; everything else is safe from any.
    """

    def __init__(self, parts: Sequence[Part], tell: Callable[[str], None]) -> None:
        """The parts run already.

        Args:
            tell: takes a sentence for the terminal when a part ends by itself.
        """
        self._parts = {part.name: part for part in parts}
        self._tell = tell
        self._jobs: SimpleQueue[tuple[Callable[[], object], Future[None]]] = SimpleQueue()
        self._seen: tuple[PartSight, ...] = ()
        self._look()

    def run(self, stop: Event) -> None:
        """Do what is asked for until `stop` is set."""
        while not stop.is_set():
            self._next_job()
            self._look()

    def look(self) -> Sequence[PartSight]:
        """All parts, as they were at the last look."""
        return self._seen

    def start(self, name: str) -> None:
        """Start a part; see `sim.panel.ports.Parts`."""
        self._ask(self._parts[name].start)

    def stop(self, name: str) -> None:
        """End a part; see `sim.panel.ports.Parts`."""
        self._ask(self._parts[name].stop)

    def _ask(self, work: Callable[[], object]) -> None:
        done: Future[None] = Future()
        self._jobs.put((work, done))
        done.result(ANSWER_WITHIN_S)

    def _next_job(self) -> None:
        try:
            work, done = self._jobs.get(timeout=LOOK_S)
        except Empty:
            return
        try:
            work()
        except OSError as problem:
            done.set_exception(problem)
            return
        self._look()
        done.set_result(None)

    def _look(self) -> None:
        before = {sight.name: sight.state for sight in self._seen}
        self._seen = tuple(_sight(part) for part in self._parts.values())
        for sight in self._seen:
            if sight.state == State.ENDED and before.get(sight.name) != State.ENDED:
                self._tell(
                    f"{sight.title} ended by itself (exit code {sight.exit_code})."
                    f" The last lines of {sight.log}:\n{sight.last_lines}\n"
                    "Start it again on the page; the others go on."
                )


def _sight(part: Part) -> PartSight:
    state = part.state
    last_lines = part.last_lines() if state is State.ENDED else ""
    return PartSight(part.name, part.title, state.value, part.exit_code, str(part.log), last_lines)
