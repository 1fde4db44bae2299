"""The member's page, the ladder and one reward: at the edges of what can come, no dead end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from kiosk.loyalty.redeeming import Obstacle
from kiosk.model.clock import ClockQuality
from kiosk.model.ledger import Expiring, Held
from kiosk.model.members import PinState
from kiosk.model.programme import Event, Reward, RewardKind
from kiosk.model.rules import OfflineRule
from kiosk.model.text import Language
from kiosk.model.verdicts import Because, ClaimKind, Outcome
from kiosk.session.states import (
    Attract,
    Detail,
    Home,
    Ladder,
    Notice,
    NoticeKind,
    Page,
    Session,
    StillThere,
    Visitor,
)
from kiosk.session.wishes import allowed
from kiosk.session.world import World
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import walk
from kiosk.ui.pieces import Corner, Picture
from tests.factories import (
    KEY,
    NOW,
    STORE,
    claim,
    content,
    local,
    member,
    programme,
    redeeming,
    reward,
    rewards,
    verdict,
    voucher,
    world,
)
from tests.golden import shots_rewards
from tests.golden.shots import Shot
from tests.golden.shots_rewards import FULL, FULL_OFFLINE, HANDS_OUT, MANY, TRUSTED
from tests.screens.glasses import GLASSES, buttons, drawn, keys, laid_out, said

ON_EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)
IN_BOTH = pytest.mark.parametrize("language", Language, ids=["zh", "en"])

WIDE = "亲子折纸手工课与糕点制作体验日金卡专场活动"[:20]
"""A name of 20 wide characters."""


def session_of(
    page: Page,
    visitor: Visitor | None = None,
    language: Language = Language.ZH,
    trail: tuple[Page, ...] = (Home(),),
) -> Session:
    """Somebody's session on this page."""
    visitor = visitor or Visitor(member(), KEY)
    return Session(page=page, language=language, visitor=visitor, trail=trail, until_s=1_030)


# -- no dead end ---------------------------------------------------------------------------


@pytest.mark.parametrize("shot", shots_rewards.EVERY_WAY, ids=lambda shot: shot.name)
def test_every_page_has_a_way_on_and_a_way_out(shot: Shot) -> None:
    """Somebody without the points would otherwise stand before a page that ends."""
    assert {"back", "done", "contact", "language"} <= keys(
        drawn(shot.session(Language.EN), shot.world)
    )


# -- extremes ------------------------------------------------------------------------------


def _loud_rewards() -> tuple[Reward, ...]:
    """Fifty with long names, the dearest there can be, for points and money."""
    kinds = tuple(RewardKind)
    return tuple(
        reward(
            reward_id=f"r-{at}",
            kind=kinds[at % 3],
            name=local(WIDE, "Handwoven wool cardigan"),
            short_name=local(WIDE[:10], "handwoven cardigan"),
            points=19_999 * (at + 1),
            worth_fen=9_999_800,
            cash_fen=(0, 4_999_900, 7_999_840)[at % 3],
            size=local(WIDE, "S to XXL, in four colours"),
            per_member=9,
            available_to=date(2027, 12, 31),
            stock={STORE: 999} if at % 4 else {"bj-cy-01": 3},
        )
        for at in range(50)
    )


def _loud_world(**changes: object) -> World:
    event = Event(
        event_id="e",
        on=date(2026, 12, 31),
        name=local(WIDE, WIDE),
        badge=local("积分 ×10", "Points ×10"),
    )
    rules = programme(events=(event,), point_worth_milli_fen=1_000)
    around = world(content=content(rewards=_loud_rewards(), programme=rules))
    return replace(around, **changes)  # type: ignore[arg-type]  # each test names the field it means


def _loud(points: int) -> Visitor:
    """Who has more of everything than the pages were drawn for."""
    held = Held(
        redemption_id=UUID(int=9),
        reward_id="r-1",
        points=1,
        until=datetime(2026, 12, 1, tzinfo=UTC),
    )
    loud = member(
        called=local(WIDE, "Ms W. of the Golden Circle"),
        points=points,
        vouchers=tuple(voucher(voucher_id=f"v-{at}", price_factor_percent=85) for at in range(50)),
        expiring=(Expiring(points=999_999, last_day=date(2026, 11, 30)),),
        held=(held,) * 20,
    )
    return Visitor(loud, KEY, (claim(points=888_888),))


