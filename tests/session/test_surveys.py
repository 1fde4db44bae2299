"""A survey on the glass: what is recorded however it ends, and what nobody else ever reads."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.answers import Came, Flag, SurveyAsked, SurveyResponse
from kiosk.model.facts import Fact, Feedback, Visit
from kiosk.model.text import Language
from kiosk.model.verdicts import ClaimKind
from kiosk.session.advance import advance, begin, fault
from kiosk.session.answering import is_answered, standing, write_text
from kiosk.session.events import (
    CardLaid,
    Event,
    Known,
    Pressed,
    SeveralCards,
    StorageFailed,
    Tick,
    Unknown,
)
from kiosk.session.states import (
    Attract,
    Complaint,
    Home,
    Session,
    Step,
    StillThere,
    Survey,
    SurveyThanks,
    Writing,
)
from kiosk.session.world import World
from kiosk.survey.check import check
from kiosk.survey.document import Document, Kind, Partial
from kiosk.survey.expressions.values import UNDEFINED
from tests.factories import KEY, OTHER_KEY, care, content, member, world
from tests.session.playing import played
from tests.survey.survey_kit import ALL_KINDS, BOUGHT, DEMOS, KINDS, asks, demo, document

FEW = [one for one in ALL_KINDS if one["name"] in ("overall", "cause", "ideas")]
ASKED = document(*FEW, id="few", audience={"after_purchase_days": [0, 30]})
VOTE = document(*FEW, id="few", kind="vote", reward_points=0, anonymous_allowed=True)
MS_L = member(purchases=(BOUGHT,))
KNOWN = Known(KEY, MS_L)
WORLD = world(content=content(surveys=(ASKED,)), chance=bytes(range(100, 132)))
OPEN = Pressed("survey", "few")
HALF = (Pressed("answer", "1"), Pressed("answer", "0"))
WHOLE = (*HALF, Pressed("next"), Pressed("next"))


def with_survey(of: Document, **changes: object) -> World:
    """The world in which this survey is published, changed so."""
    return replace(WORLD, content=content(surveys=(of.model_copy(update=changes),)))


def steps(session: Session, events: Iterable[Event], around: World = WORLD) -> Step:
    """The session after these events, with all that they left behind but the visit."""
    step = played(session, events, around)
    return replace(step, facts=tuple(fact for fact in step.facts if not isinstance(fact, Visit)))


def home(around: World = WORLD) -> Session:
    """Ms L.'s page."""
    return steps(begin(around), [CardLaid(KNOWN)], around).session


def asking(*events: Event, around: World = WORLD) -> Session:
    """Ms L. in the survey, after these touches."""
    return steps(home(around), [OPEN, *events], around).session


def page_of(session: Session) -> Survey:
    """The survey's page, which must be open."""
    assert isinstance(session.page, Survey)
    return session.page


def response_of(facts: Iterable[Fact]) -> SurveyResponse:
    """The one answer among them."""
    (found,) = (fact for fact in facts if isinstance(fact, SurveyResponse))
    return found


# -- opening -------------------------------------------------------------------------------


def test_the_survey_that_is_offered_opens_with_its_purchase() -> None:
    """An answer about no purchase helps no store; asked twice it annoys."""
    page = page_of(asking())
    assert (page.asking.question, page.purchase) == ("overall", BOUGHT)


@pytest.mark.parametrize(
    ("around", "value"),
    [
        (WORLD, "other"),
        (WORLD, ""),
        (replace(WORLD, content=content()), "few"),
        (with_survey(ASKED, kind=Kind.PROFILE), "few"),
        (with_survey(VOTE, window=ASKED.window.model_copy(update={"last": BOUGHT.on})), "few"),
    ],
    ids=["unknown", "none", "nothing published", "a profile", "closed"],
)
def test_what_is_not_offered_does_not_open(around: World, value: str) -> None:
    """A survey that HQ has closed would collect answers that count for nothing."""
    step = advance(home(around), Pressed("survey", value), around)
    assert isinstance(step.session.page, Home)
    assert step.facts == ()


