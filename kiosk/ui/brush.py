"""Draws items on a surface, each from what it says and nothing else."""

from collections.abc import Callable

import pygame

from kiosk.ui.backdrop import Behind
from kiosk.ui.cache import SurfaceCache
from kiosk.ui.gauge import Filled, filled_ring
from kiosk.ui.hint import HintPainter, Pose
from kiosk.ui.icons import Pictures
from kiosk.ui.items import NOTCH_BITE_MM, Item
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Align
from kiosk.ui.palette import Theme
from kiosk.ui.pieces import Corner
from kiosk.ui.qr import Codes
from kiosk.ui.shapes import Arc, Bar, Dial, Shapes, Sheet
from kiosk.ui.surfaces import disc, layer, over
from kiosk.ui.tap_shape import Rect
from kiosk.ui.text import Words
from kiosk.ui.theme import Fill, Rgb
from kiosk.ui.typeset import TextFit

# Share of a picture's place that its icon takes when the picture is missing.
FALLBACK_SHARE = 0.5
# A voucher's perforation, mm: size and distance of the dots.
NOTCH_DOT_MM, NOTCH_STEP_MM = 0.9, 3.0
NOTCH_COLOUR: Rgb = (0xC9, 0xBB, 0xA4)


class Brush:
    """Draws every kind of item, for one theme and one glass."""

    def __init__(
        self,
        theme: Theme,
        metrics: Metrics,
        shapes: Shapes,
        pictures: Pictures,
        words: Words,
        hints: HintPainter,
        codes: Codes,
        cache: SurfaceCache,
    ) -> None:
        self._theme = theme
        self._metrics = metrics
        self._shapes = shapes
        self._pictures = pictures
        self._words = words
        self._hints = hints
        self._codes = codes
        self._cache = cache
        self._behind = Behind(layer((1, 1)))
        self._by_kind: dict[str, Callable[..., None]] = {
            "text": self._text,
            "icon": self._icon,
            "picture": self._picture,
            "sheet": self._sheet,
            "press": self._press,
            "bar": self._bar,
            "dial": self._dial,
            "arc": self._arc,
            "gauge": self._gauge,
            "qr": self._qr,
            "pager": self._pager,
            "line": self._line,
            "notch": self._notch,
            "hint": self._hint,
        }

    def stand_on(self, behind: Behind) -> None:
        """Name what lies behind: notches and rings need to know."""
        self._behind = behind

    def draw(self, target: pygame.Surface, item: Item) -> None:
        """Draw one item; the target's clip holds."""
        self._by_kind[item.kind](target, item.rect, *item.looks)

    def _text(self, target: pygame.Surface, rect: Rect, fit: TextFit, align: Align) -> None:
        top = rect.y + (rect.h - fit.height) // 2
        for line in fit.lines:
            spare = rect.w - line.width
            left = rect.x + {Align.CENTRE: spare // 2, Align.END: spare}.get(align, 0)
            for run in line.runs:
                drawn, ascent = self._words.draw(run)
                target.blit(drawn, (left + run.x, top + line.baseline - run.rise - ascent))

    def _icon(self, target: pygame.Surface, rect: Rect, name: str, size: int, colour: Rgb) -> None:
        over(target, self._pictures.icon(name, size, colour), _middle(rect, (size, size)))

    def _picture(
        self,
        target: pygame.Surface,
        rect: Rect,
        name: str,
        tint: Fill | None,
        radius: int,
        inset: float,
        fallback: str,
    ) -> None:
        if min(rect.w, rect.h) < 2:
            return
        key = ("tile", name, (rect.w, rect.h), tint, radius, inset, fallback)
        size = (rect.w, rect.h)
        tile = self._cache.pass_on(
            key, lambda: self._tile(size, name, tint, radius, inset, fallback)
        )
        over(target, tile, (rect.x, rect.y))

    def _tile(
        self,
        size: tuple[int, int],
        name: str,
        tint: Fill | None,
        radius: int,
        inset: float,
        fallback: str,
    ) -> pygame.Surface:
        """A picture on its ground: kept as one, they take half the room."""
        ground = self._shapes.tint(size, tint, radius) if tint else None
        tile = ground or layer(size)
        free = round(min(size) * inset)
        room = (max(1, size[0] - 2 * free), max(1, size[1] - 2 * free))
        drawn = self._pictures.picture(name, room) or self._fallback(fallback, tint, room)
        over(tile, drawn, _middle(Rect(0, 0, *size), drawn.get_size()))
        return tile

    def _fallback(self, name: str, tint: Fill | None, room: tuple[int, int]) -> pygame.Surface:
        colour = self._theme.fills[tint or Fill.LINEN].icon
        return self._pictures.icon(name, max(4, round(min(room) * FALLBACK_SHARE)), colour)

    def _sheet(self, target: pygame.Surface, rect: Rect, sheet: Sheet) -> None:
        self._shapes.draw_sheet(target, sheet, (rect.x, rect.y))

    def _press(self, target: pygame.Surface, rect: Rect, radius: int) -> None:
        self._shapes.draw_press(target, pygame.Rect(rect), radius)

    def _bar(self, target: pygame.Surface, rect: Rect, bar: Bar) -> None:
        glow = self._shapes.glow
        over(target, self._shapes.bar(bar), (rect.x - glow, rect.y - glow))

    def _dial(self, target: pygame.Surface, rect: Rect, dial: Dial) -> None:
        over(target, self._shapes.dial(dial), _middle(rect, (dial.size, dial.size)))

    def _arc(self, target: pygame.Surface, rect: Rect, arc: Arc) -> None:
        over(target, self._shapes.arc(arc), _middle(rect, (arc.size, arc.size)))

    def _gauge(self, target: pygame.Surface, rect: Rect, filled: Filled) -> None:
        drawn = filled_ring(self._theme, filled)
        over(target, drawn, _middle(rect, drawn.get_size()))

    def _qr(self, target: pygame.Surface, rect: Rect, data: str) -> None:
        drawn = self._codes.draw(data, (rect.w, rect.h))
        target.blit(drawn, _middle(rect, drawn.get_size()))

    def _pager(self, target: pygame.Surface, rect: Rect, *looks: int) -> None:
        drawn = self._shapes.pager(*looks)
        over(target, drawn, _middle(rect, drawn.get_size()))

    def _line(self, target: pygame.Surface, rect: Rect, colour: Rgb) -> None:
        target.fill(colour, pygame.Rect(rect))

    def _notch(self, target: pygame.Surface, rect: Rect, upright: bool) -> None:
        """Dots along the tear, and a bite of backdrop out of the card at both ends."""
        bite = self._metrics.px(NOTCH_BITE_MM)
        dot = max(3, self._metrics.px(NOTCH_DOT_MM))
        step = self._metrics.px(NOTCH_STEP_MM)
        colour = NOTCH_COLOUR if self._theme.light else (0, 0, 0)
        length = rect.h if upright else rect.w
        for along in range(bite + step, length - bite - step // 2, step):
            self._along(target, rect, upright, along, disc(dot, colour))
        if not self._theme.light:
            return  # the outline would end in nothing
        clip = target.get_clip()
        card = pygame.Rect(rect).inflate((2 * bite, 0) if upright else (0, 2 * bite))
        target.set_clip(clip.clip(card))
        for along in (0, length):
            self._bite(target, rect, upright, along, bite)
        target.set_clip(clip)

    def _along(
        self,
        target: pygame.Surface,
        rect: Rect,
        upright: bool,
        along: int,
        sprite: pygame.Surface,
    ) -> None:
        across = (rect.w if upright else rect.h) // 2
        x, y = (across, along) if upright else (along, across)
        over(target, sprite, sprite.get_rect(center=(rect.x + x, rect.y + y)).topleft)

    def _bite(
        self, target: pygame.Surface, rect: Rect, upright: bool, along: int, radius: int
    ) -> None:
        across = (rect.w if upright else rect.h) // 2
        x, y = (across, along) if upright else (along, across)
        hole = disc(2 * radius, (255, 255, 255))
        spot = hole.get_rect(center=(rect.x + x, rect.y + y))
        hole.blit(self._behind.part(spot), (0, 0), special_flags=pygame.BLEND_RGB_MULT)
        over(target, hole, spot.topleft)

    def _hint(
        self, target: pygame.Surface, rect: Rect, corner: Corner, pose: Pose, _alive: bool
    ) -> None:
        self._hints.draw(target, self._behind, corner, rect, pose)


def _middle(rect: Rect, size: tuple[int, int]) -> tuple[int, int]:
    return rect.x + (rect.w - size[0]) // 2, rect.y + (rect.h - size[1]) // 2
