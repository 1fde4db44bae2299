"""Looks around for the session: clock, content and the road to HQ, as plain values."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.clock import Clock
from kiosk.content import Content
from kiosk.exceptions import StoreError
from kiosk.model.clock import ClockQuality
from kiosk.model.codes import offline_code
from kiosk.model.text import Language
from kiosk.session.world import PinPad, Timing, World
from kiosk.sync.status import SyncStatus, read_status

log = logging.getLogger(__name__)


class Contents(Protocol):
    """Where published content is found."""

    def changed(self) -> bool:
        """Whether there is something newer than what `current` last returned; cheap."""

    def current(self) -> Content | None:
        """The content that holds now, or None before the first one.

        Raises:
            StoreError: it cannot be read.
        """


@dataclass
class StatusFile:
    """The uploader's status, read again only when its file has changed."""

    path: Path
    _seen: tuple[int, int] | None = None
    _status: SyncStatus | None = None

    def status(self) -> SyncStatus | None:
        """The newest status that could be read; None before the first."""
        try:
            stat = self.path.stat()
        except OSError:
            return self._status
        seen = (stat.st_mtime_ns, stat.st_ino)
        if seen != self._seen:
            self._seen = seen
            self._status = read_status(self.path) or self._status
        return self._status


@dataclass(frozen=True, slots=True)
class Manners:
    """What never changes while the kiosk runs, from its configuration.

    Attributes:
        language: the one a session begins with.
        fleet_salt: proves the codes of this fleet to its counters.
    """

    kiosk_id: str
    store_id: str
    language: Language
    timing: Timing
    pin_pad: PinPad
    fleet_salt: bytes = field(repr=False)


@dataclass
class Surroundings:
    """Makes the World of each event and of each look at the glass.

    Attributes:
        claims_lost: whether this kiosk may have forgotten what it promised.
        on_content: called after new content has been taken over.
        pinyin: whether Chinese can be typed.
    """

    clock: Clock
    contents: Contents
    status_file: StatusFile
    manners: Manners
    claims_lost: Callable[[], bool] = lambda: False
    on_content: Callable[[], None] = lambda: None
    pinyin: Callable[[], bool] = lambda: True
    _content: Content | None = field(default=None, init=False)
    _edition: tuple[date | None, Content | None] = field(default=(None, None), init=False)
    _zone: ZoneInfo | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._take_content()

    def world(self) -> World:
        """The world at this moment; nothing in it is drawn by lot."""
        now = self.clock.now()
        status = self.status_file.status()
        local_now = now.wall.astimezone(self._zone)
        known = None if now.quality is ClockQuality.UNSET else local_now.date()
        return World(
            uptime_s=self.clock.monotonic(),
            local_now=local_now,
            clock=now.quality,
            content=self._content_on(known),
            hq_reachable=None if status is None else status.reachable,
            store_id=self.manners.store_id,
            language=self.manners.language,
            timing=self.manners.timing,
            directory_as_of=None if status is None else status.directory_as_of,
            claims_lost=self.claims_lost(),
            kiosk_id=self.manners.kiosk_id,
            pin_pad=self.manners.pin_pad,
            pinyin=self.pinyin(),
        )

    def at_event(self) -> World:
        """The same for an event, with what must not be guessed drawn anew."""
        code = offline_code(os.urandom(8), self.manners.store_id, self.manners.fleet_salt)
        return replace(self.world(), chance=os.urandom(32), offline_code=code)

    def look_for_content(self) -> bool:
        """Take over content that has arrived; True when there was some."""
        if not self.contents.changed():
            return False
        self._take_content()
        self.on_content()
        return True

    def _content_on(self, day: date | None) -> Content | None:
        """The content with the edition of that day; the same object all day long."""
        if day != self._edition[0] or self._edition[1] is None:
            self._edition = day, self._content and self._content.on(day)
        return self._edition[1]

    def _take_content(self) -> None:
        try:
            self._content = self.contents.current() or self._content
        except StoreError as problem:
            log.error("the content cannot be used, the old one stays: %s", problem)
            return
        if self._content is None:
            log.warning("there is no content yet")
            return
        self._zone = self._zone_of(self._content)
        self._edition = None, None
        log.info("content version %d", self._content.version)

    def _zone_of(self, content: Content) -> ZoneInfo | None:
        """The store's time zone; the machine's own when HQ's is not known here."""
        store = content.store(self.manners.store_id)
        if store is None:
            log.warning("HQ's content does not know the store %s", self.manners.store_id)
            return None
        try:
            return ZoneInfo(store.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            log.warning("no such time zone: %s", store.time_zone)
            return None
