"""From single looks into the field to events: arrival at once, removal after misses in a row."""

from kiosk.drivers.pcd import Sighting
from kiosk.drivers.port import CardInserted, CardRemoved, FailedRead, ReaderEvent, ReadFailed
from kiosk.model.cards import is_random

MISSES_UNTIL_REMOVED = 3
"""At a look every 40 ms a flicker of up to 80 ms of the contact is no event."""


class Presence:
    """What lies on one reader, and what has been said about it.

    Args:
        reader: the reader's name for its events.
    """

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._card: Sighting | None = None
        self._failure: FailedRead | None = None
        self._before: Sighting | None = None
        self._misses = 0
        self._empty_looks = 0

    def opened(self) -> None:
        """The device was opened: what the first look finds was there before."""
        self._misses = 0
        self._empty_looks = 0

    def seen(self, sighting: Sighting, at_s: float) -> list[ReaderEvent]:
        """One card was read: arrival at first sight, another card is removed then inserted."""
        self._misses = 0
        self._failure = None
        if self._card is not None and _same(self._card, sighting):
            return []
        events = self._removal(at_s)
        self._card = sighting
        return [*events, self._arrival(sighting, at_s)]

    def nothing(self, at_s: float) -> list[ReaderEvent]:
        """The field looked empty; the third time in a row it is."""
        self._misses += 1
        self._empty_looks += 1
        if self._empty_looks >= MISSES_UNTIL_REMOVED:
            self._before = None  # laid down from now on, it does not rest: its number is of no use
        if self._misses < MISSES_UNTIL_REMOVED:
            return []
        self._failure = None
        return self._removal(at_s)

    def unreadable(self, failure: FailedRead, at_s: float) -> list[ReaderEvent]:
        """Something lies there that cannot be read; a card known before stays where it is.

        Said once; said again only after the field was read or empty in between.
        """
        self._misses = 0
        if self._failure is not None:
            return []
        self._failure = failure
        return [ReadFailed(self._reader, at_s, failure)]

    def lost(self, at_s: float) -> list[ReaderEvent]:
        """The reader is gone, and with it all we know; the card may still lie there."""
        self._before = self._card or self._before
        self._failure = None
        return self._removal(at_s)

    def _removal(self, at_s: float) -> list[ReaderEvent]:
        card, self._card = self._card, None
        return [] if card is None else [CardRemoved(self._reader, at_s, card.uid)]

    def _arrival(self, card: Sighting, at_s: float) -> CardInserted:
        resting = self._rests(card)
        self._before, self._empty_looks = None, MISSES_UNTIL_REMOVED
        return CardInserted(
            self._reader, at_s, card.uid, card.technology, card.atqa, card.sak, resting
        )

    def _rests(self, card: Sighting) -> bool:
        """Whether the card was there when the reader was opened, so that nobody just laid it.

        The card that was there before the reader was lost may flicker once more.
        """
        if self._before is not None and _same(self._before, card):
            return self._empty_looks < MISSES_UNTIL_REMOVED
        return self._empty_looks == 0


def _same(one: Sighting, other: Sighting) -> bool:
    """Whether this is the card we know; a phone that lost power for a moment has a new UID."""
    return one.uid == other.uid or (is_random(one.uid) and is_random(other.uid))
