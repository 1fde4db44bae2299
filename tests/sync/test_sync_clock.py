"""How far the wall clock is believed, and what is remembered of the time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.clock import (
    RELEASED,
    SystemClock,
    adjtimex,
    kernel_is_synchronised,
    read_floor,
)
from kiosk.exceptions import KioskError
from kiosk.model.clock import ClockQuality
from kiosk.sync.clock import REMEMBER_EVERY, ClockFloor

LATER = datetime(2035, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("floor", "synchronised", "quality"),
    [
        (RELEASED - timedelta(days=3650), False, ClockQuality.ESTIMATED),
        (datetime(2999, 1, 1, tzinfo=UTC), False, ClockQuality.UNSET),
        (datetime(2999, 1, 1, tzinfo=UTC), True, ClockQuality.SYNCED),
    ],
)
def test_quality(floor: datetime, synchronised: bool, quality: ClockQuality) -> None:
    """A kiosk that boots in 1970 must say that its times are worth nothing."""
    assert SystemClock(lambda: floor, lambda: synchronised).now().quality is quality


def test_an_instant_holds_all_clocks() -> None:
    """Without boot and time since boot, HQ could never mend a wrong wall clock."""
    clock = SystemClock(synchronised=lambda: False)
    first, second = clock.now(), clock.now()
    assert first.boot_id == second.boot_id == clock.boot_id
    assert len(first.boot_id) == 36
    assert first.wall.tzinfo is not None
    assert 0 < first.since_boot_s <= second.since_boot_s
    assert clock.monotonic() <= clock.monotonic()


@pytest.mark.parametrize("content", [None, "", "\n", b"\xff"])
def test_no_boot_id_is_loud(tmp_path: Path, content: str | bytes | None) -> None:
    """Records of two boots under one name would be put in a wrong order for good."""
    path = tmp_path / "boot_id"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(KioskError, match="boot"):
        SystemClock(boot_id_file=path)


@pytest.mark.parametrize(
    ("verdict", "status", "expected"),
    [(0, 0x2001, True), (0, 0x0041, False), (5, 0x2041, False), (-1, 0x2001, False)],
)
def test_the_kernels_answer_is_understood(verdict: int, status: int, expected: bool) -> None:
    """A clock nobody set, or a sandbox's refusal, would pass for the right time (adjtimex(2))."""

    def answer(timex: Any) -> int:
        timex.status = status
        return verdict

    assert kernel_is_synchronised(answer) is expected


def test_the_kernel_is_asked_in_its_own_form() -> None:
    """With a field in a wrong place any other number would be taken for the state of the clock."""
    seen: list[tuple[int, int]] = []

    def ask(timex: Any) -> int:
        seen.append((adjtimex(timex), timex.status))
        return seen[-1][0]

    kernel_is_synchronised(ask)
    ((verdict, status),) = seen
    time_error, unsynchronised_or_failed = 5, 0x0040 | 0x1000  # adjtimex(2)
    assert (verdict == time_error) == bool(status & unsynchronised_or_failed)


@pytest.mark.parametrize("text", [None, "", "soon", "2035-01-01", "1971-01-01T00:00:00+00:00"])
def test_a_useless_memory_is_the_release(tmp_path: Path, text: str | None) -> None:
    """A damaged file must neither stop the kiosk nor move its clock back."""
    path = tmp_path / "clock-floor"
    if text is not None:
        path.write_text(text)
    assert read_floor(path) == RELEASED


def test_evidence_is_remembered(tmp_path: Path) -> None:
    """After a power cut a kiosk without a battery clock knows at least how late it was."""
    path = tmp_path / "clock-floor"
    floor = ClockFloor(path, lambda: False)
    assert floor() == RELEASED
    floor.heard(LATER)
    floor.heard(LATER - timedelta(days=1))
    assert floor() == LATER == read_floor(path) == ClockFloor(path, lambda: False)()


def test_the_wall_clock_is_evidence_only_when_synchronised(tmp_path: Path) -> None:
    """A clock set by hand to 2099 must not make every honest time look unset."""
    path = tmp_path / "clock-floor"
    ClockFloor(path, lambda: False).look(LATER)
    assert read_floor(path) == RELEASED
    ClockFloor(path, lambda: True).look(LATER)
    assert read_floor(path) == LATER


def test_a_synchronised_clock_heals_a_wrong_floor(tmp_path: Path) -> None:
    """One wrong Date from HQ must not spoil a kiosk's times for years."""
    path = tmp_path / "clock-floor"
    floor = ClockFloor(path, lambda: True)
    floor.heard(datetime(2999, 1, 1, tzinfo=UTC))
    floor.look(LATER)
    assert floor() == read_floor(path) == LATER


def test_the_memory_is_written_seldom(tmp_path: Path) -> None:
    """A write with each answer of HQ would wear an SD card out."""
    path = tmp_path / "clock-floor"
    floor = ClockFloor(path, lambda: False)
    floor.heard(LATER)
    floor.heard(LATER + REMEMBER_EVERY / 2)
    assert (floor(), read_floor(path)) == (LATER + REMEMBER_EVERY / 2, LATER)
    floor.heard(LATER + REMEMBER_EVERY)
    assert read_floor(path) == LATER + REMEMBER_EVERY


def test_a_disk_that_refuses_is_no_failure(tmp_path: Path) -> None:
    """The time is still known in this run."""
    floor = ClockFloor(tmp_path / "missing" / "clock-floor", lambda: False)
    floor.heard(LATER)
    assert floor() == LATER
