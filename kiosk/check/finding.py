"""What a check found: how serious, what it is, what it means, what to do; and its print."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How serious a finding is."""

    OK = "ok"
    CARE = "care"  # the kiosk runs, less well than it could
    STOP = "stop"  # the kiosk does not run, or serves nobody


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        name: what was looked at, one or two words.
        what: what is the case.
        means: what follows from it for members or for HQ; empty when all is well.
        do: what the technician does now; empty when all is well.
    """

    name: str
    level: Level
    what: str
    means: str = ""
    do: str = ""


def fine(name: str, what: str) -> Finding:
    """All is well."""
    return Finding(name, Level.OK, what)


def care(name: str, what: str, means: str, do: str) -> Finding:
    """The kiosk runs, less well than it could."""
    return Finding(name, Level.CARE, what, means, do)


def stop(name: str, what: str, means: str, do: str) -> Finding:
    """The kiosk does not run, or serves nobody."""
    return Finding(name, Level.STOP, what, means, do)


def lines(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings as aligned plain text, a summary last."""
    width = max((len(finding.name) for finding in findings), default=0)
    margin = " " * (6 + width + 2)
    for finding in findings:
        yield f"{finding.level.value:<6}{finding.name:<{width}}  {finding.what}"
        if finding.means:
            yield f"{margin}means: {finding.means}"
        if finding.do:
            yield f"{margin}do:    {finding.do}"
    counts = {level: sum(one.level is level for one in findings) for level in Level}
    yield (
        f"{counts[Level.OK]} fine, {counts[Level.CARE]} to look at, "
        f"{counts[Level.STOP]} that stop the kiosk"
    )
