"""The two ways to membership beside each other: one purchase, or several together."""

from kiosk.loyalty.joining import way_to_join
from kiosk.model.asking import Applicant
from kiosk.model.programme import Joining
from kiosk.screens.pine_card import pine_card
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.nodes import Align, Box, Column, Icon, Insets, Justify, Node, Row, text
from kiosk.ui.pieces import Progress
from kiosk.ui.theme import Colour, Style

OR_MM = 17.0
"""Diameter of the word between the two ways."""


def two_ways(sight: Sight, joining: Joining, applicant: Applicant | None = None) -> Node:
    """What the programme asks for, on pine.

    Args:
        joining: what it asks for.
        applicant: how far somebody is; None for who has only just asked.
    """
    words, way = sight.words, way_to_join(joining, applicant)
    once = _way(sight, "once", "bag", joining.single_purchase_fen)
    together = _way(sight, "together", "coins", joining.total_purchases_fen)
    if applicant is not None:
        best = words.say("applied.once_most", money=words.money(applicant.best_fen))
        total = words.say("applied.together_now", money=words.money(applicant.total_fen))
        once = (*once[:2], *_going(way.single_fraction, best))
        together = (*together[:2], *_going(way.total_fraction, total))
    halves = Row(items=(_half(once), _or(sight), _half(together)), gap=GAP_MM * 2)
    return pine_card(halves, Insets.xy(10, 8 if sight.view.portrait else 5))


def _half(inside: tuple[Node, ...]) -> Node:
    return Column(items=inside, gap=1.5, grow=1)


def _way(sight: Sight, name: str, icon: str, fen: int) -> tuple[Node, ...]:
    """An amount in gold, and what it is an amount of."""
    words = sight.words
    head = Row(
        items=(
            Icon(name=icon, size=8.5, colour=Colour.GOLD_ON_PINE),
            text(words.say(f"joining.{name}"), Style.HEADING, Colour.WHITE, shrink_to=0.6, grow=1),
        ),
        gap=3,
    )
    amount = text(words.money(fen), Style.FIGURE, Colour.GOLD_ON_PINE, shrink_to=0.3)
    line = words.say(f"joining.{name}_line")
    return head, amount, text(line, Style.CAPTION, Colour.ON_PINE_2, shrink_to=0.7)


def _going(fraction: float, line: str) -> tuple[Node, ...]:
    """How much of it is done."""
    told = text(line, Style.CAPTION, Colour.ON_PINE, shrink_to=0.7)
    return Progress(fraction=fraction, on_pine=True, height=6), told


def _or(sight: Sight) -> Node:
    """Between the two, so that nobody reads them as both."""
    word = text(sight.words.say("joining.or"), Style.STRONG, Colour.ON_PINE, align=Align.CENTRE)
    disc = Box(
        child=word,
        fill=None,
        edge=Colour.EDGE_PINE,
        radius=OR_MM / 2,
        width=OR_MM,
        height=OR_MM,
        valign=Align.CENTRE,
    )
    return Column(items=(disc,), justify=Justify.CENTRE)
