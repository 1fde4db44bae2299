"""Splits letters into syllables of pinyin, in every way that is worth offering."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOST_LETTERS = 6
"""Of one syllable: zhuang, chuang, shuang."""

MOST_SPLITS = 4
"""Ways that are followed up; a fifth was never the meant one in the bench's names."""

VOWEL_COST = 3_000
"""Thousandths of a nat for a later syllable that begins with a vowel and has no apostrophe before
it: spelling demands one there (GB/T 16159), so who means xi'an seldom writes xian."""

PARTIAL_COST = 2_500
"""Thousandths of a nat for a last syllable that is not finished, so that finished ones go first."""

APOSTROPHE = "'"
VOWELS = frozenset("aeo")
OTHER_SPELLINGS = {"lue": "lve", "nue": "nve"}
"""As the same syllable is also typed; ü is v in the index."""


class Split(NamedTuple):
    """One way to read the letters from their beginning.

    Attributes:
        syllables: as the index spells them; the last one may be the beginning of a syllable.
        ends: how many letters are used up after each syllable, apostrophes behind it included.
        partial: the last syllable is only begun.
        cost: how unlikely the way is, thousandths of a nat.
    """

    syllables: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    partial: bool = False
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Syllables:
    """Every syllable there is, in alphabetical order: its number is its place.

    Attributes:
        spelled: the syllables, sorted.
        begun: every beginning of one, whole ones included.
    """

    spelled: tuple[str, ...]
    begun: frozenset[str]

    @classmethod
    def of(cls, spelled: Sequence[str]) -> "Syllables":
        """Of a list in any order."""
        ordered = tuple(sorted(set(spelled)))
        return cls(
            ordered, frozenset(one[:end] for one in ordered for end in range(1, 1 + len(one)))
        )

    def number(self, spelled: str) -> int | None:
        """The syllable's number; None when it is none."""
        place = bisect_left(self.spelled, spelled)
        found = place < len(self.spelled) and self.spelled[place] == spelled
        return place if found else None

    def beginning_with(self, letters: str) -> range:
        """The numbers of all syllables that begin so, the very one included."""
        first = bisect_left(self.spelled, letters)
        return range(first, bisect_left(self.spelled, letters + "~", lo=first))


def splits(letters: str, syllables: Syllables) -> tuple[Split, ...]:
    """The likeliest ways to read as many letters as can be read.

    Args:
        letters: a to z and apostrophes; what follows anything else is not read.
        syllables: those the index knows.

    Returns:
        At most MOST_SPLITS ways, the likeliest first; none when not even the first letter begins
        a syllable. All of them use up the same letters.
    """
    whole = _whole_ways(letters, syllables)
    for stop in range(len(letters), 0, -1):
        ways = whole[stop] + list(_partial_ways(letters, stop, whole, syllables))
        # an apostrophe alone is not a way
        ways = [way for way in ways if way.syllables]
        if ways:
            return tuple(sorted(ways, key=_order)[:MOST_SPLITS])
    return ()


def _order(way: Split) -> tuple[int, int, tuple[int, ...]]:
    """Likely ones first; among equals the one of fewer syllables, and of longer early ones."""
    return way.cost, len(way.syllables), tuple(-end for end in way.ends)


def _whole_ways(letters: str, syllables: Syllables) -> list[list[Split]]:
    """By place: the likeliest ways in whole syllables that end there, apostrophes passed over."""
    ways: list[list[Split]] = [[] for _ in range(len(letters) + 1)]
    ways[_past_apostrophes(letters, 0)] = [Split()]
    for start in range(len(letters)):
        if not ways[start]:
            continue
        ways[start] = sorted(ways[start], key=_order)[:MOST_SPLITS]
        for end in range(start + 1, min(start + MOST_LETTERS, len(letters)) + 1):
            piece = OTHER_SPELLINGS.get(letters[start:end], letters[start:end])
            if syllables.number(piece) is not None:
                place = _past_apostrophes(letters, end)
                ways[place] += [_longer(way, piece, place, letters) for way in ways[start]]
    return ways


def _partial_ways(
    letters: str, stop: int, whole: list[list[Split]], syllables: Syllables
) -> Iterator[Split]:
    """Ways whose last syllable is only begun and ends here, apostrophes passed over."""
    for start in range(max(0, stop - MOST_LETTERS), stop):
        piece = letters[start:stop]
        if piece in syllables.begun and syllables.number(piece) is None:
            for way in whole[start]:
                longer = _longer(way, piece, _past_apostrophes(letters, stop), letters)
                yield longer._replace(partial=True, cost=longer.cost + PARTIAL_COST)


def _longer(way: Split, piece: str, place: int, letters: str) -> Split:
    start = way.ends[-1] if way.ends else 0
    unmarked = bool(way.ends) and letters[start - 1] != APOSTROPHE
    cost = way.cost + (VOWEL_COST if unmarked and piece[0] in VOWELS else 0)
    return Split((*way.syllables, piece), (*way.ends, place), False, cost)


def _past_apostrophes(letters: str, place: int) -> int:
    while place < len(letters) and letters[place] == APOSTROPHE:
        place += 1
    return place
