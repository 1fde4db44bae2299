"""The outbox when its file is damaged: set aside and told, never deleted, never fatal."""

from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.exceptions import StoreError, StoreFailed
from kiosk.store.lost import LostClaims
from kiosk.store.outbox import Outbox
from kiosk.store.sequence import STEP
from kiosk.store.tinyfile import Create, Rename, Step, perform_on_disk
from tests.store.samples import record

PAGE_BYTES = 1024


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the outbox of a test lies."""
    return tmp_path / "outbox.db"


def _filled(path: Path, count: int = 60) -> bytes:
    """Put records, close, and return the file's bytes."""
    with Outbox.open(path) as outbox:
        for _ in range(count):
            outbox.put(record(size=400))
    return path.read_bytes()


INTERESTING_CUTS = (0, 1, 15, 16, 99, 100, PAGE_BYTES - 1, PAGE_BYTES, 2 * PAGE_BYTES + 5, -1)
"""Within the header's words, at the edges of pages, one byte short of whole."""


@pytest.mark.parametrize("cut", INTERESTING_CUTS)
def test_a_file_cut_short_is_set_aside(path: Path, cut: int) -> None:
    """A kiosk that cannot start after a bad night would need a technician on site."""
    whole = _filled(path)
    path.write_bytes(whole[:cut])
    with Outbox.open(path) as outbox:
        assert outbox.set_aside == path.with_name("outbox.db.damaged-1")
        assert outbox.set_aside.read_bytes() == whole[:cut]
        assert outbox.put(record()) > 60
        assert outbox.pending().count == 1


@pytest.mark.parametrize("left", [b"rubbish" * 2000, None])
def test_lost_claims_are_marked(path: Path, left: bytes | None) -> None:
    """A kiosk that forgot what it gave out would give it out again for the same points."""
    _filled(path, 3)
    assert not LostClaims(path).noted
    path.unlink() if left is None else path.write_bytes(left)
    Outbox.open(path).close()
    assert LostClaims(path).noted
    LostClaims(path).made_good()
    Outbox.open(path).close()
    assert not LostClaims(path).noted


def test_nothing_is_taken_before_the_loss_is_marked(path: Path) -> None:
    """A power cut, or a full disk, in between would leave a fresh queue that seems whole."""
    _filled(path, 3)
    path.write_bytes(b"rubbish" * 2000)

    def full(step: Step) -> None:
        if isinstance(step, Create) and step.path.suffix == ".lost":
            raise OSError(28, "no space")
        perform_on_disk(step)

    for _ in range(2):
        with pytest.raises(StoreFailed):
            Outbox.open(path, perform=full)
    Outbox.open(path).close()
    assert LostClaims(path).noted


def test_each_damaged_file_is_kept(path: Path) -> None:
    """The second damage must not push out the evidence of the first."""
    for number in (1, 2, 3):
        _filled(path, 1)
        path.write_bytes(b"rubbish" * 2000)
        with Outbox.open(path) as outbox:
            assert outbox.set_aside == path.with_name(f"outbox.db.damaged-{number}")


def test_numbers_are_never_used_again(path: Path) -> None:
    """HQ orders by number; it would take the new records for old ones."""
    highest = 0
    for _ in range(4):
        with Outbox.open(path) as outbox:
            seq = outbox.put(record())
            assert seq > highest
            highest = max(outbox.put(record()) for _ in range(5))
        path.write_bytes(b"rubbish" * 2000)


def test_numbers_go_on_when_the_file_was_deleted(path: Path) -> None:
    """Somebody who clears the folder of what looks broken must not confuse HQ."""
    _filled(path)
    path.unlink()
    with Outbox.open(path) as outbox:
        assert outbox.put(record()) > 60


def test_numbers_go_on_when_an_old_copy_was_put_back(path: Path) -> None:
    """A restored backup knows nothing of the numbers given since."""
    old = _filled(path, 5)
    path.write_bytes(b"rubbish" * 2000)  # from here on numbers are far above those of the copy
    with Outbox.open(path) as outbox:
        highest = outbox.put(record())
    path.write_bytes(old)
    with Outbox.open(path) as outbox:
        assert outbox.put(record()) > highest > 2 * STEP


def test_numbers_go_on_when_the_mark_is_damaged(path: Path) -> None:
    """One damaged file must not turn into two problems."""
    _filled(path)
    path.with_suffix(".seq").write_bytes(b"rubbish")
    with Outbox.open(path) as outbox:
        assert outbox.put(record()) == 61
    path.with_suffix(".seq").write_bytes(b"rubbish")
    path.unlink()
    with Outbox.open(path) as outbox:
        assert outbox.put(record()) > 61


def _killed(source: Path, target: Path) -> None:
    """What the files are when every process has been killed."""
    for suffix in ("", "-wal"):
        name = source.name + suffix
        target.with_name(name).write_bytes(source.with_name(name).read_bytes())
    for suffix in (".seq", ".seq.bak"):
        target.with_suffix(suffix).write_bytes(source.with_suffix(suffix).read_bytes())


def test_numbers_go_on_when_the_log_lost_its_end(path: Path) -> None:
    """SQLite ends a log at a spoilt frame without a word: the numbers after it would come back."""
    live = path.parent / "live" / path.name
    with Outbox.open(live) as outbox:
        for _ in range(30):
            outbox.put(record())
        _killed(live, path)
    log = path.with_name("outbox.db-wal")
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])
    with Outbox.open(path) as outbox:
        assert 0 < outbox.pending().count < 30
        assert outbox.put(record()) > 30


