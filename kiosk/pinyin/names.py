"""Names of people, put together of surnames and the characters of given names."""

import math
from dataclasses import dataclass

from kiosk.pinyin.lexicon import Found
from kiosk.pinyin.lookup import Lookup, Piece, joined, merged

ALONE_COST = round(-1000 * math.log(0.14))
PAIR_COST = round(-1000 * math.log(0.86))
"""One character in 14 % of given names, two in nearly all others (Ministry of Public Security,
report on names for 2019); thousandths of a nat, as all costs."""

KNOWN_COST = round(-1000 * math.log(0.3))
FREE_COST = round(-1000 * math.log(0.68))
DOUBLED_COST = round(-1000 * math.log(0.02))
"""How a given name of two characters came about: one the dictionary knows, two characters that
are often in names, one character twice (婷婷). Our own estimate."""

SURNAMES = 6
CHARACTERS = 14
"""How many of one syllable are joined with others; rarer ones are reached one by one."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names as the index's lists make them.

    Attributes:
        lookup: questions to the index.
    """

    lookup: Lookup

    def whole(self, piece: Piece, most: int) -> list[Found]:
        """Surname and given name, two to four syllables, or a long surname; likeliest first."""
        lists = [self.lookup.likeliest("surnames", piece, SURNAMES)]
        for size in (1, 2):
            if 1 <= len(piece.syllables) - size <= 2:
                surnames = self.lookup.likeliest("surnames", piece.head(size), SURNAMES)
                given = self.given(piece.tail(size), most) if surnames else []
                lists.append(joined(surnames, given, 0, most))
        return merged(*lists, most=most)

    def given(self, piece: Piece, most: int) -> list[Found]:
        """Given names of one or two syllables; the likeliest first."""
        if len(piece.syllables) == 1:
            return self.lookup.likeliest("alone", piece, most, ALONE_COST)
        if len(piece.syllables) > 2:
            return []
        leading = self.lookup.likeliest("leading", piece.head(1), CHARACTERS)
        closing = self.lookup.likeliest("closing", piece.tail(1), CHARACTERS)
        known = self.lookup.likeliest("given", piece, most, PAIR_COST + KNOWN_COST)
        return merged(
            known,
            joined(leading, closing, PAIR_COST + FREE_COST, most),
            self._doubled(piece),
            most=most,
        )

    def _doubled(self, piece: Piece) -> list[Found]:
        """One character twice, where both syllables are the same or may still become so."""
        first, second = piece.syllables
        if not (first == second or (piece.open_end and first.startswith(second))):
            return []
        once = self.lookup.likeliest("alone", piece.head(1), CHARACTERS)
        return [
            Found(one.cost + PAIR_COST + DOUBLED_COST, one.text * 2, one.reading * 2)
            for one in once
        ]
