"""Figures of the input method: its start, memory, speed, and how soon a name is found.

    python -m bench.pinyin [--index build/pinyin.index]

Speed is measured over every keystroke of every name, and over what fingers and children type.
A name is found at the place it has among the candidates: a surname and a full name in an empty
field, a given name behind a surname that was taken.
"""

import argparse
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from kiosk.pinyin.build_weights import surname_people
from kiosk.pinyin.engine import Pinyin
from kiosk.pinyin.index import Index

NAMES = Path(__file__).with_name("names.toml")
COMPOSED = 182
"""Full names made of surnames and given names of the list, so that there are 500 in all."""

STRIDE = 61
"""From given name to given name; no divisor of their number, so that every one comes."""

SILLY = (
    *("a" * 40, "zhuang" * 7, "zhuangzhuang'" * 3, "yi" * 20, "xianxian" * 5, "'" * 40),
    *("z" * 40, "v", "bbb", "qwertyuiopasdfghjklzxcvbnm", "nihaoshijie" * 4),
    *("shouhuoyuantaiduhenhao", "shanghaishijinganqunanjingxilu", "xi'an", "fangan"),
    *"abcdefghijklmnopqrstuvwxyz",
)
PLACES = (1, 5, 10)

TRIES = 3
"""How often each input is asked; the shortest counts, for the others waited for the machine."""

Typed = tuple[str, str, str]
"""A name, the letters it is typed with, and what was taken before."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.pinyin", description=__doc__)
    parser.add_argument("--index", type=Path, default=Path("build/pinyin.index"))
    parser.add_argument("--alone", action="store_true", help="start and memory, as bare numbers")
    chosen = parser.parse_args(arguments)
    if chosen.alone:
        sys.stdout.write("{} {}\n".format(*start_and_memory(chosen.index)))
        return 0
    for row in figures(chosen.index):
        sys.stdout.write("{:44} {:>22}  {}\n".format(*row))
    return 0


def figures(path: Path) -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the figure promised."""
    starts, memories = zip(*(_alone(path) for _ in range(5)), strict=True)
    yield (
        "start: index checked, first candidates",
        f"{statistics.median(starts):.0f} ms",
        "≤ 150 ms",
    )
    yield "memory after everything below (PSS)", f"{max(memories):.1f} MB", "≤ 10 MB"
    groups = list(typed())
    method = Pinyin(Index.open(path))
    looks = sorted(_looks_ms(method, _keystrokes(groups)))
    yield f"candidates p50, {len(looks):,} inputs", f"{statistics.median(looks):.2f} ms", ""
    yield "candidates p99", f"{looks[len(looks) * 99 // 100]:.2f} ms", "≤ 5 ms"
    yield "candidates, slowest", f"{looks[-1]:.2f} ms", ""
    groups.append(("all", [name for _, names in groups for name in names]))
    for group, names in groups:
        found = [_place(method, *name) for name in names]
        shares = (sum(place <= limit for place in found) / len(found) for limit in PLACES)
        figure = " ".join(f"{share:6.1%}" for share in shares)
        yield f"first, first 5, first 10: {group} ({len(names)})", figure, ""


def typed() -> Iterator[tuple[str, list[Typed]]]:
    """The five hundred names in their groups."""
    facts = tomllib.loads(NAMES.read_text("utf-8"))
    surnames = _pairs(facts["surnames"])
    given = [pair for group in facts["given"].values() for pair in _pairs(group)]
    yield "surnames", [(name, letters, "") for name, letters in surnames]
    behind = [_by_population(surnames, (at + 0.5) / len(given)) for at in range(len(given))]
    yield "given names", [(*pair, taken) for pair, (taken, _) in zip(given, behind, strict=True)]
    yield "full names", [*_full(facts), *_composed(surnames, given)]


def _full(facts: dict[str, Any]) -> list[Typed]:
    return [(name, letters, "") for name, letters in _pairs(facts["full"]["common"])]


def _composed(surnames: list[tuple[str, str]], given: list[tuple[str, str]]) -> Iterator[Typed]:
    """Surnames as often as people have them, each with another given name."""
    for at in range(COMPOSED):
        surname, letters = _by_population(surnames, (at + 0.5) / COMPOSED)
        name, others = given[at * STRIDE % len(given)]
        yield surname + name, letters + others, ""


def _by_population(surnames: list[tuple[str, str]], share: float) -> tuple[str, str]:
    """The surname of the person at a share of all who bear one of these."""
    people = surname_people()
    sums = list(accumulate(people[name] for name, _ in surnames))
    return next(pair for pair, sum_ in zip(surnames, sums, strict=True) if sum_ > share * sums[-1])


def _pairs(lines: str) -> list[tuple[str, str]]:
    pairs = (entry.split() for entry in lines.replace("\n", " ").split(",") if entry.strip())
    return [(name, letters) for name, letters in pairs]


def _place(method: Pinyin, name: str, letters: str, taken: str) -> int:
    """Where a name stands among the candidates, from 1; far away when it is not there."""
    listed = [one.text for page in method.candidates(letters, taken) for one in page]
    return listed.index(name) + 1 if name in listed else sys.maxsize


def _keystrokes(groups: Sequence[tuple[str, list[Typed]]]) -> list[tuple[str, str]]:
    """Every question a keyboard asks while all that is typed."""
    inputs = [(letters, taken) for _, names in groups for _, letters, taken in names]
    inputs += [(silly, "") for silly in SILLY]
    return [(typed[:end], taken) for typed, taken in inputs for end in range(1, 1 + len(typed))]


def _looks_ms(method: Pinyin, questions: Sequence[tuple[str, str]]) -> Iterator[float]:
    for letters, taken in questions:
        tries_ms = []
        for _ in range(TRIES):
            before = time.perf_counter()
            method.candidates(letters, taken)
            tries_ms.append((time.perf_counter() - before) * 1000)
        yield min(tries_ms)


def start_and_memory(path: Path) -> tuple[float, float]:
    """Milliseconds to open the index, and MB that it and all its answers cost this process."""
    questions = _keystrokes(list(typed()))
    before_mb, before = pss_mb(), time.perf_counter()
    method = Pinyin(Index.open(path))
    method.candidates("lina")
    took_ms = (time.perf_counter() - before) * 1000
    for letters, taken in questions:
        method.candidates(letters, taken)
    return took_ms, pss_mb() - before_mb


def pss_mb() -> float:
    """This process's share of memory, in MB, as the kernel reckons it."""
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this kernel tells no PSS")


def _alone(path: Path) -> tuple[float, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.pinyin", "--alone", "--index", str(path)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    took_ms, grown_mb = map(float, run.stdout.split())
    return took_ms, grown_mb


if __name__ == "__main__":
    raise SystemExit(main())
