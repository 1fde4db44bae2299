"""Stretches a small drawing to any size: corners as they are, edges repeated, middle filled."""

import pygame

from kiosk.ui.surfaces import Size
from kiosk.ui.theme import Rgb

# Length of the piece of an edge that is repeated, px. With 96 what is kept for a member's page is
# 0.6 MB more, with 16 it is 0.1 MB less; the page takes as long to draw with each of them.
EDGE_PX = 32

_PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED


def small_size(size: Size, corner: int) -> Size:
    """The least size a drawing needs from which one of `size` can be made.

    Args:
        size: wanted.
        corner: edge of the square at each corner that may not be stretched, px.
    """
    whole = 2 * corner + EDGE_PX
    return min(size[0], whole), min(size[1], whole)


class Patch:
    """A drawing cut into corners and edges."""

    def __init__(self, drawn: pygame.Surface, corner: int) -> None:
        wide, high = drawn.get_size()
        self._left = min(corner, wide // 2)
        self._top = min(corner, high // 2)
        self._small = (wide, high)
        self._drawn = drawn

    def draw(
        self,
        target: pygame.Surface,
        rect: pygame.Rect,
        middle: Rgb | None = None,
        hidden: pygame.Rect | None = None,
    ) -> None:
        """Draw it over a rectangle.

        Args:
            target: what to draw on; its clip holds.
            rect: where.
            middle: the colour inside; None for nothing.
            hidden: what will be covered anyway, inside `rect`; edges stop there.
        """
        left, top = self._left, self._top
        wide, high = self._small
        hidden = hidden or rect.inflate(-2 * left, -2 * top)
        columns = ((0, left, rect.x), (wide - left, left, rect.right - left))
        rows = ((0, top, rect.y), (high - top, top, rect.bottom - top))
        for from_y, length_y, to_y in rows:
            for from_x, length_x, to_x in columns:
                self._piece(target, (to_x, to_y), (from_x, from_y, length_x, length_y))
        upper, lower = min(top, hidden.y - rect.y), min(top, rect.bottom - hidden.bottom)
        self._across(target, rect, (0, upper), rect.y)
        self._across(target, rect, (high - lower, lower), rect.bottom - lower)
        before, behind = min(left, hidden.x - rect.x), min(left, rect.right - hidden.right)
        self._down(target, rect, (0, before), rect.x)
        self._down(target, rect, (wide - behind, behind), rect.right - behind)
        if middle is not None:
            target.fill(middle, rect.inflate(-2 * left, -2 * top))

    def _across(
        self, target: pygame.Surface, rect: pygame.Rect, rows: tuple[int, int], y: int
    ) -> None:
        """Repeat rows of the drawing (first, number) from the left corner to the right."""
        wide, x, end = self._small[0] - 2 * self._left, rect.x + self._left, rect.right - self._left
        if x >= end or wide <= 0 or rows[1] <= 0:
            return
        last = end - (end - x) % wide
        piece = self._drawn.subsurface((self._left, rows[0], wide, rows[1]))
        target.fblits([(piece, (at, y)) for at in range(x, last, wide)], _PREMULTIPLIED)
        self._piece(target, (last, y), (self._left, rows[0], end - last, rows[1]))

    def _down(
        self, target: pygame.Surface, rect: pygame.Rect, columns: tuple[int, int], x: int
    ) -> None:
        """Repeat columns of the drawing (first, number) from the upper corner to the lower."""
        high, y, end = self._small[1] - 2 * self._top, rect.y + self._top, rect.bottom - self._top
        if y >= end or high <= 0 or columns[1] <= 0:
            return
        last = end - (end - y) % high
        piece = self._drawn.subsurface((columns[0], self._top, columns[1], high))
        target.fblits([(piece, (x, at)) for at in range(y, last, high)], _PREMULTIPLIED)
        self._piece(target, (x, last), (columns[0], self._top, columns[1], end - last))

    def _piece(
        self, target: pygame.Surface, place: tuple[int, int], part: tuple[int, int, int, int]
    ) -> None:
        target.blit(self._drawn, place, part, _PREMULTIPLIED)
