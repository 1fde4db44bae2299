"""Plausible values of the vocabulary, each field changeable by name."""

import base64
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from kiosk.content import Content
from kiosk.loyalty.place import Place
from kiosk.model.attract import Attract, AttractFrame, AttractItem
from kiosk.model.cards import CardKey
from kiosk.model.care import (
    Care,
    Cause,
    Channel,
    Choice,
    Complaints,
    ContactRules,
    Frequency,
    Purpose,
)
from kiosk.model.clock import ClockQuality
from kiosk.model.ledger import LedgerLine, LineKind, LineReason
from kiosk.model.members import Member, PinState, Standing, Voucher, VoucherReason
from kiosk.model.programme import (
    Event,
    Hotline,
    Joining,
    Programme,
    Reward,
    RewardKind,
    Store,
    Tier,
    TierBenefit,
    TierLook,
    Tint,
)
from kiosk.model.rules import PinRule, Redeeming, TierCondition
from kiosk.model.text import Language, LocalText
from kiosk.model.verdicts import Claim, ClaimKind, Outcome, Verdict
from kiosk.session.world import Timing, World

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 21, 14, 20, tzinfo=CHINA)
KEY = CardKey(bytes(range(16)))
OTHER_KEY = CardKey(bytes(range(16, 32)))
STORE = "sh-ja-01"


def local(zh: str, en: str) -> LocalText:
    """A text in both languages."""
    return LocalText.model_validate({"zh-CN": zh, "en": en})


def member(**changes: Any) -> Member:
    """李女士, gold, 12 680 points."""
    values: dict[str, Any] = {
        "member_id": "m-000001",
        "called": local("李女士", "Ms L."),
        "tier": "gold",
        "points": 12_680,
        "as_of": datetime(2026, 11, 21, 6, 20, tzinfo=UTC),
        "pin": PinState.SET,
        "standing": Standing(
            joined_on=date(2023, 3, 4),
            tier_spend_fen=1_268_000,
            tier_until=date(2027, 3, 31),
            month_spend_fen=86_000,
            points_per_purchase=240,
        ),
    }
    return Member.model_validate(values | changes)


def voucher(**changes: Any) -> Voucher:
    """The birthday month's voucher of November."""
    values: dict[str, Any] = {
        "voucher_id": "v-1",
        "reason": VoucherReason.BIRTHDAY_MONTH,
        "price_factor_percent": 70,
        "valid_from": date(2026, 11, 1),
        "valid_to": date(2026, 11, 30),
    }
    return Voucher.model_validate(values | changes)


def reward(**changes: Any) -> Reward:
    """A canvas tote for 2 400 points, twelve here."""
    values: dict[str, Any] = {
        "reward_id": "canvas-tote",
        "kind": RewardKind.GIFT,
        "name": local("环保帆布购物袋", "Canvas tote"),
        "short_name": local("帆布袋", "canvas tote"),
        "points": 2_400,
        "worth_fen": 3_900,
        "picture": "canvas-tote",
        "tint": Tint.MINT,
        "stock": {STORE: 12},
    }
    return Reward.model_validate(values | changes)


def line(**changes: Any) -> LedgerLine:
    """A purchase of ¥320 in November."""
    values: dict[str, Any] = {
        "entry_id": "e-1",
        "at": datetime(2026, 11, 14, 3, 12, tzinfo=UTC),
        "kind": LineKind.EARN,
        "reason": LineReason.PURCHASE,
        "points": 320,
        "receipt": "JA-1114-0031",
        "store_id": STORE,
        "purchase_fen": 32_000,
    }
    return LedgerLine.model_validate(values | changes)


