"""Forgets claims that members' rows include, and wipes codes whose hold is over."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from kiosk.clock import Clock
from kiosk.exceptions import CorruptStore, DirectoryMissing
from kiosk.model.cards import CardKey
from kiosk.model.clock import Instant
from kiosk.model.members import Member
from kiosk.model.verdicts import ClaimKind, Outcome
from kiosk.store.claims import KeptClaim, seconds_since

EVERY_S = 60.0
"""Seconds between two looks, unless a hold ends sooner."""

LOOKED_AT_S = 15 * 60.0
"""A page that waits for a verdict is gone by then: [session] allows 12 minutes at most."""

NO_ROW_S = 7 * 24 * 60 * 60.0
"""Seconds that a claim is kept which no row can include: HQ's changes are home long before."""

_NOTED = frozenset(
    {ClaimKind.FEEDBACK, ClaimKind.CONSENT, ClaimKind.DATA_REQUEST}
    | {ClaimKind.SURVEY, ClaimKind.PROFILE, ClaimKind.APPLICATION}
)
"""What a row tells by `noted` that it includes."""

_SHOWN = {Outcome.SIGNED_UP: True, Outcome.SIGNED_OFF: False}
"""Whether a row that includes the outcome of a sign-up names the event; others leave no trace."""


class Claims(Protocol):
    """The claims on disk, as their keeper needs them; each raises StoreFailed."""

    def gone(self) -> int:
        """How many records wait no more, of all that ever did."""

    def answered_claims(self) -> Sequence[KeptClaim]:
        """Those that wait for no word any more."""

    def wipe_codes(self, ids: Iterable[UUID]) -> None:
        """Take their codes off the disk; with no ids too, when it failed before."""

    def forget_claims(self, ids: Iterable[UUID]) -> None:
        """Delete them."""


class Rows(Protocol):
    """The directory on disk."""

    def find(self, key: CardKey) -> Member | None:
        """The row of this card, or None.

        Raises:
            StoreError: it cannot be read.
        """


class ClaimsTask:
    """Looks through the claims, a turn at a time.

    A claim is forgotten once the member's row includes it and holds nothing of it any more,
    not before: until then its points must be taken off the balance, however long that takes.
    Where there is no row to tell (the card is gone, HQ would not read the record), a week
    after HQ's word. And only when the look before has found the same: whoever reads a row and
    then the claims must not miss one in both.
    """

    def __init__(self, claims: Claims, rows: Rows, clock: Clock, kiosk: str) -> None:
        """Nothing is looked at yet.

        Args:
            claims: what this kiosk asked for.
            rows: what HQ says of members.
            clock: for the age of HQ's word.
            kiosk: this kiosk's name at HQ.
        """
        self._claims = claims
        self._rows = rows
        self._clock = clock
        self._kiosk = kiosk
        self._done_before: frozenset[UUID] = frozenset()
        self._gone = -1
        self._unwiped = True  # the log may still hold what a process before this one wiped

    def turn(self, _probe: bool) -> float:
        """One look; seconds until the next one."""
        now = self._clock.now()
        self._note_gone(self._claims.gone())
        kept = self._claims.answered_claims()
        self._wipe([one for one in kept if one.hold_left_s(now) == 0 and _has_code(one)])
        done = frozenset(one.claim.id for one in kept if self._is_done(one, now))
        if forgotten := done & self._done_before:
            self._claims.forget_claims(forgotten)
            self._unwiped = True
        self._done_before = done
        left = [left_s for one in kept if (left_s := one.hold_left_s(now)) and _has_code(one)]
        return min([EVERY_S, *left])

    def _note_gone(self, gone: int) -> None:
        """Records that have gone stand in the log: names, words, sealed PINs, codes given out."""
        self._unwiped = self._unwiped or gone != self._gone
        self._gone = gone

    def _wipe(self, over: Sequence[KeptClaim]) -> None:
        self._unwiped = self._unwiped or bool(over)
        if self._unwiped:
            self._claims.wipe_codes([one.claim.id for one in over])
            self._unwiped = False

    def _is_done(self, kept: KeptClaim, now: Instant) -> bool:
        age_s = seconds_since(kept.told, now)
        if kept.told.boot_id == now.boot_id and (age_s or 0) < LOOKED_AT_S:
            return False
        row = self._row(kept.card_key)
        if row is not None and not kept.claim.dead:
            told = self._includes(row, kept)
            if told is not None:
                return told
        return age_s is not None and age_s >= NO_ROW_S

    def _row(self, key: CardKey) -> Member | None:
        try:
            return self._rows.find(key)
        except (CorruptStore, DirectoryMissing):
            return None

    def _includes(self, row: Member, kept: KeptClaim) -> bool | None:
        """Whether this row includes the claim and holds nothing of it; None when it cannot tell."""
        claim = kept.claim
        if claim.kind in {ClaimKind.REDEMPTION, ClaimKind.RELEASE}:
            held = any(one.redemption_id == claim.id for one in row.held)
            return row.applied_seq.get(self._kiosk, 0) >= claim.seq and not held
        refused = claim.verdict is not None and claim.verdict.outcome is Outcome.REFUSED
        if claim.kind in _NOTED and not refused:
            return row.noted.get(self._kiosk, 0) >= claim.seq
        shown = None if claim.verdict is None else _SHOWN.get(claim.verdict.outcome)
        return True if shown is (claim.subject in row.events) else None


def _has_code(kept: KeptClaim) -> bool:
    return kept.claim.verdict is not None and kept.claim.verdict.code is not None