LOUD: tuple[tuple[Page, int], ...] = (
    *((Home(), points) for points in (-999_999_999, 5_000, 999_999_999)),
    *((Ladder(sheet=sheet), 240_000) for sheet in (0, 199)),
    *((Detail(reward_id), 300_000) for reward_id in ("r-1", "r-2", "r-49")),
)


@ON_EVERY_GLASS
@pytest.mark.parametrize("hq_reachable", [True, False], ids=["online", "offline"])
@pytest.mark.parametrize("page", LOUD, ids=str)
def test_a_page_holds_what_is_loud(
    glass: Metrics, hq_reachable: bool, page: tuple[Page, int]
) -> None:
    """A long name, a large figure or a row too many would push the way out off the glass."""
    visitor, around = _loud(page[1]), _loud_world(hq_reachable=hq_reachable)
    if isinstance(page[0], Detail):
        visitor = replace(visitor, claims=())
    for language in Language:
        shown = drawn(session_of(page[0], visitor, language), around, glass)
        assert laid_out(shown, glass).problems == (), language


@IN_BOTH
@pytest.mark.parametrize("page", [Home(), Ladder(), Ladder(RewardKind.GIFT), Detail("canvas-tote")])
def test_a_store_without_rewards_still_has_a_page(page: Page, language: Language) -> None:
    """A new store's first members would meet an apology."""
    bare = world(content=content(rewards=()))
    for glass in GLASSES.values():
        shown = drawn(session_of(page, language=language), bare, glass)
        assert laid_out(shown, glass).problems == ()
        assert "confirm" not in keys(shown)


# -- what the pages say --------------------------------------------------------------------


def test_nothing_but_the_masked_name_tells_who_it_is() -> None:
    """The person behind reads along; a card's key or a member's number would outlive the visit."""
    for page in (Home(), Ladder(), Detail("canvas-tote"), StillThere()):
        words = said(drawn(session_of(page), FULL))
        assert "m-000001" not in words
        assert KEY.hex() not in words
        assert page == Home() or "李女士" not in words


def test_every_reward_stands_on_one_sheet_of_the_ladder() -> None:
    """A reward between two sheets would never be redeemed."""
    for glass in GLASSES.values():
        seen: list[str] = []
        for sheet in range(12):
            shown = drawn(session_of(Ladder(sheet=sheet)), FULL, glass)
            rows = [one.value for one in buttons(shown) if one.key == "reward"]
            turned = [one.value for one in buttons(shown) if one.key == "sheet"]
            seen += rows
            if turned in ([], ["0"]):
                break
        assert sorted(seen) == sorted(one.reward_id for one in MANY)


def test_what_can_be_had_stands_before_what_cannot() -> None:
    """Points that buy something today are the reason to come."""
    shown = drawn(session_of(Ladder()), FULL)
    order = [one.value for one in buttons(shown) if one.key == "reward"]
    assert order[:6] == [
        "trench-coat",
        "cashmere-cardigan",
        "wool-scarf",
        "canvas-tote",
        "cotton-socks",
        "hand-cream",
    ]
    assert order[6:] == ["coffee-gift-box"]
    assert "现在能换 6 件" in said(shown)


def test_a_sort_shows_only_its_own() -> None:
    """Who looks for half prices wants no socks."""
    shown = drawn(session_of(Ladder(RewardKind.HALF_PRICE)), FULL)
    assert [one.value for one in buttons(shown) if one.key == "reward"] == ["cashmere-cardigan"]


def test_what_was_had_as_often_as_one_may_is_not_offered_again() -> None:
    """It would be counted as within reach and then refused."""
    had = Visitor(member(redeemed={"hand-cream": 1}), KEY)
    assert "现在能换 5 件" in said(drawn(session_of(Ladder(), had), FULL))
    assert "现在能换\n5 件" in said(drawn(session_of(Home(), had, trail=()), FULL))
    sheets = [said(drawn(session_of(Ladder(sheet=sheet), had), FULL)) for sheet in (0, 1)]
    assert any("每位限换 1 件，您已换过" in words for words in sheets)


