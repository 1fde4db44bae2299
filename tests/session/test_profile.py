"""The profile: one question a visit or two, each answer kept at once, nothing personal left."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import cast

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from kiosk.model.answers import ProfileAnswer, Reluctance
from kiosk.model.asking import PutOff
from kiosk.model.care import Asking
from kiosk.model.clock import ClockQuality
from kiosk.model.members import ContactWishes, Member
from kiosk.model.verdicts import Claim
from kiosk.session import wheels
from kiosk.session.advance import advance, begin
from kiosk.session.answering import answer_of
from kiosk.session.events import CardLaid, Event, Known, Pressed, Tick
from kiosk.session.profile import offered
from kiosk.session.states import (
    Attract,
    Home,
    MyData,
    Notice,
    NoticeKind,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Session,
    Step,
    StillThere,
)
from kiosk.session.world import World
from kiosk.store.claims import claim_of
from kiosk.survey.document import Document
from tests.factories import CHINA, KEY, OTHER_KEY, care, content, member, world
from tests.screens.profile_kit import (
    BEGUN,
    SOFT,
    STAGES,
    known,
    one,
    stage,
    why,
    with_profile,
    words,
)
from tests.session.playing import played

HERE = world(content=with_profile())
NEW = member()
TOLD = member(known=BEGUN)
"""Style, address and an idea are missing."""

STYLE_IS_NEXT = member(known=(*BEGUN, known("address", "上*")))
OLD = member(known=(known("phone", "138****5678", date(2024, 1, 1)),))
ANSWER = Pressed("profile-question")
SAVE = Pressed("save")
PHONE = "13812345678"


def steps(session: Session, events: Iterable[Event], around: World = HERE) -> Step:
    """The session after these events, with all that they left behind."""
    return played(session, events, around)


def at_home(who: Member = TOLD, around: World = HERE, claims: tuple[Claim, ...] = ()) -> Session:
    """A member has just laid down the card."""
    return steps(begin(around), [CardLaid(Known(KEY, who, claims))], around).session


def after(who: Member, *events: Event, around: World = HERE) -> Step:
    """What these touches lead to from the member's page."""
    return steps(at_home(who, around), events, around)


def answers(step: Step) -> list[ProfileAnswer]:
    """What goes to HQ of the profile."""
    return [fact for fact in step.facts if isinstance(fact, ProfileAnswer)]


def with_rules(**rules: int) -> World:
    """A world in which HQ asks by these rules."""
    usual = care()
    asking = Asking.model_validate(rules)
    return world(content=with_profile(care=usual.model_copy(update={"asking": asking})))


def asked_name(session: Session) -> str:
    """The question on the glass."""
    return cast("ProfileQuestion", session.page).asking.question


def write(text: str) -> tuple[Event, ...]:
    """The keyboard's touches for these digits."""
    return (Pressed("write-answer"), *(Pressed("key", one) for one in text), Pressed("use"))


# -- one question --------------------------------------------------------------------------


def test_an_answer_is_a_record_the_moment_it_is_saved() -> None:
    """Whoever walks away after it would have answered for nothing."""
    step = after(STYLE_IS_NEXT, ANSWER, Pressed("answer", "1"), SAVE)
    assert isinstance(step.session.page, ProfileAnswered)
    (fact,) = answers(step)
    assert (fact.survey_id, fact.survey_version, fact.field) == ("profile_2", 1, "style")
    assert fact.value == ("plain",)
    assert (fact.member_id, fact.card_key) == (TOLD.member_id, KEY.hex())
    assert (fact.put_off, fact.confirmed) == (None, False)


def test_nothing_is_saved_without_an_answer() -> None:
    """An empty answer would count as told, and the question never come again."""
    step = after(TOLD, ANSWER, SAVE)
    assert answers(step) == []
    assert isinstance(step.session.page, ProfileQuestion)


