"""Where the fonts lie and which ones they are; knows no drawing."""

import hashlib
import json
import re
from pathlib import Path

from kiosk.exceptions import KioskError
from kiosk.ui.theme import Weight

RECORD = "fonts.json"
"""What was fetched, and from where; beside the fonts."""


COMMON_EXTRA = "¥•·×−–—…"
"""Signs on the screens that GB 2312 has in another width, or not at all."""

_WITHOUT_EXTRA = {ord(sign): None for sign in COMMON_EXTRA}

_FOREIGN = re.compile("[\u0370-\u03ff\u3041-\u3096\u30a1-\u30fa]")
"""Greek and kana: GB 2312 has them, a shop in China hardly. How far apart their letters stand is
most of a table (GPOS) of which each open size holds copies. Cyrillic stays: FreeType's hinter
measures ligatures ("ff") by it, and without it they are fainter than other letters."""


class FontMissing(KioskError):
    """Raised when a weight of the font is not where it should be."""


def font_file(folder: Path, weight: Weight) -> Path:
    """Where a weight lies after `python -m kiosk.ui.fetch_fonts`.

    Raises:
        FontMissing: there is none; the message says what to run.
    """
    for kind in (".ttf", ".otf"):
        path = folder / f"NotoSansSC-{weight.value}{kind}"
        if path.is_file():
            return path
    raise FontMissing(
        f"no font of weight {weight.value} in {folder}:"
        f" run python -m kiosk.ui.fetch_fonts --into {folder}"
    )


def font_id(folder: Path) -> str:
    """A short name of exactly these fonts: golden pictures carry it.

    Raises:
        FontMissing: nothing was fetched into the folder.
    """
    try:
        record = json.loads((folder / RECORD).read_text("utf-8"))
        hashes = sorted(font["sha256"] for font in record["fonts"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise FontMissing(f"{folder / RECORD} does not tell which fonts these are") from problem
    return hashlib.sha256(" ".join(hashes).encode()).hexdigest()[:8]


def is_common(words: str) -> bool:
    """Whether these words need no more than GB 2312, the 6 763 everyday characters and signs."""
    if _FOREIGN.search(words):
        return False
    try:
        words.translate(_WITHOUT_EXTRA).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def common_file(folder: Path, weight: Weight) -> Path | None:
    """The weight cut down to everyday characters; None where it was not made.

    An open font holds two tables as long as its glyphs are many, and for each size again: a
    quarter of the glyphs saves 0.3 MB a size.
    """
    for kind in (".ttf", ".otf"):
        path = folder / f"NotoSansSC-{weight.value}-common{kind}"
        if path.is_file():
            return path
    return None
