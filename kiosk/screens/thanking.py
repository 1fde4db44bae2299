"""A page that thanks: its picture, what is said, a card of what follows, and the ways out."""

from kiosk.screens.around import mark, parted
from kiosk.screens.furniture import back_button, bottom_bar, card, done_button, page, wide_button
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.nodes import Align, Column, Gap, Insets, Look, Node, Row, Scene, text
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill, Style

PICTURED, BETWEEN_MM = 0.4, GAP_MM * 4
"""Share of the width that the picture takes when the glass lies, and the gap beside it."""


def thanking(
    sight: Sight, name: str, head: Node, told: tuple[Node, ...], above: tuple[Node, ...] = ()
) -> Scene:
    """The whole page; `above` is a banner. Large letters need the room of the picture."""
    if not is_beside(sight):
        panel = Gap(grow=1) if sight.session.big_text else _picture()
        return page(sight, name, (*above, head, panel, *told), _bottom(sight))
    left = Column(items=(_picture(),), width=sight.view.inner_mm * PICTURED)
    right = Column(items=(head, Gap(grow=1), *told), gap=GAP_MM * 2, grow=1)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, name, (*above, both), _bottom(sight))


def is_beside(sight: Sight) -> bool:
    """Whether what is told stands beside the picture."""
    return not sight.view.portrait and not sight.session.big_text


def follows(icon: str, title: str, lines: tuple[str, ...]) -> Node:
    """One thing that follows, with what is said about it."""
    told = (
        text(title, Style.HEADING, max_lines=2, shrink_to=0.7),
        *(text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8) for line in lines),
    )
    return Row(items=(mark(icon), Column(items=told, gap=1.5, grow=1)), gap=6)


def what_follows(rows: list[Node]) -> tuple[Node, ...]:
    """A card of rows parted by lines; no card without a row."""
    return (card(Column(items=parted(rows), gap=4), padding=Insets.xy(7, 6)),) if rows else ()


def _picture() -> Node:
    picture = Picture(name="feedback", tint=Fill.MINT, radius=7, inset=0.03, grow=1, min_height=46)
    return card(picture, padding=Insets.all(5.5), grow=1)


def _bottom(sight: Sight) -> Node:
    """To where somebody was before; whoever came from nowhere goes to the start."""
    words = sight.words
    if sight.session.visitor is None and sight.session.trail:
        return bottom_bar(back_button(sight), done_button(sight))
    if sight.session.visitor is None:
        to_start = words.say("notice.to_start")
        return bottom_bar(wide_button("done", "exit", to_start, Look.SECONDARY, grow=1))
    home = wide_button("back", "arrow-left", words.say("notice.to_member"), Look.SECONDARY, grow=1)
    return bottom_bar(home, done_button(sight))