@pytest.mark.parametrize(
    ("visitor", "reward_id", "obstacle", "words"),
    [
        (Visitor(member(), KEY), "linen-shirt", Obstacle.NOT_ENOUGH, "再积 1,120 分就能换"),
        (Visitor(member(), KEY), "umbrella", Obstacle.OUT_OF_STOCK, "本店暂时没有货"),
        (Visitor(member(), KEY), "silk-tie", Obstacle.TIER, "银卡会员可换"),
        (
            Visitor(member(redeemed={"hand-cream": 1}), KEY),
            "hand-cream",
            Obstacle.LIMIT,
            "每位限换 1 件",
        ),
        (
            Visitor(member(redeemed_on=(NOW.date(), 5)), KEY),
            "canvas-tote",
            Obstacle.DAY_LIMIT,
            "今天已经换了 5 件",
        ),
        (
            Visitor(member(), KEY, (claim(),)),
            "wool-scarf",
            Obstacle.UNSETTLED,
            "上一件还在等总部确认",
        ),
        (Visitor(member(pin=PinState.NONE), KEY), "canvas-tote", Obstacle.NO_PIN, "还没有兑换密码"),
        (
            Visitor(member(pin=PinState.BLOCKED), KEY),
            "canvas-tote",
            Obstacle.PIN_BLOCKED,
            "兑换密码停用了",
        ),
        (Visitor(member(), KEY), "gone", Obstacle.NOT_OFFERED, "这件好礼已经不换了"),
    ],
    ids=lambda value: value.value if isinstance(value, Obstacle) else None,
)
def test_what_is_in_the_way_is_said_instead_of_a_button(
    visitor: Visitor, reward_id: str, obstacle: Obstacle, words: str
) -> None:
    """A button that leads to a refusal wastes the PIN and the member's patience."""
    session = session_of(Detail(reward_id), visitor)
    assert allowed(session, reward_id, FULL).obstacle is obstacle
    shown = drawn(session, FULL)
    assert "confirm" not in keys(shown)
    assert words in said(shown)
    at_counter = obstacle in {Obstacle.NO_PIN, Obstacle.PIN_BLOCKED}
    assert ("forgot" in keys(shown)) is at_counter


def test_a_tier_below_is_not_called_a_climb() -> None:
    """Telling a gold member to rise to silver reads like a mistake."""
    gold = said(drawn(session_of(Detail("silk-tie")), FULL))
    standard = Visitor(member(tier="standard"), KEY)
    assert "升级" not in gold
    assert "升级" in said(drawn(session_of(Detail("silk-tie"), standard), FULL))


def test_another_store_that_has_it_is_named() -> None:
    """Out of stock here is no reason to go home empty-handed."""
    elsewhere = replace(
        FULL,
        content=content(
            rewards=MANY,
            stores=(
                *content().stores,
                content()
                .stores[0]
                .model_copy(
                    update={"store_id": "sh-xh-02", "name": local("上海徐汇店", "Xuhui store")}
                ),
            ),
        ),
    )
    assert "上海徐汇店有货" in said(drawn(session_of(Detail("umbrella")), elsewhere))
    assert "上海徐汇店" not in said(drawn(session_of(Detail("umbrella")), FULL))


@pytest.mark.parametrize(
    ("around", "visitor", "word"),
    [
        (FULL, None, "兑换"),
        (FULL_OFFLINE, None, "预约"),
        (replace(FULL, hq_reachable=None), None, "预约"),
        (HANDS_OUT, TRUSTED, "兑换"),
    ],
    ids=["hold", "reserve", "never-reached", "issue"],
)
def test_the_button_says_what_will_happen(
    around: World, visitor: Visitor | None, word: str
) -> None:
    """Who reads 兑换 expects to carry it home; a reservation must not be called so."""
    shown = drawn(session_of(Detail("canvas-tote"), visitor), around)
    assert [one.says for one in buttons(shown) if one.key == "confirm"] == [word]
    assert ("不当场发放" in said(shown)) is (word == "预约")
    assert "换后还剩 10,280 分" in said(shown)


def test_money_besides_points_is_said_before_the_confirm() -> None:
    """Nobody wants to learn of ¥719.20 at the counter."""
    words = said(drawn(session_of(Detail("trench-coat"), language=Language.EN), FULL))
    assert "+ ¥719.20" in words
    assert "price ¥899" in words


