"""From what a reader noticed to what happened in the session: looks cards up, keeps no UID."""

import logging
from typing import Protocol

from kiosk.drivers.port import (
    CardInserted,
    CardRemoved,
    FailedRead,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
    ReadFailed,
)
from kiosk.exceptions import StoreError
from kiosk.model.cards import CardKey, applicant_id, card_key, identifies
from kiosk.model.members import Member
from kiosk.model.verdicts import Claim
from kiosk.session.events import (
    CardLaid,
    CardResting,
    CardTaken,
    Event,
    Found,
    Known,
    NoDirectory,
    NotACard,
    ReaderAway,
    ReaderBack,
    SeveralCards,
    Unknown,
)

log = logging.getLogger(__name__)

HOLD_OFF_S = 1.0
"""A card seen again this soon only wavered at the edge of the field while it was lifted."""


class Members(Protocol):
    """Where members are found."""

    def find(self, key: CardKey) -> Member | None:
        """The member whose card has this key, or None.

        Raises:
            StoreError: there is no directory, or this row of it cannot be read.
        """


class Claims(Protocol):
    """Where this kiosk remembers what it has asked HQ for."""

    def claims_of(self, member_id: str) -> tuple[Claim, ...]:
        """What was asked for in this member's name, the oldest first.

        Raises:
            StoreError: it cannot be read; then no balance is right.
        """


class Desk:
    """Receives a reader's events on the UI thread, one after another."""

    def __init__(self, members: Members, claims: Claims, fleet_salt: bytes) -> None:
        self._members = members
        self._claims = claims
        self._fleet_salt = fleet_salt
        self._lifted: tuple[bytes, float] | None = None
        self._held_off: CardInserted | None = None
        self._asked_to_lift = False

    def receive(self, event: ReaderEvent) -> Event | None:
        """What this means for the session; None when it means nothing."""
        match event:
            case CardInserted():
                return self._inserted(event)
            case CardRemoved(uid=uid):
                self._held_off = None
                # Whoever was asked to lift a card lays it down again at once, and means it.
                self._lifted = None if self._asked_to_lift else (uid, event.at_s)
                self._asked_to_lift = False
                return CardTaken()
            case ReadFailed(reason=FailedRead.COLLISION):
                self._held_off = None
                self._asked_to_lift = True
                return SeveralCards()
            case ReaderConnected(description=description):
                log.info("reader %s: %s", event.reader, description)
                return ReaderBack()
            case ReaderLost(reason=reason):
                self._held_off = None
                log.warning("reader %s is lost: %s", event.reader, reason)
                return ReaderAway()
            case _:
                return None

    def pass_time(self, now_s: float) -> Event | None:
        """Drop the lifted card's UID once the hold-off is over; called as time passes.

        A card that was held off and still lies there did not waver: somebody laid it down and
        waits.
        """
        if self._lifted is not None and now_s - self._lifted[1] > HOLD_OFF_S:
            self._lifted = None
        held_off = self._held_off
        if held_off is None or now_s - held_off.at_s < HOLD_OFF_S:
            return None
        self._held_off = None
        return CardLaid(self._look_up(held_off.uid))

    def _inserted(self, event: CardInserted) -> Event | None:
        self._held_off = event if self._wavered(event) else None
        if self._held_off is not None:
            return None
        self._asked_to_lift = event.resting
        found = self._look_up(event.uid)
        return CardResting(found) if event.resting else CardLaid(found)

    def _wavered(self, event: CardInserted) -> bool:
        lifted, self._lifted = self._lifted, None
        if lifted is None or event.resting:
            return False
        uid, at_s = lifted
        return uid == event.uid and event.at_s - at_s < HOLD_OFF_S

    def _look_up(self, uid: bytes) -> Found:
        if not identifies(uid):
            return NotACard()
        key = card_key(uid, self._fleet_salt)
        try:
            member = self._members.find(key)
            if member is None:
                return Unknown(key, self._claims.claims_of(applicant_id(key)))
            return Known(key, member, self._claims.claims_of(member.member_id))
        except StoreError as problem:
            log.error("the directory cannot be used: %s", problem)
            return NoDirectory()
