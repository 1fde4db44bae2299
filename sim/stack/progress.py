"""Says in words what the simulator is waiting for while it starts."""

import time
from collections.abc import Callable
from threading import Event
from typing import TextIO

from sim.stack.errors import Interrupted, PartFailed
from sim.stack.part import Part, State

LOOK_S = 0.05
DOT_S = 1.0
"""A dot appears each second, so that nobody wonders whether it still works."""

UP_WITHIN_S = 60.0
"""A slow machine needs 10 s for HQ's first start; more than a minute is a fault."""


class Progress:
    """Counts the steps of the start."""

    def __init__(self, out: TextIO, steps: int, stop: Event) -> None:
        """Nothing is said yet.

        Args:
            steps: how many there will be.
            stop: set when the person does not want to wait any longer.
        """
        self._out = out
        self._steps = steps
        self._step = 0
        self._stop = stop

    def say(self, words: str) -> None:
        """Write and show at once."""
        self._out.write(words)
        self._out.flush()

    def begin(self, what: str) -> None:
        """The next step begins."""
        self._step += 1
        self.say(f"{self._step}/{self._steps} {what} ...")

    def wait_for(self, part: Part, is_ready: Callable[[], bool]) -> None:
        """Wait until a part is ready.

        Raises:
            PartFailed: it ended, or was not ready within UP_WITHIN_S.
            Interrupted: the person ended the simulator.
        """
        began_s = time.monotonic()
        dots = 0
        while not is_ready():
            passed_s = time.monotonic() - began_s
            if part.state is not State.RUNNING:
                raise PartFailed(_failure(part, f"ended at once (exit code {part.exit_code})"))
            if passed_s > UP_WITHIN_S:
                raise PartFailed(_failure(part, f"was not ready within {UP_WITHIN_S:.0f} s"))
            if passed_s > (dots + 1) * DOT_S:
                dots += 1
                self.say(".")
            if self._stop.wait(LOOK_S):
                raise Interrupted("Ended before it was ready.")

    def done(self, words: str = "ready") -> None:
        """The step is over."""
        self.say(f" {words}\n")


def _failure(part: Part, what: str) -> str:
    said = part.last_lines() or "(it wrote nothing)"
    return (
        f"{part.title} {what}. The last lines of {part.log}:\n{said}\n"
        "Mend what they say and start the simulator again; everything else has been ended."
    )
