"""Snapshot files: written whole, refused when they are not what the manifest promises."""

from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.exceptions import CorruptStore, StoreFailed
from kiosk.model.cards import CardKey
from kiosk.model.wire import SnapshotManifest
from kiosk.store.disk import digest_of
from kiosk.store.snapshot import CREATE_MEMBER, open_immutable, verify_snapshot, write_snapshot
from tests.store.samples import key, row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the snapshot of a test lies."""
    return tmp_path / "snapshot.db"


@given(
    rows=st.dictionaries(
        st.binary(min_size=16, max_size=16),
        st.tuples(st.integers(1, 2**60), st.binary()),
        max_size=30,
    )
)
@settings(max_examples=25, deadline=None)
def test_rows_come_back_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[bytes, tuple[int, bytes]]
) -> None:
    """A member missing from the file would be told that the card is unknown."""
    path = tmp_path_factory.mktemp("snapshot") / "snapshot.db"
    written = write_snapshot(path, [(CardKey(k), v, body) for k, (v, body) in rows.items()])
    assert written.rows == len(rows)
    verify_snapshot(path, written.manifest("s-1", 5))
    db = open_immutable(path)
    assert {k: (v, body) for k, v, body in db.execute("SELECT k, v, row FROM member")} == rows
    db.close()


def test_a_key_that_comes_twice_is_an_error(path: Path) -> None:
    """One of two members would silently get the other's points."""
    with pytest.raises(StoreFailed):
        write_snapshot(path, [(key(1), 1, b"a"), (key(1), 2, b"b")])
    assert not path.exists()


def test_a_new_file_replaces_the_old_one_whole(path: Path) -> None:
    """HQ serves the file under its name while the next is being written."""
    write_snapshot(path, [(key(1), 1, b"a")])
    written = write_snapshot(path, [(key(2), 1, b"b"), (key(3), 1, b"c")])
    verify_snapshot(path, written.manifest("s-2", 6))
    assert [entry.name for entry in path.parent.iterdir()] == ["snapshot.db"]


def _manifest(path: Path, rows: int) -> SnapshotManifest:
    return SnapshotManifest(
        name="s-1",
        cursor=1,
        rows=rows,
        size_bytes=path.stat().st_size,
        blake2b_256=digest_of(path),
    )


def test_a_file_cut_in_half_is_refused_with_its_sizes(path: Path) -> None:
    """Half a directory would make half of the members strangers."""
    manifest = write_snapshot(path, [(key(n), 1, row(n)) for n in range(500)]).manifest("s-1", 1)
    path.write_bytes(path.read_bytes()[: manifest.size_bytes // 2])
    with pytest.raises(CorruptStore, match=f"instead of {manifest.size_bytes}"):
        verify_snapshot(path, manifest)


def test_a_changed_byte_is_refused(path: Path) -> None:
    """Somebody's points would change on the way."""
    manifest = write_snapshot(path, [(key(1), 1, row(1))]).manifest("s-1", 1)
    whole = bytearray(path.read_bytes())
    whole[-1] ^= 1
    path.write_bytes(whole)
    with pytest.raises(CorruptStore, match="digest"):
        verify_snapshot(path, manifest)


@pytest.mark.parametrize(
    "table",
    [
        "CREATE TABLE other(k BLOB PRIMARY KEY, v INTEGER NOT NULL, row BLOB NOT NULL)",
        "CREATE TABLE member(k BLOB PRIMARY KEY, v INTEGER NOT NULL)",
        "CREATE TABLE member(k TEXT PRIMARY KEY, v INTEGER NOT NULL, row BLOB NOT NULL)",
        "CREATE TABLE member(k BLOB PRIMARY KEY, v INTEGER NOT NULL, row BLOB NOT NULL)",
    ],
)
def test_another_table_is_refused(path: Path, table: str) -> None:
    """The look-up would fail at the first card, before the member's eyes."""
    db = apsw.Connection(str(path))
    db.execute(table)
    db.close()
    with pytest.raises(CorruptStore, match="not as agreed"):
        verify_snapshot(path, _manifest(path, 0))


def test_another_number_of_rows_is_refused(path: Path) -> None:
    """HQ's own slip: a file that was replaced after its manifest was made."""
    db = apsw.Connection(str(path))
    db.execute(CREATE_MEMBER)
    db.close()
    with pytest.raises(CorruptStore, match="0 rows instead of 7"):
        verify_snapshot(path, _manifest(path, 7))


def test_a_page_that_says_sorry_is_refused(path: Path) -> None:
    """HQ's server may answer with HTML under the manifest of that very page."""
    path.write_text("<html>We are sorry</html>" * 300)
    with pytest.raises(CorruptStore):
        verify_snapshot(path, _manifest(path, 1))


def test_a_missing_file_is_an_honest_failure(path: Path) -> None:
    """The caller handles StoreFailed, not FileNotFoundError."""
    path.write_bytes(b"x")
    manifest = _manifest(path, 1)
    path.unlink()
    with pytest.raises(StoreFailed):
        verify_snapshot(path, manifest)
