"""The profile on every glass: what can be touched, what is promised, and nothing personal."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.model.asking import Known, Source
from kiosk.model.clock import ClockQuality
from kiosk.model.text import Language
from kiosk.model.verdicts import ClaimKind
from kiosk.session import answering
from kiosk.session.profile import question
from kiosk.session.states import (
    Home,
    Page,
    Profile,
    ProfileAnswered,
    ProfileQuestion,
    Recheck,
    Session,
    Visitor,
)
from kiosk.session.world import World
from kiosk.survey.check import check
from kiosk.survey.document import Document
from kiosk.survey.profile import Field, fields_of, stages_of
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene
from tests.factories import KEY, claim, content, member, world
from tests.golden.shots_hand_over import with_form
from tests.golden.shots_profile import (
    AWAY,
    BIRTHDAY,
    HERE,
    LINA,
    NEW,
    RELUCTANT,
    STYLE,
    TOLD,
    asked,
)
from tests.screens.glasses import GLASSES, buttons, drawn, keys, laid_out, said
from tests.screens.profile_kit import STAGES, one, stage, why, with_profile, words

ON_EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)
DEMO = Path(__file__).parents[2] / "sim" / "demo" / "content" / "surveys"


def shown(
    page: Page,
    visitor: Visitor = LINA,
    around: World = HERE,
    language: Language = Language.ZH,
) -> Scene:
    """The page on a standing glass, reached from the member's page."""
    until_s = around.uptime_s + 5
    session = Session(page, language, trail=(Home(),), visitor=visitor, until_s=until_s)
    return drawn(session, around)


def fits(page: Page, around: World, glass: Metrics, visitor: Visitor = LINA) -> None:
    """The page in both languages: nothing cut, every target as large as a finger."""
    for language in Language:
        until_s = around.uptime_s + 38
        session = Session(page, language, trail=(Home(),), visitor=visitor, until_s=until_s)
        layout = laid_out(drawn(session, around, glass), glass)
        assert layout.problems == ()
        for target in layout.targets:
            assert min(target.rect.h, target.rect.w) >= glass.px(20) - 1, target.button.key


# -- the question --------------------------------------------------------------------------


def demo_questions() -> list[Field]:
    """Every question of the profile that the demo asks."""
    read = (check(json.loads(path.read_text())) for path in sorted(DEMO.glob("profile_*.json")))
    return list(fields_of(one.document for one in read if one.document is not None))


@pytest.mark.parametrize("field", demo_questions(), ids=lambda field: field.name)
@ON_EVERY_GLASS
def test_every_question_of_the_demo_fits(field: Field, glass: Metrics) -> None:
    """What HQ publishes first is what everybody sees first."""
    around = world(content=content(surveys=(field.stage,)))
    put = _put(field.stage, field.name, around)
    fits(put, around, glass, NEW)
    fits(replace(put, chosen=True), around, glass, NEW)


def _put(document: Document, name: str, around: World) -> ProfileQuestion:
    session = Session(page=Home(), language=Language.ZH, visitor=NEW)
    page = question(session, name, around)
    assert page is not None, document.id
    return page


LONG = stage(
    "long",
    words("一" * 20, "A part of the profile with a long name"),
    (
        one(
            "long",
            "您平时在上班、旅行和周末分别最喜欢穿什么样的衣服和鞋子？",
            "Which clothes and which shoes do you like best at work, on journeys and at weekends?",
            "checkbox",
            choices=[
                {
                    "value": f"c{at}",
                    "text": words(f"第 {at} 种很长很长的选择", f"Choice {at}, which is long"),
                }
                for at in range(14)
            ],
        ),
        *(one(f"q{at}", f"第 {at} 个问题？", f"Question {at}?") for at in range(20)),
    ),
    {
        "long": {"class": "soft"} | why("很" * 60, "Because it is good for you " * 5),
        **{f"q{at}": {"class": "soft"} | why("好", "Good") for at in range(20)},
    },
    123_456,
)


