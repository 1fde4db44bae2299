"""What the pages of looking around share: one column standing, two lying; a title, a mark."""

from collections.abc import Iterable, Sequence
from datetime import date

from kiosk.screens.furniture import back_button, banner, bottom_bar, card, done_button, page
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.nodes import Align, Box, Column, Gap, Icon, Insets, Justify, Node, Row, Scene, text
from kiosk.ui.pieces import Line, Picture
from kiosk.ui.theme import BIG_TEXT, CAP_SHARE, Colour, Fill, Style

SIDE = 0.38
"""Share of the width that title and hints take when the glass lies."""

BETWEEN_MM = GAP_MM * 4
"""Between the two columns."""

FIRST_WIDE = 0x2E80
"""Signs from here on are as wide as they are high."""

MARK_MM = 20
"""Edge of the square around an icon that stands for a line."""


def around(
    sight: Sight,
    name: str,
    *,
    head: Sequence[Node],
    main: Sequence[Node],
    foot: Sequence[Node] = (),
    above: Sequence[Node] = (),
    middle: Node | None = None,
    side: float = SIDE,
) -> Scene:
    """A whole page.

    Args:
        head: title and what belongs to it; lying it stands on the left.
        main: what the page is about.
        foot: hints; standing below everything, lying below the title.
        above: a banner over everything.
        middle: of the buttons at the bottom: the pager, or one way on.
        side: share of the width that the left column takes when the glass lies.
    """
    bottom = bottom_bar(back_button(sight), middle or Gap(grow=1), done_button(sight))
    if sight.view.portrait:
        return page(sight, name, (*above, *head, *main, Gap(grow=1), *foot), bottom)
    below = (Gap(grow=1), *foot) if foot else ()
    left = Column(items=(*head, *below), gap=GAP_MM * 2, width=sight.view.inner_mm * side)
    right = Column(items=tuple(main), gap=GAP_MM * 1.6, grow=1)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, name, (*above, both), bottom)


def title(words: str, beside: Node | None = None) -> Node:
    """The page's one sentence in its largest type."""
    grow = 0 if beside is None else 1
    said = text(words, Style.DISPLAY, max_lines=2, shrink_to=0.8, grow=grow)
    return Row(items=(said, beside), gap=6) if beside is not None else said


def offline(sight: Sight, key: str, **values: object) -> tuple[Node, ...]:
    """What HQ's absence means for this page; nothing while it answers."""
    if sight.world.hq_reachable is not False:
        return ()
    stressed, colour = Style.CAPTION_STRONG, Colour.CARE_INK
    return (banner("cloud-off", sight.words.spans(key, style=stressed, colour=colour, **values)),)


def mark(
    icon: str, fill: Fill = Fill.MINT, colour: Colour = Colour.PINE, edge: float = MARK_MM
) -> Node:
    """An icon on a tinted square."""
    return Box(
        child=Icon(name=icon, size=edge * 0.55, colour=colour),
        fill=fill,
        radius=6,
        width=edge,
        height=edge,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def fact(icon: str, said: str, line: str = "") -> Node:
    """A mark, what holds, and a quieter line."""
    words: tuple[Node, ...] = (text(said, Style.STRONG, max_lines=2, shrink_to=0.85),)
    if line:
        words += (text(line, Style.CAPTION, Colour.INK_2, max_lines=2),)
    return Row(items=(mark(icon), Column(items=words, gap=1, grow=1)), gap=5.5, min_height=27)


def hint(icon: str, words: str) -> Node:
    """What to do with it, once for the whole page."""
    said = text(words, Style.BODY, max_lines=2, shrink_to=0.85, grow=1)
    return Box(
        child=Row(items=(Icon(name=icon, size=10, colour=Colour.PINE), said), gap=5),
        fill=Fill.GOOD_SOFT,
        radius=7,
        padding=Insets.xy(6, 4),
        valign=Align.CENTRE,
    )


def nothing(sight: Sight, picture: str, said: str, line: str) -> Node:
    """In place of an empty list: what is not there, and when it will be."""
    edge = 110 if sight.view.portrait else 50 if sight.session.big_text else 70
    words = Column(
        items=(
            text(said, Style.TITLE, align=Align.CENTRE, max_lines=2),
            text(line, Style.BODY, Colour.INK_2, align=Align.CENTRE, max_lines=3),
        ),
        gap=2.5,
    )
    square = Picture(name=picture, tint=Fill.MUTED, width=edge, height=edge, radius=8)
    inside = Column(items=(Row(items=(square,), justify=Justify.CENTRE), words), gap=6)
    return card(inside, padding=Insets.xy(9, 9))


def day(sight: Sight, one: date, seen_from: date) -> str:
    """A day, with its year when that is not the one it is seen from."""
    said = sight.words.day(one)
    if one.year == seen_from.year:
        return said
    return sight.words.say("around.day_of_year", day=said, year=one.year)


def parted(rows: Iterable[Node]) -> tuple[Node, ...]:
    """Rows with a line between each two."""
    parts: list[Node] = []
    for row in rows:
        parts += [Line(), row] if parts else [row]
    return tuple(parts)


def ems(words: str) -> float:
    """About how wide words are, in Chinese characters; rather too much than too little."""
    return sum(0.6 if ord(sign) < FIRST_WIDE else 1.0 for sign in words)


def lines_in(sight: Sight, words: str, style: Style, width_mm: float) -> int:
    """About how many lines words take, so that a list can be cut into sheets."""
    return int(ems(words) * em_mm(sight, style) * 1.05 / width_mm) + 1


def em_mm(sight: Sight, style: Style) -> float:
    """Width of a Chinese character in this style."""
    return style.step.cap_mm / CAP_SHARE * (BIG_TEXT if sight.session.big_text else 1.0)


def line_mm(sight: Sight, style: Style) -> float:
    """Height of a line in this style."""
    return em_mm(sight, style) * style.step.leading


def least(sight: Sight) -> float:
    """How far a caption may shrink: large type down to the usual size, usual type not at all."""
    return 0.78 if sight.session.big_text else 1.0


def rate(per_mille: int) -> str:
    """10 as 1%, 15 as 1.5%."""
    return f"{per_mille / 10:g}%"
