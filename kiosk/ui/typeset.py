"""Sets a Text node into lines of runs: breaking, gaps, hanging marks, shrinking, ellipsis."""

import math
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from kiosk.ui.chars import HALF_EM, Char, Look, gap, plain, thin_spaces
from kiosk.ui.linebreak import (
    BLANK_AFTER,
    BLANK_BEFORE,
    break_lines,
    longest_piece,
)
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Align, Span, Text
from kiosk.ui.theme import Colour, Style, Weight

# Centre of a line above its baseline, em: between that of a capital (0.733 / 2) and of an
# ideograph (0.88 - 0.5), so that both stand in the middle of a button.
CENTRE_EM = 0.372
# Shrinking tries these steps of the font size.
STEP = 0.04
# Wider than any glass: a text on one line.
UNBOUNDED_PX = 1_000_000
# A last line shorter than this share of the width looks lost; the lines are evened out.
LOST_LINE = 0.3
ELLIPSIS = "…"


class Faces(Protocol):
    """Measures words in a weight and size of the font."""

    def advance(self, weight: Weight, size_px: int, words: str) -> int:
        """Width of the words in pixels, kerning included."""


class Run(NamedTuple):
    """Words in one look.

    Attributes:
        x: left edge within the line, px.
        rise: how far the baseline is lifted above the line's, px.
    """

    words: str
    weight: Weight
    size_px: int
    colour: Colour
    figure: bool
    x: int
    rise: int


class Line(NamedTuple):
    """One line: its runs, the width of its ink and its baseline within the block, px."""

    runs: tuple[Run, ...]
    width: int
    baseline: int


MAX_REHEARSED = 600
"""Texts kept for good at most; three pages of nobody hold about 250."""


@dataclass(frozen=True, slots=True)
class TextFit:
    """A text set into a width.

    Attributes:
        lines: top first.
        width: of the widest line, px.
        height: of the block, px.
        baseline: of the first line from the top, px.
        cut: whether words are missing; a fault of the screen.
    """

    lines: tuple[Line, ...]
    width: int
    height: int
    baseline: int
    cut: bool


