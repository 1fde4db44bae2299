"""Looks syllables up in the index's lists, finished or only begun."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import NamedTuple

from kiosk.pinyin.index import Index
from kiosk.pinyin.lexicon import Found

UNFINISHED_COST = 1_500
"""Thousandths of a nat for reading zhan as the beginning of zhang, where it is whole as it is."""


class Piece(NamedTuple):
    """Syllables that follow each other.

    Attributes:
        syllables: one or more, as the index spells them.
        open_end: more letters may follow: the last syllable may be only begun.
    """

    syllables: tuple[str, ...]
    open_end: bool

    def head(self, count: int) -> "Piece":
        """Its first syllables, fewer than all."""
        return Piece(self.syllables[:count], False)

    def tail(self, count: int) -> "Piece":
        """What follows them."""
        return Piece(self.syllables[count:], self.open_end)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Questions to one index, for one keystroke: what was asked before is remembered.

    Attributes:
        index: an open one.
        known: answers by question; ways of splitting share most of their syllables.
    """

    index: Index
    known: dict[tuple[str, Piece, int, int], list[Found]] = field(default_factory=dict)

    def texts(
        self, name: str, piece: Piece, most: int, most_unfinished: int, extra: int = 0
    ) -> list[Found]:
        """The texts of a list that are read so.

        Args:
            name: of the list.
            piece: one syllable for each character.
            most: how many of one reading that is just this.
            most_unfinished: how many of each reading that goes on where this one ends.
            extra: added to each one's cost.

        Returns:
            In no order.
        """
        lexicon = self.index.lists.get((name, len(piece.syllables)))
        if lexicon is None:
            return []
        *before, last = map(self.index.syllables.beginning_with, piece.syllables)
        key = [numbers.start for numbers in before]
        whole = self.index.syllables.number(piece.syllables[-1]) is not None
        just = range(last.start, last.start + 1)
        found = lexicon.find(key, just, most, extra) if whole else []
        if not piece.open_end:
            return found
        dearer = extra + (UNFINISHED_COST if whole else 0)
        longer = range(last.start + whole, last.stop)
        return found + lexicon.find(key, longer, most_unfinished, dearer)

    def likeliest(self, name: str, piece: Piece, most: int, extra: int = 0) -> list[Found]:
        """The likeliest texts of a list that are read so, in order."""
        question = (name, piece, most, extra)
        if question not in self.known:
            self.known[question] = sorted(self.texts(name, piece, most, most, extra))[:most]
        return self.known[question]


def dearer(found: Iterable[Found], cost: int) -> list[Found]:
    """The same at a higher cost."""
    return [Found(one.cost + cost, one.text, one.reading) for one in found]


def joined(heads: Sequence[Found], tails: Sequence[Found], cost: int, most: int) -> list[Found]:
    """The likeliest of all texts made of a head and a tail, at a cost for their joining."""
    pairs = sorted((head[0] + tail[0], head, tail) for head in heads for tail in tails)
    return [
        Found(both + cost, head.text + tail.text, head.reading + tail.reading)
        for both, head, tail in pairs[:most]
    ]


def merged(*lists: Iterable[Found], most: int) -> list[Found]:
    """The likeliest of several lists, each text once for a reading."""
    best: dict[tuple[str, tuple[int, ...]], Found] = {}
    for found in lists:
        for one in found:
            known = best.get(one[1:])
            if known is None or one.cost < known.cost:
                best[one[1:]] = one
    return nsmallest(most, best.values())