def test_what_is_wrong_with_an_answer_stands_on_the_page() -> None:
    """Three styles where two are allowed would be refused at HQ, long after the member left."""
    three = [Pressed("answer", place) for place in "012"]
    step = after(STYLE_IS_NEXT, ANSWER, *three, SAVE)
    page = cast("ProfileQuestion", step.session.page)
    assert answers(step) == []
    assert page.asking.faults
    two = steps(step.session, [Pressed("answer", "2"), SAVE])
    assert answers(two)[0].value == ("commuter", "plain")


def test_saving_makes_the_profile_more_complete_at_once() -> None:
    """The ring would stand still after an answer, and the member doubt that it was kept."""
    step = after(NEW, ANSWER, *write("li"), SAVE)
    page = cast("ProfileAnswered", step.session.page)
    assert page.before == 0
    more = offered(replace(step.session, page=Home()), HERE)
    assert more is not None
    assert more.field.name == "phone"


def test_walking_away_keeps_what_was_saved_and_drops_what_was_not() -> None:
    """Half an answer is none; a whole one is not taken back."""
    step = after(NEW, ANSWER, *write("li"), SAVE, ANSWER, *write(PHONE), Pressed("done"))
    assert [fact.field for fact in answers(step)] == ["name"]
    assert isinstance(step.session.page, Attract)


def test_another_card_ends_a_question_without_a_record() -> None:
    """The next person's tap would save what the one before had only thought of."""
    begun = after(NEW, ANSWER, *write("li")).session
    other = CardLaid(Known(OTHER_KEY, member(member_id="m-2")))
    step = advance(begun, other, HERE)
    assert [fact for fact in step.facts if isinstance(fact, ProfileAnswer)] == []
    assert step.session.trail == ()


def test_a_question_stays_as_long_as_its_stage_says() -> None:
    """Whoever thinks about an answer would be asked whether they are still there."""
    slow = tuple(stage.model_copy(update={"idle_seconds": 77}) for stage in STAGES)
    around = world(content=content(surveys=slow))
    assert after(TOLD, ANSWER, around=around).session.until_s == around.uptime_s + 77


# -- how many ------------------------------------------------------------------------------


def test_the_first_visit_asks_for_name_and_phone_and_nothing_else() -> None:
    """The chain's rule for the first visit; a third question would be one too many."""
    step = after(NEW, ANSWER, *write("li"), SAVE, ANSWER, *write(PHONE), SAVE, ANSWER)
    assert [fact.field for fact in answers(step)] == ["name", "phone"]
    assert isinstance(step.session.page, ProfileAnswered)


@pytest.mark.parametrize(("most", "told"), [(1, 1), (2, 2)])
def test_a_visit_has_as_many_questions_as_hq_allows(most: int, told: int) -> None:
    """A member would be led from question to question."""
    around = with_rules(questions_a_visit=most)
    events = [ANSWER, *write("li"), SAVE, ANSWER, *write(PHONE), SAVE, ANSWER]
    step = after(NEW, *events, around=around)
    assert len(answers(step)) == told


def test_a_question_taken_up_is_the_only_offer_of_the_visit() -> None:
    """Going back to the points would bring the same card again."""
    step = after(TOLD, ANSWER, Pressed("back"))
    assert isinstance(step.session.page, Home)
    assert step.session.visitor is not None
    assert step.session.visitor.prompted
    again = steps(step.session, [ANSWER])
    assert isinstance(again.session.page, Home)


def test_do_not_disturb_asks_nothing_but_lets_the_member_tell() -> None:
    """Who wants no questions may still want to keep the profile right."""
    quiet = TOLD.model_copy(update={"wishes": ContactWishes(do_not_disturb=True)})
    assert isinstance(after(quiet, ANSWER).session.page, Home)
    page = after(quiet, Pressed("profile"), Pressed("profile-question", "style")).session.page
    assert isinstance(page, ProfileQuestion)


def test_a_kiosk_that_forgot_what_it_was_told_asks_nothing() -> None:
    """It would ask what was answered an hour ago, or refused for ever."""
    forgetful = replace(HERE, claims_lost=True)
    assert isinstance(after(TOLD, ANSWER, around=forgetful).session.page, Home)


