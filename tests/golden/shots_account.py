"""Golden pictures of looking around: vouchers, history, tier, rules, events."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from kiosk.content import Content
from kiosk.model.clock import ClockQuality
from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.members import Standing, Voucher, VoucherReason
from kiosk.model.programme import (
    Event,
    Programme,
    RulesPage,
    Tier,
    TierBenefit,
    TierLook,
)
from kiosk.model.rules import (
    AnniversaryRule,
    BirthdayRule,
    CashBack,
    Expiry,
    GrantRule,
    TierCondition,
    VoucherRules,
)
from kiosk.model.verdicts import ClaimKind, Outcome
from kiosk.session.states import Events, History, Home, Rules, TierPage, Visitor, Vouchers
from tests.factories import (
    KEY,
    claim,
    content,
    line,
    local,
    member,
    programme,
    verdict,
    voucher,
    world,
)
from tests.golden.shots import Shot


def _benefit(icon: str, zh: str, en: str) -> TierBenefit:
    return TierBenefit(icon=icon, words=local(zh, en))


def _tier(
    look: TierLook, zh: str, en: str, reach_fen: int, times: int, *benefits: TierBenefit
) -> Tier:
    keep_fen = reach_fen * 4 // 5
    return Tier(
        tier_id=look.value,
        name=local(zh, en),
        look=look,
        today=local("会员价，今天就能用", "Member prices, today too"),
        benefits=benefits,
        condition=TierCondition(reach_fen=reach_fen, keep_fen=keep_fen, months=12)
        if reach_fen
        else None,
        earn_percent=times,
    )


TIERS = (
    _tier(
        TierLook.STANDARD,
        "普通卡",
        "Standard",
        0,
        100,
        _benefit("gift", "积分换礼", "Gifts for points"),
        _benefit("tag", "会员价", "Member prices"),
        _benefit("cake", "生日月七折", "Birthday month: 30% off"),
        _benefit("bell", "新品与活动短信", "News by text message"),
    ),
    _tier(
        TierLook.SILVER,
        "银卡",
        "Silver",
        300_000,
        120,
        _benefit("coins", "积分 1.2 倍", "Points ×1.2"),
        _benefit("shirt", "每次免费熨烫一件", "One item pressed free"),
        _benefit("gift", "银卡专享礼品", "Gifts for Silver"),
        _benefit("calendar", "手工课优先报名", "Workshops for members"),
        _benefit("tag", "会员价", "Member prices"),
    ),
    _tier(
        TierLook.GOLD,
        "金卡",
        "Gold",
        1_000_000,
        150,
        _benefit("coins", "积分 1.5 倍", "Points ×1.5"),
        _benefit("person", "形象顾问，随时可约", "A style adviser, any day"),
        _benefit("shirt", "终身免费干洗", "Dry cleaning for life"),
        _benefit("clock", "收银快速通道", "A fast lane to pay"),
        _benefit("coffee", "休息区茶饮", "Tea in the lounge"),
        _benefit("crown", "金卡专享礼品", "Gifts for Gold"),
    ),
)

JOINING_PAGE = RulesPage(
    title=local("入会", "Joining"),
    lines=(
        local(
            "一次消费满 ¥100，或累计满 ¥300，即可办卡。", "One purchase of ¥100, or ¥300 in all."
        ),
        local("年满 18 周岁，凭本人证件办理。", "You are 18 or older and show an ID."),
        local("一张卡，全国门店通用。", "One card is good in every store."),
        local("持其他商场会员卡，也可直接办理。", "A card of another club counts as well."),
    ),
)

WORKSHOPS = (
    Event(
        event_id="md-11",
        on=date(2026, 11, 28),
        name=local("会员日", "Member day"),
        badge=local("积分 ×2", "Points ×2"),
        line=local("当天每笔消费，积分双倍", "Twice the points on every purchase"),
    ),
    Event(
        event_id="paper-12",
        on=date(2026, 12, 5),
        name=local("亲子折纸手工课", "Paper-craft afternoon"),
        badge=local("12 席", "12 seats"),
        line=local("14:00–16:00，材料免费", "14:00–16:00, materials are free"),
        seats=12,
    ),
    Event(
        event_id="baking-12",
        on=date(2026, 12, 19),
        name=local("糕点制作", "Baking workshop"),
        badge=local("8 席", "8 seats"),
        line=local("10:00–12:00，银卡、金卡会员", "10:00–12:00, Silver and Gold"),
        seats=8,
        tiers=("silver", "gold"),
    ),
    Event(
        event_id="paper-1",
        on=date(2027, 1, 2),
        name=local("亲子折纸手工课", "Paper-craft afternoon"),
        badge=local("12 席", "12 seats"),
        line=local("14:00–16:00，材料免费", "14:00–16:00, materials are free"),
        seats=12,
    ),
)


def full_programme(**changes: Any) -> Programme:
    """With every rule a programme can have."""
    values: dict[str, Any] = {
        "tiers": TIERS,
        "expiry": Expiry(months=24),
        "vouchers": VoucherRules(
            birthday=BirthdayRule(price_factor_percent=70, companion=True),
            anniversary=AnniversaryRule(
                price_factor_percent=70, first_year=1, last_year=5, valid_days=60
            ),
            referral=GrantRule(price_factor_percent=85, valid_days=60),
            apology=GrantRule(price_factor_percent=80, valid_days=90),
        ),
        "cash_back": CashBack(per_mille=10, floor_fen=100_000, referral_per_mille=10),
        "events": WORKSHOPS,
        "rules": (JOINING_PAGE,),
    }
    return programme(**(values | changes))


def full_content(**changes: Any) -> Content:
    """With that programme."""
    return content(programme=full_programme(**changes))


def vouchers() -> tuple[Voucher, ...]:
    """Two for today, one that is coming."""
    return (
        voucher(companion=True),
        voucher(
            voucher_id="v-2",
            reason=VoucherReason.REFERRAL,
            price_factor_percent=85,
            valid_to=date(2027, 1, 9),
        ),
        voucher(
            voucher_id="v-3",
            reason=VoucherReason.ANNIVERSARY,
            valid_from=date(2026, 12, 1),
            valid_to=date(2027, 1, 29),
        ),
    )


def lines() -> tuple[Any, ...]:
    """Nine lines, one of each sort that members see most."""
    told: tuple[tuple[LineKind, LineReason, int, int, int, dict[str, Any]], ...] = (
        (LineKind.EARN, LineReason.PURCHASE, 320, 11, 14, {}),
        (LineKind.EARN, LineReason.EVENT, 320, 10, 28, {"receipt": "JA-1028-0007"}),
        (LineKind.HOLD, LineReason.REWARD, -2_400, 10, 12, {"reward_id": "canvas-tote"}),
        (LineKind.RELEASE, LineReason.NOT_COLLECTED, 2_400, 10, 12, {"reward_id": "canvas-tote"}),
        (LineKind.REVERSE, LineReason.REFUND, -180, 9, 30, {"purchase_fen": -18_000}),
        (LineKind.EARN, LineReason.PURCHASE, 180, 9, 27, {"purchase_fen": 18_000}),
        (LineKind.EXPIRE, LineReason.EXPIRY, -45, 8, 31, {}),
        (LineKind.ADJUST, LineReason.CORRECTION, 100, 8, 3, {}),
        (LineKind.EARN, LineReason.OPENING, 11_905, 1, 1, {}),
    )
    bare = {"receipt": None, "purchase_fen": None, "store_id": None}
    bought = {LineReason.PURCHASE, LineReason.EVENT, LineReason.REFUND}
    return tuple(
        line(
            entry_id=f"e-{at}",
            kind=kind,
            reason=reason,
            points=points,
            at=datetime(2026, month, on, 4, 5, tzinfo=UTC),
            **({} if reason in bought else bare) | more,
        )
        for at, (kind, reason, points, month, on, more) in enumerate(told)
    )


def signed_up(event_id: str, outcome: Outcome | None, last: int = 8) -> Any:
    """A wish to come to an event, and HQ's word on it."""
    word = verdict(outcome=outcome, code=None, holds_for_s=None, balance=None) if outcome else None
    return claim(
        id=UUID(int=(7 << 76) + (2 << 62) + last),
        seq=last,
        kind=ClaimKind.EVENT_SIGNUP,
        subject=event_id,
        points=0,
        verdict=word,
    )


