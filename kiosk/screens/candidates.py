"""What the letters may mean: words or characters in large type, a pager on both sides."""

from dataclasses import dataclass, replace

from kiosk.pinyin.candidates import Candidate
from kiosk.screens.choices import CHIP_MM, chip
from kiosk.screens.keyboard import taking
from kiosk.screens.pager import sheet_of
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Entry, Writing
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    text,
)
from kiosk.ui.pieces import Line
from kiosk.ui.theme import BIG_TEXT, CAP_SHARE, Colour, Fill, Shadow, Style

ROW_MM = 26.0
"""Height of one row of candidates."""

ARROW_MM = 24.0
"""Width of the way to the sheet before, and to the next one."""

SEGMENT_MM = 96.0
"""Width of the choice between words and characters."""

_ASIDE_MM = 7.0
"""Air beside a candidate, both sides together."""

_LEAST_MM = 24.0
_BETWEEN_MM = 1.5

BETWEEN_MM = GAP_MM * 1.6
"""Between the pieces of the page above the keys."""

_ROWS, _ROWS_OF_WORDS = 3, 2
"""Rows of candidates standing; free words need the room themselves, and lying there is one."""

Rows = tuple[tuple[Candidate, ...], ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """The sheet of candidates that is shown.

    Attributes:
        rows: of the sheet, each from left to right.
        at: its number, from 0.
        count: of all sheets.
    """

    rows: Rows
    at: int
    count: int

    @property
    def first(self) -> Candidate | None:
        """What the space key takes; None when nothing is offered."""
        return self.rows[0][0] if self.rows[0] else None


def offer(sight: Sight, on_page: Writing) -> Offer:
    """The candidates as they fit this glass: the first of the sheet is what is taken."""
    width = _strip_mm(sight) - 2 * (ARROW_MM + 2)
    sheets = sheets_of_rows(sight, width, rows_of(sight, on_page))
    at = sheet_of(on_page.sheet, len(sheets))
    return Offer(sheets[at], at, len(sheets))


def rows_of(sight: Sight, on_page: Writing) -> int:
    """How many rows there are, filled or not."""
    if not sight.view.portrait:
        return 1
    return _ROWS_OF_WORDS if on_page.purpose is Entry.WORDS else _ROWS


def candidates(sight: Sight, on_page: Writing, shown: Offer) -> tuple[Node, ...]:
    """Their head and their strip; lying the choice stands beside them."""
    listed = strip(sight, on_page, shown)
    if sight.view.portrait:
        return (_head(sight, on_page, shown), listed)
    beside = replace(listed, width=_strip_mm(sight))
    return (Row(items=(beside, _segment(sight, on_page)), gap=GAP_MM * 2),)


def candidates_mm(sight: Sight, on_page: Writing) -> float:
    """Height of all of it, with the gaps between."""
    over = CHIP_MM + BETWEEN_MM if sight.view.portrait else 0
    return rows_of(sight, on_page) * ROW_MM + 2 + over


def _strip_mm(sight: Sight) -> float:
    wide = sight.view.inner_mm
    return wide if sight.view.portrait else wide - SEGMENT_MM - GAP_MM * 2


def strip(sight: Sight, on_page: Writing, shown: Offer) -> Box:
    """The candidates of one sheet, a pager on both sides."""
    rows = rows_of(sight, on_page)
    if shown.first is None:
        return _none_yet(sight, on_page, rows)
    listed = tuple(_row(sight, row, first=not n) for n, row in enumerate(shown.rows))
    empty = tuple(Gap(height=ROW_MM) for _ in range(rows - len(shown.rows)))
    inside = Row(
        items=(
            _arrow(sight, shown.at - 1, shown.count, "chevron-left"),
            Line(width=0.25),
            Column(items=(*listed, *empty), grow=1),
            Line(width=0.25),
            _arrow(sight, shown.at + 1, shown.count, "chevron-right"),
        ),
        gap=1,
        align=Align.STRETCH,
    )
    return Box(
        child=inside,
        edge=Colour.EDGE,
        shadow=Shadow.SOFT,
        padding=Insets.xy(0, 1),
        height=rows * ROW_MM + 2,
    )


def _none_yet(sight: Sight, on_page: Writing, rows: int) -> Box:
    """Where they will stand, or why there are none."""
    key = "candidates.none" if on_page.letters else "candidates.here"
    said = text(
        sight.words.say(key),
        Style.BODY,
        Colour.INK_2,
        align=Align.CENTRE,
        max_lines=2,
        shrink_to=0.7,
    )
    return Box(
        child=said,
        edge=Colour.EDGE,
        padding=Insets.xy(8, 1),
        height=rows * ROW_MM + 2,
        valign=Align.CENTRE,
    )


def _head(sight: Sight, on_page: Writing, shown: Offer) -> Node:
    """Which sheet of how many, and the choice between words and characters."""
    words = sight.words
    said: tuple[Node, ...] = (text(words.say("candidates.title"), Style.STRONG),)
    if shown.first is not None:
        figure = words.say("candidates.at", at=shown.at + 1, count=shown.count)
        said += (text(figure, Style.CAPTION, Colour.INK_2, shrink_to=0.8),)
    beside = Row(items=said, gap=4, align=Align.BASELINE, grow=1)
    return Row(items=(beside, _segment(sight, on_page)), gap=4)


def _segment(sight: Sight, on_page: Writing) -> Node:
    """Whole words, or one character at a time."""
    one = on_page.one_by_one
    both = (
        chip("candidates", sight.words.say("candidates.whole"), "whole", chosen=not one),
        chip("candidates", sight.words.say("candidates.single"), "single", chosen=one),
    )
    return Row(items=both, gap=2.5, width=SEGMENT_MM, height=CHIP_MM, align=Align.STRETCH)


def sheets_of_rows(sight: Sight, width: float, rows: int) -> tuple[Rows, ...]:
    """All candidates in rows of this width, so many rows a sheet; one empty sheet for none."""
    filled: list[list[Candidate]] = [[]]
    used = 0.0
    for candidate in (one for page in sight.candidates for one in page):
        needs = min(_width(sight, candidate.text), width)
        if filled[-1] and used + needs > width:
            filled.append([])
            used = 0.0
        filled[-1].append(candidate)
        used += needs + _BETWEEN_MM
    lined = tuple(tuple(row) for row in filled)
    return tuple(lined[at : at + rows] for at in range(0, len(lined), rows))


def _width(sight: Sight, word: str) -> float:
    """Of a candidate on the glass: characters of pinyin's texts are as wide as high."""
    em = _STYLE.step.cap_mm / CAP_SHARE * (BIG_TEXT if sight.session.big_text else 1)
    return max(_LEAST_MM, len(word) * em + _ASIDE_MM)


def _row(sight: Sight, row: tuple[Candidate, ...], *, first: bool) -> Node:
    shown = tuple(_candidate(sight, one, chosen=first and not n) for n, one in enumerate(row))
    return Row(items=shown, gap=_BETWEEN_MM, align=Align.STRETCH, height=ROW_MM)


def _candidate(sight: Sight, candidate: Candidate, *, chosen: bool) -> Button:
    """One to take; the first one is what the space key takes."""
    most = _strip_mm(sight) - 2 * (ARROW_MM + 2) - 2
    wide = _width(sight, candidate.text)
    colour = Colour.WHITE if chosen else Colour.INK
    style = _STYLE if wide <= most else Style.BODY
    word = text(candidate.text, style, colour, align=Align.CENTRE, shrink_to=0.4)
    face = Box(
        child=word,
        fill=Fill.PINE if chosen else None,
        radius=6,
        valign=Align.CENTRE,
        padding=Insets.xy(1, 0),
    )
    return Button(
        key="candidate",
        value=taking(candidate),
        says=candidate.text,
        look=Look.BARE,
        radius=6,
        child=Box(child=face, fill=None, radius=6, padding=Insets.xy(0.5, 1)),
        width=min(wide, most),
    )


def _arrow(sight: Sight, to: int, count: int, icon: str) -> Node:
    """To another sheet; nothing where there is none."""
    return _turn(sight, to, icon) if 0 <= to < count else Gap(width=ARROW_MM)


def _turn(sight: Sight, to: int, icon: str) -> Button:
    said = sight.words.say("candidates.before" if icon == "chevron-left" else "candidates.next")
    inside = Row(items=(Icon(name=icon, size=10, colour=Colour.PINE),), justify=Justify.CENTRE)
    return Button(
        key="sheet", value=str(to), says=said, look=Look.BARE, child=inside, width=ARROW_MM
    )


_STYLE = Style.KEY
