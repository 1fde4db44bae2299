"""Processes of the kill tests: one puts records, one carries them to a make-believe HQ."""

import itertools
import os
from pathlib import Path
from uuid import UUID

from kiosk.store.outbox import Outbox
from tests.store.samples import AT, held, nameless, wish
from tests.store.samples import record as sample

LINE_BYTES = 33
"""32 hex digits and a newline: written by one write(2), a line is whole or absent."""


def produce(database: str, ledger: str) -> None:
    """Put records until killed, every second one with a claim; each is noted once promised.

    Every sixth is an anonymous answer, and now and then those go on together.
    """
    with Outbox.open(Path(database)) as outbox:
        for number in itertools.count():
            if number % 6 == 4:
                answer = nameless()
                outbox.put_nameless(answer)
                _note(ledger, answer.record.id)
                outbox.let_go(AT)
                continue
            one = sample()
            one = type(one)(
                UUID(bytes=os.urandom(16)),
                one.kind,
                one.kind_version,
                one.priority,
                AT,
                one.payload,
            )
            outbox.put(one, wish() if number % 2 else None)
            _note(ledger, one.id)


def carry(database: str, arrived: str) -> None:
    """Send what waits to HQ, which notes it first, then settle it, until killed."""
    with Outbox.open(Path(database)) as outbox:
        while True:
            batch = [stored.record.id for stored in outbox.peek(25)]
            for id_ in batch:
                _note(arrived, id_)
            outbox.settle(dict.fromkeys(batch, held()), AT)
            outbox.checkpoint()


def noted(path: Path) -> list[str]:
    """Every whole line of a ledger."""
    text = path.read_text() if path.exists() else ""
    return [line for line in text.splitlines() if len(line) == LINE_BYTES - 1]


def _note(path: str, id_: UUID) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(file, f"{id_.hex}\n".encode())
    os.close(file)
