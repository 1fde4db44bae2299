"""Keeps drawn surfaces, the least used going first, under a cap of bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable

import pygame

# Of the 60 MB the whole kiosk process may take the glass takes 8.3, the backdrop 2.1.
# The attract screen and all that members' pages share need 3.6 at 1080x1920 and 4.4 at 1920x1080;
# with less room they would take turns being drawn anew at every tap.
CAP_BYTES = 5 * 1024 * 1024
# Larger pictures are kept only while something moves: the attract screen's nine would take 2.6 MB.
PASSING_BYTES = 128 * 1024


class SurfaceCache:
    """Surfaces by what they show.

    Attributes:
        size_bytes: of all surfaces kept.
    """

    def __init__(self, cap_bytes: int = CAP_BYTES) -> None:
        self._cap = cap_bytes
        self._kept: OrderedDict[Hashable, pygame.Surface] = OrderedDict()
        self._passing: dict[Hashable, pygame.Surface] = {}
        self.size_bytes = 0

    def get(self, key: Hashable, draw: Callable[[], pygame.Surface]) -> pygame.Surface:
        """The surface kept under the key, drawn now if there is none."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        made = draw()
        self.size_bytes += _size_bytes(made)
        self._kept[key] = made
        while self.size_bytes > self._cap and self._kept:
            _, dropped = self._kept.popitem(last=False)
            self.size_bytes -= _size_bytes(dropped)
        return made

    def pass_on(self, key: Hashable, draw: Callable[[], pygame.Surface]) -> pygame.Surface:
        """As `get`, but what is large is dropped at the next `rest`."""
        if key in self._kept:
            return self.get(key, draw)
        if key in self._passing:
            return self._passing[key]
        made = draw()
        if _size_bytes(made) <= PASSING_BYTES:
            return self.get(key, lambda: made)
        self._passing[key] = made
        return made

    def rest(self) -> None:
        """The picture stands still: drop what only its moving needed."""
        self._passing.clear()

    def clear(self) -> None:
        """Drop everything."""
        self._passing.clear()
        self._kept.clear()
        self.size_bytes = 0


def _size_bytes(surface: pygame.Surface) -> int:
    return surface.get_pitch() * surface.get_height()
