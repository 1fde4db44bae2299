"""Golden pictures: every screen, zh and en, standing and lying, as it was last looked at.

`make golden` draws them anew; look at every one before you commit it. They are kept at half
their size with five bits a channel: a sixth of the bytes, and a comparison allows for that. A
stroke that moves by one pixel still differs by half of its contrast.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import pygame
import pytest
from PIL import Image

from kiosk.art import ART_DIR
from kiosk.config.sections import OWN_FONTS_DIR
from kiosk.model.text import Language
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.ui.fonts import font_id
from kiosk.ui.languages import Words, load
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Gap, Scene
from kiosk.ui.paint import Painter
from kiosk.ui.theme import ThemeName
from tests.golden.shots import Shot, every_way, standing_only

PICTURES = Path(__file__).with_name("pictures")
FONT_FILE = PICTURES / "FONT"
"""Names the font the pictures were made with."""

KEPT_BITS = 0xF8
OFF_BY = 4 + 8
"""Half of what the dropped bits hold, and what another processor's rounding may add."""

MAX_SHARE = 0.0005
"""Pixels that may be farther off: edges of letters, drawn by another processor."""

GLASSES = {
    "portrait": Metrics(1080, 1920, 4.034),
    "landscape": Metrics(1920, 1080, 4.034),
}
"""A panel of 21.5 inches, both ways up."""

CASES = [
    (shot, way, metrics, language)
    for way, metrics in GLASSES.items()
    for shot in (every_way() + standing_only() if way == "portrait" else every_way())
    for language in Language
]
"""What fits on every other glass is held by tests/screens/test_every_screen.py."""


def _name(shot: Shot, way: str, language: Language) -> str:
    return f"{shot.name}-{way}-{language.value[:2]}"


@pytest.mark.parametrize(
    ("shot", "way", "metrics", "language"),
    [pytest.param(*case, id=_name(case[0], case[1], case[3])) for case in CASES],
)
def test_the_screen_is_as_it_was_looked_at(
    shot: Shot, way: str, metrics: Metrics, language: Language
) -> None:
    """A change nobody looked at would reach a thousand stores."""
    painter = _painted(shot, metrics, language)
    path = PICTURES / f"{_name(shot, way, language)}.webp"
    if os.environ.get("GOLDEN") == "rewrite":
        PICTURES.mkdir(exist_ok=True)
        FONT_FILE.write_text(font_id(OWN_FONTS_DIR) + "\n")
        _keep(painter.surface, path)
        return
    _require_same_font()
    share = _different_share(_half(painter.surface), pygame.image.load(path))
    if share > MAX_SHARE:
        seen = Path("build") / "golden" / f"{path.stem}.png"
        seen.parent.mkdir(parents=True, exist_ok=True)
        pygame.image.save(painter.surface, seen)
        pytest.fail(f"{share:.2%} of the picture differ; what was drawn is in {seen}")


def test_every_picture_belongs_to_a_screen() -> None:
    """A picture of a screen that is gone proves nothing and is in the way."""
    wanted = {f"{_name(shot, way, lang)}.webp" for shot, way, _, lang in CASES}
    assert {path.name for path in PICTURES.glob("*.*")} == wanted


def _painted(shot: Shot, metrics: Metrics, language: Language) -> Painter:
    metrics = replace(metrics, big_text=shot.big_text)
    painter = _painter(metrics, shot.theme)
    session = shot.session(language)
    view = View(
        metrics.width_px / metrics.scale,
        metrics.height_px / metrics.scale,
        _words(language),
        shot.corner,
        factor=metrics.factor,
    )
    painter.show(Scene(name="blank", root=Gap()), 0.0)  # nothing of the picture before is left
    painter.show(scene(Sight(session, shot.world, view, shot.candidates)), 0.0)
    return painter


@cache
def _painter(metrics: Metrics, theme: ThemeName) -> Painter:
    """One for all pictures of a glass, as on a kiosk; it keeps letters, shadows and paper."""
    size = (metrics.width_px, metrics.height_px)
    return Painter(size, metrics, theme, OWN_FONTS_DIR, ART_DIR, motion=False)


@cache
def _words(language: Language) -> Words:
    return load(language.value)


def _half(surface: pygame.Surface) -> pygame.Surface:
    width, height = surface.get_size()
    return pygame.transform.smoothscale(surface, (width // 2, height // 2))


def _keep(surface: pygame.Surface, path: Path) -> None:
    """Write the picture; nothing of what is kept is lost, and half of PNG's bytes are enough."""
    surface = _half(surface)
    middle = (~KEPT_BITS & 0xFF) // 2 + 1
    table = bytes(value & KEPT_BITS | middle for value in range(256))
    pixels = pygame.image.tobytes(surface, "RGB").translate(table)
    picture = Image.frombytes("RGB", surface.get_size(), pixels)
    picture.save(path, lossless=True, quality=100, method=6)


def _different_share(drawn: pygame.Surface, golden: pygame.Surface) -> float:
    assert drawn.get_size() == golden.get_size()
    same = pygame.transform.threshold(
        dest_surface=None,
        surface=drawn,
        search_color=None,
        threshold=(OFF_BY, OFF_BY, OFF_BY, 255),
        set_color=None,
        set_behavior=0,
        search_surf=golden,
    )
    width, height = drawn.get_size()
    return 1 - same / (width * height)


def _require_same_font() -> None:
    here, there = font_id(OWN_FONTS_DIR), FONT_FILE.read_text().strip()
    if here == there:
        return
    words = f"this machine's font is {here}; the pictures were made with {there}"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)
