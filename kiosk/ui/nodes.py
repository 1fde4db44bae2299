"""The pieces a scene is made of: frozen data, sizes in millimetres, no drawing.

A scene is a tree of these. Because it is data, every button can be checked to be handled,
every text to fit and every contrast to be high enough, without opening a window.

Lengths are millimetres on the configured glass (see ui/metrics.py for how they become
pixels). `None` for a width or height means "as large as the content".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.ui.theme import Colour, Fill, Shadow, Style, Token


class Align(Token):
    """Where children stand across the axis of a row or column, or text in its width."""

    START = "start"
    CENTRE = "centre"
    END = "end"
    STRETCH = "stretch"
    BASELINE = "baseline"  # rows of text only


class Justify(Token):
    """Where children stand along the axis when there is room to spare."""

    START = "start"
    CENTRE = "centre"
    END = "end"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Insets:
    """Space inside a box, in millimetres."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0

    @classmethod
    def all(cls, every: float) -> "Insets":
        """The same space on every side."""
        return cls(every, every, every, every)

    @classmethod
    def xy(cls, x: float, y: float) -> "Insets":
        """One space left and right, one above and below."""
        return cls(x, y, x, y)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every piece has.

    Attributes:
        width: fixed outer width, mm.
        height: fixed outer height, mm.
        min_width: outer width at least, mm.
        min_height: outer height at least, mm.
        grow: share of the spare room along the parent's axis; 0 takes none.
    """

    width: float | None = None
    height: float | None = None
    min_width: float = 0
    min_height: float = 0
    grow: float = 0

    @property
    def children(self) -> "tuple[Node, ...]":
        """The nodes directly inside this one, in drawing order."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of characters in one look; None takes the look of the text around it.

    Attributes:
        raise_mm: lifts the run's baseline, for a small unit beside a large figure.
    """

    text: str
    style: Style | None = None
    colour: Colour | None = None
    raise_mm: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """Words on the glass.

    Lines break at the width given by the parent (Chinese by character, Latin by word, no
    closing mark at the start of a line). More than `max_lines` would be needed: the style
    steps down to `shrink_to` first; a text that still does not fit ends in an ellipsis and
    fails the layout test.

    Attributes:
        spans: the words; one Span for plain text (see `text()`).
        max_lines: 0 for as many as it takes.
        shrink_to: smallest fraction of the font size it may be drawn at; 1 never shrinks.
        evened: whether a last line that looks lost takes words from the others; not while
            somebody writes.
    """

    spans: tuple[Span, ...]
    style: Style = Style.BODY
    colour: Colour = Colour.INK
    align: Align = Align.START
    max_lines: int = 1
    shrink_to: float = 1.0
    evened: bool = True

    @property
    def plain(self) -> str:
        """The words without their looks."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon(Node):
    """One of our stroke icons, `images/art/icons/NAME.svg`, drawn in one colour.

    Attributes:
        size: edge of the square, mm.
    """

    name: str
    size: float = 6
    colour: Colour = Colour.INK


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
class Row(Node):
    """Children from left to right."""

    items: tuple[Node, ...]
    gap: float = 0
    align: Align = Align.CENTRE
    justify: Justify = Justify.START

    @property
    def children(self) -> tuple[Node, ...]:
        """The items, left first."""
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Node):
    """Children from top to bottom."""

    items: tuple[Node, ...]
    gap: float = 0
    align: Align = Align.STRETCH
    justify: Justify = Justify.START

    @property
    def children(self) -> tuple[Node, ...]:
        """The items, top first."""
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Node):
    """A filled, rounded rectangle around one child: card, pill, badge, banner.

    Attributes:
        edge: colour of the outline, None for none.
        edge_mm: its width; the design's 2 px on the reference screen is 0.5 mm.
        arcs: the hero's fine gold arcs in the top right corner.
        align, valign: where the child stands when the box is larger than it.
    """

    child: Node
    padding: Insets = Insets()
    fill: Fill | None = Fill.LINEN
    radius: float = 8
    edge: Colour | None = None
    edge_mm: float = 0.5
    shadow: Shadow | None = None
    arcs: bool = False
    align: Align = Align.STRETCH
    valign: Align = Align.STRETCH

    @property
    def children(self) -> tuple[Node, ...]:
        """The one child."""
        return (self.child,)


class Look(Token):
    """How a button is drawn."""

    PRIMARY = "primary"  # bronze, white bold words
    SECONDARY = "secondary"  # linen, pine edge
    QUIET = "quiet"  # paper, brown edge
    BARE = "bare"  # nothing but its child: list rows, parts of the top pill


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(Node):
    """A target. Its whole rectangle can be touched; `key` is what the session hears.

    A pressed button is drawn darker within 100 ms of touch-down; it acts on touch-up inside.

    Attributes:
        key: name of the press, handled by the session.
        says: the words for speech and for tests.
        value: what is pressed when one key serves several buttons (a reward's id).
    """

    key: str
    child: Node
    says: str
    value: str = ""
    look: Look = Look.SECONDARY
    radius: float = 7
    padding: Insets = Insets()

    @property
    def children(self) -> tuple[Node, ...]:
        """The one child, centred."""
        return (self.child,)


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
class Line(Node):
    """A hairline across the parent; give `height` for a row's vertical one (width 0.25)."""

    colour: Colour = Colour.HAIRLINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Notch(Node):
    """A voucher's perforation: dots, and a bite out of the card at both ends.

    Across the card: vertical in a row, horizontal in a column.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Node):
    """Nothing; takes room."""


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
class Place:
    """Where a child of a Stack stands, as fractions of the stack: 0 left/top, 1 right/bottom."""

    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack(Node):
    """Children on top of one another, each the size it wants; None fills the stack."""

    layers: tuple[tuple[Node, Place | None], ...]

    @property
    def children(self) -> tuple[Node, ...]:
        """The layers, bottom first."""
        return tuple(node for node, _ in self.layers)


class Backdrop(Token):
    """What lies behind everything."""

    PAPER = "paper"
    VEIL = "veil"  # paper with soft blurred shapes: there was something, and it is hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One whole picture.

    Attributes:
        name: which screen this is, for tests and the live view.
        root: laid out over the whole glass; it brings its own margins.
        enters: whether the change to this scene slides and fades (200 ms) or is at once.
    """

    name: str
    root: Node
    backdrop: Backdrop = Backdrop.PAPER
    enters: bool = field(default=True)


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it, in drawing order."""
    yield node
    for child in node.children:
        yield from walk(child)


def text(
    words: str,
    style: Style = Style.BODY,
    colour: Colour = Colour.INK,
    *,
    align: Align = Align.START,
    max_lines: int = 1,
    shrink_to: float = 1.0,
    grow: float = 0,
) -> Text:
    """A Text of one look."""
    return Text(
        spans=(Span(text=words),),
        style=style,
        colour=colour,
        align=align,
        max_lines=max_lines,
        shrink_to=shrink_to,
        grow=grow,
    )
