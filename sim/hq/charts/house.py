"""The look of HQ's charts: the kiosk's own colours and letters, and nothing that says nothing."""

from pathlib import Path
from types import MappingProxyType

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from kiosk.config.sections import OWN_FONTS_DIR
from kiosk.ui.fonts import font_file
from kiosk.ui.palette import BOUTIQUE
from kiosk.ui.theme import Colour, Fill, Rgb, Weight
from sim.hq.charts.shapes import Tone

PX_PER_INCH = 72
"""So that a point of type is a pixel of the page."""

BODY_PX = 15
SMALL_PX = 13
"""As the page's own text and small print."""


def _colour(rgb: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*rgb)


INK = _colour(BOUTIQUE.colours[Colour.INK])
INK_2 = _colour(BOUTIQUE.colours[Colour.INK_2])
INK_3 = _colour(BOUTIQUE.colours[Colour.INK_3])
PINE = _colour(BOUTIQUE.colours[Colour.PINE])
EDGE_PINE = _colour(BOUTIQUE.colours[Colour.EDGE_PINE])
HAIR = _colour(BOUTIQUE.colours[Colour.HAIRLINE])
BRONZE = _colour(BOUTIQUE.colours[Colour.BRONZE])
TRACK = _colour(BOUTIQUE.fills[Fill.MUTED].at(0))
BAND = _colour(BOUTIQUE.fills[Fill.MINT].at(0.5))

TONES = MappingProxyType(
    {
        Tone.MAIN: PINE,
        Tone.QUIET: _colour(BOUTIQUE.colours[Colour.EDGE]),
        Tone.AGAINST: _colour(BOUTIQUE.colours[Colour.STOP]),
    }
)


class House:
    """Letters and empty sheets.

    Args:
        fonts_dir: where the screen's fonts are.

    Raises:
        FontMissing: they were not fetched yet.
    """

    def __init__(self, fonts_dir: Path = OWN_FONTS_DIR) -> None:
        self._files = {
            weight: font_file(fonts_dir, weight) for weight in (Weight.REGULAR, Weight.BOLD)
        }

    def letters(self, size_px: float = BODY_PX, weight: Weight = Weight.REGULAR) -> FontProperties:
        """The font in this size."""
        return FontProperties(fname=str(self._files[weight]), size=size_px)

    def width(self, words: str, letters: FontProperties) -> float:
        """How wide the words are, in pixels."""
        return _width(words, letters)

    def shortened(self, words: str, width_px: float, letters: FontProperties) -> str:
        """As much of the words as fits, with an ellipsis where something is left out."""
        if _width(words, letters) <= width_px:
            return words
        fits, many = 0, len(words)
        while many - fits > 1:
            middle = (fits + many) // 2
            if _width(words[:middle] + "…", letters) <= width_px:
                fits = middle
            else:
                many = middle
        return words[:fits].rstrip() + "…"

    def sheet(self, width_px: int, height_px: int) -> Figure:
        """An empty picture without any colour behind it: it lies on a card."""
        figure = Figure(figsize=(width_px / PX_PER_INCH, height_px / PX_PER_INCH), dpi=PX_PER_INCH)
        figure.patch.set_facecolor("none")
        return figure


def _width(words: str, letters: FontProperties) -> float:
    """In pixels."""
    return float(TextPath((0, 0), words, prop=letters).get_extents().width) if words else 0.0


def plot(figure: Figure, left: float, top: float, right: float, bottom: float) -> Axes:
    """A plot with these margins in pixels, without frame and ticks."""
    width, height = figure.get_size_inches() * PX_PER_INCH
    box = (left / width, bottom / height, 1 - (left + right) / width, 1 - (top + bottom) / height)
    axes = figure.add_axes(box)
    axes.patch.set_alpha(0)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    return axes
