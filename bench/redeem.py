"""Figures of a redemption through real processes: last digit to code on the glass, and memory.

    python -m bench.redeem [--times 30]

HQ, kiosk-sync and the kiosk each run as in a store, HQ on this machine as well. One member asks
for the same reward again and again and gives it back each time.
"""

import argparse
import compileall
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.processes import UART_BAUD, Running, kiosk, kiosk_sync, scene, wait_for
from sim.hq.process import HqOptions, HqProcess
from sim.pn532 import Ntag215, VirtualReader
from sim.stack import commands
from sim.stack.folder import Folder

ROOT = Path(__file__).parents[1]
MEMBERS = 1_000
RICH = bytes.fromhex("04f06b1d3c8a83")
"""UID of a demo member with points for everything."""

PIN = "1234"
REWARD = "canvas-tote"

Row = tuple[str, str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.redeem", description=__doc__)
    parser.add_argument("--times", type=int, default=30)
    for row in figures(parser.parse_args(arguments).times):
        sys.stdout.write("{:52} {:>28}  {}\n".format(*row))
        sys.stdout.flush()
    return 0


def figures(times: int = 30) -> Iterator[Row]:
    """What was measured, the figure, and the figure promised."""
    compileall.compile_dir(ROOT / "kiosk", quiet=1)  # as when installed (docs/operations.md)
    with tempfile.TemporaryDirectory() as own:
        folder = Folder(Path(own))
        for path in (folder.hq, folder.kiosk, folder.logs, folder.secrets):
            path.mkdir(parents=True, exist_ok=True)
        commands.write_secrets(folder)
        with HqProcess(HqOptions(folder.hq, members=MEMBERS)) as hq:
            yield from _measure(folder, hq.url, times)


def _measure(folder: Folder, url: str, times: int) -> Iterator[Row]:
    with (
        VirtualReader(folder.reader, UART_BAUD) as reader,
        kiosk_sync(folder, url),
        kiosk(folder, url) as box,
    ):
        wait_for(lambda: "没有会员卡" in "".join(scene(box).get("texts", ())))
        _open_home(box, reader)
        before_mb = box.memory().pss_mb
        times_ms = sorted(_code_ms(box) for _ in range(times))
        p95 = times_ms[len(times_ms) * 95 // 100]
        figure = f"p50 {statistics.median(times_ms):.0f}, p95 {p95:.0f}, max {times_ms[-1]:.0f} ms"
        yield "last digit to code on the glass", figure, "≤ 3 s"
        figure = f"{before_mb:.1f}, then {box.memory().pss_mb:.1f} MB PSS"
        yield "memory before and after redeeming", figure, "≤ 75 MB"


def _open_home(box: Running, reader: VirtualReader) -> None:
    """Lay the card down until its page opens: directory and reader come when they come."""

    def opened() -> bool:
        card = Ntag215(RICH)
        reader.lay(card)
        time.sleep(1.5)
        reader.take(card)
        home = scene(box).get("name") == "home"
        if not home:
            box.glass.press("back")
        return home

    wait_for(opened, every_s=1.5)


def _code_ms(box: Running) -> float:
    """Milliseconds from the last digit to the finished page with the code; it is given back."""
    for key, value in (("redeem", ""), ("reward", REWARD), ("confirm", "")):
        box.glass.press(key, value)
    for digit in PIN[:-1]:
        box.glass.press("digit", digit)
    begun_s = time.monotonic()
    box.glass.press("digit", PIN[-1])
    shown_s = _wait_for_page(box, "voucher-code")["shown_s"]
    box.glass.press("give-back")
    box.glass.press("give-back-yes")
    _wait_for_page(box, "given-back")
    box.glass.press("back")
    _wait_for_page(box, "home")
    return float(shown_s - begun_s) * 1000


def _wait_for_page(box: Running, name: str) -> dict[str, Any]:
    return wait_for(lambda: ((s := scene(box)).get("name") == name and s) or None)


if __name__ == "__main__":
    raise SystemExit(main())
