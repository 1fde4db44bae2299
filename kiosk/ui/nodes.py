"""What every scene is made of: words, icons, buttons and what holds them; data, no drawing.

A scene is a tree of these and of the pieces (pieces.py). Because it is data, every button can
be checked to be handled, every text to fit, every contrast to be high enough, without a window.

Lengths are millimetres on the configured glass (metrics.py makes pixels of them). `None` for a
width or height means "as large as the content".
"""

from collections.abc import Iterator
from dataclasses import dataclass

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

    Lines break at the parent's width (Chinese by character, Latin by word, no closing mark at
    the start of a line). Where `max_lines` are too few, the style steps down to `shrink_to`;
    what still does not fit ends in an ellipsis and fails the layout test.

    Attributes:
        spans: the words; one Span for plain text (see `text()`).
        max_lines: 0 for as many as it takes.
        shrink_to: smallest fraction of the font size it may be drawn at; 1 never shrinks.
        evened: whether a lost last line takes words from the others; not while one writes.
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
class _Run(Node):
    """Children one after the other."""

    items: tuple[Node, ...]
    gap: float = 0
    justify: Justify = Justify.START

    @property
    def children(self) -> tuple[Node, ...]:
        """The items, in their order."""
        return self.items


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(_Run):
    """Children from left to right."""

    align: Align = Align.CENTRE


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(_Run):
    """Children from top to bottom."""

    align: Align = Align.STRETCH


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
class Gap(Node):
    """Nothing; takes room."""


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
    enters: bool = True


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
