"""What a keyboard asks of an input method, and what it gets: pages of candidates."""

from typing import NamedTuple

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


Pages = tuple[tuple[Candidate, ...], ...]
"""The likeliest first; every page but the last is full. The same question has the same pages."""


def paged(candidates: list[Candidate]) -> Pages:
    """A list cut into pages."""
    return tuple(tuple(candidates[at : at + PAGE]) for at in range(0, len(candidates), PAGE))
