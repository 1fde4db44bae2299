"""Set-up only: what jieba and pypinyin know, as the index needs it: words, readings, versions.

Neither library is on a kiosk, and nothing of theirs is kept but the index made here.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from kiosk.exceptions import PinyinUnusable

LONGEST_WORD = 6
"""Characters; longer lines of the dictionary are proverbs that nobody types in one go."""

INTERJECTIONS = {"n": "en", "ng": "en", "m": "mu", "hm": "hen", "hng": "heng"}
"""Syllables without a vowel, and how they are typed: else every n would split a word."""

PRIVATE = "Co"
"""Unicode's private use: code points that mean something in one font only."""

MARKS = {"ü": "v", "ê": "e"}


@dataclass(frozen=True, slots=True)
class Word:
    """A line of the dictionary.

    Attributes:
        text: Chinese characters only.
        count: how often it was seen, 1 or more.
        tag: part of speech in jieba's letters; names of people begin with "nr".
        reading: its syllables, one for each character.
    """

    text: str
    count: int
    tag: str
    reading: tuple[str, ...]


@dataclass(frozen=True)
class Sources:
    """The two libraries as they are installed here.

    Attributes:
        dictionary: jieba's list of words.
        versions: of both, by name.
        drawn: characters that the screen can draw; None for all.
    """

    dictionary: Path
    versions: Mapping[str, str]
    drawn: frozenset[str] | None = None

    @classmethod
    def installed(cls, drawn: frozenset[str] | None = None) -> "Sources":
        """Those of this environment.

        Args:
            drawn: characters that the screen can draw; None for all.

        Raises:
            PinyinUnusable: one is not installed.
        """
        jieba, pypinyin = _package("jieba"), _package("pypinyin")
        # The file alone is needed; importing jieba would build its tree and warn.
        dictionary = Path(str(jieba.locate_file("jieba/dict.txt")))
        return cls(dictionary, {"jieba": jieba.version, "pypinyin": pypinyin.version}, drawn)

    def words(self) -> Iterator[Word]:
        """Every word of characters that have a reading, at most LONGEST_WORD of them."""
        with self.dictionary.open(encoding="utf-8") as lines:
            for line in lines:
                text, count, tag = line.split()
                if len(text) <= LONGEST_WORD and (reading := self.reading(text)):
                    yield Word(text, int(count), tag, reading)

    @cached_property
    def characters(self) -> Mapping[str, tuple[str, ...]]:
        """Every character that has a reading and is drawn, with its readings, the usual first."""
        from pypinyin.pinyin_dict import pinyin_dict

        return {
            chr(code): tuple(dict.fromkeys(map(plain, marked.split(","))))
            for code, marked in pinyin_dict.items()
            if unicodedata.category(chr(code)) != PRIVATE and self._is_drawn(chr(code))
        }

    def _is_drawn(self, character: str) -> bool:
        return self.drawn is None or character in self.drawn

    def reading(self, text: str) -> tuple[str, ...]:
        """The syllables of a word, one for each character; none when one has no reading."""
        from pypinyin import Style, lazy_pinyin

        if any(character not in self.characters for character in text):
            return ()
        read = tuple(map(plain, lazy_pinyin(text, style=Style.TONE)))
        return read if len(read) == len(text) else ()


def plain(marked: str) -> str:
    """A reading as it is typed: no tones, ü as v."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFC", marked))
    for mark, typed in MARKS.items():
        letters = letters.replace(unicodedata.normalize("NFD", mark), typed)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return INTERJECTIONS.get(bare, bare)


def _package(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError as problem:
        raise PinyinUnusable(f"making the index needs {name}; run `make pinyin`") from problem
