"""What is on the glass to the pixel, and whether a picture is the same as one before."""

import io
import json
import socket
import time

import pygame

from tests.e2e.rig import Road
from tests.waiting import WITHIN_S, soon

DRIFT_PX = 2
"""How far the picture may have moved meanwhile, against burn-in (kiosk/app/stage.py)."""

FRAME_S = 0.2
"""What moves on the attract screen is drawn twelve times a second (kiosk/ui/hint.py), and rests."""

STRIP_PX = 8
"""Rows that are compared first: they tell most pictures apart."""


def picture(of: Road) -> pygame.Surface:
    """What is on the glass while nothing moves there, without any loss."""

    def at_rest() -> pygame.Surface | None:
        frame, since_s = of.scene()["frame"], time.monotonic()
        found = _picture(of)
        soon(lambda: time.monotonic() > since_s + FRAME_S, "the next frame, if anything moves")
        return found if of.scene()["frame"] == frame else None

    return soon(at_rest, "a picture that rests")


def _picture(of: Road) -> pygame.Surface:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(WITHIN_S)
        line.connect(str(of.folder.glass))
        line.sendall(json.dumps({"do": "picture", "as": "png"}).encode() + b"\n")
        with line.makefile("rb") as answers:
            told = json.loads(answers.readline())
            return pygame.image.load(io.BytesIO(answers.read(told["bytes"])), "png")


def attract(of: Road) -> pygame.Surface:
    """The attract screen as it is found by whoever comes back to it: its first frame."""
    of.press("contact")
    of.wait_for("complaint")
    of.leave()
    return picture(of)


def is_same(now: pygame.Surface, before: pygame.Surface) -> bool:
    """Whether every pixel is the same, but for the drift and the edge that it takes away."""
    either = sorted(range(-DRIFT_PX, DRIFT_PX + 1), key=abs)  # mostly it has not moved
    return any(_has_moved_by(now, before, (x, y)) for x in either for y in either)


def wait_for_same(of: Road, before: pygame.Surface) -> None:
    """Wait until the glass shows the same picture again."""
    soon(lambda: is_same(_picture(of), before), "the picture from before")


def _has_moved_by(now: pygame.Surface, before: pygame.Surface, move: tuple[int, int]) -> bool:
    inner = now.get_rect().inflate(-4 * DRIFT_PX, -4 * DRIFT_PX)
    strip = pygame.Rect(inner.x, inner.centery, inner.w, STRIP_PX)
    return all(_pixels(now, one) == _pixels(before, one.move(move)) for one in (strip, inner))


def _pixels(of: pygame.Surface, part: pygame.Rect) -> bytes:
    return pygame.image.tobytes(of.subsurface(part), "RGB")
