"""Draws charts with a plane of their own: a scale's answers, and how a value went."""

from datetime import date, timedelta
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from kiosk.ui.theme import Weight
from sim.hq.charts.house import (
    BAND,
    BODY_PX,
    EDGE_PINE,
    HAIR,
    INK,
    INK_2,
    INK_3,
    PINE,
    SMALL_PX,
    TONES,
    House,
    plot,
)
from sim.hq.charts.shapes import NARROW_PX, Axis, Columns, Group, Point, Trend, height_px

MONTH_PX = 42
"""What a month's name takes."""


def draw_columns(house: House, chart: Columns, width_px: int) -> Figure:
    """A scale's answers side by side, and under them what they count as."""
    figure = house.sheet(width_px, height_px(chart, width_px))
    axes = plot(figure, 0, 24, 0, 78)
    columns = [(one, group) for group in chart.groups for one in group.columns]
    most = max((one.share for one, _ in columns), default=0) or 1
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(0, most)
    # Eleven figures side by side would touch each other on a phone.
    small = house.letters(SMALL_PX - (2 if width_px < NARROW_PX else 0))
    for at, (one, _) in enumerate(columns):
        axes.bar(at, one.share, width=0.74, color=TONES[one.tone])
        _over(axes, at, one.share, one.note, small, INK_2)
        _under(axes, at, one.label, house.letters(BODY_PX, Weight.BOLD), INK, 6)
    axes.plot([-0.5, len(columns) - 0.5], [0, 0], color=INK_3, linewidth=1, clip_on=False)
    first = 0
    for group in chart.groups:
        _group(axes, first, group, small)
        first += len(group.columns)
    return figure


def _over(
    axes: Axes, at: float, height: float, words: str, letters: FontProperties, colour: str
) -> None:
    axes.annotate(
        words, (at, height), xytext=(0, 4), textcoords="offset points", ha="center", va="bottom",
        color=colour, fontproperties=letters, annotation_clip=False,
    )  # fmt: skip


def _under(
    axes: Axes, at: float, words: str, letters: FontProperties, colour: str, down_px: float
) -> None:
    axes.annotate(
        words, (at, 0), xytext=(0, -down_px), textcoords="offset points", ha="center", va="top",
        color=colour, fontproperties=letters, annotation_clip=False,
    )  # fmt: skip


def _group(axes: Axes, first: int, group: Group, letters: FontProperties) -> None:
    """A bracket under the columns that count together."""
    last = first + len(group.columns) - 1
    down = -30 / axes.bbox.height * axes.get_ylim()[1]
    ends = [first - 0.37, last + 0.37]
    axes.plot(ends, [down, down], color=INK_3, linewidth=1.5, clip_on=False)
    _under(axes, (first + last) / 2, f"{group.label}\n{group.note}", letters, INK_2, 36)


def draw_trend(house: House, chart: Trend, width_px: int) -> Figure:
    """A line with its band of uncertainty; a gap where too few answered."""
    figure = house.sheet(width_px, height_px(chart, width_px))
    end_px = house.width(chart.last, house.letters(BODY_PX, Weight.BOLD)) + 16
    axes = plot(figure, 46, 12, end_px, 34)
    days = [one.day for one in chart.points]
    axes.set_xlim(_x(days[0]), _x(max(days[-1], days[0] + timedelta(weeks=1))))
    axes.set_ylim(chart.axis.low, chart.axis.high)
    _lines(house, axes, chart.axis)
    _months(house, axes, chart.months)
    for has_value, run in groupby(chart.points, key=lambda one: one.value is not None):
        if has_value:
            _run(axes, list(run))
    _name_last(house, axes, chart)
    return figure


def _x(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]


def _lines(house: House, axes: Axes, axis: Axis) -> None:
    for at, words in axis.ticks:
        axes.axhline(at, color=HAIR, linewidth=1, zorder=0)
        axes.annotate(
            words, (0, at), xycoords=("axes fraction", "data"), xytext=(-10, 0),
            textcoords="offset points", ha="right", va="center", color=INK_3,
            fontproperties=house.letters(SMALL_PX), annotation_clip=False,
        )  # fmt: skip


def _months(house: House, axes: Axes, months: tuple[tuple[date, str], ...]) -> None:
    """Under the first week of a month, where the name before it leaves room."""
    free_from = float("-inf")
    for day, words in months:
        at = axes.transData.transform((_x(day), 0))[0]
        if at < free_from:
            continue
        free_from = at + MONTH_PX
        axes.annotate(
            words, (_x(day), 0), xycoords=("data", "axes fraction"), xytext=(0, -10),
            textcoords="offset points", ha="left", va="top", color=INK_3,
            fontproperties=house.letters(SMALL_PX), annotation_clip=False,
        )  # fmt: skip


def _run(axes: Axes, points: list[Point]) -> None:
    """Weeks in a row that all have a value."""
    at = [_x(one.day) for one in points]
    low, high = [one.low for one in points], [one.high for one in points]
    if len(points) == 1:
        axes.plot([at[0], at[0]], [low[0], high[0]], color=EDGE_PINE, linewidth=2, zorder=1)
    axes.fill_between(at, low, high, color=BAND, linewidth=0, zorder=1)
    for edge in (low, high):
        axes.plot(at, edge, color=EDGE_PINE, linewidth=0.8, zorder=2)
    values = [one.value or 0.0 for one in points]
    axes.plot(
        at, values, color=PINE, linewidth=2, marker="o", markersize=5, markeredgecolor="white",
        zorder=3, clip_on=False,
    )  # fmt: skip


def _name_last(house: House, axes: Axes, chart: Trend) -> None:
    known = [one for one in chart.points if one.value is not None]
    if not known:
        return
    axes.annotate(
        chart.last, (_x(known[-1].day), known[-1].value or 0.0), xytext=(10, 0),
        textcoords="offset points", ha="left", va="center", color=PINE,
        fontproperties=house.letters(BODY_PX, Weight.BOLD), annotation_clip=False,
    )  # fmt: skip
