"""Figures of the screen's process: card down to finished frame, start, memory, idle load.

    python -m bench.road [--taps 60] [--members 1000 1000000]

The kiosk runs as a process of its own, its reader is the virtual PN532 in this one, with the
wire's time modelled at 115200 bit/s whatever nfcpy sets. Each tap is another member, laid down
at a random moment of the reader's round. The panel is 1080 x 1920 in memory. kiosk-sync runs
beside it, as in a store, with an HQ that does not answer: memory both processes share counts
half for each (PSS).
"""

import argparse
import compileall
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.app.compose import Folders
from kiosk.art import built_in_pictures
from kiosk.model.cards import card_key
from kiosk.model.members import Member
from kiosk.model.text import LocalText
from kiosk.model.wire import ContentManifest
from kiosk.store.content import ContentStore
from kiosk.store.directory_writer import DirectoryWriter
from kiosk.store.disk import digest_of
from kiosk.store.snapshot import write_snapshot
from sim.hq.bundles import pack
from sim.hq.demo import fleet
from sim.hq.seed import demo_content
from sim.panel.ports import GlassDark
from sim.pn532 import Ntag215, VirtualReader
from sim.stack import commands
from sim.stack.folder import Folder
from sim.stack.glass import Glass
from sim.stack.options import Options

ROOT = Path(__file__).parents[1]
UART_BAUD = 115200
IDLE_S = 20.0
NO_HQ = "http://127.0.0.1:9"
"""The discard port: nobody listens."""

START_WITHIN_S = 30.0
LOOK_S = 0.02
"""How often the kiosk is asked what it shows; asking more often slows what is measured."""

VISITS = 10
"""Before memory is read."""

HOLD_OFF_S = 1.1
"""A card laid down sooner after another one is no new tap (kiosk.app.desk)."""

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
NOW = datetime.now(UTC)

