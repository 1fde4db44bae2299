"""The window: turned pictures and touches agree, one finger is one touch."""

from collections.abc import Iterator

import pygame
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.app.window import Phase, Touch, Window, picture_of

SIZE = (80, 48)


def the_panel() -> pygame.Surface:
    """What SDL shows."""
    panel = pygame.display.get_surface()
    assert panel is not None
    return panel


@pytest.fixture
def open_window(request: pytest.FixtureRequest) -> Iterator[Window]:
    """A small window turned by the test's parameter."""
    window = Window(SIZE, getattr(request, "param", 0), fullscreen=False)
    pygame.event.clear()
    yield window
    window.close()


@pytest.mark.parametrize("open_window", [0, 90, 180, 270], indirect=True)
def test_a_touch_hits_what_is_drawn_there(open_window: Window) -> None:
    """A panel mounted on its side would otherwise be touched in the wrong place."""
    upright, spot = open_window.surface, pygame.Rect(5, 9, 3, 2)
    upright.fill("black")
    upright.fill("red", spot)
    open_window.show([upright.get_rect()])
    panel = the_panel()
    mask = pygame.mask.from_threshold(panel, (255, 0, 0), (1, 1, 1))
    on_panel = mask.get_bounding_rects()[0]
    pygame.event.post(
        pygame.Event(
            pygame.MOUSEBUTTONDOWN, button=1, pos=on_panel.center, touch=False, window=None
        )
    )
    touch = next(open_window.touches())
    assert spot.collidepoint(touch.x, touch.y)


@pytest.mark.parametrize("open_window", [0, 90, 180, 270], indirect=True)
def test_a_part_is_shown_where_the_whole_picture_has_it(open_window: Window) -> None:
    """Dirty rectangles put in the wrong place leave ghosts on a turned panel."""
    upright = open_window.surface
    upright.fill("black")
    open_window.show([upright.get_rect()])
    upright.fill("red", (5, 9, 3, 2))
    open_window.show([pygame.Rect(4, 8, 6, 6)])
    part = pygame.image.tobytes(the_panel(), "RGB")
    open_window.show([upright.get_rect()])
    assert part == pygame.image.tobytes(the_panel(), "RGB")


def test_sdls_mouse_copy_of_a_finger_is_left_out(open_window: Window) -> None:
    """Every key would be typed twice (pibooth#690)."""
    pygame.event.post(pygame.Event(pygame.FINGERDOWN, finger_id=7, x=0.5, y=0.5, touch_id=1))
    pygame.event.post(
        pygame.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=(40, 24), touch=True, window=None)
    )
    assert list(open_window.touches()) == [Touch(Phase.DOWN, 40, 24)]


def test_a_second_finger_is_ignored_until_the_first_is_lifted(open_window: Window) -> None:
    """A palm on the glass must not press what the finger did not."""
    for kind, finger, x in [
        (pygame.FINGERDOWN, 1, 0.1),
        (pygame.FINGERDOWN, 2, 0.9),
        (pygame.FINGERUP, 2, 0.9),
        (pygame.FINGERUP, 1, 0.1),
        (pygame.FINGERDOWN, 2, 0.9),
    ]:
        pygame.event.post(pygame.Event(kind, finger_id=finger, x=x, y=0.0, touch_id=1))
    assert list(open_window.touches()) == [
        Touch(Phase.DOWN, 8, 0),
        Touch(Phase.UP, 8, 0),
        Touch(Phase.DOWN, 72, 0),
    ]


TAPS = st.lists(st.sampled_from(["finger 1", "finger 2", "finger 3", "mouse"]), max_size=5)


def events_of(who: str) -> list[pygame.Event]:
    """What SDL sends for one tap: of a finger also the mouse's copies."""
    if who == "mouse":
        return [button(kind, touch=False) for kind in BUTTONS]
    at = {"finger_id": int(who[-1]), "x": 0.5, "y": 0.5, "touch_id": 1}
    down, up = (pygame.Event(kind, at) for kind in (pygame.FINGERDOWN, pygame.FINGERUP))
    return [down, button(BUTTONS[0], touch=True), up, button(BUTTONS[1], touch=True)]


def parts_of(who: str) -> list[list[pygame.Event]]:
    """A tap's own events, and the copies, which come when they like."""
    events = events_of(who)
    return [events] if who == "mouse" else [events[::2], events[1::2]]


def button(kind: int, *, touch: bool) -> pygame.Event:
    """The left button in the middle."""
    return pygame.Event(kind, button=1, pos=(40, 24), touch=touch, window=None)


BUTTONS = (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP)


@st.composite
def interleaved(draw: st.DrawFn) -> list[pygame.Event]:
    """Taps of several at once, each one's events in their order, copies before or after."""
    left = [
        part
        for tap in draw(TAPS.map(lambda taps: list(dict.fromkeys(taps))))
        for part in parts_of(tap)
    ]
    mixed: list[pygame.Event] = []
    while left:
        one = draw(st.sampled_from(left))
        mixed.append(one.pop(0))
        left = [part for part in left if part]
    return mixed


@given(events=interleaved())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_together_each_press_is_whole(
    open_window: Window, events: list[pygame.Event]
) -> None:
    """Two downs, or an up without its down: a key typed twice, or a button stuck dark."""
    for event in events:
        pygame.event.post(event)
    phases = [touch.phase for touch in open_window.touches()]
    assert phases == [Phase.DOWN, Phase.UP] * (len(phases) // 2)
    assert bool(phases) == bool(events)


@given(order=st.permutations(range(4)).filter(lambda o: o.index(0) < o.index(2)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_tap_is_one_press_whenever_its_copies_come(
    open_window: Window, order: list[int]
) -> None:
    """One touch is one key: SDL sends finger and mouse, in an order of its own."""
    tap = events_of("finger 1")
    for at in order:
        pygame.event.post(tap[at])
    assert [touch.phase for touch in open_window.touches()] == [Phase.DOWN, Phase.UP]


def test_only_the_left_button_is_a_finger(open_window: Window) -> None:
    """A visitor's mouse wheel or right click must do nothing."""
    pygame.event.post(
        pygame.Event(pygame.MOUSEBUTTONDOWN, button=3, pos=(1, 1), touch=False, window=None)
    )
    assert list(open_window.touches()) == []


@pytest.mark.parametrize(("kind", "magic"), [("png", b"\x89PNG"), ("jpg", b"\xff\xd8")])
def test_a_picture_is_a_file_of_the_asked_size(kind: str, magic: bytes) -> None:
    """The live view's viewers ask for what they can show."""
    data = picture_of(pygame.Surface((100, 60)), kind, height=30)
    assert data.startswith(magic)