@ON_EVERY_GLASS
@pytest.mark.parametrize("hq", [True, False])
def test_a_long_question_with_many_choices_fits(glass: Metrics, hq: bool) -> None:
    """An author who never saw the glass writes the longest question of all."""
    around = replace(world(content=content(surveys=(LONG,))), hq_reachable=hq)
    fits(_put(LONG, "long", around), around, glass, NEW)


@ON_EVERY_GLASS
@pytest.mark.parametrize("sheet", [0, 1, 99])
def test_a_long_stage_takes_as_many_sheets_as_it_needs(glass: Metrics, sheet: int) -> None:
    """Rows below the edge of the glass can neither be read nor touched."""
    around = world(content=content(surveys=(LONG,), care=with_form()))
    fits(Profile(sheet=sheet), around, glass, NEW)
    fits(Profile(sheet=sheet), replace(around, hq_reachable=False), glass, NEW)


def test_every_question_of_a_stage_stands_on_one_of_its_sheets() -> None:
    """A question that no sheet shows could never be changed."""
    around = world(content=content(surveys=(LONG,)))
    values = {
        button.value
        for sheet in range(10)
        for button in buttons(shown(Profile(sheet=sheet), NEW, around))
        if button.key == "profile-question"
    }
    assert values == {"long", *(f"q{at}" for at in range(20))}


def test_only_what_was_answered_can_be_saved() -> None:
    """A button that does nothing teaches people not to trust buttons."""
    assert "save" not in keys(shown(asked("style")))
    assert "save" in keys(shown(STYLE))


def test_the_question_tells_what_the_member_gains() -> None:
    """Asked without a reason, people leave; asked for the company's sake, they are right to."""
    told = said(shown(STYLE))
    assert "合您风格的新款到店" in told
    assert "为什么问" in told
    assert "50" in told


def test_who_came_for_a_question_is_not_asked_to_put_it_off() -> None:
    """Skip for now means nothing to somebody who has just chosen it."""
    assert {"later", "never"} <= keys(shown(STYLE))
    assert not {"later", "never"} & keys(shown(replace(STYLE, chosen=True)))


def test_without_hq_the_page_says_that_the_answer_waits_here() -> None:
    """People would think it was lost, or that it was sent."""
    assert "暂时联网不上" in said(shown(STYLE, around=AWAY))


# -- what grows ----------------------------------------------------------------------------


def test_the_ring_tells_what_is_there_and_where_an_answer_leads() -> None:
    """The one reason to answer today would not be seen."""
    told = said(shown(STYLE))
    assert "38" in told
    assert "答完到 73%" in told


def test_the_thanks_tell_what_has_grown_and_what_the_stage_earns() -> None:
    """An answer that changes nothing is the last one."""
    told = said(shown(ProfileAnswered("style", before=38, shown="plain,sporty"), TOLD))
    assert "73%" in told
    assert "原来 38%" in told
    assert "简约、运动" in told
    assert "50 分等总部确认后到账" in told


def test_the_thanks_are_in_the_language_of_the_screen() -> None:
    """Half a page would stay Chinese after a touch on EN."""
    answered = ProfileAnswered("style", before=38, shown="plain,sporty")
    assert "Plain, Sporty" in said(shown(answered, TOLD, language=Language.EN))


def test_a_stage_that_was_paid_promises_nothing() -> None:
    """Points that HQ will not pay again."""
    paid = Visitor(LINA.member.model_copy(update={"stages": ("profile_2",)}), KEY)
    assert "50" not in said(shown(STYLE, paid))


def test_after_the_visits_last_question_none_is_offered() -> None:
    """One more, and one more, until the member leaves for good."""
    last = ProfileAnswered("style", before=38, asked=2, shown="plain")
    assert [one.value for one in buttons(shown(last, TOLD)) if one.key == "profile-question"] == [
        "style"
    ]


# -- the page of the profile ---------------------------------------------------------------


