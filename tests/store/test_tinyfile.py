"""Small files: a power cut leaves the old content or the new; damage is never taken for empty."""

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB
from tinydb.table import Document

from kiosk.exceptions import CorruptStore, StoreFailed
from kiosk.store.tinyfile import (
    CheckedStorage,
    Create,
    Link,
    Remove,
    Rename,
    Step,
    SyncFolder,
    perform_on_disk,
    read_checked,
    write_checked,
)


class PowerCut(OSError):
    """The power failed during a step."""


@dataclass
class FailingPower:
    """Performs steps on the disk until the power fails in one of them.

    A flushed file is whole; the one being written when the power fails is cut anywhere. Names
    changed since the folder was flushed may be there or not, but in their order: ext4 writes
    them to its journal so.
    """

    steps_left: int
    keep_bytes: float
    done: list[Step] = field(default_factory=list)

    def __call__(self, step: Step) -> None:
        """Perform one step, or fail in it."""
        if self.steps_left == 0:
            if isinstance(step, Create):
                step.path.write_bytes(step.content[: int(len(step.content) * self.keep_bytes)])
            raise PowerCut
        self.steps_left -= 1
        self.done.append(step)
        perform_on_disk(step)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the file of a test lies."""
    return tmp_path / "state.json"


def test_what_was_written_is_read(path: Path) -> None:
    """Without this nothing is kept at all."""
    assert read_checked(path) is None
    write_checked(path, b"one\nand more")
    write_checked(path, b"")
    assert read_checked(path) == b""
    write_checked(path, b"two")
    assert read_checked(path) == b"two"


@given(bodies=st.lists(st.binary(max_size=200), min_size=1, max_size=4))
@settings(max_examples=20, deadline=None)
def test_the_last_of_several_is_read(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]
) -> None:
    """Any bytes may be kept, also those that look like the first line."""
    path = tmp_path_factory.mktemp("files") / "state"
    for body in bodies:
        write_checked(path, body)
        assert read_checked(path) == body


@pytest.mark.parametrize("keep_bytes", [0.0, 0.3, 0.99, 1.0])
@pytest.mark.parametrize("steps", range(6))
@pytest.mark.parametrize("before", ["nothing", "one write", "two writes", "damaged", "only a copy"])
def test_a_power_cut_leaves_the_old_or_the_new(
    path: Path, before: str, steps: int, keep_bytes: float
) -> None:
    """Settings half written would make a kiosk forget who it is."""
    old = _prepare(path, before)
    with_failing_power = FailingPower(steps, keep_bytes)
    new = b"new content, somewhat longer than before"
    try:
        write_checked(path, new, with_failing_power)
    except StoreFailed:
        assert read_checked(path) in {old, new}
    else:
        assert read_checked(path) == new
    write_checked(path, b"later")
    assert read_checked(path) == b"later"


def _prepare(path: Path, before: str) -> bytes | None:
    if before == "nothing":
        return None
    write_checked(path, b"old")
    if before == "two writes":
        write_checked(path, b"older still")
        write_checked(path, b"old")
    if before == "damaged":
        write_checked(path, b"old")
        path.write_bytes(b"rubbish")
    if before == "only a copy":
        write_checked(path, b"old")
        path.unlink()
    return b"old"


def test_names_not_yet_flushed_may_be_lost(path: Path) -> None:
    """A folder is flushed last: until then any beginning of the renames may be what is left."""
    write_checked(path, b"old")
    noted = FailingPower(99, 0)
    write_checked(path, b"new", noted)
    names = [step for step in noted.done if isinstance(step, Link | Rename | Remove)]
    assert isinstance(noted.done[-1], SyncFolder)
    assert isinstance(noted.done[0], Create)
    for count in range(len(names)):
        path.write_bytes(b"")
        path.with_name("state.json.bak").unlink(missing_ok=True)
        path.unlink()
        write_checked(path, b"old")
        perform_on_disk(noted.done[0])
        for step in names[:count]:
            perform_on_disk(step)
        assert read_checked(path) == b"old"


@pytest.mark.parametrize("cut", [0, 1, 5, 13, 14, 20, 22, 30, -1])
def test_a_damaged_file_gives_way_to_the_copy_behind_it(path: Path, cut: int) -> None:
    """A file cut anywhere, and an empty one above all, must not be believed."""
    write_checked(path, b"older" * 5)
    write_checked(path, b"newer" * 5)
    path.write_bytes(path.read_bytes()[:cut])
    assert read_checked(path) == b"older" * 5


def test_each_flipped_bit_is_noticed(path: Path) -> None:
    """One bit of an SD card may change a price."""
    write_checked(path, b"older")
    write_checked(path, b"newer")
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert read_checked(path) == b"older"


def test_both_damaged_is_never_empty(path: Path) -> None:
    """Starting empty would forget everything without a word."""
    write_checked(path, b"older")
    write_checked(path, b"newer")
    path.write_bytes(b"")
    path.with_name("state.json.bak").write_bytes(b"rubbish")
    with pytest.raises(CorruptStore, match=r"state\.json"):
        read_checked(path)


def test_a_damaged_file_is_kept_as_evidence(path: Path) -> None:
    """The next write must neither delete it nor let it push out the good copy."""
    write_checked(path, b"older")
    write_checked(path, b"newer")
    path.write_bytes(b"rubbish")
    write_checked(path, b"newest")
    assert path.with_name("state.json.damaged-1").read_bytes() == b"rubbish"
    path.write_bytes(b"rubbish again")
    assert read_checked(path) == b"older"


def test_a_disk_that_refuses_is_our_failure(path: Path) -> None:
    """Callers handle StoreFailed, not OSError."""
    path.mkdir()
    with pytest.raises(StoreFailed):
        read_checked(path)
    with pytest.raises(StoreFailed):
        write_checked(path.parent / "missing" / "file", b"")


def test_tinydb_over_it_survives_cuts_at_random_steps(path: Path) -> None:
    """TinyDB's own storage loses the whole database in nearly half of such cuts."""
    chance = random.Random(3)
    kept: dict[str, int] = {}
    for _ in range(80):
        power = FailingPower(chance.randrange(14), chance.random())
        name, value = str(chance.randrange(20)), chance.randrange(1000)
        try:
            TinyDB(path, power, storage=CheckedStorage).upsert(
                Document({"value": value, "fill": "x" * chance.randrange(500)}, doc_id=int(name))
            )
        except StoreFailed:
            found = _values(path)
            assert found in (kept, kept | {name: value})
            kept = found
        else:
            kept[name] = value
    assert _values(path) == kept
    assert len(kept) > 10


def _values(path: Path) -> dict[str, int]:
    documents = TinyDB(path, storage=CheckedStorage).all()
    return {str(document.doc_id): document["value"] for document in documents}


def test_the_file_can_be_read_by_eye(path: Path) -> None:
    """A technician looks into it with `less`."""
    TinyDB(path, storage=CheckedStorage).insert({"name": "李女士"})
    assert '\n   "name": "李女士"\n' in path.read_text("utf-8")
