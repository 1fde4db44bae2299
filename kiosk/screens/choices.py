"""Buttons that choose: chips of which one holds, and ways to a list with its count."""

from kiosk.ui.nodes import Align, Box, Button, Icon, Insets, Justify, Look, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style

CHIP_MM = 21.5
"""Height of a chip: a target (docs/design.md, measures)."""


def chip(
    key: str,
    words: str,
    value: str,
    *,
    chosen: bool,
    radius: float = CHIP_MM / 2,
    beside: float = 7,
    style: Style = Style.MEDIUM,
) -> Button:
    """One of several to choose from; the chosen one by fill, check and weight.

    Args:
        radius: half the height where one holds; that of a button where several may.
        beside: space left and right of the words, mm.
        style: of the words; usual ones are bold once they are chosen.
    """
    colour = Colour.WHITE if chosen else Colour.INK
    bold = Style.STRONG if style is Style.MEDIUM else style
    said = text(words, bold if chosen else style, colour, shrink_to=0.6)
    check = (Icon(name="check", size=7, colour=Colour.GOLD_ON_PINE),) if chosen else ()
    inside = Box(
        child=Row(items=(*check, said), gap=3, justify=Justify.CENTRE),
        fill=Fill.PINE if chosen else Fill.LINEN,
        radius=radius,
        edge=Colour.EDGE_PINE if chosen else Colour.EDGE,
        padding=Insets.xy(beside, 0),
        valign=Align.CENTRE,
    )
    return Button(
        key=key,
        value=value,
        says=words,
        look=Look.BARE,
        radius=radius,
        child=inside,
        height=CHIP_MM,
        grow=1,
    )


def count_button(key: str, icon: str | None, words: str, count: int) -> Button:
    """A secondary button that shares its row, with how many there are; 0 is not said."""
    items: tuple[Node, ...] = (text(words, Style.HEADING, Colour.PINE, shrink_to=0.7),)
    if icon is not None:
        items = (Icon(name=icon, size=10, colour=Colour.PINE), *items)
    if count:
        figure = text(str(count), Style.CAPTION_STRONG, Colour.WHITE, align=Align.CENTRE)
        items += (
            Box(
                child=figure,
                fill=Fill.PINE,
                radius=5.5,
                min_height=11,
                min_width=11,
                padding=Insets.xy(2, 0),
                valign=Align.CENTRE,
            ),
        )
    inside = Row(items=items, gap=3.5, justify=Justify.CENTRE)
    return Button(
        key=key, says=words, look=Look.SECONDARY, child=inside, grow=1, padding=Insets.xy(4, 2)
    )
