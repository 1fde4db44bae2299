"""`python -m kiosk content check FILE`: what an author learns before anything is published."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from kiosk.authoring.examine import examine
from kiosk.authoring.tell import lines

__all__ = ["main"]


def main(path: Path, *, strict: bool = False, out: TextIO | None = None) -> int:
    """Print what is to be said of a survey, a document, or a whole bundle.

    Args:
        path: a survey's or a document's JSON file, a bundle's ZIP file or its folder.
        strict: advice counts as a refusal.
        out: where to print; standard output unless told.

    Returns:
        1 when it cannot be published, else 0.

    Raises:
        StoreFailed: the disk refused.
    """
    report = examine(path)
    if strict:
        report = replace(report, problems=report.problems + report.advice, advice=())
    for line in lines(report):
        (out or sys.stdout).write(f"{line}\n")
    return int(bool(report.problems))
