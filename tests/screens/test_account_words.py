"""What vouchers, history, tier, rules and events say, and what they must not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from kiosk.model.members import Standing
from kiosk.model.programme import Store
from kiosk.model.rules import VoucherRules
from kiosk.model.text import Language
from kiosk.model.verdicts import Because, Claim, ClaimKind, Outcome
from kiosk.screens.history import signed
from kiosk.session.advance import advance
from kiosk.session.events import Pressed
from kiosk.session.states import (
    Events,
    History,
    Page,
    Rules,
    Session,
    TierPage,
    Visitor,
    Vouchers,
)
from kiosk.ui.languages import load
from tests.factories import KEY, claim, line, local, member, verdict, world
from tests.golden.shots_account import SILVER, WORKSHOPS, full_content
from tests.screens.account_kit import OFFLINE, UNSET, buttons, said, sheets, shown
from tests.screens.glasses import GLASSES, laid_out

IN_BOTH = pytest.mark.parametrize("language", Language, ids=["zh", "en"])


@IN_BOTH
@pytest.mark.parametrize("page", [Vouchers(), History(), TierPage(), Events()], ids=str)
def test_nobody_behind_reads_who_it_is(page: Page, language: Language) -> None:
    """The name was greeted on the member's page; here it would only be read by others."""
    words = " ".join(said(shown(page, language=language)))
    for secret in ("李", "Ms L", "m-000001", KEY.hex()):
        assert secret not in words


@pytest.mark.parametrize("page", [Vouchers(), TierPage(), Events()], ids=str)
def test_nothing_is_promised_on_an_unknown_day(page: Page) -> None:
    """With a wrong date a voucher would be refused at the counter."""
    words = " ".join(said(shown(page, UNSET)))
    for promise in ("还剩", "还有 7 天", "报名", "保住", "2027", "本月"):
        assert promise not in words


def test_an_unknown_day_is_said_plainly() -> None:
    """Saying that there is no voucher today would be a claim about a day nobody knows."""
    assert {"券暂时看不了", "到收银台查您的券"} <= set(said(shown(Vouchers(), UNSET)))
    assert {"近期活动", "活动请问店员"} <= set(said(shown(Events(), UNSET)))


@pytest.mark.parametrize("page", [Vouchers(), History(), TierPage(), Events()], ids=str)
def test_every_page_says_that_hq_is_away(page: Page) -> None:
    """Old figures that look new cost trust at the counter."""
    assert any(text.startswith("暂时联网不上。") for text in said(shown(page, OFFLINE)))
    assert not any(text.startswith("暂时联网不上。") for text in said(shown(page)))


def test_vouchers_for_today_come_before_those_that_are_coming() -> None:
    """What can be used now is what the member came for."""
    words = said(shown(Vouchers()))
    assert words.index("还剩 9 天") < words.index("还剩 49 天") < words.index("12 月1 日起")
    assert "今天能用 2 张券" in words
    assert "同一天，同行的朋友也享 7 折" in words


def test_a_member_without_vouchers_reads_when_they_come() -> None:
    """A blank page is a dead end; an apology is not announced."""
    words = " ".join(said(shown(Vouchers(), visitor=SILVER)))
    assert "生日当月：一件 7 折" in words
    assert "入会 1 至 5 周年：每年一件 7 折" in words
    assert "致歉" not in words


def test_a_programme_without_vouchers_says_so() -> None:
    """Nothing at all still is an answer."""
    around = world(content=full_content(vouchers=VoucherRules(), cash_back=None))
    words = said(shown(Vouchers(), around, SILVER))
    assert "目前没有发券的安排" in words
    assert not any("返" in text for text in words if text != "返回")


@pytest.mark.parametrize(
    ("spend_fen", "expected"),
    [
        (86_000, ["再消费 ¥140，本月返 1%", "本月 ¥860", "满 ¥1,000 返"]),
        (100_000, ["本月返现 ¥10"]),
        (123_456, ["本月返现 ¥12.34", "本月已消费 ¥1,234.56，返 1%"]),
    ],
)
def test_cash_back_counts_from_the_floor_on(spend_fen: int, expected: list[str]) -> None:
    """A fen more than HQ pays back is a broken promise."""
    spender = member(standing=Standing(month_spend_fen=spend_fen))
    words = said(shown(Vouchers(), visitor=Visitor(spender, KEY)))
    assert set(expected) <= set(words)


@pytest.mark.parametrize(("points", "shows"), [(320, "+320"), (-2_400, "−2,400"), (0, "0")])
def test_points_carry_their_sign(points: int, shows: str) -> None:
    """Colour alone says nothing to one man in twelve."""
    assert signed(load("zh-CN"), points) == shows


def test_history_says_why_and_what_waits() -> None:
    """A line without its reason is the first question at the counter."""
    words = said(shown(History()))
    assert words.index("待确认") < words.index("消费得分")
    assert "已扣待确认 2,400 分" in words
    for why in ("消费 ¥320 · 小票 JA-1114-0031", "未领取「帆布袋」，退回", "满 24 个月没有用"):
        assert why in words


def test_another_store_and_another_year_are_named() -> None:
    """A member who travels must recognise a purchase made elsewhere, long ago."""
    there = full_content()
    there = replace(there, stores=(*there.stores, _store()))
    bought = line(store_id="bj-cy-01", at=datetime(2025, 3, 1, tzinfo=UTC))
    visitor = Visitor(member(lines=(bought, line(entry_id="e-2"))), KEY)
    words = said(shown(History(), world(content=there), visitor))
    assert "消费 ¥320 · 2025 年 · 小票 JA-1114-0031 · 北京朝阳店" in words
    assert "消费 ¥320 · 小票 JA-1114-0031" in words


