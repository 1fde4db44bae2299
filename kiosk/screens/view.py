"""How a screen is looked at: language, shape of the glass, where the reader is."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.session.states import Session
from kiosk.session.world import World
from kiosk.ui.languages import Words
from kiosk.ui.nodes import Corner

MARGIN_MM = 13
"""Paper left free at every edge (docs/design.md, measures)."""

GAP_MM = 2.5
"""The step all gaps are multiples of (docs/design.md, measures)."""


@dataclass(frozen=True, slots=True)
class View:
    """One way to draw the session.

    Attributes:
        width_mm, height_mm: of the room to lay out in, as ui.metrics gives it.
        words: in the session's language.
        reduced_motion: nothing moves.
    """

    width_mm: float
    height_mm: float
    words: Words
    corner: Corner = Corner.BOTTOM_RIGHT
    reduced_motion: bool = False

    @property
    def portrait(self) -> bool:
        """Whether the glass is taller than wide."""
        return self.height_mm > self.width_mm

    @property
    def inner_mm(self) -> float:
        """Width between the margins."""
        return self.width_mm - 2 * MARGIN_MM


@dataclass(frozen=True, slots=True)
class Sight:
    """What every screen is a function of: the session, its world, and how it is looked at."""

    session: Session
    world: World
    view: View

    @property
    def words(self) -> Words:
        """The session's language."""
        return self.view.words

    @property
    def seconds_left(self) -> int:
        """Whole seconds until the page's time is up, rounded up as a countdown is read."""
        return max(0, -int((self.world.uptime_s - self.session.until_s) // 1))

    @property
    def now(self) -> datetime:
        """The store's wall clock."""
        return self.world.local_now
