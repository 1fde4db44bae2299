"""Quantity, completeness and validity of profiles against small tables."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.hq.statistics.quality import Board, Said, quality_board

DAY = date(2026, 9, 1)
LATER = DAY + timedelta(days=30)


def said(field: str, value: Any = "x", **changes: Any) -> Said:
    """A word of the member m-1 at the kiosk of s-1."""
    values = {"member_id": "m-1", "store_id": "s-1", "staff_id": None, "day": DAY}
    return Said(field=field, value=value, **(values | changes))


def board(*words: Said, minimum: int = 1, since: date = DAY) -> Board:
    """The board of these words."""
    return quality_board(words, {"m-1": 40, "m-2": 65}, since, minimum)


def test_a_value_counts_where_it_was_gathered() -> None:
    """A store would be paid for another one's work, or a member of staff not at all."""
    found = board(
        said("name"),
        said("size", staff_id="a"),
        said("size", staff_id="a", member_id="m-2"),
        said("style", store_id="s-2", staff_id="a"),
    )
    assert {key: (one.values, one.members) for key, one in found.stores.items()} == {
        "s-1": (3, 2),
        "s-2": (1, 1),
    }
    assert {key: one.values for key, one in found.staff.items()} == {
        ("s-1", "a"): 2,
        ("s-2", "a"): 1,
    }


def test_telling_it_again_is_not_more() -> None:
    """Noting one size ten times would win the contest."""
    found = board(*(said("size", f"{one}", staff_id="a") for one in range(10)))
    assert found.staff["s-1", "a"].values == 1


def test_completeness_is_that_of_the_profiles_worked_on() -> None:
    """Full profiles elsewhere would make up for empty ones here."""
    found = board(said("name"), said("name", member_id="m-2", store_id="s-2"), said("size"))
    assert {key: one.completeness for key, one in found.stores.items()} == {"s-1": 40, "s-2": 65}
    unknown = board(said("name", member_id="m-9"))
    assert unknown.stores["s-1"].completeness is None


def test_a_check_counts_for_who_gathered_the_value() -> None:
    """Whoever asks again would be blamed for what somebody else invented."""
    found = board(
        said("phone", "1", staff_id="a"),
        said("size", "M", staff_id="a"),
        said("phone", None, store_id="s-2", day=LATER),
        said("size", "L", store_id="s-2", staff_id="b", day=LATER),
    )
    validity = found.staff["s-1", "a"].validity
    assert validity.found is not None
    assert (validity.checked, validity.found.value) == (2, 0.5)
    assert found.staff["s-2", "b"].validity.checked == 0
    assert found.stores["s-1"].validity.checked == 2


def test_a_correction_on_the_same_day_is_no_check() -> None:
    """A slip of the finger, mended at once, would count as an invented value."""
    found = board(said("size", "M"), said("size", "L"), said("size", "L"))
    assert found.stores["s-1"].validity.checked == 0
    again = board(said("size", "M"), said("size", "M", day=LATER))
    assert again.stores["s-1"].validity.checked == 1


def test_what_was_before_the_period_is_only_checked_in_it() -> None:
    """A quarter's contest would be won by what was gathered a year ago."""
    found = board(said("size"), said("size", None, day=LATER), since=LATER)
    assert (found.stores["s-1"].values, found.stores["s-1"].validity.checked) == (0, 1)
    early = board(said("size"), said("size", None), said("name", day=LATER), since=LATER)
    assert (early.stores["s-1"].values, early.stores["s-1"].validity.checked) == (1, 0)


@given(st.integers(0, 12), st.integers(1, 12))
def test_few_checks_tell_no_share(many: int, minimum: int) -> None:
    """One wrong value of one would be told as nothing but wrong ones."""
    words = [said(f"f{one}", staff_id="a") for one in range(12)]
    checks = [said(f"f{one}", None, day=LATER) for one in range(many)]
    validity = board(*words, *checks, minimum=minimum).staff["s-1", "a"].validity
    assert (validity.checked, validity.missing) == (many, max(0, minimum - many))
    assert (validity.found is None) is (many < minimum)


WORDS = st.lists(
    st.builds(
        Said,
        st.sampled_from(["m-1", "m-2"]),
        st.sampled_from(["a", "b"]),
        st.sampled_from([None, "x", "y"]),
        st.sampled_from(["s-1", "s-2"]),
        st.sampled_from([None, "p", "q"]),
        st.dates(DAY, LATER),
    ),
    max_size=30,
).map(lambda words: sorted(words, key=lambda one: one.day))


@given(WORDS)
def test_staff_never_gather_more_than_their_store(words: list[Said]) -> None:
    """The two boards of one page would contradict each other."""
    found = board(*words)
    for (store_id, _staff), one in found.staff.items():
        store = found.stores[store_id]
        assert one.values <= store.values
        assert one.members <= store.members
        assert one.validity.checked <= store.validity.checked
