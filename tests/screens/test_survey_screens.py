"""Surveys on every glass: what can be touched, what is promised, what nobody else reads."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.screens.faces import moods
from kiosk.session import answering
from kiosk.session.advance import advance
from kiosk.session.events import Event, Pressed
from kiosk.session.states import Asking, Home, Page, Session, Survey, SurveyThanks, Visitor
from kiosk.session.world import World
from kiosk.survey.document import Partial
from kiosk.survey.parts import Words
from kiosk.survey.validate import Fault, Flaw
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Box, Button, Icon, Node, Scene, walk
from kiosk.ui.tap_shape import Rect
from kiosk.ui.theme import Fill
from tests.factories import content, member
from tests.golden.shots import LINA
from tests.golden.shots_survey import HERE, NAMELESS, SHORT
from tests.screens.glasses import GLASSES, STANDING, buttons, drawn, keys, laid_out, said
from tests.screens.survey_extremes import EXTREMES
from tests.survey.survey_kit import (
    ALL_KINDS,
    BOUGHT,
    CAUSES,
    DEMOS,
    ID,
    KINDS,
    WORLD,
    asks,
    both,
    demo,
    document,
    put,
    survey_at,
)

ON_EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)


def of_page(
    page: Page, visitor: Visitor | None = LINA, language: Language = Language.ZH
) -> Session:
    """The session that shows this page."""
    trail = (Home(),) if visitor is not None else ()
    return Session(page, language, trail=trail, visitor=visitor, until_s=HERE.uptime_s + 38)


def shown(
    page: Page,
    visitor: Visitor | None = LINA,
    language: Language = Language.ZH,
    around: World = HERE,
) -> Scene:
    """The page on a standing glass."""
    return drawn(of_page(page, visitor, language), around)


def ticked(scene: Scene) -> list[str]:
    """What the scene shows as chosen: the words of buttons that are filled with pine."""
    return [one.says for one in buttons(scene) if one.key == "answer" and _is_chosen(one)]


def _is_chosen(button: Button) -> bool:
    child: Node = button.child
    while isinstance(child, Box):
        if child.fill is Fill.PINE:
            return True
        child = child.child
    return any(isinstance(node, Icon) and node.name == "check" for node in walk(button))


# -- on every glass ------------------------------------------------------------------------


def fits(session: Session, around: World, glass: Metrics) -> None:
    """Nothing is cut, and every target is one."""
    layout = laid_out(drawn(session, around, glass), glass)
    assert layout.problems == ()
    for target in layout.targets:
        assert min(target.rect.h, target.rect.w) >= glass.px(20) - 1, target.button


@pytest.mark.parametrize("name", EXTREMES)
@ON_EVERY_GLASS
def test_what_an_author_should_not_have_written_fits_all_the_same(
    name: str, glass: Metrics
) -> None:
    """HQ hears advice and publishes; the glass has to take it."""
    asking = put(EXTREMES[name], "q")
    held = answering.forward(asking, WORLD)
    filled = answering.write_text(asking, "2026-01-01", WORLD)
    for one in (asking, filled, replace(asking, sheet=1), *((held,) if held.faults else ())):
        for language in Language:
            fits(of_page(Survey(one, ID, BOUGHT), language=language), HERE, glass)


@pytest.mark.parametrize("name", DEMOS)
@ON_EVERY_GLASS
def test_every_question_of_the_demonstration_fits(name: str, glass: Metrics) -> None:
    """What every salesperson shows first."""
    asking = answering.begin(demo(name), Language.ZH, WORLD)
    assert asking is not None
    for question in asking.run.layout.questions:
        single = answering.begin(demo(name), Language.ZH, WORLD, only=question)
        if single is not None:
            for language in Language:
                fits(of_page(Survey(single, ID), language=language), HERE, glass)


# -- where the answers stand ---------------------------------------------------------------

ANSWERED_BY = {"answer", "write-answer"}


def answers_on(name: str, glass: Metrics) -> list[Rect]:
    """Where everything stands that answers this question of every kind."""
    layout = laid_out(drawn(of_page(survey_at(name)), HERE, glass), glass)
    return [one.rect for one in layout.targets if one.button.key in ANSWERED_BY]


def test_the_answers_of_one_question_begin_where_those_of_the_last_one_began() -> None:
    """A finger that waits where the last answer was would touch the question instead."""
    others = {"day", "thanks", "ideas"}  # below the names of wheels, or words of the author
    names = [str(one["name"]) for one in ALL_KINDS if one["name"] not in others]
    begins = {name: min(rect.y for rect in answers_on(name, STANDING)) for name in names}
    assert max(begins.values()) - min(begins.values()) <= 2, begins


@pytest.mark.parametrize("name", ["overall", "nps", "fitting", "stars", "ease"])
def test_few_answers_on_a_standing_glass_are_large(name: str) -> None:
    """Small cards at the top of an empty page are farther to reach, and look forgotten."""
    least = STANDING.px(90)
    assert all(rect.h >= least for rect in answers_on(name, STANDING))


# -- what is asked -------------------------------------------------------------------------


def test_a_scale_takes_as_many_faces_as_it_has_steps_and_evenly() -> None:
    """Two steps with one face, or a happy one in the middle, make an answer a guess."""
    for count in range(2, 12):
        there = moods(count)
        assert len(set(there)) == count
        assert list(there) == sorted(there)
        assert all(one + other == 10 for one, other in zip(there, reversed(there), strict=True))


def test_a_face_with_long_words_becomes_a_list_and_keeps_its_face() -> None:
    """Words that are cut below a face are worse than a list; a list without faces is another."""
    scene = shown(Survey(put(EXTREMES["faces with long names"], "q"), ID))
    names = [getattr(node, "name", "") for node in walk(scene.root)]
    assert [name for name in names if name.startswith("mood-")] == [f"mood-{at}" for at in moods(5)]
    assert "Extremely dissatisfied" not in said(scene)
    assert said(scene).count("特别特别不满意") == 5


def test_the_way_on_says_what_it_does() -> None:
    """`Next` on the last question, or none where one is stuck, leaves people guessing."""
    assert "next" not in keys(shown(survey_at("overall", SHORT)))
    assert "跳过" in said(shown(survey_at("nps", SHORT)))
    assert "下一题" in said(shown(survey_at("cause", KINDS, "1")))
    assert "提交" in said(shown(survey_at("ideas", SHORT)))


def test_whether_an_answer_is_needed_is_said_in_words() -> None:
    """An asterisk is a riddle for whoever has never filled in a form on a screen."""
    assert "选填" in said(shown(survey_at("nps", SHORT)))
    assert "选填" not in said(shown(survey_at("overall", SHORT)))
    assert "*" not in said(shown(survey_at("overall", SHORT)))


def test_answers_stand_in_later_titles() -> None:
    """A title with braces in it looks broken."""
    of = document(
        asks("radiogroup", "what", "哪方面？", "Which?", choices=CAUSES),
        asks("comment", "more", "「{what}」怎么了？", "What about {what}?"),
    )
    first = answering.begin(of, Language.ZH, WORLD)
    assert first is not None
    second = answering.touch(first, "1", WORLD)
    assert "「服务态度」怎么了？" in said(shown(Survey(second, ID)))
    assert "What about Staff attitude?" in said(shown(Survey(second, ID), language=Language.EN))


def test_texts_and_figures_of_the_page_are_shown() -> None:
    """What an author writes and nobody sees was refused nowhere either."""
    page = {
        "name": "p1",
        "title": both("逛店", "In the store"),
        "description": both("请按今天的感受", "As you felt today"),
        "elements": [
            asks("rating", "a", "几分？", "How much?"),
            {"type": "html", "name": "h", "html": both("谢谢，再一题", "Thanks, one more")},
            {
                "type": "expression",
                "name": "twice",
                "expression": "{a} * 2",
                "title": both("两倍是", "Twice is"),
            },
            asks("comment", "b", "说说？", "Any words?"),
        ],
    }
    of = document(survey={"pages": [page]})
    first = answering.begin(of, Language.ZH, WORLD)
    assert first is not None
    told = said(shown(Survey(first, ID)))
    assert "逛店" in told
    assert "请按今天的感受" in told
    assert "再一题" not in told
    second = said(shown(Survey(answering.touch(first, "3", WORLD), ID)))
    assert "谢谢，再一题" in second
    assert "两倍是 8" in second
    assert "逛店" not in second


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_has_a_sentence(flaw: Flaw) -> None:
    """Being held back without a word is the end of a survey."""
    asking = put(KINDS, "phone")
    plain = said(shown(Survey(asking, ID)))
    faulty = replace(asking, faults=(Fault("phone", flaw),))
    for language in Language:
        told = said(shown(Survey(faulty, ID), language=language))
        assert len(told.splitlines()) == len(plain.splitlines()) + 1
        assert "{" not in told


# -- what is promised ----------------------------------------------------------------------


def test_points_are_promised_to_members_only() -> None:
    """Somebody without a card would ask at the counter for points nobody can pay."""
    assert "+20 分" in said(shown(survey_at("overall", SHORT)))
    nobody = said(shown(survey_at("overall", SHORT), None))
    assert "分，约" not in nobody
    assert "+20" not in nobody
    assert "约 30 秒" in nobody


def test_the_next_reward_comes_nearer_by_what_is_promised() -> None:
    """A worth that nobody can add up is no worth."""
    told = said(shown(survey_at("overall", SHORT)))
    assert "离「手冲咖啡礼盒」还差 320 分，答完还差 300 分" in told
    near = Visitor(member(points=12_985), LINA.key)
    assert "答完就够了" in said(shown(survey_at("overall", SHORT), near))
    thanks = SurveyThanks("kinds", 20)
    assert "还差 300 分" in said(shown(thanks))
    assert "就够换「手冲咖啡礼盒」" in said(shown(thanks, near))


def test_half_an_answer_is_spoken_of_as_its_author_wants_it() -> None:
    """`What you have answered is kept` would be a lie where it is thrown away."""
    dropped = SHORT.model_copy(update={"partial": Partial.DISCARD})
    assert "已答的会保留" in said(shown(survey_at("overall", SHORT)))
    told = said(shown(survey_at("overall", dropped)))
    assert "不保留" in told
    assert "会保留" not in told


def test_the_name_can_be_left_out_where_its_author_allows_it() -> None:
    """A switch that is offered and does nothing breaks the one promise that counts."""
    assert "nameless" in keys(shown(survey_at("overall", NAMELESS)))
    assert "nameless" not in keys(shown(survey_at("overall", SHORT)))
    assert "nameless" not in keys(shown(survey_at("nps", NAMELESS)))
    assert "nameless" not in keys(shown(survey_at("overall", NAMELESS), None))


def test_the_thanks_tell_points_and_nothing_of_the_answers() -> None:
    """The person behind reads that a survey was answered, and no more."""
    told = said(shown(SurveyThanks("kinds", 20, anonymous=True)))
    assert "20 分，总部收到后到账" in told
    assert "没有留下您的姓名" in told
    for words in ("满意", "质量"):
        assert words not in told
    assert "分，" not in said(shown(SurveyThanks("kinds")))


def test_the_authors_thanks_are_told_unless_they_repeat_an_answer() -> None:
    """`You gave us 2 of 10` on the glass is read by the whole queue."""
    survey = SHORT.survey.model_copy(
        update={"completed_html": Words.model_validate({"default": "See you soon"})}
    )
    theirs = SHORT.model_copy(update={"survey": survey})
    around = replace(HERE, content=content(surveys=(theirs,)))
    assert "See you soon" in said(shown(SurveyThanks("kinds"), around=around))
    telling = survey.model_copy(
        update={"completed_html": Words.model_validate({"default": "You said {nps}"})}
    )
    around = replace(HERE, content=content(surveys=(SHORT.model_copy(update={"survey": telling}),)))
    assert "You said" not in said(shown(SurveyThanks("kinds"), around=around))


# -- what nobody else reads ----------------------------------------------------------------


def test_an_answer_is_not_shown_on_coming_back() -> None:
    """Negative answers never stay on the glass."""
    for name in ("overall", "reason", "cause", "fitting", "gift", "style", "stars", "size"):
        asking = answering.choose(put(KINDS, name), "no" if name == "fitting" else "0", WORLD)
        assert ticked(shown(Survey(asking, ID))), name
        hidden = answering.covered(asking)
        scene = shown(Survey(hidden, ID))
        assert ticked(scene) == [], name
        assert "您答过了" in said(scene)


def test_what_was_written_is_not_on_the_page() -> None:
    """A telephone number in large type is read from three metres."""
    asking = answering.write_text(put(KINDS, "phone"), "13812345678", WORLD)
    told = said(shown(Survey(asking, ID)))
    assert "1381" not in told
    assert "已填写" in told


CANARY = "金丝雀说的话"
TOUCHES = st.lists(
    st.sampled_from(
        [
            *(Pressed("answer", value) for value in ("0", "1", "2", "yes", "no")),
            *(Pressed("wheel", value) for value in ("year:0", "month:0", "day:0")),
            *(Pressed(key) for key in ("next", "next", "next", "back", "language")),
            Pressed("canary"),
        ]
    ),
    max_size=30,
)
ALL = {name: demo(name) for name in DEMOS} | {"kinds": KINDS}


@pytest.mark.parametrize("name", ALL)
@settings(deadline=None, max_examples=25)
@given(touches=TOUCHES)
def test_no_answer_is_seen_on_a_later_page(name: str, touches: list[Event]) -> None:
    """Whatever was touched before, a page that has just come shows nothing of it."""
    asking = answering.begin(ALL[name], Language.ZH, WORLD)
    assert asking is not None
    session = of_page(Survey(asking, ID))
    for event in touches:
        before = question_of(session)
        session = written(session) if event == Pressed("canary") else advanced(session, event)
        scene = drawn(session, HERE)
        assert CANARY not in said(scene)
        after = question_of(session)
        if after is None:
            break
        if before is not None and after.question != before.question:
            assert ticked(scene) == []


def question_of(session: Session) -> Asking | None:
    """What is being asked; None when it is over."""
    return session.page.asking if isinstance(session.page, Survey) else None


def advanced(session: Session, event: Event) -> Session:
    """The session after a touch."""
    return advance(session, event, HERE).session


def written(session: Session) -> Session:
    """The session after words were written for the question, if it takes any."""
    page = session.page
    if not isinstance(page, Survey) or "write-answer" not in keys(drawn(session, HERE)):
        return session
    asking = answering.write_text(page.asking, CANARY, WORLD)
    return replace(session, page=replace(page, asking=asking))


@pytest.mark.parametrize("type_", ["checkbox", "radiogroup"])
def test_an_answer_that_hides_everything_leads_to_the_end(type_: str) -> None:
    """The page could not be drawn: the visit would end in a notice that something went wrong."""
    gone = asks(type_, "gone", "哪个？", "Which?", choices=["a", "b"], visibleIf="{gone} empty")
    session = of_page(survey_at("gone", document(gone)))
    session = advance(session, Pressed("answer", "1"), HERE).session
    if type_ == "checkbox":
        assert {"next", "done"} <= keys(drawn(session, HERE))
        session = advance(session, Pressed("next"), HERE).session
    assert isinstance(session.page, SurveyThanks)
