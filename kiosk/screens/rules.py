"""The programme's rules, with a card or without: what its numbers say, then HQ's own words."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.screens.around import around, line_mm, lines_in, nothing, parted, title
from kiosk.screens.columns import ROW_GAP_MM, Entry, in_columns
from kiosk.screens.furniture import card
from kiosk.screens.pager import pager, sheet_of, sheets_of
from kiosk.screens.rule_facts import facts, tier_facts
from kiosk.screens.view import Sight
from kiosk.session.states import Rules
from kiosk.ui.nodes import Box, Column, Icon, Insets, Node, Row, Scene, text
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill, Style

BETWEEN_MM = 10.5
"""What lies between two rules."""

ROOM_MM = {True: 320.0, False: 162.0}
"""Height for the rules of one sheet below its title: standing, lying."""

WIDTH_MM = {True: 205.0, False: 225.0}
"""Width of their words: standing, lying."""

PICTURE_MM = 110.0
"""Height of the picture that fills a short page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of rules.

    Attributes:
        high_mm: about how high its rows are together.
    """

    title: str
    rows: tuple[Node, ...]
    high_mm: float


def rules(sight: Sight, on_page: Rules) -> Scene:
    """The whole page; nobody's card is needed."""
    if sight.world.content is None:
        return _preparing(sight)
    sheets = (*_computed(sight), *_told(sight))
    shown = sheets[sheet_of(on_page.sheet, len(sheets))]
    return around(
        sight,
        "rules",
        head=(title(shown.title), *_picture(sight, shown)),
        main=(_listed(shown.rows),),
        middle=pager(sight, on_page.sheet, len(sheets)),
    )


def _preparing(sight: Sight) -> Scene:
    """Before HQ's first content there are no rules to tell."""
    words = sight.words
    said, line = words.say("attract.preparing"), words.say("attract.preparing_line")
    return around(sight, "rules", head=(), main=(nothing(sight, "member-card", said, line),))


def _picture(sight: Sight, shown: Sheet) -> tuple[Node, ...]:
    """A picture where the rules leave room: always when lying, on short pages standing."""
    portrait = sight.view.portrait
    if portrait and shown.high_mm + PICTURE_MM + 20 > ROOM_MM[True]:
        return ()
    picture = Picture(name="member-card", tint=Fill.MINT, radius=7, inset=0.14, grow=1)
    height = PICTURE_MM if portrait else None
    return (Box(child=picture, fill=None, radius=0, height=height, grow=0 if portrait else 1),)


def _listed(rows: tuple[Node, ...]) -> Node:
    return card(Column(items=parted(rows), gap=5), padding=Insets(7, 7, 9, 7))


# -- what the programme's numbers say ------------------------------------------------------


def _computed(sight: Sight) -> Iterator[Sheet]:
    """Never empty: every programme has numbers."""
    words = sight.words
    for name, rows in (("rules.brief", facts(sight)), ("rules.tiers", tier_facts(sight))):
        count = -(-len(rows) // _a_sheet(sight))
        for some in sheets_of(rows, -(-len(rows) // count)):  # evenly full
            yield Sheet(words.say(name), some, len(some) * 42.0)


def _a_sheet(sight: Sight) -> int:
    if sight.view.portrait:
        return 5 if sight.session.big_text else 7
    return 3 if sight.session.big_text else 4


# -- HQ's own words ------------------------------------------------------------------------


def _told(sight: Sight) -> Iterator[Sheet]:
    """HQ's pages; one that is too long for a sheet goes on on the next."""
    language, room_mm = sight.session.language, ROOM_MM[sight.view.portrait]
    for page in sight.content.programme.rules:
        lines = [line.in_(language) for line in page.lines]
        high_mm = sum(_high_mm(sight, words) + ROW_GAP_MM for words in lines)
        entries = [Entry(_rule(words), _high_mm(sight, words)) for words in lines]
        for rows in in_columns(entries, room_mm):
            yield Sheet(page.title.in_(language), rows, min(high_mm, room_mm))


def _high_mm(sight: Sight, words: str) -> float:
    """About how high a rule is with what lies below it; rather too much than too little."""
    lines = lines_in(sight, words, Style.BODY, WIDTH_MM[sight.view.portrait])
    return lines * line_mm(sight, Style.BODY) + BETWEEN_MM - ROW_GAP_MM


def _rule(words: str) -> Node:
    check = Icon(name="check-circle", size=10, colour=Colour.GOOD_INK)
    return Row(items=(check, text(words, Style.BODY, max_lines=0, grow=1)), gap=5)
