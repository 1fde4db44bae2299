"""What is taken off an anonymous answer before anybody sees it."""

from dataclasses import replace

import pytest

from kiosk.model.clock import ClockQuality
from kiosk.model.nameless import day_of
from tests.fakes.clock import FakeClock

NOW = FakeClock().now()


@pytest.mark.parametrize(
    ("quality", "told"),
    [
        (ClockQuality.SYNCED, ClockQuality.ESTIMATED),
        (ClockQuality.ESTIMATED, ClockQuality.ESTIMATED),
        (ClockQuality.UNSET, ClockQuality.UNSET),
    ],
)
def test_of_its_moment_only_the_day_is_left(quality: ClockQuality, told: ClockQuality) -> None:
    """The visit at that minute would say whose it is; a day nobody knows would pass for known."""
    day = day_of(replace(NOW, quality=quality))
    assert day.wall == NOW.wall.replace(hour=12, minute=0, second=0, microsecond=0)
    assert (day.boot_id, day.since_boot_s, day.quality) == ("", 0.0, told)
