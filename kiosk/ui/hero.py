"""Draws the ground of hero cards: a gradient with gold light and fine arcs in its corner."""

import pygame

from kiosk.ui.cache import SurfaceCache
from kiosk.ui.contrast import HERO_GLOW, HERO_GLOW_SHARE
from kiosk.ui.palette import Paint
from kiosk.ui.patch import Patch
from kiosk.ui.surfaces import Size, field, gradient, layer, round_off
from kiosk.ui.theme import Rgb

# The arcs: gold light added to the pine, and their distance as a share of the height.
ARC_LIGHT: Rgb = (17, 15, 9)
ARC_STEP = 0.115
ARC_COUNT = 9
LIGHT_SEED = 14


class Heroes:
    """Grounds of heroes, each kept at half the size: 0.6 MB instead of 2.4 at 1080x1920."""

    def __init__(self, cache: SurfaceCache, *, light: bool) -> None:
        """Keep the grounds in `cache`; without `light` they are plain gradients."""
        self._cache = cache
        self._light = light

    def draw(self, target: pygame.Surface, rect: pygame.Rect, radius: int, paint: Paint) -> None:
        """Draw a ground with rounded corners.

        Heroes of one width are cut from the same ground, five eighths as high or a few steps
        more: pages that follow one another share it.
        """
        least, step = rect.w * 5 // 8, max(1, rect.w // 4)
        size = (rect.w, least + max(0, -(-(rect.h - least) // step)) * step)
        small = self._cache.get(("hero", size, paint), lambda: self._small(size, paint))
        ground = pygame.transform.smoothscale(small, size)
        corner = min(radius, min(rect.size) // 2)
        inner = rect.inflate(0, -2 * corner)
        target.blit(ground, inner, (0, corner, *inner.size))
        for y in (0, rect.h - corner):
            part = (corner, y, rect.w - 2 * corner, corner)
            target.blit(ground, (rect.x + corner, rect.y + y), part)
        Patch(_corners(ground, rect.h, corner), corner).draw(target, rect)

    def _small(self, size: Size, paint: Paint) -> pygame.Surface:
        filled = gradient((max(2, size[0] // 2), max(2, size[1] // 2)), paint)
        if self._light:
            _lit(filled)
        return filled


def _corners(ground: pygame.Surface, high: int, corner: int) -> pygame.Surface:
    """The four rounded corners of a hero of that height, side by side."""
    shape = layer((2 * corner, 2 * corner))
    right, low = ground.get_width() - corner, high - corner
    for x, from_x in ((0, 0), (corner, right)):
        for y, from_y in ((0, 0), (corner, low)):
            shape.blit(ground, (x, y), (from_x, from_y, corner, corner))
    round_off(shape, corner)
    return shape


def _lit(filled: pygame.Surface) -> None:
    """Gold light in the top right corner, and fine arcs around it, on an opaque surface."""
    wide, high = filled.get_size()
    glow = int(min(wide, high * 1.6))

    last = LIGHT_SEED - 1
    points = [_gold(1 - x / last, y / last) for y in range(last + 1) for x in range(last + 1)]
    lit = field((glow, high), (LIGHT_SEED, LIGHT_SEED), points)
    filled.blit(lit, (wide - glow, 0), special_flags=pygame.BLEND_RGB_ADD)
    arcs = pygame.Surface(filled.get_size(), 0, 32)
    step = high * ARC_STEP
    for i in range(ARC_COUNT):
        radius = round(step * (2.6 + 1.35 * i))
        pygame.draw.aacircle(arcs, ARC_LIGHT, (wide - round(high * 0.16), 0), radius, 1)
    filled.blit(arcs, (0, 0), special_flags=pygame.BLEND_RGB_ADD)


def _gold(x: float, y: float) -> Rgb:
    """The light that far from the corner, as shares of its reach."""
    share = HERO_GLOW_SHARE * max(0.0, 1 - x * x - y * y) ** 2
    return round(HERO_GLOW[0] * share), round(HERO_GLOW[1] * share), round(HERO_GLOW[2] * share)
