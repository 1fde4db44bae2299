"""Where a kiosk stands: what depends on the store, or on who asks HQ, is computed for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A kiosk in its store, both by the names HQ knows them by."""

    store_id: str
    kiosk_id: str
