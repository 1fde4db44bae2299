"""Puts facts on disk as records before anybody sees their consequence."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol
from uuid import UUID

from kiosk.app import sealing
from kiosk.clock import Clock
from kiosk.exceptions import StoreError, StoreFailed
from kiosk.model.answers import SurveyResponse
from kiosk.model.clock import Instant
from kiosk.model.facts import DeviceEvent, Fact, PlainPin, Redemption
from kiosk.model.nameless import NamelessRecord, nameless_record
from kiosk.model.records import NewRecord, new_record
from kiosk.model.rules import PinRule
from kiosk.model.verdicts import Claim
from kiosk.store.claims import NewClaim, claim_of

log = logging.getLogger(__name__)


class Promises(Protocol):
    """The claims on disk as the screen's process reads them; each raises StoreError."""

    def claims_of(self, member_id: str, now: Instant) -> tuple[Claim, ...]:
        """What was asked for in this member's name, the oldest first."""

    def claim(self, id_: UUID, now: Instant) -> Claim | None:
        """The claim with this id."""


class Queue(Promises, Protocol):
    """The outbox as the screen's process uses it."""

    def put(self, record: NewRecord, claim: NewClaim | None = None) -> int:
        """Returns once the record is on disk, and with it what it asks for.

        Raises:
            StoreFailed: neither is.
        """

    def put_nameless(self, answer: NamelessRecord) -> None:
        """Returns once the anonymous answer is on disk.

        Raises:
            StoreFailed: it is not.
        """

    def let_go(self, now: Instant) -> int:
        """Puts those anonymous answers into the queue that can hide there; how many.

        Raises:
            StoreFailed: none went.
        """

    def close(self) -> None:
        """Let the file go."""

    @property
    def set_aside(self) -> object | None:
        """Where a damaged queue was put since this one was opened; None while all was well."""


class Recorder:
    """Keeps facts; once the disk has refused, nothing more is promised until `recover`."""

    def __init__(self, open_queue: Callable[[], Queue], clock: Clock) -> None:
        """Open the queue; a disk that refuses at the start is tried again by `recover`.

        Args:
            open_queue: opens the outbox; called again after the disk has refused.
            clock: when facts occur.
        """
        self._open_queue = open_queue
        self._clock = clock
        self._queue: Queue | None = None
        self._told: object | None = None
        try:
            self._open()
        except StoreError as problem:
            log.error("the queue cannot be opened, the kiosk is out of service: %s", problem)

    @property
    def works(self) -> bool:
        """Whether facts can be kept; False from a refusal until `recover` succeeds."""
        return self._queue is not None

    def keep(self, facts: Iterable[Fact], pins: PinRule | None = None) -> None:
        """Put each fact on disk, in order, with what it asks for.

        Args:
            facts: what happened.
            pins: how PINs are sealed; None while there is no programme, and nobody redeems.

        Raises:
            StoreFailed: the disk refused one; facts before it are kept.
            ContentRefused: a PIN cannot be sealed with HQ's key; facts before it are kept.
        """
        for fact in facts:
            queue = self._open_one()
            fact = _sealed(fact, pins)
            with self._giving_up():
                _put(queue, fact, self._clock.now())
            with suppress(StoreFailed):  # the fact is on disk, whatever becomes of this news
                self._tell_of_damage(queue)

    def let_go(self) -> None:
        """Let anonymous answers that can hide go up; at a moment that is nobody's.

        Raises:
            StoreFailed: the disk refused; they rest on.
        """
        queue = self._open_one()
        with self._giving_up():
            gone = queue.let_go(self._clock.now())
        if gone:
            log.info("%d anonymous answers go up together", gone)

    def claims_of(self, member_id: str) -> tuple[Claim, ...]:
        """What this kiosk has asked for in a member's name, as it is now.

        Raises:
            StoreFailed: it cannot be read.
        """
        return self._open_one().claims_of(member_id, self._clock.now())

    def claim(self, id_: UUID) -> Claim | None:
        """One claim as it is now.

        Raises:
            StoreFailed: it cannot be read.
        """
        return self._open_one().claim(id_, self._clock.now())

    def recover(self) -> bool:
        """Open the queue anew and write one record; True when the disk took it."""
        try:
            self._open()
            self.keep([DeviceEvent(what="storage-back")])
        except StoreError as problem:
            log.debug("the disk still refuses: %s", problem)
            return False
        log.info("the disk takes records again")
        return True

    def close(self) -> None:
        """Let the queue go."""
        if self._queue is not None:
            self._queue.close()
            self._queue = None

    def _open_one(self) -> Queue:
        if self._queue is None:
            raise StoreFailed("the disk refused earlier and has not been tried again")
        return self._queue

    def _open(self) -> None:
        self._queue = self._open_queue()
        self._tell_of_damage(self._queue)

    def _tell_of_damage(self, queue: Queue) -> None:
        """HQ hears once when a damaged queue had to be set aside, at the start or later."""
        if queue.set_aside is None or queue.set_aside == self._told:
            return
        self._told = queue.set_aside
        log.error("the queue was damaged; it was set aside as %s", queue.set_aside)
        self.keep([DeviceEvent(what="queue-set-aside")])

    @contextmanager
    def _giving_up(self) -> Iterator[None]:
        """What the disk refuses here is not promised, and nothing else is."""
        try:
            yield
        except StoreError as problem:
            self._give_up(problem)
            raise StoreFailed(str(problem)) from problem

    def _give_up(self, problem: StoreError) -> None:
        log.error("the disk refused a record, the kiosk goes out of service: %s", problem)
        try:
            self.close()
        except StoreError:
            self._queue = None


def _put(queue: Queue, fact: Fact, now: Instant) -> None:
    """A record with what it asks for; an anonymous answer without its moment and its place."""
    if isinstance(fact, SurveyResponse) and fact.anonymous:
        queue.put_nameless(nameless_record(fact, now))
    else:
        queue.put(new_record(fact, now), claim_of(fact))


def _sealed(fact: Fact, pins: PinRule | None) -> Fact:
    """The fact with its PIN sealed; without a rule it stays plain, and no record is made of it."""
    if not isinstance(fact, Redemption) or not isinstance(fact.pin, PlainPin) or pins is None:
        return fact
    sealed = sealing.seal(fact.pin.get_secret_value(), pins, fact.redemption_id)
    return fact.model_copy(update={"pin": sealed})
