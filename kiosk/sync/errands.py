"""What every errand to HQ is told: when to ask, where to put things, when to make way."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kiosk.clock import Clock
from kiosk.exceptions import HqRefused, HqUnreachable
from kiosk.sync.backoff import Chance
from kiosk.sync.ports import Wanted

_Manifest = TypeVar("_Manifest")

SPREAD = 0.2
"""Each pause is longer by up to this part, so that a fleet does not ask in step."""


@dataclass(frozen=True, slots=True)
class Errands:
    """How one sort of thing is fetched from HQ.

    Attributes:
        folder: where unfinished downloads lie.
        every_s: seconds between two questions whether there is something new.
        wanted: False while records wait, which go first.
        clock: for time that passes.
        chance: for the jitter.
    """

    folder: Path
    every_s: float
    wanted: Wanted
    clock: Clock
    chance: Chance

    def pause_s(self) -> float:
        """Seconds until the next question."""
        return self.every_s * (1 + SPREAD * self.chance())


def offered(what: str, ask: Callable[[], _Manifest]) -> _Manifest:
    """HQ's manifest; an HQ that has published nothing yet is asked again later.

    Raises:
        HqUnreachable: no usable answer, or nothing is offered.
        HqRefused: HQ will not answer this.
    """
    try:
        return ask()
    except HqRefused as error:
        if error.status != 404:
            raise
        reason = f"HQ offers no {what} yet, or hq.url is wrong"
        raise HqUnreachable(reason, status=404) from error
