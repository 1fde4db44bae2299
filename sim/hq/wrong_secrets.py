"""How often somebody has tried links or codes that HQ does not know."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

WITHIN = timedelta(minutes=1)
MOST = 20
"""Different unknown links in a minute from one address: a store's phones share one, and each
waits a moment for its record; whoever guesses 128 bits at this pace never ends."""

ADDRESSES = 1000
"""Addresses remembered; beyond them the one seen longest ago is forgotten."""


class WrongSecrets:
    """Counts unknown secrets by who tried them; kept in memory, as it means little after minutes.

    Args:
        most: different ones that are answered within the time.
        within: how long one counts.
    """

    def __init__(self, most: int = MOST, within: timedelta = WITHIN) -> None:
        self._most, self._within = most, within
        self._tried: OrderedDict[str, dict[str, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def may_try(self, address: str, hashed: str, now: datetime) -> bool:
        """Note one more try; whether it is still answered.

        Args:
            address: whose.
            hashed: of the secret; the same one again is no other try.
            now: HQ's time.
        """
        with self._lock:
            return self._note(address, hashed, now)

    def is_barred(self, address: str, hashed: str, now: datetime) -> bool:
        """Whether this is one more than are answered; nothing is noted.

        Args:
            address, hashed, now: as for `may_try`.
        """
        with self._lock:
            tried = self._tried.get(address, {})
            others = [one for one, at in tried.items() if now - at < self._within]
            return hashed not in others and len(others) >= self._most

    def _note(self, address: str, hashed: str, now: datetime) -> bool:
        tried = self._tried.setdefault(address, {})
        self._tried.move_to_end(address)
        while len(self._tried) > ADDRESSES:
            self._tried.popitem(last=False)
        for old in [one for one, at in tried.items() if now - at >= self._within]:
            del tried[old]
        if hashed not in tried and len(tried) >= self._most:
            return False
        tried.setdefault(hashed, now)
        return True
