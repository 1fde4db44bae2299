"""Typing on the real glass: one touch is one key, and nothing of it outlives the session."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from kiosk.session.states import Writing
from tests.app.test_loop import Kiosk
from tests.factories import content

SECRET = "李娜"


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk on which somebody without a card writes a complaint in their own words."""
    made = Kiosk(tmp_path, content())
    made.turn()
    press(made, "contact")
    press(made, "cause", "product")
    press(made, "write")
    made.clock.advance(1)
    assert made.screen == "writing"
    yield made
    made.window.close()


def press(kiosk: Kiosk, key: str, value: str = "") -> None:
    """A button of the page, without a finger."""
    kiosk.ask(do="press", key=key, value=value)


def text_of(kiosk: Kiosk) -> tuple[str, str]:
    """What stands in the field, and the letters behind it."""
    page = kiosk.loop.session.page
    assert isinstance(page, Writing)
    return page.text, page.letters


def place_of(kiosk: Kiosk, key: str, value: str) -> tuple[int, int]:
    """The middle of the first button that sends this."""
    buttons = kiosk.ask(do="scene")["buttons"]
    found = next(one for one in buttons if (one["key"], one["value"]) == (key, value))
    return found["x"], found["y"]


def touch(kiosk: Kiosk, key: str, value: str) -> None:
    """A finger on a button, as SDL tells of it: as a finger, and once more as a mouse."""
    x, y = place_of(kiosk, key, value)
    wide, high = kiosk.window.surface.get_size()
    across, down = (x + 0.5) / wide, (y + 0.5) / high
    for finger, copy in [
        (pygame.FINGERDOWN, pygame.MOUSEBUTTONDOWN),
        (pygame.FINGERUP, pygame.MOUSEBUTTONUP),
    ]:
        pygame.event.post(pygame.Event(finger, finger_id=1, touch_id=1, x=across, y=down))
        pygame.event.post(pygame.Event(copy, button=1, pos=(x, y), touch=True, window=None))
    kiosk.turn()


def test_one_touch_is_one_key(kiosk: Kiosk) -> None:
    """SDL tells of each finger twice: every letter would be typed double (pibooth#690)."""
    for char in "lina":
        touch(kiosk, "key", char)
    assert text_of(kiosk) == ("", "lina")
    touch(kiosk, "erase-letter", "")
    assert text_of(kiosk) == ("", "lin")


def test_fingers_that_type_fast_lose_nothing(kiosk: Kiosk) -> None:
    """The pause after a change of page must not swallow the second letter."""
    places = [place_of(kiosk, "key", char) for char in "lina"]
    for x, y in places:
        kiosk.ask(do="tap", x=x, y=y)  # the clock stands still
    assert text_of(kiosk) == ("", "lina")


def test_letters_become_what_the_space_key_says(kiosk: Kiosk) -> None:
    """What is on the key is what the index says now, and what comes into the field."""
    for char in "lina":
        touch(kiosk, "key", char)
    buttons = kiosk.ask(do="scene")["buttons"]
    (space,) = [one for one in buttons if one["says"].startswith("空格")]
    assert SECRET in space["says"]
    kiosk.ask(do="tap", x=space["x"], y=space["y"])
    assert text_of(kiosk) == (SECRET, "")


def test_idle_time_waits_for_who_types(kiosk: Kiosk) -> None:
    """The page would vanish under the fingers of a slow writer."""
    for char in "lina" * 4:
        kiosk.clock.advance(40)
        touch(kiosk, "key", char)
    assert text_of(kiosk) == ("", "lina" * 4)
    kiosk.clock.advance(46)
    kiosk.turn()
    assert kiosk.screen == "attract"


def test_nothing_that_was_typed_outlives_the_session(kiosk: Kiosk) -> None:
    """Neither the glass nor the memory may tell the next person what was written."""
    for char in "lina":
        touch(kiosk, "key", char)
    press(kiosk, "candidate", f"4:{SECRET}")
    for char in "zheli":
        touch(kiosk, "key", char)
    assert held_anywhere(kiosk)
    press(kiosk, "done")
    kiosk.turn()
    assert kiosk.screen == "attract"
    assert not held_anywhere(kiosk)


def test_the_word_last_touched_is_gone_when_time_ends_the_session(kiosk: Kiosk) -> None:
    """Whoever walks away leaves no later touch that would take the place of the name."""
    for char in "lina":
        touch(kiosk, "key", char)
    touch(kiosk, "candidate", f"4:{SECRET}")
    assert text_of(kiosk) == (SECRET, "")
    for _ in range(3):
        kiosk.clock.advance(46)
        kiosk.turn()
    assert kiosk.screen == "attract"
    assert not held_anywhere(kiosk)


def held_anywhere(kiosk: Kiosk) -> bool:
    """Whether a string with the name or the letters is reachable from the loop."""
    gc.collect()
    seen: set[int] = set()
    todo: list[object] = [kiosk.loop, kiosk.stage, kiosk.window]
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, type):
            continue
        seen.add(id(one))
        if isinstance(one, str) and (SECRET in one or "zheli" in one):
            return True
        todo.extend(
            other
            for other in gc.get_referents(one)
            if type(other).__module__.startswith("kiosk")
            or isinstance(other, str | tuple | list | dict | set | frozenset)
        )
    return False
