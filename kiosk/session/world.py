"""What the session may know of the world at one event; values only."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.content import Content
from kiosk.loyalty.redeeming import Road
from kiosk.model.clock import ClockQuality
from kiosk.model.text import Language


@dataclass(frozen=True, slots=True)
class Timing:
    """How long pages wait, in seconds.

    Attributes:
        idle_s: on a personal page without a touch.
        warning_s: the time-out's question; 20 s at least (WCAG 2.2, 2.2.1).
        notice_s: on a notice.
        frame_s: each frame of the attract screen.
        voucher_s: on the page with the code, which nobody else should read.
        verdict_s: for HQ's verdict, before the kiosk goes on without it; HQ counts on it too
            (docs/architecture.md, redeeming).
        thanks_s: on the thanks for a complaint, which return by themselves.
    """

    idle_s: float
    warning_s: float
    notice_s: float
    frame_s: float = 8
    voucher_s: float = 60
    verdict_s: float = 3
    thanks_s: float = 5


class PinPad(StrEnum):
    """How the digits lie on the pad: in their order, or anew each time against onlookers."""

    PLAIN = "plain"
    SHUFFLED = "shuffled"


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
        kiosk_id: this kiosk's name at HQ.
        pin_pad: how the digits lie on the pad.
        chance: 32 fresh random bytes for this event; what must not be guessed comes from them.
        claims_lost: whether this kiosk may have forgotten what it promised; until HQ has told
            everything anew, it gives out nothing by itself.
        offline_code: what this kiosk would give out at this event if HQ is away
            (kiosk/model/codes.py); the salt behind it stays outside.
        pinyin: whether Chinese can be typed here; taken for granted until it was tried.
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
    claims_lost: bool = False
    kiosk_id: str = ""
    pin_pad: PinPad = PinPad.PLAIN
    chance: bytes = field(default=bytes(32), repr=False)
    offline_code: str = field(default="000000000", repr=False)
    pinyin: bool = True

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

    @property
    def road(self) -> Road:
        """What is known of the way to HQ; the directory's age only by a clock that was set.

        Rows say nothing of promises that were lost, so their age counts for nothing then.
        """
        proved = self.clock is ClockQuality.SYNCED and not self.claims_lost
        if self.directory_as_of is None or not proved:
            return Road(self.hq_reachable, None)
        return Road(self.hq_reachable, (self.local_now - self.directory_as_of).total_seconds())
