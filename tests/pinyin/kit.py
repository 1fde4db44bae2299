"""The index that set-up made, and a small one of a test's own rows."""

from pathlib import Path

from kiosk.pinyin.build_file import write_index
from kiosk.pinyin.build_weights import Row
from kiosk.pinyin.candidates import Pages

INDEX = Path(__file__).parents[2] / "build" / "pinyin.index"
"""Made by `make pinyin`."""

FONTS = INDEX.with_name("fonts")
"""Made by `make fonts`; the index offers what they draw."""

ROWS: dict[str, list[Row]] = {
    "words": [
        (("li",), "里", 6_000),
        (("li",), "力", 7_000),
        (("na",), "那", 5_000),
        (("an",), "安", 6_000),
        (("lin",), "林", 6_500),
        (("xi",), "西", 6_000),
        (("xian",), "先", 6_000),
        (("nv",), "女", 5_000),
        (("xi", "an"), "西安", 9_000),
    ],
    "surnames": [(("li",), "李", 2_700), (("lin",), "林", 4_600), (("ou", "yang"), "欧阳", 7_000)],
    "alone": [(("na",), "娜", 4_000)],
    "leading": [(("na",), "娜", 6_000)],
    "closing": [(("na",), "娜", 4_500)],
    "given": [],
}
SOURCES = {"dictionary": "1"}


def small_index(folder: Path) -> Path:
    """An index of ROWS."""
    path = folder / "small.index"
    write_index(path, ROWS, SOURCES)
    return path


def texts(pages: Pages) -> list[str]:
    """What all pages offer, in order."""
    return [candidate.text for page in pages for candidate in page]
