"""The directory: one look-up over snapshot and changes, whatever the disk and HQ do."""

import json
import logging
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.exceptions import CorruptStore, DirectoryMissing
from kiosk.model.cards import CardKey
from kiosk.model.members import Member
from kiosk.model.wire import Change, Changes, SnapshotManifest
from kiosk.store.directory import Directory
from kiosk.store.directory_writer import DirectoryWriter
from kiosk.store.snapshot import write_snapshot
from tests.store.samples import AT, as_it_is, key, row, ticking

NO_ROW = key(999_999)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The directory's folder."""
    return tmp_path / "directory"


@pytest.fixture
def writer(folder: Path) -> Iterator[DirectoryWriter]:
    """kiosk-sync's side."""
    opened = DirectoryWriter.open(folder, ticking())
    yield opened
    opened.close()


@pytest.fixture
def directory(folder: Path, writer: DirectoryWriter) -> Iterator[Directory]:
    """The screen's side, open before anything has arrived."""
    opened = Directory.open(folder, as_it_is)
    yield opened
    opened.close()


def snapshot(
    folder: Path, numbers: range, points: int = 100, version: int = 10, cursor: int = 50
) -> tuple[Path, SnapshotManifest]:
    """A downloaded snapshot and its manifest."""
    part = folder / "coming.part"
    written = write_snapshot(part, [(key(n), version, row(n, points)) for n in numbers])
    return part, written.manifest(f"s-{cursor}", cursor)


def change(number: int, version: int, points: int | None) -> Change:
    """A member's new balance, or a card that is gone."""
    member = None if points is None else Member.model_validate_json(row(number, points))
    return Change(k=key(number).hex(), v=version, member=member)


def points(directory: Directory, number: int) -> int | None:
    """What the look-up says of this card."""
    found = directory.find(key(number))
    return None if found is None else found.points


def test_before_anything_arrived_nobody_is_unknown(
    directory: Directory, writer: DirectoryWriter
) -> None:
    """To tell a member that the card is unknown would be a lie."""
    assert directory.state().snapshot is None
    assert writer.cursor() is None
    with pytest.raises(DirectoryMissing, match="no directory has arrived"):
        directory.find(key(1))
    with pytest.raises(DirectoryMissing):
        writer.apply(Changes(changes=[], next=3))


def test_a_snapshot_serves_at_the_next_look_up(
    directory: Directory, writer: DirectoryWriter, folder: Path
) -> None:
    """Members who joined would stay strangers until the kiosk is restarted."""
    writer.install_snapshot(*snapshot(folder, range(20)))
    assert points(directory, 7) == 100
    assert directory.find(NO_ROW) is None
    writer.install_snapshot(*snapshot(folder, range(10, 30), points=200, cursor=60))
    assert points(directory, 7) is None
    assert points(directory, 27) == 200
    state = directory.state()
    assert (state.snapshot, state.rows, state.cursor, state.as_of) == ("s-60", 20, 60, AT.wall)


def test_many_look_ups_take_no_more_memory_than_few(
    directory: Directory, writer: DirectoryWriter, folder: Path
) -> None:
    """After 200 visits a kiosk kept 2 MB of rows that nobody would ask for again."""
    writer.install_snapshot(*snapshot(folder, range(4_000)))
    before = apsw.memory_used()
    assert all(points(directory, number) == 100 for number in range(4_000))
    assert apsw.memory_used() - before < 400 * 1024


def test_changes_stand_above_the_snapshot(
    directory: Directory, writer: DirectoryWriter, folder: Path
) -> None:
    """New points would show only after the next snapshot; a lost card would go on working."""
    writer.install_snapshot(*snapshot(folder, range(5)))
    gone, new = change(2, 12, None), change(77, 1, 300)
    writer.apply(Changes(changes=[change(1, 11, 500), gone, new], next=53))
    assert [points(directory, n) for n in (0, 1, 2, 77)] == [100, 500, None, 300]
    assert writer.state().cursor == 53
    assert writer.state().changed == 3


def test_a_row_of_a_later_hq_is_read_as_far_as_it_is_known(
    directory: Directory, writer: DirectoryWriter, folder: Path
) -> None:
    """HQ is renewed before its kiosks: until they are, every card would be refused."""
    told = json.loads(row(1, 70)) | {"mood": {"since": "2027-01-01"}}
    part = folder / "coming.part"
    written = write_snapshot(part, [(key(1), 10, json.dumps(told).encode())])
    writer.install_snapshot(part, written.manifest("s-50", 50))
    found = directory.find(key(1))
    assert found is not None
    assert found.points == 70
    coming = {"k": key(2).hex(), "v": 51, "member": json.loads(row(2, 80)) | {"mood": 1}}
    assert Change.model_validate(coming).member == Member.model_validate_json(row(2, 80))


