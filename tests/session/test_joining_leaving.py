"""Leaving an application: nothing of it stays, whoever comes next and however it ends."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.asking import Applicant, ApplicationState
from kiosk.model.facts import DeviceEvent
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
    NotACard,
    Pressed,
    SeveralCards,
    StorageFailed,
    Tick,
    Touched,
    Unknown,
)
from kiosk.session.states import (
    Applied,
    Attract,
    Complaint,
    Joined,
    Joining,
    JoiningStep,
    Notice,
    NoticeKind,
    OutOfService,
    StillThere,
    Writing,
)
from tests.factories import KEY, OTHER_KEY, member, world
from tests.session.joining_kit import (
    APPLICATION,
    JOIN,
    NAME,
    PHONE,
    STRANGE,
    TODAY,
    WORLD,
    after,
    asked_born,
    confirmed,
    everything_in,
    is_free_of_it,
    named,
    out_of_time,
    page_of,
    told,
)

# -- leaving -------------------------------------------------------------------------------

ENDS: tuple[Event, ...] = (
    Pressed("done"),
    SeveralCards(),
    CardLaid(Known(KEY, member())),
    CardLaid(Unknown(KEY)),
    CardLaid(NotACard()),
    CardResting(Known(KEY, member())),
    StorageFailed(),
)


@pytest.mark.parametrize("end", ENDS, ids=str)
def test_leaving_drops_all_of_it(end: Event) -> None:
    """The next person would read a name and a number, or go on with them."""
    for session in (named(CardLaid(STRANGE)), confirmed(CardLaid(STRANGE))):
        assert not is_free_of_it(session)
        step = advance(session, end, WORLD)
        assert told(step.facts) == []
        assert is_free_of_it(step.session)


def test_after_submitting_nothing_of_it_is_left() -> None:
    """The page of thanks stays a while, and its session is everybody's."""
    firsts: tuple[Event, ...] = (JOIN, CardLaid(STRANGE))
    for first in firsts:
        assert is_free_of_it(after(confirmed(first), Pressed("apply")))


def test_time_asks_first_and_then_drops_it() -> None:
    """A pause while a number is looked for would end it; and a draft would wait for anybody."""
    for session in (named(), confirmed()):
        asked = out_of_time(session)
        assert (asked.session.page, asked.facts) == (StillThere(), ())
        assert page_of(after(asked.session, Pressed("stay"))) == page_of(session)
        gone = out_of_time(asked.session)
        assert isinstance(gone.session.page, Attract)
        assert gone.facts == ()
        assert is_free_of_it(gone.session)


def test_typing_never_runs_out_of_time() -> None:
    """A slow typist would be thrown out in the middle of a name."""
    session, around = after(asked_born(), Pressed("join-on")), WORLD
    for letter in "annemarie" * 3:
        around = replace(around, uptime_s=around.uptime_s + WORLD.timing.idle_s - 1)
        session = after(session, Tick(), Pressed("key", letter), around=around)
    assert isinstance(session.page, Writing)


def test_a_fault_of_ours_drops_it_too() -> None:
    """What cannot be gone on with must not be found by the next person."""
    step = fault(confirmed(CardLaid(STRANGE)), WORLD)
    assert step.session.page == Notice(NoticeKind.OOPS)
    assert told(step.facts) == []
    assert is_free_of_it(step.session)


def test_a_disk_that_refuses_promises_nothing() -> None:
    """An application that is not on disk would be called received."""
    step = advance(confirmed(), StorageFailed(), WORLD)
    assert (step.session.page, step.facts) == (OutOfService(), ())


# -- cards ---------------------------------------------------------------------------------


def test_the_applicant_s_own_card_may_be_moved() -> None:
    """A card that is taken away and laid down again would cost everything typed."""
    session = confirmed(CardLaid(STRANGE))
    for event in (CardTaken(), CardLaid(STRANGE), CardResting(STRANGE)):
        session = after(session, event)
        assert page_of(session).name == NAME
    asked = out_of_time(session).session
    assert page_of(after(asked, CardLaid(STRANGE))).name == NAME


