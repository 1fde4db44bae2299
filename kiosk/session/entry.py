"""What can be typed for each purpose: its modes, its keys, and when it is ready to be used."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from kiosk.model.text import Language
from kiosk.session.addresses import (
    LONGEST_ADDRESS,
    MOBILE_DIGITS,
    flaw_of,
    goes_on_a_number,
    is_address,
    is_number,
)
from kiosk.session.states import Entry, Mode, Writing

LONGEST_LETTERS = 30
"""Letters of pinyin at once: twelve characters' worth, more than anybody looks through."""

LONGEST_CANDIDATE = 2 * LONGEST_LETTERS
"""Characters of one candidate at most; no reading is shorter than a letter."""

_LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_WORDS_ROWS: Mapping[Mode, tuple[str, ...]] = {
    Mode.PINYIN: _LETTERS,
    Mode.LETTERS: _LETTERS,
    Mode.DIGITS: ("1234567890", "-/:()¥&@%", ".,?!'#+"),
    Mode.SYMBOLS: ("，。？！、：；…—·", "“”（）《》【】～", '"*=_~^|'),
}
_PAD = ("123", "456", "789", "0")
ROWS: Mapping[Entry, Mapping[Mode, tuple[str, ...]]] = {
    Entry.WORDS: _WORDS_ROWS,
    Entry.NAME: {Mode.PINYIN: _LETTERS, Mode.LETTERS: _LETTERS},
    Entry.PHONE: {Mode.DIGITS: _PAD},
    Entry.EMAIL: {Mode.LETTERS: _LETTERS, Mode.DIGITS: ("1234567890", "@.-_+", "")},
    Entry.NUMBER: {Mode.DIGITS: (*_PAD[:-1], "-0.")},
    Entry.CODE: {Mode.LETTERS: _LETTERS, Mode.DIGITS: ("1234567890", "", "")},
}
"""The keys of each mode, row by row; the capitals of letters belong to them."""

BESIDE_SPACE: Mapping[tuple[Entry, Mode], str] = {
    (Entry.WORDS, Mode.PINYIN): "，。",
    (Entry.WORDS, Mode.LETTERS): ",.",
    (Entry.NAME, Mode.PINYIN): "·",
    (Entry.NAME, Mode.LETTERS): "-'",
    (Entry.EMAIL, Mode.LETTERS): "@.-_",
}
"""Marks that are needed so often that they stand in the last row."""

SPLIT = "'"
"""Parts two syllables of pinyin: xi'an."""

_UNSEEN = frozenset({"Mn", "Me", "Cf"})
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"})
"""Categories of Unicode: marks on another character, and what is no character of a word."""

LONGEST: Mapping[Entry, int] = {
    Entry.PHONE: MOBILE_DIGITS,
    Entry.EMAIL: LONGEST_ADDRESS,
    Entry.NUMBER: 15,  # more are none that JavaScript counts with (Number.MAX_SAFE_INTEGER)
}
"""Characters of each at most, whatever whoever asks would take."""


def blank(purpose: Entry, language: Language, text: str = "", limit: int = 300) -> Writing:
    """A page to write on, in the mode that suits who reads this language.

    Args:
        purpose: what it is for.
        language: of the screen.
        text: what stands there already.
        limit: characters at most, as `drawn` counts them.
    """
    modes = modes_of(purpose, language, pinyin=True)
    limit = min(limit, LONGEST.get(purpose, limit))
    page = Writing(purpose=purpose, text=text, mode=modes[0], limit=limit)
    return replace(page, shift=begins_capital(page))


def modes_of(purpose: Entry, language: Language, *, pinyin: bool) -> tuple[Mode, ...]:
    """What can be chosen, the likeliest first.

    Args:
        pinyin: whether Chinese can be typed here.
    """
    modes = [mode for mode in ROWS[purpose] if pinyin or mode is not Mode.PINYIN]
    if language is Language.EN and Mode.PINYIN in modes:
        modes.remove(Mode.PINYIN)
        modes.append(Mode.PINYIN)
    return tuple(modes)


def mode_of(page: Writing, *, pinyin: bool) -> Mode:
    """The mode that is shown: letters where Chinese cannot be typed."""
    return Mode.LETTERS if page.mode is Mode.PINYIN and not pinyin else page.mode


def is_key(page: Writing, mode: Mode, value: str) -> bool:
    """Whether a character is on one of the keys of this mode."""
    rows = "".join(ROWS[page.purpose].get(mode, ()))
    offered = rows + BESIDE_SPACE.get((page.purpose, mode), "")
    if mode is Mode.LETTERS:
        offered += rows.upper()
    known = len(value) == 1 and value in offered
    return known and (page.purpose is not Entry.NUMBER or goes_on_a_number(page.text, value))


def is_capital(purpose: Entry) -> bool:
    """Whether all letters are capitals."""
    return purpose is Entry.CODE


def has_spaces(purpose: Entry) -> bool:
    """Whether a space means anything there."""
    return purpose in (Entry.WORDS, Entry.NAME)


def begins_capital(page: Writing) -> bool:
    """Whether the next letter begins a name or a sentence."""
    text = page.text
    match page.purpose:
        case Entry.NAME:
            return not text or text[-1] in " -·"
        case Entry.WORDS:
            return not text or text.endswith((". ", "? ", "! "))
        case _:
            return is_capital(page.purpose)


def is_word(word: str) -> bool:
    """Whether a candidate may stand in a text: no control characters, no spaces, not endless."""
    fits = 0 < len(word) <= LONGEST_CANDIDATE
    return fits and all(unicodedata.category(char) not in _REFUSED for char in word)


def drawn(text: str) -> int:
    """Characters as they are drawn: a mark on another character is none of its own."""
    return sum(unicodedata.category(char) not in _UNSEEN for char in text)


def room(page: Writing) -> int:
    """Characters that still fit."""
    return max(0, page.limit - drawn(page.text))


def tidy(text: str) -> str:
    """The text as it is handed on: no space at its ends, never two together."""
    return " ".join(text.split())


def is_ready(purpose: Entry, text: str) -> bool:
    """Whether a text is whole; free words may be none at all."""
    match purpose:
        case Entry.WORDS:
            return True
        case Entry.NAME:
            return any(char.isalpha() for char in text)
        case Entry.PHONE:
            return flaw_of(text) is None
        case Entry.EMAIL:
            return is_address(text)
        case Entry.NUMBER:
            return is_number(text)
        case Entry.CODE:
            return bool(text)
