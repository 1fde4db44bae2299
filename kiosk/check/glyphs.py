"""Which characters a font file has, read from its cmap table (OpenType 1.9, cmap)."""

import struct
from pathlib import Path


def has_glyphs(font: Path, words: str) -> set[str]:
    """The characters of `words` that the font can draw.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no TrueType or OpenType font with a Unicode cmap.
    """
    try:
        cmap = _table(font.read_bytes(), b"cmap")
        return {one for one in words if _glyph(cmap, ord(one))}
    except struct.error as error:
        raise ValueError(f"{font.name} is cut short") from error


def _table(data: bytes, tag: bytes) -> bytes:
    if data[:4] not in (b"\x00\x01\x00\x00", b"OTTO", b"true"):
        raise ValueError("no TrueType or OpenType font")
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        name, _, start, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if name == tag:
            return data[start : start + length]
    raise ValueError(f"no {tag.decode()} table")


def _glyph(cmap: bytes, code: int) -> int:
    """The number of the glyph for a code point, 0 for none; format 12 is the one with all."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for index in range(count):
        _, _, start = struct.unpack_from(">HHL", cmap, 4 + 8 * index)
        (form,) = struct.unpack_from(">H", cmap, start)
        if form == 12:
            return _format_12(cmap, start, code)
    raise ValueError("no cmap of format 12")


def _format_12(cmap: bytes, start: int, code: int) -> int:
    (groups,) = struct.unpack_from(">L", cmap, start + 12)
    low, high = 0, groups
    while low < high:
        middle = (low + high) // 2
        first, last, glyph = struct.unpack_from(">LLL", cmap, start + 16 + 12 * middle)
        if code < first:
            high = middle
        elif code > last:
            low = middle + 1
        else:
            return int(glyph + code - first)
    return 0
