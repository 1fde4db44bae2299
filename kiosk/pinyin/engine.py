"""The input method: orders names, words and characters into pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.pinyin.candidates import Candidate, Pages, paged
from kiosk.pinyin.index import Index
from kiosk.pinyin.lookup import Lookup
from kiosk.pinyin.question import Costs, Expected, Question, Read
from kiosk.pinyin.syllables import splits


class Purpose(Enum):
    """What a field is for: a name of a person, or any text."""

    NAME = "name"
    TEXT = "text"


COSTS: Mapping[Purpose, Costs] = {
    Purpose.NAME: Costs(100, 2_300),
    Purpose.TEXT: Costs(4_600, 10),
}
"""Our estimate: nine of ten inputs are names in a field for one, one of a hundred elsewhere."""


@dataclass(frozen=True, slots=True)
class Pinyin:
    """The input method over an open index, for fields of one purpose.

    Attributes:
        index: shared by all of them.
        purpose: what the field is for.
    """

    index: Index
    purpose: Purpose = Purpose.NAME

    def candidates(self, letters: str, taken: str = "") -> Pages:
        """Whole readings of all letters, then beginnings of them, at last single characters.

        Where one syllable is typed, every character that is read so is among them; where more
        are typed, the usual ones of the first.

        Args:
            letters: a to z and apostrophes, as typed and not yet turned into text.
            taken: the text that stands before them in the field.

        Returns:
            No page when not even the first letter begins a syllable.
        """
        ways = splits(letters, self.index.syllables)
        return self._pages(self._question(taken).everything(ways))

    def characters(self, letters: str, taken: str = "") -> Pages:
        """Every character that the first syllable may be, one by one; asked as above."""
        ways = splits(letters, self.index.syllables)
        likely = [way for way in ways if way.cost == ways[0].cost]
        return self._pages(self._question(taken).characters(likely))

    def _question(self, taken: str) -> Question:
        return Question(Lookup(self.index), self._expected(taken), COSTS[self.purpose])

    def _expected(self, taken: str) -> Expected:
        if self.purpose is Purpose.TEXT:
            return Expected.ANYTHING
        if not taken:
            return Expected.SURNAME
        if taken in self.index.surnames:
            return Expected.GIVEN
        return Expected.CLOSING if taken[:-1] in self.index.surnames else Expected.WORDS

    def _pages(self, listed: Iterable[Read]) -> Pages:
        """Each text once, where it came first."""
        spelled = self.index.syllables.spelled
        readings: dict[tuple[int, ...], tuple[str, ...]] = {}
        best: dict[str, Candidate] = {}
        for (_, text, reading), letters in listed:
            if text in best:
                continue
            if reading not in readings:
                readings[reading] = tuple(spelled[one] for one in reading)
            best[text] = Candidate(text, readings[reading], letters)
        return paged(list(best.values()))