def test_versions_not_newer_are_passed_over(
    directory: Directory, writer: DirectoryWriter, folder: Path
) -> None:
    """Changes told twice, or late, would bring old points back."""
    writer.install_snapshot(*snapshot(folder, range(3)))
    writer.apply(Changes(changes=[change(0, 10, 1), change(1, 12, 500)], next=51))
    writer.apply(Changes(changes=[change(1, 11, 2), change(1, 12, 3)], next=52))
    assert [points(directory, n) for n in (0, 1)] == [100, 500]
    assert writer.cursor() == 52


def test_a_snapshot_ends_the_changes_before_it(
    directory: Directory, writer: DirectoryWriter, folder: Path
) -> None:
    """A row of the old overlay would hide the snapshot's newer one for ever."""
    writer.install_snapshot(*snapshot(folder, range(3)))
    writer.apply(Changes(changes=[change(1, 99, 500)], next=51))
    writer.install_snapshot(*snapshot(folder, range(3), points=700, version=100, cursor=90))
    assert points(directory, 1) == 700
    assert (writer.state().changed, writer.cursor()) == (0, 90)


def test_everything_stays_after_a_restart(folder: Path, writer: DirectoryWriter) -> None:
    """Every power cut would cost a download of the whole directory."""
    writer.install_snapshot(*snapshot(folder, range(3)))
    writer.apply(Changes(changes=[change(1, 99, 500)], next=51))
    again, directory = DirectoryWriter.open(folder, ticking()), Directory.open(folder, as_it_is)
    assert again.cursor() == 51
    assert points(directory, 1) == 500
    again.close()
    directory.close()


def test_rows_are_opened_with_the_card_s_key(folder: Path, writer: DirectoryWriter) -> None:
    """The seam for sealed rows: without the key the opener could not work."""
    part = folder / "part"
    sealed = bytes(byte ^ key(5)[-1] for byte in row(5))
    writer.install_snapshot(part, write_snapshot(part, [(key(5), 1, sealed)]).manifest("s", 1))

    def unseal(card: CardKey, body: bytes) -> bytes:
        return bytes(byte ^ card[-1] for byte in body)

    directory = Directory.open(folder, unseal)
    assert points(directory, 5) == 100
    directory.close()


