"""Whether clock and settings are fit for a store: nothing here stops the kiosk."""

from collections.abc import Iterator

from kiosk.check.finding import Finding, care, fine
from kiosk.config import Config
from kiosk.model.clock import ClockQuality
from kiosk.sync.status import SyncStatus

LEAST_WARNING_S = 20
"""Time to ask for more time (WCAG 2.2, 2.2.1)."""

LONGEST_IDLE_S = 60
"""How long somebody else may see what a member left behind."""

FAR_OFF_S = 60
"""Clocks that differ by more are not both right; a code at the counter holds 15 minutes."""


def judge_clock(quality: ClockQuality) -> Finding:
    """What the quality of the wall clock means."""
    do = "let this machine reach a time server (UDP port 123); see: timedatectl"
    if quality is ClockQuality.SYNCED:
        return fine("clock", "set from the network")
    if quality is ClockQuality.ESTIMATED:
        means = "records carry a time that HQ mends; vouchers may begin or end wrongly today"
        return care("clock", "not set from the network since this start", means, do)
    means = "records carry a time that HQ mends; what depends on today's date is not shown"
    return care("clock", "never set: it tells a time before this software was made", means, do)


def judge_against_hq(status: SyncStatus | None) -> Iterator[Finding]:
    """Whether this machine and HQ told the same time when they last spoke.

    Args:
        status: what kiosk-sync wrote last; None when it has not run here.
    """
    ahead_s = status.clock_ahead_s if status is not None else None
    if ahead_s is not None and abs(ahead_s) > FAR_OFF_S:
        side = "ahead of" if ahead_s > 0 else "behind"
        what = f"{abs(ahead_s) / 60:,.0f} min {side} HQ's at the last contact"
        means = "countdowns and the days of vouchers are told wrongly by as much"
        yield care("clock", what, means, "set this clock (timedatectl); if it is right, tell HQ")


def judge_session(config: Config) -> Iterator[Finding]:
    """Settings that are allowed, for a desk, and wrong in a store."""
    if config.session.warning_s < LEAST_WARNING_S:
        what = f"[session] warning_s is {config.session.warning_s:g}"
        means = "slow members cannot ask for more time"
        yield care("session", what, means, f"set it to {LEAST_WARNING_S} or more")
    if config.session.idle_s > LONGEST_IDLE_S:
        what = f"[session] idle_s is {config.session.idle_s:g}"
        means = "the next person sees what a member left behind"
        yield care("session", what, means, f"set it to {LONGEST_IDLE_S} or less")
    if config.live_view.socket is not None:
        means = "whoever can open the socket sees what members see"
        yield care("live view", f"on, at {config.live_view.socket}", means, 'set socket = ""')
