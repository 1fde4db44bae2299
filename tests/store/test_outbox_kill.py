"""The outbox when its processes are killed with SIGKILL at any moment."""

import random
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from kiosk.store.outbox import Outbox
from tests.store.samples import AT, later
from tests.store.workers import carry, noted, produce

DAY_S = 24 * 60 * 60.0
CYCLES = 8
"""Kills of each process; three times 200 were run by hand."""

PROGRESS_LIMIT_S = 20.0
"""Longest wait for a process to have done something."""


def _start(target: Callable[[str, str], None], database: Path, ledger: Path) -> BaseProcess:
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.store.workers"])
    process = context.Process(target=target, args=(str(database), str(ledger)), daemon=True)
    process.start()
    return process


def _let_work(ledger: Path, lines: int) -> None:
    """Wait until the ledger has grown by this many lines."""
    size_bytes = ledger.stat().st_size if ledger.exists() else 0
    deadline_s = time.monotonic() + PROGRESS_LIMIT_S
    while not ledger.exists() or ledger.stat().st_size < size_bytes + lines * 33:
        assert time.monotonic() < deadline_s, f"nothing more was written to {ledger.name}"
        time.sleep(0.001)


def _kill(process: BaseProcess) -> None:
    process.kill()
    process.join(10)
    assert process.exitcode == -9, "the process had ended by itself"


def test_no_record_is_lost_or_invented_by_kills(tmp_path: Path) -> None:
    """A kiosk whose power button is its power cord would lose members' words."""
    database, promised, arrived = tmp_path / "outbox.db", tmp_path / "put", tmp_path / "hq"
    chance = random.Random(7)
    producer = _start(produce, database, promised)
    _let_work(promised, 1)
    carrier = _start(carry, database, arrived)
    for _ in range(CYCLES):
        _let_work(promised, chance.randrange(1, 40))
        _let_work(arrived, chance.randrange(1, 40))
        victims = chance.choice(["producer", "carrier", "both"])
        if victims != "carrier":
            _kill(producer)
            producer = _start(produce, database, promised)
        if victims != "producer":
            _kill(carrier)
            carrier = _start(carry, database, arrived)
    _kill(producer)
    _kill(carrier)
    _check(database, noted(promised), noted(arrived))


def _check(database: Path, promised: list[str], arrived: list[str]) -> None:
    with Outbox.open(database) as outbox:
        while outbox.let_go(later(DAY_S)):
            pass
        waiting = [stored.record.id.hex for stored in outbox.peek(1_000_000)]
        assert outbox.set_aside is None
        assert outbox.pending().count == len(waiting)
        claims = outbox.claims_of("m-1", AT)
    # Never a record without its claim, a claim without its record or its verdict.
    unanswered = {claim.id.hex for claim in claims if claim.waits}
    assert unanswered <= set(waiting)
    assert {claim.id.hex for claim in claims} - unanswered <= set(arrived)
    assert all(claim.verdict for claim in claims if not claim.waits)
    assert len(claims) >= len(promised) // 2 - CYCLES
    assert len(promised) > CYCLES
    assert set(promised) <= set(arrived) | set(waiting)
    # At most the one record on its way at each kill was stored without being promised.
    assert len((set(arrived) | set(waiting)) - set(promised)) <= CYCLES + 1
    assert len(waiting) == len(set(waiting))