def test_another_unknown_card_is_another_person() -> None:
    """Whoever steps up would go on with a stranger's name."""
    for session in (confirmed(), confirmed(CardLaid(STRANGE))):
        step = advance(session, CardLaid(Unknown(KEY)), WORLD)
        assert step.session.page == Notice(NoticeKind.UNKNOWN_CARD, KEY)
        assert is_free_of_it(step.session)


def test_a_card_that_was_applied_with_says_so_before_hq_knows() -> None:
    """The same card laid again, offline or after a start, would ask to apply once more."""
    step = advance(begin(WORLD), CardLaid(Unknown(OTHER_KEY, (APPLICATION,))), WORLD)
    assert step.session.page == Applied()
    assert step.facts == (DeviceEvent(what="card-applied"),)
    dead = replace(APPLICATION, dead=True)
    refused = advance(begin(WORLD), CardLaid(Unknown(OTHER_KEY, (dead,))), WORLD)
    assert refused.session.page == Notice(NoticeKind.UNKNOWN_CARD, OTHER_KEY)


def test_an_applicant_s_row_opens_no_member_s_page() -> None:
    """Somebody who has only applied would see points, and rewards to redeem."""
    applicant = Applicant(state=ApplicationState.ACCEPTED, on=TODAY, best_fen=6_000)
    row = member(card_status=CardStatus.APPLIED, applicant=applicant, language="en")
    step = advance(begin(WORLD), CardLaid(Known(KEY, row)), WORLD)
    assert step.session.page == Applied(applicant)
    assert step.session.visitor is None
    assert step.session.language is Language.EN
    assert step.facts == (DeviceEvent(what="card-applied"),)
    assert isinstance(out_of_time(step.session).session.page, Attract)


def test_without_content_an_applicant_is_not_told_half_of_it() -> None:
    """What is still missing stands in the content."""
    around = world(content=None)
    row = member(card_status=CardStatus.APPLIED)
    founds: tuple[Found, ...] = (Unknown(OTHER_KEY, (APPLICATION,)), Known(KEY, row))
    for found in founds:
        step = advance(begin(around), CardLaid(found), around)
        assert step.session.page == Notice(NoticeKind.NO_DIRECTORY)


# -- whatever comes ------------------------------------------------------------------------

TOUCHES: tuple[Event, ...] = (
    *(Pressed(key) for key in ("join", "join-on", "use", "no-code", "group-code", "marketing")),
    *(Pressed(key) for key in ("join-on", "use", "no-code", "apply", "back", "stay")),
    *(Pressed("join-change", step.value) for step in JoiningStep),
    *(Pressed("wheel", value) for value in ("year:+1", "year:-10", "month:0", "day:0", "x")),
    *(Pressed("key", letter) for letter in "a1138"),
    *(Pressed(key) for key in ("mode", "clear", "language", "contact", "rules", "done")),
    Pressed("mode", "letters"),
    Touched(),
    Tick(),
    CardLaid(STRANGE),
    CardLaid(Unknown(KEY)),
    CardTaken(),
    SeveralCards(),
)


@given(
    st.lists(st.tuples(st.sampled_from(TOUCHES), st.sampled_from([0.0, 1.0, 50.0])), max_size=60),
    st.sampled_from(["nothing", "named", "confirmed"]),
)
def test_whatever_comes_there_is_one_place_for_what_was_told(
    events: list[tuple[Event, float]], start: str
) -> None:
    """However touches, cards and time follow each other: never two drafts, never one too long."""
    first = CardLaid(STRANGE)
    starts = {"nothing": begin(WORLD), "named": named(first), "confirmed": confirmed(first)}
    dice, around, session = random.Random(5), WORLD, starts[start]
    for event, passed_s in events:
        uptime_s = around.uptime_s + passed_s
        around = replace(around, uptime_s=uptime_s, chance=dice.randbytes(32))
        step = advance(session, event, around)
        session = step.session
        pages = (session.page, *session.trail)
        drafts = [page for page in pages if isinstance(page, Joining)]
        assert len(drafts) <= 1
        assert session.visitor is None
        if not drafts:
            assert not any(secret in everything_in(session) for secret in (NAME, PHONE, "1988"))
        if told(step.facts):
            assert isinstance(session.page, Joined)
        if any(isinstance(page, Complaint) for page in pages):
            assert len(pages) <= 6
