"""Checks a picture from HQ before any decoder sees it: kind, size, extent."""

from collections.abc import Iterator

MAX_PICTURE_BYTES = 2 * 1024 * 1024
"""Size of one picture; a square of 512 pixels with transparency takes a tenth of it."""

MAX_EXTENT_PX = 4096
"""Width and height at most: decoded, such a picture takes 64 MiB, more would stop a Pi."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"

_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers that begin a frame and tell its extent (ITU-T T.81, table B.1)."""

_JPEG_SCAN = 0xDA
"""Marker after which the compressed data begins."""


def fault_of_picture(suffix: str, content: bytes) -> str:
    """What is wrong with a picture, in plain words, or "".

    Args:
        suffix: of its file's name: ".png" or ".jpg".
        content: its bytes.
    """
    if len(content) > MAX_PICTURE_BYTES:
        return f"has {len(content)} bytes, {MAX_PICTURE_BYTES} at most are allowed"
    if kind_of(content) != suffix:
        return f"is not what its name says: a {suffix[1:].upper()} file"
    extent = _png_extent(content) if suffix == ".png" else _jpeg_extent(content)
    if extent is None:
        return "is damaged: its width and height cannot be read"
    if not 0 < min(extent) <= max(extent) <= MAX_EXTENT_PX:
        return f"is {extent[0]} × {extent[1]} pixels, {MAX_EXTENT_PX} at most are allowed"
    return ""


def kind_of(content: bytes) -> str:
    """The suffix this picture's first bytes call for, or ""."""
    if content.startswith(_PNG):
        return ".png"
    if content.startswith(_JPEG):
        return ".jpg"
    return ""


def _png_extent(content: bytes) -> tuple[int, int] | None:
    """Width and height of the IHDR chunk, the first (PNG specification, 11.2.2)."""
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_extent(content: bytes) -> tuple[int, int] | None:
    for marker, body in _jpeg_segments(content):
        if marker in _JPEG_FRAMES and len(body) >= 5:
            return int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big")
    return None


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment before the compressed data (ITU-T T.81, B.1.1.4)."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte before the marker
            at += 1
            continue
        if marker == _JPEG_SCAN:
            return
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        yield marker, content[at + 4 : at + 2 + length]
        at += 2 + length
