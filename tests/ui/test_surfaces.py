"""The raw material: gradients, rounded shapes, rings, patches, and the cache that keeps them."""

import pygame
import pytest

from kiosk.ui.cache import SurfaceCache
from kiosk.ui.metrics import Metrics
from kiosk.ui.palette import BOUTIQUE, Paint, Sweep
from kiosk.ui.patch import Patch, small_size
from kiosk.ui.shapes import Bar, Dial, Shapes, Sheet
from kiosk.ui.surfaces import disc, gradient, layer, over, ring, rounded, shadow
from kiosk.ui.theme import Colour, Fill, Shadow
from tests.ui.kit import pixels

TWO = Paint(((0.0, (40, 100, 90)), (1.0, (10, 40, 35))))
WHITE = Paint(((0.0, (255, 255, 255)),))


def alpha(surface: pygame.Surface, x: int, y: int) -> int:
    """How much of the surface is there."""
    return surface.get_at((x, y))[3]


@pytest.mark.parametrize("sweep", list(Sweep))
def test_a_gradient_runs_from_its_first_to_its_last_colour(sweep: Sweep) -> None:
    """A card drawn the wrong way round would be dark where its white words are thin."""
    surface = gradient((300, 200), Paint(TWO.stops, sweep))
    first, last = surface.get_at((0, 0)), surface.get_at((299, 199))
    assert all(abs(a - b) <= 2 for a, b in zip(first[:3], (40, 100, 90), strict=True))
    assert all(abs(a - b) <= 2 for a, b in zip(last[:3], (10, 40, 35), strict=True))


def test_a_soft_gradient_has_no_bands() -> None:
    """Without dither a step of one level is a visible line across the whole paper."""
    soft = Paint(((0.0, (252, 249, 244)), (1.0, (238, 229, 216))), Sweep.ACROSS)
    surface = gradient((1000, 40), soft)
    longest = 0
    for y in (5, 20, 33):
        run = 1
        for x in range(1, 1000):
            run = run + 1 if surface.get_at((x, y)) == surface.get_at((x - 1, y)) else 1
            longest = max(longest, run)
    assert longest < 60


def test_corners_are_round_and_smooth() -> None:
    """A hard corner is a staircase of pixels on every card."""
    shape = rounded(gradient((80, 60), WHITE), 20)
    assert alpha(shape, 0, 0) == 0
    assert alpha(shape, 40, 0) == alpha(shape, 0, 30) == 255
    rim = {alpha(shape, x, y) for x in range(12) for y in range(12)}
    assert any(0 < value < 255 for value in rim)
    assert all(
        alpha(shape, x, y) == alpha(shape, 79 - x, 59 - y) for x in range(20) for y in (1, 7)
    )


def test_every_colour_is_premultiplied() -> None:
    """A colour brighter than its alpha leaves a pale fringe around every shape."""
    sheet = Sheet((90, 70), Fill.PINE, 20, (94, 138, 127), 2)
    drawn = Shapes(BOUTIQUE, 4.0, SurfaceCache())
    surfaces = [
        drawn._sheet(sheet),
        disc(31, (200, 100, 50)),
        ring(60, 8, 0.6, (200, 100, 50)),
        shadow((90, 70), 10, BOUTIQUE.casts[Shadow.DEEP], 4.0)[0],
    ]
    for surface in surfaces:
        for x in range(0, surface.get_width(), 3):
            for y in range(0, surface.get_height(), 3):
                r, g, b, a = surface.get_at((x, y))
                assert max(r, g, b) <= a + 1


@pytest.mark.parametrize(("fraction", "there"), [(1, "NESW"), (0.5, "NES"), (0.3, "NE"), (0, "")])
def test_a_ring_empties_clockwise_from_the_top(fraction: float, there: str) -> None:
    """A ring that ran the other way would look as if time came back."""
    shape = ring(81, 9, fraction, (255, 255, 255))
    spots = {"N": (40, 4), "E": (76, 40), "S": (40, 76), "W": (4, 40)}
    for name, spot in spots.items():
        assert (alpha(shape, *spot) > 200) is (name in there), name
    assert alpha(shape, 40, 40) == 0


