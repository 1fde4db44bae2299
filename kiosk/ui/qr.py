"""Draws QR codes, sharp to the pixel; keeps the one that is on the glass and no other."""

from collections.abc import Collection

import pygame

from kiosk.ui.surfaces import Size
from kiosk.ui.theme import Rgb

QUIET_MODULES = 4
"""Light modules on every side (ISO/IEC 18004, 6.3.8)."""

DARK: Rgb = (0x0B, 0x2A, 0x25)
LIGHT: Rgb = (0xFF, 0xFF, 0xFF)


class Codes:
    """QR codes by what they say; drawn with a pixel a module and enlarged when they are shown."""

    def __init__(self, dark: Rgb = DARK) -> None:
        self._dark = dark
        self._drawn: dict[str, pygame.Surface] = {}

    def draw(self, data: str, room: Size) -> pygame.Surface:
        """The code with its quiet zone, as large as whole pixels a module allow in the room."""
        small = self._drawn.get(data)
        if small is None:
            small = self._drawn[data] = _small(data, self._dark)
        side = small.get_width() * max(1, min(room) // small.get_width())
        return pygame.transform.scale(small, (side, side))

    def keep(self, wanted: Collection[str]) -> None:
        """Drop every code that is not among these: it is a member's."""
        self._drawn = {data: drawn for data, drawn in self._drawn.items() if data in wanted}


def _small(data: str, dark: Rgb) -> pygame.Surface:
    rows = modules(data)
    side = len(rows) + 2 * QUIET_MODULES
    surface = pygame.Surface((side, side), 0, 32)
    surface.fill(LIGHT)
    for y, row in enumerate(rows, QUIET_MODULES):
        for x, is_dark in enumerate(row, QUIET_MODULES):
            if is_dark:
                surface.set_at((x, y), dark)
    return surface


def modules(data: str) -> tuple[tuple[bool, ...], ...]:
    """The code's modules row by row, True for dark; error correction M or better.

    The encoder is loaded with the first code: until then nobody needs its memory.
    """
    import segno

    code = segno.make_qr(data, error="m")
    return tuple(tuple(module == 1 for module in row) for row in code.matrix)
