"""The simulator's command line: what is asked for, checked, as one value."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.model.text import Language
from sim.pn532 import HOST_BAUD

DEFAULT_PORT = 8800
"""Of the page; HQ's page takes the next one."""

PANEL_PX = (1080, 1920)
"""A 21.5 inch panel, upright."""

WINDOW_PX = (540, 960)
"""Half of it, so that the window fits on a laptop's screen; nothing is laid out otherwise."""

SIDE_PX = range(320, 7681)
"""What the kiosk's configuration takes for a side of the panel."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the simulator shall be like.

    Attributes:
        folder: where it works; its parts' data and logs.
        keep: go on with the data of the last run.
        port: of the page; 0 lets the system choose both ports.
        size_px: width and height of the kiosk's panel.
        diagonal_inch: of the panel's glass.
        window: show the kiosk in a window of its own as well.
        uart_baud: speed of the modelled wire; None takes no time, HOST_BAUD the host's speed.
        members: demo members at HQ.
        rehearse: a survey to try out, in the place of all others; None for none.
    """

    folder: Path
    keep: bool = False
    port: int = 0
    size_px: tuple[int, int] = (1080, 1920)
    diagonal_inch: float = 21.5
    language: str = "zh-CN"
    theme: str = "boutique"
    window: bool = False
    uart_baud: int | None = None
    members: int = 2000
    rehearse: Path | None = None

    @property
    def hq_port(self) -> int:
        """The port of HQ: the one after the page's."""
        return self.port + 1 if self.port else 0


def parse(arguments: Sequence[str] | None) -> Options:
    """What the command line asks for; ends the process with a sentence when it makes no sense."""
    given = _parser().parse_args(arguments)
    return Options(
        folder=given.folder.absolute(),
        keep=given.keep,
        port=given.port,
        size_px=_size_of(given),
        diagonal_inch=given.diagonal,
        language=given.language,
        theme=given.theme,
        window=given.window,
        uart_baud=given.uart,
        members=given.members,
        rehearse=given.rehearse and given.rehearse.absolute(),
    )


def _size_of(given: argparse.Namespace) -> tuple[int, int]:
    width, height = given.size or (WINDOW_PX if given.window else PANEL_PX)
    return (max(width, height), min(width, height)) if given.landscape else (width, height)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sim", description="The kiosk, its reader, cards and HQ on this machine."
    )
    add = parser.add_argument
    add("--port", type=_port, default=DEFAULT_PORT, help="of the page; 0: any (%(default)s)")
    add("--folder", type=Path, default=Path("build/sim"), help="of data and logs (%(default)s)")
    add("--keep", action="store_true", help="go on with the data of the last run")
    add("--size", type=_size, metavar="WxH", help="of the panel in pixels (1080x1920)")
    add("--landscape", action="store_true", help="the panel lies on its side")
    add("--diagonal", type=_diagonal, default=21.5, metavar="INCH", help="of the glass (21.5)")
    tags = [tag.value for tag in Language]
    add(
        "--language",
        choices=tags,
        default=Language.ZH.value,
        help="while nobody is there (%(default)s)",
    )
    themes = ["boutique", "high-contrast"]
    add("--theme", choices=themes, default=themes[0], help="colours of the kiosk (%(default)s)")
    add("--window", action="store_true", help="the kiosk in a window of its own, too")
    add("--uart", type=_baud, metavar="BAUD", help="model the reader's wire: 115200, or 'host'")
    add("--members", type=_members, default=2000, help="demo members at HQ (%(default)s)")
    add("--rehearse", type=Path, metavar="FILE", help="a survey to try out before it is published")
    return parser


def _number(text: str, allowed: range, what: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) not in allowed:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not {what} between {allowed[0]} and {allowed[-1]}"
        )
    return int(text)


def _port(text: str) -> int:
    return _number(text, range(65535), "a port")  # HQ takes the next one


def _members(text: str) -> int:
    return _number(text, range(1_000_001), "a number of members")


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text, re.ASCII)
    if not found or int(found[1]) not in SIDE_PX or int(found[2]) not in SIDE_PX:
        raise argparse.ArgumentTypeError(
            f"'{text}' is not a size such as 1080x1920 with sides of 320 to 7680 pixels"
        )
    return int(found[1]), int(found[2])


def _diagonal(text: str) -> float:
    try:
        inches = float(text)
    except ValueError:
        inches = 0
    if not 3 <= inches <= 100:
        raise argparse.ArgumentTypeError(f"'{text}' is not a diagonal between 3 and 100 inches")
    return inches


def _baud(text: str) -> int:
    if text == "host":
        return HOST_BAUD
    return _number(text, range(1200, 3_000_001), "'host' or a speed in bits per second")
