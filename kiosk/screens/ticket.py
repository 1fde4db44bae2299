"""The one benefit of today, as a ticket."""

from kiosk.loyalty.summary import Summary
from kiosk.loyalty.today import EventToday, RewardToday, TierToday, VoucherToday
from kiosk.model.members import VoucherReason
from kiosk.model.programme import Reward, Tint
from kiosk.screens.furniture import (
    card,
    tinted_square,
)
from kiosk.screens.view import Sight
from kiosk.ui.nodes import (
    Align,
    Column,
    Insets,
    Node,
    Notch,
    Row,
    text,
)
from kiosk.ui.theme import Colour, Style

_VOUCHER_PICTURE = {
    VoucherReason.BIRTHDAY_MONTH: "birthday-voucher",
    VoucherReason.ANNIVERSARY: "discount-voucher",
    VoucherReason.REFERRAL: "discount-voucher",
    VoucherReason.APOLOGY: "discount-voucher",
}


def benefit_ticket(sight: Sight, figures: Summary) -> Node:
    """One thing that can be used today, as a ticket."""
    match figures.benefit:
        case VoucherToday() as benefit:
            return _voucher(sight, benefit, len(figures.vouchers))
        case EventToday(event):
            name = event.name.in_(sight.session.language)
            badge = text(event.badge.in_(sight.session.language), Style.STRONG, Colour.POINTS_INK)
            line = sight.words.say("benefit.event_line")
            return _ticket("member-day", Tint.GOLD, name, line, badge)
        case RewardToday(reward):
            return _reward_today(sight, reward)
        case TierToday(tier):
            language = sight.session.language
            title = tier.today.in_(language)
            line = sight.words.say("benefit.tier", tier=tier.name.in_(language))
            return _ticket("member-card", Tint.MINT, title, line, None)


def _voucher(sight: Sight, today: VoucherToday, count: int) -> Node:
    words, voucher = sight.words, today.voucher
    title = words.say(
        f"benefit.{voucher.reason.value}", discount=words.discount(voucher.price_factor_percent)
    )
    ends = Column(
        items=(
            text(
                words.count("benefit.days_left", today.days_left),
                Style.HEADING,
                Colour.POINTS_INK,
                align=Align.CENTRE,
            ),
            text(
                words.say("benefit.until", day=words.day(voucher.valid_to)),
                Style.CAPTION,
                Colour.INK_2,
                align=Align.CENTRE,
            ),
        ),
        gap=1.5,
    )
    picture = _VOUCHER_PICTURE[voucher.reason]
    return _ticket(picture, Tint.ROSE, title, words.count("benefit.voucher_line", count), ends)


def _reward_today(sight: Sight, reward: Reward) -> Node:
    words = sight.words
    name = reward.name.in_(sight.session.language)
    title = words.say("benefit.reward", reward=name)
    return _ticket(reward.picture, reward.tint, title, words.say("benefit.reward_line"), None)


def _ticket(picture: str, tint: Tint, title: str, line: str, beside: Node | None) -> Node:
    words = Column(
        items=(
            text(title, Style.HEADING, shrink_to=0.6),
            text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.7),
        ),
        gap=1.5,
        grow=1,
    )
    items: tuple[Node, ...] = (tinted_square(picture, tint, 24), words)
    if beside is not None:
        items += (Notch(width=2, height=27), beside)
    return card(Row(items=items, gap=5.5), padding=Insets(5.5, 4, 7, 4))
