"""Complaining: two touches are a complaint, however the person leaves; once and never twice."""

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.facts import Fact, Feedback, Visit
from kiosk.model.text import Language
from kiosk.model.verdicts import ClaimKind
from kiosk.session.advance import advance, begin, fault
from kiosk.session.events import (
    CardLaid,
    CardResting,
    Event,
    Found,
    Known,
    NoDirectory,
    NotACard,
    Pressed,
    SeveralCards,
    StorageFailed,
    Tick,
    Touched,
    Unknown,
)
from kiosk.session.feedback import with_words
from kiosk.session.states import (
    Attract,
    Complaint,
    Home,
    Notice,
    NoticeKind,
    OutOfService,
    PinEntry,
    Session,
    Step,
    StillThere,
    Thanks,
    Writing,
)
from kiosk.session.world import World
from tests.factories import KEY, OTHER_KEY, member, world
from tests.session.playing import played

WORLD = world()
KNOWN = Known(KEY, member())
OTHERS: tuple[Found, ...] = (
    Known(OTHER_KEY, member(member_id="m-2")),
    Unknown(OTHER_KEY),
    NotACard(),
    NoDirectory(),
)
TOLD = (Pressed("contact"), Pressed("cause", "product"), Pressed("reason", "first"))


def steps(session: Session, events: Iterable[Event], around: World = WORLD) -> Step:
    """The session after these events, with all that they left behind."""
    return played(session, events, around)


def after(session: Session, *events: Event, around: World = WORLD) -> Session:
    """The same, without what was left behind."""
    return steps(session, events, around).session


def out_of_time(session: Session) -> Step:
    """Nothing but time passes until the page changes."""
    return advance(session, Tick(), replace(WORLD, uptime_s=session.until_s))


def feedback_of(facts: Iterable[Fact]) -> list[Feedback]:
    """The complaints among them."""
    return [fact for fact in facts if isinstance(fact, Feedback)]


def complaint_of(session: Session) -> Complaint:
    """The page, which must be open."""
    assert isinstance(session.page, Complaint)
    return session.page


@pytest.fixture
def attract() -> Session:
    """Nobody is there."""
    return begin(WORLD)


@pytest.fixture
def home(attract: Session) -> Session:
    """Ms L.'s page."""
    return after(attract, CardLaid(KNOWN))


@pytest.fixture
def told(home: Session) -> Session:
    """Ms L. has touched a cause and a reason."""
    return after(home, *TOLD)


# -- telling -------------------------------------------------------------------------------


def test_a_complaint_is_sent_as_it_was_touched(told: Session) -> None:
    """Another cause or a lost switch would send somebody to the wrong problem."""
    step = steps(told, [Pressed("call-me"), Pressed("staff-now"), Pressed("submit")])
    (said,) = feedback_of(step.facts)
    assert said == Feedback(
        feedback_id=said.feedback_id,
        member_id="m-000001",
        card_key=KEY.hex(),
        cause_id="product",
        reasons=("first",),
        call_me=True,
        staff_now=True,
        complete=True,
        language=Language.ZH,
    )
    assert step.session.page == Thanks(call_me=True, staff_now=True)


def test_a_complaint_without_a_card_names_nobody(attract: Session) -> None:
    """Nobody is looked for, and nobody can be called whose number is not known."""
    step = steps(attract, [*TOLD, Pressed("call-me"), Pressed("submit")])
    (said,) = feedback_of(step.facts)
    assert (said.member_id, said.card_key, said.call_me) == (None, None, False)
    assert step.session.visitor is None


def test_touching_again_takes_a_reason_or_a_wish_back(told: Session) -> None:
    """A slip of the finger would stand in the record for good."""
    twice = [Pressed("call-me"), Pressed("staff-now")] * 2
    page = complaint_of(after(told, Pressed("reason", "first"), *twice))
    assert (page.reasons, page.call_me, page.staff_now) == ((), False, False)
    both = complaint_of(after(told, Pressed("reason", "other")))
    assert both.reasons == ("first", "other")


def test_another_cause_has_its_own_reasons_and_is_the_same_complaint(told: Session) -> None:
    """The shirt's stain would be told of the shop assistant; or two complaints be counted."""
    later = replace(WORLD, chance=bytes(32))
    changed = after(told, Pressed("cause", "service"), around=later)
    before, page = complaint_of(told), complaint_of(changed)
    assert (page.cause_id, page.reasons) == ("service", ())
    assert page.feedback_id == before.feedback_id
    assert complaint_of(after(told, Pressed("cause", "product"))).reasons == ("first",)


