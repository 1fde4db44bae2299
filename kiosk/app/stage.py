"""Shows the session on the window, and turns fingers on it into presses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.app.live_view import Frames
from kiosk.app.window import Phase, Touch, Window
from kiosk.clock import Clock
from kiosk.model.text import Language
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.session.events import Pressed, Touched
from kiosk.session.states import Attract, OutOfService, Session
from kiosk.session.world import World
from kiosk.ui.languages import Words
from kiosk.ui.layout import Layout, Target
from kiosk.ui.nodes import Button, Corner, Scene
from kiosk.ui.paint import Painter

SETTLE_S = 0.3
"""A touch this soon after the page changed was meant for the page before (debounce)."""


@dataclass(frozen=True, slots=True)
class Taste:
    """How this kiosk draws, from its configuration.

    Attributes:
        words: of every language, by its tag.
        corner: where the reader is.
    """

    words: Mapping[Language, Words]
    corner: Corner
    reduced_motion: bool


DRIFT_EVERY_S = 120.0
"""How often the picture moves by a pixel while nobody is there, against burn-in."""

_DRIFT = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1))
"""The round the picture makes, in pixels."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a picture depends on; an equal one need not be drawn again."""

    session: Session
    seconds_left: int
    today: date | None
    hour: int
    drift: int
    hq_reachable: bool | None
    content_version: int


class Stage:
    """The one place where the session meets the glass. Used by the UI thread alone."""

    def __init__(
        self, window: Window, painter: Painter, taste: Taste, frames: Frames, clock: Clock
    ) -> None:
        self._window = window
        self._painter = painter
        self._taste = taste
        self._frames = frames
        self._clock = clock
        self._shown: _Shown | None = None
        self._scene: Scene | None = None
        self._settled_s = 0.0
        self._held: Button | None = None

    @property
    def scene(self) -> Scene | None:
        """What is on the glass now."""
        return self._scene

    @property
    def layout(self) -> Layout | None:
        """Where everything on the glass stands."""
        return self._painter.layout

    # -- showing ---------------------------------------------------------------------------

    def show(self, session: Session, world: World) -> None:
        """Bring this session on the glass, unless it is there already."""
        shown = _shown(session, world)
        if shown == self._shown:
            return
        self._painter.set_metrics(replace(self._painter.metrics, big_text=session.big_text))
        made = scene(Sight(session, world, self._view(session)))
        if self._scene is None or made.name != self._scene.name:
            self._settled_s = world.uptime_s + SETTLE_S
            self._held = None
        self._scene, self._shown = made, shown
        shift = _drift(shown.drift)
        self._present(self._painter.show(made, world.uptime_s, shift))

    def rehearse(self, session: Session, world: World) -> None:
        """Draw a session of nobody unseen; the glass stays as it is."""
        self._painter.rehearse(scene(Sight(session, world, self._view(session))))

    def animate(self, now_s: float) -> None:
        """Move what moves."""
        self._present(self._painter.animate(now_s))

    def next_frame_s(self) -> float | None:
        """When `animate` wants to be called; None while nothing moves."""
        return self._painter.next_frame_s

    def take_pictures_from(self, folder: Path | None) -> None:
        """Use the pictures of new content; the glass is drawn again at the next `show`."""
        self._painter.set_pictures(folder)
        self._shown = None

    def _view(self, session: Session) -> View:
        metrics = self._painter.metrics
        return View(
            width_mm=metrics.width_px / metrics.scale,
            height_mm=metrics.height_px / metrics.scale,
            words=self._taste.words[session.language],
            corner=self._taste.corner,
            reduced_motion=self._taste.reduced_motion,
        )

    def _present(self, rects: list) -> None:  # type: ignore[type-arg]  # pygame.Rect
        if rects:
            self._window.show(rects)
            self._frames.shown(self._clock.monotonic())

    # -- touching --------------------------------------------------------------------------

    def touches(self, now_s: float) -> Iterator[Pressed | Touched]:
        """What fingers on the window did since the last call."""
        for touch in self._window.touches():
            yield from self.touch(touch, now_s)

    def touch(self, touch: Touch, now_s: float) -> Iterator[Pressed | Touched]:
        """One finger: pressed shows at once, acts when lifted inside the same button."""
        if touch.phase is Phase.DOWN:
            yield from self._down(touch, now_s)
        elif touch.phase is Phase.UP:
            yield from self._up(touch)

    def _down(self, touch: Touch, now_s: float) -> Iterator[Touched]:
        if now_s < self._settled_s:
            return
        self._held = self._painter.target_at(touch.x, touch.y)
        self._present(self._painter.press(self._held))
        if self._held is None:
            yield Touched()

    def _up(self, touch: Touch) -> Iterator[Pressed]:
        held, self._held = self._held, None
        if held is None:
            return
        self._present(self._painter.press(None))
        if self._painter.target_at(touch.x, touch.y) == held:
            yield Pressed(held.key, held.value)

    def targets(self) -> tuple[Target, ...]:
        """Everything that can be touched now."""
        return self.layout.targets if self.layout is not None else ()


def _shown(session: Session, world: World) -> _Shown:
    still = isinstance(session.page, Attract | OutOfService)
    left = 0 if still else max(0, -int((world.uptime_s - session.until_s) // 1))
    return _Shown(
        session=replace(session, until_s=0) if still else session,
        seconds_left=left,
        today=world.today,
        hour=world.local_now.hour,
        drift=int(world.uptime_s // DRIFT_EVERY_S) if still else 0,
        hq_reachable=world.hq_reachable,
        content_version=world.content.version if world.content is not None else 0,
    )


def _drift(step: int) -> tuple[int, int]:
    """How far everything is moved at this step of the round."""
    return _DRIFT[step % len(_DRIFT)]
