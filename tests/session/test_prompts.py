"""The one question of a visit: offered on the member's page, declined in a touch, never twice."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from kiosk.model.answers import Came, Flag, SurveyAsked, SurveyResponse
from kiosk.model.care import Asking
from kiosk.model.facts import Fact
from kiosk.model.members import ContactWishes, Member
from kiosk.session.advance import advance, begin, fault
from kiosk.session.events import CardLaid, Event, Known, Pressed, Tick
from kiosk.session.profile import Offered
from kiosk.session.prompts import name_of, prompt, survey_for
from kiosk.session.states import Attract, Home, Ladder, Session, Step, Survey, SurveyThanks
from kiosk.session.world import World
from kiosk.store.claims import claim_of
from kiosk.survey.offers import Offer
from tests.factories import KEY, OTHER_KEY, care, claim, content, member, world
from tests.golden.shots_prompt import ASKS, BOUGHT, FILLS_IN, KNOWN, VOTE, VOTES, stage
from tests.session.playing import played

BUYER = member(**BOUGHT)
TELLER = member(known=KNOWN)


def steps(session: Session, events: Iterable[Event], around: World = ASKS) -> Step:
    """The session after these events, with all that they left behind."""
    return played(session, events, around)


def at_home(who: Member = BUYER, around: World = ASKS) -> Session:
    """A member has just laid down the card."""
    return steps(begin(around), [CardLaid(Known(KEY, who))], around).session


def asked(session: Session, around: World = ASKS) -> str | None:
    """What is offered, by name."""
    found = prompt(session, around)
    return None if found is None else name_of(found)


def test_a_survey_goes_before_the_profile_and_never_beside_it() -> None:
    """Two questions at once are two too many for somebody who came to see their points."""
    assert isinstance(prompt(at_home(), ASKS), Offer)
    assert asked(at_home()) == "after"
    rested = world(content=content(surveys=(stage(),)))
    found = prompt(at_home(TELLER, rested), rested)
    assert isinstance(found, Offered)
    assert found.field.name == "style"


def test_do_not_disturb_silences_surveys_and_profile() -> None:
    """The wish to be left alone would hold everywhere but on the member's own page."""
    quiet = ContactWishes(do_not_disturb=True)
    for who, around in ((BUYER, ASKS), (TELLER, FILLS_IN), (BUYER, VOTES)):
        assert prompt(at_home(who, around), around) is not None
        silent = who.model_copy(update={"wishes": quiet})
        assert prompt(at_home(silent, around), around) is None


def test_do_not_disturb_holds_at_once_and_offline() -> None:
    """Set a moment ago, it would still be asked on the way back to the first page."""
    away = replace(ASKS, hq_reachable=False)
    quiet = steps(at_home(around=away), [Pressed("messages"), Pressed("do-not-disturb")], away)
    assert prompt(quiet.session, away) is None


def test_a_kiosk_that_has_lost_its_memory_does_not_ask_about_purchases() -> None:
    """After a damaged disk every member of the day would be asked what they have answered."""
    lost = replace(ASKS, claims_lost=True)
    assert not isinstance(prompt(at_home(around=lost), lost), Offer)


def test_declining_is_kept_and_ends_asking_for_this_visit() -> None:
    """A no that is not kept is asked again at the next tap of the card, or by another kiosk."""
    step = steps(at_home(), [Pressed("not-now", "after")])
    (fact,) = step.facts
    assert isinstance(fact, SurveyAsked)
    assert (fact.came, fact.survey_id, fact.purchase) == (Came.DECLINED, "after", "p-1")
    assert (fact.member_id, fact.card_key) == (BUYER.member_id, KEY.hex())
    assert isinstance(step.session.page, Home)
    assert prompt(step.session, ASKS) is None
    assert claim_of(fact) is not None
    visitor = step.session.visitor
    assert visitor is not None
    assert survey_for(visitor, ASKS) is None


def test_what_was_declined_does_not_come_back_with_the_next_card_nor_after_a_restart() -> None:
    """The claim on disk is all that a kiosk remembers of it while HQ is away."""
    step = steps(at_home(), [Pressed("not-now", "after")])
    kept = claim_of(step.facts[0])
    assert kept is not None
    remembered = claim(seq=1, kind=kept.kind, subject=kept.subject, points=0)
    back_again = steps(begin(ASKS), [CardLaid(Known(KEY, BUYER, (remembered,)))]).session
    assert not isinstance(prompt(back_again, ASKS), Offer)


def test_declining_a_question_of_the_profile_leaves_no_record() -> None:
    """On the first page nothing is said of that question; its own page can say never."""
    step = steps(at_home(TELLER, FILLS_IN), [Pressed("not-now", "style")], FILLS_IN)
    assert step.facts == ()
    assert prompt(step.session, FILLS_IN) is None
    assert asked(at_home(TELLER, FILLS_IN), FILLS_IN) == "style"


@pytest.mark.parametrize("value", ["", "spring", "style", "x"])
def test_only_what_is_offered_can_be_declined(value: str) -> None:
    """A touch on a picture that is a moment old would decline what nobody has seen."""
    step = steps(at_home(), [Pressed("not-now", value)])
    assert step.facts == ()
    assert asked(step.session) == "after"


def test_it_is_declined_on_the_member_s_page_only() -> None:
    """A key from anywhere would leave records of questions that did not stand there."""
    elsewhere = steps(at_home(), [Pressed("redeem"), Pressed("not-now", "after")])
    assert isinstance(elsewhere.session.page, Ladder)
    assert elsewhere.facts == ()
    nobody = steps(begin(ASKS), [Pressed("not-now", "after")])
    assert nobody.facts == ()


