"""An application outlives its session on the disk alone: the same card finds it after a start."""

from datetime import date
from pathlib import Path
from uuid import UUID

from kiosk.app.desk import Desk
from kiosk.app.recorder import Recorder
from kiosk.drivers.port import CardInserted, Technology
from kiosk.model.answers import Application
from kiosk.model.cards import CardKey, applicant_id, card_key
from kiosk.model.members import Member
from kiosk.model.text import Language
from kiosk.session.advance import advance, begin
from kiosk.session.events import CardLaid, Unknown
from kiosk.session.states import Applied, Notice, NoticeKind, Session
from kiosk.store.outbox import Outbox
from tests.factories import world
from tests.fakes.clock import FakeClock

SALT = b"a salt of 16 byte"
UID, OTHER_UID = bytes.fromhex("04a1b2c3d4e5f6"), bytes.fromhex("04000000000001")
KEY = card_key(UID, SALT)
ID = UUID("01937a00-0000-7000-8000-0000000000aa")


class Nobody:
    """A directory without members."""

    def find(self, _key: CardKey) -> Member | None:
        """Nobody has this card."""
        return None


def application(key: CardKey | None) -> Application:
    """李娜 applies."""
    return Application(
        application_id=ID,
        card_key=key.hex() if key is not None else None,
        name="李娜",
        phone="13812345678",
        born=date(1988, 3, 4),
        text_version=1,
        language=Language.ZH,
    )


def started(path: Path) -> Recorder:
    """The kiosk after a start."""
    return Recorder(lambda: Outbox.open(path), FakeClock())


def tapped(recorder: Recorder, uid: bytes) -> Session:
    """What a card on the reader leads to."""
    desk = Desk(Nobody(), recorder, SALT)
    laid = desk.receive(CardInserted("entrance", 10.0, uid, Technology.NFC_A, resting=False))
    assert isinstance(laid, CardLaid)
    return advance(begin(world()), laid, world()).session


def test_the_card_it_was_made_with_finds_it_after_a_start(tmp_path: Path) -> None:
    """After a power cut the applicant would be asked for everything again, and apply twice."""
    recorder = started(tmp_path / "outbox.db")
    assert tapped(recorder, UID).page == Notice(NoticeKind.UNKNOWN_CARD, KEY)
    recorder.keep([application(KEY)])
    assert tapped(recorder, UID).page == Applied()
    recorder.close()
    again = started(tmp_path / "outbox.db")
    assert tapped(again, UID).page == Applied()
    again.close()


def test_no_other_card_finds_it(tmp_path: Path) -> None:
    """A stranger's blank card would say that an application is there."""
    recorder = started(tmp_path / "outbox.db")
    recorder.keep([application(KEY)])
    assert isinstance(tapped(recorder, OTHER_UID).page, Notice)
    recorder.close()


def test_one_without_a_card_is_found_by_nobody(tmp_path: Path) -> None:
    """It has no key, and must not be everybody's."""
    recorder = started(tmp_path / "outbox.db")
    recorder.keep([application(None)])
    assert isinstance(tapped(recorder, UID).page, Notice)
    assert recorder.claim(ID) is None
    recorder.close()


def test_what_is_remembered_names_nobody(tmp_path: Path) -> None:
    """A claim lies there for weeks; name and number go with the record."""
    recorder = started(tmp_path / "outbox.db")
    recorder.keep([application(KEY)])
    (claim,) = recorder.claims_of(applicant_id(KEY))
    assert claim.subject == str(ID)
    assert not any(secret in repr(claim) for secret in ("李娜", "138", "1988"))
    assert Unknown(KEY, (claim,)).claims == (claim,)
    recorder.close()
