"""What the session may know of the world at one event; values only."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.model.clock import ClockQuality
from kiosk.model.content import Content
from kiosk.model.text import Language


@dataclass(frozen=True, slots=True)
class Timing:
    """How long pages wait, in seconds.

    Attributes:
        idle_s: on a personal page without a touch.
        warning_s: the time-out's question; 20 s at least (WCAG 2.2, 2.2.1).
        notice_s: on a notice.
        frame_s: each frame of the attract screen.
    """

    idle_s: float
    warning_s: float
    notice_s: float
    frame_s: float = 8


@dataclass(frozen=True, slots=True)
class World:
    """The surroundings of one event.

    Attributes:
        uptime_s: seconds on a clock that only goes forward; compared, never shown.
        local_now: the store's wall clock.
        clock: how far `local_now` can be believed.
        content: what HQ published; None until the first bundle has arrived.
        hq_reachable: whether the uploader's last exchange with HQ succeeded; None before
            the first one.
        directory_as_of: when the directory last held everything HQ had; None if never.
        language: the kiosk's own language.
    """

    uptime_s: float
    local_now: datetime
    clock: ClockQuality
    content: Content | None
    hq_reachable: bool | None
    store_id: str
    language: Language
    timing: Timing
    directory_as_of: datetime | None = None

    @property
    def today(self) -> date | None:
        """The store-local day, or None while the clock cannot be believed."""
        return None if self.clock is ClockQuality.UNSET else self.local_now.date()

    def true_at(self, as_of: datetime) -> datetime:
        """The newest time at which a row of the directory is known to be true.

        Args:
            as_of: the row's own time. A row that has not changed since is still true at the
                time of the directory's last exchange with HQ.
        """
        return as_of if self.directory_as_of is None else max(as_of, self.directory_as_of)
