"""Nodes with a drawing of their own: pictures, bars, rings, codes, the living hint."""

from dataclasses import dataclass, field

from kiosk.ui.nodes import Align, Node, Span, Text
from kiosk.ui.theme import Colour, Fill, Style, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Node):
    """A hairline across the parent; give `height` for a row's vertical one (width 0.25)."""

    colour: Colour = Colour.HAIRLINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Node):
    """A picture on a tinted, rounded square (or whatever rectangle the parent gives).

    Looked for by name among the content's pictures, then in `images/art/`; when neither has
    it, `fallback_icon` is drawn: never a hole.

    Attributes:
        tint: fill behind the picture, None for none.
        radius: of the corners, mm.
        inset: share of the shorter edge left free around the picture, 0 to 0.5.
    """

    name: str
    tint: Fill | None = None
    radius: float = 6
    inset: float = 0.08
    fallback_icon: str = "gift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Node):
    """A gold bar from an empty to a full end, with a knob where it stands.

    Attributes:
        fraction: 0 to 1.
        on_pine: drawn for the dark hero card; else for paper.
        knob: whether the ring at the bar's end is drawn.
    """

    fraction: float
    on_pine: bool = False
    knob: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring(Node):
    """A ring that empties clockwise from the top, its child in the middle.

    Attributes:
        fraction: what is left, 0 to 1.
        stroke: width of the ring, mm.
        dots: the time-out's dots around it, each a second; 0 for none.
    """

    fraction: float
    child: Node
    stroke: float = 1
    dots: int = 0

    @property
    def children(self) -> tuple[Node, ...]:
        """The one child, centred."""
        return (self.child,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots(Node):
    """Which page of several is shown; the active one is a pine pill."""

    count: int
    active: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notch(Node):
    """A voucher's perforation: dots, and a bite out of the card at both ends.

    Across the card: vertical in a row, horizontal in a column.
    """


class Corner(Token):
    """Where the reader is, seen from the screen."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"
    BELOW = "below"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True, kw_only=True)
class TapHint(Node):
    """The living hint: a member card drifts to the reader, gold rings spread from it.

    Fills the rectangle given to it: a pine quarter disc in the reader's corner (a half disc
    at the edge for BELOW and BESIDE), rings around it, the card tilted above, an arrow that
    points off the glass, and `label` on the disc.

    Attributes:
        alive: False draws the hint at rest (reduced motion, or the reader is lost).
    """

    corner: Corner
    label: Text
    alive: bool = True

    @property
    def children(self) -> tuple[Node, ...]:
        """The label on the disc."""
        return (self.label,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qr(Node):
    """A QR code on white, its quiet zone of four modules inside the node; square.

    Attributes:
        data: what a scanner reads.
    """

    data: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountUp(Text):
    """A figure that runs from one value to another in 600 ms when it comes on the glass.

    The first span is the figure at its end; it is laid out as a Text that says so, and where
    nothing moves it is one. See `count_up()`.

    Attributes:
        start, end: what is shown first and last.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning(Node):
    """A ring with an arc that goes round while something is awaited, its child in the middle.

    Where nothing may move, the whole ring is drawn instead.

    Attributes:
        stroke: width of the ring, mm.
    """

    child: Node
    stroke: float = 1

    @property
    def children(self) -> tuple[Node, ...]:
        """The one child, centred."""
        return (self.child,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge(Node):
    """A ring on pine that fills clockwise from the top, its child in the middle.

    Attributes:
        fraction: what is there, 0 to 1.
        ahead: how far the next step would lead, drawn dimly; not below `fraction`.
        stroke: width of the ring, mm.
    """

    fraction: float
    ahead: float
    child: Node
    stroke: float = 1

    @property
    def children(self) -> tuple[Node, ...]:
        """The one child, centred."""
        return (self.child,)


def count_up(
    start: int,
    end: int,
    style: Style = Style.FIGURE,
    colour: Colour = Colour.INK,
    *,
    after: tuple[Span, ...] = (),
    align: Align = Align.START,
    shrink_to: float = 1.0,
) -> CountUp:
    """A figure with its thousands set off, running from `start` to `end`; `after` stands still."""
    figure = Span(text=f"{end:,}", style=style, colour=colour)
    return CountUp(
        spans=(figure, *after),
        style=style,
        colour=colour,
        align=align,
        shrink_to=shrink_to,
        start=start,
        end=end,
    )
