"""What lies behind everything: paper with its light, or a veil over what is hidden."""

from collections.abc import Iterator

import pygame

from kiosk.ui.contrast import PAPER_DARK, PAPER_GOLD, PAPER_LIGHT
from kiosk.ui.nodes import Backdrop
from kiosk.ui.palette import Theme, mix
from kiosk.ui.surfaces import Size, field
from kiosk.ui.theme import Rgb

# Points the paper is computed at along its shorter side.
SEED_SHORT = 26
# Rows doubled at once: a piece of that size stays in the processor's cache.
BAND_PX = 16

# Faint light of the shop on the paper: colour, centre, reach (in widths of the shorter side).
_GOLD = (PAPER_GOLD, (1.0, 0.02), 0.78)
_GREEN: tuple[Rgb, tuple[float, float], float] = ((0xDF, 0xEA, 0xE0), (0.0, 0.5), 0.42)
_PEACH: tuple[Rgb, tuple[float, float], float] = ((0xF1, 0xDF, 0xCC), (0.9, 0.95), 0.6)

# Grey shapes behind the veil, as left, top, right, bottom of the glass, and their colour.
_HIDDEN: tuple[tuple[tuple[float, float, float, float], Rgb], ...] = (
    ((0.05, 0.10, 0.50, 0.15), (0xA9, 0x9E, 0x95)),
    ((0.05, 0.20, 0.95, 0.40), (0x5F, 0x8B, 0x80)),
    ((0.04, 0.46, 0.96, 0.54), (0xC9, 0xBD, 0xAC)),
    ((0.04, 0.57, 0.96, 0.65), (0xC9, 0xBD, 0xAC)),
)


class Behind:
    """The whole picture behind a scene, opaque; every second pixel each way is kept.

    Paper has no detail to lose, and 2 MB instead of 6 or 8 are kept at 1080x1920. What is laid
    down depends on the place alone: a part laid anew is the same as before.
    """

    def __init__(self, small: pygame.Surface) -> None:
        """Take the picture at half the size, of 32 bits a pixel."""
        self._small = small

    def lay(self, target: pygame.Surface, rect: pygame.Rect, alpha: int = 255) -> None:
        """Draw the part in the rectangle at its place; the target's clip holds."""
        clip = target.get_clip()
        target.set_clip(clip.clip(rect))
        for band, place in self._bands(rect):
            band.set_alpha(None if alpha == 255 else alpha)
            target.blit(band, place)
        target.set_clip(clip)

    def part(self, rect: pygame.Rect) -> pygame.Surface:
        """The part in the rectangle as a surface of its own."""
        found = pygame.Surface(rect.size, 0, 32)
        for band, (x, y) in self._bands(rect):
            found.blit(band, (x - rect.x, y - rect.y))
        return found

    def at(self, x: int, y: int) -> Rgb:
        """The colour at a place; outside the picture that of the nearest one inside."""
        across, down = self._small.get_size()
        place = (min(across - 1, max(0, x // 2)), min(down - 1, max(0, y // 2)))
        r, g, b, _ = self._small.get_at(place)
        return r, g, b

    def _bands(self, rect: pygame.Rect) -> Iterator[tuple[pygame.Surface, tuple[int, int]]]:
        """What covers the rectangle at full size, and where each piece belongs."""
        half = pygame.Rect(rect.x // 2, rect.y // 2, 0, 0)
        half.size = ((rect.right + 1) // 2 - half.x, (rect.bottom + 1) // 2 - half.y)
        half = half.clip(self._small.get_rect())
        for top in range(half.top, half.bottom, BAND_PX):
            high = min(BAND_PX, half.bottom - top)
            piece = self._small.subsurface((half.x, top, half.w, high))
            yield pygame.transform.scale(piece, (2 * half.w, 2 * high)), (2 * half.x, 2 * top)


def backdrop(kind: Backdrop, size: Size, theme: Theme) -> Behind:
    """What lies behind a scene on a glass of this size, px."""
    small = ((size[0] + 1) // 2, (size[1] + 1) // 2)
    if theme.light:
        paper = _paper(small)
        return Behind(_veiled(paper) if kind is Backdrop.VEIL else paper)
    white = pygame.Surface(small, 0, 32)
    white.fill("white")
    return Behind(white)


def _paper(size: Size) -> pygame.Surface:
    short = min(size)
    across, down = size[0] / short, size[1] / short
    seed = (max(2, round(SEED_SHORT * across)), max(2, round(SEED_SHORT * down)))

    points = []
    for row in range(seed[1]):
        y = row / (seed[1] - 1)
        for column in range(seed[0]):
            x = column / (seed[0] - 1)
            points.append(_lit(x, y, across, down))
    return field(size, seed, points)


def _lit(x: float, y: float, across: float, down: float) -> Rgb:
    """The paper's colour at a place from 0 to 1."""
    found = mix(PAPER_LIGHT, PAPER_DARK, (x + y) / 2)
    for light, (at_x, at_y), reach in (_GREEN, _PEACH, _GOLD):
        away = (((x - at_x) * across) ** 2 + ((y - at_y) * down) ** 2) / reach**2
        if away < 1:
            found = mix(found, light, (1 - away) * (1 - away))
    return found


def _veiled(paper: pygame.Surface) -> pygame.Surface:
    """Soft shapes: there was something, and nothing of it can be read."""
    wide, high = paper.get_size()
    small_size = (max(8, wide // 6), max(8, high // 6))
    small = pygame.transform.smoothscale(paper, small_size)
    for (left, top, right, bottom), colour in _HIDDEN:
        across, down = small_size
        area = (left * across, top * down, (right - left) * across, (bottom - top) * down)
        pygame.draw.rect(small, colour, area)
    for _ in range(3):
        small = pygame.transform.box_blur(small, 4, repeat_edge_pixels=True)
    return pygame.transform.smoothscale(small, (wide, high))
