"""The desk: what a reader's event means, and that no UID outlives its use."""

import logging
from uuid import UUID

import pytest

from kiosk.app.desk import HOLD_OFF_S, Desk
from kiosk.drivers.port import (
    CardInserted,
    CardRemoved,
    FailedRead,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
    ReadFailed,
    Technology,
)
from kiosk.exceptions import CorruptStore, StoreFailed
from kiosk.model.cards import CardKey, card_key
from kiosk.model.members import Member
from kiosk.model.verdicts import Claim, ClaimKind
from kiosk.session.events import (
    CardLaid,
    CardResting,
    CardTaken,
    Known,
    NoDirectory,
    NotACard,
    ReaderAway,
    ReaderBack,
    SeveralCards,
    Unknown,
)
from tests.factories import member

SALT = b"a salt of 16 byte"
UID = bytes.fromhex("04a1b2c3d4e5f6")
KEY = card_key(UID, SALT)


class Shelf:
    """Members in a dict; damaged when told so."""

    def __init__(self, *, damaged: bool = False) -> None:
        self.damaged = damaged

    def find(self, key: CardKey) -> Member | None:
        """The member with this key."""
        if self.damaged:
            raise CorruptStore("a row is broken")
        return member() if key == KEY else None


class Wishes:
    """What was asked for, whoever asks; unreadable when told so."""

    def __init__(self, *claims: Claim, unreadable: bool = False) -> None:
        self.claims = claims
        self.unreadable = unreadable

    def claims_of(self, member_id: str) -> tuple[Claim, ...]:
        """Those of this member."""
        if self.unreadable:
            raise StoreFailed("the disk refused")
        return tuple(claim for claim in self.claims if claim.member_id == member_id)


def inserted(uid: bytes = UID, at_s: float = 10.0, *, resting: bool = False) -> CardInserted:
    """A card of type A."""
    return CardInserted("entrance", at_s, uid, Technology.NFC_A, resting=resting)


@pytest.fixture
def desk() -> Desk:
    """A desk with one member."""
    return Desk(Shelf(), Wishes(), SALT)


def test_a_members_card_brings_the_member(desk: Desk) -> None:
    """The key must be made the way HQ makes it, or nobody is ever found."""
    assert desk.receive(inserted()) == CardLaid(Known(KEY, member()))


def test_what_was_asked_for_comes_with_the_member() -> None:
    """Points asked for a moment ago would look as if they could be spent again."""
    mine = Claim(UUID(int=1), 7, ClaimKind.REDEMPTION, member().member_id, "canvas-tote", 2400)
    others = Claim(UUID(int=2), 8, ClaimKind.REDEMPTION, "m-other", "canvas-tote", 2400)
    desk = Desk(Shelf(), Wishes(mine, others), SALT)
    assert desk.receive(inserted()) == CardLaid(Known(KEY, member(), (mine,)))


def test_without_what_was_asked_for_no_balance_is_shown() -> None:
    """A balance without the member's own wishes would be too high."""
    desk = Desk(Shelf(), Wishes(unreadable=True), SALT)
    assert desk.receive(inserted()) == CardLaid(NoDirectory())


def test_a_card_nobody_has_is_unknown(desk: Desk) -> None:
    """It may be a membership card that HQ has not sent yet."""
    other = bytes.fromhex("04000000000001")
    assert desk.receive(inserted(other)) == CardLaid(Unknown(card_key(other, SALT)))


@pytest.mark.parametrize("uid", ["08a1b2c3", "a1b2c3d4"])
def test_phones_and_bank_cards_are_never_looked_up(desk: Desk, uid: str) -> None:
    """A UID drawn at random could one day be somebody's."""
    assert desk.receive(inserted(bytes.fromhex(uid))) == CardLaid(NotACard())


def test_a_resting_card_is_told_apart(desk: Desk) -> None:
    """Nobody laid it down just now, so the session must not greet."""
    assert desk.receive(inserted(resting=True)) == CardResting(Known(KEY, member()))


def test_a_damaged_directory_is_a_notice_not_a_crash(caplog: pytest.LogCaptureFixture) -> None:
    """One broken row must not take the kiosk down, nor be hidden from the technician."""
    assert Desk(Shelf(damaged=True), Wishes(), SALT).receive(inserted()) == CardLaid(NoDirectory())
    assert "the directory cannot be used" in caplog.text


