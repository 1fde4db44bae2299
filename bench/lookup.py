"""Figures of the directory: one look-up among a thousand members and among a million.

    python -m bench.lookup [--sizes 1000 1000000] [--folder /var/lib/kiosk]

A look-up is everything between a card's key and the validated member. Changes stand above the
snapshot, as they do between two snapshots.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kiosk.model.cards import KEY_BYTES, CardKey
from kiosk.model.members import Member, Voucher, VoucherReason
from kiosk.model.text import LocalText
from kiosk.model.wire import Change, Changes
from kiosk.store.directory import Directory
from kiosk.store.directory_writer import DirectoryWriter
from kiosk.store.snapshot import write_snapshot

SIZES = (1_000, 1_000_000)
LOOKS = 3000
CHANGED = 500
"""Members changed since the snapshot."""

NOW = datetime(2026, 11, 21, 6, 20, tzinfo=UTC)

MEMBER = Member(
    member_id="m-000001",
    called=LocalText.model_validate({"zh-CN": "李女士", "en": "Ms L."}),
    tier="gold",
    points=12_680,
    as_of=NOW,
    vouchers=(
        Voucher(
            voucher_id="v-1",
            reason=VoucherReason.BIRTHDAY_MONTH,
            price_factor_percent=70,
            valid_from=NOW.date(),
            valid_to=NOW.date(),
        ),
    ),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.lookup", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="members")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    chosen = parser.parse_args(arguments)
    for row in figures(chosen.sizes, chosen.folder):
        sys.stdout.write("{:44} {:>22}  {}\n".format(*row))
    return 0


def figures(sizes: Sequence[int] = SIZES, folder: Path | None = None) -> list[tuple[str, str, str]]:
    """What was measured, the figure, and the figure promised."""
    return [row for size in sizes for row in _measure(size, folder)]


def _measure(size: int, folder: Path | None) -> Iterator[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        place = Path(own)
        chance = random.Random(size)
        keys = [CardKey(chance.randbytes(KEY_BYTES)) for _ in range(size)]
        writing_s, installing_s = _build(place, keys)
        looks_ms = sorted(_look_up(place, chance.choices(keys, k=LOOKS)))
    members = f"{size:,} members"
    yield f"snapshot written, {members}", f"{writing_s:.2f} s", "≤ 15 s" if size > 1e5 else ""
    yield f"snapshot installed, {members}", f"{installing_s:.2f} s", ""
    yield f"look-up p50, {members}", f"{statistics.median(looks_ms):.3f} ms", "≤ 0.05 ms"
    yield f"look-up p99, {members}", f"{looks_ms[len(looks_ms) * 99 // 100]:.3f} ms", ""


def _build(folder: Path, keys: Sequence[CardKey]) -> tuple[float, float]:
    """Seconds to write a snapshot of these members, and to install it and some changes."""
    row = MEMBER.model_dump_json().encode()
    begun = time.perf_counter()
    written = write_snapshot(folder / "part", ((key, 1, row) for key in keys))
    between = time.perf_counter()
    writer = DirectoryWriter.open(folder, lambda: NOW)
    writer.install_snapshot(folder / "part", written.manifest("bench", 1))
    changes = [Change(k=key.hex(), v=2, member=MEMBER) for key in keys[:CHANGED]]
    writer.apply(Changes(changes=changes, next=2))
    writer.close()
    return between - begun, time.perf_counter() - between


def _look_up(folder: Path, keys: Sequence[CardKey]) -> Iterator[float]:
    """Milliseconds of each look-up."""
    directory = Directory.open(folder, _open_row)
    for key in keys:
        before = time.perf_counter()
        directory.find(key)
        yield (time.perf_counter() - before) * 1000
    directory.close()


def _open_row(_: CardKey, row: bytes) -> bytes:
    return row


if __name__ == "__main__":
    raise SystemExit(main())