def test_the_reward_is_shown_by_its_true_picture() -> None:
    """A gift shows its real picture before it is confirmed."""
    shown = drawn(session_of(Detail("umbrella")), FULL)
    assert "umbrella" in {node.name for node in walk(shown.root) if isinstance(node, Picture)}


# -- the member's page ---------------------------------------------------------------------


@IN_BOTH
def test_home_says_what_points_below_nothing_mean(language: Language) -> None:
    """After a return the member would read a debt, and fear to have to pay it."""
    for points, below in ((-240, True), (0, False)):
        visitor = Visitor(member(points=points), KEY)
        words = said(drawn(session_of(Home(), visitor, language, ()), world()))
        assert ("240" in words) is below
        assert ("不用付钱" in words or "nothing to pay" in words) is below
        assert ("¥0" in words) is not below


def test_home_says_what_is_set_aside_and_what_lapses() -> None:
    """A balance that is lower than the receipt says looks like a mistake unless it is explained."""
    visitor = Visitor(
        member(expiring=(Expiring(points=1_300, last_day=date(2026, 11, 30)),)), KEY, (claim(),)
    )
    words = said(drawn(session_of(Home(), visitor, Language.EN, ()), world()))
    assert "2,400 more are set aside" in words
    assert "10,280 points, worth ¥102.80" in words


@pytest.mark.parametrize(
    ("last_day", "shown"), [(date(2026, 12, 21), True), (date(2026, 12, 22), False)]
)
def test_home_speaks_of_points_that_lapse_within_thirty_days(last_day: date, shown: bool) -> None:
    """Later ones would only frighten; these can still be spent."""
    visitor = Visitor(member(expiring=(Expiring(points=1_300, last_day=last_day),)), KEY)
    words = said(drawn(session_of(Home(), visitor, trail=()), world()))
    assert ("其中 1,300 分" in words) is shown


def test_an_unset_clock_promises_no_day() -> None:
    """With a clock nobody set, a date on the page would be a guess."""
    soon = (Expiring(points=1_300, last_day=date(2026, 11, 30)),)
    visitor = Visitor(member(vouchers=(voucher(),), expiring=soon), KEY)
    unset = world(clock=ClockQuality.UNSET)
    shown = drawn(session_of(Home(), visitor, trail=()), unset)
    assert "到期" not in said(shown)
    assert "还剩" not in said(shown)
    assert "events" not in keys(shown)


@pytest.mark.parametrize(
    ("visitor", "words"),
    [
        (Visitor(member(), KEY, (claim(),)), "1 件等总部确认"),
        (Visitor(member(), KEY, (claim(verdict=verdict()),)), "1 件待领取"),
        (
            Visitor(
                member(), KEY, (claim(verdict=verdict(outcome=Outcome.ISSUED, holds_for_s=None)),)
            ),
            "1 件待领取",
        ),
        (
            Visitor(
                member(),
                KEY,
                (claim(verdict=verdict(outcome=Outcome.REFUSED, because=Because.STOCK)),),
            ),
            None,
        ),
        (Visitor(member(), KEY, (claim(dead=True),)), None),
        (Visitor(member(), KEY, (claim(verdict=verdict(holds_for_s=0, as_of=NOW)),)), None),
        (Visitor(member(applied_seq={"sh-ja-01-k1": 7}), KEY, (claim(),)), None),
    ],
    ids=["asked", "held", "issued", "refused", "dead", "over", "in-the-row"],
)
def test_home_says_what_waits_at_the_counter(visitor: Visitor, words: str | None) -> None:
    """A reward nobody reminds of goes back to the shelf."""
    shown = said(drawn(session_of(Home(), visitor, trail=()), world()))
    assert ("待领取" in shown or "等总部确认" in shown) is (words is not None)
    assert words is None or words in shown


def test_what_is_being_given_back_does_not_wait_any_more() -> None:
    """The counter would be asked for what the member has just let go of."""
    held = Held(
        redemption_id=claim().id,
        reward_id="canvas-tote",
        points=2_400,
        until=NOW + timedelta(hours=1),
    )
    back = claim(id=UUID(int=5), seq=8, kind=ClaimKind.RELEASE, subject=str(claim().id), points=0)
    mine = claim(verdict=verdict())
    for visitor in (Visitor(member(held=(held,)), KEY), Visitor(member(), KEY, (mine,))):
        letting_go = replace(visitor, claims=(*visitor.claims, back))
        assert "1 件待领取" in said(drawn(session_of(Home(), visitor, trail=()), world()))
        assert "待领取" not in said(drawn(session_of(Home(), letting_go, trail=()), world()))