class Typesetter:
    """Sets texts for one glass; remembers those of one picture, and what was rehearsed."""

    def __init__(self, faces: Faces, metrics: Metrics) -> None:
        self._faces = faces
        self._metrics = metrics
        self._fits: dict[tuple[Text, int], TextFit] = {}
        self._before: dict[tuple[Text, int], TextFit] = {}
        self._rehearsed: dict[tuple[Text, int], TextFit] = {}
        # by identity: quicker than by words, for as long as one picture is laid out
        self._asked: dict[tuple[int, int], tuple[Text, TextFit]] = {}
        self._advances: dict[tuple[int, int], dict[str, int]] = {}

    def turn(self) -> None:
        """A new picture begins: texts of the one before are at hand until `end_turn`."""
        self._before, self._fits = self._fits, {}
        self._asked.clear()

    def end_turn(self) -> None:
        """The picture is complete: texts only the one before had are dropped."""
        self._before = {}
        self._asked.clear()

    def keep(self) -> None:
        """Remember the texts of this picture for good: it was nobody's."""
        if len(self._rehearsed) < MAX_REHEARSED:
            self._rehearsed.update(self._fits)

    def fit(self, text: Text, width_px: int) -> TextFit:
        """Set the text into `width_px`, smaller or cut where it must be."""
        asked = self._asked.get((id(text), width_px))
        if asked is not None:
            return asked[1]
        key = (text, width_px)
        found = (
            self._fits.get(key)
            or self._rehearsed.get(key)
            or self._before.get(key)
            or self._fit(text, width_px)
        )
        self._fits[key] = found
        self._asked[id(text), width_px] = (text, found)  # the text lives as long as its id
        return found

    def narrowest(self, text: Text) -> int:
        """The least width in px at which nothing is cut (for several lines: about 4 em)."""
        natural = self.fit(text, UNBOUNDED_PX).width
        if text.max_lines == 1:
            return math.ceil(natural * text.shrink_to)
        return min(natural, 4 * self._metrics.font_px(text.style.step.cap_mm))

    def _fit(self, text: Text, width_px: int) -> TextFit:
        if width_px < UNBOUNDED_PX:
            natural = self.fit(text, UNBOUNDED_PX)
            if natural.width <= width_px:
                return natural
        scale = 1.0
        while True:
            chars = self._chars(text, scale)
            breaks = self._breaks(chars, text, width_px)
            lines = [self._line(chars[start:stop]) for start, stop in breaks]
            if self._fits_in(lines, text, width_px):
                return self._block(text, lines, scale, cut=False)
            if scale - STEP < text.shrink_to - 1e-9:
                break
            scale -= STEP
        return self._block(text, self._cut(text, chars, breaks, width_px), scale, cut=True)

    @staticmethod
    def _fits_in(lines: list[Line], text: Text, width_px: int) -> bool:
        enough = text.max_lines == 0 or len(lines) <= text.max_lines
        return enough and all(line.width <= width_px + 1 for line in lines)

    def _breaks(self, chars: list[Char], text: Text, width_px: int) -> tuple[tuple[int, int], ...]:
        """Start and end of each line; one line is never broken."""
        if text.max_lines == 1:
            return ((0, len(chars)),)
        words = "".join(char.char for char in chars)
        advances = [char.advance + char.gap for char in chars]
        breaks = break_lines(words, advances, width_px)
        if len(breaks) == 1 or "\n" in words or not text.evened:
            return breaks
        last = sum(advances[slice(*breaks[-1])])
        if text.align is not Align.CENTRE and last >= LOST_LINE * width_px:
            return breaks
        return _evened(words, advances, width_px, breaks)

    def _chars(self, text: Text, scale: float) -> list[Char]:
        found: list[Char] = []
        for span in text.spans:
            look = self._look(text, span, scale)
            for char in plain(span.text):
                air = gap(found[-1], char, look) if found else 0.0
                found.append(Char(char, look, air, self._advance(look, char)))
        return thin_spaces(found)

    def _advance(self, look: Look, char: str) -> int:
        """Width of one character; remembered, for they come again and again."""
        known = self._advances.setdefault((look.weight.value, look.size_px), {})
        found = known.get(char)
        if found is None:
            found = known[char] = self._faces.advance(look.weight, look.size_px, char)
        return found

    def _look(self, text: Text, span: Span, scale: float) -> Look:
        style = span.style or text.style
        step = style.step
        size = max(6, round(self._metrics.font_px(step.cap_mm) * scale))
        rise = self._metrics.px(span.raise_mm) if span.raise_mm else 0
        return Look(style, step.weight, size, span.colour or text.colour, rise)

    def _line(self, chars: list[Char]) -> Line:
        """Join characters of one look and no gap into runs."""
        runs: list[Run] = []
        x = -HALF_EM * chars[0].look.size_px if chars and chars[0].char in BLANK_BEFORE else 0.0
        i = 0
        while i < len(chars):
            stop = i + 1
            while stop < len(chars) and chars[stop].look is chars[i].look and not chars[stop].gap:
                stop += 1
            x += chars[i].gap if i else 0.0
            run = _run("".join(char.char for char in chars[i:stop]), chars[i].look, x)
            runs.append(run)
            x += self._faces.advance(run.weight, run.size_px, run.words)
            i = stop
        if chars and chars[-1].char in BLANK_AFTER:
            x -= HALF_EM * chars[-1].look.size_px
        return Line(tuple(runs), math.ceil(x), 0)

    def _cut(
        self,
        text: Text,
        chars: list[Char],
        breaks: tuple[tuple[int, int], ...],
        width_px: int,
    ) -> list[Line]:
        """The lines there is room for, the last one ending in an ellipsis."""
        kept = breaks[: text.max_lines] if text.max_lines else breaks
        lines = [self._line(chars[start:stop]) for start, stop in kept[:-1]]
        start, stop = kept[-1]
        while stop > start:
            look = chars[stop - 1].look
            dots = Char(ELLIPSIS, look, 0, self._advance(look, ELLIPSIS))
            line = self._line([*chars[start:stop], dots])
            if line.width <= width_px:
                return [*lines, line]
            stop -= 1
        return lines

    def _block(self, text: Text, lines: list[Line], scale: float, *, cut: bool) -> TextFit:
        """Stand the lines under one another; each is as high as its largest run asks."""
        own = self._look(text, Span(text=""), scale)
        placed: list[Line] = []
        top = first = 0.0
        for line in lines:
            looks = [(run.size_px, run.rise) for run in line.runs] or [(own.size_px, 0)]
            size = max(size for size, _ in looks)
            high = size * text.style.step.leading
            baseline = top + high / 2 + CENTRE_EM * size
            first = first or baseline
            placed.append(Line(line.runs, line.width, round(baseline)))
            top += high
        width = max((line.width for line in placed), default=0)
        return TextFit(tuple(placed), width, math.ceil(top), round(first), cut)


def _run(words: str, look: Look, x: float) -> Run:
    figure = look.style is Style.FIGURE
    return Run(words, look.weight, look.size_px, look.colour, figure, round(x), look.rise)


def _evened(
    words: str, advances: list[float], width: float, breaks: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...]:
    """The same number of lines, as even in length as they can be."""
    low, high = max(width / len(breaks), longest_piece(words, advances)), width
    best = breaks
    while high - low > 1:
        middle = (low + high) / 2
        tried = break_lines(words, advances, middle)
        if len(tried) <= len(breaks):
            high, best = middle, tried
        else:
            low = middle
    return best
