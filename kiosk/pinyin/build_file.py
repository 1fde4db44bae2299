"""Set-up only: writes the index; the same lists give the same bytes."""

import io
import json
import os
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from itertools import groupby
from pathlib import Path

from kiosk.pinyin.build_weights import Row
from kiosk.pinyin.index import HEAD_BYTES, LENGTH, LISTS, MAGIC, digest_of
from kiosk.pinyin.lexicon import COST, NUMBER, Place
from kiosk.pinyin.syllables import Syllables

ALIGNED_BYTES = 4


def write_index(path: Path, lists: Mapping[str, Iterable[Row]], sources: Mapping[str, str]) -> None:
    """Write an index and put it in place whole.

    Args:
        path: of the index; what is there is replaced.
        lists: rows in any order, by the names of LISTS.
        sources: what the rows were made from: name to version.
    """
    content = _content({name: _unique(rows) for name, rows in lists.items()}, sources)
    digest = digest_of(io.BytesIO(content))
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(MAGIC + digest + content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _unique(rows: Iterable[Row]) -> list[Row]:
    """Each text once for a reading, at its lowest cost; sorted by reading, cost and text."""
    best: dict[tuple[tuple[str, ...], str], int] = {}
    for syllables, text, cost in rows:
        best[syllables, text] = min(cost, best.get((syllables, text), cost))
    listed = ((syllables, text, cost) for (syllables, text), cost in best.items())
    return sorted(listed, key=lambda row: (row[0], row[2], row[1]))


def _content(lists: Mapping[str, Sequence[Row]], sources: Mapping[str, str]) -> bytes:
    syllables = Syllables.of([one for rows in lists.values() for row in rows for one in row[0]])
    numbers = {spelled: number for number, spelled in enumerate(syllables.spelled)}
    bodies: list[tuple[str, int, int, int, bytes]] = []
    for name, lengths in LISTS.items():
        for length in lengths:
            rows = [row for row in lists[name] if len(row[0]) == length]
            bodies.append((name, length, *_body(rows, length, numbers)))
    contents = {
        "syllables": syllables.spelled,
        "surnames": sorted({text for _, text, _ in lists["surnames"]}),
        "sources": dict(sources),
    }
    return _joined(contents, bodies)


def _joined(
    contents: Mapping[str, object], bodies: Sequence[tuple[str, int, int, int, bytes]]
) -> bytes:
    """Table of contents and lists: the table tells where lists stand, and so depends on itself."""
    start, encoded = 0, b""
    while start != HEAD_BYTES + len(encoded):
        start = HEAD_BYTES + len(encoded)
        places, place = [], start
        for name, length, keys, rows, body in bodies:
            places.append((name, astuple(Place(place, length, keys, rows))))
            place += len(body)
        table = json.dumps({**contents, "lists": places}, ensure_ascii=False, sort_keys=True)
        encoded = _aligned(table.encode(), b" ")
    return LENGTH.pack(len(encoded)) + encoded + b"".join(body for *_, body in bodies)


def _body(rows: Sequence[Row], length: int, numbers: Mapping[str, int]) -> tuple[int, int, bytes]:
    """How many readings and rows a list has, and its bytes as `lexicon.Place` tells them."""
    firsts = [0]
    parts: list[bytes] = []
    for reading, group in groupby(rows, key=lambda row: row[0]):
        parts.append(b"".join(NUMBER.pack(numbers[one]) for one in reading))
        firsts.append(firsts[-1] + sum(1 for _ in group))
    keys = b"".join(parts)
    costs = b"".join(COST.pack(cost) for _, _, cost in rows)
    texts = "".join(text for _, text, _ in rows).encode("utf-32-le")
    starts = struct.pack(f"<{len(firsts)}I", *firsts)
    return len(parts), len(rows), _aligned(keys) + starts + _aligned(costs) + texts


def _aligned(body: bytes, filling: bytes = b"\0") -> bytes:
    return body + filling * (-len(body) % ALIGNED_BYTES)
