"""One sorted list of texts in the index: everything that is read with certain syllables."""

import struct
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from mmap import mmap
from typing import NamedTuple

NUMBER = struct.Struct(">H")
"""A syllable's number as a key holds it: big-endian, so that keys sort as bytes."""
ROWS = struct.Struct("<II")
COST = struct.Struct("<H")
CHARACTER_BYTES = 4
"""Texts are UTF-32: a text of n syllables has n characters, so every row is of one size."""

MOST_COST = 0xFFFF


class Found(NamedTuple):
    """A text the index has.

    Attributes:
        cost: how unlikely it is, thousandths of a nat: -1000 ln p.
        text: Chinese characters, as many as syllables.
        reading: the numbers of its syllables.
    """

    cost: int
    text: str
    reading: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list stands in the file.

    Attributes:
        start: of its keys, bytes from the file's beginning.
        syllables: of every text in it.
        keys: how many different readings it has.
        rows: how many texts it has.
    """

    start: int
    syllables: int
    keys: int
    rows: int

    @property
    def key_bytes(self) -> int:
        """Of one key."""
        return self.syllables * NUMBER.size

    @property
    def firsts(self) -> int:
        """Where the numbers of each key's first row begin; four-byte aligned."""
        return self.start + -(-self.keys * self.key_bytes // 4) * 4

    @property
    def costs(self) -> int:
        """Where the rows' costs begin."""
        return self.firsts + (self.keys + 1) * 4

    @property
    def texts(self) -> int:
        """Where the rows' texts begin; four-byte aligned."""
        return self.costs + -(-self.rows * COST.size // 4) * 4

    @property
    def end(self) -> int:
        """The first byte after the list."""
        return self.texts + self.rows * self.syllables * CHARACTER_BYTES


class Lexicon:
    """A list that is looked up in the mapped file; nothing of it is kept in memory.

    Args:
        data: the mapped file.
        place: where the list stands in it.
    """

    __slots__ = ("_costs", "_data", "_firsts", "_key_bytes", "_keys", "_place", "_texts")

    def __init__(self, data: mmap, place: Place) -> None:
        self._data = data
        self._place = place
        # Asked for at every keystroke some hundred times, so they are worked out once.
        self._keys = range(place.start, place.firsts, place.key_bytes)[: place.keys]
        self._key_bytes = place.key_bytes
        self._firsts, self._costs, self._texts = place.firsts, place.costs, place.texts

    def find(self, before: Sequence[int], last: range, most: int, extra: int = 0) -> list[Found]:
        """The likeliest texts of each reading.

        Args:
            before: numbers of all syllables but the last.
            last: numbers the last syllable may have.
            most: how many texts of one reading.
            extra: added to each one's cost.

        Returns:
            Reading by reading, and the likeliest first within each.
        """
        head = b"".join(map(NUMBER.pack, before))
        group = bisect_left(self._keys, head + NUMBER.pack(last.start), key=self._key)
        beyond = head + NUMBER.pack(last.stop)
        found: list[Found] = []
        while group < len(self._keys) and (key := self._key(self._keys[group])) < beyond:
            found += self._rows(key, group, most, extra)
            group += 1
        return found

    def _key(self, start: int) -> bytes:
        return self._data[start : start + self._key_bytes]

    def _rows(self, key: bytes, group: int, most: int, extra: int) -> list[Found]:
        first, beyond = ROWS.unpack_from(self._data, self._firsts + group * 4)
        count = min(beyond - first, most)
        size = self._place.syllables
        costs = struct.unpack_from(f"<{count}H", self._data, self._costs + first * COST.size)
        start = self._texts + first * size * CHARACTER_BYTES
        texts = self._data[start : start + count * size * CHARACTER_BYTES].decode("utf-32-le")
        reading = struct.unpack(f">{size}H", key)
        return [
            Found(cost + extra, texts[row * size : row * size + size], reading)
            for row, cost in enumerate(costs)
        ]
