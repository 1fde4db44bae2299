"""One question of a keyboard, answered in order: names, words, rows of words, characters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from kiosk.pinyin.candidates import PAGE
from kiosk.pinyin.lexicon import Found
from kiosk.pinyin.lookup import Lookup, Piece, dearer
from kiosk.pinyin.names import Names
from kiosk.pinyin.sentence import sentence
from kiosk.pinyin.syllables import Split

WHOLE = 2 * PAGE
"""Texts for all letters together, at most; what is rarer is put together of parts."""

BEGINNINGS = 4
"""Texts for each beginning of the letters, at most."""

LONGEST_BEGINNING = 5
"""Syllables of a beginning that is looked at; longer words stand among the whole."""

SENTENCES = 2
"""Ways of which a row of words is made: it is long work, and a third way was never meant."""

ALL = 1 << 30
EACH_UNFINISHED = 6
"""Characters of each syllable that a single begun syllable may become."""
EACH_OTHER = 20
"""Characters of a first syllable that is less likely meant; an apostrophe brings all of them."""
EACH_FIRST = 5 * PAGE
"""Characters of a first syllable that others follow: who wants a rarer one asks for characters,
or types the syllable alone."""


class Costs(NamedTuple):
    """What a candidate costs beyond its own rarity, thousandths of a nat.

    Attributes:
        name: for being a name, or a part of one.
        word: for being anything else.
    """

    name: int
    word: int


class Expected(Enum):
    """What comes next: a part of a name, words once the name is whole, or anything."""

    SURNAME = "surname"
    GIVEN = "given"
    CLOSING = "closing"
    WORDS = "words"
    ANYTHING = "anything"


CHARACTERS_OF: Mapping[Expected, tuple[str, ...]] = {
    Expected.SURNAME: ("surnames",),
    Expected.GIVEN: ("leading", "alone"),
    Expected.CLOSING: ("closing",),
    Expected.WORDS: (),
    Expected.ANYTHING: (),
}
"""The lists of single characters that come next, beside those of all characters."""


class Part(NamedTuple):
    """A beginning of the letters, read in one way.

    Attributes:
        piece: its syllables.
        letters: how many letters it uses up.
        cost: of reading it so.
    """

    piece: Piece
    letters: int
    cost: int


Read = tuple[Found, int]
"""A text and how many letters it uses up."""


@dataclass(frozen=True, slots=True)
class Question:
    """What may be meant, for one keystroke.

    Attributes:
        lookup: of this keystroke alone.
        expected: what comes next.
        costs: of the field's purpose.
    """

    lookup: Lookup
    expected: Expected
    costs: Costs

    def everything(self, ways: Sequence[Split]) -> list[Read]:
        """Texts for all letters, for beginnings of them, and characters; texts may come twice."""
        alone = any(len(way.syllables) == 1 for way in ways)
        characters = self.characters(ways, ALL if alone else EACH_FIRST)
        return [*self._whole(ways, characters), *self._beginnings(ways), *characters]

    def _whole(self, ways: Sequence[Split], characters: Sequence[Read]) -> list[Read]:
        """Everything for all letters: texts, and characters where one syllable is all."""
        parts = [_part(way, len(way.syllables)) for way in ways]
        texts = [
            (one, part.letters)
            for part in parts
            if len(part.piece.syllables) > 1
            for one in self._texts(part, WHOLE)
        ]
        texts += [(one, part.letters) for part in parts[:SENTENCES] for one in self._row(part)]
        single = {part.letters for part in parts if len(part.piece.syllables) == 1}
        alone = [one for one in characters if one[1] in single]
        return sorted([*sorted(texts)[:WHOLE], *alone[:WHOLE]])

    def _beginnings(self, ways: Iterable[Split]) -> list[Read]:
        """The likeliest texts for fewer letters, two syllables and more; longer ones first."""
        parts = {
            (part.piece, part.letters): part
            for way in ways
            for part in (
                _part(way, size)
                for size in range(2, min(len(way.syllables), LONGEST_BEGINNING + 1))
            )
        }
        return [
            (one, part.letters)
            for part in sorted(parts.values(), key=lambda part: (-part.letters, part.cost))
            for one in self._texts(part, BEGINNINGS)
        ]

    def _texts(self, part: Part, most: int) -> list[Found]:
        """The likeliest words and names that are read so, in order."""
        words = self.lookup.likeliest("words", part.piece, most, self.costs.word + part.cost)
        named: list[Found] = []
        if self.expected in (Expected.SURNAME, Expected.ANYTHING):
            named = Names(self.lookup).whole(part.piece, most)
        elif self.expected is Expected.GIVEN:
            named = Names(self.lookup).given(part.piece, most)
        return sorted([*words, *dearer(named, self.costs.name + part.cost)])[:most]

    def _row(self, part: Part) -> list[Found]:
        """The likeliest row of words."""
        return sentence(self.lookup, part.piece, self.costs.word + part.cost)

    def characters(self, ways: Sequence[Split], most: int = ALL) -> list[Read]:
        """Single characters for the first syllable of each way, the likeliest first."""
        parts = {part.piece: part for part in reversed([_part(way, 1) for way in ways])}
        return sorted(
            (one, part.letters)
            for part in parts.values()
            for one in self._each(part, most if part.cost == ways[0].cost else EACH_OTHER)
        )

    def _each(self, part: Part, most: int) -> Iterator[Found]:
        """Single characters: those that come next in a name, and any."""
        for name in CHARACTERS_OF[self.expected]:
            extra = self.costs.name + part.cost
            yield from self.lookup.texts(name, part.piece, most, EACH_UNFINISHED, extra)
        extra = self.costs.word + part.cost
        yield from self.lookup.texts("words", part.piece, most, EACH_UNFINISHED, extra)


def _part(way: Split, size: int) -> Part:
    """The first syllables of a way."""
    last = size == len(way.syllables)
    return Part(Piece(way.syllables[:size], last), way.ends[size - 1], way.cost)
