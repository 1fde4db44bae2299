"""Millimetres become pixels, and small glass is told from large."""

import pytest

from kiosk.ui.metrics import LANDSCAPE_MM, PORTRAIT_MM, Metrics


def test_a_panel_of_215_inch_shows_true_millimetres() -> None:
    """Were it scaled, a 20 mm target would be too small for a finger."""
    metrics = Metrics(1080, 1920, 4.03)
    assert (metrics.factor, metrics.orientation, metrics.px(20)) == (1.0, "portrait", 81)


def test_a_small_panel_still_holds_the_whole_design() -> None:
    """Were it not scaled down, the buttons of an 800x480 panel would lie off the glass."""
    metrics = Metrics(800, 480, 5.15)
    assert metrics.orientation == "landscape"
    assert metrics.width_px / metrics.scale >= LANDSCAPE_MM[0] - 0.1
    assert metrics.height_px / metrics.scale >= LANDSCAPE_MM[1] - 0.1
    assert metrics.factor < 0.4


@pytest.mark.parametrize("glass", [(1080, 1920, 5.57), (800, 1280, 5.92), (480, 800, 5.25)])
def test_a_small_panel_standing_holds_as_much_as_the_largest(
    glass: tuple[int, int, float],
) -> None:
    """The pages are drawn for 21.5 inches: on 15.6 the buttons at the bottom lay off the glass."""
    metrics = Metrics(*glass)
    assert metrics.orientation == "portrait"
    assert metrics.width_px / metrics.scale >= PORTRAIT_MM[0] - 0.1
    assert metrics.height_px / metrics.scale >= PORTRAIT_MM[1] - 0.1
    assert Metrics(1080, 1920, 4.034).factor == 1.0


def test_a_hairline_never_vanishes() -> None:
    """A quarter of a millimetre must be a pixel on any glass; nothing must stay nothing."""
    metrics = Metrics(480, 800, 2.0)
    assert (metrics.px(0.25), metrics.px(0), metrics.px(-6)) == (1, 0, round(-6 * metrics.scale))


def test_type_is_sized_by_its_capitals() -> None:
    """EN 301 549 asks for 6.1 mm capitals; the font size is larger by the font's own share."""
    metrics = Metrics(1080, 1920, 4.03)
    assert metrics.font_px(6.1) == 34
    assert Metrics(1080, 1920, 4.03, big_text=True).font_px(6.1) == 44


@pytest.mark.parametrize("wrong", [(0, 10, 1.0), (10, -1, 1.0), (10, 10, 0.0)])
def test_a_glass_without_size_is_refused(wrong: tuple[int, int, float]) -> None:
    """A mistyped size must be named at the start and not divide by zero later."""
    with pytest.raises(ValueError, match="above 0"):
        Metrics(*wrong)