def test_a_survey_that_has_nothing_to_ask_does_not_open() -> None:
    """A page without a question is a dead end."""
    hidden = document(
        {**FEW[2], "visibleIf": "year() < 2000"}, id="few", kind="vote", anonymous_allowed=True
    )
    around = with_survey(hidden)
    assert isinstance(advance(home(around), OPEN, around).session.page, Home)


def test_one_survey_a_visit_is_enough() -> None:
    """Whoever has just answered is not asked again on coming back to their page."""
    rules = care().asking.model_copy(update={"survey_rest_days": 0})
    restless = care().model_copy(update={"asking": rules})
    other = VOTE.model_copy(update={"id": "other"})
    around = replace(WORLD, content=content(care=restless, surveys=(ASKED, other)))
    done = steps(asking(around=around), [*WHOLE, Pressed("back")], around).session
    assert isinstance(steps(done, [Pressed("survey", "other")], around).session.page, Home)
    later = steps(done, [Pressed("done"), CardLaid(KNOWN)], around).session
    assert later.visitor is not None
    assert done.visitor is not None
    known = replace(later, visitor=replace(later.visitor, claims=done.visitor.claims))
    assert isinstance(steps(known, [Pressed("survey", "other")], around).session.page, Survey)


def test_looking_at_a_survey_and_going_back_leaves_it_offered() -> None:
    """A touch by mistake would take the points away for this visit."""
    step = steps(asking(), [Pressed("back")])
    assert (step.facts, step.session) == ((), home())
    assert isinstance(steps(step.session, [OPEN]).session.page, Survey)


# -- to the end ----------------------------------------------------------------------------


def test_a_whole_survey_is_one_record_with_everything_in_it() -> None:
    """HQ pays by it, counts by it, and sees by it which question takes long."""
    step = steps(asking(), WHOLE)
    found = response_of(step.facts)
    assert step.facts == (found,)
    assert found == SurveyResponse.model_validate(
        {
            "response_id": found.response_id,
            "survey_id": "few",
            "survey_version": 2,
            "language": "zh-CN",
            "complete": True,
            "member_id": "m-000001",
            "card_key": KEY.hex(),
            "purchase": "p-77",
            "answers": {"overall": 2, "cause": ["quality"]},
            "seconds": {"overall": 0.0, "cause": 0.0},
        }
    )
    assert step.session.page == SurveyThanks("few", 20)


def test_what_was_asked_is_remembered_until_the_row_says_so() -> None:
    """At the next tap, with HQ away, the same purchase would be asked about again."""
    session = steps(asking(), WHOLE).session
    assert session.visitor is not None
    (claim,) = session.visitor.claims
    assert claim.kind is ClaimKind.SURVEY
    assert claim.subject == "answered.p-77.few"


def test_a_survey_in_which_everything_was_skipped_earns_nothing_and_is_not_repeated() -> None:
    """Points for nothing, or the same question at each visit."""
    of = document(FEW[2], id="few", kind="vote")
    around = with_survey(of)
    step = steps(asking(around=around), [Pressed("next")], around)
    (told,) = step.facts
    assert isinstance(told, SurveyAsked)
    assert told.came is Came.DECLINED
    assert step.session.page == SurveyThanks("few", 0)


def test_the_thanks_lead_back_by_themselves_and_hold_no_answer() -> None:
    """The person behind reads what somebody thinks of the store."""
    thanked = steps(asking(), WHOLE).session
    assert "quality" not in repr(thanked)
    later = replace(WORLD, uptime_s=thanked.until_s)
    assert isinstance(advance(thanked, Tick(), later).session.page, Home)
    assert thanked.until_s - WORLD.uptime_s == WORLD.timing.thanks_s