# -- not now, not ever ---------------------------------------------------------------------


def test_later_is_kept_and_leads_back_to_what_the_member_came_for() -> None:
    """The same question would come at the next tap of the card."""
    step = after(TOLD, ANSWER, Pressed("later"))
    (fact,) = answers(step)
    assert (fact.value, fact.put_off) == (None, Reluctance.LATER)
    assert isinstance(step.session.page, Home)
    fresh = offered(replace(step.session, page=Home()), HERE)
    assert fresh is not None
    assert fresh.field.name != fact.field


def test_never_is_said_back_and_can_be_mended() -> None:
    """A slip of the finger would end a question for ever."""
    step = after(TOLD, ANSWER, Pressed("never"))
    (fact,) = answers(step)
    assert fact.put_off is Reluctance.NEVER
    page = cast("ProfileAnswered", step.session.page)
    assert page.refused
    again = steps(step.session, [Pressed("profile-question", fact.field)])
    assert asked_name(again.session) == fact.field


def test_a_refusal_is_not_followed_by_another_question() -> None:
    """Whoever has just said no would be asked on."""
    step = after(TOLD, ANSWER, Pressed("never"), ANSWER)
    assert isinstance(step.session.page, ProfileAnswered)


def test_a_refused_question_can_be_opened_on_the_members_own_page() -> None:
    """Don't ask again must not mean: may never tell."""
    off = (PutOff(field="style", how=Reluctance.NEVER, on=date(2026, 1, 1)),)
    refused = TOLD.model_copy(update={"put_off": off})
    step = after(
        refused,
        Pressed("profile"),
        Pressed("profile-question", "style"),
        Pressed("answer", "1"),
        SAVE,
    )
    assert [fact.field for fact in answers(step)] == ["style"]
    assert step.session.page == Profile(saved="style", shown="plain")


@pytest.mark.parametrize("key", ["later", "never"])
def test_who_came_for_a_question_is_not_taken_to_refuse_it(key: str) -> None:
    """A touch that the page does not offer would end a question."""
    step = after(TOLD, Pressed("profile"), Pressed("profile-question", "size"), Pressed(key))
    assert answers(step) == []


def test_an_answer_can_be_changed_at_once() -> None:
    """A wrong touch would stay until somebody finds the page of the profile."""
    step = after(
        TOLD, Pressed("profile"), Pressed("profile-question", "work"), Pressed("answer", "0")
    )
    step = steps(
        step.session, [SAVE, Pressed("profile-question", "work"), Pressed("answer", "2"), SAVE]
    )
    assert [fact.value for fact in answers(step)] == ["office", "own"]


# -- is this still right -------------------------------------------------------------------

SAMPLED = replace(HERE, chance=bytes(32))
"""A visit whose lot is 0."""


def test_a_sampled_visit_asks_whether_an_old_value_is_right() -> None:
    """Values would go stale and nobody notice."""
    session = after(OLD, ANSWER, around=SAMPLED).session
    assert session.page == Recheck("phone")


def test_most_visits_are_not_sampled() -> None:
    """Every member would be asked at every visit."""
    lots = [
        replace(HERE, chance=bytes(10) + lot.to_bytes(4, "big") + bytes(18)) for lot in range(100)
    ]
    sampled = sum(isinstance(after(OLD, ANSWER, around=one).session.page, Recheck) for one in lots)
    assert sampled == 10


def test_right_is_a_record_of_its_own() -> None:
    """HQ could not tell a checked value from an old one."""
    step = after(OLD, ANSWER, Pressed("right"), around=SAMPLED)
    (fact,) = answers(step)
    assert (fact.field, fact.confirmed, fact.value) == ("phone", True, None)
    assert isinstance(step.session.page, ProfileAnswered)
    assert step.session.page.shown == "138****5678"