def test_what_the_content_does_not_offer_cannot_be_told(told: Session) -> None:
    """A stray key would make a record that HQ has no words for."""
    assert after(told, Pressed("cause", "weather"), Pressed("reason", "rain")) == told
    first = after(begin(WORLD), Pressed("contact"))
    assert after(first, Pressed("reason", "first"), Pressed("submit"), Pressed("write")) == first
    bare = world(content=None)
    assert isinstance(after(begin(bare), Pressed("contact"), around=bare).page, Attract)


def test_nobody_is_sent_for_while_hq_is_away(told: Session) -> None:
    """A member would wait at the entrance for somebody who never heard of it."""
    offline = replace(WORLD, hq_reachable=False)
    assert not complaint_of(after(told, Pressed("staff-now"), around=offline)).staff_now
    asked = after(told, Pressed("staff-now"))
    assert not complaint_of(after(asked, Pressed("staff-now"), around=offline)).staff_now


def test_own_words_come_back_from_the_keyboard(told: Session) -> None:
    """What was typed on glass with patience would not reach HQ."""
    writing = after(told, Pressed("write"))
    assert isinstance(writing.page, Writing)
    assert after(writing, Pressed("back")) == told
    worded = replace(told, page=with_words(complaint_of(told), "洗了一次就掉色" * 60))
    (said,) = feedback_of(steps(worded, [Pressed("submit")]).facts)
    assert said.words.startswith("洗了一次就掉色")
    assert len(said.words) == 300
    assert "掉色" not in repr(worded) + repr(said)


def test_the_complaint_page_opens_above_any_page_and_half_a_pin_is_gone(home: Session) -> None:
    """A PIN left half-way below another page waits for whoever comes next."""
    pad = after(home, Pressed("reward", "canvas-tote"), Pressed("confirm"), Pressed("digit", "2"))
    aside = after(pad, Pressed("contact"))
    assert isinstance(aside.page, Complaint)
    below = after(aside, Pressed("back")).page
    assert isinstance(below, PinEntry)
    assert below.entered == ""


# -- leaving -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "end",
    [
        Pressed("done"),
        SeveralCards(),
        *(CardLaid(found) for found in OTHERS),
        CardResting(OTHERS[0]),
    ],
    ids=str,
)
def test_walking_away_leaves_what_was_told(told: Session, end: Event) -> None:
    """Somebody angry enough to complain would have to stay until the last button."""
    step = advance(told, end, WORLD)
    (said,) = feedback_of(step.facts)
    assert (said.cause_id, said.reasons, said.complete) == ("product", ("first",), False)
    assert said.member_id == "m-000001"
    assert not any(isinstance(page, Complaint) for page in (step.session.page, *step.session.trail))


def test_the_visit_of_who_comes_next_is_kept_behind_the_complaint(told: Session) -> None:
    """The complaint of one member under the name of the next would accuse the wrong person."""
    said, visit = advance(told, CardLaid(OTHERS[0]), WORLD).facts
    assert isinstance(said, Feedback)
    assert isinstance(visit, Visit)
    assert (said.member_id, visit.member_id) == ("m-000001", "m-2")


def test_time_asks_a_member_first_and_then_sends(told: Session) -> None:
    """Neither is a pause a good-bye, nor does a complaint wait for the next person."""
    asked = out_of_time(told)
    assert (asked.session.page, asked.facts) == (StillThere(), ())
    assert complaint_of(after(asked.session, Pressed("stay"))) == complaint_of(told)
    gone = out_of_time(asked.session)
    assert isinstance(gone.session.page, Attract)
    assert [said.complete for said in feedback_of(gone.facts)] == [False]


def test_time_sends_what_nobody_told_without_asking(attract: Session) -> None:
    """Without a card there is nothing to hide, and nothing may wait for the next person."""
    gone = out_of_time(after(attract, *TOLD))
    assert isinstance(gone.session.page, Attract)
    assert [said.complete for said in feedback_of(gone.facts)] == [False]


def test_leaving_the_keyboard_leaves_the_complaint_too(told: Session) -> None:
    """The page below what is shown is a complaint all the same."""
    gone = advance(after(told, Pressed("write")), SeveralCards(), WORLD)
    assert [said.cause_id for said in feedback_of(gone.facts)] == ["product"]


@pytest.mark.parametrize("key", ["redeem", "join", "contact", "vouchers", "messages"])
def test_a_key_that_the_page_does_not_offer_loses_nothing(told: Session, key: str) -> None:
    """A stray press would drop the complaint without a word."""
    assert after(told, Pressed(key)) == told


