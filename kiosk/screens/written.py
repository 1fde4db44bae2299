"""The field that is written in: the text, the letters behind it, and what is to say of them."""

from kiosk.pinyin.candidates import Candidate
from kiosk.screens.view import Sight
from kiosk.session.addresses import MOBILE_DIGITS, Flaw, flaw_of, grouped
from kiosk.session.entry import SPLIT, drawn, is_ready, room, tidy
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
    Span,
    Text,
    text,
)
from kiosk.ui.pieces import Line
from kiosk.ui.theme import BIG_TEXT, CAP_SHARE, Colour, Shadow, Style

FIELD_MM = 30.0
"""Height of a field of one line."""

CLEAR_MM = 20.5
"""The button in it: one target."""

LEAST_MM = CLEAR_MM + 3.5
"""Height of a field where every millimetre counts."""

_PAD_X_MM, _PAD_Y_MM = 8.0, 3.5
_NEARLY_FULL = 20
"""Characters left at which the limit is named."""

_CARET = "|"
_LATIN_EM, _WIDE_EM = 0.62, 0.95
"""Widths of Latin letters and figures in Noto Sans SC, at most: the usual ones, the wide ones."""

_WIDE = frozenset("WMwm@%")


def em_mm(sight: Sight, style: Style) -> float:
    """Size of a style's characters on this glass."""
    return style.step.cap_mm / CAP_SHARE * (BIG_TEXT if sight.session.big_text else 1)


def line_mm(sight: Sight, style: Style) -> float:
    """From one line to the next."""
    return em_mm(sight, style) * style.step.leading


def field(
    sight: Sight, on_page: Writing, first: Candidate | None, width: float, height: float
) -> Node:
    """The whole field; free words stand in as many lines as it is high."""
    inner = width - 2 * _PAD_X_MM - CLEAR_MM - 4
    if on_page.purpose is Entry.WORDS:
        lines = max(1, int((height - 2 * _PAD_Y_MM) / line_mm(sight, Style.BODY)))
        said: Node = _lines(sight, on_page, inner, lines)
    else:
        said = _one_line(sight, on_page, first, inner)
    high = height > FIELD_MM
    y = min(_PAD_Y_MM, (height - CLEAR_MM) / 2)
    align = Align.START if high else Align.CENTRE
    inside = Row(items=(said, _at_end(sight, on_page)), gap=4, align=align)
    return Box(
        child=inside,
        edge=Colour.PINE,
        edge_mm=0.8,
        radius=7,
        shadow=Shadow.SOFT,
        padding=Insets(_PAD_X_MM, y, max(y, _PAD_Y_MM), y),
        height=height,
        valign=align,
    )


def status(sight: Sight, on_page: Writing) -> str:
    """What is to be done or known about what stands there; empty for nothing."""
    words, left = sight.words, room(on_page) - len(on_page.letters)
    if on_page.purpose is Entry.PHONE:
        return _of_phone(sight, on_page.text)
    if on_page.letters:
        return words.say("writing.pick") if sight.candidates else ""
    if left <= 0:
        return words.say("writing.full", n=on_page.limit)
    if left <= _NEARLY_FULL and drawn(on_page.text) > left:
        return words.count("writing.left", left)
    if on_page.text and not is_ready(on_page.purpose, tidy(on_page.text)):
        return words.say(f"writing.not_yet.{on_page.purpose.value}")
    return ""


def _of_phone(sight: Sight, number: str) -> str:
    """What is wrong with a number as far as it is typed; nothing before its first figure."""
    flaw = flaw_of(number) if number else None
    if flaw is Flaw.SHORT:
        return sight.words.count("writing.phone.short", MOBILE_DIGITS - len(number))
    return sight.words.say(f"writing.phone.{flaw.value}") if flaw is not None else ""


# -- what stands there ---------------------------------------------------------------------


def _lines(sight: Sight, on_page: Writing, width: float, lines: int) -> Node:
    """Free words: their end, where the next one is written."""
    if not on_page.text and not on_page.letters:
        return _empty(sight, on_page)
    per_line = width / em_mm(sight, Style.BODY)
    letters = _tail(on_page.letters, per_line)
    most = per_line * (lines - 0.3) - _ems(letters + _CARET)
    spans = (
        Span(text=_tail(on_page.text, most)),
        Span(text=letters, colour=Colour.PINE, style=Style.STRONG),
        Span(text=_CARET, colour=Colour.BRONZE, style=Style.STRONG),
    )
    shown = tuple(span for span in spans if span.text)
    return Text(spans=shown, style=Style.BODY, max_lines=lines, shrink_to=0.6, grow=1, evened=False)


