"""How large every node wants to be, and how small it can be; remembered for one layout."""

import math
from collections.abc import Callable
from typing import Protocol

from kiosk.ui.flex import Claim, share
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Box, Button, Column, Icon, Insets, Justify, Node, Row, Stack, Text
from kiosk.ui.pieces import Dots, Gauge, Line, Notch, Picture, Progress, Qr, Ring, TapHint, Turning
from kiosk.ui.typeset import UNBOUNDED_PX, TextFit

# Sizes a node has when nobody gives one, mm.
PICTURE_MM = 20
QR_MM = 60
KNOB_BAR_MM = 9
BAR_MM = 2
LINE_MM = 0.25
NOTCH_MM = 9
DOT_MM = 4
DOT_GAP_MM = 3.5
DOT_ACTIVE_MM = 14


class _Fitter(Protocol):
    def fit(self, text: Text, width_px: int) -> TextFit: ...

    def narrowest(self, text: Text) -> int: ...


class Sizes:
    """Sizes of the nodes of one scene, px; nodes are told apart by identity."""

    def __init__(self, metrics: Metrics, fitter: _Fitter) -> None:
        self._px = metrics.px
        self._fitter = fitter
        self._widths: dict[int, int] = {}
        self._least: dict[int, int] = {}
        self._heights: dict[tuple[int, int], int] = {}
        self._fills: dict[tuple[int, bool], bool] = {}

    def width(self, node: Node) -> int:
        """The width the node wants when there is room."""
        return self._across(node, self._widths, self._content_width)

    def least_width(self, node: Node) -> int:
        """The width below which something is cut."""
        return self._across(node, self._least, self._content_least)

    def _across(self, node: Node, known: dict[int, int], content: Callable[[Node], int]) -> int:
        found = known.get(id(node))
        if found is None:
            wide = self._px(node.width) if node.width is not None else content(node)
            found = known[id(node)] = max(wide, self._px(node.min_width))
        return found

    def height(self, node: Node, width: int) -> int:
        """The height the node wants at a width."""
        key = (id(node), width)
        found = self._heights.get(key)
        if found is None:
            fixed = node.height
            high = self._px(fixed) if fixed is not None else self._content_height(node, width)
            found = self._heights[key] = max(high, self._px(node.min_height))
        return found

    def _content_width(self, node: Node) -> int:
        if isinstance(node, Text):
            return self._fitter.fit(node, UNBOUNDED_PX).width
        return self._joined(node, self.width)

    def _content_least(self, node: Node) -> int:
        if isinstance(node, Text):
            return self._fitter.narrowest(node)
        return self._joined(node, self.least_width)

    def _joined(self, node: Node, of: Callable[[Node], int]) -> int:
        if isinstance(node, Row):
            return sum(map(of, node.items)) + self._px(node.gap) * (len(node.items) - 1)
        if isinstance(node, Column | Stack):
            return max(map(of, node.children), default=0)
        if isinstance(node, Box | Button):
            return of(node.child) + self._px(node.padding.left) + self._px(node.padding.right)
        if isinstance(node, Ring | Turning | Gauge):
            return self._ring(node)
        return self._own(node)[0]

    def _own(self, node: Node) -> tuple[int, int]:
        """Width and height of a node without children."""
        px = self._px
        if isinstance(node, Icon):
            return px(node.size), px(node.size)
        if isinstance(node, Picture):
            wide, high = node.width or node.height, node.height or node.width
            return px(wide or PICTURE_MM), px(high or PICTURE_MM)
        if isinstance(node, Qr):
            side = px(node.width or node.height or QR_MM)
            return side, side
        if isinstance(node, Dots):
            spread = (node.count - 1) * (px(DOT_MM) + px(DOT_GAP_MM)) + px(DOT_ACTIVE_MM)
            return spread, px(DOT_MM)
        if isinstance(node, Notch):
            return px(NOTCH_MM), px(NOTCH_MM)
        if isinstance(node, Line):
            return px(LINE_MM), px(LINE_MM)
        if isinstance(node, Progress):
            return 0, px(KNOB_BAR_MM if node.knob else BAR_MM)
        return 0, 0

    def _ring(self, ring: Ring | Turning | Gauge) -> int:
        """A ring around its child's corners."""
        child = self.width(ring.child)
        high = self.height(ring.child, child)
        return math.ceil(math.hypot(child, high)) + 2 * self._px(ring.stroke)

    def _content_height(self, node: Node, width: int) -> int:
        if isinstance(node, Text):
            return self._fitter.fit(node, width).height
        if isinstance(node, Row):
            return self._row_height(node, width)
        if isinstance(node, Column):
            heights = [self.height(item, self._width_in(item, width)) for item in node.items]
            return sum(heights) + self._px(node.gap) * (len(heights) - 1)
        if isinstance(node, Box | Button):
            return self._padded(node.child, node.padding, width)
        if isinstance(node, Stack):
            return max((self.height(n, self._width_in(n, width)) for n in node.children), default=0)
        if isinstance(node, Ring | Turning | Gauge):
            return width if node.width is not None else self._ring(node)
        return self._own(node)[1]

    def _padded(self, child: Node, padding: Insets, width: int) -> int:
        room = width - self._px(padding.left) - self._px(padding.right)
        inner = self.height(child, self._width_in(child, room))
        return inner + self._px(padding.top) + self._px(padding.bottom)

    def _width_in(self, node: Node, room: int) -> int:
        return self._px(node.width) if node.width is not None else room

    def _row_height(self, row: Row, width: int) -> int:
        pairs = list(zip(row.items, self.row_widths(row, width), strict=True))
        if row.align.value != "baseline":
            return max((self.height(item, wide) for item, wide in pairs), default=0)
        lines = [self.baseline(item, wide) for item, wide in pairs]
        heights = [self.height(item, wide) for item, wide in pairs]
        below = max((h - line for h, line in zip(heights, lines, strict=True)), default=0)
        return max(lines, default=0) + below

    def row_widths(self, row: Row, width: int) -> list[int]:
        """Widths of a row's items when the row is `width` wide."""
        room = width - self._px(row.gap) * (len(row.items) - 1)
        claims = [Claim(i.grow, self.width(i), self.least_width(i)) for i in row.items]
        return share(room, claims)

    def baseline(self, node: Node, width: int) -> int:
        """Distance of the node's first baseline from its top; its bottom when it has none."""
        if isinstance(node, Text):
            return self._fitter.fit(node, width).baseline
        if isinstance(node, Column) and node.items:
            return self.baseline(node.items[0], width)
        if isinstance(node, Box):
            room = width - self._px(node.padding.left) - self._px(node.padding.right)
            return self._px(node.padding.top) + self.baseline(node.child, room)
        if isinstance(node, Row) and node.items:
            wide = self.row_widths(node, width)
            return max(self.baseline(i, w) for i, w in zip(node.items, wide, strict=True))
        return self.height(node, width)

    def fills(self, node: Node, *, wide: bool) -> bool:
        """Whether the node takes all the room across, though its parent only centres it."""
        key = (id(node), wide)
        found = self._fills.get(key)
        if found is None:
            found = self._fills[key] = self._does_fill(node, wide=wide)
        return found

    def _does_fill(self, node: Node, *, wide: bool) -> bool:
        if isinstance(node, Box):
            return _stretches(node, wide=wide) and self.fills(node.child, wide=wide)
        if isinstance(node, Row) and wide:
            return node.justify is Justify.BETWEEN or any(item.grow for item in node.items)
        if isinstance(node, Row | Column):
            across = any(self.fills(item, wide=wide) for item in node.items)
            return across or (not wide and any(item.grow for item in node.items))
        if isinstance(node, Line | Progress) and wide:
            return node.width is None and node.height is None
        if isinstance(node, Line) and not wide:
            return node.width is not None and node.height is None
        return isinstance(node, Stack | TapHint | Notch)


def _stretches(box: Box, *, wide: bool) -> bool:
    return (box.align if wide else box.valign).value == "stretch"
