"""What every colour, fill and shadow is in each theme (design language, "Colour")."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from kiosk.ui.theme import Colour, Fill, Rgb, Shadow, ThemeName


class Sweep(Enum):
    """Which way a gradient runs."""

    DIAGONAL = "diagonal"  # top left to bottom right
    DOWN = "down"
    ACROSS = "across"


@dataclass(frozen=True, slots=True)
class Paint:
    """How a surface is filled.

    Attributes:
        stops: place (0 to 1) and colour, in order; one stop is a plain colour.
        sweep: which way they run.
        icon: colour of an icon that stands on it where a picture is missing.
    """

    stops: tuple[tuple[float, Rgb], ...]
    sweep: Sweep = Sweep.DIAGONAL
    icon: Rgb = (0, 0, 0)

    @property
    def plain(self) -> Rgb | None:
        """The one colour, or None for a gradient."""
        return self.stops[0][1] if len(self.stops) == 1 else None

    def at(self, place: float) -> Rgb:
        """The colour at a place from 0 to 1 along the sweep."""
        before = self.stops[0]
        for stop in self.stops:
            if stop[0] >= place:
                span = stop[0] - before[0]
                return mix(before[1], stop[1], (place - before[0]) / span if span else 0.0)
            before = stop
        return before[1]


@dataclass(frozen=True, slots=True)
class Cast:
    """A shadow: a blurred copy of the shape, lower and paler.

    Attributes:
        colour: of the shadow.
        alpha: 0 to 255 at its darkest.
        blur: reach of the blur, mm.
        drop: how far it lies below, mm.
        shrink: how much smaller than the shape on each side, mm.
    """

    colour: Rgb
    alpha: int
    blur: float
    drop: float
    shrink: float = 0


@dataclass(frozen=True, slots=True)
class Theme:
    """The values of one theme.

    Attributes:
        casts: shadows that are drawn; one that is missing is not.
        light: whether paper carries its glows and figures their sheen.
        edge_scale: how much thicker than the design's the outlines are.
    """

    name: ThemeName
    colours: Mapping[Colour, Rgb]
    fills: Mapping[Fill, Paint]
    casts: Mapping[Shadow, Cast]
    light: bool
    edge_scale: float = 1.0


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """The colour `share` of the way from `one` to `other`."""
    return (
        round(one[0] + (other[0] - one[0]) * share),
        round(one[1] + (other[1] - one[1]) * share),
        round(one[2] + (other[2] - one[2]) * share),
    )


def _rgb(code: str) -> Rgb:
    return int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)


def _two(start: str, end: str, icon: str, sweep: Sweep = Sweep.DIAGONAL) -> Paint:
    return Paint(((0.0, _rgb(start)), (1.0, _rgb(end))), sweep, _rgb(icon))


def _one(code: str, icon: str) -> Paint:
    return Paint(((0.0, _rgb(code)),), Sweep.DIAGONAL, _rgb(icon))


_BOUTIQUE_COLOURS = {
    Colour.INK: "221E1A",
    Colour.INK_2: "5C554D",
    Colour.INK_3: "665E55",  # one shade below the table's 6F675E: 4.5:1 in paper's gold corner too
    Colour.PINE: "1C5A4A",
    Colour.ON_PINE: "FFFFFF",
    Colour.ON_PINE_2: "D5E5DE",
    Colour.GOLD_ON_PINE: "F7DEA0",
    Colour.WHITE: "FFFFFF",
    Colour.BRONZE: "A65A10",
    Colour.EDGE: "857B6B",
    Colour.EDGE_PINE: "5E8A7F",
    Colour.HAIRLINE: "E9E0D3",
    Colour.HAIRLINE_ON_PINE: "4F7B70",
    Colour.POINTS_INK: "8A5A12",
    Colour.GOOD_INK: "256A4C",
    Colour.CARE_INK: "8F5300",
    Colour.STOP: "AC3A29",  # a shade below B3402E: 4.5:1 on paper too
    Colour.ON_GOLD: "452B05",
    Colour.SILVER_INK: "3A4550",
}

# Bronze runs through its light end quickly: 4.5:1 behind white words (from a quarter down) while
# the top edge keeps the design's colour.
_BRONZE = Paint(
    ((0.0, _rgb("BC6F1C")), (0.22, _rgb("AE6216")), (1.0, _rgb("A0520A"))),
    Sweep.DOWN,
    _rgb("FFFFFF"),
)

_BOUTIQUE_FILLS = {
    Fill.LINEN: _one("FFFFFF", "1C5A4A"),
    Fill.PAPER: _one("FCF9F4", "5C554D"),
    Fill.PINE: _two("2C685A", "0B2A25", "F7DEA0"),
    Fill.GOLD: _two("F7DEA0", "C6933E", "4A2F06", Sweep.ACROSS),
    Fill.SILVER: _two("F4F6F8", "B9C2CB", "3A4550", Sweep.ACROSS),
    Fill.BRONZE: _BRONZE,
    Fill.GOOD_SOFT: _one("E2EFE8", "256A4C"),
    Fill.CARE_SOFT: _one("FBEBCB", "8F5300"),
    Fill.STOP_SOFT: _one("FFF7F4", "B3402E"),
    Fill.MUTED: _two("F3EFE8", "E5DED2", "5C554D"),
    Fill.MINT: _two("E1F2E9", "BCE1CE", "1C5A4A"),
    Fill.PEACH: _two("FDE8D4", "F8CFA8", "8F4F0E"),
    Fill.SKY: _two("E6ECF6", "C4D2EA", "35508F"),
    Fill.SAND: _two("F6EDDA", "EAD3A4", "6B4A12"),
    Fill.GOLD_SOFT: _two("FAEBC6", "E6C988", "6B4A12"),
    Fill.ROSE: _two("FCE1E0", "F3BDBB", "98303A"),
}

BOUTIQUE = Theme(
    "boutique",
    MappingProxyType({token: _rgb(code) for token, code in _BOUTIQUE_COLOURS.items()}),
    MappingProxyType(_BOUTIQUE_FILLS),
    MappingProxyType(
        {
            Shadow.SOFT: Cast(_rgb("5A4630"), alpha=46, blur=3.2, drop=1.4, shrink=0.6),
            Shadow.DEEP: Cast(_rgb("12332B"), alpha=120, blur=6.5, drop=4.6, shrink=2.4),
            Shadow.GLOW: Cast(_rgb("C07A2A"), alpha=120, blur=5.0, drop=4.0, shrink=2.6),
        }
    ),
    light=True,
)

_BLACK, _WHITE, _BLUE = "000000", "FFFFFF", "0047AB"
_ON_DARK = {Colour.ON_PINE, Colour.ON_PINE_2, Colour.GOLD_ON_PINE, Colour.WHITE}
_BLUE_COLOURS = {Colour.PINE, Colour.BRONZE, Colour.POINTS_INK}


def _plain_colour(token: Colour) -> Rgb:
    if token in _ON_DARK:
        return _rgb(_WHITE)
    if token is Colour.HAIRLINE_ON_PINE:
        return _rgb(_WHITE)
    return _rgb(_BLUE if token in _BLUE_COLOURS else _BLACK)


def _plain_fill(token: Fill) -> Paint:
    dark = token in {Fill.PINE, Fill.BRONZE}
    return _one(_BLUE, _WHITE) if dark else _one(_WHITE, _BLACK)


HIGH_CONTRAST = Theme(
    "high-contrast",
    MappingProxyType({token: _plain_colour(token) for token in Colour}),
    MappingProxyType({token: _plain_fill(token) for token in Fill}),
    MappingProxyType({}),
    light=False,
    edge_scale=2.0,
)


def theme(name: ThemeName) -> Theme:
    """The theme of that name."""
    return HIGH_CONTRAST if name == "high-contrast" else BOUTIQUE
