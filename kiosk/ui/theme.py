"""Names of the design: styles, colours, fills, shadows. Their values: ui/palette.py.

Screens name a token; only a theme knows its value.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

CAP_SHARE = 0.733
"""Height of a capital in Noto Sans SC as a share of the font size (OS/2.sCapHeight 733 of 1000)."""

BIG_TEXT = 1.3
"""How much larger type is in big-text mode (docs/design.md, measures)."""


class Token(Enum):
    """A name of the design; hashed by identity, in C: pages hash thousands of them."""

    __hash__ = object.__hash__


class Weight(Token):
    """A static weight of the font."""

    REGULAR = 400
    MEDIUM = 500
    BOLD = 700
    BLACK = 900


@dataclass(frozen=True, slots=True)
class TypeStep:
    """One step of type.

    Attributes:
        cap_mm: height of a capital letter on the glass, mm.
        weight: of the font.
        leading: distance of two baselines as a multiple of the font size.
        tabular: whether digits keep one width, for numbers that change.
    """

    cap_mm: float
    weight: Weight
    leading: float = 1.35
    tabular: bool = False


class Style(Token):
    """A step of type; sizes are those of 500 mm reading distance (EN 301 549, 5.1.4)."""

    HERO = TypeStep(20, Weight.BLACK, 1.22)  # a screen's one sentence
    FIGURE = TypeStep(19, Weight.BLACK, 1.05, tabular=True)  # the one number of a screen
    DISPLAY = TypeStep(12, Weight.BLACK, 1.25)
    HEADLINE = TypeStep(10, Weight.BOLD, 1.3)
    TITLE = TypeStep(8, Weight.BOLD, 1.3)
    HEADING = TypeStep(7, Weight.BOLD, 1.3)
    STRONG = TypeStep(6.1, Weight.BOLD)
    BODY = TypeStep(6.1, Weight.REGULAR)
    MEDIUM = TypeStep(6.1, Weight.MEDIUM)
    CAPTION = TypeStep(5, Weight.REGULAR)
    CAPTION_STRONG = TypeStep(5, Weight.MEDIUM)
    KEY = TypeStep(9, Weight.MEDIUM, 1.25)  # what is written, and what writes it
    NUMBER = TypeStep(7.4, Weight.BOLD, tabular=True)

    @property
    def step(self) -> TypeStep:
        """The measures of this style."""
        return self.value


Rgb = tuple[int, int, int]


class Colour(Token):
    """A colour by what it is for."""

    INK = "ink"
    INK_2 = "ink-2"
    INK_3 = "ink-3"
    PINE = "pine"
    ON_PINE = "on-pine"
    ON_PINE_2 = "on-pine-2"
    GOLD_ON_PINE = "gold-on-pine"
    WHITE = "white"
    BRONZE = "bronze"
    EDGE = "edge"
    EDGE_PINE = "edge-pine"
    HAIRLINE = "hairline"
    HAIRLINE_ON_PINE = "hairline-on-pine"
    POINTS_INK = "points-ink"
    GOOD_INK = "good-ink"
    CARE_INK = "care-ink"
    STOP = "stop"
    ON_GOLD = "on-gold"
    SILVER_INK = "silver-ink"


class Fill(Token):
    """What a surface is filled with: one colour, or two from the top left to the bottom right."""

    LINEN = "linen"
    PAPER = "paper"
    PINE = "pine"
    GOLD = "gold"
    SILVER = "silver"
    BRONZE = "bronze"
    GOOD_SOFT = "good-soft"  # reassurance: pale green
    CARE_SOFT = "care-soft"  # banner: pale amber
    STOP_SOFT = "stop-soft"
    MUTED = "muted"  # what is not possible here
    MINT = "mint"
    PEACH = "peach"
    SKY = "sky"
    SAND = "sand"
    ROSE = "rose"
    GOLD_SOFT = "gold-soft"


class Shadow(Token):
    """How far something floats above the paper."""

    SOFT = "soft"  # rows, cards
    DEEP = "deep"  # hero
    GLOW = "glow"  # the primary button's warm light


ThemeName = Literal["boutique", "high-contrast"]
