"""A layout as a list of things to draw; two lists tell what must be drawn again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pygame

from kiosk.ui.gauge import Filled
from kiosk.ui.hint import REST
from kiosk.ui.layout import Layout, Placed, TextFitter
from kiosk.ui.metrics import Metrics
from kiosk.ui.motion import Motions
from kiosk.ui.nodes import Box, Button, Icon, Look, Node, Text
from kiosk.ui.palette import Theme
from kiosk.ui.pieces import (
    CountUp,
    Dots,
    Gauge,
    Line,
    Notch,
    Picture,
    Progress,
    Qr,
    Ring,
    TapHint,
    Turning,
)
from kiosk.ui.shapes import Arc, Bar, Dial, Shapes, Sheet
from kiosk.ui.sizes import DOT_ACTIVE_MM, DOT_GAP_MM, DOT_MM
from kiosk.ui.tap_shape import Rect
from kiosk.ui.theme import Colour, Fill, Shadow
from kiosk.ui.typeset import UNBOUNDED_PX, Run

# Outline of buttons: 2 px on the reference screen (design language, "Colour").
BUTTON_EDGE_MM = 0.5
HAIRLINE_MM = 0.25
# In the high-contrast theme a surface is told from the paper by its outline.
PLAIN_EDGE_MM = 0.4
# Radius of the bite out of a voucher at both ends of its perforation.
NOTCH_BITE_MM = 4.0


class Item(NamedTuple):
    """One thing to draw.

    Attributes:
        kind: which method of the brush draws it.
        rect: where its node stands.
        looks: all that decides its pixels beside the theme and the glass.
        spill: how far it reaches beyond `rect`, px.
    """

    kind: str
    rect: Rect
    looks: tuple[Any, ...]
    spill: int = 0

    @property
    def area(self) -> pygame.Rect:
        """Everything it may touch."""
        return pygame.Rect(self.rect).inflate(2 * self.spill, 2 * self.spill)

    def moved(self, down: int) -> "Item":
        """The same, some pixels lower."""
        rect = self.rect
        return self._replace(rect=Rect(rect.x, rect.y + down, rect.w, rect.h))


def runs_of(items: Iterable[Item]) -> Iterator[Run]:
    """Every run of words among the items."""
    for item in items:
        if item.kind == "text":
            for line in item.looks[0].lines:
                yield from line.runs


class Itemiser:
    """Turns layouts into items, for one theme and one glass."""

    def __init__(self, theme: Theme, metrics: Metrics, shapes: Shapes, fitter: TextFitter) -> None:
        self._theme = theme
        self._px = metrics.px
        self._shapes = shapes
        self._fitter = fitter
        self._motions = Motions(allowed=False)
        self._by_kind: dict[type[Node], Callable[[Any, Placed], Iterator[Item]]] = {
            Text: self._text,
            CountUp: self._count_up,
            Icon: self._icon,
            Picture: self._picture,
            Box: self._box,
            Button: self._button,
            Progress: self._progress,
            Ring: self._ring,
            Turning: self._turning,
            Gauge: self._gauge,
            Qr: self._qr,
            Dots: self._dots,
            Line: self._line,
            Notch: self._notch,
            TapHint: self._hint,
        }

    def items(self, layout: Layout, pressed: Button | None, motions: Motions) -> tuple[Item, ...]:
        """Everything to draw, bottom first, and what moves where it is."""
        found: list[Item] = []
        held: tuple[int, Item] | None = None
        self._motions = motions
        for placed in layout.placed:
            if held and placed.depth <= held[0]:
                found.append(held[1])
                held = None
            draw = self._by_kind.get(type(placed.node))
            if draw:
                found.extend(draw(placed.node, placed))
            if pressed is not None and placed.node == pressed:
                held = (placed.depth, self._press(pressed, placed.rect))
        if held:
            found.append(held[1])
        return tuple(found)

    def _text(self, node: Text, placed: Placed) -> Iterator[Item]:
        if placed.fit and node.plain.strip():
            # glyphs may lean out of their line
            spill = placed.fit.height // 3 + 4
            yield Item("text", placed.rect, (placed.fit, node.align), spill)

    def _count_up(self, node: CountUp, placed: Placed) -> Iterator[Item]:
        """On its way the figure may be wider than at its end."""
        figure, *after = node.spans
        now = replace(figure, text=f"{self._motions.figure(node):,}")
        if placed.fit is None or now == figure:
            yield from self._text(node, placed)
            return
        said = Text(spans=(now, *after), style=node.style, colour=node.colour, align=node.align)
        fit = self._fitter.fit(said, UNBOUNDED_PX)
        spill = max(fit.height // 3 + 4, fit.width - placed.rect.w)
        yield Item("text", placed.rect, (fit, node.align), spill)

    def _icon(self, node: Icon, placed: Placed) -> Iterator[Item]:
        colour, size = self._theme.colours[node.colour], self._px(node.size)
        yield Item("icon", placed.rect, (node.name, size, colour), _spill(placed.rect, size, size))

    def _picture(self, node: Picture, placed: Placed) -> Iterator[Item]:
        looks = (node.name, node.tint, self._px(node.radius), node.inset, node.fallback_icon)
        yield Item("picture", placed.rect, looks)

    def _box(self, node: Box, placed: Placed) -> Iterator[Item]:
        edge, edge_mm = node.edge, node.edge_mm
        if edge is None and node.fill is Fill.LINEN and node.shadow and self._theme.light:
            edge, edge_mm = Colour.HAIRLINE, HAIRLINE_MM
        if not self._theme.light and node.fill not in (None, Fill.PINE, Fill.BRONZE):
            edge, edge_mm = Colour.INK, PLAIN_EDGE_MM
        yield from self._sheet(placed, node.fill, node.radius, edge, edge_mm, node.shadow, node)

    def _sheet(
        self,
        placed: Placed,
        fill: Fill | None,
        radius_mm: float,
        edge: Colour | None,
        edge_mm: float,
        shadow: Shadow | None,
        box: Box | None = None,
    ) -> Iterator[Item]:
        rect = placed.rect
        if (fill is None and edge is None) or min(rect.w, rect.h) < 1:
            return
        colour = self._theme.colours[edge] if edge else None
        thick = self._px(edge_mm * self._theme.edge_scale) if edge else 0
        sheet = Sheet(
            (rect.w, rect.h),
            fill,
            self._px(radius_mm),
            colour,
            thick,
            shadow if self._theme.light else None,
            bool(box and box.arcs),
        )
        yield Item("sheet", rect, (sheet,), self._shapes.reach(sheet.shadow))

    def _button(self, node: Button, placed: Placed) -> Iterator[Item]:
        if node.look is Look.BARE:
            return
        fill, edge, shadow = {
            Look.PRIMARY: (Fill.BRONZE, None, Shadow.GLOW),
            Look.SECONDARY: (Fill.LINEN, Colour.EDGE_PINE, Shadow.SOFT),
            Look.QUIET: (Fill.PAPER, Colour.EDGE, None),
        }[node.look]
        if not self._theme.light:
            edge = Colour.INK
        yield from self._sheet(placed, fill, node.radius, edge, BUTTON_EDGE_MM, shadow)

    def _press(self, node: Button, rect: Rect) -> Item:
        bare_card = node.look is Look.BARE and isinstance(node.child, Box)
        radius = node.child.radius if bare_card and isinstance(node.child, Box) else node.radius
        return Item("press", rect, (self._px(radius),))

    def _progress(self, node: Progress, placed: Placed) -> Iterator[Item]:
        size = (placed.rect.w, placed.rect.h)
        # the bar is as many pixels long as it is: finer fractions look alike
        fraction = round(node.fraction * size[0]) / max(1, size[0])
        bar = Bar(size, fraction, node.on_pine, node.knob)
        yield Item("bar", placed.rect, (bar,), self._shapes.glow)

    def _ring(self, node: Ring, placed: Placed) -> Iterator[Item]:
        size = min(placed.rect.w, placed.rect.h)
        fraction = round(min(1.0, max(0.0, node.fraction)) * 720) / 720
        stroke = max(2, self._px(node.stroke))
        yield Item("dial", placed.rect, (Dial(size, stroke, fraction, node.dots),))

    def _turning(self, node: Turning, placed: Placed) -> Iterator[Item]:
        size = min(placed.rect.w, placed.rect.h)
        arc = Arc(size, max(2, self._px(node.stroke)), self._motions.step(node))
        yield Item("arc", placed.rect, (arc,))

    def _gauge(self, node: Gauge, placed: Placed) -> Iterator[Item]:
        size = min(placed.rect.w, placed.rect.h)
        stroke = max(2, self._px(node.stroke))
        fraction = min(1.0, max(0.0, node.fraction))
        ahead = min(1.0, max(fraction, node.ahead))
        yield Item("gauge", placed.rect, (Filled(size, stroke, fraction, ahead),))

    def _qr(self, node: Qr, placed: Placed) -> Iterator[Item]:
        yield Item("qr", placed.rect, (node.data,))

    def _dots(self, node: Dots, placed: Placed) -> Iterator[Item]:
        dot, gap, long = self._px(DOT_MM), self._px(DOT_GAP_MM), self._px(DOT_ACTIVE_MM)
        spill = _spill(placed.rect, (node.count - 1) * (dot + gap) + long, dot)
        yield Item("pager", placed.rect, (node.count, node.active, dot, gap, long), spill)

    def _line(self, node: Line, placed: Placed) -> Iterator[Item]:
        yield Item("line", placed.rect, (self._theme.colours[node.colour],))

    def _notch(self, node: Notch, placed: Placed) -> Iterator[Item]:
        upright = placed.rect.h >= placed.rect.w
        yield Item("notch", placed.rect, (upright,), self._px(NOTCH_BITE_MM))

    def _hint(self, node: TapHint, placed: Placed) -> Iterator[Item]:
        yield Item(
            "hint",
            placed.rect,
            (node.corner, self._motions.pose() if node.alive else REST, node.alive),
        )


def _spill(rect: Rect, wide: int, high: int) -> int:
    """How far something centred in a rectangle reaches out of it, px."""
    return max(0, (max(wide - rect.w, high - rect.h) + 1) // 2)
