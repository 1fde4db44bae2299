"""The index file: opened, checked and mapped; made at set-up by `kiosk.pinyin.build`.

8 bytes   MAGIC, which ends with the format's version
32 bytes  BLAKE2b digest of everything behind it
4 bytes   length of the table of contents, little-endian
n bytes   the table of contents, JSON (`Contents`), filled with spaces to a multiple of four
...       the lists (`lexicon.Place`)
"""

import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from kiosk.exceptions import PinyinUnusable
from kiosk.pinyin.lexicon import Lexicon, Place
from kiosk.pinyin.syllables import Syllables

MAGIC = b"KPINYIN1"
DIGEST_BYTES = 32
LENGTH = struct.Struct("<I")
HEAD_BYTES = len(MAGIC) + DIGEST_BYTES + LENGTH.size

CHUNK_BYTES = 1 << 18
"""Read at once for the digest: the file is read, not mapped, so that it costs no memory."""

LISTS: Mapping[str, tuple[int, ...]] = {
    "words": (1, 2, 3, 4, 5, 6),
    "surnames": (1, 2),
    "alone": (1,),
    "leading": (1,),
    "closing": (1,),
    "given": (2,),
}
"""Every list and the numbers of syllables it exists for."""

REMEDY = "run `make pinyin`"


def digest_of(file: BinaryIO) -> bytes:
    """The digest of what is left of a file. BLAKE2b: a Pi 4 has no instructions for SHA-256."""
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
    return digest.digest()


@dataclass(frozen=True, slots=True)
class Index:
    """An open index.

    Attributes:
        data: the mapped file.
        syllables: every syllable a text is read with.
        surnames: every surname, of one or two characters.
        sources: what it was made from: name to version.
        digest: of its content, hexadecimal: the same digest gives the same pages.
        lists: the lists by name and number of syllables.
    """

    data: mmap
    syllables: Syllables
    surnames: frozenset[str]
    sources: Mapping[str, str]
    digest: str
    lists: Mapping[tuple[str, int], Lexicon]

    @classmethod
    def open(cls, path: Path) -> "Index":
        """Check an index from end to end and map it.

        Raises:
            PinyinUnusable: it is missing, damaged, or of another version.
        """
        try:
            with path.open("rb") as file:
                return _read(file, path.name)
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise PinyinUnusable(f"{path.name}: {reason}; {REMEDY}") from problem

    def close(self) -> None:
        """Give the mapping back; no list can be looked up afterwards."""
        self.data.close()


def _read(file: BinaryIO, name: str) -> Index:
    head = file.read(len(MAGIC) + DIGEST_BYTES)
    if head[: len(MAGIC)] != MAGIC:
        raise PinyinUnusable(f"{name}: not an index of this version; {REMEDY}")
    digest = head[len(MAGIC) :]
    if digest_of(file) != digest:
        raise PinyinUnusable(f"{name}: damaged; {REMEDY}")
    data = mmap(file.fileno(), 0, access=ACCESS_READ)
    (length,) = LENGTH.unpack_from(data, HEAD_BYTES - LENGTH.size)
    contents = json.loads(data[HEAD_BYTES : HEAD_BYTES + length])
    places = ((name, Place(*place)) for name, place in contents["lists"])
    return Index(
        data,
        Syllables.of(contents["syllables"]),
        frozenset(contents["surnames"]),
        contents["sources"],
        digest.hex(),
        {(name, place.syllables): Lexicon(data, place) for name, place in places},
    )
