"""Stretches a small drawing to any size: corners as they are, edges repeated, middle filled."""

import pygame

from kiosk.ui.surfaces import Size
from kiosk.ui.theme import Rgb

# Length of the piece of an edge that is repeated, px.
EDGE_PX = 96

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
        x, end = rect.x + self._left, rect.right - self._left
        piece = self._small[0] - 2 * self._left
        while x < end and piece > 0 and rows[1] > 0:
            self._piece(target, (x, y), (self._left, rows[0], min(piece, end - x), rows[1]))
            x += piece

    def _down(
        self, target: pygame.Surface, rect: pygame.Rect, columns: tuple[int, int], x: int
    ) -> None:
        """Repeat columns of the drawing (first, number) from the upper corner to the lower."""
        y, end = rect.y + self._top, rect.bottom - self._top
        piece = self._small[1] - 2 * self._top
        while y < end and piece > 0 and columns[1] > 0:
            self._piece(target, (x, y), (columns[0], self._top, columns[1], min(piece, end - y)))
            y += piece

    def _piece(
        self, target: pygame.Surface, place: tuple[int, int], part: tuple[int, int, int, int]
    ) -> None:
        target.blit(self._drawn, place, part, _PREMULTIPLIED)
