"""Draws the living tap hint: rings spread from the reader, a card drifts to it."""

import io
import math
from dataclasses import dataclass

import pygame

from kiosk.ui.backdrop import Behind
from kiosk.ui.cache import SurfaceCache
from kiosk.ui.icons import Pictures
from kiosk.ui.palette import Paint, Theme, mix
from kiosk.ui.pieces import Corner
from kiosk.ui.surfaces import gradient, layer, over, rounded, shadow
from kiosk.ui.tap_shape import Rect, TapShape, tap_shape
from kiosk.ui.theme import Colour, Fill, Rgb, Shadow

# One breath: it moves for a while and then rests, so that it costs next to nothing.
CYCLE_S = 8.0
MOVING_S = 1.5  # whole frames: the last one is the rest
FRAME_S = 1 / 12

# Strength of the rings from the disc outwards; between them it is interpolated.
STRENGTHS = (0.9, 0.72, 0.46, 0.24, 0.0)
# How many rings pass in one breath.
RINGS_A_BREATH = 2
RING_MM = 1.0
FAINTEST = 0.02
RING_GOLD: Rgb = (0xD3, 0xA5, 0x57)

# The quarters of a circle around the reader's place that lie on the glass.
_QUARTERS = {
    Corner.TOP_LEFT: {"draw_bottom_right": True},
    Corner.TOP_RIGHT: {"draw_bottom_left": True},
    Corner.BOTTOM_LEFT: {"draw_top_right": True},
    Corner.BOTTOM_RIGHT: {"draw_top_left": True},
    Corner.BELOW: {"draw_top_left": True, "draw_top_right": True},
    Corner.BESIDE: {"draw_top_left": True, "draw_bottom_left": True},
}

_ARROW = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    '<g transform="rotate({turn} 12 12)" fill="none" stroke="{colour}" stroke-width="3.4"'
    ' stroke-linecap="round" stroke-linejoin="round">'
    '<path d="M2.6 12H21M12.6 3.6L21 12L12.6 20.4"/></g></svg>'
)


@dataclass(frozen=True, slots=True)
class Pose:
    """One moment of the breath.

    Attributes:
        spread: how far the rings have moved, in rings; 0 at rest.
        reach: how near the card is to the reader, 0 to 1.
    """

    spread: float = 0.0
    reach: float = 0.0


REST = Pose()


def pose_at(since_s: float) -> Pose:
    """The pose some seconds after the hint appeared."""
    moment = since_s % CYCLE_S
    if moment >= MOVING_S:
        return REST
    frame = math.floor(moment / FRAME_S + 1e-6) * FRAME_S
    share = frame / MOVING_S
    spread = RINGS_A_BREATH * _eased(share)
    return Pose(round(spread, 3), round(math.sin(math.pi * _eased(share)), 3))


def next_pose_s(since_s: float) -> float:
    """Seconds from the hint's start to the next pose that differs."""
    begun = math.floor(since_s / CYCLE_S + 1e-6) * CYCLE_S  # clocks are sums: a hair below is on
    frame = math.floor((since_s - begun) / FRAME_S + 1e-6) + 1
    return begun + (frame * FRAME_S if frame * FRAME_S <= MOVING_S else CYCLE_S)


def _eased(share: float) -> float:
    return share * share * (3 - 2 * share)


