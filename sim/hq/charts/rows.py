"""Draws charts of rows: a name above each mark, so that long names hold on a phone too."""

from collections.abc import Callable

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
)

WORDS_AT = 0.34
MARK_AT = 0.68
"""Where in its row the words stand and the mark is drawn, from the top."""

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
    figure = house.sheet(width_px, height_px(chart))
    axes = plot(figure, SIDE_PX, top, SIDE_PX, AXIS_PX)
    axes.set_xlim(chart.axis.low, chart.axis.high)
    axes.set_ylim(len(chart.rows), 0)
    _scale(house, axes, chart.axis)
    if chart.reference is not None:
        _reference(house, axes, *chart.reference)
    for place, row in enumerate(chart.rows):
        _words(house, axes, place, row.label, row.note, has_mark=row.value is not None)
        _dot(axes, place + MARK_AT, row)
    return figure


def draw_bars(house: House, chart: Bars, width_px: int) -> Figure:
    """Shares of a whole."""
    figure = house.sheet(width_px, height_px(chart))
    axes = plot(figure, 0, 0, 0, 0)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(chart.rows), 0)
    for place, row in enumerate(chart.rows):
        _words(house, axes, place, row.label, row.note, has_mark=True)
        _bar(axes, place + MARK_AT, row, width_px)
    return figure


def _scale(house: House, axes: Axes, axis: Axis) -> None:
    rows = axes.get_ylim()[0]
    for at, words in axis.ticks:
        axes.plot([at, at], [0, rows], color=HAIR, linewidth=1, zorder=0)
        _beside_scale(axes, (at, rows), words, -8, INK_3, house.letters(SMALL_PX))


def _reference(house: House, axes: Axes, at: float, words: str) -> None:
    """A line to compare with; it spares the words of the rows."""
    for place in range(round(axes.get_ylim()[0])):
        ends = [place + WORDS_AT + 0.1, place + 0.95]
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


def _words(house: House, axes: Axes, place: int, label: str, note: str, *, has_mark: bool) -> None:
    """The row's name on the left, its figures on the right."""
    width_px = axes.bbox.width
    said = house.letters(SMALL_PX)
    note = house.shortened(note, width_px * 0.6, said)
    named = house.letters(weight=Weight.BOLD)
    room = width_px - house.width(note, said) - GAP_PX
    put = _putter(axes, place + WORDS_AT)
    put(0, house.shortened(label, room, named), named, INK if has_mark else INK_2, "left")
    put(1, note, said, INK_2 if has_mark else INK_3, "right")


def _putter(axes: Axes, row: float) -> Callable[..., None]:
    across = axes.get_yaxis_transform()

    def put(at: float, words: str, letters: FontProperties, colour: str, side: str) -> None:
        axes.text(
            at, row, words, transform=across, ha=side, va="baseline", color=colour,
            fontproperties=letters,
        )  # fmt: skip

    return put


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
    half = BAR_PX / ROW_PX / 2
    track = _rounded(0, 1, row - half, 2 * half, TRACK, width_px)
    axes.add_patch(track)
    at = 0.0
    for share, tone in bar.parts:
        if share > 0:
            box = axes.barh(row, share, height=2 * half, left=at, color=TONES[tone], zorder=2)
            box[0].set_clip_path(track)
        at += share


def _rounded(
    left: float, width: float, top: float, height: float, colour: str, width_px: int
) -> FancyBboxPatch:
    """A bar with round ends, which are round in pixels whatever the plot's units are."""
    ends = BAR_PX / 2 / width_px
    return FancyBboxPatch(
        (left, top),
        width,
        height,
        boxstyle=f"round,pad=0,rounding_size={ends}",
        mutation_aspect=(height / BAR_PX) / (1 / width_px),
        facecolor=colour,
        edgecolor="none",
        zorder=1,
    )