@pytest.mark.parametrize("size", [64, 65])
def test_a_ring_is_whole(size: int) -> None:
    """A ring one pixel too large for its surface is flat on two sides."""
    shape = ring(size, 6, 1, (255, 255, 255))
    half = size // 2
    rims = [[alpha(shape, half, i), alpha(shape, i, half)] for i in (size - 1, size - 2)]
    assert max(map(max, rims)) > 0
    assert sum(alpha(shape, x, size - 1) > 200 for x in range(size)) < size / 4
    assert sum(alpha(shape, size - 1, y) > 200 for y in range(size)) < size / 4


def test_a_patch_is_what_the_whole_would_be() -> None:
    """Cards are stretched from small drawings; a seam would show on every one of them."""
    edge = BOUTIQUE.colours[Colour.EDGE]
    for size in ((400, 300), (300, 61), (64, 400), (50, 48)):
        sheet = Sheet(size, Fill.LINEN, 24, edge, 2)
        shapes = Shapes(BOUTIQUE, 4.0, SurfaceCache())
        drawn, whole = (pygame.Surface((420, 420), 0, 32) for _ in range(2))
        for surface in (drawn, whole):
            surface.fill((200, 180, 160))
        shapes.draw_sheet(drawn, sheet, (7, 9))
        over(whole, shapes._sheet(sheet), (7, 9))
        assert pixels(drawn) == pixels(whole), size


def test_a_stretched_shadow_is_what_the_whole_would_be() -> None:
    """A shadow with seams looks like a printing error."""
    cast = BOUTIQUE.casts[Shadow.SOFT]
    corner = 24 + round((1.5 * cast.blur + cast.shrink) * 4) + 8
    size = (480, 400)
    whole, pad = shadow(size, 24, cast, 4.0)
    small, _ = shadow(small_size(size, corner), 24, cast, 4.0)
    drawn = layer(whole.get_size())
    Patch(small, corner + pad).draw(drawn, drawn.get_rect())
    for x in range(0, drawn.get_width(), 5):
        for y in (2, pad // 2, pad - 2, drawn.get_height() // 3, drawn.get_height() - 5):
            if not pygame.Rect(pad, pad, *size).collidepoint(x, y):
                assert abs(alpha(drawn, x, y) - alpha(whole, x, y)) <= 3, (x, y)


def test_a_progress_bar_is_as_full_as_it_says() -> None:
    """A bar that looks full at 88 % promises a reward that is not there."""
    shapes = Shapes(BOUTIQUE, 4.0, SurfaceCache())
    bar = shapes.bar(Bar((200, 10), 0.25, on_pine=False, knob=False))
    track = shapes.bar(Bar((200, 10), 0.0, on_pine=False, knob=False))
    x, y = shapes.glow, shapes.glow + 5
    assert bar.get_at((x + 60, y)) == track.get_at((x + 60, y))
    assert bar.get_at((x + 40, y)) != track.get_at((x + 40, y))


def test_each_dot_of_the_time_out_is_a_second() -> None:
    """The dots are counted by those who do not read the figure."""
    shapes = Shapes(BOUTIQUE, 4.0, SurfaceCache())
    seen = [shapes.dial(Dial(200, 10, left / 20, 20)) for left in (20, 19, 10)]
    assert len({pygame.image.tobytes(dial, "RGBA") for dial in seen}) == 3


def test_the_cache_keeps_to_its_cap_and_drops_the_least_used() -> None:
    """Pictures of a whole day would fill the Pi's memory."""
    cache = SurfaceCache(cap_bytes=10 * 100 * 4)
    drawn: list[int] = []

    def draw(n: int) -> pygame.Surface:
        drawn.append(n)
        return layer((10, 10))

    for n in (*range(10), 0, 10):
        cache.get(n, lambda n=n: draw(n))  # type: ignore[misc]  # bound at once
    assert cache.size_bytes == 10 * 100 * 4
    cache.get(0, lambda: draw(0))
    cache.get(1, lambda: draw(1))
    assert drawn == [*range(11), 1]


def test_true_millimetres_reach_the_shapes() -> None:
    """A shadow in pixels would be a smudge on one panel and a wall on another."""
    shapes = [Shapes(BOUTIQUE, Metrics(1080, 1920, p).scale, SurfaceCache()) for p in (2.1, 4.0)]
    assert shapes[0].reach(Shadow.DEEP) < shapes[1].reach(Shadow.DEEP)
    assert shapes[0].reach(None) == 0


def test_a_disc_on_the_smallest_glass_is_a_pixel() -> None:
    """A panel whose diagonal was mistyped must draw small, not fail."""
    assert disc(-2, (1, 2, 3)).get_size() == (1, 1)