def test_not_right_asks_the_question_itself() -> None:
    """A member who says no would be left with the wrong value."""
    step = after(OLD, ANSWER, Pressed("not-right"), *write(PHONE), SAVE, around=SAMPLED)
    (fact,) = answers(step)
    assert (fact.field, fact.value, fact.confirmed) == ("phone", PHONE, False)


def test_a_confirmed_value_is_not_asked_again_in_the_next_visit() -> None:
    """Offline, the same check would come with every tap."""
    step = after(OLD, ANSWER, Pressed("right"), around=SAMPLED)
    claims = step.session.visitor.claims if step.session.visitor is not None else ()
    session = at_home(OLD, SAMPLED, claims)
    assert not isinstance(steps(session, [ANSWER], SAMPLED).session.page, Recheck)


# -- a day of birth ------------------------------------------------------------------------


def born(day: date, around: World = HERE) -> Step:
    """A member turns the wheels to this day and saves it."""
    step = after(NEW, Pressed("profile"), Pressed("profile-question", "birthday"), around=around)
    page = cast("ProfileQuestion", step.session.page)
    turned = wheels.begin(date(1900, 1, 1), date(2026, 11, 21), day, chosen=True)
    middle = Pressed("wheel", "day:0")
    session = replace(step.session, page=replace(page, asking=replace(page.asking, wheels=turned)))
    return steps(session, [middle, SAVE], around)


@pytest.mark.parametrize(
    ("day", "kept"),
    [
        (date(2008, 11, 21), True),  # 18 today
        (date(2008, 11, 22), False),
        (date(2008, 2, 29), True),
        (date(2026, 11, 20), False),
        (date(1950, 1, 1), True),
    ],
)
def test_a_day_of_birth_is_kept_from_the_programmes_age_on(day: date, kept: bool) -> None:
    """A child's day of birth would be stored; or a grown member's be refused."""
    step = born(day)
    assert [fact.value for fact in answers(step)] == ([day.isoformat()] if kept else [])


@pytest.mark.parametrize(("today", "kept"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)])
def test_29_february_comes_of_age_on_1_march(today: date, kept: bool) -> None:
    """The one birthday that has no day in most years."""
    around = replace(HERE, local_now=datetime(today.year, today.month, today.day, 9, tzinfo=CHINA))
    assert bool(answers(born(date(2008, 2, 29), around))) is kept


def test_a_day_that_is_too_young_is_told_kindly_and_wiped() -> None:
    """It would be read by whoever comes next, or look like blame."""
    step = born(date(2015, 5, 5))
    assert step.session.page == Notice(NoticeKind.CHECK_BIRTHDAY)
    assert step.session.until_s == HERE.uptime_s + HERE.timing.idle_s  # a member's page
    assert "2015" not in repr([step.session.page, *step.session.trail])
    again = steps(step.session, [Pressed("back")]).session
    page = cast("ProfileQuestion", again.page)
    assert answer_of(page.asking) is None


def test_a_known_day_of_birth_is_changed_at_the_counter_only() -> None:
    """HQ refuses another one; the kiosk would thank for what is thrown away."""
    step = after(TOLD, Pressed("profile"), Pressed("profile-question", "birthday"))
    assert step.session.page == Profile()
    told = born(date(1988, 3, 4)).session
    again = steps(told, [Pressed("profile-question", "birthday")]).session
    assert again.page == Profile(saved="birthday")


def test_without_a_clock_no_day_of_birth_is_taken() -> None:
    """An age reckoned with a clock from 1970 is wrong for everybody."""
    unset = replace(HERE, clock=ClockQuality.UNSET)
    page = after(NEW, Pressed("profile"), Pressed("profile-question", "birthday"), around=unset)
    assert page.session.page == Profile()


def test_a_clock_that_is_lost_at_the_question_keeps_no_day_of_birth() -> None:
    """Somebody too young would be kept because nobody could tell."""
    page = after(NEW, Pressed("profile"), Pressed("profile-question", "birthday")).session
    turned = wheels.begin(date(1900, 1, 1), date(2026, 11, 21), date(1988, 3, 4), chosen=True)
    put = cast("ProfileQuestion", page.page)
    page = replace(page, page=replace(put, asking=replace(put.asking, wheels=turned)))
    lost = replace(HERE, clock=ClockQuality.UNSET)
    step = steps(page, [Pressed("wheel", "day:0"), SAVE], lost)
    assert (answers(step), type(step.session.page)) == ([], ProfileQuestion)


