"""Notices HQ's word on what the visitor asked for, while the visitor still stands there."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from uuid import UUID

from kiosk.exceptions import StoreError
from kiosk.model.verdicts import Claim
from kiosk.session.events import Judged
from kiosk.session.states import Session
from kiosk.sync.wake import WalWatch

log = logging.getLogger(__name__)

LOOK_S = 0.05
"""Seconds between two looks whether the outbox has changed; each takes some 10 µs."""

SURELY_S = 0.5
"""Seconds after which the claim is read anyway, whatever the watch on the file says."""


class Claims(Protocol):
    """Where HQ's words are found."""

    def claim(self, id_: UUID) -> Claim | None:
        """The claim with this id, as it is now.

        Raises:
            StoreError: it cannot be read.
        """


class VerdictWatch:
    """Reads the claims a session waits for when, and only when, there may be news of them."""

    def __init__(self, claims: Claims, outbox: Path) -> None:
        self._claims = claims
        self._log = WalWatch(outbox)
        self._look_s = 0.0
        self._surely_s = 0.0

    def look(self, session: Session, now_s: float) -> Iterator[Judged]:
        """HQ's words that have come since the last look.

        Args:
            now_s: on the clock that only goes forward.
        """
        waiting = [] if session.visitor is None else _waiting(session.visitor.claims)
        if not waiting or now_s < self._look_s:
            return
        self._look_s = now_s + LOOK_S
        if not self._log.take() and now_s < self._surely_s:
            return
        self._surely_s = now_s + SURELY_S
        for id_ in waiting:
            claim = self._read(id_)
            if claim is not None and not claim.waits:
                yield Judged(id_, claim.verdict)

    def _read(self, id_: UUID) -> Claim | None:
        try:
            return self._claims.claim(id_)
        except StoreError as problem:
            log.debug("a claim cannot be read: %s", problem)  # the next record says so aloud
            return None


def _waiting(claims: tuple[Claim, ...]) -> list[UUID]:
    return [claim.id for claim in claims if claim.waits]