def test_a_card_that_wavers_while_it_is_lifted_is_not_a_new_tap(desk: Desk) -> None:
    """It would open the page again behind a member who has pressed Done and turned away."""
    assert desk.receive(CardRemoved("entrance", 20.0, UID)) == CardTaken()
    assert desk.receive(inserted(at_s=20.0 + HOLD_OFF_S / 2)) is None
    assert desk.receive(CardRemoved("entrance", 22.0, UID)) == CardTaken()
    assert desk.receive(inserted(at_s=22.0 + HOLD_OFF_S)) is not None


def test_a_card_that_was_held_off_and_stays_is_answered(desk: Desk) -> None:
    """A member with quick hands would look at a screen that never answers the card on it."""
    desk.receive(CardRemoved("entrance", 20.0, UID))
    assert desk.receive(inserted(at_s=20.4)) is None
    assert desk.pass_time(20.3 + HOLD_OFF_S) is None
    assert desk.pass_time(20.4 + HOLD_OFF_S) == CardLaid(Known(KEY, member()))
    assert desk.pass_time(30.0) is None


@pytest.mark.parametrize(
    "gone",
    [
        CardRemoved("entrance", 20.6, UID),
        ReadFailed("entrance", 20.6, FailedRead.COLLISION),
        ReaderLost("entrance", 20.6, "there is no device", 0.25),
    ],
)
def test_a_card_that_was_held_off_and_is_gone_stays_unanswered(
    desk: Desk, gone: ReaderEvent
) -> None:
    """It would open the page of a member who has left with the card."""
    desk.receive(CardRemoved("entrance", 20.0, UID))
    assert desk.receive(inserted(at_s=20.4)) is None
    desk.receive(gone)
    assert desk.pass_time(20.5 + HOLD_OFF_S) is None


def test_a_card_lifted_because_the_screen_asked_is_a_new_tap_at_once(desk: Desk) -> None:
    """A member who does what the notice says, quickly, would stand before a screen that ignores."""
    desk.receive(inserted(resting=True))
    desk.receive(CardRemoved("entrance", 20.0, UID))
    assert desk.receive(inserted(at_s=20.0 + HOLD_OFF_S / 2)) == CardLaid(Known(KEY, member()))
    desk.receive(ReadFailed("entrance", 30.0, FailedRead.COLLISION))
    desk.receive(CardRemoved("entrance", 31.0, UID))
    assert desk.receive(inserted(at_s=31.0 + HOLD_OFF_S / 2)) == CardLaid(Known(KEY, member()))
    desk.receive(CardRemoved("entrance", 40.0, UID))
    assert desk.receive(inserted(at_s=40.0 + HOLD_OFF_S / 2)) is None


def test_another_card_is_never_held_off(desk: Desk) -> None:
    """The next member in the queue may be quick."""
    desk.receive(CardRemoved("entrance", 20.0, bytes(7)))
    assert desk.receive(inserted(at_s=20.1)) == CardLaid(Known(KEY, member()))


def test_a_lifted_cards_uid_is_forgotten(desk: Desk) -> None:
    """A UID kept in memory for hours is a UID that can leak."""
    desk.receive(CardRemoved("entrance", 20.0, UID))
    desk.pass_time(20.0 + HOLD_OFF_S / 2)
    assert UID in vars(desk)["_lifted"]
    desk.pass_time(20.1 + HOLD_OFF_S)
    assert vars(desk)["_lifted"] is None


def test_a_reader_lost_and_back_is_logged_once_each(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """A technician would find nothing in the log, or everything twice."""
    with caplog.at_level(logging.INFO):
        desk.receive(ReaderLost("entrance", 1.0, "there is no device", 0.25))
        desk.receive(ReaderConnected("entrance", 2.0, "PN532 v1.6"))
    assert [(one.levelname, "entrance" in one.message) for one in caplog.records] == [
        ("WARNING", True),
        ("INFO", True),
    ]
    assert "there is no device" in caplog.text


def test_the_readers_own_events(desk: Desk) -> None:
    """The session must know about the reader to say so on the screen."""
    assert desk.receive(ReaderConnected("entrance", 1.0, "PN532 v1.6")) == ReaderBack()
    assert desk.receive(ReaderLost("entrance", 1.0, "no answer", 0.25)) == ReaderAway()
    assert desk.receive(ReadFailed("entrance", 1.0, FailedRead.COLLISION)) == SeveralCards()
    assert desk.receive(ReadFailed("entrance", 1.0, FailedRead.TORN)) is None
