"""A queue of an earlier version is taken over whole, whenever the power fails meanwhile."""

import random
from pathlib import Path

import apsw
import pytest

from kiosk.exceptions import StoreFailed
from kiosk.store.outbox import Outbox
from tests.store.old_outbox import MADE_BY, write_old
from tests.store.power import traced_disk
from tests.store.samples import AT, asking, record, wish

DISK = "migrating"
CUTS = 40

each_version = pytest.mark.parametrize("version", list(MADE_BY))


@each_version
def test_a_queue_of_an_earlier_version_goes_on(tmp_path: Path, version: int) -> None:
    """An update would put the words of members aside, with a technician to bring them back."""
    path = tmp_path / "outbox.db"
    ids = write_old(path, 6, version)
    with Outbox.open(path) as outbox:
        assert outbox.set_aside is None
        assert [stored.record.id for stored in outbox.peek(10)] == ids
        pending = outbox.pending()
        assert (pending.count, pending.dead) == (5, 1)
        assert outbox.put(asking(), wish()) == 7
    with Outbox.open(path) as again:
        assert [claim.seq for claim in again.claims_of("m-1", AT)] == [7]


@each_version
def test_a_migrated_queue_is_like_a_new_one(tmp_path: Path, version: int) -> None:
    """The next migration would have to know two pasts."""
    write_old(tmp_path / "old.db", 2, version)
    assert _tables(tmp_path / "old.db") == _tables(tmp_path / "new.db")


def _tables(path: Path) -> list[tuple[object, ...]]:
    Outbox.open(path).close()
    db = apsw.Connection(str(path))
    found = db.execute("SELECT name, sql FROM sqlite_schema").fetchall()
    db.close()
    return [*found, (db_version(path),)]


def db_version(path: Path) -> int:
    """PRAGMA user_version."""
    db = apsw.Connection(str(path))
    version = db.pragma("user_version")
    db.close()
    assert isinstance(version, int)
    return version


@each_version
def test_a_power_cut_while_it_is_taken_over_loses_nothing(tmp_path: Path, version: int) -> None:
    """The first start after an update is when somebody pulls the plug."""
    chance = random.Random(20261122)
    folder = tmp_path / "kiosk"
    folder.mkdir()
    with traced_disk(DISK) as trace:
        ids = write_old(folder / "outbox.db", 6, version, DISK)
        begun = len(trace.deeds)
        with Outbox.open(folder / "outbox.db", vfs=DISK) as outbox:
            outbox.put(record())
        for number in range(CUTS):
            at = chance.randrange(begun, len(trace.deeds) + 1)
            left = tmp_path / f"cut-{number}"
            left.mkdir()
            for name, content in trace.left_after(at, chance).items():
                (left / name).write_bytes(content)
            with Outbox.open(left / "outbox.db") as outbox:
                found = [stored.record.id for stored in outbox.peek(10)]
                assert outbox.set_aside is None, f"cut {number} after deed {at}"
                assert found[:5] == ids
                assert outbox.put(asking(), wish()) > 6
                assert len(outbox.claims_of("m-1", AT)) == 1


@each_version
def test_a_full_disk_leaves_the_old_queue_as_it_is(tmp_path: Path, version: int) -> None:
    """A kiosk out of service until there is room is better than a queue set aside."""
    with traced_disk(DISK) as trace:
        ids = write_old(tmp_path / "outbox.db", 6, version, DISK)
        trace.fault_on_write = apsw.FullError("full")
        with pytest.raises(StoreFailed):
            Outbox.open(tmp_path / "outbox.db", vfs=DISK)
        trace.fault_on_write = None
        with Outbox.open(tmp_path / "outbox.db", vfs=DISK) as outbox:
            assert outbox.set_aside is None
            assert [stored.record.id for stored in outbox.peek(10)] == ids
