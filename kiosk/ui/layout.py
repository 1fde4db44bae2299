"""Turns a scene into rectangles on the glass, in drawing order; draws nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.ui.flex import Claim, baseline_tops, offset, share, starts
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Align, Box, Button, Column, Insets, Look, Node, Row, Scene, Stack, Text
from kiosk.ui.pieces import Gauge, Notch, Ring, TapHint, Turning
from kiosk.ui.sizes import Sizes
from kiosk.ui.tap_shape import Rect, tap_shape
from kiosk.ui.typeset import TextFit

# Space between the hint's label and the edge of the glass (design language, "Measures").
MARGIN_MM = 13
# Rounding may take a pixel here and there; more is a fault of the screen.
SLACK_PX = 2


class TextFitter(Protocol):
    """Sets texts; the typesetter does, and so does a fake in tests."""

    def fit(self, text: Text, width_px: int) -> TextFit:
        """Set the text into a width."""

    def narrowest(self, text: Text) -> int:
        """The least width at which nothing is cut, px."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One node and where it stands.

    Attributes:
        depth: how many nodes it is inside of.
        fit: the set words of a Text.
    """

    node: Node
    rect: Rect
    depth: int
    fit: TextFit | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What can be touched, and where."""

    button: Button
    rect: Rect


@dataclass(frozen=True, slots=True)
class Layout:
    """A scene on the glass.

    Attributes:
        placed: every node in drawing order.
        problems: what does not fit, in words; empty for a sound screen.
    """

    scene: Scene
    placed: tuple[Placed, ...]
    targets: tuple[Target, ...]
    problems: tuple[str, ...]

    def target_at(self, x: float, y: float) -> Button | None:
        """The topmost button under a point, px."""
        for target in reversed(self.targets):
            if target.rect.holds(x, y):
                return target.button
        return None


def arrange(
    scene: Scene, metrics: Metrics, fitter: TextFitter, shift: tuple[int, int] = (0, 0)
) -> Layout:
    """Lay the scene out over the whole glass.

    Args:
        scene: what to show.
        metrics: the glass.
        fitter: sets the texts.
        shift: pixels everything is moved by, against burn-in.
    """
    return _Arranger(scene, metrics, fitter).run(shift)


