"""A switch: knob, word and check say the same; its whole row is the target."""

from kiosk.screens.furniture import card
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Button, Column, Gap, Icon, Insets, Look, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style

HEIGHT_MM, WIDTH_MM = 17.0, 34.0
"""Of the switch itself; large type makes it wider by what its word needs."""

ROW_INSETS = Insets.xy(5.5, 3.5)
"""Inside a row of a card of switches."""

_KNOB_MM = 12.5
_EDGE_MM = 2.25


def switch(sight: Sight, *, on: bool) -> Node:
    """The switch alone, as a part of what can be touched."""
    said = sight.words.say("switch.on" if on else "switch.off")
    style, colour = Style.CAPTION_STRONG, Colour.WHITE if on else Colour.INK_2
    word = text(said, style, colour, align=Align.CENTRE, grow=1, shrink_to=0.7)
    parts: tuple[Node, ...] = (word, _knob(on=True)) if on else (_knob(on=False), word)
    return Box(
        child=Row(items=parts, gap=1),
        fill=Fill.PINE if on else Fill.PAPER,
        radius=HEIGHT_MM / 2,
        edge=Colour.EDGE_PINE if on else Colour.EDGE,
        padding=Insets(5 if on else _EDGE_MM, 0, _EDGE_MM if on else 5, 0),
        width=WIDTH_MM,
        height=HEIGHT_MM,
        valign=Align.CENTRE,
    )


def switch_row(sight: Sight, key: str, mark: Node, said: str, line: str, *, on: bool) -> Button:
    """A row that switches wherever it is touched; `line` says what it means."""
    told: tuple[Node, ...] = (text(said, Style.HEADING, max_lines=2, shrink_to=0.7),)
    if line:
        told += (text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8),)
    words = Column(items=told, gap=1.5, grow=1)
    inside = Row(items=(mark, words, switch(sight, on=on)), gap=6)
    child = Box(child=inside, fill=None, padding=ROW_INSETS, valign=Align.CENTRE)
    return Button(key=key, says=said, look=Look.BARE, child=child, min_height=27)


def switches(*rows: Node) -> Node:
    """Switches that belong together, on one card."""
    return card(Column(items=rows), padding=Insets())


def _knob(*, on: bool) -> Node:
    inside: Node = Icon(name="check", size=7.5, colour=Colour.PINE) if on else Gap()
    return Box(
        child=inside,
        fill=Fill.LINEN if on else Fill.MUTED,
        edge=None if on else Colour.EDGE,
        edge_mm=0.8,
        radius=_KNOB_MM / 2,
        width=_KNOB_MM,
        height=_KNOB_MM,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )
