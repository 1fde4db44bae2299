"""The watch on the outbox's log sees every commit, also one that leaves time and size alone."""

import os
from pathlib import Path

from kiosk.store.outbox import Outbox
from kiosk.sync.wake import WalWatch
from tests.sync.samples import record


def test_each_commit_is_seen_once(tmp_path: Path) -> None:
    """A redemption would wait two of its three seconds for the uploader's own look."""
    path = tmp_path / "outbox.db"
    watch = WalWatch(path)
    with Outbox.open(path) as outbox:
        watch.take()
        assert not watch.waits()
        for number in range(1, 4):
            outbox.put(record(number))
            assert watch.waits()
            assert watch.take()
            assert not watch.take()


def test_a_commit_within_one_tick_of_the_files_clock_is_seen(tmp_path: Path) -> None:
    """A log that begins anew keeps its size, and two commits within 4 ms have one time."""
    path, log = tmp_path / "outbox.db", tmp_path / "outbox.db-wal"
    with Outbox.open(path) as outbox:
        for number in range(1, 9):
            outbox.put(record(number))
        assert outbox.checkpoint()
        before = log.stat()
        watch = WalWatch(path)
        outbox.put(record(9))
        os.utime(log, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert log.stat().st_size == before.st_size
        assert watch.take()
