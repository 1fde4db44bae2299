"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

from kiosk.model.clock import ClockQuality, Instant

BOOT_ID = "11111111-2222-3333-4444-555555555555"


class FakeClock:
    """Wall clock and monotonic clock, moved together.

    Attributes:
        wall: what the wall clock says; a test may set it, as a user or NTP would.
        quality: how far the wall clock can be believed.
    """

    def __init__(self, wall: datetime = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)) -> None:
        self.wall = wall
        self.quality = ClockQuality.SYNCED
        self._seconds = 1000.0

    def now(self) -> Instant:
        """As in `kiosk.clock.Clock`."""
        return Instant(self.wall, BOOT_ID, self._seconds, self.quality)

    def monotonic(self) -> float:
        """As in `kiosk.clock.Clock`."""
        return self._seconds

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self._seconds += seconds
        self.wall += timedelta(seconds=seconds)
