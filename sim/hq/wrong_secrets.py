"""How often somebody has tried links that HQ does not know."""

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
    """Counts unknown links by address; kept in memory, as it means nothing after a minute."""

    def __init__(self) -> None:
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

    def _note(self, address: str, hashed: str, now: datetime) -> bool:
        tried = self._tried.setdefault(address, {})
        self._tried.move_to_end(address)
        while len(self._tried) > ADDRESSES:
            self._tried.popitem(last=False)
        for old in [one for one, at in tried.items() if now - at >= WITHIN]:
            del tried[old]
        if hashed not in tried and len(tried) >= MOST:
            return False
        tried.setdefault(hashed, now)
        return True
