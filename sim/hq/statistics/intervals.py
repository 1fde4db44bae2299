"""Confidence intervals that also hold for few answers and at both ends of the scale."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z_95 = NormalDist().inv_cdf(0.975)
"""Two-sided 95 %: what managers are used to read."""

_HALVINGS = 60
"""Of an interval of 2 at most: beyond what a float can tell apart."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What is found, and between which values the truth plausibly lies."""

    value: float
    low: float
    high: float


def share(hits: int, n: int, z: float = Z_95) -> Interval:
    """A share with Wilson's score interval.

    Wilson EB (1927): Probable inference, the law of succession, and statistical inference.
    J Am Stat Assoc 22:209-212. Unlike "± 1.96 standard errors" it stays within 0 and 1 and has
    a width at both.

    Args:
        hits: 0 to n.
        n: 1 or more.
        z: of the normal distribution.
    """
    found, z2 = hits / n, z * z
    middle = (found + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * sqrt(found * (1 - found) / n + z2 / (4 * n * n))
    low = 0.0 if hits == 0 else middle - half
    high = 1.0 if hits == n else middle + half
    return Interval(found, low, high)


def net_share(ups: int, downs: int, n: int, z: float = Z_95) -> Interval:
    """The share of those above minus the share of those below, with Tango's score interval.

    Both shares come from the same n people, as the two kinds of discordant pairs do in a paired
    sample, for which the interval was made. Tango T (1998): Equivalence test and confidence
    interval for the difference in proportions for the paired-sample design. Stat Med 17:891-908.
    Where nobody stands between, it is Wilson's.

    Args:
        ups: those above, 0 to n.
        downs: those below, 0 to n - ups.
        n: 1 or more.
        z: of the normal distribution.
    """
    found = (ups - downs) / n

    def is_far(difference: float) -> bool:
        return _score(ups, downs, n, difference) > z * z

    return Interval(found, _edge(is_far, -1.0, found), _edge(is_far, 1.0, found))


def _edge(is_far: Callable[[float], bool], far: float, near: float) -> float:
    """The farthest difference that the answers do not speak against."""
    if not is_far(far):
        return far
    for _ in range(_HALVINGS):
        middle = (far + near) / 2
        far, near = (middle, near) if is_far(middle) else (far, middle)
    return near


def _score(ups: int, downs: int, n: int, difference: float) -> float:
    """How strongly the answers speak against this difference: the squared score statistic."""
    away = ups - downs - n * difference
    if away == 0:
        return 0.0
    variance = n * (2 * _downs_given(ups, downs, n, difference) + difference * (1 - difference))
    return away * away / variance if variance > 0 else float("inf")


def _downs_given(ups: int, downs: int, n: int, difference: float) -> float:
    """The likeliest share of those below, were this the true difference."""
    b = -ups - downs + (2 * n - ups + downs) * difference
    c = -downs * difference * (1 - difference)
    # Rounding may take the root's argument, or the share, a hair below what it can be.
    root = sqrt(max(0.0, b * b - 8 * n * c))
    return max(0.0, -difference, (root - b) / (4 * n))