def _one_line(sight: Sight, on_page: Writing, first: Candidate | None, width: float) -> Node:
    """A name or a number, then syllable by syllable what is not text yet."""
    if not on_page.text and not on_page.letters:
        return _empty(sight, on_page)
    letters = _tail(on_page.letters, width / em_mm(sight, Style.KEY) - 2)
    most = width / em_mm(sight, Style.KEY) - _ems(letters) - 1.5
    parts: list[Node] = []
    if on_page.text:
        phone = on_page.purpose is Entry.PHONE
        shown = grouped(on_page.text) if phone else _tail(on_page.text, most)
        parts.append(text(shown, Style.KEY, shrink_to=0.6))
    if on_page.letters:
        parts.extend(_syllable(one) for one in syllables(letters, first))
    parts.append(_caret(sight))
    return Row(items=tuple(parts), gap=2.5, grow=1)


def _empty(sight: Sight, on_page: Writing) -> Node:
    """What belongs here."""
    said = sight.words.say(f"writing.here.{on_page.purpose.value}")
    quiet = text(said, Style.BODY, Colour.INK_3, max_lines=2, shrink_to=0.7, grow=1)
    begun = Row(items=(_caret(sight), quiet), gap=3)
    return Column(items=(begun, Gap(grow=1)), grow=1)


def _caret(sight: Sight) -> Node:
    high = em_mm(sight, Style.KEY) * 1.15
    return Line(colour=Colour.BRONZE, width=1.0, height=high)


def _syllable(letters: str) -> Node:
    line = Line(colour=Colour.PINE, height=0.8)
    said = text(letters, Style.KEY, Colour.PINE, shrink_to=0.6)
    return Column(items=(said, line), gap=0)


def syllables(letters: str, first: Candidate | None) -> tuple[str, ...]:
    """The letters as the first candidate reads them; those it does not cover stay together."""
    read = first.reading if first is not None else ()
    parts: list[str] = []
    rest = letters
    for syllable in read:
        part = rest[: len(syllable)].partition(SPLIT)[0]
        if not part:
            break
        parts.append(part)
        rest = rest[len(part) :].lstrip(SPLIT)
    return (*parts, rest) if rest else tuple(parts)


def _tail(words: str, ems: float) -> str:
    """As much of the end as fits, with dots before it where something is left out."""
    if _ems(words) <= ems:
        return words
    used, at = 1.0, len(words)
    while at and used + _ems(words[at - 1]) <= ems:
        at -= 1
        used += _ems(words[at])
    return "…" + words[at:]


def _ems(words: str) -> float:
    return sum(_em(char) for char in words)


def _em(char: str) -> float:
    if not char.isascii():
        return 1.0
    return _WIDE_EM if char in _WIDE else _LATIN_EM


# -- at its end ----------------------------------------------------------------------------


def _at_end(sight: Sight, on_page: Writing) -> Node:
    """Take all of it away; or bring it back, as long as nothing new was written."""
    if on_page.text or on_page.letters:
        return _small("clear", "cross", sight.words.say("writing.clear"))
    if any(on_page.cleared):
        return _worded("undo", "undo", sight.words.say("writing.undo"))
    return Gap(width=CLEAR_MM, height=CLEAR_MM)


def _small(key: str, icon: str, says: str) -> Button:
    inside = Row(items=(Icon(name=icon, size=8, colour=Colour.INK_2),), justify=Justify.CENTRE)
    return Button(
        key=key, says=says, look=Look.QUIET, child=inside, width=CLEAR_MM, height=CLEAR_MM
    )


def _worded(key: str, icon: str, says: str) -> Button:
    inside = Row(
        items=(Icon(name=icon, size=8, colour=Colour.PINE), text(says, Style.STRONG, Colour.PINE)),
        gap=2.5,
    )
    return Button(
        key=key,
        says=says,
        look=Look.QUIET,
        child=inside,
        height=CLEAR_MM,
        padding=Insets.xy(5, 0),
    )
