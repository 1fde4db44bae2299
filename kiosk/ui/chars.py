"""Characters of a text before they are set: which are drawn, and the air between them."""

import re
from typing import NamedTuple

from kiosk.ui.linebreak import BLANK_AFTER, BLANK_BEFORE, is_han, is_latin
from kiosk.ui.theme import Colour, Style, Weight

# Between Han and Latin or digits (design language, "Type"): the font has no thin space.
GAP_EM = 0.17
# The blank half of a full-width mark.
HALF_EM = 0.5

_MARKS = BLANK_AFTER | BLANK_BEFORE
# Noto Sans SC draws U+2019 full-width and has no thin or no-break space of its own.
_CURLED = re.compile("[\u2018\u2019\u201c\u201d]")
_CURLED_LATIN = re.compile(
    "(?<=[A-Za-z0-9.,!?])[\u2018\u2019\u201c\u201d]|[\u2018\u2019\u201c\u201d](?=[A-Za-z0-9])"
)
_STRAIGHT = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}
_PLAIN = str.maketrans({"\u2009": " ", "\u202f": " ", "\u00a0": " ", "\t": " ", "\r": None})


class Look(NamedTuple):
    """How characters look: style, weight, size in px, colour, rise of the baseline in px."""

    style: Style
    weight: Weight
    size_px: int
    colour: Colour
    rise: int


class Char(NamedTuple):
    """One character: its look, the air before it and its own width, px."""

    char: str
    look: Look
    gap: float  # px of air before it; negative where two marks stand together
    advance: int


def plain(words: str) -> str:
    """The words in characters the font draws well: Latin marks beside Latin letters."""
    words = words.translate(_PLAIN)
    if words.isascii() or not _CURLED.search(words):
        return words
    return _CURLED_LATIN.sub(lambda mark: _STRAIGHT[mark.group()], words)


def gap(before: Char, char: str, look: Look) -> float:
    """Air between two characters, px."""
    if before.char.isascii() and char.isascii():
        return 0.0
    if _mixed(before.char, char):
        return GAP_EM * min(before.look.size_px, look.size_px)
    if before.char in BLANK_AFTER and char in _MARKS:
        return -HALF_EM * before.look.size_px
    if before.char in BLANK_BEFORE and char in BLANK_BEFORE:
        return -HALF_EM * look.size_px
    return 0.0


def _mixed(before: str, after: str) -> bool:
    """Whether Han meets Latin."""
    if is_han(before):
        return is_latin(after)
    return is_han(after) and is_latin(before)


def thin_spaces(chars: list[Char]) -> list[Char]:
    """Draw a space between Han and Latin as wide as the gap would be without it."""
    for i in range(1, len(chars) - 1):
        if chars[i].char != " ":
            continue
        before, space, after = chars[i - 1 : i + 2]
        if _mixed(before.char, after.char):
            size = min(before.look.size_px, after.look.size_px)
            chars[i + 1] = after._replace(gap=GAP_EM * size - space.advance)
    return chars
