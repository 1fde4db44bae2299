"""Turns the design's millimetres into pixels of the configured glass."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.ui.theme import BIG_TEXT, CAP_SHARE

Orientation = Literal["portrait", "landscape"]

# The least glass the full layouts are drawn for at true size, in mm: width, height. Standing it is
# a 21.5 inch panel (268 x 476 mm), of which the pages use every line; lying they need
# less of its width.
PORTRAIT_MM = (267.0, 475.0)
LANDSCAPE_MM = (446.0, 267.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The glass and how large things are on it.

    Attributes:
        width_px: of the picture.
        height_px: of the picture.
        px_per_mm: pixels per millimetre of the real glass.
        big_text: whether type is drawn 1.3 times as large.
        factor: what a design millimetre is on the glass: 1 at true size, less on a small panel.
        scale: pixels per design millimetre.

    Raises:
        ValueError: when a measure is not above zero.
    """

    width_px: int
    height_px: int
    px_per_mm: float
    big_text: bool = False
    factor: float = field(init=False, repr=False, compare=False)
    scale: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a glass that nothing can be drawn on; see how much of the design it holds."""
        if min(self.width_px, self.height_px, self.px_per_mm) <= 0:
            raise ValueError("a screen needs width, height and px_per_mm above 0")
        wide, high = LANDSCAPE_MM if self.orientation == "landscape" else PORTRAIT_MM
        real_wide, real_high = self.width_px / self.px_per_mm, self.height_px / self.px_per_mm
        object.__setattr__(self, "factor", min(1.0, real_wide / wide, real_high / high))
        object.__setattr__(self, "scale", self.px_per_mm * self.factor)

    @property
    def orientation(self) -> Orientation:
        """Which of the two layouts fits."""
        return "landscape" if self.width_px > self.height_px else "portrait"

    def px(self, mm: float) -> int:
        """A length in whole pixels; what has any length at all has at least one."""
        return max(1, round(mm * self.scale)) if mm > 0 else round(mm * self.scale)

    def font_px(self, cap_mm: float) -> int:
        """The font size in pixels whose capitals are `cap_mm` high."""
        larger = BIG_TEXT if self.big_text else 1.0
        return max(6, round(cap_mm * larger * self.scale / CAP_SHARE))
