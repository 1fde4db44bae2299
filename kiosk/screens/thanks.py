"""Thanks for a complaint: it is there, what was promised, how it goes on; not what it was."""

from kiosk.screens.around import mark
from kiosk.screens.case_steps import steps_line
from kiosk.screens.complaint import call_promise, staff_promise
from kiosk.screens.furniture import back_button, bottom_bar, card, done_button, page, wide_button
from kiosk.screens.redeeming import offline_means, said
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Thanks
from kiosk.ui.nodes import (
    Align,
    Column,
    Gap,
    Insets,
    Line,
    Look,
    Node,
    Picture,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

PICTURED, BETWEEN_MM = 0.4, GAP_MM * 4
"""Share of the width that the picture takes when the glass lies, and the gap beside it."""

AROUND_MM = 5.0
"""Left and right of the steps on their card."""


def thanks(sight: Sight, on_page: Thanks) -> Scene:
    """The whole page."""
    words, known = sight.words, sight.session.visitor is not None
    line = words.say("thanks.line" if known else "thanks.line_nobody")
    head = said(sight, words.say("thanks.title"), line, roomy=True)
    told = (*_promised(sight, on_page), _steps(sight))
    above = offline_means(sight, "thanks.offline")
    if not _is_beside(sight):  # large letters need the room of the picture
        panel = Gap(grow=1) if sight.session.big_text else _picture()
        return page(sight, "thanks", (*above, head, panel, *told), _bottom(sight))
    left = Column(items=(_picture(),), width=sight.view.inner_mm * PICTURED)
    right = Column(items=(head, Gap(grow=1), *told), gap=GAP_MM * 2, grow=1)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, "thanks", (*above, both), _bottom(sight))


def _is_beside(sight: Sight) -> bool:
    """Whether what is told stands beside the picture."""
    return not sight.view.portrait and not sight.session.big_text


def _picture() -> Node:
    picture = Picture(name="feedback", tint=Fill.MINT, radius=7, inset=0.03, grow=1, min_height=46)
    return card(picture, padding=Insets.all(5.5), grow=1)


def _promised(sight: Sight, on_page: Thanks) -> tuple[Node, ...]:
    """What was asked for, each with what HQ lets be promised of it."""
    words, rows = sight.words, list[Node]()
    if on_page.call_me:
        rows.append(_promise("phone", words.say("thanks.call_me"), call_promise(sight)))
    if on_page.staff_now:
        rows.append(_promise("person", words.say("thanks.staff_now"), staff_promise(sight)))
    parts: list[Node] = []
    for row in rows:
        parts += [Line(), row] if parts else [row]
    return (card(Column(items=tuple(parts), gap=4), padding=Insets.xy(7, 6)),) if parts else ()


def _promise(icon: str, words: str, promise: tuple[str, ...]) -> Node:
    told: tuple[Node, ...] = (text(words, Style.HEADING, max_lines=2, shrink_to=0.7),)
    told += tuple(
        text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8) for line in promise
    )
    return Row(items=(mark(icon), Column(items=told, gap=1.5, grow=1)), gap=6)


def _steps(sight: Sight) -> Node:
    """The first of six is done; it is on the disk before this page is on the glass."""
    across = sight.view.inner_mm
    if _is_beside(sight):
        across = across * (1 - PICTURED) - BETWEEN_MM
    line = steps_line(sight, 1, across - 2 * AROUND_MM)
    return card(line, padding=Insets.xy(AROUND_MM, 6))


def _bottom(sight: Sight) -> Node:
    words = sight.words
    if sight.session.visitor is None and sight.session.trail:
        return bottom_bar(back_button(sight), done_button(sight))
    if sight.session.visitor is None:
        to_start = words.say("notice.to_start")
        return bottom_bar(wide_button("done", "exit", to_start, Look.SECONDARY, grow=1))
    home = wide_button("back", "arrow-left", words.say("notice.to_member"), Look.SECONDARY, grow=1)
    return bottom_bar(home, done_button(sight))