class HintPainter:
    """Draws hints of one theme on one glass; keeps its pieces while a hint is on it."""

    def __init__(self, theme: Theme, px_per_mm: float, pictures: Pictures) -> None:
        self._theme = theme
        self._px_per_mm = px_per_mm
        self._pictures = pictures
        self._pieces = SurfaceCache()

    def put_away(self) -> None:
        """Drop the pieces, 1.3 MB: no hint is on the glass, and the next can wait for them."""
        self._pieces.clear()

    def draw(
        self,
        target: pygame.Surface,
        behind: Behind,
        corner: Corner,
        rect: Rect,
        pose: Pose,
    ) -> None:
        """Draw the hint into its rectangle; nothing of it leaves it."""
        shape = tap_shape(corner, rect, 0)
        clip = target.get_clip()
        target.set_clip(clip.clip(pygame.Rect(rect)))
        self._draw_rings(target, behind, corner, shape, pose.spread)
        self._draw_disc(target, shape, pygame.Rect(rect))
        self._draw_arrow(target, shape)
        self._draw_card(target, shape, pose.reach)
        target.set_clip(clip)

    def _draw_rings(
        self,
        target: pygame.Surface,
        behind: Behind,
        corner: Corner,
        shape: TapShape,
        spread: float,
    ) -> None:
        radii = (shape.disc, *shape.rings, 2 * shape.rings[2] - shape.rings[1])
        shift = spread % 1
        centre = (round(shape.centre[0]), round(shape.centre[1]))
        gold = RING_GOLD if self._theme.light else self._theme.colours[Colour.INK]
        for i in range(len(radii) - 1):
            radius = radii[i] + (radii[i + 1] - radii[i]) * shift
            strength = STRENGTHS[i] + (STRENGTHS[i + 1] - STRENGTHS[i]) * shift
            if strength < FAINTEST:
                continue
            colour = mix(_ground(behind, shape, radius), gold, strength)
            width = max(2, round(RING_MM * self._px_per_mm))
            pygame.draw.aacircle(target, colour, centre, round(radius), width, **_QUARTERS[corner])

    def _draw_disc(self, target: pygame.Surface, shape: TapShape, rect: pygame.Rect) -> None:
        radius = round(shape.disc)
        whole = pygame.Rect(0, 0, 2 * radius, 2 * radius)
        whole.center = (round(shape.centre[0]), round(shape.centre[1]))
        # The part in the hint's own place and not on the glass: that drifts against burn-in,
        # and each step of it would be kept.
        seen = whole.clip(rect)
        part = seen.move(-whole.x, -whole.y)
        key = ("hint-disc", radius, tuple(part))
        sprite = self._pieces.get(key, lambda: self._disc(radius, part))
        over(target, sprite, seen.topleft)

    def _disc(self, radius: int, part: pygame.Rect) -> pygame.Surface:
        """The part of a pine disc that lies on the glass."""
        mask = layer(part.size)
        pygame.draw.aacircle(mask, "white", (radius - part.x, radius - part.y), radius)
        filled = gradient(part.size, self._theme.fills[Fill.PINE])
        mask.blit(filled, (0, 0), special_flags=pygame.BLEND_RGB_MULT)
        return mask

    def _draw_arrow(self, target: pygame.Surface, shape: TapShape) -> None:
        size = round(shape.arrow_size)
        colour = self._theme.colours[Colour.GOLD_ON_PINE]
        key = ("hint-arrow", size, shape.points)
        sprite = self._pieces.get(key, lambda: _arrow(size, shape.points, colour))
        over(
            target,
            sprite,
            sprite.get_rect(center=(round(shape.arrow[0]), round(shape.arrow[1]))).topleft,
        )

    def _draw_card(self, target: pygame.Surface, shape: TapShape, reach: float) -> None:
        key = ("hint-card", round(shape.card_width), shape.card_turn)
        sprite = self._pieces.get(key, lambda: self._card(round(shape.card_width), shape.card_turn))
        x = shape.card[0] + shape.drift[0] * reach
        y = shape.card[1] + shape.drift[1] * reach
        over(target, sprite, sprite.get_rect(center=(round(x), round(y))).topleft)

    def _card(self, wide: int, turn: float) -> pygame.Surface:
        """The member card with its shadow, turned."""
        high = round(wide * 0.63)
        radius = round(wide * 0.07)
        pad = 0
        cast = self._theme.casts.get(Shadow.SOFT)
        if cast:
            fallen, pad = shadow((wide, high), radius, cast, self._px_per_mm)
            whole = layer(fallen.get_size())
            over(whole, fallen, (0, 0))
        else:
            whole = layer((wide, high))
        over(whole, self._face(wide, high, radius), (pad, pad))
        return pygame.transform.rotozoom(whole, turn, 1)

    def _face(self, wide: int, high: int, radius: int) -> pygame.Surface:
        edge = layer((wide, high))
        edge.fill(mix(self._theme.colours[Colour.EDGE_PINE], RING_GOLD, 0.6))
        face = rounded(edge, radius)
        line = max(1, wide // 130)
        body = gradient((wide - 2 * line, high - 2 * line), self._card_paint())
        over(face, rounded(body, radius - line), (line, line))
        gold = self._theme.colours[Colour.GOLD_ON_PINE]
        size = round(wide * 0.17)
        over(face, self._pictures.icon("leaf", size, gold), (round(wide * 0.1), round(high * 0.14)))
        waves = self._pictures.icon("contactless", size, gold)
        over(face, waves, (round(wide * 0.75), round(high * 0.13)))
        soft = mix(self._theme.fills[Fill.PINE].at(0.3), (255, 255, 255), 0.45)
        for x, y, long, colour in (
            (0.09, 0.66, 0.38, mix(gold, (0xC6, 0x93, 0x3E), 0.3)),
            (0.09, 0.79, 0.24, soft),
            (0.36, 0.79, 0.13, soft),
        ):
            bar = layer((round(wide * long), max(3, round(high * 0.055))))
            bar.fill(colour)
            over(face, rounded(bar, bar.get_height() // 2), (round(wide * x), round(high * y)))
        return face

    def _card_paint(self) -> Paint:
        """Lighter than the disc, or the card would sink into it."""
        pine = self._theme.fills[Fill.PINE]
        if pine.plain:
            return pine
        return Paint(((0.0, (0x35, 0x7C, 0x6B)), (1.0, (0x15, 0x42, 0x39))))


def _ground(behind: Behind, shape: TapShape, radius: float) -> Rgb:
    """The backdrop's colour where a ring crosses the middle of the hint."""
    away = pygame.Vector2(shape.card) - pygame.Vector2(shape.centre)
    spot = pygame.Vector2(shape.centre) + away.normalize() * radius
    return behind.at(round(spot.x), round(spot.y))


def _arrow(size: int, turn: float, colour: Rgb) -> pygame.Surface:
    code = "#{:02x}{:02x}{:02x}".format(*colour)
    drawing = _ARROW.format(turn=turn, colour=code).encode()
    return pygame.image.load_sized_svg(io.BytesIO(drawing), (size, size)).premul_alpha()
