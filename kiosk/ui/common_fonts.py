"""Set-up step: cuts the fetched fonts down to everyday characters, for most of what is drawn."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from kiosk.exceptions import KioskError
from kiosk.ui.fonts import font_file, is_common
from kiosk.ui.theme import Weight

MARK = ".common"
"""Ends the name of the file that tells which font a small one was cut from, and how."""

RULE = 2
"""Counts the ways fonts were cut: what was cut in an earlier one is cut anew."""

FEATURES = ("ccmp", "kern", "liga", "locl", "mark")
"""What is used in lines of Chinese and Latin (OpenType's names); other features are for lines that
run down, for narrow or old shapes. An open font holds two copies of these tables for each size."""


def cut(folder: Path, say: Callable[[str], None]) -> None:
    """Have a small font beside each weight in the folder; what is there already stays.

    Raises:
        KioskError: one of the fetched files is no font.
    """
    for weight in Weight:
        full = font_file(folder, weight)
        mark = folder / f"{full.stem}{MARK}"
        small = full.with_name(f"{full.stem}-common{full.suffix}")
        origin = f"{sha256_of(full)} {RULE}"
        if small.is_file() and mark.is_file() and mark.read_text("ascii") == origin:
            continue
        say(f"fonts: everyday characters of weight {weight.value}")
        mark.unlink(missing_ok=True)
        _cut(full, small)
        mark.write_text(origin, "ascii")


def _cut(full: Path, small: Path) -> None:
    # set-up only, and without types
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    try:
        font = TTFont(full)
    except TTLibError as problem:
        raise KioskError(f"{full.name} is no font: {problem}") from problem
    options = Options(layout_features=list(FEATURES), notdef_outline=True, glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if is_common(chr(code))])
    subsetter.subset(font)
    part = small.with_suffix(".part")
    font.save(part)
    part.replace(small)  # a kiosk may be drawing with the one that was there


def sha256_of(path: Path) -> str:
    """What tells this file from every other, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
