"""Measures and draws words with the real font; pygame's font module is used here alone."""

from collections.abc import Iterable
from pathlib import Path

import pygame

from kiosk.ui.fonts import common_file, font_file, is_common
from kiosk.ui.palette import Theme, mix
from kiosk.ui.theme import Colour, Rgb, Weight
from kiosk.ui.typeset import Run

# Sheen of the gold figures, from top to bottom of the digits.
SHEEN: tuple[Rgb, Rgb] = ((0xFF, 0xF3, 0xD2), (0xE4, 0xB6, 0x5E))
# Sizes kept open: a page has about ten, a text that must shrink brings others for a moment.
MAX_OPEN = 14
# Words on what moves are drawn again with each of its frames; larger ones than this (0.4 MB for a
# greeting) not even then.
KEPT_BYTES = 48 * 1024


class PygameFaces:
    """The font in every weight and size that was asked for; opened when first needed."""

    def __init__(self, folder: Path) -> None:
        pygame.font.init()
        self._folder = folder
        self._fonts: dict[tuple[Weight, int, bool], pygame.font.Font] = {}

    def advance(self, weight: Weight, size_px: int, words: str) -> int:
        """Width of the words in pixels, kerning included."""
        return self.font(weight, size_px, words).size(words)[0]

    def font(self, weight: Weight, size_px: int, words: str = "") -> pygame.font.Font:
        """The font in one weight and size that has these words; the small one if it will do."""
        key = (weight, size_px, is_common(words))
        found = self._fonts.pop(key, None)
        if found is None:
            small = common_file(self._folder, weight) if key[2] else None
            found = pygame.font.Font(small or font_file(self._folder, weight), size_px)
            while len(self._fonts) >= MAX_OPEN:
                del self._fonts[next(iter(self._fonts))]
        self._fonts[key] = found  # the last one asked for stands last
        return found


class Words:
    """Draws runs, and keeps what is drawn only as long as it is on the glass.

    So nothing a member could read outlives the picture it was for.
    """

    def __init__(self, faces: PygameFaces, theme: Theme) -> None:
        self._faces = faces
        self._theme = theme
        self._drawn: dict[tuple[object, ...], pygame.Surface] = {}

    def keep(self, runs: Iterable[Run]) -> None:
        """Drop every word that is not among these."""
        wanted = {_key(run) for run in runs}
        self._drawn = {key: drawn for key, drawn in self._drawn.items() if key in wanted}

    def rest(self) -> None:
        """The picture stands still: drop every word, 1.2 MB on a member's page.

        What changes next is a button or a figure; its words are drawn anew in half a millisecond.
        """
        self._drawn.clear()

    def drop_large(self) -> None:
        """Something moves, and not everything: drop the words that are rarely under it."""
        self._drawn = {
            key: drawn
            for key, drawn in self._drawn.items()
            if drawn.get_pitch() * drawn.get_height() <= KEPT_BYTES
        }

    def draw(self, run: Run) -> tuple[pygame.Surface, int]:
        """The run's surface and the distance of its baseline from its top, px."""
        key = _key(run)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self._render(run)
        return found, self._faces.font(run.weight, run.size_px, run.words).get_ascent()

    def _render(self, run: Run) -> pygame.Surface:
        font = self._faces.font(run.weight, run.size_px, run.words)
        if run.figure and run.colour is Colour.GOLD_ON_PINE and self._theme.light:
            return self._gilded(font, run)
        return font.render(run.words, True, self._theme.colours[run.colour])

    def _gilded(self, font: pygame.font.Font, run: Run) -> pygame.Surface:
        surface = font.render(run.words, True, "white")
        wide, high = surface.get_size()
        base = font.get_ascent()
        top = base - round(run.size_px * 0.74)
        light, dark = SHEEN
        column = pygame.Surface((1, high), 0, 32)
        for y in range(high):
            share = min(1.0, max(0.0, (y - top) / (base - top)))
            column.set_at((0, y), mix(light, dark, share))
        sheen = pygame.transform.scale(column, (wide, high))
        surface.blit(sheen, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
        return surface


def _key(run: Run) -> tuple[object, ...]:
    return (run.words, run.weight, run.size_px, run.colour, run.figure)