class _PowerCut(OSError):
    """The power failed."""


@pytest.mark.parametrize("steps", range(4))
def test_numbers_go_on_when_the_power_fails_while_files_are_set_aside(
    path: Path, steps: int
) -> None:
    """Without its log the database looks sound again, and knows only its older numbers."""
    live = path.parent / "live" / path.name
    with Outbox.open(live) as outbox:
        outbox.put(record())
        outbox.checkpoint()
        for _ in range(30):
            outbox.put(record())
        db = apsw.Connection(str(live))
        db.pragma("user_version", 4711)  # into the log: with it the file is damaged
        db.close()
        _killed(live, path)
    renames = 0

    def perform(step: Step) -> None:
        nonlocal renames
        if not isinstance(step, Rename) or "damaged" not in step.to.name:
            return perform_on_disk(step)
        renames += 1
        if renames > steps:
            raise _PowerCut
        return perform_on_disk(step)

    if steps < 3:
        with pytest.raises(StoreFailed):
            Outbox.open(path, perform=perform)
    with Outbox.open(path) as outbox:
        assert outbox.put(record()) > 31


def test_a_log_without_its_database_is_kept(path: Path) -> None:
    """SQLite would delete the log, and with it records that were promised."""
    with Outbox.open(path) as outbox:
        outbox.put(record())
        log = path.with_name("outbox.db-wal").read_bytes()
    path.unlink()
    path.with_name("outbox.db-wal").write_bytes(log)
    with Outbox.open(path) as outbox:
        assert outbox.set_aside is not None
        assert path.with_name("outbox.db.damaged-1-wal").read_bytes() == log


def test_another_program_s_database_is_set_aside(path: Path) -> None:
    """Records must not be written among tables of unknown meaning."""
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE something(else_)")
    db.close()
    with Outbox.open(path) as outbox:
        assert outbox.set_aside is not None


def test_a_letter_spoilt_in_a_table_s_definition(path: Path) -> None:
    """The pages still fit together, but the first put would name a column that is not there."""
    whole = _filled(path, 1)
    path.write_bytes(whole.replace(b"since_boot_s REAL", b"since_boot_x REAL"))
    with Outbox.open(path) as outbox:
        assert outbox.set_aside is not None
        assert outbox.put(record()) > 1


def test_damage_met_at_work_costs_no_put(path: Path) -> None:
    """The member in front of the screen must not notice a damaged page."""
    with Outbox.open(path) as outbox:
        for _ in range(40):
            outbox.put(record(size=400))
        outbox.checkpoint()
        with path.open("r+b") as file:  # behind SQLite's back, every page but the first
            file.seek(PAGE_BYTES)
            file.write(b"\x55" * (path.stat().st_size - PAGE_BYTES))
        db = apsw.Connection(str(path))  # a commit elsewhere makes both forget their caches
        db.execute("PRAGMA user_version = 2")
        db.close()
        assert outbox.put(record()) > 40
        assert outbox.set_aside is not None


def test_the_other_process_follows_to_the_fresh_file(path: Path) -> None:
    """Otherwise records would be promised into a file that nobody uploads any more."""
    with Outbox.open(path) as screen, Outbox.open(path) as uploader:
        screen.put(record())
        for name in ("outbox.db-wal", "outbox.db-shm", "outbox.db"):
            path.with_name(name).rename(path.with_name("aside-" + name))
        one = record()
        assert screen.put(one) > 1
        assert [stored.record for stored in uploader.peek(5)] == [one]
    assert path.exists()
    with Outbox.open(path) as again:
        assert again.pending().count == 1


def test_a_folder_that_cannot_be_written_is_an_honest_failure(tmp_path: Path) -> None:
    """The caller must learn that nothing can be promised, by a failure with our name."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(StoreError):
        Outbox.open(blocked / "outbox.db")


def test_a_large_file_is_opened_in_bounded_time(path: Path) -> None:
    """A check of a million records would keep the screen dark for seconds."""
    _filled(path, 300)
    with Outbox.open(path, check_limit_s=0.0) as outbox:
        assert outbox.set_aside is None
        assert outbox.pending().count == 300


@given(
    at=st.integers(0, 40_000), length=st.integers(1, 5000), seed=st.binary(min_size=1, max_size=8)
)
@settings(max_examples=25, deadline=None)
def test_whatever_bytes_are_spoilt_the_outbox_takes_records(
    tmp_path_factory: pytest.TempPathFactory, at: int, length: int, seed: bytes
) -> None:
    """No damage may stop the kiosk from taking what members say now."""
    path = tmp_path_factory.mktemp("spoilt") / "outbox.db"
    spoilt = bytearray(_filled(path, 30))
    at %= len(spoilt)
    hole = (seed * length)[: min(length, len(spoilt) - at)]
    spoilt[at : at + len(hole)] = hole
    path.write_bytes(spoilt)
    with Outbox.open(path) as outbox:
        outbox.peek(100)
        one = record()
        seq = outbox.put(one)
        assert seq > 30 or outbox.set_aside is None
        assert one in [stored.record for stored in outbox.peek(1000)]
