"""Set-up only: how often a character with several readings is read in each way."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kiosk.pinyin.build_sources import Word

OTHER_READING_COST = 3_000
"""For each reading after the first, of a character that stands in no word: with all at one
weight, 位 and 任 led the lists."""

SINGLE_WEIGHT, PART_WEIGHT = 1.0, 0.25
"""A word's characters are typed with it, seldom one by one."""


class Readings:
    """What the dictionary's words say of their characters' readings.

    A word that is one character is taken to be read in the usual way. A reading that no word has
    is the rarer the more words there are: 家 stands in a thousand, and in none of them as jie.

    Args:
        words: of the dictionary.
    """

    def __init__(self, words: Iterable[Word]) -> None:
        self._heard: dict[tuple[str, str], float] = defaultdict(float)
        self._words: Counter[str] = Counter()
        self.seen: Mapping[str, float] = self._counted(words)
        """How often each character is typed by itself, about."""

    def costs(self, character: str, readings: Iterable[str]) -> Mapping[str, int]:
        """What each reading adds to the character's own cost, thousandths of a nat.

        Args:
            readings: the usual one first.
        """
        return {
            reading: round(-1000 * math.log(self._share(character, reading, place)))
            for place, reading in enumerate(readings)
        }

    def _counted(self, words: Iterable[Word]) -> Mapping[str, float]:
        seen: dict[str, float] = defaultdict(float)
        for word in words:
            several = len(word.text) > 1
            weight = word.count * (PART_WEIGHT if several else SINGLE_WEIGHT)
            for character, reading in zip(word.text, word.reading, strict=True):
                seen[character] += weight
                self._heard[character, reading] += weight
                self._words[character] += several
        return seen

    def _share(self, character: str, reading: str, place: int) -> float:
        heard = self._heard.get((character, reading))
        if heard:
            return heard / self.seen[character]
        return math.exp(-place * OTHER_READING_COST / 1000) / (1 + self._words[character])
