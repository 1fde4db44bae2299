"""Yes or no: two large cards, in the author's words or in ours."""

from kiosk.screens.choice_list import tick
from kiosk.screens.view import GAP_MM
from kiosk.session.answering import NO, YES
from kiosk.ui.nodes import Align, Box, Button, Column, Insets, Justify, Look, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Shadow, Style

LEAST_YES_MM = 50.0
"""A card is not lower than this: two lines of large type."""

_TICKED_MM, _YES_MM = 64.0, 100.0
"""From this height on a card has a circle to be ticked; it is as high as that where room is."""

_SHARE = 0.85
"""Of the room; the rest is air below the cards."""


def yes_or_no(labels: tuple[str, str], chosen: bool | None, room_mm: float) -> Node:
    """Two large cards, yes first.

    Args:
        labels: of yes and of no.
        chosen: the one that holds; None for none that may be shown.
        room_mm: height there is.
    """
    high = min(_YES_MM, max(LEAST_YES_MM, room_mm * _SHARE))
    cards = tuple(
        _answer(value, words, high, chosen=chosen is holds)
        for value, words, holds in ((YES, labels[0], True), (NO, labels[1], False))
    )
    return Row(items=cards, gap=GAP_MM * 2, align=Align.STRETCH)


def _answer(value: str, words: str, high: float, *, chosen: bool) -> Button:
    colour = Colour.WHITE if chosen else Colour.INK
    style = Style.HEADLINE if high >= _TICKED_MM else Style.TITLE
    said = text(words, style, colour, align=Align.CENTRE, max_lines=2, shrink_to=0.5)
    centred = Row(items=(tick(chosen=chosen, several=False),), justify=Justify.CENTRE)
    below = (centred,) if high >= _TICKED_MM else ()
    inside = Box(
        child=Column(items=(said, *below), gap=7),
        fill=Fill.PINE if chosen else Fill.LINEN,
        edge=Colour.GOLD_ON_PINE if chosen else Colour.EDGE,
        shadow=Shadow.SOFT,
        padding=Insets.xy(6, 4),
        height=high,
        valign=Align.CENTRE,
    )
    return Button(
        key="answer", value=value, says=words, look=Look.BARE, radius=8, child=inside, grow=1
    )
