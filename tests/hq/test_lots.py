"""First in, first out: which points are spent, which lapse, and which come back."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.hq.lots import Entry, Lot, expiring, lapsed, lapsed_of, lots_of

DAY = date(2026, 11, 30)
LATER = date(2026, 12, 31)


def entry(n: int, points: int, lapses_on: date | None = None, **changes: Any) -> Entry:
    """An entry of the ledger."""
    return Entry(n, points, lapses_on, **changes)


TABLE: dict[str, tuple[list[Entry], list[Lot]]] = {
    "nothing": ([], []),
    "two lots in the order they lapse": (
        [entry(1, 10, LATER), entry(2, 20, DAY)],
        [Lot(20, DAY), Lot(10, LATER)],
    ),
    "those without an end are spent last": (
        [entry(1, 10), entry(2, 20, DAY), entry(3, -25)],
        [Lot(5, None)],
    ),
    "a debt is paid first": (
        [entry(1, 10, DAY), entry(2, -30), entry(3, 25, LATER)],
        [Lot(5, LATER)],
    ),
    "a debt that is not paid": ([entry(1, -30), entry(2, 25, LATER)], []),
    "given back to where it was taken": (
        [
            entry(1, 10, DAY),
            entry(2, 10, LATER),
            entry(3, -15, redemption_id="a"),
            entry(4, 15, redemption_id="a"),
        ],
        [Lot(10, DAY), Lot(10, LATER)],
    ),
    "a part of it to what lapses last": (
        [
            entry(1, 10, DAY),
            entry(2, 10, LATER),
            entry(3, -15, redemption_id="a"),
            entry(4, 3, redemption_id="a"),
        ],
        [Lot(8, LATER)],
    ),
    "what a debt has swallowed comes with its own day": (
        [
            entry(1, 10, DAY),
            entry(2, -30, redemption_id="a"),
            entry(3, 20, LATER),
            entry(4, 30, LATER, redemption_id="a"),
        ],
        [Lot(10, DAY), Lot(20, LATER)],
    ),
    "a refund takes its purchase's own points": (
        [
            entry(1, 10, DAY),
            entry(2, 10, LATER, purchase_id="p"),
            entry(3, -10, purchase_id="p"),
        ],
        [Lot(10, DAY)],
    ),
    "and others where they are spent": (
        [
            entry(1, 10, DAY, purchase_id="p"),
            entry(2, 10, LATER),
            entry(3, -4),
            entry(4, -10, purchase_id="p"),
        ],
        [Lot(6, LATER)],
    ),
}


@pytest.mark.parametrize(("entries", "lots"), TABLE.values(), ids=TABLE.keys())
def test_lots(entries: list[Entry], lots: list[Lot]) -> None:
    """The wrong points would lapse, and a member would lose what they have spent already."""
    assert list(lots_of(entries)) == lots


def test_what_lapses_next_is_told_by_day() -> None:
    """Two purchases of one month would be told as if only one of them lapsed."""
    lots = lots_of([entry(1, 10, LATER), entry(2, 20, DAY), entry(3, 5, DAY), entry(4, 9)])
    assert expiring(lots, 3) == [(DAY, 25), (LATER, 10)]
    assert expiring(lots, 1) == [(DAY, 25)]


@pytest.mark.parametrize(("day", "points"), [(DAY, 0), (DAY + timedelta(days=1), 20)])
def test_points_can_be_spent_on_their_last_day(day: date, points: int) -> None:
    """Points would lapse a day early, or a day late."""
    assert lapsed(lots_of([entry(1, 20, DAY), entry(2, 10, LATER)]), day) == points


@pytest.mark.parametrize(
    ("spent", "gone", "of_first"),
    [(0, 0, 0), (0, 10, 10), (4, 6, 6), (10, 20, 0), (0, 12, 10)],
    ids=["none", "all of it", "what was not spent", "another's", "its own and another's"],
)
def test_lapsed_points_are_known_by_their_purchase(spent: int, gone: int, of_first: int) -> None:
    """A refund would take points that lapsed, or spare some that another purchase lost."""
    entries = [entry(1, 10, DAY, purchase_id="p"), entry(2, 30, LATER, purchase_id="q")]
    entries += [entry(3, -spent), Entry(4, -gone, is_lapse=True)]
    assert lapsed_of(entries, "p") == of_first
    assert lapsed_of(entries, "q") == gone - of_first
    assert lapsed_of(entries, "earned nothing") == 0


@dataclass
class Story:
    """What may happen to a member's points."""

    moves: list[tuple[str, int]]

    def entries(self) -> list[Entry]:
        """As the ledger would hold it; a hold is given back at most once."""
        found: list[Entry] = []
        open_holds: list[tuple[str, int]] = []
        for n, (what, value) in enumerate(self.moves):
            if what == "in":
                last = DAY + timedelta(days=31 * (value % 7)) if value % 5 else None
                found.append(Entry(n, value, last))
            elif what == "out":
                found.append(Entry(n, -value))
            elif what == "hold":
                open_holds.append((f"h{n}", value))
                found.append(Entry(n, -value, redemption_id=f"h{n}"))
            elif open_holds:
                name, held = open_holds.pop(value % len(open_holds))
                found.append(Entry(n, held, LATER, redemption_id=name))
        return found


STORIES = st.builds(
    Story,
    st.lists(
        st.tuples(st.sampled_from(["in", "out", "hold", "back"]), st.integers(1, 60)), max_size=25
    ),
)


@given(STORIES)
def test_lots_are_the_balance(story: Story) -> None:
    """More would lapse than is there, or points would be there that no lot has."""
    entries = story.entries()
    lots = lots_of(entries)
    balance = sum(one.points for one in entries)
    assert all(lot.points > 0 for lot in lots)
    assert sum(lot.points for lot in lots) == max(balance, 0)


@given(STORIES, st.integers(1, 60))
def test_a_hold_given_back_at_once_leaves_no_trace(story: Story, points: int) -> None:
    """Whoever changes their mind would find points that lapse earlier than before."""
    before = story.entries()
    whole = sum(one.points for one in before)
    if points > whole:
        return
    n = len(story.moves)
    held = Entry(n, -points, redemption_id="now")
    back = Entry(n + 1, points, LATER, redemption_id="now")
    assert lots_of([*before, held, back]) == lots_of(before)


@given(STORIES)
def test_expiry_takes_just_what_has_lapsed(story: Story) -> None:
    """An expiry would eat points that are still good, or leave lapsed ones behind."""
    entries = story.entries()
    day = DAY + timedelta(days=40)
    before = lots_of(entries)
    gone = lapsed(before, day)
    after = lots_of([*entries, Entry(len(story.moves), -gone)]) if gone else before
    assert lapsed(after, day) == 0
    assert [lot for lot in before if lot.last_day is None or lot.last_day >= day] == list(after)
