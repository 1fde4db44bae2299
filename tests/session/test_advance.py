"""Each rule of the session, one by one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.model.facts import DeviceEvent, Visit
from kiosk.model.members import CardStatus
from kiosk.model.text import Language
from kiosk.session.advance import advance, begin, fault
from kiosk.session.events import (
    CardLaid,
    CardResting,
    CardTaken,
    Event,
    Found,
    Known,
    NoDirectory,
    NotACard,
    Pressed,
    ReaderAway,
    ReaderBack,
    SeveralCards,
    StorageBack,
    StorageFailed,
    Tick,
    Touched,
    Unknown,
)
from kiosk.session.states import (
    Attract,
    Complaint,
    Home,
    Joining,
    Notice,
    NoticeKind,
    OutOfService,
    Session,
    StillThere,
    Visitor,
)
from tests.factories import KEY, OTHER_KEY, member, world
from tests.session.playing import played

KNOWN = Known(KEY, member())
WORLD = world()
LOT = int.from_bytes(WORLD.chance[10:14]) % 100
"""What a visit draws in this world."""


def after(session: Session, *events: Event) -> Session:
    """The session after these events, all at the same moment."""
    return played(session, events, WORLD).session


@pytest.fixture
def attract() -> Session:
    """A kiosk that waits, its reader connected."""
    return after(begin(WORLD), ReaderBack())


@pytest.fixture
def home(attract: Session) -> Session:
    """李女士's page."""
    return after(attract, CardLaid(KNOWN))


def test_a_tap_opens_the_page_and_leaves_one_visit(attract: Session) -> None:
    """Without the fact HQ would never hear of the visit."""
    step = advance(attract, CardLaid(KNOWN), WORLD)
    assert step.session.page == Home()
    assert step.session.visitor == Visitor(member(), KEY, lot=LOT)
    assert step.facts == (
        Visit(
            member_id="m-000001",
            card_key=KEY.hex(),
            language=Language.ZH,
            directory_as_of="2026-11-21T06:20:00+00:00",
        ),
    )


def test_a_balance_is_true_as_of_the_last_exchange_with_hq(attract: Session) -> None:
    """A row that never changed would look old although HQ has just confirmed it."""
    later = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    around = replace(WORLD, directory_as_of=later)
    (fact,) = advance(attract, CardLaid(KNOWN), around).facts
    assert isinstance(fact, Visit)
    assert fact.directory_as_of == later.isoformat()
    assert WORLD.true_at(later) == later


def test_the_same_card_again_is_the_same_visit(home: Session) -> None:
    """A card laid twice must not count twice, but shows that somebody is there."""
    later = replace(WORLD, uptime_s=WORLD.uptime_s + 30)
    step = advance(after(home, CardTaken()), CardLaid(KNOWN), later)
    assert step.facts == ()
    assert step.session.page == home.page
    assert step.session.until_s == later.uptime_s + 45


def test_another_card_ends_the_session_at_once(home: Session) -> None:
    """The next member must never see the page of the one before."""
    other = member(member_id="m-2")
    step = advance(home, CardLaid(Known(OTHER_KEY, other)), WORLD)
    assert step.session.page == Home()
    assert step.session.visitor == Visitor(other, OTHER_KEY, lot=LOT)
    assert [fact.kind for fact in step.facts] == ["visit"]


def test_taking_the_card_away_keeps_the_page(home: Session) -> None:
    """Members tap and lift; a page that vanished then could never be read."""
    assert after(home, CardTaken()).page == home.page


@pytest.mark.parametrize(
    ("found", "kind", "what"),
    [
        (Unknown(OTHER_KEY), NoticeKind.UNKNOWN_CARD, "card-unknown"),
        (
            Known(KEY, member(card_status=CardStatus.REPLACED)),
            NoticeKind.CARD_REPLACED,
            "card-replaced",
        ),
        (NotACard(), NoticeKind.NOT_A_CARD, "card-not-ours"),
        (NoDirectory(), NoticeKind.NO_DIRECTORY, "directory-missing"),
        *(
            (Known(KEY, member(card_status=status)), NoticeKind.CARD_NOT_ACTIVE, f"card-{status}")
            for status in (CardStatus.LOST, CardStatus.BLOCKED)
        ),
    ],
)
def test_every_other_card_has_its_notice(
    attract: Session, found: Found, kind: NoticeKind, what: str
) -> None:
    """A card without an answer looks like a broken kiosk; a lost one must show no name."""
    step = advance(attract, CardLaid(found), WORLD)
    key = OTHER_KEY if kind is NoticeKind.UNKNOWN_CARD else None
    assert step.session.page == Notice(kind, key)
    assert step.session.visitor is None
    assert step.facts == (DeviceEvent(what=what),)


def test_a_card_that_lay_there_at_the_start_shows_nobody(attract: Session) -> None:
    """After a restart the owner may be far away; the page would be everybody's to read."""
    step = advance(attract, CardResting(KNOWN), WORLD)
    assert step.session.page == Notice(NoticeKind.LIFT_CARD)
    assert step.facts == ()
    assert isinstance(after(step.session, CardTaken()).page, Attract)


def test_the_reader_coming_back_under_a_member_keeps_the_page(home: Session) -> None:
    """A loose plug must not throw the member out."""
    shaken = after(home, CardTaken(), ReaderAway(), ReaderBack(), CardResting(KNOWN))
    assert shaken.page == home.page
    assert shaken.card_on_reader


