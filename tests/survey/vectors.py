"""The kept answers of survey-core: what was asked, and what it said."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).parent / "kept"

NOW_MS = 1_772_361_000_000
"""What time it was when survey-core was asked: 2026-03-01 10:30, in its UTC and our local time."""


def head(name: str) -> dict[str, Any]:
    """Which survey-core was asked, from which seed, and what time it was."""
    found: dict[str, Any] = json.loads(next(_lines(name)))
    return found


def vectors(name: str) -> Iterator[dict[str, Any]]:
    """Every kept question with survey-core's answer `r`."""
    lines = _lines(name)
    next(lines)
    return (json.loads(line) for line in lines)


def _lines(name: str) -> Iterator[str]:
    text = lzma.decompress((VECTORS / f"{name}.jsonl.xz").read_bytes()).decode()
    return iter(text.rstrip("\n").split("\n"))
