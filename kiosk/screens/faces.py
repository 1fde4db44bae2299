"""Faces of a scale of moods: which ones it takes, and how they are drawn."""

from kiosk.ui.nodes import Box, Gap, Node, Stack
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill

MIDDLE = 5
"""The face that is neither glad nor sorry; as many are above it as below (images/art/faces)."""

_DISCS = (
    *(Fill.ROSE,) * 2,
    *(Fill.PEACH,) * 3,
    Fill.GOLD_SOFT,
    *(Fill.GOOD_SOFT,) * 3,
    *(Fill.MINT,) * 2,
)
"""The ground of each face, from sorry to glad."""


def moods(count: int) -> tuple[int, ...]:
    """Which faces a scale of so many steps shows: the ends, and what lies evenly between."""
    found = []
    for at in range(count):
        twice = (2 * at - (count - 1)) * MIDDLE  # twice the distance from the middle, unscaled
        steps = (abs(twice) * 2 + (count - 1)) // (2 * (count - 1))  # rounded, half away from 0
        found.append(MIDDLE + (steps if twice > 0 else -steps))
    return tuple(found)


def face(mood: int, size: float, *, plain: bool) -> Node:
    """A face on its disc; plain ones have all the same colour."""
    fill = Fill.SAND if plain else _DISCS[mood]
    disc = Box(
        child=Gap(),
        fill=fill,
        radius=size / 2,
        edge=Colour.INK,
        edge_mm=0.7,
        width=size,
        height=size,
    )
    drawn = Picture(name=f"mood-{mood}", inset=0, radius=0, fallback_icon="star")
    return Stack(layers=((disc, None), (drawn, None)), width=size, height=size)
