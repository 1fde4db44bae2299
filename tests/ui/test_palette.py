"""Every colour has a value in every theme, and words can be read on what they stand on."""

import pygame
import pytest

from kiosk.ui.backdrop import backdrop
from kiosk.ui.contrast import (
    SHAPE_AT_LEAST,
    TEXT_AT_LEAST,
    contrast,
    grounds,
    luminance,
    worst,
)
from kiosk.ui.nodes import Backdrop
from kiosk.ui.palette import BOUTIQUE, HIGH_CONTRAST, Paint, Theme, theme
from kiosk.ui.theme import Colour, Fill, Rgb, Shadow
from tests.ui.kit import SMALL

THEMES = [BOUTIQUE, HIGH_CONTRAST]

WORDS_ON: dict[Fill | None, tuple[Colour, ...]] = {
    None: (
        Colour.INK,
        Colour.INK_2,
        Colour.INK_3,
        Colour.PINE,
        Colour.POINTS_INK,
        Colour.GOOD_INK,
        Colour.CARE_INK,
        Colour.STOP,
    ),
    Fill.LINEN: (
        Colour.INK,
        Colour.INK_2,
        Colour.INK_3,
        Colour.PINE,
        Colour.POINTS_INK,
        Colour.GOOD_INK,
        Colour.CARE_INK,
        Colour.STOP,
        Colour.BRONZE,
    ),
    Fill.PAPER: (Colour.INK, Colour.INK_2, Colour.INK_3, Colour.PINE, Colour.POINTS_INK),
    Fill.PINE: (Colour.ON_PINE, Colour.ON_PINE_2, Colour.GOLD_ON_PINE, Colour.WHITE),
    Fill.BRONZE: (Colour.WHITE,),
    Fill.GOLD: (Colour.ON_GOLD,),
    Fill.SILVER: (Colour.SILVER_INK, Colour.INK),
    Fill.GOOD_SOFT: (Colour.INK, Colour.PINE, Colour.GOOD_INK, Colour.INK_2),
    Fill.CARE_SOFT: (Colour.INK, Colour.CARE_INK, Colour.INK_2),
    Fill.STOP_SOFT: (Colour.INK, Colour.STOP, Colour.INK_2),
    Fill.MUTED: (Colour.INK, Colour.INK_2),
    Fill.MINT: (Colour.INK, Colour.PINE, Colour.INK_2, Colour.GOOD_INK),
    Fill.ROSE: (Colour.INK,),
    Fill.SKY: (Colour.INK,),
    Fill.SAND: (Colour.INK,),
    Fill.GOLD_SOFT: (Colour.INK,),
    Fill.PEACH: (Colour.INK,),
}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((0x77, 0x77, 0x77), (255, 255, 255), 4.48),  # just below; #767676 passes
        ((0x76, 0x76, 0x76), (255, 255, 255), 4.54),
        ((255, 0, 0), (255, 0, 0), 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: Rgb, other: Rgb, ratio: float) -> None:
    """A wrong formula would pass colours that nobody can read."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("themed", THEMES, ids=lambda t: t.name)
def test_every_name_has_a_value(themed: Theme) -> None:
    """A screen may use any name; one without a value would end the kiosk."""
    assert set(themed.colours) == set(Colour)
    assert set(themed.fills) == set(Fill)
    assert theme(themed.name) is themed


def test_only_the_boutique_has_shadows_and_gradients() -> None:
    """The high-contrast theme is for eyes that need edges, not light."""
    assert set(BOUTIQUE.casts) == set(Shadow)
    assert not HIGH_CONTRAST.casts
    assert all(paint.plain for paint in HIGH_CONTRAST.fills.values())


@pytest.mark.parametrize("themed", THEMES, ids=lambda t: t.name)
@pytest.mark.parametrize("fill", WORDS_ON, ids=lambda f: f.value if f else "backdrop")
def test_words_can_be_read_on(fill: Fill | None, themed: Theme) -> None:
    """4.5:1 at the worst point of a gradient, the hero's golden corner included."""
    for colour in WORDS_ON[fill]:
        arcs = fill is Fill.PINE
        assert worst(themed, colour, fill, arcs=arcs) >= TEXT_AT_LEAST, colour


def test_edges_of_controls_can_be_seen() -> None:
    """A button whose outline is below 3:1 is no button to many."""
    for colour in (Colour.EDGE, Colour.EDGE_PINE):
        for fill in (Fill.LINEN, Fill.PAPER):
            assert worst(BOUTIQUE, colour, fill) >= SHAPE_AT_LEAST


def test_icons_of_missing_pictures_can_be_seen() -> None:
    """The icon that stands in for a picture is all the member sees of the reward."""
    for fill, paint in BOUTIQUE.fills.items():
        assert min(contrast(paint.icon, ground) for ground in grounds(BOUTIQUE, fill)) >= 3, fill


def test_the_drawn_paper_is_no_darker_than_promised() -> None:
    """The contrast above counts with the paper's darkest colour; the drawn one must keep to it."""
    glass = pygame.Rect(0, 0, SMALL.width_px, SMALL.height_px)
    surface = backdrop(Backdrop.PAPER, glass.size, BOUTIQUE).part(glass)
    darkest = min(luminance(ground) for ground in grounds(BOUTIQUE, None))
    spots = ((x, y) for x in range(0, SMALL.width_px, 7) for y in range(0, SMALL.height_px, 7))
    assert min(luminance(_rgb(surface, spot)) for spot in spots) >= darkest - 0.012


def _rgb(surface: pygame.Surface, spot: tuple[int, int]) -> Rgb:
    r, g, b, _ = surface.get_at(spot)
    return r, g, b


def test_a_gradient_meets_its_stops() -> None:
    """Contrast is computed from the same colours that are drawn."""
    paint = Paint(((0.0, (0, 0, 0)), (0.5, (100, 0, 0)), (1.0, (100, 200, 0))))
    assert [paint.at(place) for place in (0, 0.25, 0.5, 0.75, 1)] == [
        (0, 0, 0),
        (50, 0, 0),
        (100, 0, 0),
        (100, 100, 0),
        (100, 200, 0),
    ]