def test_an_answer_in_another_language_says_so() -> None:
    """HQ would look for Chinese words in what was read in English."""
    step = steps(asking(), [HALF[0], Pressed("language"), HALF[1], Pressed("next"), WHOLE[-1]])
    assert response_of(step.facts).language is Language.EN


def test_a_figure_that_no_record_holds_is_cut_and_ends_nothing() -> None:
    """A survey that raises at its end would take the answers and the kiosk's page with it."""
    figures = {
        "long": "{ideas} + {ideas}",
        "deep": "[[1, 2], 'x']",
        "far": "1 / 0",
        "gap": "[1 / 0, 'x']",
    }
    survey = {
        "pages": [{"name": "p", "elements": [FEW[2] | {"maxLength": 2000}]}],
        "calculatedValues": [
            {"name": name, "expression": told, "includeIntoResult": True}
            for name, told in figures.items()
        ],
    }
    of = document(id="few", kind="vote", survey=survey)
    around = with_survey(of)
    page = page_of(asking(around=around))
    told = write_text(page.asking, "好" * 1_500, around)
    session = replace(home(around), page=replace(page, asking=told), trail=(Home(),))
    found = response_of(steps(session, [Pressed("next")], around).facts)
    assert len(str(found.answers["long"])) == 2_000
    assert "far" not in found.answers


def test_more_answers_than_a_record_holds_are_refused_before_anybody_gives_them() -> None:
    """The hundred and first answer would cost all the others."""
    given = {
        "id": "many",
        "version": 1,
        "kind": "vote",
        "survey": {
            "pages": [
                {
                    "name": f"p{at}",
                    "elements": [asks("boolean", f"q{at}_{n}", "？", "?") for n in range(34)],
                }
                for at in range(3)
            ]
        },
    }
    checked = check(given)
    assert checked.document is None
    assert "102 answers and figures" in checked.troubles[0].reason


# -- half-way ------------------------------------------------------------------------------


def out_of_time(session: Session, around: World) -> Step:
    """Nobody answers, and nobody says that they are there."""
    first = advance(session, Tick(), replace(around, uptime_s=session.until_s))
    assert isinstance(first.session.page, StillThere)
    return advance(first.session, Tick(), replace(around, uptime_s=first.session.until_s))


