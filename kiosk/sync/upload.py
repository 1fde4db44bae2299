"""Carries waiting records to HQ, one upload a turn, and does what HQ says of each record."""

import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from kiosk.clock import Clock
from kiosk.exceptions import HqRefused, HqUnreachable
from kiosk.model.clock import Instant
from kiosk.model.queue import Settlement
from kiosk.model.records import Priority, StoredRecord
from kiosk.model.wire import MAX_BATCH_RECORDS, Fate, Result, UploadAnswer
from kiosk.sync.backoff import Chance, own_pause_s
from kiosk.sync.batch import Batch, cut, envelope
from kiosk.sync.ports import RecordsHq
from kiosk.sync.sift import Sieve

_log = logging.getLogger(__name__)

SPLIT = frozenset({400, 413, 422})
"""Refusals for which a record may be the reason: halve and send again."""

CRASHED = frozenset({500, 502, 504})
"""Answers of a server that a record may have thrown off its feet: try another one first."""

LOOK_S = 2.0
"""Seconds until the queue is looked at again although nobody announced a record."""

DEFERRED_MAX = 1000
"""Records put off at once at most; beyond it all are tried again from the front."""


class Outbox(Protocol):
    """The queue on disk, as the uploader needs it."""

    def peek(self, limit: int) -> Sequence[StoredRecord]:
        """The first waiting records, by priority, then sequence.

        Raises:
            StoreFailed: the disk refused.
        """

    def settle(self, results: Mapping[UUID, Settlement], at: Instant) -> None:
        """Do with each record and its claim what its settlement says; unknown ids are left alone.

        Args:
            at: when HQ said so.

        Raises:
            StoreFailed: the disk refused; nothing was settled.
        """

    def checkpoint(self) -> bool:
        """Tidy up, at a moment when nothing waits; whether all of it could be done.

        Raises:
            StoreFailed: the disk refused.
        """


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the kiosk's and the store's names at HQ."""

    kiosk: str
    store: str


@dataclass(frozen=True, slots=True)
class _Deferral:
    times: int
    due_s: float


class Uploader:
    """The records' way to HQ."""

    def __init__(
        self,
        outbox: Outbox,
        hq: RecordsHq,
        clock: Clock,
        sender: Sender,
        chance: Chance,
        on_verdict: Callable[[], None] = lambda: None,
    ) -> None:
        """Nothing is sent yet.

        Args:
            outbox: what waits.
            hq: who takes it.
            clock: for pauses, and for the moment of HQ's word.
            sender: whose records these are.
            chance: for the jitter.
            on_verdict: called once a verdict of HQ's is on disk: members' rows have changed.
        """
        self._outbox = outbox
        self._hq = hq
        self._clock = clock
        self._sender = sender
        self._chance = chance
        self._on_verdict = on_verdict
        self._owed: dict[UUID, Settlement] = {}
        self._heard: Instant | None = None
        self._sieve: Sieve | None = None
        self._deferred: dict[UUID, _Deferral] = {}
        self._paced_until_s = -math.inf
        self._untidy = False

    def turn(self, probe: bool) -> float:
        """Make one upload.

        Args:
            probe: HQ failed several times in a row: send a single record.

        Returns:
            Seconds until the next turn is wanted; 0 while records wait.

        Raises:
            HqUnreachable: no usable answer; every record is kept.
            HqRefused: HQ takes nothing from us; every record is kept.
            StoreFailed: the disk refused.
        """
        self._settle({})  # what the disk refused before goes first, without asking HQ again
        sieve = self._sieve or self._new_sieve(1 if probe else MAX_BATCH_RECORDS)
        if sieve is None:
            return self._rest()
        self._sieve = None  # after any failure the next turn begins with a new batch
        self._send(sieve)
        if sieve.part is not None:
            self._sieve = sieve
        return 0.0

    def _new_sieve(self, limit: int) -> Sieve | None:
        batch = self._next_batch(limit)
        return Sieve(batch) if batch else None

    def _next_batch(self, limit: int) -> Batch:
        now_s = self._clock.monotonic()
        if len(self._deferred) > DEFERRED_MAX:
            self._deferred.clear()
        put_off = {id_ for id_, deferral in self._deferred.items() if deferral.due_s > now_s}
        waiting = self._outbox.peek(limit + len(put_off))
        ready = [stored for stored in waiting if stored.record.id not in put_off]
        if now_s < self._paced_until_s:
            ready = [stored for stored in ready if stored.record.priority <= Priority.URGENT]
        found = cut(ready, limit)
        if found.broken:
            self._settle(
                {
                    stored.record.id: Settlement(Fate.REJECTED, "unreadable on this kiosk's disk")
                    for stored in found.broken
                }
            )
        return found.batch

    def _rest(self) -> float:
        """Nothing can go up now: tidy up, and say when to look again."""
        if self._untidy:
            self._untidy = False
            self._outbox.checkpoint()
        return LOOK_S

    def _send(self, sieve: Sieve) -> None:
        part = sieve.part or ()
        sender = self._sender
        try:
            answer = self._hq.upload(envelope(sender.kiosk, sender.store, self._clock.now(), part))
        except HqRefused as error:
            if error.status not in SPLIT or not sieve.refused(error.status):
                raise
        except HqUnreachable as error:
            if len(part) == 1 and error.status in CRASHED:
                self._defer(part[0].id)
            raise
        else:
            sieve.understood()
            self._obey(part, answer)
        self._bury(sieve.condemned)

    def _obey(self, part: Batch, answer: UploadAnswer) -> None:
        """Do with each record what HQ says; one HQ says nothing of is kept."""
        sent = {record.id for record in part}
        words = {result.id: result for result in answer.results if result.id in sent}
        self._settle(
            {
                id_: Settlement(word.status, _reason(word), word.verdict)
                for id_, word in words.items()
            }
        )
        kept = [id_ for id_ in sent if id_ not in words or words[id_].status is Fate.RETRY]
        for id_ in kept:
            self._defer(id_)
        self._paced_until_s = self._clock.monotonic() + answer.next_after_s
        if part and len(kept) == len(part):
            raise HqUnreachable(f"HQ took none of {len(part)} records", status=200)

    def _bury(self, condemned: Mapping[UUID, int]) -> None:
        self._settle(
            {
                id_: Settlement(Fate.REJECTED, f"HQ refused the upload with {status}")
                for id_, status in condemned.items()
            }
        )

    def _settle(self, settlements: Mapping[UUID, Settlement]) -> None:
        """Write HQ's words down; those the disk refuses are owed until it takes them."""
        self._owed.update(settlements)
        if not self._owed:
            return
        self._heard = self._heard or self._clock.now()
        self._outbox.settle(self._owed, self._heard)
        written, self._owed, self._heard = self._owed, {}, None
        self._untidy = True
        for id_, settlement in written.items():
            if settlement.fate is not Fate.RETRY:
                self._deferred.pop(id_, None)
            if settlement.fate is Fate.REJECTED:
                _log.warning("record %s is kept as a dead letter", id_)
        if any(settlement.verdict is not None for settlement in written.values()):
            self._on_verdict()

    def _defer(self, id_: UUID) -> None:
        times = self._deferred[id_].times if id_ in self._deferred else 0
        due_s = self._clock.monotonic() + own_pause_s(times, self._chance)
        self._deferred[id_] = _Deferral(times + 1, due_s)


def _reason(word: Result) -> str:
    return f"{word.code}: {word.detail}".strip(": ")
