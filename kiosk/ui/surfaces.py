"""Raw material for drawing: gradients, rounded shapes, shadows; all with premultiplied alpha."""

import random
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain

import pygame

from kiosk.ui.palette import Cast, Paint, Sweep
from kiosk.ui.theme import Rgb

Size = tuple[int, int]

# A shadow is drawn this much smaller: a blur has no detail to lose.
SHADOW_SCALE = 4
# Edge of the square of noise that a gradient's steps are hidden with.
NOISE_PX = 64
# Points of a gradient that are computed; the rest is interpolated.
SEED_PX = 24
_SEED = range(SEED_PX)


def layer(size: Size) -> pygame.Surface:
    """An empty surface with alpha."""
    return pygame.Surface(size, pygame.SRCALPHA)


def over(target: pygame.Surface, sprite: pygame.Surface, place: tuple[int, int]) -> None:
    """Blit with premultiplied alpha."""
    target.blit(sprite, place, special_flags=pygame.BLEND_PREMULTIPLIED)


def gradient(size: Size, paint: Paint) -> pygame.Surface:
    """A filled rectangle, opaque, its steps dithered."""
    plain = paint.plain
    if plain:
        surface = pygame.Surface(size, 0, 32)
        surface.fill(plain)
        return surface
    last = SEED_PX - 1
    if paint.sweep is Sweep.DIAGONAL:
        line = [paint.at(i / (2 * last)) for i in range(2 * last + 1)]
        return field(size, (SEED_PX, SEED_PX), [line[x + y] for y in _SEED for x in _SEED])
    line = [paint.at(i / last) for i in _SEED]
    seed = (1, SEED_PX) if paint.sweep is Sweep.DOWN else (SEED_PX, 1)
    return field(size, seed, line)


def field(size: Size, seed: Size, points: Sequence[Rgb]) -> pygame.Surface:
    """A smooth field of colour.

    Eight bits show the steps of a soft gradient as bands. So the differences to the darkest
    value are interpolated several times too large, get noise below one step, and are scaled
    back: the steps dissolve.

    Args:
        size: of the field, px.
        seed: number of points across and down.
        points: their colours, row by row.
    """
    flat = bytes(chain.from_iterable(points))
    channels = (flat[0::3], flat[1::3], flat[2::3])
    base: Rgb = (min(channels[0]), min(channels[1]), min(channels[2]))
    most = max(max(channel) - low for channel, low in zip(channels, base, strict=True))
    finer = next(k for k in (16, 8, 4, 2, 1) if most * k <= 255)
    grown = bytearray(len(flat))
    for i, low in enumerate(base):
        steps = bytes(min(255, max(0, v - low) * finer) for v in range(256))
        grown[i::3] = channels[i].translate(steps)
    small = pygame.image.frombytes(bytes(grown), seed, "RGB")
    surface = pygame.transform.smoothscale(_widened(small, size), size)
    if finer > 1:
        _tile(surface, _noise(finer))
        scale = 256 // finer
        surface.fill((scale, scale, scale), special_flags=pygame.BLEND_RGB_MULT)
    surface.fill(base, special_flags=pygame.BLEND_RGB_ADD)
    return surface


def _widened(seed: pygame.Surface, size: Size) -> pygame.Surface:
    """Two pixels at least each way: interpolation needs a neighbour."""
    wide, high = seed.get_size()
    small = pygame.Surface((wide, high), 0, 32)
    small.blit(seed, (0, 0))
    if min(wide, high) > 1:
        return small
    return pygame.transform.scale(small, (min(size[0], max(2, wide)), min(size[1], max(2, high))))


@cache
def _noise(levels: int) -> pygame.Surface:
    """A square of even noise from 0 to `levels` - 1; the same on every machine."""
    chance = random.Random(levels)
    tile = pygame.Surface((NOISE_PX, NOISE_PX), 0, 32)
    grey = bytes(v for _ in range(NOISE_PX**2) for v in (chance.randrange(levels),) * 3)
    tile.blit(pygame.image.frombytes(grey, (NOISE_PX, NOISE_PX), "RGB"), (0, 0))
    return tile


def _tile(surface: pygame.Surface, tile: pygame.Surface) -> None:
    wide, high = surface.get_size()
    places = ((x, y) for y in range(0, high, NOISE_PX) for x in range(0, wide, NOISE_PX))
    surface.fblits(((tile, place) for place in places), pygame.BLEND_RGB_SUB)


