"""Where the fonts lie and which ones they are; knows no drawing."""

import hashlib
import json
from pathlib import Path

from kiosk.exceptions import KioskError
from kiosk.ui.theme import Weight

RECORD = "fonts.json"
"""What was fetched, and from where; beside the fonts."""


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