def tier(
    tier_id: str, zh: str, en: str, look: TierLook, reach_fen: int = 0, earn_percent: int = 100
) -> Tier:
    """A tier with a service for any day; the lowest is open to all."""
    condition = TierCondition(reach_fen=reach_fen, keep_fen=reach_fen // 2, months=12)
    return Tier(
        tier_id=tier_id,
        name=local(zh, en),
        look=look,
        today=local("会员价，今天就能用", "Member prices, today too"),
        benefits=(
            TierBenefit(icon="tag", words=local("会员价", "Member prices")),
            TierBenefit(icon="gift", words=local("积分换礼", "Rewards for points")),
        ),
        condition=condition if reach_fen else None,
        earn_percent=earn_percent,
    )


HQ_KEY = base64.b64encode(bytes(range(32))).decode()
"""In place of HQ's public key."""


def redeeming(**changes: Any) -> Redeeming:
    """A PIN of four digits; a code is good for a quarter of an hour; nothing is given offline."""
    values: dict[str, Any] = {
        "hold_minutes": 15,
        "reservation_hours": 48,
        "per_day": 5,
        "pin": PinRule(digits=4, tries=5, key_id="hq-1", x25519=HQ_KEY),
    }
    return Redeeming.model_validate(values | changes)


def verdict(**changes: Any) -> Verdict:
    """HQ holds 2 400 points."""
    values: dict[str, Any] = {
        "outcome": Outcome.HELD,
        "code": "482916",
        "holds_for_s": 900,
        "balance": 10_280,
        "as_of": datetime(2026, 11, 21, 6, 20, 5, tzinfo=UTC),
    }
    return Verdict.model_validate(values | changes)


def claim(**changes: Any) -> Claim:
    """A canvas tote asked for at this kiosk; HQ has not said anything yet."""
    values: dict[str, Any] = {
        "id": UUID("01937a00-0000-7000-8000-000000000001"),
        "seq": 7,
        "kind": ClaimKind.REDEMPTION,
        "member_id": "m-000001",
        "subject": "canvas-tote",
        "points": 2_400,
    }
    return Claim(**(values | changes))


def rewards() -> tuple[Reward, ...]:
    """A ladder of six."""
    return (
        reward(),
        reward(
            reward_id="cotton-socks",
            name=local("精梳棉袜三双装", "Cotton socks, 3 pairs"),
            short_name=local("棉袜", "cotton socks"),
            points=1_200,
            worth_fen=2_900,
            picture="cotton-socks",
            tint=Tint.PEACH,
            stock={STORE: 2},
        ),
        reward(
            reward_id="cashmere-cardigan",
            kind=RewardKind.HALF_PRICE,
            name=local("羊绒开衫", "Cashmere cardigan"),
            short_name=local("开衫", "cardigan"),
            points=3_000,
            cash_fen=29_900,
            worth_fen=59_800,
            picture="cashmere-cardigan",
            tint=Tint.SKY,
            stock={STORE: 4},
        ),
        reward(
            reward_id="trench-coat",
            kind=RewardKind.NEW_ARRIVAL,
            name=local("新款风衣", "New trench coat"),
            short_name=local("风衣", "trench coat"),
            points=1_500,
            cash_fen=71_920,
            worth_fen=89_900,
            picture="trench-coat",
            tint=Tint.SAND,
            stock={STORE: 6},
        ),
        reward(
            reward_id="wool-scarf",
            name=local("羊毛围巾", "Wool scarf"),
            short_name=local("围巾", "wool scarf"),
            points=5_000,
            worth_fen=12_800,
            picture="wool-scarf",
            tint=Tint.ROSE,
            stock={STORE: 8},
        ),
        reward(
            reward_id="coffee-gift-box",
            name=local("手冲咖啡礼盒", "Coffee gift box"),
            short_name=local("手冲咖啡礼盒", "coffee gift box"),
            points=13_000,
            worth_fen=29_800,
            picture="coffee-gift-box",
            tint=Tint.GOLD,
            stock={STORE: 5},
        ),
    )


def programme(**changes: Any) -> Programme:
    """Three tiers; 100 points are ¥1 and ¥1 earns a point; the 28th is a member day."""
    values: dict[str, Any] = {
        "version": 41,
        "chain": local("悦享生活馆", "Yuexiang Living"),
        "tiers": (
            tier("standard", "普通卡", "Standard", TierLook.STANDARD),
            tier("silver", "银卡", "Silver", TierLook.SILVER, 300_000),
            tier("gold", "金卡", "Gold", TierLook.GOLD, 1_000_000),
        ),
        "point_worth_milli_fen": 1_000,
        "earn_fen_per_point": 100,
        "redeeming": redeeming(),
        "joining": Joining(
            single_purchase_fen=10_000, total_purchases_fen=30_000, minimum_age_years=18
        ),
        "hotlines": (
            Hotline(name=local("悦享客服", "Our service line"), number="400-820-0000"),
            Hotline(name=local("消费者投诉热线", "Consumer hotline"), number="12315"),
        ),
        "events": (
            Event(
                event_id="md-11",
                on=date(2026, 11, 28),
                name=local("会员日", "Member day"),
                badge=local("积分 ×2", "Points ×2"),
            ),
        ),
    }
    return Programme.model_validate(values | changes)


def attract() -> Attract:
    """Three frames that explain the plan."""
    items = (
        AttractItem(
            picture="coffee-gift-box",
            tint=Tint.GOLD,
            name=local("礼品", "Gifts"),
            line=local("只用积分", "points only"),
        ),
        AttractItem(
            picture="cashmere-cardigan",
            tint=Tint.SKY,
            name=local("五折", "Half price"),
            line=local("积分 + 付一半", "points + half"),
        ),
        AttractItem(
            picture="trench-coat",
            tint=Tint.SAND,
            name=local("新品八折", "20% off new"),
            line=local("积分 + 付八成", "points + 80%"),
        ),
    )
    frame = AttractFrame(
        title=local("积分换好礼，也换折扣", "Points for gifts and prices"), items=items
    )
    return Attract(
        headline_call=local("刷会员卡，", "Tap your card:"),
        headline_promise=local("看看今天有什么", "see what is yours today"),
        line=local("积分、礼品、生日礼遇，一刷就知道", "Points, gifts, birthday treats: one tap"),
        frames=(frame, frame, frame),
    )


def care() -> Care:
    """Three causes, six steps, two purposes."""

    def cause(cause_id: str, icon: str, tint: Tint, zh: str, en: str) -> Cause:
        reasons = (
            Choice(choice_id="first", words=local("掉色", "Colour loss")),
            Choice(choice_id="other", words=local("其他", "Other")),
        )
        words, line = local(zh, en), local("质量、掉色", "quality, colour")
        return Cause(
            cause_id=cause_id, icon=icon, tint=tint, words=words, line=line, reasons=reasons
        )

    step_names = (
        ("收到", "Received"),
        ("倾听", "Heard"),
        ("分析", "Looked into"),
        ("说明", "Explained"),
        ("解决", "Solved"),
        ("回访", "Followed up"),
    )
    channels = (Channel.SMS, Channel.WECHAT, Channel.PHONE)
    return Care(
        complaints=Complaints(
            causes=(
                cause("product", "shirt", Tint.MINT, "商品问题", "The product"),
                cause("service", "people", Tint.SKY, "服务问题", "The service"),
                cause("customer", "refresh", Tint.ROSE, "买后不合适", "Not for me"),
            ),
            steps=tuple(local(zh, en) for zh, en in step_names),
            call_promise=local("工作日 2 小时内打给您", "We call within 2 working hours"),
            staff_promise=local("店长会到入口来接待您", "The manager comes to the entrance"),
            aim_hours=(2, 24, 48, 72, 168),
        ),
        contact=ContactRules(
            text_version=1,
            purposes=(
                Purpose(
                    purpose_id="points",
                    words=local("积分与到期提醒", "Points and expiry"),
                    line=local("到期前 7 天", "7 days ahead"),
                    channels=channels,
                ),
                Purpose(
                    purpose_id="news",
                    words=local("上新与活动", "New in, events"),
                    line=local("促销类，默认关闭", "promotions, off at first"),
                    channels=channels,
                    promotion=True,
                ),
            ),
            frequencies=tuple(
                Frequency(per_month=count, words=local(zh, en))
                for count, zh, en in ((0, "不发", "none"), (2, "2 次", "2"), (4, "4 次", "4"))
            ),
            hours=(
                Choice(choice_id="any", words=local("都可以", "Any time")),
                Choice(choice_id="evening", words=local("晚上", "Evening")),
            ),
        ),
    )


def content(**changes: Any) -> Content:
    """Everything HQ publishes."""
    values: dict[str, Any] = {
        "version": 1,
        "programme": programme(),
        "rewards": rewards(),
        "stores": (Store(store_id=STORE, name=local("上海静安寺店", "Jing'an Temple store")),),
        "attract": attract(),
        "care": care(),
    }
    return Content(**(values | changes))


PLACE = Place(STORE, "sh-ja-01-k1")
"""This kiosk."""

TIMING = Timing(idle_s=45, warning_s=20, notice_s=12)
"""As config.toml has it."""


def world(**changes: Any) -> World:
    """A Saturday afternoon in Shanghai, HQ within reach."""
    values: dict[str, Any] = {
        "uptime_s": 1_000.0,
        "local_now": NOW,
        "clock": ClockQuality.SYNCED,
        "content": content(),
        "hq_reachable": True,
        "store_id": STORE,
        "language": Language.ZH,
        "timing": TIMING,
        "kiosk_id": PLACE.kiosk_id,
        "chance": bytes(range(32)),
        "offline_code": "482916057",
    }
    return World(**(values | changes))
