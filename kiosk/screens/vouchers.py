"""Vouchers as tickets: those for today with their countdown, then those that are coming."""

from collections.abc import Sequence

from kiosk.loyalty.vouchers import VoucherState, VoucherView
from kiosk.model.members import Voucher
from kiosk.model.programme import Tint
from kiosk.screens.around import around, day, hint, least, nothing, offline, title
from kiosk.screens.cash_back import cash_back_card
from kiosk.screens.furniture import card, tinted_square
from kiosk.screens.hero import as_of
from kiosk.screens.pager import pager, sheet_of, sheets_of
from kiosk.screens.ticket import VOUCHER_PICTURE
from kiosk.screens.view import Sight
from kiosk.screens.voucher_rules import voucher_rules
from kiosk.session.states import Vouchers
from kiosk.ui.nodes import Align, Box, Column, Insets, Node, Row, Scene, text
from kiosk.ui.pieces import Notch
from kiosk.ui.theme import Colour, Fill, Style

_ENDS_MM = 70
"""Width of the countdown: 还剩 29 天, in large type too."""


def vouchers(sight: Sight, on_page: Vouchers) -> Scene:
    """The whole page."""
    tickets = sight.summary.all_vouchers
    sheets = sheets_of(tickets, _a_sheet(sight))
    shown = sheets[sheet_of(on_page.sheet, len(sheets))]
    return around(
        sight,
        "vouchers",
        above=offline(sight, "vouchers.offline", when=as_of(sight)),
        head=(title(_title(sight)),),
        main=(*_tickets(sight, shown), *_how(sight, tickets), *_when(sight, tickets)),
        foot=cash_back_card(sight),
        middle=pager(sight, on_page.sheet, len(sheets)),
    )


def _a_sheet(sight: Sight) -> int:
    if sight.view.portrait:
        return 3 if sight.session.big_text else 4
    return 2 if sight.session.big_text else 3


def _title(sight: Sight) -> str:
    if sight.world.today is None:
        return sight.words.say("vouchers.unknown_day")
    return sight.words.count("vouchers.title", len(sight.summary.vouchers))


def _how(sight: Sight, tickets: Sequence[VoucherView]) -> tuple[Node, ...]:
    return (hint("counter", sight.words.say("vouchers.how")),) if tickets else ()


def _when(sight: Sight, tickets: Sequence[VoucherView]) -> tuple[Node, ...]:
    """Where there is room: the occasions that bring one; and why the page may be empty."""
    if sight.world.today is None:
        said, line = sight.words.say("vouchers.hidden"), sight.words.say("vouchers.hidden_line")
        return (nothing(sight, "discount-voucher", said, line),)
    roomy = 2 if sight.view.portrait and not sight.session.big_text else 0
    if len(tickets) > roomy:
        return ()
    rules = voucher_rules(sight, frozenset(one.voucher.reason for one in tickets))
    if rules or tickets:
        return rules
    said, line = sight.words.say("vouchers.none"), sight.words.say("vouchers.none_line")
    return (nothing(sight, "discount-voucher", said, line),)


# -- tickets -------------------------------------------------------------------------------


def _tickets(sight: Sight, views: Sequence[VoucherView]) -> tuple[Node, ...]:
    return tuple(_ticket(sight, view) for view in views)


def _ticket(sight: Sight, view: VoucherView) -> Node:
    """Picture, what it gives, and how long; a coming one is quieter."""
    usable, edge = view.state is VoucherState.USABLE, 38 if sight.view.portrait else 32
    row = Row(
        items=(
            tinted_square(
                VOUCHER_PICTURE[view.voucher.reason], Tint.ROSE if usable else Tint.SAND, edge
            ),
            _said(sight, view.voucher),
            Notch(width=2, height=edge + 2),
            _usable(sight, view) if usable else _coming(sight, view),
        ),
        gap=5.5,
    )
    padding = Insets(5.5, 4, 5.5, 4)
    if usable:
        return card(row, padding=padding)
    return Box(child=row, fill=Fill.PAPER, padding=padding, edge=Colour.HAIRLINE, edge_mm=0.5)


def _said(sight: Sight, voucher: Voucher) -> Node:
    words = sight.words
    discount = words.discount(voucher.price_factor_percent)
    key, tall = voucher.reason.value, sight.view.portrait
    why = words.say(f"vouchers.{key}_line")
    if voucher.companion:
        why = words.say("vouchers.companion", discount=discount)
    return Column(
        items=(
            text(words.say("vouchers.gives", discount=discount), Style.TITLE, shrink_to=0.75),
            text(words.say(f"vouchers.{key}"), Style.STRONG, max_lines=2, shrink_to=0.85),
            text(
                why, Style.CAPTION, Colour.INK_2, max_lines=2 if tall else 1, shrink_to=least(sight)
            ),
        ),
        gap=0.5,
        grow=1,
    )


def _usable(sight: Sight, view: VoucherView) -> Node:
    left = sight.words.count("benefit.days_left", view.days)
    until = sight.words.say("benefit.until", day=_day(sight, view))
    return _ends(sight, left, until, Colour.POINTS_INK)


def _coming(sight: Sight, view: VoucherView) -> Node:
    first = sight.words.say("vouchers.from", day=_day(sight, view))
    left = sight.words.count("vouchers.starts", view.days)
    return _ends(sight, first, left, Colour.INK)


def _day(sight: Sight, view: VoucherView) -> str:
    """The last day of one that can be used, the first of one that is coming."""
    voucher = view.voucher
    one = voucher.valid_to if view.state is VoucherState.USABLE else voucher.valid_from
    return day(sight, one, sight.world.today or one)


def _ends(sight: Sight, said: str, line: str, colour: Colour) -> Node:
    return Column(
        items=(
            text(said, Style.HEADING, colour, align=Align.CENTRE, shrink_to=0.72),
            text(line, Style.CAPTION, Colour.INK_2, align=Align.CENTRE, shrink_to=least(sight)),
        ),
        gap=1.5,
        width=_ENDS_MM,
    )
