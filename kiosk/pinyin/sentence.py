"""Longer text as the likeliest row of words, so that whole sentences can be typed at once."""

from kiosk.pinyin.lexicon import Found
from kiosk.pinyin.lookup import Lookup, Piece

LONGEST_WORD = 4
"""Syllables looked at as one word; longer words are looked up as a whole besides."""

FEWEST = 3
"""Syllables of a row of words: of two, the list of words itself has more to offer."""


def sentence(lookup: Lookup, piece: Piece, extra: int) -> list[Found]:
    """The one row of words with the lowest sum of costs and an extra one.

    Returns:
        None when a syllable has no word.
    """
    count = len(piece.syllables)
    if count < FEWEST:
        return []
    rows: list[Found | None] = [Found(extra, "", ()), *[None] * count]
    for end in range(1, count + 1):
        for start in range(max(0, end - LONGEST_WORD), end):
            before = rows[start]
            word = _likeliest(lookup, piece, start, end) if before else None
            if before is None or word is None:
                continue
            cost = before.cost + word.cost
            known = rows[end]
            if known is None or cost < known.cost:
                rows[end] = Found(cost, before.text + word.text, before.reading + word.reading)
    whole = rows[count]
    return [] if whole is None else [whole]


def _likeliest(lookup: Lookup, piece: Piece, start: int, end: int) -> Found | None:
    part = piece if end == len(piece.syllables) else piece.head(end)
    found = lookup.likeliest("words", part.tail(start) if start else part, 1)
    return found[0] if found else None
