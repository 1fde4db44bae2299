"""Loads icons and pictures from our SVG files and from the content's pictures."""

import io
import logging
import re
from pathlib import Path

import pygame

from kiosk.ui.cache import SurfaceCache
from kiosk.ui.surfaces import disc, layer
from kiosk.ui.theme import Rgb

log = logging.getLogger(__name__)

# Names come from HQ's content: no way out of the folder.
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
KINDS = (".svg", ".png", ".jpg", ".webp")
# Our own pictures, after those of the content.
SHELVES = ("rewards", "scenes", "faces", "icons", "")
# A larger file is not a picture for a kiosk; it would only cost memory.
FILE_CAP_BYTES = 4 * 1024 * 1024
SIDE_CAP_PX = 4096


class Pictures:
    """Icons and pictures by name, at the size they are drawn."""

    def __init__(self, art_dir: Path, pictures_dir: Path | None, cache: SurfaceCache) -> None:
        self._art_dir = art_dir
        self._pictures_dir = pictures_dir
        self._cache = cache
        self._missed: set[str] = set()

    def icon(self, name: str, size_px: int, colour: Rgb) -> pygame.Surface:
        """A stroke icon in one colour, premultiplied; a plain dot when there is none."""
        key = ("icon", name, size_px, colour)
        return self._cache.get(key, lambda: self._draw_icon(name, size_px, colour))

    def _draw_icon(self, name: str, size_px: int, colour: Rgb) -> pygame.Surface:
        path = self._art_dir / "icons" / f"{name}.svg"
        try:
            drawing = path.read_text("utf-8").replace("currentColor", _hex(colour))
            return _svg(drawing.encode(), (size_px, size_px))
        except (OSError, pygame.error) as problem:
            self._miss(name, problem)
            return _dot(size_px, colour)

    def picture(self, name: str, room: tuple[int, int]) -> pygame.Surface | None:
        """The picture as large as the room allows, premultiplied; None when there is none.

        It is not kept: whoever draws it keeps it together with its ground.
        """
        if name in self._missed:
            return None
        try:
            return self._load(name, room)
        except (OSError, ValueError, pygame.error) as problem:
            self._miss(name, problem)
            return None

    def _load(self, name: str, room: tuple[int, int]) -> pygame.Surface:
        path = self._find(name)
        if path.stat().st_size > FILE_CAP_BYTES:
            raise ValueError(f"larger than {FILE_CAP_BYTES} bytes")
        if path.suffix == ".svg":
            return _svg(path.read_bytes(), room)
        loaded = pygame.image.load(path)
        if max(loaded.get_size()) > SIDE_CAP_PX:
            raise ValueError(f"{loaded.get_size()} px is more than {SIDE_CAP_PX} a side")
        whole = layer(loaded.get_size())
        whole.blit(loaded, (0, 0))
        return pygame.transform.smoothscale(whole.premul_alpha(), _within(whole.get_size(), room))

    def _find(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError("not the name of a picture")
        folders = [self._art_dir / shelf for shelf in SHELVES]
        if self._pictures_dir is not None:
            folders.insert(0, self._pictures_dir)
        for folder in folders:
            for kind in KINDS:
                path = folder / (name + kind)
                if path.is_file():
                    return path
        raise FileNotFoundError("no such picture")

    def _miss(self, name: str, problem: Exception) -> None:
        """Say once that a picture is missing; the screen shows its icon instead."""
        if name not in self._missed:
            self._missed.add(name)
            log.warning("picture %r cannot be shown: %s", name, problem)


def _svg(drawing: bytes, room: tuple[int, int]) -> pygame.Surface:
    # SDL_image reads the size from the file and keeps its proportions within the room.
    return pygame.image.load_sized_svg(io.BytesIO(drawing), room).premul_alpha()


def _within(size: tuple[int, int], room: tuple[int, int]) -> tuple[int, int]:
    scale = min(room[0] / size[0], room[1] / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _dot(size_px: int, colour: Rgb) -> pygame.Surface:
    shape = layer((size_px, size_px))
    dot = disc(max(2, size_px // 3), colour)
    shape.blit(dot, dot.get_rect(center=(size_px // 2, size_px // 2)))
    return shape


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
