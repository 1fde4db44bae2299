"""Member days and events: which ones concern a member in this store, and which come next."""

from collections.abc import Iterable
from datetime import date

from kiosk.model.programme import Event, Programme


def concerns(event: Event, tier_id: str | None, store_id: str) -> bool:
    """Whether the event is for members of this tier and takes place in this store.

    Args:
        tier_id: None for a tier that nobody knows: only events for everybody concern it.
    """
    invited = not event.tiers or tier_id in event.tiers
    return invited and (not event.stores or store_id in event.stores)


def next_events(
    programme: Programme, tier_id: str, store_id: str, today: date, count: int = 3
) -> tuple[Event, ...]:
    """The first events for this tier in this store on or after this store-local day."""
    ahead = _ahead(programme.events, today)
    return tuple(event for event in ahead if concerns(event, tier_id, store_id))[:count]


def next_event(events: Iterable[Event], today: date) -> Event | None:
    """The first event on or after this store-local day."""
    return next(iter(_ahead(events, today)), None)


def _ahead(events: Iterable[Event], today: date) -> list[Event]:
    coming = [event for event in events if event.on >= today]
    return sorted(coming, key=lambda event: (event.on, event.event_id))
