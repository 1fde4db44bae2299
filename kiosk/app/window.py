"""The window on the panel: opens it, shows pictures, hands out touches."""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import pygame

from kiosk.exceptions import KioskError

BLIND_DRIVERS = frozenset({"offscreen", "evdev"})
"""SDL video drivers that show nothing to anybody; SDL may fall back to them in silence."""


MOUSE = -1
"""Stands for the mouse among the fingers, whose numbers SDL counts from 0."""


class Phase(Enum):
    """What a finger does."""

    DOWN = "down"
    MOVE = "move"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Touch:
    """One finger on the glass, in pixels of the upright picture."""

    phase: Phase
    x: int
    y: int


WHAT_TO_DO = "`python -m kiosk check` says why and what to do"


class NoDisplay(KioskError):
    """Raised when there is no panel to draw on."""


class Window:
    """The panel.

    The picture may be turned against the panel (`rotate_deg`, clockwise): it is then drawn
    on a surface of its own and turned when it is shown, and touches are turned back.

    Attributes:
        surface: what to draw on, upright.
    """

    def __init__(self, size: tuple[int, int], rotate_deg: int, *, fullscreen: bool) -> None:
        """Open the panel.

        Args:
            size: of the panel in pixels before turning; (0, 0) for its own.

        Raises:
            NoDisplay: SDL found no panel, or one that nobody can see.
        """
        # Without this SDL keeps a GPU texture beside the window: 117 instead of 32 MB on X11.
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
        try:
            pygame.display.init()
            flags = pygame.FULLSCREEN if fullscreen else 0
            self._panel = pygame.display.set_mode(size, flags)
        except pygame.error as problem:
            raise NoDisplay(f"no display: {problem}; {WHAT_TO_DO}") from problem
        driver = pygame.display.get_driver()
        if driver in BLIND_DRIVERS:
            raise NoDisplay(f"SDL chose {driver!r}, which shows nothing; {WHAT_TO_DO}")
        pygame.display.set_caption("kiosk")
        pygame.mouse.set_visible(not fullscreen)
        self._turn = rotate_deg % 360
        self.surface = self._panel if self._turn == 0 else self._upright()
        self._held_by: int | None = None

    @property
    def driver(self) -> str:
        """Name of SDL's video driver."""
        return pygame.display.get_driver()

    def show(self, rects: Sequence[pygame.Rect]) -> None:
        """Put the changed rectangles of the upright surface on the panel."""
        if not rects:
            return
        if self._turn == 0:
            pygame.display.update(list(rects))
            return
        turned = [self._show_turned(rect) for rect in rects]
        pygame.display.update(turned)

    def touches(self) -> Iterator[Touch]:
        """What fingers did since the last call; the mouse serves where there is no finger.

        One finger at a time, or the mouse: who is on the glass first is heard until they
        leave it. SDL's mouse events made from touches are left out, or every key would be
        typed twice.
        """
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                raise KeyboardInterrupt
            touch = self._finger_touch(event) or self._mouse_touch(event)
            if touch is not None:
                yield touch

    def close(self) -> None:
        """Give the panel back."""
        pygame.display.quit()

    # -- turning ---------------------------------------------------------------------------

    def _upright(self) -> pygame.Surface:
        width, height = self._panel.get_size()
        size = (height, width) if self._turn in (90, 270) else (width, height)
        return pygame.Surface(size, 0, self._panel)

    def _show_turned(self, rect: pygame.Rect) -> pygame.Rect:
        part = self.surface.subsurface(rect.clip(self.surface.get_rect()))
        # pygame turns counter-clockwise.
        turned = pygame.transform.rotate(part, -self._turn)
        left, top = self._on_panel(rect)
        return self._panel.blit(turned, (left, top))

    def _on_panel(self, rect: pygame.Rect) -> tuple[int, int]:
        """Top left corner, on the panel, of a rectangle of the upright surface."""
        width, height = self.surface.get_size()
        match self._turn:
            case 90:
                return height - rect.bottom, rect.left
            case 180:
                return width - rect.right, height - rect.bottom
            case _:
                return rect.top, width - rect.right

    def _upright_point(self, x: float, y: float) -> tuple[int, int]:
        """Where on the upright surface a point of the panel is."""
        width, height = self.surface.get_size()
        match self._turn:
            case 0:
                return int(x), int(y)
            case 90:
                return int(y), int(height - 1 - x)
            case 180:
                return int(width - 1 - x), int(height - 1 - y)
            case _:
                return int(width - 1 - y), int(x)

    # -- fingers ---------------------------------------------------------------------------

    def _finger_touch(self, event: pygame.Event) -> Touch | None:
        phase = {
            pygame.FINGERDOWN: Phase.DOWN,
            pygame.FINGERMOTION: Phase.MOVE,
            pygame.FINGERUP: Phase.UP,
        }.get(event.type)
        if phase is None or not self._is_first(phase, event.finger_id):
            return None
        width, height = self._panel.get_size()
        return Touch(phase, *self._upright_point(event.x * width, event.y * height))

    def _is_first(self, phase: Phase, who: int) -> bool:
        """Whether nobody else is on the glass; remembers who is."""
        if phase is Phase.DOWN and self._held_by is None:
            self._held_by = who
            return True
        mine = who == self._held_by
        if phase is Phase.UP and mine:
            self._held_by = None
        return mine and phase is not Phase.DOWN

    def _mouse_touch(self, event: pygame.Event) -> Touch | None:
        phase = {
            pygame.MOUSEBUTTONDOWN: Phase.DOWN,
            pygame.MOUSEBUTTONUP: Phase.UP,
        }.get(event.type)
        if phase is None or event.button != pygame.BUTTON_LEFT or event.touch:
            return None
        if not self._is_first(phase, MOUSE):
            return None
        return Touch(phase, *self._upright_point(*event.pos))


def picture_of(surface: pygame.Surface, kind: str, height: int | None = None) -> bytes:
    """The surface as a "png" or "jpeg" file, scaled to `height` pixels when given.

    May run beside the UI thread as long as the surface is a copy.
    """
    if height is not None and height < surface.get_height():
        width = round(surface.get_width() * height / surface.get_height())
        surface = pygame.transform.smoothscale(surface, (width, height))
    out = io.BytesIO()
    pygame.image.save(surface, out, f"picture.{kind}")
    return out.getvalue()
