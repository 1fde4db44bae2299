"""Service segments: by fifths of recency, frequency and money, and for HQ alone."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hq.days import day_in
from sim.hq.directory import read_meta
from sim.hq.segments import Habit, Segment, fifths, segment_members, segments
from tests.hq.office import open_office

TODAY = date(2026, 11, 21)


def test_ten_figures_make_five_pairs() -> None:
    """A fifth would be larger than another one, and most members core or nobody."""
    found = fifths({str(one): one * 10 for one in range(10)})
    assert [found[str(one)] for one in range(10)] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@given(st.dictionaries(st.text(max_size=3), st.integers(-9, 9), min_size=1))
def test_a_higher_figure_never_gets_a_lower_fifth(figures: dict[str, int]) -> None:
    """Who buys more would be cared for less."""
    found = fifths(figures)
    assert all(1 <= one <= 5 for one in found.values())
    for one, figure in figures.items():
        for other, lower in figures.items():
            assert found[one] >= found[other] or figure < lower


@pytest.mark.parametrize(
    ("figures", "segment"),
    [
        ((0, 20, 95_000), Segment.CORE),
        ((0, 20, 100), Segment.REGULAR),
        ((399, 1, 95_000), Segment.REGULAR),
        ((399, 0, 100), Segment.OCCASIONAL),
    ],
)
def test_segment_of_a_member(figures: tuple[int, int, int], segment: Segment) -> None:
    """The staff would spend their care on the wrong members."""
    ordinary = {
        f"m-{n}": Habit(TODAY - timedelta(days=40 * n), 10 - n, 10_000 * (9 - n)) for n in range(10)
    }
    days, count, fen = figures
    everybody = ordinary | {"who": Habit(TODAY - timedelta(days=days), count, fen)}
    assert segments(everybody)["who"] is segment


def test_nobody_bought_anything() -> None:
    """A new chain would divide by nothing."""
    assert segments({}) == {}


def test_everybody_gets_a_segment_and_kiosks_hear_of_those_that_change(tmp_path: Path) -> None:
    """HQ and kiosks would choose content by last year's segments, or all rows be sent again."""
    office = open_office(tmp_path)
    for number in range(5):
        office.join(f"m-{number}")
        office.buy(10_000 * (number + 1), f"m-{number}")
    office.join("m-never")
    today = day_in(office.content, office.clock())
    with office.hq.database.write() as connection:
        before = read_meta(connection, "head")
        counts = segment_members(connection, today, office.clock())
        assert read_meta(connection, "head") > before
        before = read_meta(connection, "head")
        segment_members(connection, today, office.clock())
        assert read_meta(connection, "head") == before
    assert sum(counts.values()) == 6
    assert office.column("segment", "m-4") == "regular"
    assert office.column("segment", "m-never") == "occasional"
    assert office.row("m-4").segment == "regular"
    with office.hq.database.write() as connection:
        counts = segment_members(connection, today + timedelta(days=400))
    assert counts == {Segment.OCCASIONAL: 6}
    office.hq.close()
