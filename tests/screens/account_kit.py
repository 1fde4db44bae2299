"""What the tests of looking around share: who visits, what HQ publishes, what is shown."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from kiosk.model.clock import ClockQuality
from kiosk.model.members import Member, Standing, VoucherReason
from kiosk.model.programme import Event, RulesPage, Tier, TierBenefit, TierLook
from kiosk.model.rules import TierCondition
from kiosk.model.text import Language
from kiosk.session.advance import advance
from kiosk.session.browse import MOST_SHEETS
from kiosk.session.events import Pressed
from kiosk.session.states import (
    Events,
    History,
    Home,
    Page,
    Rules,
    Session,
    TierPage,
    Visitor,
    Vouchers,
)
from kiosk.session.world import World
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Button, Scene
from tests.factories import KEY, claim, line, local, member, voucher, world
from tests.golden.shots_account import RICH, full_content
from tests.screens.glasses import GLASSES, drawn
from tests.screens.glasses import buttons as all_buttons
from tests.screens.glasses import said as all_said

WIDE = "亲子折纸手工课与糕点制作体验日金卡专场活动"[:20]
"""A name of 20 wide characters."""

FULL = world(content=full_content())
UNSET = world(content=full_content(), clock=ClockQuality.UNSET)
OFFLINE = world(content=full_content(), hq_reachable=False)


# -- how they are looked at ----------------------------------------------------------------


def shown(
    page: Page,
    around: World = FULL,
    visitor: Visitor | None = RICH,
    language: Language = Language.ZH,
    glass: Metrics = GLASSES["standing"],
) -> Scene:
    """The scene of a page."""
    session = Session(
        page=page,
        language=language,
        trail=(Home(),) if visitor is not None else (),
        visitor=visitor,
        until_s=around.uptime_s + 38,
    )
    return drawn(session, around, glass)


def said(scene: Scene) -> list[str]:
    """Every text of a scene."""
    return all_said(scene).split("\n")


def buttons(scene: Scene, key: str) -> list[Button]:
    """Every button of a scene that sends this key."""
    return [button for button in all_buttons(scene) if button.key == key]


def sheets(page: Page, around: World, visitor: Visitor | None, glass: Metrics) -> list[Scene]:
    """Every sheet of a page, as the pager leads from one to the next and to the first again."""
    found, session = list[Scene](), Session(page=page, language=Language.ZH, visitor=visitor)
    while len(found) <= MOST_SHEETS:
        scene = shown(session.page, around, visitor, glass=glass)
        found.append(scene)
        to_next = buttons(scene, "sheet")
        if not to_next or to_next[0].value == "0":
            return found
        session = advance(session, Pressed("sheet", to_next[0].value), around).session
    raise AssertionError("the pager never comes to an end")


# -- extremes ------------------------------------------------------------------------------


def _loud_member(**changes: Any) -> Member:
    """Who has more of everything than the pages were drawn for."""
    values: dict[str, Any] = {
        "points": 999_999_999,
        "vouchers": tuple(_voucher(at) for at in range(50)),
        "lines": tuple(_line(at) for at in range(1_000)),
        "expiring": ({"points": 999_999_999, "last_day": date(2028, 11, 30)},),
        "standing": Standing(
            tier_spend_fen=99_999_999,
            tier_until=date(2028, 12, 31),
            month_spend_fen=99_999_999,
            cash_back_fen=99_999_999,
        ),
    }
    return member(**(values | changes))


def _voucher(at: int) -> Any:
    """Each tenth one is coming."""
    first = date(2026, 12, 31) if at % 10 == 0 else date(2026, 11, 1)
    reasons = tuple(VoucherReason)
    return voucher(
        voucher_id=f"v-{at}",
        reason=reasons[at % len(reasons)],
        price_factor_percent=85,
        valid_from=first,
        valid_to=date(2027, 12, 31),
        companion=at % 2 == 0,
    )


def _line(at: int) -> Any:
    """Of another year, with the longest receipt, for nine digits."""
    when = datetime(2024, 12, 28, tzinfo=UTC) - timedelta(hours=at)
    return line(
        entry_id=f"e-{at}",
        at=when,
        points=-999_999_999,
        receipt="SH-JA-20241228-0031",
        purchase_fen=99_999_999,
    )


def _tier(at: int) -> Tier:
    condition = TierCondition(reach_fen=10_000_000 * at, keep_fen=9_999_999 * at, months=60)
    return Tier(
        tier_id=f"t{at}",
        name=local("非常尊贵的卡", "Most distinguished"),
        look=TierLook.SILVER,
        today=local(WIDE, WIDE),
        benefits=tuple(
            TierBenefit(
                icon="gift", words=local(f"{WIDE[:14]}{at}{n}", f"Some kind of service {at}{n}")
            )
            for n in range(8)
        ),
        condition=condition if at else None,
        earn_percent=1_234,
    )


def _event(at: int) -> Event:
    return Event(
        event_id=f"e{at}",
        on=date(2026, 12, 1) + timedelta(days=at),
        name=local(WIDE, "An afternoon of paper-craft, tea"),
        badge=local("9999 席", "9999 seats"),
        line=local("10:00–12:00，银卡、金卡会员", "10:00–12:00, Silver and Gold"),
        seats=9_999,
    )


def _rules_page(at: int) -> RulesPage:
    said = local("一次消费满一百元即可" * 20, "One purchase is quite enough " * 6 + "!")
    return RulesPage(title=local(f"{WIDE[:12]}{at}", f"All about points {at}"), lines=(said,) * 6)


@cache
def loud_world(*, hq_reachable: bool = False) -> World:
    """HQ publishes as much as it may, in names of 20 wide characters; and is away."""
    content = full_content(
        tiers=tuple(_tier(at) for at in range(6)),
        events=tuple(_event(at) for at in range(100)),
        rules=tuple(_rules_page(at) for at in range(12)),
    )
    return world(content=content, hq_reachable=hq_reachable)


LOUD = Visitor(_loud_member(tier="t1"), KEY, (claim(points=999_999_998),))
DEEP_IN_DEBT = Visitor(member(points=-999_999_999, tier="gone", standing=Standing()), KEY)

EXTREMES: dict[str, tuple[Page, Visitor]] = {
    "vouchers": (Vouchers(), LOUD),
    "vouchers-last": (Vouchers(199), LOUD),
    "history": (History(), LOUD),
    "history-last": (History(199), LOUD),
    "tier": (TierPage(), LOUD),
    "tier-top": (TierPage(), Visitor(_loud_member(tier="t5"), KEY)),
    "tier-unknown": (TierPage(), DEEP_IN_DEBT),
    "history-in-debt": (History(), DEEP_IN_DEBT),
    "home-in-debt": (Home(), DEEP_IN_DEBT),
    "events": (Events(), LOUD),
    "rules": (Rules(), LOUD),
    "rules-tiers": (Rules(3), LOUD),
    "rules-hq": (Rules(9), LOUD),
}