def test_the_wheels_for_a_day_of_birth_begin_where_no_birthday_is_far() -> None:
    """From today it would be half a hundred touches to the year."""
    step = after(NEW, Pressed("profile"), Pressed("profile-question", "birthday"))
    put = cast("ProfileQuestion", step.session.page)
    assert put.asking.wheels == wheels.born(HERE.local_now.date())


def test_only_a_day_of_birth_tells_an_age() -> None:
    """A wedding ten years ago would be turned away as a child's birthday."""
    asked = one("wedding", "纪念日是哪一天？", "Your anniversary?", inputType="date")
    told = stage(
        "days",
        words("日子", "Days"),
        (asked,),
        {"wedding": SOFT | why("给您惊喜", "A surprise")},
        10,
    )
    around = world(content=content(surveys=(told,)))
    step = after(NEW, Pressed("profile"), Pressed("profile-question", "wedding"), around=around)
    put = cast("ProfileQuestion", step.session.page)
    turned = wheels.begin(date(1990, 1, 1), date(2030, 12, 31), date(2016, 5, 1), chosen=True)
    asking = replace(step.session, page=replace(put, asking=replace(put.asking, wheels=turned)))
    (fact,) = answers(steps(asking, [Pressed("wheel", "day:0"), SAVE], around))
    assert fact.value == "2016-05-01"


# -- the page of the profile ---------------------------------------------------------------


def test_the_profile_leads_to_the_requests_about_ones_data() -> None:
    """Whoever wants to have it erased would have to look under messages."""
    assert after(TOLD, Pressed("profile"), Pressed("my-data")).session.page == MyData()


@pytest.mark.parametrize("around", [world(), world(content=None)])
def test_without_stages_there_is_no_profile(around: World) -> None:
    """An empty page would open for every member of a chain that asks nothing."""
    session = Session(page=Home(), language=around.language)
    session = replace(session, visitor=at_home(TOLD).visitor)
    assert steps(session, [Pressed("profile"), ANSWER], around).session.page == Home()


def test_nobody_opens_a_profile_without_a_card() -> None:
    """The page has nobody to speak of."""
    step = steps(begin(HERE), [Pressed("profile"), ANSWER, SAVE, Pressed("right")])
    assert isinstance(step.session.page, Attract)
    assert step.facts == ()


@pytest.mark.parametrize("name", ["nothing", "", "Style", "manner"])
def test_only_questions_that_are_asked_can_be_opened(name: str) -> None:
    """A touch with a name nobody knows would end in a fault."""
    step = after(TOLD, Pressed("profile"), Pressed("profile-question", name))
    assert step.session.page == Profile()


# -- nothing personal ----------------------------------------------------------------------


OFFERED = (ANSWER, *write("li"), SAVE, ANSWER)
CHOSEN = (Pressed("profile"), Pressed("profile-question", "phone"))


@pytest.mark.parametrize("way", [OFFERED, CHOSEN], ids=["offered", "chosen"])
def test_a_saved_number_stands_nowhere_whole(way: tuple[Event, ...]) -> None:
    """Who stands behind, or comes next, would read it from the thanks."""
    asked = after(NEW, *way, *write(PHONE))
    assert PHONE in deep(asked.session)
    step = steps(asked.session, [SAVE])
    assert [fact.value for fact in answers(step)] == [PHONE]
    assert PHONE not in deep(step.session)


def test_the_time_outs_question_hides_what_was_typed_and_its_end_wipes_it() -> None:
    """The page below the question would be opened by whoever touches the glass next."""
    session = after(NEW, ANSWER, *write("li")).session
    asked = advance(session, Tick(), replace(HERE, uptime_s=session.until_s)).session
    assert isinstance(asked.page, StillThere)
    step = advance(asked, Tick(), replace(HERE, uptime_s=asked.until_s))
    assert step.facts == ()
    assert "li" not in deep(step.session).split("'")


