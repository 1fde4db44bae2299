"""Nodes that only some pages need: a QR code, a figure that counts up, rings of their own."""

from dataclasses import dataclass, field

from kiosk.ui.nodes import Align, Node, Span, Text
from kiosk.ui.theme import Colour, Style


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
