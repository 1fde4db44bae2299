"""Draws the design's pieces once each: cards, buttons, bars, rings; kept in the cache."""

from dataclasses import dataclass, replace

import pygame

from kiosk.ui.cache import SurfaceCache
from kiosk.ui.hero import Heroes
from kiosk.ui.motion import ROUND_STEPS
from kiosk.ui.palette import Cast, Paint, Sweep, Theme
from kiosk.ui.patch import Patch, small_size
from kiosk.ui.surfaces import (
    Size,
    disc,
    gradient,
    layer,
    over,
    ring,
    rounded,
    shadow,
    shadow_corner,
)
from kiosk.ui.theme import Colour, Fill, Rgb, Shadow

BAR_ON_PAPER = Paint(((0.0, (0xD9, 0xA2, 0x45)), (1.0, (0xB0, 0x7A, 0x2A))), Sweep.ACROSS)
BAR_ON_PINE = Paint(((0.0, (0xD9, 0x9C, 0x3E)), (1.0, (0xFF, 0xE9, 0xB4))), Sweep.ACROSS)
BAR_GLOW = Cast((0xF0, 0xC0, 0x60), alpha=90, blur=1.8, drop=0)
GLOW_MM = 4.5  # twice the blur, and a little
KNOB_SHADOW = Cast((0, 0, 0), alpha=90, blur=1.2, drop=0.6)
TRACK: Rgb = (0xE6, 0xDC, 0xCC)
TRACK_ON_PINE: Rgb = (0x46, 0x6E, 0x64)
RING_GOLD: Rgb = (0xB0, 0x7D, 0x2B)
RING_BRONZE: Rgb = (0xBD, 0x78, 0x20)
TRACK_PLAIN: Rgb = (0xFF, 0xFF, 0xFF)
# How much of a turning ring is lit.
ARC = 0.28
# What lies over a pressed button: a warm shade, so that white words stay readable.
PRESS_SHADE = (0x3A, 0x28, 0x12, 46)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rounded surface: what decides how it looks.

    Attributes:
        fill: what it is filled with; None leaves it clear.
        radius: of its corners, px.
        edge: colour of its outline.
        edge_px: width of the outline.
        shadow: below it.
        arcs: the hero's gold light and arcs.
    """

    size: Size
    fill: Fill | None
    radius: int
    edge: Rgb | None = None
    edge_px: int = 0
    shadow: Shadow | None = None
    arcs: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A progress bar: its size, how much of it is full, and its looks."""

    size: Size
    fraction: float
    on_pine: bool
    knob: bool


