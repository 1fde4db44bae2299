"""Figures of drawing: first frame, a new member's page, a ticking second, the hint's breath.

    python -m bench.paint

Each figure is from a process of its own under SDL's dummy driver at 1080x1920, with the real
fonts; run `make fonts` before.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.ui.paint import Painter

ROOT = Path(__file__).parents[1]
FONTS = ROOT / "build" / "fonts"
ART = ROOT / "images" / "art"
ROUNDS = 21
"""Members shown; the middle of them is quoted."""


def figures() -> list[tuple[str, str, str]]:
    """What was measured, the figure, and what is promised."""
    first = min((_run("first") for _ in range(3)), key=lambda run: run["first_ms"])
    run = _run("pages")
    return [
        (
            "pygame, fonts and attract scene, from the process's start",
            f"{first['first_ms']:.0f} ms",
            "≤ 300 ms",
        ),
        ("page of a new member, middle", f"{run['page_ms']:.1f} ms", "≤ 15 ms"),
        ("page of a new member, slowest", f"{run['page_worst_ms']:.1f} ms", ""),
        ("one ticking second", f"{run['tick_ms']:.1f} ms", ""),
        ("tap hint, share of one core", f"{run['hint_share']:.2%}", "≤ 1.2 %"),
        ("surfaces kept", f"{run['cache_mb']:.1f} MB", "≤ 6 MB"),
        ("memory of the process that only draws (PSS)", f"{run['pss_mb']:.0f} MB", "≤ 60 MB"),
    ]


def main() -> int:
    """Print the figures as a table."""
    for what, measured, target in figures():
        sys.stdout.write(f"{what:<62}{measured:>12}   {target}\n")
    return 0


def _run(which: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.paint", which, repr(time.time())]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


# -- in the process that is measured -------------------------------------------------------------


def _measured(which: str, started: float) -> dict[str, float]:
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    import pygame

    from bench.scenes import attract, member
    from kiosk.ui.metrics import Metrics
    from kiosk.ui.paint import Painter

    pygame.display.init()
    glass = Metrics(1080, 1920, 4.03)
    surface = pygame.display.set_mode((1080, 1920))
    painter = Painter((1080, 1920), glass, "boutique", FONTS, ART, surface=surface)
    painter.show(attract(), 0)
    if which == "first":
        return {"first_ms": (time.time() - started) * 1000}
    names = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋"
    pages, ticks = [], []
    for n, name in enumerate(names[:ROUNDS]):
        came, later = member(name, 300 + 7 * n, 60), member(name, 300 + 7 * n, 59)
        pages.append(_ms(partial(painter.show, came, 2 * n)))
        ticks.append(_ms(partial(painter.show, later, 2 * n)))
        painter.show(attract(), 2 * n + 1)
    return {
        "page_ms": statistics.median(pages[1:]),
        "page_worst_ms": max(pages[1:]),
        "tick_ms": statistics.median(ticks),
        "hint_share": _breath(painter),
        "cache_mb": painter.cache.size_bytes / 2**20,
        "pss_mb": _pss_mb(),
    }


def _ms(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _breath(painter: "Painter") -> float:
    """CPU time of three breaths of the hint, as a share of the time they last."""
    from kiosk.ui.hint import CYCLE_S

    now_s = painter.next_frame_s or 0.0
    until_s, begun = now_s + 3 * CYCLE_S, time.process_time()
    while now_s < until_s:
        painter.animate(now_s)
        now_s = painter.next_frame_s or until_s
    return (time.process_time() - begun) / (3 * CYCLE_S)


def _pss_mb() -> float:
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell the PSS")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        sys.stdout.write(json.dumps(_measured(sys.argv[1], float(sys.argv[2]))) + "\n")
    else:
        sys.exit(main())
