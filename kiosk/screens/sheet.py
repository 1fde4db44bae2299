"""A sheet that covers the lower part of the glass and asks one question."""

from kiosk.screens.view import MARGIN_MM, Sight
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Place,
    Row,
    Stack,
    text,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style

ANSWER_MM = 40
"""Height of the answers: a word and a line."""


def sheet(sight: Sight, asked: Node) -> Node:
    """The sheet; it takes the room that is left below."""
    inside = Insets(MARGIN_MM, 12, MARGIN_MM, MARGIN_MM)
    paper = Box(child=Gap(), fill=Fill.PAPER, radius=14, shadow=Shadow.DEEP)
    # The sheet runs off the glass below: its lower corners are squared.
    foot = Box(child=Gap(), fill=Fill.PAPER, radius=0, width=sight.view.width_mm, height=20)
    on_it = Box(child=asked, fill=None, radius=0, padding=inside)
    return Stack(layers=((paper, None), (foot, Place(y=1)), (on_it, None)), grow=1)


def answer(key: str, icon: str, words: str, line: str, look: Look) -> Button:
    """One of the answers, with what it means below."""
    primary = look is Look.PRIMARY
    colour = Colour.WHITE if primary else Colour.PINE
    quiet = Colour.WHITE if primary else Colour.INK_2
    title = Row(
        items=(
            Icon(name=icon, size=10, colour=colour),
            text(words, Style.HEADING, colour, shrink_to=0.75),
        ),
        gap=3.5,
        justify=Justify.CENTRE,
    )
    below = text(line, Style.CAPTION, quiet, align=Align.CENTRE, shrink_to=0.8)
    return Button(
        key=key,
        says=words,
        look=look,
        child=Column(items=(title, below), gap=0.5),
        grow=2 if primary else 1,
        padding=Insets.xy(4, 2),
    )
