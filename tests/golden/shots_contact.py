"""Golden pictures of contact wishes and of requests about one's own data."""

from datetime import date
from typing import Any
from uuid import UUID

from kiosk.model.care import Care, Channel, Choice, ContactRules, DataWish, Frequency, Purpose
from kiosk.model.clock import ClockQuality
from kiosk.model.members import AskedOfHq, ContactWishes
from kiosk.model.verdicts import ClaimKind, Outcome
from kiosk.session.states import ContactPage, Home, MyData, Visitor
from tests.factories import KEY, NOW, care, claim, content, local, member, verdict, world
from tests.golden.shots import Shot

SMS, WECHAT, PHONE = Channel.SMS, Channel.WECHAT, Channel.PHONE


def _purpose(
    purpose_id: str, zh: tuple[str, str], en: tuple[str, str], *, promotion: bool = False
) -> Purpose:
    return Purpose(
        purpose_id=purpose_id,
        words=local(zh[0], en[0]),
        line=local(zh[1], en[1]),
        channels=(SMS, WECHAT, PHONE),
        promotion=promotion,
    )


RULES = ContactRules(
    text_version=3,
    purposes=(
        _purpose(
            "points",
            ("积分与到期提醒", "到期前 7 天"),
            ("Points and expiry", "7 days ahead"),
        ),
        _purpose(
            "birthday",
            ("生日与纪念日", "祝福和礼券"),
            ("Birthday, anniversary", "wishes and vouchers"),
        ),
        _purpose(
            "news",
            ("上新与活动", "促销类，默认关闭"),
            ("New in, events", "promotions, off at first"),
            promotion=True,
        ),
        _purpose("follow-up", ("售后回访", "购物后最多一次"), ("After a purchase", "once at most")),
    ),
    frequencies=tuple(
        Frequency(per_month=count, words=local(zh, en))
        for count, zh, en in (
            (0, "不发", "none"),
            (1, "1 次", "1"),
            (2, "2 次", "2"),
            (4, "4 次", "4"),
            (8, "8 次", "8"),
        )
    ),
    hours=tuple(
        Choice(choice_id=choice_id, words=local(zh, en))
        for choice_id, zh, en in (
            ("any", "都可以", "Any time"),
            ("day", "白天", "Daytime"),
            ("evening", "晚上", "Evening"),
            ("weekend", "周末", "Weekend"),
        )
    ),
)


def with_rules(rules: ContactRules = RULES, **changes: Any) -> Any:
    """A world in which HQ offers this."""
    published = content(care=Care(complaints=care().complaints, contact=rules))
    return world(**({"content": published} | changes))


WISHES = ContactWishes(
    granted={
        "points": (SMS, WECHAT),
        "birthday": (SMS, WECHAT),
        "news": (WECHAT,),
        "follow-up": (PHONE,),
    },
    per_month=2,
    hours="evening",
)


def asks(wish: DataWish, outcome: Outcome | None, last: int) -> Any:
    """A request about one's own data, and HQ's word on it."""
    word = verdict(outcome=outcome, code=None, holds_for_s=None, balance=None) if outcome else None
    return claim(
        id=UUID(int=(7 << 76) + (2 << 62) + last),
        seq=last,
        kind=ClaimKind.DATA_REQUEST,
        subject=wish,
        points=0,
        verdict=word,
    )


ASKED = (
    AskedOfHq(request_id=UUID(int=9), wish=DataWish.SHOW, on=date(2026, 11, 3), done=True),
    AskedOfHq(request_id=UUID(int=8), wish=DataWish.CORRECT, on=date(2026, 11, 18)),
)

USUAL = with_rules()
OFFLINE = with_rules(hq_reachable=False)
UNSET = with_rules(clock=ClockQuality.UNSET)
BACK = (Home(),)
DEEPER = (Home(), ContactPage())

CHOOSY = Visitor(member(wishes=WISHES), KEY)
QUIET = Visitor(member(wishes=WISHES.model_copy(update={"do_not_disturb": True})), KEY)
NEW = Visitor(member(), KEY)
ASKING = Visitor(member(wishes=WISHES, asked=ASKED), KEY, (asks(DataWish.ERASE, Outcome.NOTED, 7),))
SAVED = ContactPage(saved=True, saved_at=NOW)

EVERY_WAY = (
    Shot("wishes", SAVED, USUAL, CHOOSY, BACK),
    Shot("wishes-quiet", ContactPage(), USUAL, QUIET, BACK),
    Shot("my-data", MyData(), USUAL, CHOOSY, DEEPER),
    Shot("my-data-asked", MyData(), USUAL, ASKING, DEEPER),
    Shot("my-data-erase", MyData(erasing=True), USUAL, CHOOSY, DEEPER),
)

STANDING_ONLY = (
    Shot("wishes-new", ContactPage(), USUAL, NEW, BACK),
    Shot("wishes-offline", SAVED, OFFLINE, QUIET, BACK),
    Shot("wishes-clock-unset", ContactPage(saved=True), UNSET, CHOOSY, BACK),
    Shot("wishes-big-text", SAVED, USUAL, CHOOSY, BACK, big_text=True),
    Shot("wishes-high-contrast", SAVED, USUAL, CHOOSY, BACK, theme="high-contrast"),
    Shot("my-data-big-text", MyData(), USUAL, ASKING, DEEPER, big_text=True),
)
