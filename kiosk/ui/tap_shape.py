"""Where the parts of a tap hint stand, for every place the reader may be; knows no drawing."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.ui.pieces import Corner


class Rect(NamedTuple):
    """A rectangle in pixels."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """First column to the right of it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """First row below it."""
        return self.y + self.h

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True)
class TapShape:
    """The parts of a tap hint, in pixels of the glass.

    Attributes:
        centre: of the disc and the rings, on the edge of the hint.
        disc: radius of the pine disc.
        rings: radii of the three gold rings at rest, inner first.
        card: middle of the card at rest.
        card_width: of the card before it is turned.
        card_turn: degrees it is turned, counter-clockwise.
        drift: way of the card to the reader, x and y.
        arrow: middle of the arrow.
        arrow_size: edge of its square.
        points: direction of the arrow in degrees: 0 right, 90 down.
        label: where the words stand on the disc.
    """

    centre: tuple[float, float]
    disc: float
    rings: tuple[float, float, float]
    card: tuple[float, float]
    card_width: float
    card_turn: float
    drift: tuple[float, float]
    arrow: tuple[float, float]
    arrow_size: float
    points: float
    label: Rect


# The way to the reader as seen from the middle of the hint: x, y; right and down are 1.
_TOWARDS = {
    Corner.TOP_LEFT: (-1, -1),
    Corner.TOP_RIGHT: (1, -1),
    Corner.BOTTOM_LEFT: (-1, 1),
    Corner.BOTTOM_RIGHT: (1, 1),
    Corner.BELOW: (0, 1),
    Corner.BESIDE: (1, 0),
}


_AWAY_BELOW = 0.79
"""Where the card rests above a reader below the glass: the strip is low and must hold it whole."""


def tap_shape(corner: Corner, rect: Rect, margin: int) -> TapShape:
    """The parts of a hint that fills `rect`.

    Args:
        corner: where the reader is.
        rect: of the hint, px.
        margin: space between the label and the edge of the glass, px.
    """
    towards = _TOWARDS[corner]
    diagonal = all(towards)
    reach = _reach(towards, rect)
    centre = (_edge(rect.x, rect.w, towards[0]), _edge(rect.y, rect.h, towards[1]))
    length = math.hypot(*towards)
    unit = (towards[0] / length, towards[1] / length)
    disc = reach * 0.70
    away = reach * (0.875 if towards[0] else _AWAY_BELOW)
    return TapShape(
        centre=centre,
        disc=disc,
        rings=(reach * 0.79, reach * 0.885, reach * 0.98),
        card=(centre[0] - unit[0] * away, centre[1] - unit[1] * away),
        card_width=reach * 0.46,
        card_turn=_turn(towards),
        drift=(unit[0] * reach * 0.10, unit[1] * reach * 0.10),
        arrow=_arrow(centre, unit, disc, diagonal=diagonal),
        arrow_size=disc * 0.26,
        points=math.degrees(math.atan2(towards[1], towards[0])),
        label=_label(centre, towards, disc, margin, rect),
    )


def _reach(towards: tuple[int, int], rect: Rect) -> float:
    """Radius of everything: what the rectangle holds around the reader's place."""
    across = rect.w if towards[0] else rect.w / 2
    down = rect.h if towards[1] else rect.h / 2
    return min(across, down)


def _edge(start: int, length: int, towards: int) -> float:
    return start + length * (towards + 1) / 2


def _turn(towards: tuple[int, int]) -> float:
    """The card leans towards the reader; above a reader it only tilts."""
    return 14.0 if towards[0] * towards[1] >= 0 else -14.0


def _arrow(
    centre: tuple[float, float], unit: tuple[float, float], disc: float, *, diagonal: bool
) -> tuple[float, float]:
    away = disc * (0.35 if diagonal else 0.2)
    return centre[0] - unit[0] * away, centre[1] - unit[1] * away


def _label(
    centre: tuple[float, float], towards: tuple[int, int], disc: float, margin: int, rect: Rect
) -> Rect:
    """A box on the disc between its rim and the arrow."""
    width, height = disc * 0.80, disc * (0.33 if all(towards) else 0.40)
    if not towards[0]:
        x = centre[0] - width / 2
        y = centre[1] - disc * 0.76 if towards[1] > 0 else centre[1] + disc * 0.36
    elif not towards[1]:
        width = disc * 0.58
        x = centre[0] - disc * 0.36 - width
        y = centre[1] - height / 2
    else:
        width = disc * 0.76 - margin * 0.5
        x = rect.right - margin - width if towards[0] > 0 else rect.x + margin
        y = centre[1] - disc * 0.71 if towards[1] > 0 else centre[1] + disc * 0.38
    return Rect(round(x), round(y), round(width), round(height))
