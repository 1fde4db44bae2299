"""The ring that fills: as full as it says, and dimly as full as it will be."""

import pygame
import pytest

from kiosk.ui.gauge import AHEAD, TRACK, Filled, filled_ring
from kiosk.ui.palette import BOUTIQUE, HIGH_CONTRAST
from kiosk.ui.theme import Colour, Rgb

SIZE, STROKE = 200, 20
GOLD = BOUTIQUE.colours[Colour.GOLD_ON_PINE]


def at(ring: pygame.Surface, turn: float) -> Rgb:
    """The colour in the middle of the stroke, so far round from the top."""
    arm = pygame.Vector2(0, -(SIZE - STROKE) / 2).rotate(360 * turn)
    red, green, blue, _ = ring.get_at((round(SIZE / 2 + arm.x), round(SIZE / 2 + arm.y)))
    return red, green, blue


@pytest.mark.parametrize(
    ("turn", "colour"), [(0.1, GOLD), (0.4, GOLD), (0.6, AHEAD), (0.8, TRACK), (0.95, TRACK)]
)
def test_the_ring_shows_what_is_there_what_comes_and_what_is_missing(
    turn: float, colour: Rgb
) -> None:
    """A profile that looks full at half would never be filled in."""
    ring = filled_ring(BOUTIQUE, Filled(SIZE, STROKE, 0.5, 0.7))
    assert at(ring, turn) == colour


def test_nothing_and_everything_are_whole_rings() -> None:
    """A cap left over at the top would look like one percent, or like one missing."""
    empty = filled_ring(BOUTIQUE, Filled(SIZE, STROKE, 0, 0))
    full = filled_ring(BOUTIQUE, Filled(SIZE, STROKE, 1, 1))
    assert {at(empty, turn / 20) for turn in range(20)} == {TRACK}
    assert {at(full, turn / 20) for turn in range(20)} == {GOLD}


def test_without_soft_colours_it_is_black_on_white() -> None:
    """Gold on one blue could not be told from the track."""
    ring = filled_ring(HIGH_CONTRAST, Filled(SIZE, STROKE, 0.5, 0.7))
    assert at(ring, 0.25) == (0, 0, 0)
    assert at(ring, 0.75) == (255, 255, 255)
