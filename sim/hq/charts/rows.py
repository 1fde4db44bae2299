"""Draws charts of rows: a name above each mark, so that long names hold on a phone too."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch

from kiosk.ui.theme import Weight
from sim.hq.charts.house import (
    BAND,
    BRONZE,
    HAIR,
    INK,
    INK_2,
    INK_3,
    PINE,
    SMALL_PX,
    TONES,
    TRACK,
    House,
    plot,
)
from sim.hq.charts.shapes import (
    AXIS_PX,
    REFERENCE_PX,
    ROW_PX,
    TOP_PX,
    Axis,
    Bar,
    Bars,
    Dot,
    Dots,
    height_px,
    row_px,
)

WORDS_PX = 20
NOTE_PX = 40
MARK_UP_PX = 19
"""From the top of a row to its name's line, and to its figures' where these stand under it; from
its foot up to its mark."""

BAR_PX = 14
DOT_PX = 13
BAND_PX = 8

SIDE_PX = 10
GAP_PX = 12

EDGE = 0.12
"""Share of the scale at each end where words turn inwards."""


def draw_dots(house: House, chart: Dots, width_px: int) -> Figure:
    """Values with their intervals, under one scale."""
    top = REFERENCE_PX if chart.reference else TOP_PX
    figure = house.sheet(width_px, height_px(chart, width_px))
    axes = plot(figure, SIDE_PX, top, SIDE_PX, AXIS_PX)
    axes.set_xlim(chart.axis.low, chart.axis.high)
    rows = _rows(axes, len(chart.rows), width_px)
    _scale(house, axes, chart.axis)
    if chart.reference is not None:
        _reference(house, axes, rows, *chart.reference)
    for row, one in zip(rows, chart.rows, strict=True):
        _words(house, axes, row, (one.label, one.note), has_mark=one.value is not None)
        _dot(axes, row.stop - MARK_UP_PX, one)
    return figure


def draw_bars(house: House, chart: Bars, width_px: int) -> Figure:
    """Shares of a whole."""
    figure = house.sheet(width_px, height_px(chart, width_px))
    axes = plot(figure, 0, 0, 0, 0)
    axes.set_xlim(0, 1)
    for row, one in zip(_rows(axes, len(chart.rows), width_px), chart.rows, strict=True):
        _words(house, axes, row, (one.label, one.note), has_mark=True)
        _bar(axes, row.stop - MARK_UP_PX, one, width_px)
    return figure


def _rows(axes: Axes, count: int, width_px: int) -> list[range]:
    """Where each row stands, in pixels from the top; so the plot's height is measured."""
    high = row_px(width_px)
    axes.set_ylim(count * high, 0)
    return [range(at * high, (at + 1) * high) for at in range(count)]


def _scale(house: House, axes: Axes, axis: Axis) -> None:
    foot = axes.get_ylim()[0]
    for at, words in axis.ticks:
        axes.plot([at, at], [0, foot], color=HAIR, linewidth=1, zorder=0)
        _beside_scale(axes, (at, foot), words, -8, INK_3, house.letters(SMALL_PX))


def _reference(house: House, axes: Axes, rows: list[range], at: float, words: str) -> None:
    """A line to compare with; it spares the words of the rows."""
    for row in rows:
        ends = [row.stop - MARK_UP_PX - DOT_PX, row.stop - MARK_UP_PX + DOT_PX]
        axes.plot([at, at], ends, color=BRONZE, linewidth=1.5, linestyle=(0, (4, 3)), zorder=1)
    letters = house.letters(SMALL_PX, Weight.BOLD)
    _beside_scale(axes, (at, 0), words, 5, BRONZE, letters)


def _beside_scale(
    axes: Axes,
    place: tuple[float, float],
    words: str,
    up_px: float,
    colour: str,
    letters: FontProperties,
) -> None:
    """Small words over or under a place of the scale; they stay within the picture."""
    low, high = axes.get_xlim()
    share = (place[0] - low) / (high - low)
    side = "left" if share < EDGE else "right" if share > 1 - EDGE else "center"
    inward_px = {"left": -SIDE_PX, "right": SIDE_PX, "center": 0}[side]
    axes.annotate(
        words, place, xytext=(inward_px, up_px), textcoords="offset points", ha=side,
        va="bottom" if up_px > 0 else "top", color=colour, fontproperties=letters,
        annotation_clip=False,
    )  # fmt: skip


def _words(house: House, axes: Axes, row: range, words: tuple[str, str], *, has_mark: bool) -> None:
    """The row's name, and its figures on the right of it or, in a narrow chart, under it."""
    label, note = words
    said, named = house.letters(SMALL_PX), house.letters(weight=Weight.BOLD)
    name_ink, note_ink = (INK, INK_2) if has_mark else (INK_2, INK_3)
    width_px = axes.bbox.width
    if len(row) > ROW_PX:
        name = house.shortened(label, width_px, named)
        _put(axes, (0, row.start + NOTE_PX), house.shortened(note, width_px, said), said, note_ink)
    else:
        name = house.shortened(label, width_px - house.width(note, said) - GAP_PX, named)
        _put(axes, (1, row.start + WORDS_PX), note, said, note_ink)
    _put(axes, (0, row.start + WORDS_PX), name, named, name_ink)


def _put(
    axes: Axes, at: tuple[int, float], words: str, letters: FontProperties, colour: str
) -> None:
    """Words at the left edge (0) or the right one (1)."""
    axes.text(
        *at, words, transform=axes.get_yaxis_transform(), ha="right" if at[0] else "left",
        va="baseline", color=colour, fontproperties=letters,
    )  # fmt: skip


def _dot(axes: Axes, row: float, dot: Dot) -> None:
    if dot.value is None:
        axes.plot(axes.get_xlim(), [row, row], color=HAIR, linewidth=1, zorder=0)
        return
    ends = [dot.low, dot.high]
    axes.plot(ends, [row, row], color=BAND, linewidth=BAND_PX, solid_capstyle="butt", zorder=2)
    axes.plot(ends, [row, row], color=PINE, linewidth=1.5, marker="|", markersize=11, zorder=3)
    axes.plot(
        [dot.value], [row], color=PINE, marker="o", markersize=DOT_PX, markeredgecolor="white",
        zorder=4, clip_on=False,
    )  # fmt: skip


def _bar(axes: Axes, row: float, bar: Bar, width_px: int) -> None:
    track = _track(row, width_px)
    axes.add_patch(track)
    at = 0.0
    for share, tone in bar.parts:
        if share > 0:
            box = axes.barh(row, share, height=BAR_PX, left=at, color=TONES[tone], zorder=2)
            box[0].set_clip_path(track)
        at += share


def _track(row: float, width_px: int) -> FancyBboxPatch:
    """The whole that a bar is part of; its ends are round though the plot is one unit wide."""
    return FancyBboxPatch(
        (0, row - BAR_PX / 2),
        1,
        BAR_PX,
        boxstyle=f"round,pad=0,rounding_size={BAR_PX / 2 / width_px}",
        mutation_aspect=width_px,
        facecolor=TRACK,
        edgecolor="none",
        zorder=1,
    )
