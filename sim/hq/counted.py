"""Keeps figures for a while: counting 60 000 answers takes a second or two."""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sim.hq.clock import Clock

MANY = 5000
"""Answers that are counted in an instant, 0.15 s: a page with no more always shows all of them."""

FRESH_FOR = timedelta(seconds=60)
"""With more a page may be this much behind its answers; it says of when its figures are."""

KEPT = 64
"""Figures: of every survey, edition and store that is looked at in a day."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counted(Generic[T]):
    """Figures, what they were counted of, and the time they are true of."""

    figures: T
    mark: int
    at: datetime


class Counts(Generic[T]):
    """The figures that were asked for last.

    Args:
        now: HQ's time.
    """

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._kept: dict[Hashable, Counted[T]] = {}

    def get(self, key: Hashable, mark: int, count: Callable[[], T]) -> Counted[T]:
        """The figures under a key; counted anew when the mark has changed and they are old enough.

        Args:
            key: what the figures depend on: survey, edition, store, content.
            mark: how many answers there are.
            count: counts.
        """
        with self._lock:  # two pages at once wait for one count
            now, known = self._now(), self._kept.pop(key, None)
            fresh_for = FRESH_FOR if mark > MANY else timedelta(0)
            if known is None or (known.mark != mark and now - known.at >= fresh_for):
                known = Counted(count(), mark, now)
            elif known.mark == mark:
                known = replace(known, at=now)
            self._kept[key] = known
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
            return known
