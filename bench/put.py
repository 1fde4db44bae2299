"""Figures of the outbox: what a put costs beside a bare write, empty and with a million waiting.

    python -m bench.put [--puts 2000] [--depth 1000000] [--folder /var/lib/kiosk]

Bare writes and puts take turns on the same disk, so that a busy neighbour slows both.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from kiosk.model.clock import ClockQuality, Instant
from kiosk.model.facts import Visit
from kiosk.model.records import NewRecord, new_record
from kiosk.model.text import Language
from kiosk.store.outbox import Outbox

PUTS = 2000
DEPTH = 1_000_000

ROW_OVERHEAD_BYTES = 130
"""What a row holds beside its payload: the bare write is as long as the whole row."""

PEEK = 200
"""Records in one upload at most (kiosk.model.wire)."""

LOOKS = 50
"""How often peek and pending are timed."""

FILL = """
INSERT INTO record(id, kind, kind_version, priority, wall, boot_id, since_boot_s, clock, payload)
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT ?1)
SELECT unhex(printf('%032x', n)), 'visit', 1, 5, ?2, ?3, 12.5, 'synced', ?4 FROM number
"""

AT = Instant(
    datetime(2026, 11, 21, tzinfo=UTC),
    "6a3b8f2e-0000-4000-8000-000000000001",
    12.5,
    ClockQuality.SYNCED,
)


@dataclass(frozen=True)
class Costs:
    """Medians in milliseconds at one depth of the queue."""

    bare_ms: float
    put_ms: float
    peek_ms: float
    pending_ms: float

    @property
    def ratio(self) -> float:
        """How many bare writes a put costs."""
        return self.put_ms / self.bare_ms


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.put", description=__doc__)
    parser.add_argument("--puts", type=int, default=PUTS, help="puts timed at each depth")
    parser.add_argument("--depth", type=int, default=DEPTH, help="records waiting in the end")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    chosen = parser.parse_args(arguments)
    for row in figures(chosen.puts, chosen.depth, chosen.folder):
        sys.stdout.write("{:44} {:>22}  {}\n".format(*row))
    return 0


def figures(
    puts: int = PUTS, depth: int = DEPTH, folder: Path | None = None
) -> list[tuple[str, str, str]]:
    """What was measured, the figure, and the figure promised."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "outbox.db"
        empty = _measure(path, puts)
        _fill(path, depth)
        deep = _measure(path, puts)
    return [
        *_rows("0 waiting", empty),
        *_rows(f"{depth:,} waiting", deep),
        ("put, deep against empty", f"{deep.ratio / empty.ratio:.2f} ×", "flat"),
    ]


def _rows(when: str, costs: Costs) -> Iterator[tuple[str, str, str]]:
    yield f"bare write + fdatasync, {when}", f"{costs.bare_ms:.3f} ms", ""
    yield f"put, {when}", f"{costs.put_ms:.3f} ms", ""
    yield f"put / bare write, {when}", f"{costs.ratio:.2f} ×", "≤ 1.5 ×"
    yield f"peek of {PEEK}, {when}", f"{costs.peek_ms:.3f} ms", "flat"
    yield f"pending, {when}", f"{costs.pending_ms:.3f} ms", "flat"


def _measure(path: Path, puts: int) -> Costs:
    records = [_visit() for _ in range(puts)]
    with Outbox.open(path) as outbox, path.with_name("bare").open("ab", buffering=0) as bare:
        bares, puttings = zip(*(_in_turn(outbox, bare.fileno(), r) for r in records), strict=True)
        return Costs(
            statistics.median(bares),
            statistics.median(puttings),
            _median_ms(lambda: outbox.peek(PEEK)),
            _median_ms(outbox.pending),
        )


def _in_turn(outbox: Outbox, bare: int, record: NewRecord) -> tuple[float, float]:
    """Milliseconds of one bare write of this record, then of its put."""
    row = record.payload + bytes(ROW_OVERHEAD_BYTES)
    before = time.perf_counter()
    os.write(bare, row)
    os.fdatasync(bare)
    between = time.perf_counter()
    outbox.put(record)
    after = time.perf_counter()
    return (between - before) * 1000, (after - between) * 1000


def _median_ms(work: Callable[[], object]) -> float:
    times = []
    for _ in range(LOOKS):
        before = time.perf_counter()
        work()
        times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times)


def _fill(path: Path, depth: int) -> None:
    """Bring the queue to this depth, faster than by a million puts."""
    db = apsw.Connection(str(path))
    payload = _visit().payload
    db.execute(FILL, (depth, AT.wall.isoformat(), AT.boot_id, payload))
    db.close()


def _visit() -> NewRecord:
    fact = Visit(
        member_id="m-000001",
        card_key="00112233445566778899aabbccddeeff",
        language=Language.ZH,
        directory_as_of=AT.wall.isoformat(),
    )
    return new_record(fact, AT)


if __name__ == "__main__":
    raise SystemExit(main())
