"""What the screen reads of the road to HQ."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.journal import Journal
from kiosk.sync.status import Refusal, SyncStatus, read_status, write_status
from tests.fakes.clock import FakeClock

moments = st.none() | st.datetimes(timezones=st.just(UTC))
refusals = st.builds(Refusal, *[st.text(max_size=20)] * 5)
statuses = st.builds(
    SyncStatus,
    reachable=st.booleans(),
    last_contact=moments,
    error=st.text(),
    next_try=moments,
    directory_as_of=moments,
    clock_ahead_s=st.none() | st.floats(-1e9, 1e9),
    refusals=st.lists(refusals, max_size=2).map(tuple),
)


@given(statuses)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, status: SyncStatus
) -> None:
    """The screen must show what the uploader knows, in every script."""
    path = tmp_path_factory.getbasetemp() / "status.json"
    write_status(path, status)
    assert read_status(path) == status
    assert not path.with_suffix(".tmp").exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"reachable": true}',
        "\x00\xff",
        '{"refusals": 5}',
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_a_damaged_status_is_no_status(tmp_path: Path, text: str) -> None:
    """The file is not forced to disk: after a power cut it may be anything."""
    path = tmp_path / "status.json"
    path.write_text(text)
    assert read_status(path) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("last_contact", '"yesterday"'),
        ("next_try", "5"),
        ("directory_as_of", '"2026-11-22T00:00:00"'),
        ("clock_ahead_s", '"much"'),
        pytest.param("clock_ahead_s", "1" + "0" * 400, id="clock_ahead_s-vast"),
        ("refusals", '["x"]'),
        ("refusals", '[{"what": "content"}]'),
        ("error", "null"),
    ],
)
def test_one_wrong_field_never_raises(tmp_path: Path, field: str, value: str) -> None:
    """The screen process must not fall over a file of another version."""
    path = tmp_path / "status.json"
    write_status(path, SyncStatus())
    empty = {"error": '""', "refusals": "[]"}.get(field, "null")
    path.write_text(path.read_text().replace(f'"{field}": {empty}', f'"{field}": {value}'))
    told = read_status(path)
    assert told is None or told.error == "None"


def test_no_file_is_no_status(tmp_path: Path) -> None:
    """Before the first exchange there is nothing to tell."""
    assert read_status(tmp_path / "status.json") is None


def test_a_folder_that_refuses_is_told(tmp_path: Path) -> None:
    """The old status stays whole when the new one cannot be written."""
    with pytest.raises(OSError, match="status"):
        write_status(tmp_path / "missing" / "status.json", SyncStatus())


def test_a_restart_remembers(tmp_path: Path) -> None:
    """The last contact and a refusal are still true after the process was started again."""
    clock = FakeClock()
    journal = Journal(tmp_path / "status.json", clock)
    journal.heard(datetime(2027, 3, 1, 8, 59, tzinfo=UTC))
    journal.refused("content", "4", "d" * 64, "rewards.json:1: …")
    journal.flush()
    again = Journal(tmp_path / "status.json", clock)
    assert again.status == journal.status
    assert again.status.clock_ahead_s == 60
    assert again.was_refused("content", "d" * 64)
    assert not again.was_refused("content", "e" * 64)


def test_another_release_tries_refused_content_again(tmp_path: Path) -> None:
    """Content that needs a newer product must be taken once that product is installed."""
    old = Refusal("content", "4", "d" * 64, "unknown picture", product="0.0.1")
    write_status(tmp_path / "status.json", SyncStatus(refusals=(old,)))
    assert not Journal(tmp_path / "status.json", FakeClock()).was_refused("content", "d" * 64)


def test_a_journal_outlives_a_full_disk(tmp_path: Path) -> None:
    """The status is a courtesy; records must go up without it."""
    journal = Journal(tmp_path / "missing" / "status.json", FakeClock())
    journal.heard(None)
    journal.flush()
    assert journal.status.reachable