Row = tuple[str, str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.road", description=__doc__)
    parser.add_argument("--taps", type=int, default=60)
    parser.add_argument("--members", type=int, nargs="+", default=[1_000, 1_000_000])
    chosen = parser.parse_args(arguments)
    for row in figures(chosen.taps, chosen.members):
        sys.stdout.write("{:52} {:>28}  {}\n".format(*row))
        sys.stdout.flush()
    return 0


def figures(taps: int = 60, sizes: Sequence[int] = (1_000, 1_000_000)) -> Iterator[Row]:
    """What was measured, the figure, and the figure promised."""
    compileall.compile_dir(ROOT / "kiosk", quiet=1)  # as when installed (docs/operations.md)
    for size in sizes:
        with tempfile.TemporaryDirectory() as own:
            folder = _laid_out(Path(own), size)
            yield from _measure(folder, taps, size)


def uid_of(number: int) -> bytes:
    """The UID of one of the members."""
    return b"\x04" + number.to_bytes(6, "big")


def _laid_out(root: Path, size: int) -> Folder:
    """A data folder as kiosk-sync would have left it."""
    folder = Folder(root)
    for path in (folder.hq, folder.kiosk, folder.logs, folder.secrets):
        path.mkdir(parents=True, exist_ok=True)
    commands.write_secrets(folder)
    places = Folders(folder.kiosk)
    salt = bytes.fromhex(fleet().fleet_salt)
    rows = ((card_key(uid_of(n), salt), 1, _member(n)) for n in range(size))
    part = root / "snapshot.part"
    written = write_snapshot(part, rows)
    writer = DirectoryWriter.open(places.directory, lambda: NOW)
    writer.install_snapshot(part, written.manifest("bench", 1))
    writer.close()
    _publish(root / "bundle.zip", places.content)
    return folder


def _publish(bundle: Path, content: Path) -> None:
    bundle.write_bytes(pack(demo_content(NOW.date())))
    manifest = ContentManifest(
        version=1, size_bytes=bundle.stat().st_size, blake2b_256=digest_of(bundle)
    )
    ContentStore.open(content, built_in_pictures()).apply_bundle(bundle, manifest)


def _member(number: int) -> bytes:
    surname = SURNAMES[number % len(SURNAMES)]
    called = LocalText.model_construct(zh=f"{surname}女士", en=f"Ms {chr(65 + number % 26)}.")
    member = Member.model_construct(
        member_id=f"m-{number:07}",
        called=called,
        tier=("standard", "silver", "gold")[number % 3],
        points=number * 37 % 14_000,
        as_of=NOW,
    )
    return member.model_dump_json(by_alias=True).encode()


@dataclass(frozen=True, slots=True)
class _Running:
    """A kiosk process under measurement."""

    process: "subprocess.Popen[bytes]"
    glass: Glass
    begun_s: float

    def cpu_s(self) -> float:
        """Processor time used so far (proc(5), stat, fields 14 and 15)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def pss_mb(self) -> float:
        """Proportional set size (proc(5), smaps_rollup)."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@contextmanager
def _kiosk(folder: Folder) -> Iterator[_Running]:
    command = commands.kiosk(_options(folder), folder, NO_HQ)
    with (folder.logs / "kiosk.log").open("wb") as log:
        begun_s = time.monotonic()
        process = subprocess.Popen(command.words, env=command.environment(), stderr=log)
        try:
            yield _Running(process, Glass(folder.glass), begun_s)
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def _kiosk_sync(folder: Folder) -> Iterator[None]:
    command = commands.sync(_options(folder), folder, NO_HQ)
    with (folder.logs / "sync.log").open("wb") as log:
        process = subprocess.Popen(command.words, env=command.environment(), stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(10)


def _options(folder: Folder) -> Options:
    """The simulator's, for a panel of 21.5 inches standing up."""
    return Options(
        folder=folder.root,
        keep=True,
        port=0,
        size_px=(1080, 1920),
        diagonal_inch=21.5,
        language="zh-CN",
        theme="boutique",
        window=False,
        uart_baud=UART_BAUD,
        members=0,
    )


def _measure(folder: Folder, taps: int, size: int) -> Iterator[Row]:
    members = f"{size:,} members"
    with VirtualReader(folder.reader, UART_BAUD) as reader:
        yield _start(folder, members)
        with _kiosk_sync(folder), _kiosk(folder) as kiosk:
            _wait(lambda: "贴在" in "".join(_scene(kiosk).get("texts", ())))
            cpu_s, begun_s = kiosk.cpu_s(), time.monotonic()
            time.sleep(IDLE_S)
            share = (kiosk.cpu_s() - cpu_s) / (time.monotonic() - begun_s)
            yield f"idle, attract moving, {members}", f"{share:.1%} of a core", "≤ 4 %"
            times_ms = sorted(_taps(kiosk, reader, taps, size))
            yield _latency("card down to finished page", members, times_ms)
        yield _memory(folder, reader, members)


def _memory(folder: Folder, reader: VirtualReader, members: str) -> Row:
    """After ten visits, on the page of the last; hardly asked, for a store has no live view."""
    with _kiosk_sync(folder), _kiosk(folder) as kiosk:
        _wait(lambda: "贴在" in "".join(_scene(kiosk).get("texts", ())), every_s=0.5)
        for number in range(VISITS):
            time.sleep(HOLD_OFF_S)
            card = Ntag215(uid_of(number * 71))
            reader.lay(card)
            time.sleep(1)
            pss_mb = kiosk.pss_mb()
            reader.take(card)
            kiosk.glass.press("done")
    return f"memory on a member's page, {members}", f"{pss_mb:.1f} MB PSS", "≤ 60 MB"


def _start(folder: Folder, members: str) -> Row:
    """From the process's start to its first frame, the best of three."""
    times_s = []
    for _ in range(3):
        with _kiosk(folder) as kiosk:
            first_s = _wait(lambda: _scene(kiosk).get("first_s"))
            times_s.append(first_s - kiosk.begun_s)
    return (
        f"start to first frame, {members}",
        f"{min(times_s):.2f} to {max(times_s):.2f} s",
        "≤ 0.6 s",
    )


def _taps(kiosk: _Running, reader: VirtualReader, taps: int, size: int) -> Iterator[float]:
    """Milliseconds from each card's arrival in the field to its member's finished page."""
    chance = random.Random(size)
    for number in chance.sample(range(size), taps):
        card = Ntag215(uid_of(number))
        time.sleep(HOLD_OFF_S + chance.random() * 0.05)
        laid_s = time.monotonic()
        reader.lay(card)
        scene = _wait(lambda: (s := _scene(kiosk)).get("name") == "home" and s)
        yield (scene["shown_s"] - laid_s) * 1000
        reader.take(card)
        kiosk.glass.press("done")


def _latency(what: str, members: str, times_ms: list[float]) -> Row:
    p95 = times_ms[len(times_ms) * 95 // 100]
    figure = f"p50 {statistics.median(times_ms):.0f}, p95 {p95:.0f}, max {times_ms[-1]:.0f} ms"
    return f"{what}, {members}", figure, "p50 ≤ 70, p95 ≤ 110 ms"


def _scene(kiosk: _Running) -> dict:  # type: ignore[type-arg]  # JSON
    try:
        return kiosk.glass.scene()
    except GlassDark:
        return {}


def _wait(look: Callable[[], object], every_s: float = LOOK_S):  # type: ignore[no-untyped-def]  # what `look` found
    deadline_s = time.monotonic() + START_WITHIN_S
    while time.monotonic() < deadline_s:
        if found := look():
            return found
        time.sleep(every_s)
    raise TimeoutError("the kiosk did not show what was waited for")


if __name__ == "__main__":
    raise SystemExit(main())
