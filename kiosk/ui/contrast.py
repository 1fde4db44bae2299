"""Contrast of two colours (WCAG 2.2), and the worst that a colour has on a fill."""

from kiosk.ui.palette import Sweep, Theme, mix
from kiosk.ui.theme import Colour, Fill, Rgb

# WCAG 2.2, 1.4.3 and 1.4.11.
TEXT_AT_LEAST = 4.5
SHAPE_AT_LEAST = 3.0

# Words stand in the middle of a surface that is lit from above, not on its rim.
WORDS_FROM, WORDS_TO = 0.22, 0.78

# Paper, from its lightest to its darkest and to the gold corner (ui/backdrop.py draws it).
PAPER_LIGHT: Rgb = (0xFC, 0xF9, 0xF4)
PAPER_DARK: Rgb = (0xEE, 0xE5, 0xD8)
PAPER_GOLD: Rgb = (0xF3, 0xE0, 0xBE)

# The hero's top right corner catches gold light: this much of it at most (ui/shapes.py).
HERO_GLOW: Rgb = (0xC6, 0x93, 0x3E)
HERO_GLOW_SHARE = 0.22


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 (black) to 1 (white); WCAG 2.2, "relative luminance"."""
    parts = (value / 255 for value in colour)
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: Rgb, other: Rgb) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def grounds(theme: Theme, fill: Fill | None, *, arcs: bool = False) -> tuple[Rgb, ...]:
    """The colours words may have behind them on a fill; None is the paper of the backdrop."""
    if fill is None:
        return (PAPER_LIGHT, PAPER_DARK, PAPER_GOLD) if theme.light else ((255, 255, 255),)
    paint = theme.fills[fill]
    if paint.plain:
        return (paint.plain,)
    first, last = (WORDS_FROM, WORDS_TO) if paint.sweep is Sweep.DOWN else (0.0, 1.0)
    found = tuple(paint.at(first + (last - first) * step / 8) for step in range(9))
    if arcs and theme.light:
        found += tuple(mix(colour, HERO_GLOW, HERO_GLOW_SHARE) for colour in found[3:6])
    return found


def worst(theme: Theme, colour: Colour, fill: Fill | None, *, arcs: bool = False) -> float:
    """The lowest contrast of a colour on a fill."""
    ink = theme.colours[colour]
    return min(contrast(ink, ground) for ground in grounds(theme, fill, arcs=arcs))
