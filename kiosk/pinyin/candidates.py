"""What a keyboard asks of an input method, and what it gets: pages of candidates."""

from typing import NamedTuple, Protocol

PAGE = 10
"""Candidates on a page: two rows of five, each wide enough for a finger on the narrowest panel."""


class Candidate(NamedTuple):
    """Chinese text that the letters may mean.

    Attributes:
        text: what is put into the field when it is taken.
        reading: its syllables; ü is v.
        letters: how many of the typed letters it uses up, apostrophes included.
    """

    text: str
    reading: tuple[str, ...]
    letters: int

    def rest_of(self, letters: str) -> str:
        """The letters that are still to be turned into text after this was taken."""
        return letters[self.letters :]


Pages = tuple[tuple[Candidate, ...], ...]
"""The likeliest first; every page but the last is full. The same question has the same pages."""


class Candidates(Protocol):
    """An input method: letters in, pages of candidates out; it keeps nothing."""

    def candidates(self, letters: str, taken: str = "") -> Pages:
        """Everything the letters may mean, and every beginning of them.

        Where one syllable is typed, every character that is read so is among them; where more
        are typed, the usual ones of the first.

        Args:
            letters: a to z and apostrophes, as typed and not yet turned into text.
            taken: the text that stands before them in the field.

        Returns:
            No page when not even the first letter begins a syllable.
        """
        ...

    def characters(self, letters: str, taken: str = "") -> Pages:
        """Single characters for the first syllable alone: every one that is read so.

        Args:
            letters: as above.
            taken: as above.
        """
        ...


def paged(candidates: list[Candidate]) -> Pages:
    """A list cut into pages."""
    return tuple(tuple(candidates[at : at + PAGE]) for at in range(0, len(candidates), PAGE))
