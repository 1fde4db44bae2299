"""A new page slides up and fades in; what both pages share stays where it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from kiosk.ui.items import Item

# Design language, "Motion": 200 ms ease-out, 24 px on the reference screen (6 mm).
LASTS_S = 0.2
SLIDE_MM = 6
FRAME_S = 1 / 40
# The first frame is there at once, and already readable: a touch is answered, not awaited.
FIRST = 0.35


@dataclass(frozen=True, slots=True)
class Entrance:
    """A page on its way in.

    Attributes:
        begun_s: when it was shown.
        region: what it is drawn in; rectangles that do not overlap.
        moving: its items that are new, or lie on what is new.
        still: those that stay.
    """

    begun_s: float
    region: tuple[pygame.Rect, ...]
    moving: tuple[Item, ...]
    still: tuple[Item, ...]

    def progress(self, now_s: float) -> float:
        """How far it has come: 1 is there."""
        share = min(1.0, max(0.0, (now_s - self.begun_s) / LASTS_S))
        eased: float = 1 - (1 - share) ** 3
        return FIRST + (1 - FIRST) * eased

    def over_by(self, now_s: float) -> bool:
        """Whether it has arrived."""
        return now_s - self.begun_s >= LASTS_S - 1e-6


def split(
    items: Sequence[Item], changed: Sequence[pygame.Rect]
) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The items that move and those that may stay.

    What lies over or under something that moves has to move with it, or it would show through.
    """
    areas = list(changed)
    waiting = list(items)
    moving: set[int] = set()
    grew = True
    while grew:
        grew = False
        for i, item in enumerate(waiting):
            if i not in moving and item.area.collidelist(areas) >= 0:
                moving.add(i)
                areas.append(item.area)
                grew = True
    return (
        tuple(item for i, item in enumerate(waiting) if i in moving),
        tuple(item for i, item in enumerate(waiting) if i not in moving),
    )
