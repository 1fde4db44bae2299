"""Short choices as compact chips in a grid: sizes of clothes, yes and no, times of day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from kiosk.screens.asked import Room
from kiosk.screens.choices import chip
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.nodes import Align, Column, Gap, Node, Row
from kiosk.ui.theme import BIG_TEXT, CAP_SHARE, Style

SHORT_EMS = 4.5
"""Width of the longest short choice: four Chinese characters, or seven Latin: `175/96A`."""

CHIP_MM, LYING_CHIP_MM = 26.0, 21.5
"""Height of a chip; lying every one is a target and no more."""

_MOST_CHIP_MM, _SHARE = 44.0, 0.6
"""A chip takes so much of the room there is, and no more than this."""

_LARGE_MM = 34.0
"""From this height on its words are larger, too."""

_MOST_ACROSS = 6
_GAP_MM = GAP_MM * 1.6
_BESIDE_MM = 10.0
"""What stands beside the words in a chip that is chosen: its check and air."""

_LATIN_EM = 0.62


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices: what is sent, and what is read."""

    value: str
    words: str


def are_short(labels: Sequence[str]) -> bool:
    """Whether choices suit a grid of chips: several, and all of them short."""
    return len(labels) > 1 and all(0 < _ems(one) <= SHORT_EMS for one in labels)


def chips(
    sight: Sight, key: str, options: Sequence[Option], chosen: Collection[str], room: Room
) -> Node:
    """The grid; its rows are as full as each other, as far as that is possible.

    Args:
        key: what every chip sends, with its option's value.
        chosen: values of those that hold.
        room: its width is taken whole, its height as far as chips look like chips.
    """
    across = _across(sight, options, room.width)
    rows = -(-len(options) // across)
    fitting = (room.height * _SHARE - (rows - 1) * _GAP_MM) / rows
    high = max(_chip_mm(sight), min(_MOST_CHIP_MM, fitting))
    ready = [_chip(key, one, high, chosen=one.value in chosen) for one in options]
    lines = [_row(ready[at : at + across], across) for at in range(0, len(ready), across)]
    return Column(items=tuple(lines), gap=_GAP_MM)


def chips_mm(sight: Sight, options: Sequence[Option], width: float) -> float:
    """Height of the grid."""
    rows = -(-len(options) // _across(sight, options, width))
    return rows * _chip_mm(sight) + max(0, rows - 1) * _GAP_MM


def _chip_mm(sight: Sight) -> float:
    return CHIP_MM if sight.view.portrait else LYING_CHIP_MM


def _across(sight: Sight, options: Sequence[Option], width: float) -> int:
    """Chips beside each other: as many as their words allow, spread over even rows."""
    em = Style.STRONG.step.cap_mm / CAP_SHARE * (BIG_TEXT if sight.session.big_text else 1)
    widest = max((_ems(one.words) for one in options), default=1.0) * em + 2 * _BESIDE_MM
    fit = int((width + _GAP_MM) / (max(widest, _chip_mm(sight)) + _GAP_MM))
    most = max(1, min(fit, _MOST_ACROSS))
    rows = -(-len(options) // most) or 1
    return -(-len(options) // rows) or 1


def _chip(key: str, option: Option, high: float, *, chosen: bool) -> Node:
    style = Style.TITLE if high >= _LARGE_MM else Style.MEDIUM
    shown = chip(key, option.words, option.value, chosen=chosen, radius=7, beside=3, style=style)
    return replace(shown, height=high)


def _row(ready: list[Node], across: int) -> Node:
    """A row of the grid; the last one may not be full."""
    rest = (Gap(grow=1),) * (across - len(ready))
    return Row(items=(*ready, *rest), gap=_GAP_MM, align=Align.STRETCH)


def _ems(words: str) -> float:
    return sum(1.0 if east_asian_width(char) in "WF" else _LATIN_EM for char in words)
