"""Set-up only: which characters the screen's fonts draw; the others are never offered.

Somebody who picks an empty box does not know which character was written.
"""

import hashlib
from pathlib import Path

from kiosk.exceptions import PinyinUnusable

FONTS = "NotoSansSC-???.[to]tf"
"""Every weight as a whole (kiosk/ui/fonts.py); those cut down to everyday characters are others."""


def drawn_by(folder: Path) -> frozenset[str] | None:
    """The characters that every font in the folder draws; None where there is no font.

    Raises:
        PinyinUnusable: fontTools is not installed, or a font cannot be read.
    """
    drawn = [_drawn(path) for path in sorted(folder.glob(FONTS))]
    return frozenset.intersection(*drawn) if drawn else None


def digest_of(drawn: frozenset[str] | None) -> str:
    """A short name of these characters: other fonts with the same ones make the same index."""
    if drawn is None:
        return "every character"
    told = "".join(sorted(drawn)).encode("utf-32-le", "surrogatepass")
    return hashlib.blake2b(told, digest_size=8).hexdigest()


def _drawn(path: Path) -> frozenset[str]:
    try:
        # fontTools carries no types
        from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]
    except ImportError as problem:
        raise PinyinUnusable("making the index needs fontTools; run `make pinyin`") from problem
    try:
        with path.open("rb") as file:
            return frozenset(map(chr, TTFont(file, lazy=True).getBestCmap() or ()))
    except (OSError, TTLibError) as problem:
        raise PinyinUnusable(f"{path.name} cannot be read; run `make fonts pinyin`") from problem
