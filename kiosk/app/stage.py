"""Shows the session on the window, and turns fingers on it into presses."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kiosk.app.input_method import InputMethod
from kiosk.app.live_view import Frames
from kiosk.app.window import Phase, Touch, Window
from kiosk.clock import Clock
from kiosk.model.text import Language
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.session.events import Pressed, Touched
from kiosk.session.states import (
    Attract,
    OutOfService,
    Page,
    PinEntry,
    Session,
    VoucherCode,
    Waiting,
    Writing,
)
from kiosk.session.world import World
from kiosk.ui.languages import Words
from kiosk.ui.layout import Layout, Target
from kiosk.ui.nodes import Button, Scene
from kiosk.ui.paint import Painter
from kiosk.ui.pieces import Corner

WAITING_FRAME_S = 0.1
"""How often a wait's progress is drawn anew: it lasts three seconds at most."""

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
    """What a picture depends on; an equal one need not be drawn again.

    Attributes:
        moved: what else of time the page shows, counted in the steps it shows it in.
    """

    session: Session
    seconds_left: int
    moved: int
    today: date | None
    hour: int
    drift: int
    hq_reachable: bool | None
    content_version: int
    pinyin: bool


class Stage:
    """The one place where the session meets the glass. Used by the UI thread alone."""

    def __init__(
        self,
        window: Window,
        painter: Painter,
        taste: Taste,
        frames: Frames,
        clock: Clock,
        input_method: InputMethod,
    ) -> None:
        self._window = window
        self._painter = painter
        self._taste = taste
        self._frames = frames
        self._clock = clock
        self._input_method = input_method
        self._shown: _Shown | None = None
        self._scene: Scene | None = None
        self._settled_s = 0.0
        self._held: Button | None = None
        self._pressed: tuple[Button, float] | None = None

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
        made = scene(self._sight(session, world))
        if self._scene is None or made.name != self._scene.name:
            self._settled_s = world.uptime_s + SETTLE_S
            self._held = self._pressed = None  # a button can bear a name that was typed
        self._scene, self._shown = made, shown
        shift = _drift(shown.drift)
        self._present(self._painter.show(made, world.uptime_s, shift))
        if isinstance(session.page, Writing):
            self._input_method.open()  # the keys stand there: whoever types needs a while

    def rehearse(self, session: Session, world: World) -> None:
        """Draw a session of nobody unseen; the glass stays as it is."""
        self._painter.rehearse(scene(self._sight(session, world)))

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

    def _sight(self, session: Session, world: World) -> Sight:
        page = session.page
        if not isinstance(page, Writing):
            self._input_method.forget()
            return Sight(session, world, self._view(session))
        return Sight(session, world, self._view(session), self._input_method.pages(page))

    def _view(self, session: Session) -> View:
        metrics = self._painter.metrics
        return View(
            width_mm=metrics.width_px / metrics.scale,
            height_mm=metrics.height_px / metrics.scale,
            words=self._taste.words[session.language],
            corner=self._taste.corner,
            reduced_motion=self._taste.reduced_motion,
            factor=metrics.factor,
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
            yield from self._up(touch, now_s)

    def _down(self, touch: Touch, now_s: float) -> Iterator[Touched]:
        if now_s < self._settled_s:
            return
        target = self._painter.target_at(touch.x, touch.y)
        if target is not None and self._is_echo(target, now_s):
            return
        self._held = target
        self._present(self._painter.press(self._held))
        if self._held is None:
            yield Touched()

    def _is_echo(self, target: Button, now_s: float) -> bool:
        """Whether this is the second half of a double touch on a button that means no by now."""
        if self._pressed is None:
            return False
        pressed, at_s = self._pressed
        same = (target.key, target.value) == (pressed.key, pressed.value)
        return same and target != pressed and now_s < at_s + SETTLE_S

    def _up(self, touch: Touch, now_s: float) -> Iterator[Pressed]:
        held, self._held = self._held, None
        if held is None:
            return
        self._present(self._painter.press(None))
        if self._painter.target_at(touch.x, touch.y) == held:
            self._pressed = held, now_s
            yield Pressed(held.key, held.value)

    def targets(self) -> tuple[Target, ...]:
        """Everything that can be touched now."""
        return self.layout.targets if self.layout is not None else ()


def _shown(session: Session, world: World) -> _Shown:
    still = isinstance(session.page, Attract | OutOfService)
    return _Shown(
        session=_without_digits(replace(session, until_s=0) if still else session),
        seconds_left=0 if still else _seconds_until(session.until_s, world),
        moved=_moved(session.page, world),
        today=world.today,
        hour=world.local_now.hour,
        drift=int(world.uptime_s // DRIFT_EVERY_S) if still else 0,
        hq_reachable=world.hq_reachable,
        content_version=world.content.version if world.content is not None else 0,
        pinyin=world.pinyin,
    )


def _seconds_until(moment_s: float, world: World) -> int:
    """Whole seconds, the one that has begun included; 0 once it is over, or when it never is."""
    left_s = moment_s - world.uptime_s
    return max(0, math.ceil(left_s)) if math.isfinite(left_s) else 0


def _moved(page: Page, world: World) -> int:
    """Counts what a page shows of time beside its own end: a hold's seconds, a wait's tenths."""
    match page:
        case VoucherCode(until_s=until_s):
            return _seconds_until(until_s, world)
        case Waiting(since_s=since_s):
            return int((world.uptime_s - since_s) / WAITING_FRAME_S)
        case _:
            return 0


def _without_digits(session: Session) -> Session:
    """The session with dots for a PIN's digits: they are kept nowhere but in the session itself."""
    pages = (session.page, *session.trail)
    if not any(isinstance(page, PinEntry) for page in pages):
        return session
    page, *trail = (_dotted(page) for page in pages)
    return replace(session, page=page, trail=tuple(trail))


def _dotted(page: Page) -> Page:
    return replace(page, entered="•" * len(page.entered)) if isinstance(page, PinEntry) else page


def _drift(step: int) -> tuple[int, int]:
    """How far everything is moved at this step of the round."""
    return _DRIFT[step % len(_DRIFT)]