def test_the_page_tells_who_told_what_and_when() -> None:
    """A member could not tell an old note of the staff's from their own word."""
    told = said(shown(Profile()))
    assert "李*" in told
    assert "3月4日，您填写" in told.replace(" ", "")
    clothes = said(shown(Profile(sheet=1)))
    assert "2025年11月2日，店员代填" in clothes.replace(" ", "")


def test_a_refused_question_can_be_opened_and_says_so() -> None:
    """Don't ask again must not mean: may never tell."""
    told = said(shown(Profile(sheet=1), RELUCTANT))
    assert "您选了不再问" in told
    assert "打开" in told


def test_the_phone_is_offered_only_while_its_form_opens() -> None:
    """A code that leads nowhere."""
    open_form = world(content=with_profile(care=with_form()))
    assert "hand-over" in keys(shown(Profile(), around=open_form))
    assert "hand-over" not in keys(shown(Profile(), around=replace(open_form, hq_reachable=False)))
    assert "hand-over" not in keys(shown(Profile()))


def test_without_a_clock_the_birthday_waits_and_says_why() -> None:
    """A touch that does nothing, on the one row that people open first."""
    unset = replace(HERE, clock=ClockQuality.UNSET)
    scene = shown(Profile(), NEW, unset)
    assert "birthday" not in {button.value for button in buttons(scene)}
    assert "正在对时" in said(scene)


def test_a_day_of_birth_says_before_and_after_that_it_is_told_once() -> None:
    """Whoever slipped would learn it from HQ's silence."""
    assert "更改请到收银台" in said(shown(BIRTHDAY, NEW))
    answered = Visitor(
        NEW.member, KEY, (claim(kind=ClaimKind.PROFILE, subject="answered.birthday"),)
    )
    for page in (Profile(), ProfileAnswered("birthday", 0)):
        scene = shown(page, answered)
        assert "更改请到收银台" in said(scene)
        assert "birthday" not in {button.value for button in buttons(scene)}


def test_home_leads_to_the_profile_only_where_there_is_one() -> None:
    """A way to an empty page."""
    assert "profile" in keys(shown(Home()))
    assert "profile" not in keys(shown(Home(), around=world()))


def test_a_profile_that_hq_withdraws_under_the_page_is_no_fault() -> None:
    """The member's touch would end in an apology."""
    around = world(content=content())
    for page in (Profile(), STYLE, ProfileAnswered("style", 10), Recheck("phone")):
        assert said(shown(page, around=around))


# -- nothing personal ----------------------------------------------------------------------

PHONE, NAME, BORN = "13812345678", "欧阳娜娜", "1988"


def bare(field: str, value: str) -> Known:
    """A value that HQ forgot to mask."""
    return Known(field=field, shown=value, source=Source.MEMBER, on=date(2025, 1, 1))


@pytest.mark.parametrize(
    "page", [Profile(), Recheck("phone"), Recheck("name"), Recheck("birthday")]
)
def test_what_hq_forgot_to_mask_is_not_shown(page: Page) -> None:
    """One slip at HQ would put numbers on a thousand screens."""
    known = (bare("phone", PHONE), bare("name", NAME), bare("birthday", "1988-03-04"))
    told = said(shown(page, Visitor(member(known=known), KEY)))
    assert not [secret for secret in (PHONE, NAME, BORN) if secret in told]
    assert "已填写" in told


@pytest.mark.parametrize(
    ("name", "text"), [("phone", PHONE), ("name", NAME), ("address", "静安区南京西路一号")]
)
def test_what_was_typed_is_not_read_on_the_question(name: str, text: str) -> None:
    """The whole queue would read it while its owner looks for the button."""
    page = asked(name, visitor=NEW)
    written = replace(page, asking=answering.write_text(page.asking, text, HERE))
    scene = shown(written, NEW)
    assert text not in said(scene)
    assert "save" in keys(scene)


def test_the_kit_and_the_demo_are_stages_in_order() -> None:
    """The tests above would draw a profile that nobody publishes."""
    assert [one.id for one in stages_of(STAGES)] == ["profile_1", "profile_2", "profile_3"]
    assert len(demo_questions()) > 10
