"""Stand-ins for the parts behind the simulator's panel; see test_panel_ports for their promise."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sim.panel.ports import (
    GlassDark,
    HqSight,
    HqSilent,
    PartSight,
    Phase,
    Picture,
    Received,
)

JPEG = b"\xff\xd8 a picture \xff\xd9"


@dataclass
class FakeGlass:
    """A screen of 1080 x 1920 that shows the same frame until told otherwise."""

    frame: int = 7
    is_dark: bool = False
    heights: list[int | None] = field(default_factory=list)
    touches: list[tuple[Phase, int, int]] = field(default_factory=list)

    def picture(self, after: int | None, height_px: int | None) -> Picture:
        """The one picture, whatever is asked for."""
        self._answer()
        self.heights.append(height_px)
        return Picture(self.frame, 1080, 1920, JPEG)

    def scene(self) -> dict[str, Any]:
        """An attract screen."""
        self._answer()
        return {"frame": self.frame, "name": "attract", "texts": ["您好"], "buttons": []}

    def touch(self, phase: Phase, x: int, y: int) -> None:
        """Remember the finger."""
        self._answer()
        self.touches.append((phase, x, y))

    def _answer(self) -> None:
        if self.is_dark:
            raise GlassDark("no such socket")


@dataclass
class FakeHq:
    """An HQ with a switch and a list."""

    url: str = "http://127.0.0.1:8801"
    is_silent: bool = False
    reachable: bool = True
    newest: tuple[Received, ...] = ()

    def look(self) -> HqSight:
        """The switch and the list."""
        self._answer()
        return HqSight(self.reachable, len(self.newest), self.newest)

    def set_reachable(self, reachable: bool) -> None:
        """Turn the switch."""
        self._answer()
        self.reachable = reachable

    def _answer(self) -> None:
        if self.is_silent:
            raise HqSilent("connection refused")


class FakeParts:
    """Processes that are only words; `deeds` remembers what was asked of them."""

    def __init__(self, *names: str) -> None:
        self._parts = {
            name: PartSight(name, name.title(), "stopped", None, f"/logs/{name}.log", "")
            for name in names
        }
        self.deeds: list[tuple[str, str]] = []

    def look(self) -> Sequence[PartSight]:
        """All of them."""
        return tuple(self._parts.values())

    def start(self, name: str) -> None:
        """It runs."""
        self._become(name, "running")
        self.deeds.append(("start", name))

    def stop(self, name: str) -> None:
        """It is at rest."""
        self._become(name, "stopped")
        self.deeds.append(("stop", name))

    def _become(self, name: str, state: str) -> None:
        self._parts[name] = replace(self._parts[name], state=state)