class _Arranger:
    def __init__(self, scene: Scene, metrics: Metrics, fitter: TextFitter) -> None:
        self._scene = scene
        self._metrics = metrics
        self._fitter = fitter
        self._sizes = Sizes(metrics, fitter)
        self._placed: list[Placed] = []
        self._targets: list[Target] = []
        self._problems: list[str] = []
        self._box: Rect | None = None
        self._glass = Rect(0, 0, metrics.width_px, metrics.height_px)
        self._by_kind: dict[type[Node], Callable[..., None]] = {
            Row: self._row,
            Column: self._column,
            Box: self._in_box,
            Button: self._in_button,
            Stack: self._stack,
            Ring: self._in_ring,
            Turning: self._in_ring,
            Gauge: self._in_ring,
            TapHint: self._in_hint,
        }

    def run(self, shift: tuple[int, int]) -> Layout:
        glass = self._glass = Rect(*shift, self._metrics.width_px, self._metrics.height_px)
        self._place(self._scene.root, glass, 0)
        return Layout(self._scene, tuple(self._placed), tuple(self._targets), tuple(self._problems))

    def _place(self, node: Node, rect: Rect, depth: int) -> None:
        fit = self._fitter.fit(node, rect.w) if isinstance(node, Text) else None
        self._placed.append(Placed(node, rect, depth, fit))
        self._check(node, rect, fit)
        inside = self._by_kind.get(type(node))
        if inside:
            inside(node, rect, depth + 1)

    def _check(self, node: Node, rect: Rect, fit: TextFit | None) -> None:
        if fit and fit.cut and isinstance(node, Text):
            self._problem(f"text is cut: {node.plain!r} in {rect.w} px")
        if fit and fit.height > rect.h + SLACK_PX and isinstance(node, Text):
            self._problem(f"text is {fit.height} px high in {rect.h} px: {node.plain!r}")
        glass = self._glass
        over = max(
            glass.x - rect.x,
            glass.y - rect.y,
            rect.right - glass.right,
            rect.bottom - glass.bottom,
        )
        if over > SLACK_PX:
            self._problem(f"{_name(node)} leaves the glass by {over} px")

    def _problem(self, words: str) -> None:
        self._problems.append(f"{self._scene.name}: {words}")

    def _row(self, row: Row, rect: Rect, depth: int) -> None:
        gap = self._metrics.px(row.gap)
        widths = self._sizes.row_widths(row, rect.w)
        self._overflow(row, sum(widths) + gap * (len(widths) - 1) - rect.w, "wide")
        heights = [
            self._across(item, row.align, rect.h, self._sizes.height(item, w))
            for item, w in zip(row.items, widths, strict=True)
        ]
        tops = [offset(row.align, rect.h, high) for high in heights]
        if row.align is Align.BASELINE:
            lines = [self._sizes.baseline(i, w) for i, w in zip(row.items, widths, strict=True)]
            tops = baseline_tops(lines, heights, rect.h)
        lefts = starts(widths, gap, rect.w, row.justify)
        for item, x, y, w, h in zip(row.items, lefts, tops, widths, heights, strict=True):
            held = self._rect_of(item, Rect(rect.x + x, rect.y + y, w, h), upright=True)
            self._place(item, held, depth)

    def _column(self, column: Column, rect: Rect, depth: int) -> None:
        gap = self._metrics.px(column.gap)
        widths = [
            self._across(item, column.align, rect.w, self._sizes.width(item), wide=True)
            for item in column.items
        ]
        claims = []
        for item, w in zip(column.items, widths, strict=True):
            high = self._sizes.height(item, w)
            claims.append(Claim(item.grow, high, high))
        room = rect.h - gap * (len(claims) - 1)
        heights = share(room, claims)
        self._overflow(column, sum(heights) - room, "high")
        tops = starts(heights, gap, rect.h, column.justify)
        for item, y, w, h in zip(column.items, tops, widths, heights, strict=True):
            x = offset(column.align, rect.w, w)
            held = self._rect_of(item, Rect(rect.x + x, rect.y + y, w, h), upright=False)
            self._place(item, held, depth)

    def _across(
        self, item: Node, align: Align, room: int, natural: int, *, wide: bool = False
    ) -> int:
        """The length of an item across its parent's axis."""
        fixed = item.width if wide else item.height
        if fixed is not None:
            return self._metrics.px(fixed)
        if align is Align.STRETCH or self._sizes.fills(item, wide=wide):
            return room
        return min(room, natural) if wide else natural

    def _rect_of(self, item: Node, rect: Rect, *, upright: bool) -> Rect:
        """A notch reaches from edge to edge of the card it perforates."""
        if not isinstance(item, Notch) or self._box is None:
            return rect
        box = self._box
        if upright:
            return Rect(rect.x, box.y, rect.w, box.h)
        return Rect(box.x, rect.y, box.w, rect.h)

    def _in_box(self, box: Box, rect: Rect, depth: int) -> None:
        outer, self._box = self._box, rect
        room = self._inset(rect, box.padding)
        wide = self._across(box.child, box.align, room.w, self._sizes.width(box.child), wide=True)
        natural = self._sizes.height(box.child, wide)
        high = self._across(box.child, box.valign, room.h, natural)
        self._overflow(box, natural - room.h, "high")
        x, y = offset(box.align, room.w, wide), offset(box.valign, room.h, high)
        self._place(box.child, Rect(room.x + x, room.y + y, wide, high), depth)
        self._box = outer

    def _in_button(self, button: Button, rect: Rect, depth: int) -> None:
        self._targets.append(Target(button, rect))
        room = self._inset(rect, button.padding)
        if button.look is Look.BARE and isinstance(button.child, Box):
            self._place(button.child, room, depth)
        else:
            self._centred(button.child, room, depth, button)

    def _in_ring(self, ring: Ring | Turning | Gauge, rect: Rect, depth: int) -> None:
        self._centred(ring.child, rect, depth, ring)

    def _centred(self, child: Node, room: Rect, depth: int, parent: Node) -> None:
        wide = self._across(child, Align.CENTRE, room.w, self._sizes.width(child), wide=True)
        natural = self._sizes.height(child, wide)
        high = self._across(child, Align.CENTRE, room.h, natural)
        self._overflow(parent, natural - room.h, "high")
        x, y = (room.w - wide) // 2, (room.h - high) // 2
        self._place(child, Rect(room.x + x, room.y + y, wide, high), depth)

    def _stack(self, stack: Stack, rect: Rect, depth: int) -> None:
        for node, place in stack.layers:
            if place is None:
                self._place(node, rect, depth)
                continue
            wide = self._across(node, Align.START, rect.w, self._sizes.width(node), wide=True)
            high = self._across(node, Align.START, rect.h, self._sizes.height(node, wide))
            x = rect.x + round((rect.w - wide) * place.x)
            y = rect.y + round((rect.h - high) * place.y)
            self._place(node, Rect(x, y, wide, high), depth)

    def _in_hint(self, hint: TapHint, rect: Rect, depth: int) -> None:
        room = tap_shape(hint.corner, rect, self._metrics.px(MARGIN_MM)).label
        high = self._fitter.fit(hint.label, room.w).height
        self._overflow(hint.label, high - room.h, "high")
        y = room.y + (room.h - high) // 2
        self._place(hint.label, Rect(room.x, y, room.w, high), depth)

    def _inset(self, rect: Rect, space: Insets) -> Rect:
        px = self._metrics.px
        left, top = px(space.left), px(space.top)
        return Rect(
            rect.x + left,
            rect.y + top,
            rect.w - left - px(space.right),
            rect.h - top - px(space.bottom),
        )

    def _overflow(self, node: Node, over: int, way: str) -> None:
        if over > SLACK_PX:
            self._problem(f"{_name(node)} is {over} px too {way} for its place")


def _name(node: Node) -> str:
    if isinstance(node, Text):
        return f"text {node.plain!r}"
    if isinstance(node, Button):
        return f"button {node.key!r}"
    return type(node).__name__.lower()
