"""Two users share the data folder: whatever one of them makes, the other can write."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

WORK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from kiosk.model.facts import DeviceEvent
from kiosk.model.records import new_record
from kiosk.model.clock import ClockQuality, Instant
from kiosk.store.directory_tables import create_overlay
from kiosk.store.outbox import Outbox
from kiosk.store.tinyfile import write_checked

folder = Path(sys.argv[1])
now = datetime(2026, 11, 20, tzinfo=UTC)
outbox = Outbox.open(folder / "outbox.db")
outbox.put(new_record(DeviceEvent(what="started"), Instant(now, "boot", 1, ClockQuality.SYNCED)))
create_overlay(folder / "overlay-1.db", 0, now)
write_checked(folder / "serving.json", b"{}")
print(*(path.name for path in folder.iterdir()))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder as kiosk.tmpfiles.conf makes it."""
    tmp_path.chmod(0o2770)
    return tmp_path


def test_every_file_can_be_written_by_the_group(folder: Path) -> None:
    """SQLite makes files that only their owner writes: the first service locks out the second."""
    run = subprocess.run(
        [sys.executable, "-c", WORK, str(folder)],
        cwd=ROOT,
        umask=0o007,  # UMask= of both units
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"outbox.db", "outbox.db-wal", "overlay-1.db", "serving.json"} <= set(run.stdout.split())
    needed = stat.S_IRGRP | stat.S_IWGRP
    locked = [path.name for path in folder.iterdir() if path.stat().st_mode & needed != needed]
    assert locked == []


def test_nobody_else_can_read_a_file(folder: Path) -> None:
    """A record says who was in the store and when."""
    subprocess.run(
        [sys.executable, "-c", WORK, str(folder)],
        cwd=ROOT,
        umask=0o007,
        capture_output=True,
        check=True,
    )
    assert [path.name for path in folder.iterdir() if path.stat().st_mode & stat.S_IRWXO] == []
