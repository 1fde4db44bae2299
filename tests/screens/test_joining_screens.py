"""Joining on every glass: what can be touched, what is promised, and what nobody else reads."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.answers import Form
from kiosk.model.asking import Applicant, ApplicationState
from kiosk.model.programme import Joining as Asked
from kiosk.model.text import Language
from kiosk.screens.compose import scene
from kiosk.screens.view import Sight, View
from kiosk.session import wheels
from kiosk.session.states import (
    Applied,
    Joined,
    Joining,
    JoiningStep,
    Notice,
    NoticeKind,
    Page,
    Session,
    TooYoung,
    Writing,
)
from kiosk.session.world import World
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene
from tests.factories import OTHER_KEY, content, local, programme, world
from tests.golden.shots import OFFLINE, USUAL, Shot
from tests.golden.shots_joining import (
    ACCEPTED,
    BORN,
    BY_GROUP,
    CONFIRM,
    CONFIRM_ALL,
    ENOUGH,
    EVERY_WAY,
    FIRST_BORN,
    HERE,
    NEARLY,
    NO_DAY,
    NO_GROUP,
    REFUSED,
    STANDING_ONLY,
    SUBMITTED,
    at,
)
from tests.screens.glasses import GLASSES, buttons, drawn, keys, laid_out, said
from tests.screens.test_writing_screens import PANELS

ALL = EVERY_WAY + STANDING_ONLY
TYPED = tuple(shot for shot in ALL if isinstance(shot.page, Writing))


def shown(page: Page, around: World = USUAL, language: Language = Language.ZH) -> Scene:
    """The page on a standing glass, with nobody there whom the kiosk knows."""
    return drawn(Session(page, language, until_s=around.uptime_s + 10), around)


def asking(**changes: int) -> World:
    """A programme that asks for other sums."""
    usual = {"single_purchase_fen": 10_000, "total_purchases_fen": 30_000, "minimum_age_years": 18}
    return world(content=content(programme=programme(joining=Asked(**(usual | changes)))))


@pytest.mark.parametrize("glass", PANELS.values(), ids=PANELS)
@pytest.mark.parametrize("shot", TYPED, ids=lambda shot: shot.name)
def test_the_keyboard_has_room_for_why_it_is_asked(shot: Shot, glass: Metrics) -> None:
    """The reason must not push a key or a candidate off the glass."""
    for language in Language:
        session = replace(shot.session(language), big_text=glass.big_text)
        size = glass.width_px / glass.scale, glass.height_px / glass.scale
        view = View(*size, load(language.value), factor=glass.factor)
        written = scene(Sight(session, shot.world, view, shot.candidates))
        assert laid_out(written, glass).problems == ()
        roomy = glass.orientation == "portrait"
        why = {Language.ZH: "为什么问", Language.EN: "Why we ask"}[language]
        assert (why in said(written)) == roomy


# -- what it takes -------------------------------------------------------------------------


def test_the_two_ways_are_the_programme_s() -> None:
    """A sum of ours would be promised and not kept."""
    told = said(shown(Joining(), asking(single_purchase_fen=12_345, total_purchases_fen=67_800)))
    for sum_ in ("¥123.45", "¥678"):
        assert sum_ in told
    assert "¥100" not in told
    assert "申请就能成为会员" in said(shown(Joining(), asking(single_purchase_fen=0)))


def test_what_is_given_and_asked_is_said_before_anything_is_typed() -> None:
    """Whoever hears of the age at the end has told name and number for nothing."""
    told = said(shown(Joining(), HERE))
    for words in ("会员价", "积分换礼", "生日月七折", "生日", "姓名", "手机号", "年满 18 周岁"):
        assert words in told
    assert "提交以前什么都不保存" in told
    assert "hand-over" in keys(shown(Joining(), HERE))


def test_the_phone_is_only_offered_where_it_works() -> None:
    """A code that opens nothing, or an age that nobody can tell."""
    assert "hand-over" not in keys(shown(Joining()))
    assert "hand-over" not in keys(shown(Joining(), replace(HERE, hq_reachable=False)))
    assert "hand-over" not in keys(shown(Joining(), replace(HERE, clock=NO_DAY.clock)))
    offered = [one.value for one in buttons(shown(Joining(), HERE)) if one.key == "hand-over"]
    assert offered == [Form.JOINING.value]


def test_without_a_date_the_counter_is_named_and_nothing_begins() -> None:
    """A kiosk that cannot tell an age would ask for everything and then say no."""
    scene = shown(Joining(), NO_DAY)
    assert "join-on" not in keys(scene)
    assert "请到收银台申请" in said(scene)


def test_an_unknown_card_leads_both_ways() -> None:
    """A member with a new card would apply again; somebody else would find a dead end."""
    scene = shown(Notice(NoticeKind.UNKNOWN_CARD, OTHER_KEY))
    assert "join" in keys(scene)
    assert "我是会员，这是新卡" in said(scene)
    assert "我还不是会员" in said(scene)
    assert "join" not in keys(shown(Notice(NoticeKind.UNKNOWN_CARD), world(content=None)))


def test_a_replaced_card_says_what_to_use() -> None:
    """Somebody whose new card is in the other pocket would be sent to the counter."""
    told = said(shown(Notice(NoticeKind.CARD_REPLACED)))
    assert "请用新卡" in told
    assert "不能在这里使用" not in told


# -- one question after the other ----------------------------------------------------------


def test_only_what_was_chosen_leads_on() -> None:
    """A way on that does nothing makes people press harder."""
    assert "join-on" not in keys(shown(FIRST_BORN))
    assert "join-on" in keys(shown(BORN))
    assert "apply" in keys(shown(CONFIRM))
    assert "apply" not in keys(shown(at(JoiningStep.CONFIRM, phone="1381234")))


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "page",
    [Joining(), at(JoiningStep.GROUP), CONFIRM, CONFIRM_ALL, Joined(has_card=True), TooYoung()],
    ids=str,
)
def test_no_page_but_the_question_itself_shows_what_was_told(
    page: Page, language: Language
) -> None:
    """Whoever stands behind would read a name, a number or a birthday."""
    scene = shown(page, language=language)
    read = said(scene) + " ".join(button.says + button.value for button in buttons(scene))
    for secret in ("李娜", "娜", "13812345678", "12345678", "1988"):
        assert secret not in read


@given(
    name=st.text("喆龘靐鱻麤", min_size=2, max_size=6),
    phone=st.from_regex(r"\A1[3-9][0-9]{9}\Z"),
    born=st.dates(date(1930, 1, 1), date(2008, 11, 21)),
    step=st.sampled_from([step for step in JoiningStep if step is not JoiningStep.BORN]),
    language=st.sampled_from(Language),
)
def test_whoever_applies_nobody_behind_reads_who_it_is(
    name: str, phone: str, born: date, step: JoiningStep, language: Language
) -> None:
    """One name, number or birthday that slips through a mask is one too many."""
    on = wheels.begin(date(1904, 1, 1), date(2026, 11, 21), born, chosen=True)
    page = at(step, name=name, phone=phone, born=on)
    if step in (JoiningStep.NAME, JoiningStep.PHONE):
        page = replace(page, step=JoiningStep.CONFIRM)  # the keyboard stands above the others
    read = said(shown(page, HERE, language))
    assert name not in read
    assert phone not in read
    assert phone[3:] not in read
    assert str(born.year) not in read.replace(phone[-4:], "")


def test_the_last_look_shows_enough_to_know_oneself_by() -> None:
    """A wrong number could not be seen before it is sent."""
    told = said(shown(CONFIRM_ALL))
    for words in ("李*", "138****5678", "18 周岁以上", "HUAXIN26", "第 1 版"):
        assert words in told
    assert "没有" in said(shown(CONFIRM))


def test_news_are_off_until_they_are_touched() -> None:
    """A switch that is drawn on would be agreed to by nobody."""
    assert "关" in said(shown(CONFIRM)).split("\n")
    assert "开" in said(shown(CONFIRM_ALL)).split("\n")


# -- after it ------------------------------------------------------------------------------


def test_what_comes_next_depends_on_the_card() -> None:
    """Somebody without a card would wait for it to arrive by itself."""
    assert "这张卡就是您的会员卡" in said(shown(Joined(has_card=True)))
    assert "到收银台领一张会员卡" in said(shown(Joined(has_card=False)))


def test_a_group_s_application_is_not_told_to_shop() -> None:
    """A group joins by its code; a sum would be asked for that HQ does not ask for."""
    told = said(shown(Joined(has_card=True, with_group=True)))
    assert "¥" not in told
    assert "核对团体码" in told


def test_offline_nothing_is_called_sent() -> None:
    """HQ has not heard of it."""
    for page in (Joined(has_card=True), Applied()):
        assert "联网后马上发给总部" in said(shown(page, OFFLINE))
    assert "正在发给总部" in said(shown(Joined(has_card=True)))
    assert "上次联网" in said(shown(ACCEPTED, OFFLINE))


@pytest.mark.parametrize(
    ("page", "says"),
    [
        (Applied(), ("申请已收到", "¥100", "¥300")),
        (SUBMITTED, ("再买一单满 ¥100", "或累计再满 ¥300", "总部核对资料")),
        (ACCEPTED, ("再买一单满 ¥100", "或累计再满 ¥240", "目前累计 ¥60", "已经受理")),
        (NEARLY, ("再消费 ¥40",)),
        (ENOUGH, ("购物已经够了",)),
        (REFUSED, ("请到收银台", "400-820-0000")),
        (BY_GROUP, ("团体码有效", "不用先购物")),
        (NO_GROUP, ("再买一单满 ¥100", "团体码没有查到", "¥300")),
    ],
    ids=["waiting", "submitted", "accepted", "nearly", "enough", "refused", "group", "no group"],
)
def test_an_applicant_reads_how_far_it_is(page: Applied, says: tuple[str, ...]) -> None:
    """The one thing somebody wants to know who lays this card down."""
    told = said(shown(page))
    for words in says:
        assert words in told


def test_who_is_refused_reads_no_reason_and_no_sum() -> None:
    """The queue would read that somebody was turned down, and why."""
    told = said(shown(REFUSED))
    assert "¥" not in told
    assert "拒" not in told


def test_the_first_page_counts_as_the_steps_do() -> None:
    """Who was told of three questions would stand at the first of five steps."""
    assert "共 5 步" in said(shown(Joining()))
    assert "第 5 步，共 5 步" in said(shown(CONFIRM))


def test_who_need_not_buy_anything_reads_no_sum() -> None:
    """A whole company would be told to go shopping first, against what its code promises."""
    assert "¥" not in said(shown(BY_GROUP))
    assert "购物满了" not in said(shown(BY_GROUP))


def test_hostile_sums_and_names_are_drawn_all_the_same() -> None:
    """HQ's largest sums shrink instead of ending the session."""
    most = asking(single_purchase_fen=99_999_999, total_purchases_fen=100_000_000)
    state = ApplicationState.ACCEPTED
    rich = Applicant(state=state, on=date(2020, 2, 29), best_fen=99_999_998, total_fen=99_999_999)
    usual = programme()
    long = local("很长" * 90, "very long words " * 12)
    benefits = tuple(one.model_copy(update={"words": long}) for one in usual.tiers[0].benefits)
    tier = usual.tiers[0].model_copy(update={"benefits": benefits})
    odd = world(content=content(programme=usual.model_copy(update={"tiers": (tier,)})))
    for glass in GLASSES.values():
        for page, around in ((Applied(rich), most), (Joining(), most), (Joining(), odd)):
            session = Session(page, Language.EN, until_s=around.uptime_s + 10)
            problems = laid_out(drawn(session, around, glass), glass).problems
            assert [one for one in problems if "text is cut" not in one] == [], (page, glass)
