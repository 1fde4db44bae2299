"""Complaining on every glass: what can be touched, what is promised, what nobody else reads."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.model.asking import Known, Source
from kiosk.model.text import Language
from kiosk.session.advance import advance
from kiosk.session.events import Pressed
from kiosk.session.states import (
    Cases,
    Complaint,
    Home,
    Notice,
    NoticeKind,
    Page,
    Session,
    Thanks,
    Visitor,
)
from kiosk.session.world import World
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene
from tests.factories import KEY, care, content, local, member
from tests.golden.shots import LINA
from tests.golden.shots_complaint import (
    ASKING,
    AWAY,
    CHOSEN,
    CLOSED,
    HERE,
    JUST_SENT,
    OPEN,
    SERVICE,
    SEVERAL,
    WORDED,
    case,
    complained,
)
from tests.screens.glasses import GLASSES, drawn, keys, laid_out, said


def shown(
    page: Page,
    visitor: Visitor | None = LINA,
    around: World = HERE,
    language: Language = Language.ZH,
) -> Scene:
    """The page on a standing glass, reached from the member's page if there is a member."""
    trail = (Home(),) if visitor is not None else ()
    until_s = around.uptime_s + 5
    session = Session(page, language, trail=trail, visitor=visitor, until_s=until_s)
    return drawn(session, around)


@pytest.mark.parametrize("kind", NoticeKind, ids=str)
def test_a_complaint_is_two_touches_from_every_notice(kind: NoticeKind) -> None:
    """Whoever has just been refused has most reason to complain, and may have no card."""
    session = Session(Notice(kind), Language.ZH, until_s=HERE.uptime_s + 5)
    assert "contact" in keys(drawn(session, HERE))
    told = advance(session, Pressed("contact"), HERE).session
    assert isinstance(advance(told, Pressed("cause", "product"), HERE).session.page, Complaint)
    assert "contact" not in keys(drawn(session, replace(HERE, content=None)))


def test_only_what_has_a_cause_can_be_sent() -> None:
    """An empty complaint helps nobody; and one that begins must find its way on."""
    assert keys(shown(Complaint())) == {"cause", "back", "done", "language"}
    wanted = {"submit", "reason", "write", "call-me", "staff-now"}
    assert wanted <= keys(shown(CHOSEN))
    assert not wanted & keys(shown(Complaint()))


def test_nobody_is_called_whose_number_is_not_known() -> None:
    """A promise to a stranger cannot be kept."""
    scene = shown(SERVICE, None)
    assert "call-me" not in keys(scene)
    assert "staff-now" in keys(scene)
    assert "下次刷卡" not in said(scene)


def test_while_hq_is_away_nothing_is_promised_that_needs_it() -> None:
    """A member would wait for a manager who has not heard, and two hours for a call."""
    scene = shown(CHOSEN, around=AWAY)
    assert "staff-now" not in keys(scene)
    for promise in ("2 小时", "店长会"):
        assert promise not in said(scene)
        assert promise not in said(shown(Thanks(call_me=True, staff_now=True), around=AWAY))
    assert "直接告诉身边的店员" in said(scene)
    thanked = said(shown(Thanks(staff_now=True), around=AWAY))
    assert "请店员过来" not in thanked
    assert "直接告诉身边的店员" in thanked


@pytest.mark.parametrize("told", [False, True], ids=["no number", "number told"])
def test_no_call_is_promised_to_a_number_nobody_has(told: bool) -> None:
    """A member would wait two hours by a telephone that HQ cannot ring."""
    number = Known(field="phone", shown="138****5678", source=Source.MEMBER, on=date(2026, 3, 4))
    whose = Visitor(member(known=(number,) if told else ()), KEY)
    asks, thanks = (
        said(shown(page, whose, around=ASKING)) for page in (CHOSEN, Thanks(call_me=True))
    )
    assert ("打给您登记的号码" in asks, "2 小时" in asks, "2 小时" in thanks) == (told,) * 3
    assert ("请写在补充的话里" in asks, "我的资料" in thanks) == (not told,) * 2


