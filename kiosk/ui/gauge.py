"""Draws the ring that fills: how much is there, and dimly how far one more step leads."""

from dataclasses import dataclass

import pygame

from kiosk.ui.palette import Theme
from kiosk.ui.surfaces import layer, over, ring
from kiosk.ui.theme import Colour, Rgb

TRACK: Rgb = (0x46, 0x6E, 0x64)
"""What is missing, on pine."""

AHEAD: Rgb = (0x93, 0xA8, 0x8D)
"""What the next step adds: between the track and gold."""

BLACK: Rgb = (0, 0, 0)
PLAIN_RIM = 5
"""Without soft colours a dark ring lies on a white one; the rim is one of so many parts of it."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A ring: diameter, stroke, and the parts of it that are there and will be, 0 to 1."""

    size: int
    stroke: int
    fraction: float
    ahead: float


def filled_ring(theme: Theme, filled: Filled) -> pygame.Surface:
    """The ring on pine; never kept: how full it is belongs to a member."""
    return _soft(theme, filled) if theme.light else _plain(filled)


def _soft(theme: Theme, filled: Filled) -> pygame.Surface:
    shape = layer((filled.size, filled.size))
    gold = theme.colours[Colour.GOLD_ON_PINE]
    parts = ((1.0, TRACK), (filled.ahead, AHEAD), (filled.fraction, gold))
    for fraction, colour in parts:
        if fraction > 0:
            over(shape, ring(filled.size, filled.stroke, fraction, colour), (0, 0))
    return shape


def _plain(filled: Filled) -> pygame.Surface:
    """Black on white, which stands out on any one colour."""
    shape = ring(filled.size, filled.stroke, 1, (0xFF, 0xFF, 0xFF))
    rim = max(1, filled.stroke // PLAIN_RIM)
    inside = filled.size - 2 * rim
    if filled.fraction > 0:
        over(shape, ring(inside, filled.stroke - 2 * rim, filled.fraction, BLACK), (rim, rim))
    return shape
