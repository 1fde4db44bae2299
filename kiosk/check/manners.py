"""Whether clock and settings are fit for a store: nothing here stops the kiosk."""

from collections.abc import Iterator

from kiosk.check.finding import Finding, care, fine
from kiosk.config import Config
from kiosk.model.clock import ClockQuality

LEAST_WARNING_S = 20
"""Time to ask for more time (WCAG 2.2, 2.2.1)."""

LONGEST_IDLE_S = 60
"""How long somebody else may see what a member left behind."""


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
