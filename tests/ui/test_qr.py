"""The counter's scanner reads what the kiosk drew: every module, its quiet zone, no blur."""

import subprocess
import sys

import pygame
import pytest
import segno

from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Box, Scene, text
from kiosk.ui.pieces import Qr
from kiosk.ui.qr import Codes, modules
from kiosk.ui.theme import Fill, ThemeName
from tests.ui.kit import painter, pixels

QUIET_MODULES = 4
"""Light modules on every side (ISO/IEC 18004, 6.3.8)."""

DATA = "KIOSK1:sh-ja-01:482916"
LONGEST = f"KIOSK1:{'s' * 64}:482916057"
GLASS = Metrics(680, 680, 4.0)


def scene(data: str) -> Scene:
    """A code that takes most of the glass, on a ground that is not white."""
    return Scene(name="qr", root=Box(child=Qr(data=data, width=100), fill=Fill.PINE))


def read(surface: pygame.Surface) -> list[list[bool]]:
    """Every module of the code on the picture, read from the middle of its pixels.

    Finds the code as a scanner does: by the dark square around everything dark.
    """
    mask = pygame.mask.from_threshold(surface, (0, 0, 0), (60, 60, 60))
    box = mask.get_bounding_rects()
    whole = box[0].unionall(box[1:])
    size_px = _module_px(mask, whole)
    count = whole.w // size_px
    assert whole.w == whole.h == count * size_px
    return [
        [
            bool(
                mask.get_at(
                    (whole.x + x * size_px + size_px // 2, whole.y + y * size_px + size_px // 2)
                )
            )
            for x in range(count)
        ]
        for y in range(count)
    ]


def _module_px(mask: pygame.Mask, whole: pygame.Rect) -> int:
    """The finder's upper edge is seven modules long."""
    run = 0
    while mask.get_at((whole.x + run, whole.y)):
        run += 1
    assert run % 7 == 0
    return run // 7


@pytest.mark.parametrize("theme", ["boutique", "high-contrast"])
@pytest.mark.parametrize("data", [DATA, "KIOSK1:sh-ja-01:482916057", LONGEST])
def test_the_glass_shows_every_module(data: str, theme: ThemeName) -> None:
    """One module wrong in each corner, and the counter types instead of scanning."""
    brush = painter(GLASS, theme)
    brush.show(scene(data), 0)
    expected = [[bool(module) for module in row] for row in segno.make_qr(data, error="m").matrix]
    drawn = Codes((0, 0, 0)).draw(data, (400, 400))
    assert read(drawn) == expected
    whole = pygame.Surface(brush.surface.get_size())
    whole.fill("white")
    place = _qr_rect(brush.layout)
    whole.blit(brush.surface, place, place)
    _whiten_ground(whole, place, data)
    assert read(whole) == expected


def _qr_rect(layout: object) -> pygame.Rect:
    placed = layout.placed  # type: ignore[attr-defined]  # the painter's own layout
    return pygame.Rect(next(p.rect for p in placed if isinstance(p.node, Qr)))


def _whiten_ground(surface: pygame.Surface, place: pygame.Rect, data: str) -> None:
    """What lies between the node and the code's own white is ground, not code."""
    side = len(modules(data)) + 2 * QUIET_MODULES
    side *= place.w // side
    inner = pygame.Rect(0, 0, side, side)
    inner.center = place.center
    code = surface.subsurface(inner).copy()
    surface.fill("white")
    surface.blit(code, inner)
    for edge in range(4 * (side // (len(modules(data)) + 8))):
        assert surface.get_at((inner.x + edge, inner.centery))[:3] == (255, 255, 255)


def test_modules_are_whole_pixels() -> None:
    """A module of 3.4 pixels has grey edges that a cheap scanner stumbles over."""
    drawn = Codes().draw(DATA, (401, 333))
    assert {tuple(drawn.get_at((x, y))[:3]) for x in range(0, 300) for y in (40, 41, 42)} <= {
        (255, 255, 255),
        (0x0B, 0x2A, 0x25),
    }
    assert drawn.get_width() % (25 + 2 * QUIET_MODULES) == 0


def test_four_light_modules_stand_around_it() -> None:
    """With less a scanner takes the card's edge for a part of the code."""
    drawn = Codes((0, 0, 0)).draw(DATA, (33, 33))  # a pixel a module
    dark = pygame.mask.from_threshold(drawn, (0, 0, 0), (60, 60, 60))
    [whole, *more] = dark.get_bounding_rects()
    assert whole.unionall(more) == pygame.Rect(QUIET_MODULES, QUIET_MODULES, 25, 25)
    assert drawn.get_size() == (25 + 2 * QUIET_MODULES, 25 + 2 * QUIET_MODULES)


def test_a_code_that_is_gone_is_forgotten() -> None:
    """It is worth a gift: nothing of it outlives its page."""
    brush = painter(GLASS)
    brush.show(scene(DATA), 0)
    assert DATA in brush._codes._drawn
    brush.show(Scene(name="home", root=text("回到首页")), 1)
    assert brush._codes._drawn == {}


def test_another_code_is_another_picture() -> None:
    """A code kept from the member before would give away theirs."""
    brush = painter(GLASS)
    brush.show(scene(DATA), 0)
    first = pixels(brush.surface)
    brush.show(scene("KIOSK1:sh-ja-01:057331"), 1)
    assert pixels(brush.surface) != first


def test_the_code_is_in_no_text() -> None:
    """Scenes are printed when a test or a fault shows them."""
    assert "482916" not in repr(Qr(data=DATA))


def test_nothing_of_the_encoder_is_loaded_before_the_first_code() -> None:
    """Its eight megabytes are for those who redeem."""
    asks = "import sys, kiosk.ui.paint; sys.exit('segno' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asks], check=False).returncode == 0