def test_several_cards_end_the_session_and_are_asked_apart(home: Session) -> None:
    """With two cards nobody knows whose page to show."""
    several = after(home, SeveralCards())
    assert several.page == Notice(NoticeKind.SEVERAL_CARDS)
    assert isinstance(after(several, CardTaken()).page, Attract)


def test_a_card_left_lying_does_not_open_again(home: Session) -> None:
    """One read, no repeat: after the end the same resting card stays silent."""
    ended = after(home, Pressed("done"))
    assert isinstance(ended.page, Attract)
    assert ended.card_on_reader


def test_time_out_asks_first_and_hides_the_member(home: Session) -> None:
    """The question stands 20 s (WCAG 2.2, 2.2.1) over nothing that can be read."""
    asked = advance(home, Tick(), replace(WORLD, uptime_s=home.until_s)).session
    assert asked.page == StillThere()
    assert asked.trail == (Home(),)
    assert asked.until_s == home.until_s + 20
    assert after(asked, Pressed("stay")).page == home.page
    ended = advance(asked, Tick(), replace(WORLD, uptime_s=asked.until_s)).session
    assert isinstance(ended.page, Attract)


def test_the_question_waits_for_its_answer(home: Session) -> None:
    """A sleeve that brushes the glass must not uncover a member who has left."""
    asked = advance(home, Tick(), replace(WORLD, uptime_s=home.until_s)).session
    assert after(asked, Touched(), Pressed("contact")) == asked


def test_a_touch_gives_the_page_its_whole_time_again(home: Session) -> None:
    """Somebody who reads and touches is still there."""
    later = replace(WORLD, uptime_s=WORLD.uptime_s + 40)
    assert advance(home, Touched(), later).session.until_s == later.uptime_s + 45


def test_a_member_may_look_aside_and_come_back(home: Session) -> None:
    """A page that opens above another is not a dead end."""
    aside = after(home, Pressed("contact"))
    assert aside.page == Complaint()
    assert aside.visitor == home.visitor
    assert after(aside, Pressed("back")).page == home.page
    assert isinstance(after(aside, Pressed("done")).page, Attract)


def test_language_follows_the_member_unless_somebody_chose(attract: Session) -> None:
    """A choice made by hand is stronger than the one in the directory."""
    english = Known(KEY, member(language="en"))
    assert after(attract, CardLaid(english)).language is Language.EN
    chosen = after(attract, Pressed("language"), CardLaid(Known(KEY, member(language="zh-CN"))))
    assert chosen.language is Language.EN


def test_a_choice_of_language_is_undone_when_the_session_ends(home: Session) -> None:
    """The next member begins in the kiosk's own language and type."""
    changed = after(home, Pressed("language"), Pressed("big-text"))
    assert (changed.language, changed.big_text) == (Language.EN, True)
    ended = after(changed, Pressed("done"))
    assert (ended.language, ended.big_text) == (Language.ZH, False)


def test_a_passer_bys_choice_is_undone_after_a_while(attract: Session) -> None:
    """An attract screen left in English by a child must not stay so all day."""
    switched = after(attract, Pressed("language"))
    early = advance(switched, Tick(), replace(WORLD, uptime_s=switched.until_s)).session
    assert early.language is Language.EN
    late = advance(early, Tick(), replace(WORLD, uptime_s=WORLD.uptime_s + 60)).session
    assert late.language is Language.ZH


def test_the_attract_screen_shows_one_frame_after_another(attract: Session) -> None:
    """A plan of which only the first frame is ever seen explains nothing."""
    frames = []
    session = attract
    for _ in range(4):
        assert isinstance(session.page, Attract)
        frames.append(session.page.frame)
        session = advance(session, Tick(), replace(WORLD, uptime_s=session.until_s)).session
    assert frames == [0, 1, 2, 0]


def test_the_reader_lost_is_known_and_the_kiosk_stays_useful(attract: Session) -> None:
    """Without a reader joining and contact still work."""
    away = after(attract, ReaderAway())
    assert not away.reader_ready
    assert after(away, Pressed("join")).page == Joining()
    assert after(away, ReaderBack()).reader_ready


def test_a_full_disk_closes_the_kiosk_until_it_is_back(home: Session) -> None:
    """What cannot be kept must not be promised: no card is answered while the disk refuses."""
    closed = after(home, StorageFailed())
    assert closed.page == OutOfService()
    assert after(closed, CardLaid(KNOWN), Tick(), Pressed("done")).page == OutOfService()
    back = after(closed, StorageBack())
    assert isinstance(back.page, Attract)


def test_without_content_a_card_is_told_so(attract: Session) -> None:
    """A page needs the programme; before it has come there is a clear sentence, not a fault."""
    step = advance(attract, CardLaid(KNOWN), replace(WORLD, content=None))
    assert step.session.page == Notice(NoticeKind.NO_DIRECTORY)


def test_a_fault_ends_the_session_kindly(home: Session) -> None:
    """After a mistake of ours nothing of the member may stay."""
    oops = fault(home, WORLD).session
    assert oops.page == Notice(NoticeKind.OOPS)
    assert "Ms L." not in repr(oops)
