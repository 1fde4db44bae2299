"""What a chart shows, as data: its words are chosen and its figures counted already."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tone(StrEnum):
    """What a mark stands for; words beside it always say the same."""

    MAIN = "main"
    QUIET = "quiet"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale, and where it is marked."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One row: a value between the ends of its interval.

    Attributes:
        note: the figures in words; why there is no value, where there is none.
    """

    label: str
    note: str
    value: float | None = None
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class Dots:
    """Values to compare, each with how far it may be off.

    Attributes:
        reference: a value to compare with, and its name.
    """

    rows: tuple[Dot, ...]
    axis: Axis
    reference: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: parts of a whole, from the left; what they leave free stays empty."""

    label: str
    note: str
    parts: tuple[tuple[float, Tone], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Shares, one under the other."""

    rows: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One answer of a scale.

    Attributes:
        share: of all answers, 0 to 1.
    """

    label: str
    share: float
    note: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Group:
    """Several columns side by side that count together."""

    label: str
    note: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A scale from its lowest answer to its highest."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A week; without a value it had too few answers."""

    day: date
    value: float | None = None
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class Trend:
    """How a value went, week by week.

    Attributes:
        points: every week without a gap, the oldest first.
        months: words under the first week of each month.
        last: the newest value, in words.
    """

    points: tuple[Point, ...]
    axis: Axis
    months: tuple[tuple[date, str], ...]
    last: str


Chart = Dots | Bars | Columns | Trend


class Size(StrEnum):
    """How wide a chart stands on its page."""

    WIDE = "wide"
    HALF = "half"
    THIRD = "third"
    PHONE = "phone"


WIDTHS_PX = {Size.WIDE: 1240, Size.HALF: 600, Size.THIRD: 380, Size.PHONE: 326}
"""Of a card over the whole page, of one of two or three side by side, and on a phone of 390 px."""


NARROW_PX = 400
"""Below it a row's figures stand under its name, for both do not fit beside each other."""

ROW_PX = 58
NARROW_ROW_PX = 80
TOP_PX = 6
AXIS_PX = 30
REFERENCE_PX = 26
COLUMNS_PX = 264
TREND_PX = 270


def row_px(width_px: int) -> int:
    """How high a row is in a chart of this width."""
    return NARROW_ROW_PX if width_px < NARROW_PX else ROW_PX


def height_px(chart: Chart, width_px: int) -> int:
    """How high a chart is; known before it is drawn, so that a page does not jump."""
    match chart:
        case Dots():
            top_px = REFERENCE_PX if chart.reference else TOP_PX
            return len(chart.rows) * row_px(width_px) + top_px + AXIS_PX
        case Bars():
            return len(chart.rows) * row_px(width_px)
        case Columns():
            return COLUMNS_PX
        case Trend():
            return TREND_PX