def test_the_way_back_takes_it_away(told: Session, attract: Session) -> None:
    """Whoever only looked would have complained."""
    for session in (told, after(attract, *TOLD)):
        step = steps(session, [Pressed("back"), Pressed("done")])
        assert feedback_of(step.facts) == []
        assert isinstance(step.session.page, Attract)


def test_looking_at_the_page_is_no_complaint(home: Session) -> None:
    """Without a cause there is nothing to tell."""
    assert steps(home, [Pressed("contact"), Pressed("done")]).facts == ()


def test_a_complaint_that_was_sent_is_not_sent_again(told: Session) -> None:
    """HQ would count one angry person twice."""
    sent = steps(told, [Pressed("submit"), Pressed("submit"), Pressed("done"), SeveralCards()])
    assert len(feedback_of(sent.facts)) == 1


def test_a_fault_of_ours_loses_no_complaint(told: Session) -> None:
    """The kiosk's own mistake would silence the person who complains of it."""
    step = fault(told, WORLD)
    assert step.session.page == Notice(NoticeKind.OOPS)
    assert [said.complete for said in feedback_of(step.facts)] == [False]


def test_a_disk_that_refuses_ends_it_without_a_promise(told: Session) -> None:
    """What cannot be kept is not called received, and does not wait for the next person."""
    step = advance(told, StorageFailed(), WORLD)
    assert (step.session.page, step.facts) == (OutOfService(), ())
    assert step.session.visitor is None


# -- thanks --------------------------------------------------------------------------------


def test_thanks_return_by_themselves_and_keep_nothing_of_it(told: Session) -> None:
    """Whoever stands behind would read what it was about."""
    thanked = after(told, Pressed("submit"))
    assert thanked.until_s == WORLD.uptime_s + 5
    left = (thanked.page, *thanked.trail)
    assert not any(word in repr(left) for word in ("product", "first"))
    home = out_of_time(thanked).session
    assert (home.page, home.trail, home.visitor) == (Home(), (), thanked.visitor)
    assert isinstance(
        out_of_time(after(begin(WORLD), *TOLD, Pressed("submit"))).session.page, Attract
    )


def test_the_member_sees_the_complaint_as_received_at_once(told: Session) -> None:
    """Until HQ's row says so it would look as if nothing had come of it."""
    thanked = after(told, Pressed("submit"), Pressed("back"))
    assert thanked.visitor is not None
    (own,) = thanked.visitor.claims
    assert (own.kind, own.subject, own.points) == (ClaimKind.FEEDBACK, "product", 0)


# -- whatever comes ------------------------------------------------------------------------

TOUCHES: tuple[Event, ...] = (
    *(Pressed(key) for key in ("contact", "call-me", "staff-now", "write", "use", "back")),
    *(Pressed(key) for key in ("submit", "done", "redeem", "join", "language", "stay")),
    *(Pressed("cause", one) for one in ("product", "service", "product", "service")),
    *(Pressed("reason", one) for one in ("first", "other")),
    Pressed("key", "h"),
    Touched(),
    Tick(),
    CardLaid(KNOWN),
    CardLaid(KNOWN),
    *(CardLaid(found) for found in OTHERS),
    SeveralCards(),
)


def complaints_in(session: Session) -> set[UUID]:
    """The complaints that have begun and are still open."""
    pages = (session.page, *session.trail)
    found = (page.feedback_id for page in pages if isinstance(page, Complaint))
    return {one for one in found if one is not None}


def taken_back(session: Session, event: Event) -> bool:
    """Whether the person goes back from the page itself."""
    return isinstance(session.page, Complaint) and event == Pressed("back")


@given(
    st.lists(st.tuples(st.sampled_from(TOUCHES), st.sampled_from([0.0, 1.0, 30.0])), max_size=60)
)
def test_each_complaint_that_was_not_taken_back_is_told_exactly_once(
    events: list[tuple[Event, float]],
) -> None:
    """However people, cards and time follow each other, none is lost and none is doubled."""
    dice, around, session = random.Random(7), WORLD, begin(WORLD)
    begun: set[UUID] = set()
    told: list[UUID] = []
    ended = [(SeveralCards(), 0.0)]
    for event, passed_s in [*events, *cast(list[tuple[Event, float]], ended)]:
        uptime_s = around.uptime_s + passed_s
        around = replace(around, uptime_s=uptime_s, chance=dice.randbytes(32))
        if taken_back(session, event):
            begun -= complaints_in(session)
        step = advance(session, event, around)
        session = step.session
        begun |= complaints_in(session)
        told += [said.feedback_id for said in feedback_of(step.facts)]
        assert len(complaints_in(session)) <= 1
    assert sorted(told) == sorted(begun)
