"""The one benefit of today, as a ticket."""

from dataclasses import dataclass

from kiosk.loyalty.today import EventToday, RewardToday, TierToday
from kiosk.loyalty.vouchers import VoucherView
from kiosk.model.members import VoucherReason
from kiosk.model.programme import Tint
from kiosk.screens.furniture import (
    chevron,
    row_button,
    tinted_square,
)
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Button, Column, Insets, Node, Row, text
from kiosk.ui.pieces import Notch
from kiosk.ui.theme import Colour, Style

VOUCHER_PICTURE = {
    VoucherReason.BIRTHDAY_MONTH: "birthday-voucher",
    VoucherReason.ANNIVERSARY: "discount-voucher",
    VoucherReason.REFERRAL: "discount-voucher",
    VoucherReason.APOLOGY: "discount-voucher",
}
"""What a voucher looks like, here and on the page of all of them."""


def benefit_ticket(sight: Sight) -> tuple[Button, ...]:
    """One thing that can be used today, as a ticket that leads to more of its kind.

    Nothing where it is a reward: that one stands first among those within reach.
    """
    figures = sight.summary
    match figures.benefit:
        case VoucherView() as benefit:
            return (_voucher(sight, benefit, len(figures.vouchers)),)
        case EventToday(event):
            name = event.name.in_(sight.session.language)
            badge = text(event.badge.in_(sight.session.language), Style.STRONG, Colour.POINTS_INK)
            line = sight.words.say("benefit.event_line")
            return (_ticket(_Ticket("events", "member-day", Tint.GOLD, name, line), badge),)
        case RewardToday():
            return ()
        case TierToday(tier):
            language = sight.session.language
            title = tier.today.in_(language)
            line = sight.words.say("benefit.tier", tier=tier.name.in_(language))
            return (_ticket(_Ticket("tier", "member-card", Tint.MINT, title, line)),)


def _voucher(sight: Sight, today: VoucherView, count: int) -> Button:
    words, voucher = sight.words, today.voucher
    title = words.say(
        f"benefit.{voucher.reason.value}", discount=words.discount(voucher.price_factor_percent)
    )
    ends = Column(
        items=(
            text(
                words.count("benefit.days_left", today.days),
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
    picture = VOUCHER_PICTURE[voucher.reason]
    line = words.count("benefit.voucher_line", count)
    return _ticket(_Ticket("vouchers", picture, Tint.ROSE, title, line), ends)


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What a ticket says, and the key it sends."""

    key: str
    picture: str
    tint: Tint
    title: str
    line: str


def _ticket(says: _Ticket, beside: Node | None = None) -> Button:
    words = Column(
        items=(
            text(says.title, Style.HEADING, shrink_to=0.4),
            text(says.line, Style.CAPTION, Colour.INK_2, shrink_to=0.5),
        ),
        gap=1.5,
        grow=1,
    )
    items: tuple[Node, ...] = (tinted_square(says.picture, says.tint, 24), words)
    if beside is not None:
        items += (Notch(width=2, height=27), beside)
    inside = Row(items=(*items, chevron()), gap=5)
    padding = Insets(5.5, 3.5, 4, 3.5)
    return row_button(says.key, says.title, inside, padding=padding)