def test_what_hq_does_not_promise_is_not_promised() -> None:
    """A sentence of ours would be broken by a store that never agreed to it."""
    usual = care()
    bare = usual.complaints.model_copy(update={"call_promise": None, "staff_promise": None})
    quiet = usual.model_copy(update={"complaints": bare})
    around = replace(HERE, content=content(care=quiet))
    assert "小时" not in said(shown(CHOSEN, around=around))
    assert "小时" not in said(shown(Thanks(call_me=True), around=around))
    assert "小时" in said(shown(CHOSEN))


def test_what_was_written_is_not_shown_to_who_stands_behind() -> None:
    """The words are the most private part; how many there are tells that they are kept."""
    scene = shown(WORDED)
    assert WORDED.words[:4] not in said(scene)
    assert f"写了 {len(WORDED.words)} 个字" in said(scene)


@pytest.mark.parametrize("page", [Thanks(), Thanks(call_me=True, staff_now=True)], ids=str)
@pytest.mark.parametrize("visitor", [None, JUST_SENT], ids=["nobody", "member"])
def test_thanks_say_nothing_of_what_it_was(page: Thanks, visitor: Visitor | None) -> None:
    """Whoever stands behind reads that a complaint came in, and not what it was about."""
    told = said(shown(page, visitor))
    for cause in care().complaints.causes:
        assert cause.words.zh not in told
    assert "掉色" not in told
    assert "已收到" in told


@pytest.mark.parametrize(
    ("visitor", "says"),
    [
        (OPEN, "您的反馈：第 3 步，共 6 步"),
        (CLOSED, "您反映的问题已经处理好"),
        (JUST_SENT, "您的反馈：第 1 步，共 6 步"),
        (SEVERAL, "您的反馈：第 5 步，共 6 步"),
        (complained(case(2), case(6, day=3)), "您反映的问题已经处理好"),
    ],
    ids=["open", "closed", "just sent", "several", "one of two closed"],
)
def test_the_members_page_tells_the_step_and_not_the_cause(visitor: Visitor, says: str) -> None:
    """The loop is closed at the next tap, quietly."""
    scene = shown(Home(), visitor)
    assert says in said(scene)
    assert "商品问题" not in said(scene)
    assert "cases" in keys(scene)


def test_without_a_complaint_the_members_page_says_nothing_of_one() -> None:
    """Nobody who is content should be asked what is wrong."""
    assert "cases" not in keys(shown(Home()))


@pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)
@pytest.mark.parametrize("language", Language)
def test_the_members_page_has_room_for_a_case_while_hq_is_away(
    glass: Metrics, language: Language
) -> None:
    """The step must not push the way to the rewards off the glass."""
    session = Session(Home(), language, visitor=OPEN, until_s=1_038)
    layout = laid_out(drawn(session, AWAY, glass), glass)
    assert [one for one in layout.problems if "text is cut" not in one] == []
    assert {"cases", "redeem", "done"} <= {target.button.key for target in layout.targets}


def test_a_cause_that_left_the_content_still_has_its_page() -> None:
    """HQ renames its causes while complaints are on their way."""
    gone = complained(case(4, "gone"))
    assert "第 4 步，共 6 步" in said(shown(Cases(), gone))
    assert "submit" in keys(shown(replace(CHOSEN, cause_id="gone")))


def test_each_case_has_a_sheet_and_none_says_so() -> None:
    """A second complaint would never be seen; an empty page would be a dead end."""
    assert "第 5 步" in said(shown(Cases(), SEVERAL))
    assert "第 3 步" in said(shown(Cases(1), SEVERAL))
    assert "第 3 步" in said(shown(Cases(9), SEVERAL))
    assert "没有在处理的反馈" in said(shown(Cases(), LINA))


def test_hostile_lengths_are_drawn_all_the_same() -> None:
    """HQ's longest names end in dots instead of ending the session."""
    long = local("很长" * 90, "very long words " * 12)
    usual = care()
    causes = tuple(one.model_copy(update={"words": long}) for one in usual.complaints.causes)
    complaints = usual.complaints.model_copy(update={"causes": causes, "steps": (long,) * 6})
    odd = usual.model_copy(update={"complaints": complaints})
    around = replace(HERE, content=content(care=odd))
    for page in (CHOSEN, Thanks(), Cases()):
        assert shown(page, OPEN, around).name in {"complaint", "thanks", "cases"}
