"""Cash-back as a card: what this month brings back, or how far it is from bringing anything."""

from kiosk.loyalty.cash_back import CashBackView
from kiosk.screens.around import mark, rate
from kiosk.screens.furniture import card
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Column, Insets, Node, Row, text
from kiosk.ui.pieces import Progress
from kiosk.ui.theme import Colour, Fill, Style


def cash_back_card(sight: Sight) -> tuple[Node, ...]:
    """The card; nothing where the programme has no cash-back or the day is not known."""
    view, rule = sight.summary.cash_back, sight.content.programme.cash_back
    if view is None or rule is None:
        return ()
    said = _reached if view.missing == 0 else _on_the_way
    words = Column(
        items=(*said(sight, view, rate(rule.per_mille)), *_waiting(sight)), gap=2, grow=1
    )
    inside = Row(items=(mark("hand-coins", Fill.GOLD_SOFT, Colour.POINTS_INK), words), gap=5.5)
    return (card(inside, padding=Insets(5.5, 5, 7, 5)),)


def _reached(sight: Sight, view: CashBackView, share: str) -> tuple[Node, ...]:
    words = sight.words
    title = words.say("cash_back.reached", money=words.money(view.projected))
    line = words.say("cash_back.reached_line", spend=words.money(view.spend), rate=share)
    return (
        text(title, Style.HEADING, max_lines=2, shrink_to=0.75),
        text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.9),
    )


def _on_the_way(sight: Sight, view: CashBackView, share: str) -> tuple[Node, ...]:
    """How much is missing, and a bar from nothing to the floor with both ends named."""
    words = sight.words
    title = words.say("cash_back.missing", money=words.money(view.missing), rate=share)
    spent = words.say("cash_back.spent", money=words.money(view.spend))
    floor = words.say("cash_back.floor", money=words.money(view.floor))
    ends = Row(
        items=(
            text(spent, Style.CAPTION, Colour.INK_2, max_lines=2, grow=1, shrink_to=0.9),
            text(floor, Style.CAPTION, Colour.INK_2, align=Align.END, max_lines=2, shrink_to=0.9),
        ),
        gap=4,
    )
    fraction = min(view.spend / view.floor, 1.0) if view.floor else 1.0
    return (
        text(title, Style.HEADING, max_lines=2, shrink_to=0.75),
        Progress(fraction=fraction, knob=False, height=3),
        ends,
    )


def _waiting(sight: Sight) -> tuple[Node, ...]:
    """Money that HQ has set ready at the counter."""
    money_fen = sight.visitor.member.standing.cash_back_fen
    if not money_fen:
        return ()
    said = sight.words.say("cash_back.waiting", money=sight.words.money(money_fen))
    return (text(said, Style.CAPTION_STRONG, Colour.GOOD_INK, max_lines=2, shrink_to=0.9),)