def test_a_held_reward_says_until_when() -> None:
    """The member plans the walk to the counter by it."""
    visitor = Visitor(member(), KEY, (claim(verdict=verdict()),))
    assert "帆布袋，保留到 11-21 14:35" in said(
        drawn(session_of(Home(), visitor, trail=()), world())
    )
    unset = world(clock=ClockQuality.UNSET)
    assert "保留到" not in said(drawn(session_of(Home(), visitor, trail=()), unset))


def test_the_benefit_of_today_is_not_said_twice() -> None:
    """The reward that could be the benefit stands first in the list right below."""
    shown = drawn(session_of(Home(), trail=()), world())
    rows = [one.value for one in buttons(shown) if one.key == "reward"]
    assert rows == ["trench-coat", "cashmere-cardigan", "wool-scarf", "canvas-tote"]


def test_a_reward_for_points_and_money_is_no_use_for_lapsing_points_alone() -> None:
    """1,500 points do not buy a coat that takes ¥719.20 as well."""
    soon = (Expiring(points=1_500, last_day=date(2026, 11, 30)),)
    only = tuple(one for one in rewards() if one.cash_fen)
    around = world(content=content(rewards=only))
    words = said(drawn(session_of(Home(), Visitor(member(expiring=soon), KEY), trail=()), around))
    assert "其中 1,500 分" in words
    assert "可换" not in words


def test_offline_hands_out_only_what_the_programme_allows() -> None:
    """The same page with the rule taken away must reserve."""
    rule = OfflineRule(allowed=False)
    strict = replace(
        HANDS_OUT,
        content=content(
            rewards=(reward(offline=True),), programme=programme(redeeming=redeeming(offline=rule))
        ),
    )
    shown = drawn(session_of(Detail("canvas-tote"), TRUSTED), strict)
    assert [one.says for one in buttons(shown) if one.key == "confirm"] == ["预约"]


# -- around it -----------------------------------------------------------------------------


@pytest.mark.parametrize("corner", Corner)
def test_the_rules_can_be_read_without_a_card(corner: Corner) -> None:
    """Who wonders whether to join wants to know what for."""
    for glass in GLASSES.values():
        nobody = Session(page=Attract(), language=Language.EN, until_s=1_008)
        shown = drawn(nobody, world(), glass, corner)
        assert "rules" in keys(shown)
        assert laid_out(shown, glass).problems == ()


@pytest.mark.parametrize(
    ("pin", "words"),
    [(PinState.NONE, "还没有设过"), (PinState.BLOCKED, "停用了"), (PinState.SET, "忘了密码没关系")],
)
def test_the_counter_notice_says_what_happened_to_the_pin(pin: PinState, words: str) -> None:
    """Who never had a PIN has not entered a wrong one."""
    visitor = Visitor(member(pin=pin), KEY)
    session = session_of(Notice(NoticeKind.PIN_AT_COUNTER), visitor)
    assert words in said(drawn(session, world()))


@pytest.mark.parametrize(
    ("below", "says"), [(Home(), "回到我的页面"), (Detail("canvas-tote"), "返回")]
)
def test_a_notice_names_where_its_way_back_leads(below: Page, says: str) -> None:
    """Whoever reads "to my page" and lands on a reward is lost."""
    session = session_of(Notice(NoticeKind.PIN_AT_COUNTER), trail=(Home(), below))
    shown = drawn(session, world())
    assert [one.says for one in buttons(shown) if one.key == "back"] == [says]


def test_an_event_for_another_tier_is_not_announced_to_everybody() -> None:
    """Nobody should come on the 28th for what only gold members get."""
    only = programme().events[0].model_copy(update={"tiers": ("gold",)})
    around = world(content=content(programme=programme(events=(only,))))
    nobody = Session(page=Attract(), language=Language.ZH, until_s=1_008)
    assert "会员日" not in said(drawn(nobody, around))
    assert "会员日" in said(drawn(session_of(Home(), trail=()), around))