def test_a_survey_that_was_taken_up_ends_asking_for_this_visit() -> None:
    """After the last answer the next question would wait on the first page."""
    touches = [Pressed("survey", "after"), Pressed("answer", "0"), Pressed("answer", "0")]
    step = steps(at_home(), touches)
    assert isinstance(step.session.page, SurveyThanks)
    home = steps(step.session, [Pressed("back")]).session
    assert isinstance(home.page, Home)
    assert prompt(home, ASKS) is None


def test_nothing_is_asked_before_there_is_content_or_anybody() -> None:
    """The first start would end in a fault instead of a page."""
    assert prompt(begin(ASKS), ASKS) is None
    assert prompt(at_home(), world(content=None)) is None


# -- nobody --------------------------------------------------------------------------------

ANSWER = (Pressed("survey", "spring"), Pressed("answer", "0"), Pressed("answer", "4"))
AWAY = (Pressed("done"),)


def later(seconds: float) -> World:
    """The same store a little later."""
    return replace(VOTES, uptime_s=VOTES.uptime_s + seconds)


def response(facts: Iterable[Fact]) -> SurveyResponse:
    """The one answer among these."""
    (found,) = (one for one in facts if isinstance(one, SurveyResponse))
    return found


def test_a_vote_is_open_to_anybody_and_says_so() -> None:
    """Counted like members' answers, passers-by would decide what members wish."""
    told = response(steps(begin(VOTES), ANSWER, VOTES).facts)
    assert told.flags == (Flag.NO_MEMBER,)
    assert (told.member_id, told.card_key, told.complete) == (None, None, True)


@pytest.mark.parametrize(("after_s", "rapid"), [(0, True), (19.9, True), (20, False)])
def test_answers_of_nobody_that_follow_fast_are_marked_and_kept(
    after_s: float, rapid: bool
) -> None:
    """A child that hits the faces all afternoon would be the store's worst day."""
    first = steps(begin(VOTES), (*ANSWER, *AWAY), VOTES).session
    assert isinstance(first.page, Attract)
    told = response(steps(first, ANSWER, later(after_s)).facts)
    assert (Flag.RAPID_REPEAT in told.flags) is rapid
    assert Flag.NO_MEMBER in told.flags


@pytest.mark.parametrize("how", ["done", "time", "fault", "card"])
def test_half_an_answer_counts_for_the_pace_however_it_was_left(how: str) -> None:
    """Whoever runs off after the first face would never be marked."""
    half = steps(begin(VOTES), ANSWER[:2], VOTES).session
    match how:
        case "done":
            step = advance(half, Pressed("done"), VOTES)
        case "time":
            asked_first = advance(half, Tick(), replace(VOTES, uptime_s=half.until_s))
            over = replace(VOTES, uptime_s=asked_first.session.until_s)
            step = advance(asked_first.session, Tick(), over)
        case "fault":
            step = fault(half, VOTES)
        case _:
            step = advance(half, CardLaid(Known(OTHER_KEY, member(member_id="m-2"))), VOTES)
    assert not response(step.facts).complete
    around = replace(VOTES, uptime_s=step.session.nobody_answered_s + 1)
    fresh = steps(step.session, AWAY, around).session
    told = response(steps(fresh, ANSWER, around).facts)
    assert Flag.RAPID_REPEAT in told.flags


def test_members_answer_at_their_own_pace() -> None:
    """Two members in a row, or one after a child, would be doubted for nothing."""
    first = steps(begin(ASKS), (*ANSWER, *AWAY)).session
    card = steps(first, [CardLaid(Known(KEY, BUYER))]).session
    touches = [Pressed("survey", "after"), Pressed("answer", "0"), Pressed("answer", "0")]
    told = response(steps(card, touches).facts)
    assert told.flags == ()
    assert told.member_id == BUYER.member_id


def test_a_member_s_answer_does_not_hurry_who_comes_next() -> None:
    """Who votes right after a member has left would be taken for a child."""
    touches = [Pressed("survey", "after"), Pressed("answer", "0"), Pressed("answer", "0")]
    gone = steps(at_home(), [*touches, Pressed("done")]).session
    told = response(steps(gone, ANSWER).facts)
    assert told.flags == (Flag.NO_MEMBER,)


def test_hq_can_turn_the_mark_off() -> None:
    """A store with a queue of voters would have every vote doubted."""
    patient = care().model_copy(update={"asking": Asking(repeat_s=0)})
    around = replace(VOTES, content=content(surveys=(VOTE,), care=patient))
    first = steps(begin(around), (*ANSWER, *AWAY), around).session
    assert response(steps(first, ANSWER, around).facts).flags == (Flag.NO_MEMBER,)


def test_nothing_of_anybody_outlives_a_nameless_answer() -> None:
    """The pace is a number of seconds; anything else in the state would be somebody's."""
    over = steps(begin(VOTES), (*ANSWER, *AWAY), VOTES).session
    assert replace(over, nobody_answered_s=begin(VOTES).nobody_answered_s) == replace(
        begin(VOTES), until_s=over.until_s
    )


def test_an_open_survey_is_a_survey_page() -> None:
    """The tests above would prove nothing if the touches meant something else."""
    page = steps(begin(VOTES), ANSWER[:1], VOTES).session.page
    assert isinstance(page, Survey)
    assert page.asking.document == VOTE