def test_a_broken_row_fails_alone_and_says_nothing_of_the_member(
    directory: Directory, writer: DirectoryWriter, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """One bad row must neither stop the kiosk nor put a member's name into a log."""
    broken = row(1).replace(b'"points":100', b'"points":"secret-points"')
    part = folder / "part"
    rows = [(key(1), 1, broken), (key(2), 1, b"secret{"), (key(3), 1, row(3))]
    writer.install_snapshot(part, write_snapshot(part, rows).manifest("s", 1))
    for number in (1, 2):
        with pytest.raises(CorruptStore) as failure:
            directory.find(key(number))
        assert "secret" not in str(failure.value)
        assert failure.value.__cause__ is None
        assert failure.value.__context__ is None
    assert points(directory, 3) == 100
    assert "secret" not in caplog.text


def test_a_refused_snapshot_leaves_the_old_one_serving(
    directory: Directory, writer: DirectoryWriter, folder: Path
) -> None:
    """A download cut in half must cost nothing but its time."""
    writer.install_snapshot(*snapshot(folder, range(3)))
    writer.apply(Changes(changes=[change(1, 99, 500)], next=51))
    part, manifest = snapshot(folder, range(1000), cursor=90)
    part.write_bytes(part.read_bytes()[: manifest.size_bytes // 2])
    with pytest.raises(CorruptStore, match="bytes instead of"):
        writer.install_snapshot(part, manifest)
    assert part.exists()
    assert points(directory, 1) == 500
    assert writer.cursor() == 51


def _damage(path: Path, cut: int) -> None:
    path.write_bytes(path.read_bytes()[:cut])


@pytest.mark.parametrize("cut", [0, 1, 99, 100, 4095, 4096, 6000, -1])
def test_a_snapshot_cut_on_disk_gives_way_to_the_one_before(
    writer: DirectoryWriter, folder: Path, cut: int
) -> None:
    """After a bad night members would be strangers until a technician comes."""
    writer.install_snapshot(*snapshot(folder, range(50)))
    writer.apply(Changes(changes=[change(1, 99, 500)], next=51))
    writer.install_snapshot(*snapshot(folder, range(50), points=700, cursor=90))
    _damage(folder / "snapshot-2.db", cut)
    directory = Directory.open(folder, as_it_is)
    assert points(directory, 1) == 500
    assert "snapshot-2.db has" in directory.state().fault
    mended = DirectoryWriter.open(folder, ticking())
    assert mended.cursor() == 51
    assert (folder / "snapshot-2.db.damaged-1").exists()
    assert points(directory, 1) == 500
    mended.install_snapshot(*snapshot(folder, range(50), points=900, cursor=95))
    assert points(directory, 1) == 900
    assert directory.state().fault == ""
    directory.close()
    mended.close()


def test_the_only_snapshot_damaged_asks_for_another(writer: DirectoryWriter, folder: Path) -> None:
    """kiosk-sync must know that it has to download, and the screen that it cannot know."""
    writer.install_snapshot(*snapshot(folder, range(50)))
    _damage(folder / "snapshot-1.db", 3000)
    directory = Directory.open(folder, as_it_is)
    with pytest.raises(DirectoryMissing, match="3000 bytes instead of"):
        directory.find(key(1))
    mended = DirectoryWriter.open(folder, ticking())
    assert mended.cursor() is None
    mended.install_snapshot(*snapshot(folder, range(50)))
    assert points(directory, 1) == 100
    directory.close()
    mended.close()


def test_a_snapshot_cut_while_it_serves_is_fetched_again(
    writer: DirectoryWriter, folder: Path, directory: Directory
) -> None:
    """Members in the lost half would be turned away until somebody restarts kiosk-sync."""
    writer.install_snapshot(*snapshot(folder, range(50)))
    assert writer.cursor() == 50
    assert points(directory, 1) == 100
    _damage(folder / "snapshot-1.db", 3000)
    assert writer.cursor() is None
    assert (folder / "snapshot-1.db.damaged-1").exists()
    writer.install_snapshot(*snapshot(folder, range(50), points=300))
    assert points(directory, 49) == 300
    assert directory.state().fault == ""


@pytest.mark.parametrize("cut", [0, 50, 4096, 5000])
def test_a_damaged_overlay_is_begun_again(folder: Path, writer: DirectoryWriter, cut: int) -> None:
    """Changes can be told again: the cursor must go back with the rows that are lost."""
    writer.install_snapshot(*snapshot(folder, range(50)))
    writer.apply(Changes(changes=[change(1, 99, 500)], next=51))
    writer.close()
    _damage(folder / "overlay-1-1.db", cut)
    mended = DirectoryWriter.open(folder, ticking())
    assert mended.cursor() == 50
    assert (folder / "overlay-1-1.db.damaged-1").exists()
    assert (folder / "overlay-1-2.db").exists(), "a name must not be used for another file"
    mended.apply(Changes(changes=[change(1, 99, 500)], next=51))
    directory = Directory.open(folder, as_it_is)
    assert points(directory, 1) == 500
    directory.close()
    mended.close()


def test_older_rows_are_announced_before_they_serve(folder: Path) -> None:
    """They do not include claims forgotten since: a kiosk would give the points out again."""
    older: list[None] = []
    writer = DirectoryWriter.open(folder, ticking(), lambda: older.append(None))
    writer.install_snapshot(*snapshot(folder, range(50)))
    assert len(older) == 1, "HQ made it at some time before"
    writer.apply(Changes(changes=[change(1, 99, 500)], next=51))
    assert len(older) == 1
    writer.close()
    _damage(folder / "overlay-1-1.db", 50)
    writer = DirectoryWriter.open(folder, ticking(), lambda: older.append(None))
    assert writer.cursor() == 50
    assert len(older) == 2
    writer.install_snapshot(*snapshot(folder, range(50), cursor=60))
    _damage(folder / "snapshot-2.db", 3000)
    assert writer.cursor() == 50
    assert len(older) == 4
    writer.close()


def test_a_lost_pointer_asks_for_a_snapshot(folder: Path, writer: DirectoryWriter) -> None:
    """Guessing which file is whose could let an old directory serve as a new one."""
    writer.install_snapshot(*snapshot(folder, range(5)))
    for path in folder.glob("serving.json*"):
        path.write_bytes(b"rubbish")
    mended, directory = DirectoryWriter.open(folder, ticking()), Directory.open(folder, as_it_is)
    assert mended.cursor() is None
    mended.install_snapshot(*snapshot(folder, range(5), points=300))
    assert points(directory, 1) == 300
    assert not (folder / "snapshot-1.db").exists()
    directory.close()
    mended.close()


def test_only_two_generations_take_room(folder: Path, writer: DirectoryWriter) -> None:
    """A directory takes 200 MB; a card would be full within a month."""
    for cursor in range(51, 57):
        writer.install_snapshot(*snapshot(folder, range(5), cursor=cursor))
        writer.apply(Changes(changes=[change(1, 99, 500)], next=cursor + 1))
    names = {path.name for path in folder.glob("*.db")}
    assert names == {"snapshot-5.db", "snapshot-6.db", "overlay-5-1.db", "overlay-6-1.db"}


def test_an_open_reader_stays_right_while_files_are_replaced(
    folder: Path, writer: DirectoryWriter
) -> None:
    """A look-up that began before the change must not see half of each."""
    writer.install_snapshot(*snapshot(folder, range(50), points=1))
    directory = Directory.open(folder, as_it_is)
    assert points(directory, 1) == 1
    (folder / "serving.json").rename(folder / "hidden")  # the reader does not notice yet
    for round_ in range(2, 5):
        (folder / "hidden").rename(folder / "serving.json")
        writer.install_snapshot(*snapshot(folder, range(50), points=round_, cursor=50 + round_))
        (folder / "serving.json").rename(folder / "hidden")
        assert points(directory, 30) == 1
    (folder / "hidden").rename(folder / "serving.json")
    assert points(directory, 30) == 4
    directory.close()


def test_a_folder_that_cannot_be_looked_into_is_told_as_ours(tmp_path: Path) -> None:
    """A failing disk would end the screen's process, and soon the machine, again and again."""
    folder = tmp_path / "directory"
    folder.write_bytes(b"no folder")
    directory = Directory.open(folder, as_it_is)
    with pytest.raises(DirectoryMissing, match=r"serving\.json"):
        directory.find(key(1))
    assert "serving.json" in directory.state().fault
    directory.close()


def test_damage_is_told_once(
    folder: Path, writer: DirectoryWriter, caplog: pytest.LogCaptureFixture
) -> None:
    """A line for every look would fill the journal of a kiosk nobody visits."""
    writer.install_snapshot(*snapshot(folder, range(50)))
    _damage(folder / "snapshot-1.db", 3000)
    with caplog.at_level(logging.ERROR):
        directory = Directory.open(folder, as_it_is)
        for _ in range(3):
            with pytest.raises(DirectoryMissing):
                directory.find(key(1))
    assert len(caplog.records) == 1
    directory.close()


class DirectoryAgainstDictionary(RuleBasedStateMachine):
    """Random snapshots and changes must agree with a plain dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self._home = TemporaryDirectory()
        self._folder = Path(self._home.name)
        self.rows: dict[int, tuple[int, int | None]] = {}
        self.cursor = 0

    @initialize()
    def open(self) -> None:
        """A first snapshot."""
        self.writer = DirectoryWriter.open(self._folder, ticking())
        self.reader = Directory.open(self._folder, as_it_is)
        self.install(range(3), 1)

    @rule(numbers=st.builds(range, st.integers(0, 8)), version=st.integers(1, 9))
    def install(self, numbers: range, version: int) -> None:
        """A snapshot replaces everything."""
        self.cursor += 1
        worth = random.randrange(1000)
        part = snapshot(self._folder, numbers, worth, version, self.cursor)
        self.writer.install_snapshot(*part)
        self.rows = dict.fromkeys(numbers, (version, worth))

    @rule(
        told=st.lists(
            st.tuples(st.integers(0, 8), st.integers(1, 12), st.none() | st.integers(0, 99))
        )
    )
    def apply(self, told: list[tuple[int, int, int | None]]) -> None:
        """Changes count when their version is newer."""
        self.cursor += 1
        self.writer.apply(Changes(changes=[change(*one) for one in told], next=self.cursor))
        for number, version, worth in told:
            if version > self.rows.get(number, (0, None))[0]:
                self.rows[number] = (version, worth)

    @rule()
    def restart(self) -> None:
        """Both processes are restarted."""
        self.writer.close()
        self.reader.close()
        self.writer = DirectoryWriter.open(self._folder, ticking())
        self.reader = Directory.open(self._folder, as_it_is)

    @invariant()
    def agrees(self) -> None:
        """Every look-up and the cursor are those of the dictionary."""
        if not hasattr(self, "reader"):
            return
        for number in range(9):
            assert points(self.reader, number) == self.rows.get(number, (0, None))[1]
        assert self.writer.cursor() == self.cursor

    def teardown(self) -> None:
        """Remove the files."""
        if hasattr(self, "reader"):
            self.writer.close()
            self.reader.close()
        self._home.cleanup()


DirectoryAgainstDictionary.TestCase.settings = settings(
    max_examples=8, stateful_step_count=12, deadline=None
)
TestDirectoryAgainstDictionary = DirectoryAgainstDictionary.TestCase