def deep(thing: object) -> str:
    """Everything a session holds, also what its repr leaves out."""
    if isinstance(thing, tuple | list | frozenset):
        return " ".join(deep(one) for one in thing)
    if isinstance(thing, dict) or hasattr(thing, "items"):
        return " ".join(f"{deep(key)} {deep(one)}" for key, one in thing.items())
    fields = getattr(thing, "__dataclass_fields__", None)
    if fields is None:
        return "" if isinstance(thing, Document) else repr(thing)
    return " ".join(deep(getattr(thing, name)) for name in fields)


ONE_TOUCH = st.one_of(
    st.sampled_from(
        (
            *("profile", "profile-question", "save", "later", "never", "right", "not-right"),
            *("back", "write-answer", "use", "language", "my-data", "hand-over", "stay"),
        )
    ).map(Pressed),
    st.sampled_from("0123456789").map(lambda place: Pressed("answer", place)),
    st.sampled_from("0123456789li").map(lambda sign: Pressed("key", sign)),
    st.sampled_from(("year:+1", "month:0", "day:0", "year:0", "year:+10")).map(
        lambda turn: Pressed("wheel", turn)
    ),
    st.sampled_from(("style", "phone", "birthday", "x")).map(
        lambda name: Pressed("profile-question", name)
    ),
    st.sampled_from("0129").map(lambda sheet: Pressed("sheet", sheet)),
    st.just(Tick()),
)
A_WAY = st.sampled_from(
    (
        (Pressed("profile"),),
        (ANSWER, Pressed("later")),
        (Pressed("profile"), Pressed("profile-question", "style"), Pressed("answer", "1"), SAVE),
        (Pressed("profile"), Pressed("profile-question", "phone"), *write(PHONE), SAVE),
        (ANSWER, *write("li"), SAVE),
        (ANSWER, Pressed("right")),
        (ANSWER, Pressed("never")),
    )
)
"""What leads to a record if nothing comes between; touches at random alone hardly ever do."""

TOUCHES = st.lists(A_WAY | st.lists(ONE_TOUCH, max_size=6), max_size=8).map(
    lambda ways: [event for way in ways for event in way]
)
VISIT = (TOUCHES, st.sampled_from((NEW, TOLD, OLD)), st.integers(0, 99))


def drawn(lot: int) -> World:
    """The world in which a visit has drawn this lot."""
    return replace(HERE, chance=bytes(10) + lot.to_bytes(4, "big") + bytes(18))


@pytest.mark.parametrize("said", ["value", "put_off", "confirmed"])
def test_those_touches_lead_to_every_kind_of_record(said: str) -> None:
    """The rule below would hold because nobody ever says anything."""

    def tells(visit: tuple[list[Event], Member, int]) -> bool:
        events, who, lot = visit
        facts = answers(steps(at_home(who, drawn(lot)), events, drawn(lot)))
        return any(getattr(fact, said) for fact in facts)

    search = settings(max_examples=2_000, database=None, phases=[Phase.generate])
    assert find(st.tuples(*VISIT), tells, settings=search)


@given(*VISIT)
def test_whatever_is_touched_every_record_can_be_kept(
    events: list[Event], who: Member, lot: int
) -> None:
    """A record without a claim is asked again; one that says two things HQ would not read."""
    around = drawn(lot)
    session = at_home(who, around)
    names = {name for stage in STAGES for name in stage.survey.questions()}
    for event in events:
        before = session.visitor
        step = advance(session, event, around)
        session = step.session
        for fact in answers(step):
            claim = claim_of(fact)
            assert claim is not None
            assert fact.field in names
            assert before is not None
            assert session.visitor is not None
            assert session.visitor.claims[-1].subject == claim.subject
            assert len(session.visitor.claims) == len(before.claims) + 1
