"""The code the counter asks for: large, as a QR code, and how long it is good for."""

from dataclasses import replace

from kiosk.screens.code_parts import figure, term
from kiosk.screens.code_sheet import asking
from kiosk.screens.furniture import (
    back_button,
    bottom_bar,
    card,
    page,
    section_title,
    wide_button,
)
from kiosk.screens.redeeming import disc, offline_means, reward_row
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import VoucherCode
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.pieces import Line, Notch, Qr
from kiosk.ui.theme import Colour, Fill, Shadow, Style

QR_MM = 62
"""Edge of the QR code at least; it takes what room there is."""

GIVE_BACK_MM = 76
"""Width of the quiet way back to the points."""


def voucher_code(sight: Sight, on_page: VoucherCode) -> Scene:
    """The whole page."""
    if on_page.asking:
        return asking(sight, on_page)
    name = "voucher-code"
    if sight.view.portrait:
        middle = (
            *_offline(sight, on_page),
            _headline(sight),
            _ticket(sight, on_page),
            *_how(sight, on_page),
            _forgot(sight),
        )
        return page(sight, name, middle, _bottom(sight, on_page))
    middle = (*_offline(sight, on_page), _headline(sight), _lying_ticket(sight, on_page))
    return page(sight, name, middle, _bottom(sight, on_page))


def _offline(sight: Sight, on_page: VoucherCode) -> tuple[Node, ...]:
    return offline_means(sight, "voucher.issued_offline") if on_page.issued else ()


def _headline(sight: Sight) -> Node:
    words = text(sight.words.say("voucher.title"), Style.HEADLINE, shrink_to=0.6, grow=1)
    return Row(items=(disc("check", Fill.PINE, Colour.WHITE), words), gap=6)


# -- ticket --------------------------------------------------------------------------------


def _ticket(sight: Sight, on_page: VoucherCode) -> Node:
    inside = Column(
        items=(
            _reward(sight, on_page),
            Line(),
            _qr(sight, on_page),
            figure(on_page),
            Notch(height=9),
            term(sight, on_page),
        ),
        gap=GAP_MM * 1.6,
    )
    return replace(_linen(inside, Insets(9, 8, 9, 7)), grow=1)


def _lying_ticket(sight: Sight, on_page: VoucherCode) -> Node:
    """The code on the left of the tear, everything about it on the right."""
    code = Column(
        items=(_qr(sight, on_page), figure(on_page)),
        gap=GAP_MM,
        justify=Justify.CENTRE,
        width=sight.view.inner_mm * 0.36,
    )
    how = (Line(), _steps_line(sight, on_page), _forgot(sight))
    told = Column(
        items=(
            _reward(sight, on_page),
            Line(),
            term(sight, on_page),
            *(() if sight.session.big_text else how),
        ),
        gap=GAP_MM,
        grow=1,
        justify=Justify.BETWEEN,
    )
    both = Row(items=(code, Notch(width=9), told), gap=GAP_MM * 2, align=Align.STRETCH)
    return replace(_linen(both, Insets(6, 7, 10, 7)), grow=1)


def _linen(inside: Node, padding: Insets) -> Box:
    return Box(
        child=inside,
        padding=padding,
        radius=11,
        edge=Colour.HAIRLINE,
        edge_mm=0.25,
        shadow=Shadow.SOFT,
    )


def _centred(node: Node) -> Node:
    return Row(items=(node,), justify=Justify.CENTRE)


def _qr(sight: Sight, on_page: VoucherCode) -> Node:
    """What the till's scanner reads: which kind of code, which store, which one."""
    data = f"KIOSK1:{sight.world.store_id}:{on_page.code}"
    return Qr(data=data, grow=1, height=QR_MM)


def _reward(sight: Sight, on_page: VoucherCode) -> Node:
    words = sight.words
    left = words.points(sight.summary.balance.points)
    line = words.say("voucher.used", points=words.points(on_page.points), left=left)
    return reward_row(sight, sight.content.reward(on_page.reward_id), line)


# -- at the counter ------------------------------------------------------------------------


def _how(sight: Sight, on_page: VoucherCode) -> tuple[Node, ...]:
    """Three cards; large letters leave no room for them."""
    if sight.session.big_text:
        return ()
    cards = tuple(
        card(
            Column(
                items=(
                    _centred(disc(icon, Fill.GOOD_SOFT, Colour.PINE)),
                    text(f"{n}  {todo}", Style.STRONG, align=Align.CENTRE, shrink_to=0.6),
                    text(line, Style.CAPTION, Colour.INK_2, align=Align.CENTRE, shrink_to=0.7),
                ),
                gap=1.5,
                width=(sight.view.inner_mm - 4 * GAP_MM) / 3 - 6,
            ),
            padding=Insets.xy(3, 4),
        )
        for n, (icon, todo, line) in enumerate(_steps(sight, on_page), 1)
    )
    row = Row(items=cards, gap=GAP_MM * 2, justify=Justify.BETWEEN)
    title = section_title(sight.words.say("voucher.how"))
    return (Column(items=(title, row), gap=GAP_MM),)


def _steps_line(sight: Sight, on_page: VoucherCode) -> Node:
    """The same three side by side, without their cards."""
    items = tuple(
        Row(
            items=(
                Icon(name=icon, size=9, colour=Colour.PINE),
                text(todo, Style.CAPTION_STRONG, shrink_to=0.7, grow=1),
            ),
            gap=3,
            grow=1,
        )
        for icon, todo, _ in _steps(sight, on_page)
    )
    return Row(items=items, gap=GAP_MM * 2)


def _steps(sight: Sight, on_page: VoucherCode) -> tuple[tuple[str, str, str], ...]:
    words, reward = sight.words, sight.content.reward(on_page.reward_id)
    last = words.say("voucher.step_3_line")
    if reward is not None and reward.cash_fen:
        last = words.say("voucher.step_3_pay", money=words.money(reward.cash_fen))
    return (
        (
            "camera",
            words.say("voucher.step_1"),
            words.say("voucher.step_1_line", n=len(on_page.code)),
        ),
        ("counter", words.say("voucher.step_2"), words.say("voucher.step_2_line")),
        ("gift", words.say("voucher.step_3"), last),
    )


def _forgot(sight: Sight) -> Node:
    return text(
        sight.words.say("voucher.forgot"), Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.85
    )


# -- bottom --------------------------------------------------------------------------------


def _bottom(sight: Sight, on_page: VoucherCode) -> Node:
    """Nothing is left to confirm: the way out is the one to take."""
    done = wide_button("done", "exit", sight.words.say("bar.done"), Look.PRIMARY, grow=1)
    give_back = () if on_page.issued else (_give_back(sight),)
    return bottom_bar(back_button(sight), *give_back, done)


def _give_back(sight: Sight) -> Button:
    words = sight.words.say("voucher.give_back")
    inside = Row(
        items=(
            Icon(name="hand-coins", size=9, colour=Colour.INK_2),
            text(words, Style.CAPTION_STRONG, max_lines=2, shrink_to=0.8),
        ),
        gap=3.5,
        justify=Justify.CENTRE,
    )
    return Button(
        key="give-back",
        says=words.replace("\n", ""),
        look=Look.QUIET,
        child=inside,
        width=GIVE_BACK_MM,
        padding=Insets.xy(4, 2),
    )