def rounded(fill: pygame.Surface, radius: int) -> pygame.Surface:
    """The fill with its corners rounded off."""
    shape = layer(fill.get_size())
    shape.blit(fill, (0, 0))
    round_off(shape, radius)
    return shape


def round_off(shape: pygame.Surface, radius: int) -> None:
    """Take the corners off a surface, in place."""
    wide, high = shape.get_size()
    radius = min(radius, wide // 2, high // 2)
    if radius < 1:
        return
    corner = _corner(radius)
    for right in (False, True):
        for low in (False, True):
            piece = pygame.transform.flip(corner, right, low)
            place = (wide - radius if right else 0, high - radius if low else 0)
            shape.blit(piece, place, special_flags=pygame.BLEND_RGBA_MULT)


def _corner(radius: int) -> pygame.Surface:
    """The top left quarter of a white disc."""
    quarter = layer((radius, radius))
    pygame.draw.aacircle(quarter, "white", (radius, radius), radius, 0, draw_top_left=True)
    return quarter


def disc(size: int, colour: Rgb) -> pygame.Surface:
    """A filled circle that touches all four sides; a pixel at least, however small the glass."""
    size = max(1, size)
    shape = layer((size, size))
    shape.fill(colour)
    round_off(shape, size // 2)
    return shape


def shadow(size: Size, radius: int, cast: Cast, px_per_mm: float) -> tuple[pygame.Surface, int]:
    """The shadow of a rounded rectangle, and how far it reaches beyond each side, px.

    `Cast.drop` is left to whoever places it.
    """
    blur = max(1, round(cast.blur * px_per_mm / SHADOW_SCALE))
    shrink = round(cast.shrink * px_per_mm / SHADOW_SCALE)
    wide, high = (max(2, side // SHADOW_SCALE - 2 * shrink) for side in size)
    pad = 2 * blur - shrink
    small = layer((wide + 4 * blur, high + 4 * blur))
    small.fill((*cast.colour, 0))
    body = pygame.Rect(2 * blur, 2 * blur, wide, high)
    corner = max(0, radius // SHADOW_SCALE - shrink)
    pygame.draw.rect(small, (*cast.colour, cast.alpha), body, border_radius=corner)
    for _ in range(2):
        small = pygame.transform.box_blur(small, max(1, blur * 2 // 3))
    pad_px = pad * SHADOW_SCALE
    small.premul_alpha_ip()
    return pygame.transform.smoothscale(small, (size[0] + 2 * pad_px, size[1] + 2 * pad_px)), pad_px


def shadow_corner(radius: int, cast: Cast, px_per_mm: float) -> int:
    """How far from the corner of its shape a shadow is bent, px; beyond it is straight."""
    return radius + round((1.5 * cast.blur + cast.shrink) * px_per_mm) + 2 * SHADOW_SCALE


def ring(
    size: int, stroke: int, fraction: float, colour: Rgb, start: float = 0.0
) -> pygame.Surface:
    """A ring clockwise from the top, with round ends.

    Args:
        size: outer diameter, px.
        stroke: width of the ring, px.
        fraction: how much of it is there, 0 to 1.
        colour: of the ring.
        start: where it begins, as a fraction of a round from the top.
    """
    shape = layer((size, size))
    half, radius = size // 2, (size - 1) // 2
    pygame.draw.aacircle(shape, colour, (half, half), radius, stroke)
    if fraction < 1:
        shape.blit(_wedge(size, fraction, start), (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
        for turn in (start, start + fraction) if fraction > 0 else ():
            _end(shape, radius, stroke, turn, colour)
    return shape


def _end(shape: pygame.Surface, radius: int, stroke: int, turn: float, colour: Rgb) -> None:
    half = shape.get_width() // 2
    arm = pygame.Vector2(0, -(radius - stroke / 2)).rotate(360 * turn)
    cap = disc(stroke, colour)
    over(shape, cap, (round(half + arm.x - stroke / 2), round(half + arm.y - stroke / 2)))


def _wedge(size: int, fraction: float, start: float) -> pygame.Surface:
    """White where the ring stays."""
    mask = layer((size, size))
    middle = pygame.Vector2(size / 2, size / 2)
    steps: Iterable[float] = (360 * (start + fraction * step / 32) for step in range(33))
    rim = [middle + pygame.Vector2(0, -size).rotate(angle) for angle in steps]
    if fraction > 0:
        pygame.draw.polygon(mask, "white", [middle, *rim])
    return mask
