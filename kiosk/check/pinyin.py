"""Whether Chinese can be typed: the index of the input method, read from end to end."""

from pathlib import Path

from kiosk.check.finding import Finding, care, fine
from kiosk.exceptions import PinyinUnusable
from kiosk.pinyin.index import Index

NAME = "pinyin"


def judge(path: Path) -> Finding:
    """The index at this place; the kiosk runs without it, on letters alone."""
    try:
        index = Index.open(path)
    except PinyinUnusable as problem:
        return care(NAME, str(problem), "nobody can type Chinese here", "run `make pinyin`")
    index.close()
    return fine(NAME, f"{path.name}, {index.digest[:12]}")