@dataclass(frozen=True, slots=True)
class Dial:
    """A ring that empties: diameter, stroke, fraction left, dots around it."""

    size: int
    stroke: int
    fraction: float
    dots: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A ring an arc of which goes round: diameter, stroke, and how far it is, in steps.

    Attributes:
        step: of a round; None where nothing moves: the whole ring.
    """

    size: int
    stroke: int
    step: int | None


class Shapes:
    """The pieces of one theme on one glass; all premultiplied."""

    def __init__(self, theme: Theme, px_per_mm: float, cache: SurfaceCache) -> None:
        self._theme = theme
        self._px_per_mm = px_per_mm
        self._cache = cache
        self._heroes = Heroes(cache, light=theme.light)

    def _px(self, mm: float) -> int:
        return round(mm * self._px_per_mm)

    def reach(self, kind: Shadow | None) -> int:
        """How far a shadow may reach beyond its sheet, px."""
        cast = self._theme.casts.get(kind) if kind else None
        return self._px(2 * cast.blur + cast.drop) + 8 if cast else 0

    # -- sheets ----------------------------------------------------------------------------

    def draw_sheet(self, target: pygame.Surface, sheet: Sheet, place: tuple[int, int]) -> None:
        """Draw a sheet with its top left corner at `place`."""
        rect = pygame.Rect(place, sheet.size)
        cast = self._theme.casts.get(sheet.shadow) if sheet.shadow else None
        if cast:
            self._draw_shadow(target, sheet, rect, cast)
        paint = self._theme.fills[sheet.fill] if sheet.fill else None
        if paint and not paint.plain and sheet.arcs:
            self._heroes.draw(target, rect, sheet.radius, paint)
            self._draw_plain(target, replace(sheet, fill=None, arcs=False), rect, None)
        elif paint and not paint.plain:
            over(target, self._cache.get(sheet, lambda: self._sheet(sheet)), place)
        else:
            self._draw_plain(target, sheet, rect, paint)

    def _draw_plain(
        self, target: pygame.Surface, sheet: Sheet, rect: pygame.Rect, paint: Paint | None
    ) -> None:
        """One colour and an outline, stretched from a small drawing."""
        if not (paint or sheet.edge):
            return
        corner = min(sheet.radius, min(sheet.size) // 2) + sheet.edge_px
        drawn = replace(sheet, size=small_size(sheet.size, corner), shadow=None)
        small = self._cache.get(drawn, lambda: self._sheet(drawn))
        Patch(small, corner).draw(target, rect, paint.plain if paint else None)

    def _draw_shadow(
        self, target: pygame.Surface, sheet: Sheet, rect: pygame.Rect, cast: Cast
    ) -> None:
        """The shadow around a sheet; what the sheet itself covers is left out."""
        corner = shadow_corner(sheet.radius, cast, self._px_per_mm)
        size = small_size(sheet.size, corner)
        key = ("shadow", size, sheet.radius, sheet.shadow)
        fallen = self._cache.get(key, lambda: shadow(size, sheet.radius, cast, self._px_per_mm)[0])
        pad = (fallen.get_width() - size[0]) // 2
        around = rect.inflate(2 * pad, 2 * pad).move(0, self._px(cast.drop))
        Patch(fallen, corner + pad).draw(target, around, hidden=rect)

    def _sheet(self, sheet: Sheet) -> pygame.Surface:
        if sheet.edge is None or sheet.edge_px == 0:
            return self._body(sheet, sheet.size, sheet.radius)
        edged = layer(sheet.size)
        edged.fill(sheet.edge)
        whole = rounded(edged, sheet.radius)
        thick = sheet.edge_px
        inner = (sheet.size[0] - 2 * thick, sheet.size[1] - 2 * thick)
        if min(inner) < 1:
            return whole
        radius = max(0, min(sheet.radius, min(sheet.size) // 2) - thick)
        if sheet.fill is None:
            hole = layer(inner)
            hole.fill("white")
            mask = rounded(hole, radius)
            whole.blit(mask, (thick, thick), special_flags=pygame.BLEND_RGBA_SUB)
        else:
            over(whole, self._body(sheet, inner, radius), (thick, thick))
        return whole

    def _body(self, sheet: Sheet, size: Size, radius: int) -> pygame.Surface:
        if sheet.fill is None:
            return layer(size)
        return rounded(gradient(size, self._theme.fills[sheet.fill]), radius)

    def tint(self, size: Size, fill: Fill, radius: int) -> pygame.Surface | None:
        """The ground of a picture, drawn anew; the high-contrast theme has none."""
        return self._sheet(Sheet(size, fill, radius)) if self._theme.light else None

    def draw_press(self, target: pygame.Surface, rect: pygame.Rect, radius: int) -> None:
        """Darken what lies in the rectangle, as a pressed button is."""
        key = ("press", rect.size, radius)
        over(target, self._cache.get(key, lambda: _press(rect.size, radius)), rect.topleft)

    # -- bars, rings, dots -----------------------------------------------------------------

    @property
    def glow(self) -> int:
        """How far a bar's glow and its knob's shadow reach beyond it, px."""
        return self._px(GLOW_MM) if self._theme.light else 0

    def bar(self, bar: Bar) -> pygame.Surface:
        """A progress bar with its glow: larger than it by `glow` on every side.

        Never kept: how full it is belongs to a member.
        """
        pad = self.glow
        wide, high = bar.size
        shape = layer((wide + 2 * pad, high + 2 * pad))
        thick = max(2, round(high * 0.6)) if bar.knob else high
        top = pad + (high - thick) // 2
        over(shape, self._track((wide, thick), on_pine=bar.on_pine), (pad, top))
        full = max(thick, round(wide * min(1.0, max(0.0, bar.fraction))))
        if bar.fraction > 0:
            self._full(shape, bar, (full, thick), (pad, top))
        if bar.knob:
            middle = min(wide - high // 2, max(high // 2, full - thick // 2))
            self._knob(shape, high, (pad + middle, pad))
        return shape

    def _track(self, size: Size, *, on_pine: bool) -> pygame.Surface:
        if not self._theme.light:
            edge = self._theme.colours[Colour.WHITE if on_pine else Colour.INK]
            thick = max(1, size[1] // 8)
            return self._sheet(Sheet(size, Fill.LINEN, size[1] // 2, edge, thick))
        colour = TRACK_ON_PINE if on_pine else TRACK
        return rounded(gradient(size, Paint(((0.0, colour),))), size[1] // 2)

    def _full(self, shape: pygame.Surface, bar: Bar, size: Size, place: tuple[int, int]) -> None:
        if not self._theme.light:
            plain = Paint(((0.0, (0, 0, 0)),)) if bar.on_pine else self._theme.fills[Fill.PINE]
            over(shape, rounded(gradient(size, plain), size[1] // 2), place)
            return
        if bar.on_pine:
            light, pad = shadow(size, size[1] // 2, BAR_GLOW, self._px_per_mm)
            over(shape, light, (place[0] - pad, place[1] - pad))
        paint = BAR_ON_PINE if bar.on_pine else BAR_ON_PAPER
        over(shape, rounded(gradient(size, paint), size[1] // 2), place)

    def _knob(self, shape: pygame.Surface, size: int, place: tuple[int, int]) -> None:
        """A ring whose middle is `place[0]` from the left and whose top is `place[1]`."""
        left, top = place[0] - size // 2, place[1]
        if self._theme.light:
            fallen, pad = shadow((size, size), size // 2, KNOB_SHADOW, self._px_per_mm)
            over(shape, fallen, (left - pad, top + 1 - pad))
        over(shape, disc(size, self._theme.colours[Colour.WHITE]), (left, top))
        inner = size - 2 * max(2, round(size * 0.22))
        colour = (0xD9, 0x9F, 0x42) if self._theme.light else self._theme.colours[Colour.PINE]
        side = (size - inner) // 2
        over(shape, disc(inner, colour), (left + side, top + side))

    def dial(self, dial: Dial) -> pygame.Surface:
        """A ring that empties clockwise, its dots around it; another one every second."""
        shape = layer((dial.size, dial.size))
        arc = RING_BRONZE if dial.dots else RING_GOLD
        if not self._theme.light:
            arc = self._theme.colours[Colour.PINE]
        size = round(dial.size * 0.86) if dial.dots else dial.size
        size -= (dial.size - size) % 2
        at = ((dial.size - size) // 2,) * 2
        track = TRACK if self._theme.light else TRACK_PLAIN
        over(shape, ring(size, dial.stroke, 1, track), at)
        over(shape, ring(size, dial.stroke, dial.fraction, arc), at)
        left = round(dial.fraction * dial.dots)
        for i in range(dial.dots):
            place = pygame.Vector2(0, -dial.size * 0.485).rotate(360 * i / dial.dots)
            dot = disc(max(3, dial.size // 50), arc if i < left else track)
            spot = dot.get_rect(
                center=(round(dial.size / 2 + place.x), round(dial.size / 2 + place.y))
            )
            over(shape, dot, spot.topleft)
        return shape

    def arc(self, arc: Arc) -> pygame.Surface:
        """A ring with the arc where it is; quick enough to be drawn anew each time."""
        gold = RING_BRONZE if self._theme.light else self._theme.colours[Colour.PINE]
        if arc.step is None:
            return ring(arc.size, arc.stroke, 1, gold)
        shape = ring(arc.size, arc.stroke, 1, TRACK if self._theme.light else TRACK_PLAIN)
        over(shape, ring(arc.size, arc.stroke, ARC, gold, arc.step / ROUND_STEPS), (0, 0))
        return shape

    def pager(self, count: int, active: int, dot: int, gap: int, long: int) -> pygame.Surface:
        """Dots, one of them a pill; sizes in px."""
        key = ("pager", count, active, dot, gap, long)
        return self._cache.get(key, lambda: self._pager(count, active, dot, gap, long))

    def _pager(self, count: int, active: int, dot: int, gap: int, long: int) -> pygame.Surface:
        shape = layer(((count - 1) * (dot + gap) + long, dot))
        x = 0
        for i in range(count):
            wide = long if i == active else dot
            quiet = (0xCD, 0xC0, 0xB0) if self._theme.light else self._theme.colours[Colour.INK]
            colour = self._theme.colours[Colour.PINE] if i == active else quiet
            part = rounded(gradient((wide, dot), Paint(((0.0, colour),))), dot // 2)
            over(shape, part, (x, 0))
            x += wide + gap
        return shape


def _press(size: Size, radius: int) -> pygame.Surface:
    shade = layer(size)
    shade.fill(PRESS_SHADE)
    return rounded(shade.premul_alpha(), radius)
