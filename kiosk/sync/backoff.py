"""How long to leave HQ alone after a failure: full jitter, HQ's own wish, a breaker. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace

BASE_S = 2.0
"""Longest first pause in seconds (docs/decisions.md, full jitter)."""

CAP_S = 15 * 60.0
"""Longest pause of our own choice in seconds."""

DISK_CAP_S = 5.0
"""Longest pause in seconds after this machine's own disk refused: nobody else is bothered."""

WISH_CAP_S = 60 * 60.0
"""Longest pause HQ can ask for in seconds; a mistake at HQ must not silence a kiosk for days."""

WISH_JITTER = 0.2
"""HQ's wish is a floor; up to this part of it is added, so that a fleet does not return at once."""

BREAKER_FAILURES = 5
"""After this many failures in a row only a probe is sent."""

Chance = Callable[[], float]
"""Draws a number in [0, 1)."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Failures in a row and the moment before which nothing is tried.

    Attributes:
        failures: in a row, since the last success.
        due_s: monotonic time of the next try, in seconds.
    """

    failures: int = 0
    due_s: float = 0.0

    @property
    def breaker_is_open(self) -> bool:
        """Whether the next try is a probe with as little as possible."""
        return self.failures >= BREAKER_FAILURES

    def failed(self, now_s: float, chance: Chance, wish_s: float | None = None) -> "Backoff":
        """The state after one more failure.

        Args:
            now_s: monotonic time in seconds.
            chance: where the jitter comes from.
            wish_s: HQ's Retry-After in seconds, if it sent one.
        """
        pause_s = own_pause_s(self.failures, chance)
        if wish_s is not None:
            pause_s = max(pause_s, wished_pause_s(wish_s, chance))
        return Backoff(self.failures + 1, now_s + pause_s)

    def disk_failed(self, now_s: float, chance: Chance) -> "Backoff":
        """The state after the disk refused: soon there may be room again."""
        pause_s = min(DISK_CAP_S, own_pause_s(self.failures, chance))
        return Backoff(self.failures + 1, now_s + pause_s)

    def refused(self, now_s: float, chance: Chance) -> "Backoff":
        """The state after HQ refused us: the longest pause, as only people can mend this."""
        return Backoff(self.failures + 1, now_s + CAP_S * (1 + WISH_JITTER * chance()))

    def succeeded(self, due_s: float) -> "Backoff":
        """The state after a success, with the next turn due at this monotonic time."""
        return Backoff(due_s=due_s)

    def at_once(self, now_s: float) -> "Backoff":
        """The same failures, with the pause over: someone else found HQ back."""
        return replace(self, due_s=min(self.due_s, now_s))


def own_pause_s(failures: int, chance: Chance) -> float:
    """Full jitter: uniform between 0 and `BASE_S` doubled per failure, capped at `CAP_S`."""
    doublings = min(failures, 30)  # beyond that the cap holds anyway and floats stay small
    return chance() * min(CAP_S, BASE_S * 2.0**doublings)


def wished_pause_s(wish_s: float, chance: Chance) -> float:
    """HQ's wish plus its jitter, capped at `WISH_CAP_S`."""
    return min(WISH_CAP_S, max(0.0, wish_s) * (1 + WISH_JITTER * chance()))
