"""Packs rows into columns of a given height, each under the title of its section."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.screens.view import GAP_MM
from kiosk.ui.nodes import Node

ROW_GAP_MM = GAP_MM * 1.6
"""Between two rows of a list."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list.

    Attributes:
        height: of the row, mm.
        title: of its section; told again at the top of each column; None for none.
        title_mm: its height.
    """

    row: Node
    height: float
    title: Node | None = None
    title_mm: float = 0


def in_columns(entries: Iterable[Entry], room: float) -> tuple[tuple[Node, ...], ...]:
    """The entries in as many columns as it takes, a title never without a row below it.

    Args:
        room: height of a column, mm; a single entry higher than it gets one of its own.
    """
    columns: list[tuple[Node, ...]] = []
    column: list[Node] = []
    used, above = 0.0, None
    for entry in entries:
        titled = entry.title is not None and (entry.title is not above or not column)
        needs = _needs(entry, titled=titled, first=not column)
        if column and used + needs > room:
            columns.append(tuple(column))
            column, used = [], 0.0
            titled = entry.title is not None
            needs = _needs(entry, titled=titled, first=True)
        if titled and entry.title is not None:
            column.append(entry.title)
        column.append(entry.row)
        used, above = used + needs, entry.title
    return (*columns, tuple(column))


def _needs(entry: Entry, *, titled: bool, first: bool) -> float:
    gaps = (0 if first else ROW_GAP_MM) + (ROW_GAP_MM if titled else 0)
    return entry.height + gaps + (entry.title_mm if titled else 0)
