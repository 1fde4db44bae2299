"""What lies behind everything: paper with its light, or a veil over what is hidden."""

import pygame

from kiosk.ui.contrast import PAPER_DARK, PAPER_GOLD, PAPER_LIGHT
from kiosk.ui.nodes import Backdrop
from kiosk.ui.palette import Theme, mix
from kiosk.ui.surfaces import Size, field
from kiosk.ui.theme import Rgb

# Points the paper is computed at along its shorter side.
SEED_SHORT = 26

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


def backdrop(kind: Backdrop, size: Size, theme: Theme) -> pygame.Surface:
    """The whole picture behind a scene, opaque."""
    # three bytes a pixel: 2 MB less than four at 1080x1920, for 0.3 ms more a full picture
    surface = pygame.Surface(size, 0, 24)
    if theme.light:
        paper = _paper(size)
        surface.blit(_veiled(paper) if kind is Backdrop.VEIL else paper, (0, 0))
    else:
        surface.fill("white")
    return surface


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
    small_size = (max(8, wide // 12), max(8, high // 12))
    small = pygame.transform.smoothscale(paper, small_size)
    for (left, top, right, bottom), colour in _HIDDEN:
        across, down = small_size
        area = (left * across, top * down, (right - left) * across, (bottom - top) * down)
        pygame.draw.rect(small, colour, area)
    for _ in range(3):
        small = pygame.transform.box_blur(small, 4, repeat_edge_pixels=True)
    return pygame.transform.smoothscale(small, (wide, high))