WAYS_OUT: dict[str, Callable[[Session, World], Step]] = {
    "done": lambda session, around: advance(session, Pressed("done"), around),
    "time": out_of_time,
    "another card": lambda session, around: advance(
        session, CardLaid(Known(OTHER_KEY, member(member_id="m-2"))), around
    ),
    "unknown card": lambda session, around: advance(session, CardLaid(Unknown(OTHER_KEY)), around),
    "several cards": lambda session, around: advance(session, SeveralCards(), around),
    "a mistake of ours": fault,
    "back": lambda session, around: steps(session, [Pressed("back")] * 2, around),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_half_a_survey_is_kept_however_the_person_leaves(way: str) -> None:
    """An unhappy member who walks away has said the most important thing."""
    step = WAYS_OUT[way](asking(*HALF), WORLD)
    found = response_of(step.facts)
    assert (found.complete, found.answers) == (False, {"overall": 2, "cause": ("quality",)})
    assert found.member_id == "m-000001"
    assert "quality" not in repr(step.session)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_half_a_survey_is_dropped_where_that_is_promised(way: str) -> None:
    """The page says that half an answer is not kept; only that the member was asked is."""
    around = with_survey(ASKED, partial=Partial.DISCARD)
    step = WAYS_OUT[way](asking(*HALF, around=around), around)
    assert not [fact for fact in step.facts if isinstance(fact, SurveyResponse)]
    (told,) = (fact for fact in step.facts if isinstance(fact, SurveyAsked))
    assert told.came is Came.HALF_WAY
    assert "quality" not in repr(step)


@pytest.mark.parametrize("way", [way for way in WAYS_OUT if way != "back"])
def test_a_survey_that_was_only_looked_at_leaves_nothing(way: str) -> None:
    """An empty answer would be counted as one."""
    step = WAYS_OUT[way](asking(), WORLD)
    assert not [fact for fact in step.facts if isinstance(fact, SurveyResponse | SurveyAsked)]


def test_a_disk_that_refuses_ends_the_survey_without_a_promise() -> None:
    """Thanks for an answer that is nowhere would be a lie."""
    step = advance(asking(*HALF), StorageFailed(), WORLD)
    assert step.facts == ()


def test_a_complaint_in_the_middle_comes_back_to_the_question() -> None:
    """Who complains about the goods has not finished telling about the store."""
    told = [Pressed("contact"), Pressed("cause", "product"), Pressed("submit")]
    step = steps(asking(*HALF), told)
    assert [type(fact) for fact in step.facts] == [Feedback]
    back = advance(step.session, Pressed("back"), WORLD).session
    assert page_of(back).asking.question == "cause"
    assert response_of(steps(back, WHOLE[2:]).facts).complete


def test_leaving_a_complaint_in_the_middle_keeps_both() -> None:
    """Two half things on top of each other are still two."""
    session = asking(*HALF, Pressed("contact"), Pressed("cause", "product"))
    assert isinstance(session.page, Complaint)
    step = advance(session, Pressed("done"), WORLD)
    assert {type(fact) for fact in step.facts} == {SurveyResponse, Feedback}


# -- without a name ------------------------------------------------------------------------


NAMELESS = with_survey(ASKED, anonymous_allowed=True)


def test_an_answer_without_a_name_names_nobody() -> None:
    """A promise of anonymity that an id, a purchase or a card breaks is worse than none."""
    step = steps(asking(Pressed("nameless"), around=NAMELESS), WHOLE, NAMELESS)
    found = response_of(step.facts)
    assert found.anonymous
    assert (found.member_id, found.card_key, found.purchase) == (None, None, None)
    assert found.response_id.version == 4
    (told,) = (fact for fact in step.facts if isinstance(fact, SurveyAsked))
    assert (told.member_id, told.came, told.purchase) == ("m-000001", Came.ANSWERED, "p-77")
    assert told.asked_id.bytes[6:] != found.response_id.bytes[6:]
    assert step.session.page == SurveyThanks("few", 20, anonymous=True)


def test_the_member_is_remembered_by_what_has_no_answers() -> None:
    """A claim that holds the answer's id would tie it to the member on this disk."""
    step = steps(asking(Pressed("nameless"), around=NAMELESS), WHOLE, NAMELESS)
    assert step.session.visitor is not None
    (claim,) = step.session.visitor.claims
    (told,) = (fact for fact in step.facts if isinstance(fact, SurveyAsked))
    assert (claim.id, claim.kind) == (told.asked_id, ClaimKind.SURVEY)
    assert str(response_of(step.facts).response_id) not in repr(step.session)


@pytest.mark.parametrize("way", WAYS_OUT)
def test_half_an_answer_without_a_name_names_nobody_either(way: str) -> None:
    """Walking away must not turn the promise round."""
    step = WAYS_OUT[way](asking(Pressed("nameless"), *HALF, around=NAMELESS), NAMELESS)
    found = response_of(step.facts)
    assert (found.anonymous, found.member_id, found.complete) == (True, None, False)
    (told,) = (fact for fact in step.facts if isinstance(fact, SurveyAsked))
    assert told.came is Came.HALF_WAY


def test_the_name_can_be_given_after_all_and_the_id_has_its_time_again() -> None:
    """The same switch; an id without a time would be sorted wrongly among the named ones."""
    session = asking(Pressed("nameless"), Pressed("nameless"), around=NAMELESS)
    found = response_of(steps(session, WHOLE, NAMELESS).facts)
    assert (found.anonymous, found.response_id.version) == (False, 7)


@pytest.mark.parametrize(
    ("events", "around"),
    [((), WORLD), (HALF[:1], NAMELESS)],
    ids=["its author wants names", "on a later question"],
)
def test_the_name_is_left_out_only_where_that_is_offered(
    events: tuple[Event, ...], around: World
) -> None:
    """A switch that is not on the glass must not work."""
    session = asking(*events, around=around)
    assert not page_of(advance(session, Pressed("nameless"), around).session).anonymous


# -- nobody --------------------------------------------------------------------------------


OPEN_TO_ALL = with_survey(VOTE)


def of_nobody(*events: Event) -> Session:
    """Somebody without a card in the survey that is open to all."""
    return steps(begin(OPEN_TO_ALL), [OPEN, *events], OPEN_TO_ALL).session


def test_without_a_card_an_answer_is_kept_and_marked() -> None:
    """HQ counts with it and without it; it is never thrown away."""
    step = steps(of_nobody(), WHOLE, OPEN_TO_ALL)
    found = response_of(step.facts)
    assert (found.member_id, found.flags) == (None, (Flag.NO_MEMBER,))
    assert step.session.page == SurveyThanks("few", 0)
    ended = advance(step.session, Tick(), replace(OPEN_TO_ALL, uptime_s=step.session.until_s))
    assert isinstance(ended.session.page, Attract)


def test_without_a_card_only_what_is_open_to_all_opens() -> None:
    """A survey about a purchase answered by nobody says nothing of any."""
    assert isinstance(advance(begin(WORLD), OPEN, WORLD).session.page, Attract)
    named = with_survey(VOTE, anonymous_allowed=False)
    assert isinstance(advance(begin(named), OPEN, named).session.page, Attract)


def test_without_a_card_nobody_is_thrown_out_without_being_asked() -> None:
    """Who reads slowly would lose what they have answered."""
    step = out_of_time(of_nobody(*HALF), OPEN_TO_ALL)
    assert not response_of(step.facts).complete
    assert isinstance(step.session.page, Attract)


def test_laying_a_card_down_ends_what_nobody_answered() -> None:
    """The member would find somebody else's answers in their name."""
    step = advance(of_nobody(*HALF), CardLaid(KNOWN), OPEN_TO_ALL)
    assert response_of(step.facts).member_id is None
    assert isinstance(step.session.page, Home)


# -- out of sight --------------------------------------------------------------------------


def test_the_page_waits_as_long_as_its_author_says() -> None:
    """A long question needs longer than the member's page."""
    around = with_survey(ASKED, idle_seconds=90)
    assert asking(around=around).until_s == around.uptime_s + 90


def test_what_was_ticked_does_not_stand_there_after_the_time_outs_question() -> None:
    """Whoever says that they are there may be the next in the queue."""
    session = asking(*HALF)
    assert standing(page_of(session).asking) == ("quality",)
    late = replace(WORLD, uptime_s=session.until_s)
    asked = advance(session, Tick(), late).session
    again = page_of(advance(asked, Pressed("stay"), late).session)
    assert standing(again.asking) is UNDEFINED
    assert again.asking.run.data["cause"] == ("quality",)


def test_words_are_written_on_the_keyboard_and_stay_with_the_question() -> None:
    """The longest answer is the easiest one to lose."""
    session = asking(*HALF, Pressed("next"), Pressed("write-answer"))
    assert isinstance(session.page, Writing)
    assert session.page.limit == 200
    typed = [Pressed("mode", "letters"), *(Pressed("key", one) for one in "ok"), Pressed("use")]
    step = steps(steps(session, typed).session, [Pressed("next")])
    assert response_of(step.facts).answers["ideas"] == "ok"


@pytest.mark.parametrize(("type_", "most"), [("comment", 300), ("text", 60)])
def test_what_has_no_length_of_its_own_has_a_sensible_one(type_: str, most: int) -> None:
    """A line would take a whole letter, or a letter end after one line."""
    around = with_survey(document(asks(type_, "q", "甲？", "A?"), id="few", kind="vote"))
    paper = asking(Pressed("write-answer"), around=around).page
    assert isinstance(paper, Writing)
    assert paper.limit == most


def test_what_was_written_can_be_taken_away_again() -> None:
    """A number that was written by mistake would go to HQ for good."""
    around = with_survey(document(ALL_KINDS[5] | {"isRequired": False}, id="few", kind="vote"))
    digits = [*(Pressed("key", one) for one in "13812345678"), Pressed("use")]
    filled = steps(asking(Pressed("write-answer"), around=around), digits, around).session
    assert is_answered(page_of(filled).asking)
    cleared = steps(filled, [Pressed("take-away")], around).session
    assert not is_answered(page_of(cleared).asking)
    assert "1381" not in repr(page_of(cleared).asking.run.shown)
    step = steps(cleared, [Pressed("next")], around)
    assert [type(fact) for fact in step.facts] == [SurveyAsked]


def test_what_was_written_before_is_not_shown_on_coming_back() -> None:
    """The keyboard's field would read it out to whoever stands there now."""
    typed = [Pressed("mode", "letters"), Pressed("key", "k"), Pressed("use")]
    session = steps(asking(*HALF, Pressed("next"), Pressed("write-answer")), typed).session
    direct = advance(session, Pressed("write-answer"), WORLD).session.page
    assert isinstance(direct, Writing)
    assert direct.text == "k"
    back = steps(session, [Pressed("back"), Pressed("next"), Pressed("write-answer")]).session
    assert isinstance(back.page, Writing)
    assert back.page.text == ""


def test_a_list_of_choices_turns_its_sheets() -> None:
    """Choices that do not fit would not be there at all."""
    turned = advance(asking(), Pressed("sheet", "1"), WORLD).session
    assert page_of(turned).asking.sheet == 1


TOUCHES = st.lists(
    st.sampled_from(
        [
            *(Pressed("answer", value) for value in ("0", "1", "2", "9", "yes", "no", "x")),
            *(Pressed("wheel", value) for value in ("year:0", "month:+1", "day:0")),
            *(Pressed(key) for key in ("next", "next", "back", "nameless", "language", "stay")),
            *(Pressed(key) for key in ("write-answer", "take-away", "use", "contact", "submit")),
            *(Pressed("key", value) for value in ("7", "l")),
            Pressed("cause", "product"),
            Pressed("mode", "letters"),
            Pressed("sheet", "1"),
            Tick(),
        ]
    ),
    max_size=50,
)
ALL = {name: demo(name) for name in DEMOS} | {"kinds": KINDS}


@pytest.mark.parametrize("name", ALL)
@settings(deadline=None, max_examples=40)
@given(touches=TOUCHES)
def test_whatever_is_touched_nothing_is_lost_and_nothing_is_told_twice(
    name: str, touches: list[Event]
) -> None:
    """An answer sent twice counts twice; one that is lost was given for nothing."""
    of = ALL[name].model_copy(
        update={"kind": Kind.VOTE, "audience": VOTE.audience, "window": VOTE.window}
    )
    around = with_survey(of, anonymous_allowed=True)
    step = steps(home(around), [Pressed("survey", of.id), *touches, Pressed("done")], around)
    answers = [fact for fact in step.facts if isinstance(fact, SurveyResponse)]
    asked = [fact for fact in step.facts if isinstance(fact, SurveyAsked)]
    assert len(answers) <= 1
    assert len(asked) <= 1
    for found in answers:
        assert found.anonymous == bool(asked)
        assert (found.member_id is None) == found.anonymous
        assert (found.response_id.version == 4) == found.anonymous
    assert isinstance(step.session.page, Attract)
    assert step.session.trail == ()
