"""Packing rows into columns: nothing lost, nothing over, no title alone."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.screens.columns import ROW_GAP_MM, Entry, in_columns
from kiosk.screens.pager import sheet_of, sheets_of
from kiosk.ui.nodes import Gap, Node, text

TITLES = (None, text("近"), text("远"))
ROOM = 100.0
TITLE_MM = 16.0

HEIGHTS = st.lists(st.tuples(st.floats(20, 60), st.integers(0, 2)), max_size=30)


def _entries(plan: list[tuple[float, int]]) -> list[Entry]:
    plan = sorted(plan, key=lambda one: one[1])
    return [
        Entry(Gap(height=high, width=at), high, title=TITLES[section], title_mm=TITLE_MM)
        for at, (high, section) in enumerate(plan)
    ]


def _high(column: tuple[Node, ...]) -> float:
    heights = [TITLE_MM if one in TITLES else one.height or 0 for one in column]
    return sum(heights) + ROW_GAP_MM * (len(column) - 1)


@given(HEIGHTS)
def test_every_row_stands_in_one_column_in_its_order(plan: list[tuple[float, int]]) -> None:
    """A row lost between two columns would be a reward nobody can have."""
    entries = _entries(plan)
    columns = in_columns(entries, ROOM)
    rows = [one for column in columns for one in column if one not in TITLES]
    assert rows == [entry.row for entry in entries]


@given(HEIGHTS)
def test_no_column_is_higher_than_its_room(plan: list[tuple[float, int]]) -> None:
    """What stands below the room stands under the buttons."""
    assert all(_high(column) <= ROOM + 1e-6 for column in in_columns(_entries(plan), ROOM))


@given(HEIGHTS)
def test_a_title_stands_over_its_rows_in_each_column(plan: list[tuple[float, int]]) -> None:
    """Rows at the top of a sheet without their title would be taken for those one can have."""
    entries = _entries(plan)
    of_row = {entry.row: entry.title for entry in entries}
    for column in in_columns(entries, ROOM):
        above: Node | None = None
        for at, one in enumerate(column):
            if one in TITLES:
                above = one
                assert at + 1 < len(column)
                assert column[at + 1] not in TITLES
            else:
                assert of_row[one] == above


@given(st.lists(st.integers(), max_size=40), st.integers(1, 9), st.integers(-3, 300))
def test_sheets_hold_everything_and_any_number_shows_one(
    items: list[int], per_sheet: int, wanted: int
) -> None:
    """A list that shrank while it was read must not end in an apology."""
    sheets = sheets_of(items, per_sheet)
    assert [one for sheet in sheets for one in sheet] == items
    assert all(len(sheet) == per_sheet for sheet in sheets[:-1])
    assert len(sheets[sheet_of(wanted, len(sheets))]) <= per_sheet
    if 0 <= wanted < len(sheets):
        assert sheet_of(wanted, len(sheets)) == wanted
