"""How a screen is looked at: language, shape of the glass, where the reader is."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from kiosk.content import Content
from kiosk.loyalty.summary import Place, Summary, summarise
from kiosk.pinyin.candidates import Pages
from kiosk.session.states import Session, Visitor
from kiosk.session.world import World
from kiosk.ui.languages import Words
from kiosk.ui.pieces import Corner

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
        factor: what a millimetre of the design is on the glass: 1, or less on a small panel.
    """

    width_mm: float
    height_mm: float
    words: Words
    corner: Corner = Corner.BOTTOM_RIGHT
    reduced_motion: bool = False
    factor: float = 1.0

    @property
    def portrait(self) -> bool:
        """Whether the glass is taller than wide."""
        return self.height_mm > self.width_mm

    @property
    def inner_mm(self) -> float:
        """Width between the margins."""
        return self.width_mm - 2 * MARGIN_MM


@dataclass(frozen=True)
class Sight:
    """What every screen is a function of: the session, its world, and how it is looked at.

    Attributes:
        candidates: what the letters being typed may mean, the likeliest first.
    """

    session: Session
    world: World
    view: View
    candidates: Pages = field(default=(), repr=False)

    @property
    def words(self) -> Words:
        """The session's language."""
        return self.view.words

    @property
    def content(self) -> Content:
        """What HQ published; a member's page is only opened when there is content."""
        assert self.world.content is not None
        return self.world.content

    @property
    def visitor(self) -> Visitor:
        """Who is there; a member's page is only opened for somebody."""
        assert self.session.visitor is not None
        return self.session.visitor

    @property
    def place(self) -> Place:
        """Where the kiosk stands."""
        return Place(self.world.store_id, self.world.kiosk_id)

    @cached_property
    def summary(self) -> Summary:
        """The visitor's figures of today, computed once a scene."""
        visitor, today = self.visitor, self.world.today
        zone = self.now.tzinfo
        return summarise(visitor.member, visitor.claims, self.content, self.place, today, zone)

    @property
    def seconds_left(self) -> int:
        """Whole seconds until the page's time is up, rounded up as a countdown is read."""
        return max(0, -int((self.world.uptime_s - self.session.until_s) // 1))

    def local(self, moment: datetime) -> datetime:
        """HQ's time on the store's clock; at the ends of the calendar it stays what it is."""
        try:
            return moment.astimezone(self.now.tzinfo)
        except OverflowError:
            return moment

    @property
    def now(self) -> datetime:
        """The store's wall clock."""
        return self.world.local_now
