"""Waits for another process or thread: looks again and again, and fails by name in the end."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

WITHIN_S = 30.0
"""Longest wait for anything; a busy machine of two cores needs a good part of it."""

LOOK_S = 0.02
"""Seconds between two looks."""


def soon(look: Callable[[], Found | None], what: str, within_s: float = WITHIN_S) -> Found:
    """The first true answer of `look`; an AssertionError that names `what` when none comes."""
    end_s = time.monotonic() + within_s
    while not (found := look()):
        assert time.monotonic() < end_s, f"not within {within_s:.0f} s: {what}"
        time.sleep(LOOK_S)
    return found
