"""The outbox in memory, as the screen's process and the claims' keeper see it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from kiosk.exceptions import StoreFailed
from kiosk.model.clock import Instant
from kiosk.model.nameless import NamelessRecord
from kiosk.model.queue import Settlement
from kiosk.model.records import NewRecord
from kiosk.model.verdicts import Claim
from kiosk.model.wire import Fate
from kiosk.store.claims import KeptClaim, NewClaim


class Tape:
    """A queue in memory that can refuse.

    Attributes:
        records: what was put and not settled, in order.
        resting: anonymous answers that are not among the records yet.
        claims: what was asked for, by the record's id.
        answered: claims that wait for no word any more.
        full: whether it refuses everything.
        opened: how often it was opened.
        set_aside: as in `kiosk.app.recorder.Queue`.
    """

    def __init__(self) -> None:
        self.records: list[NewRecord] = []
        self.resting: list[NamelessRecord] = []
        self.claims: dict[UUID, KeptClaim] = {}
        self.answered: set[UUID] = set()
        self.full = False
        self.opened = 0
        self.set_aside: object | None = None
        self._last = 0
        self._gone = 0

    def open(self) -> "Tape":
        """Open it once more."""
        self._refuse()
        self.opened += 1
        return self

    def put(self, record: NewRecord, claim: NewClaim | None = None) -> int:
        """Keep one."""
        self._refuse()
        self._last += 1
        self.records.append(record)
        if claim is not None and record.id not in self.claims:
            asked = Claim(
                record.id, self._last, claim.kind, claim.member_id, claim.subject, claim.points
            )
            self.claims[record.id] = KeptClaim(claim.card_key, record.occurred, asked)
        return self._last

    def put_nameless(self, answer: NamelessRecord) -> None:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        self.resting.append(answer)

    def let_go(self, now: Instant) -> int:
        """All of them at once, as this queue has no crowds."""
        self._refuse()
        gone, self.resting = self.resting, []
        self.records += [answer.record for answer in gone]
        self._last += len(gone)
        return len(gone)

    def settle(self, results: Mapping[UUID, Settlement], at: Instant) -> None:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        done = {id_: one for id_, one in results.items() if one.fate is not Fate.RETRY}
        self._gone += sum(record.id in done for record in self.records)
        self.records = [record for record in self.records if record.id not in done]
        for id_ in done.keys() & self.claims.keys() - self.answered:
            kept, dead = self.claims[id_], done[id_].fate is Fate.REJECTED
            verdict = None if dead else done[id_].verdict
            claim = replace(kept.claim, verdict=verdict, dead=dead)
            self.claims[id_] = replace(kept, told=at, claim=claim)
            self.answered.add(id_)

    def claims_of(self, member_id: str, now: Instant) -> tuple[Claim, ...]:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        kept = [one.at(now) for one in self.claims.values()]
        mine = (claim for claim in kept if claim.member_id == member_id)
        return tuple(sorted(mine, key=lambda claim: claim.seq))

    def claim(self, id_: UUID, now: Instant) -> Claim | None:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        kept = self.claims.get(id_)
        return None if kept is None else kept.at(now)

    def gone(self) -> int:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        return self._gone

    def answered_claims(self) -> tuple[KeptClaim, ...]:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        told = (kept for id_, kept in self.claims.items() if id_ in self.answered)
        return tuple(sorted(told, key=lambda kept: kept.claim.seq))

    def wipe_codes(self, ids: Iterable[UUID]) -> None:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        for id_ in ids:
            kept = self.claims.get(id_)
            if kept is not None and kept.claim.verdict is not None:
                bare = kept.claim.verdict.model_copy(update={"code": None})
                self.claims[id_] = replace(kept, claim=replace(kept.claim, verdict=bare))

    def forget_claims(self, ids: Iterable[UUID]) -> None:
        """As in `kiosk.store.outbox.Outbox`."""
        self._refuse()
        for id_ in set(ids) & self.answered:
            self.answered.discard(id_)
            del self.claims[id_]

    def close(self) -> None:
        """Nothing to do."""

    @property
    def said(self) -> list[str]:
        """What the records tell of."""
        return [json.loads(record.payload)["what"] for record in self.records]

    def _refuse(self) -> None:
        if self.full:
            raise StoreFailed("full")