FULL = world(content=full_content())
OFFLINE = world(content=full_content(), hq_reachable=False)
UNSET = world(content=full_content(), clock=ClockQuality.UNSET)
BACK = (Home(),)

RICH = Visitor(
    member(
        vouchers=vouchers(),
        lines=lines(),
        expiring=({"points": 3_720, "last_day": date(2026, 11, 30)},),
    ),
    KEY,
    (claim(), signed_up("paper-12", None), signed_up("baking-12", Outcome.WAITLISTED, 9)),
)
SILVER = Visitor(
    member(
        tier="silver",
        points=4_680,
        standing=Standing(
            tier_spend_fen=174_000, tier_until=date(2027, 3, 31), month_spend_fen=128_000
        ),
    ),
    KEY,
)
NEW = Visitor(member(tier="standard", points=0, standing=Standing()), KEY)

EVERY_WAY = (
    Shot("vouchers", Vouchers(), FULL, RICH, BACK),
    Shot("vouchers-none", Vouchers(), FULL, NEW, BACK),
    Shot("history", History(), FULL, RICH, BACK),
    Shot("history-empty", History(), FULL, NEW, BACK),
    Shot("tier-top", TierPage(), FULL, RICH, BACK),
    Shot("tier-keep", TierPage(), FULL, SILVER, BACK),
    Shot("rules", Rules(), FULL),
    Shot("rules-hq", Rules(2), FULL),
    Shot("events", Events(), OFFLINE, RICH, BACK),
)

STANDING_ONLY = (
    Shot("vouchers-big-text", Vouchers(), FULL, RICH, BACK, big_text=True),
    Shot("history-high-contrast", History(), FULL, RICH, BACK, theme="high-contrast"),
    Shot("tier-reach", TierPage(), FULL, NEW, BACK),
    Shot("rules-tiers", Rules(1), FULL),
    Shot("events-clock-unset", Events(), UNSET, RICH, BACK),
)
