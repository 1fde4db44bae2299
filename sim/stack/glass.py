"""The kiosk's screen seen and touched from outside: a client of its live view."""

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, TypeVar

from sim.panel.ports import GlassDark, Phase, Picture

Answer = TypeVar("Answer")

WAIT_S = 25.0
"""The live view itself answers within 10 s of waiting for a frame and 10 s for the screen."""


class Glass:
    """Asks one question on one connection each, so that threads do not wait for another."""

    def __init__(self, socket_path: Path) -> None:
        self._path = socket_path

    def picture(self, after: int | None, height_px: int | None) -> Picture:
        """The newest picture; see `sim.panel.ports.Glass`."""
        ask: dict[str, Any] = {"do": "picture", "as": "jpeg"}
        if after is not None:
            ask["after"] = after
        if height_px is not None:
            ask["height"] = height_px
        return self._exchange(ask, _read_picture)

    def scene(self) -> dict[str, Any]:
        """What is on the screen, as text; see `sim.panel.ports.Glass`."""
        return self._exchange({"do": "scene"}, _read_answer)

    def touch(self, phase: Phase, x: int, y: int) -> None:
        """One finger; see `sim.panel.ports.Glass`."""
        self._exchange({"do": "touch", "phase": phase.value, "x": x, "y": y}, _read_answer)

    def press(self, key: str, value: str = "") -> None:
        """A button by its name, wherever it stands."""
        self._exchange({"do": "press", "key": key, "value": value}, _read_answer)

    def _exchange(self, ask: dict[str, Any], read: Callable[[IO[bytes]], Answer]) -> Answer:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(WAIT_S)
                line.connect(str(self._path))
                line.sendall(json.dumps(ask).encode() + b"\n")
                with line.makefile("rb") as answers:
                    return read(answers)
        except (OSError, ValueError, KeyError) as problem:
            raise GlassDark(f"{type(problem).__name__}: {problem}") from problem


def _read_answer(answers: IO[bytes]) -> dict[str, Any]:
    line = answers.readline()
    if not line:
        raise GlassDark("the kiosk closed the connection")
    answer: dict[str, Any] = json.loads(line)
    if "error" in answer:
        raise GlassDark(str(answer["error"]))
    return answer


def _read_picture(answers: IO[bytes]) -> Picture:
    told = _read_answer(answers)
    data = answers.read(told["bytes"])
    if len(data) != told["bytes"]:
        raise GlassDark("the kiosk broke off in the middle of a picture")
    return Picture(told["frame"], told["width"], told["height"], data)
