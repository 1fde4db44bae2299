"""Lists that page: how many sheets there are, which one is shown, and the way to the next."""

from collections.abc import Sequence
from typing import TypeVar

from kiosk.screens.furniture import back_button, bottom_bar, done_button
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Button, Gap, Icon, Insets, Justify, Look, Node, Row, text
from kiosk.ui.theme import Colour, Style

Item = TypeVar("Item")


def sheets_of(items: Sequence[Item], per_sheet: int) -> tuple[tuple[Item, ...], ...]:
    """The items in sheets of so many; one empty sheet when there are none."""
    starts = range(0, max(len(items), 1), per_sheet)
    return tuple(tuple(items[start : start + per_sheet]) for start in starts)


def sheet_of(wanted: int, count: int) -> int:
    """Which of so many sheets is shown; beyond the end the last one."""
    return min(max(wanted, 0), count - 1)


def list_bottom(sight: Sight, wanted: int, count: int) -> Node:
    """The bottom row of a list: back, the pager where there is more than one sheet, done."""
    middle = pager(sight, wanted, count) or Gap(grow=1)
    return bottom_bar(back_button(sight), middle, done_button(sight))


def pager(sight: Sight, wanted: int, count: int, onward: str = "pager.next") -> Button | None:
    """To the next sheet, from the last one to the first; None when there is but one.

    Args:
        onward: key of the words for the way to the next sheet.
    """
    if count < 2:
        return None
    at = sheet_of(wanted, count)
    last = at == count - 1
    words = sight.words.say("pager.first" if last else onward)
    figure = sight.words.say("pager.at", at=at + 1, count=count)
    inside = Row(
        items=(
            text(words, Style.HEADING, shrink_to=0.7),
            text(figure, Style.HEADING, Colour.INK_2, shrink_to=0.7),
            Icon(name="refresh" if last else "chevron-right", size=8, colour=Colour.INK_2),
        ),
        gap=4,
        justify=Justify.CENTRE,
    )
    return Button(
        key="sheet",
        value=str((at + 1) % count),
        says=words,
        look=Look.QUIET,
        child=inside,
        grow=1,
        padding=Insets.xy(4, 2),
    )
