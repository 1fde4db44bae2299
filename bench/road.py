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
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.processes import UART_BAUD, Running, kiosk, kiosk_sync, scene, wait_for
from kiosk.app.compose import Folders
from kiosk.art import built_in_icons, built_in_pictures
from kiosk.model.cards import card_key
from kiosk.model.ledger import LedgerLine, LineKind, LineReason
from kiosk.model.members import Member, PinState
from kiosk.model.text import LocalText
from kiosk.model.wire import ContentManifest
from kiosk.store.content import ContentStore
from kiosk.store.directory_writer import DirectoryWriter
from kiosk.store.disk import digest_of
from kiosk.store.snapshot import write_snapshot
from sim.hq.bundles import pack
from sim.hq.demo import fleet
from sim.hq.seed import demo_content
from sim.pn532 import Ntag215, VirtualReader
from sim.stack import commands
from sim.stack.folder import Folder

ROOT = Path(__file__).parents[1]
IDLE_S = 20.0

LINES = 20
"""Of the ledger in each row, as HQ tells them (sim/hq/rows.py)."""

WITH_LINES = 100_000
"""Members in a larger directory have none: a million rows of 4 KB tell nothing more."""

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
    told = LINES if size <= WITH_LINES else 0
    rows = ((card_key(uid_of(n), salt), 1, _member(n, told)) for n in range(size))
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
    store = ContentStore.open(content, built_in_pictures(), icons=built_in_icons())
    store.apply_bundle(bundle, manifest)


def _member(number: int, lines: int) -> bytes:
    surname = SURNAMES[number % len(SURNAMES)]
    called = LocalText.model_construct(zh=f"{surname}女士", en=f"Ms {chr(65 + number % 26)}.")
    member = Member.model_construct(
        member_id=f"m-{number:07}",
        called=called,
        tier=("standard", "silver", "gold")[number % 3],
        points=number * 37 % 14_000,
        as_of=NOW,
        pin=PinState.SET,
        lines=tuple(_line(n) for n in range(lines)),
    )
    return member.model_dump_json(by_alias=True).encode()


def _line(number: int) -> LedgerLine:
    return LedgerLine.model_construct(
        entry_id=f"e-{number}",
        at=NOW - timedelta(days=number),
        kind=LineKind.EARN,
        reason=LineReason.PURCHASE,
        points=320,
        receipt=f"JA-1114-{number:04}",
        store_id="sh-ja-01",
        purchase_fen=32_000,
    )


def _measure(folder: Folder, taps: int, size: int) -> Iterator[Row]:
    members = f"{size:,} members"
    with VirtualReader(folder.reader, UART_BAUD) as reader:
        yield _start(folder, members)
        with kiosk_sync(folder), kiosk(folder) as box:
            wait_for(lambda: "贴在" in "".join(scene(box).get("texts", ())))
            cpu_s, begun_s = box.cpu_s(), time.monotonic()
            time.sleep(IDLE_S)
            share = (box.cpu_s() - cpu_s) / (time.monotonic() - begun_s)
            yield f"idle, attract moving, {members}", f"{share:.1%} of a core", "≤ 4 %"
            times_ms = sorted(_taps(box, reader, taps, size))
            yield _latency("card down to finished page", members, times_ms)
        yield _memory(folder, reader, members)


def _memory(folder: Folder, reader: VirtualReader, members: str) -> Row:
    """After ten visits, on the page of the last; hardly asked, for a store has no live view."""
    with kiosk_sync(folder), kiosk(folder) as box:
        wait_for(lambda: "贴在" in "".join(scene(box).get("texts", ())), every_s=0.5)
        for number in range(VISITS):
            time.sleep(HOLD_OFF_S)
            card = Ntag215(uid_of(number * 71))
            reader.lay(card)
            time.sleep(1)
            taken = box.memory()
            reader.take(card)
            box.glass.press("done")
    figure = f"{taken.pss_mb:.1f} MB PSS, {taken.private_mb:.1f} private"
    return f"memory on a member's page, {members}", figure, "≤ 60 MB PSS"


def _start(folder: Folder, members: str) -> Row:
    """From the process's start to its first frame, the best of three."""
    times_s = []
    for _ in range(3):
        with kiosk(folder) as box:
            first_s = wait_for(lambda: scene(box).get("first_s"))
            times_s.append(first_s - box.begun_s)
    return (
        f"start to first frame, {members}",
        f"{min(times_s):.2f} to {max(times_s):.2f} s",
        "≤ 0.6 s",
    )


def _taps(box: Running, reader: VirtualReader, taps: int, size: int) -> Iterator[float]:
    """Milliseconds from each card's arrival in the field to its member's finished page."""
    chance = random.Random(size)
    for number in chance.sample(range(size), taps):
        card = Ntag215(uid_of(number))
        time.sleep(HOLD_OFF_S + chance.random() * 0.05)
        laid_s = time.monotonic()
        reader.lay(card)
        home = wait_for(lambda: ((s := scene(box)).get("name") == "home" and s) or None)
        yield (home["shown_s"] - laid_s) * 1000
        reader.take(card)
        box.glass.press("done")


def _latency(what: str, members: str, times_ms: list[float]) -> Row:
    p95 = times_ms[len(times_ms) * 95 // 100]
    figure = f"p50 {statistics.median(times_ms):.0f}, p95 {p95:.0f}, max {times_ms[-1]:.0f} ms"
    return f"{what}, {members}", figure, "p50 ≤ 70, p95 ≤ 110 ms"


if __name__ == "__main__":
    raise SystemExit(main())
