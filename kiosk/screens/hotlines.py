"""HQ's telephone numbers: for whoever would rather speak than touch."""

from kiosk.model.programme import Hotline
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Column, Icon, Insets, Node, Row, Span, Text, text
from kiosk.ui.theme import Colour, Fill, Style


def hotlines(sight: Sight, key: str, across: int = 2) -> Node:
    """All of them on one card.

    Args:
        key: of the sentence that says when to call.
        across: how many stand beside each other.
    """
    said = text(sight.words.say(key), Style.CAPTION, max_lines=2, shrink_to=0.7)
    lines = sight.content.programme.hotlines
    rows = [_row(sight, lines[at : at + across]) for at in range(0, len(lines), across)]
    told = Column(items=(said, *rows), gap=1, grow=1)
    return Box(
        child=Row(items=(Icon(name="headset", size=10, colour=Colour.PINE), told), gap=5.5),
        fill=Fill.PAPER,
        edge=Colour.HAIRLINE,
        edge_mm=0.4,
        radius=7,
        padding=Insets.xy(6, 3),
        min_height=20,
        valign=Align.CENTRE,
    )


def _row(sight: Sight, lines: tuple[Hotline, ...]) -> Node:
    return Row(items=tuple(_line(sight, line) for line in lines), gap=6, align=Align.BASELINE)


def _line(sight: Sight, line: Hotline) -> Node:
    spans = (
        Span(text=line.name.in_(sight.session.language) + " ", colour=Colour.INK_2),
        Span(text=line.number, style=Style.NUMBER, colour=Colour.PINE),
    )
    return Text(spans=spans, style=Style.CAPTION, grow=1, shrink_to=0.4)
