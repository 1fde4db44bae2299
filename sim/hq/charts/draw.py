"""Draws any chart, and writes it as a picture that stays sharp on every screen."""

import io

from matplotlib import rc_context
from matplotlib.figure import Figure

from sim.hq.charts.house import House
from sim.hq.charts.plots import draw_columns, draw_trend
from sim.hq.charts.rows import draw_bars, draw_dots
from sim.hq.charts.shapes import Bars, Chart, Columns, Dots, Trend


def draw(house: House, chart: Chart, width_px: int) -> Figure:
    """The chart as a figure of this width."""
    match chart:
        case Dots():
            return draw_dots(house, chart, width_px)
        case Bars():
            return draw_bars(house, chart, width_px)
        case Columns():
            return draw_columns(house, chart, width_px)
        case Trend():
            return draw_trend(house, chart, width_px)


def as_svg(figure: Figure) -> bytes:
    """The same figure always gives the same bytes; letters are outlines and need no font."""
    written = io.BytesIO()
    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "charts"}):
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def as_png(figure: Figure) -> bytes:
    """As pixels, for golden pictures; on white, as on a card."""
    written = io.BytesIO()
    figure.savefig(written, format="png", facecolor="white", metadata={"Software": None})
    return written.getvalue()
