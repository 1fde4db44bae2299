"""Figures of the card reader: idle load, card down to event, card away to event, reopening.

    python -m bench.polling [--looks 100]

The driver runs in a process of its own; the virtual PN532 in this one, with the wire's time
modelled at 115200 bit/s whatever nfcpy sets.
"""

import argparse
import logging
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from kiosk.drivers import open_reader
from kiosk.drivers.port import CardInserted, CardRemoved, ReaderConnected, ReaderEvent
from sim.pn532 import Ntag215, VirtualReader

UART_BAUD = 115200
IDLE_S = 10.0
CARD = Ntag215(bytes.fromhex("04a1b2c3d4e580"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.polling", description=__doc__)
    parser.add_argument("--looks", type=int, default=100, help="how often a card is laid")
    parser.add_argument("--worker", metavar="PATH", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.worker:
        return _worker(chosen.worker)
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder) / "reader", chosen.looks)
    return 0


def _worker(path: str) -> int:
    """The driver alone: events to stdout; each line on stdin is answered by the CPU time used."""
    logging.disable()  # losing the reader is part of the measurement
    reader = open_reader("bench", "nfc", path)
    reader.start(_print_event)
    for _ in sys.stdin:
        _print(f"cpu {time.process_time():.6f}")
    reader.stop()
    return 0


def _print_event(event: ReaderEvent) -> None:
    _print(f"{type(event).__name__} {event.at_s:.6f}")


def _measure(link: Path, looks: int) -> None:
    with VirtualReader(link, UART_BAUD) as reader, _driver(link) as driver:
        begun_s = time.monotonic()
        opened_s = _next(driver, ReaderConnected) - begun_s
        _print(f"start and open (with imports)   {opened_s * 1000:8.0f} ms")
        _print(f"idle, share of one core         {_idle_share(driver) * 100:8.2f} %")
        laid, taken = _cycles(reader, driver, looks)
        _row("card down -> CardInserted", laid)
        _row("card away -> CardRemoved", taken)
        _row("replug -> ReaderConnected", _replugs(reader, driver, 10))


def _driver(link: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.polling", "--worker", str(link)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _idle_share(driver: subprocess.Popen[str]) -> float:
    time.sleep(1.0)  # the cost of opening is no idle cost
    before_s, begun_s = _cpu_s(driver), time.monotonic()
    time.sleep(IDLE_S)
    return (_cpu_s(driver) - before_s) / (time.monotonic() - begun_s)


def _cpu_s(driver: subprocess.Popen[str]) -> float:
    _pipe(driver.stdin).write("\n")
    _pipe(driver.stdin).flush()
    return float(_pipe(driver.stdout).readline().split()[1])


def _cycles(
    reader: VirtualReader, driver: subprocess.Popen[str], looks: int
) -> tuple[list[float], list[float]]:
    chance, laid, taken = random.Random(1), list[float](), list[float]()
    for _ in range(looks):
        time.sleep(chance.uniform(0.1, 0.2))
        at_s = time.monotonic()
        reader.lay(CARD)
        laid.append(_next(driver, CardInserted) - at_s)
        time.sleep(chance.uniform(0.1, 0.2))
        at_s = time.monotonic()
        reader.take(CARD)
        taken.append(_next(driver, CardRemoved) - at_s)
    return laid, taken


def _replugs(reader: VirtualReader, driver: subprocess.Popen[str], times: int) -> list[float]:
    back = list[float]()
    for _ in range(times):
        reader.unplug()
        time.sleep(0.7)
        at_s = time.monotonic()
        reader.replug()
        back.append(_next(driver, ReaderConnected) - at_s)
    return back


def _next(driver: subprocess.Popen[str], kind: type[ReaderEvent]) -> float:
    """The time of the next event of this kind; both processes share the monotonic clock."""
    while True:
        name, at = _pipe(driver.stdout).readline().split()
        if name == kind.__name__:
            return float(at)


def _row(name: str, times_s: list[float]) -> None:
    cuts = statistics.quantiles(times_s, n=20, method="inclusive")
    p50, p95, worst = cuts[9] * 1000, cuts[18] * 1000, max(times_s) * 1000
    _print(f"{name:31} p50 {p50:5.1f}  p95 {p95:5.1f}  max {worst:5.1f} ms  (n={len(times_s)})")


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:
        raise RuntimeError("the driver's process was started without its pipes")
    return stream


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