def _store() -> Store:
    return Store(store_id="bj-cy-01", name=local("北京朝阳店", "Chaoyang store"))


def test_the_nearest_goal_of_a_tier_comes_first() -> None:
    """Who may lose a tier must hear that before they hear of the next one."""
    words = said(shown(TierPage(), visitor=SILVER))
    keep = next(at for at, text in enumerate(words) if "¥660" in text)
    reach = next(at for at, text in enumerate(words) if "¥8,260" in text)
    assert keep < reach
    assert "就能保住银卡" in words
    assert "在 2027 年 3 月31 日以前" in words


def test_the_top_tier_is_told_what_keeps_it() -> None:
    """There is no next tier to name, and a bar without an end says nothing."""
    words = said(shown(TierPage()))
    assert "金卡已保住" in words
    assert {"已消费 ¥12,680", "金卡 ¥8,000"} <= set(words)
    assert not any("还有" in text for text in words)


def test_an_unknown_tier_is_sent_to_the_counter() -> None:
    """The rest of the page is what every member has."""
    stranger = Visitor(member(tier="platinum"), KEY)
    words = said(shown(TierPage(), visitor=stranger))
    assert "等级请到收银台查" in words
    assert "普通卡礼遇" in words


def test_the_rules_are_never_empty() -> None:
    """HQ need not write a word: the programme's numbers speak."""
    around = world(content=full_content(rules=(), expiry=None, cash_back=None))
    words = [
        text for one in sheets(Rules(), around, None, GLASSES["standing"]) for text in said(one)
    ]
    assert {"每消费 ¥1 得 1 分", "100 分约值 ¥1", "积分不会到期"} <= set(words)
    assert {"12 个月消费满 ¥3,000", "满 ¥2,400 保级 · 积分 1.2 倍"} <= set(words)


def test_rules_can_be_asked_for_before_the_content_is_here() -> None:
    """A kiosk without HQ apologised for a fault of its own when somebody asked."""
    scene = shown(Rules(), world(content=None), None)
    assert "这台机器正在准备" in said(scene)
    assert laid_out(scene, GLASSES["standing"]).problems == ()


# -- signing up ----------------------------------------------------------------------------


def _wish(kind: ClaimKind, outcome: Outcome | None = None, because: Because | None = None) -> Claim:
    silent = {"code": None, "holds_for_s": None, "balance": None}
    word = verdict(outcome=outcome, because=because, **silent) if outcome is not None else None
    return claim(kind=kind, subject="paper-12", points=0, verdict=word)


ONE_EVENT = world(content=full_content(events=WORKSHOPS[1:2]))
UP, OFF = ClaimKind.EVENT_SIGNUP, ClaimKind.EVENT_SIGNOFF


@pytest.mark.parametrize(
    ("claims", "state", "button"),
    [
        ((), "可报名，12 个名额", "报名"),
        ((_wish(UP),), "已报名，总部确认名额", "取消报名"),
        ((_wish(UP, Outcome.SIGNED_UP),), "已报名，名额已确认", "取消报名"),
        ((_wish(UP, Outcome.WAITLISTED),), "名额已满，您在候补中", "取消报名"),
        ((_wish(UP, Outcome.REFUSED, Because.STOCK),), "名额已满，没有报上", "报名"),
        ((_wish(UP, Outcome.REFUSED, Because.CARD),), "没有报上，请问店员", "报名"),
        ((_wish(UP), _wish(OFF)), "已取消报名", "报名"),
        ((replace(_wish(UP), dead=True),), "可报名，12 个名额", "报名"),
    ],
)
def test_an_event_says_where_the_member_stands(
    claims: tuple[Claim, ...], state: str, button: str
) -> None:
    """A press that seems to do nothing is pressed again, and signs off."""
    scene = shown(Events(), ONE_EVENT, Visitor(member(), KEY, claims))
    assert state in said(scene)
    (asked,) = buttons(scene, "sign-up")
    assert (asked.value, asked.says) == ("paper-12", button)


def test_pressing_changes_what_is_said() -> None:
    """The wish is on disk: the page must say so at once, offline too."""
    session = Session(page=Events(), language=Language.ZH, visitor=Visitor(member(), KEY))
    step = advance(session, Pressed("sign-up", "paper-12"), OFFLINE)
    assert len(step.facts) == 1
    scene = shown(step.session.page, OFFLINE, step.session.visitor)
    assert "已记下，联网后确认" in said(scene)


def test_what_hq_knows_of_a_member_is_said() -> None:
    """Signed up last week at another kiosk is signed up."""
    scene = shown(Events(), ONE_EVENT, Visitor(member(events=("paper-12",)), KEY))
    assert "已报名" in said(scene)
    assert buttons(scene, "sign-up")[0].says == "取消报名"


def test_only_events_for_the_tier_are_offered() -> None:
    """An invitation that is refused at the door is worse than none."""
    standard = Visitor(member(tier="standard", standing=Standing()), KEY)
    offered = {button.value for button in buttons(shown(Events(), visitor=standard), "sign-up")}
    assert offered == {"paper-12", "paper-1"}
