"""A purchase that is given back as a whole leaves no trace, whatever happened between."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.model.rules import CashBack, Expiry
from sim.hq.tables import member
from tests.hq.office import Office, open_office
from tests.hq.test_purchases import TIERS

PURCHASES_FEN = st.sampled_from([99, 5_000, 150_000, 310_000, 2_000_000])
"""Nothing to speak of, half a silver, silver, gold: for a factory's tiers and floor."""

DAYS = st.sampled_from([0, 1, 20, 45, 200, 370])
STORIES = st.lists(st.tuples(PURCHASES_FEN, DAYS), max_size=5)

NOT_COMPARED = {"as_of", "due"}
"""When it was last changed, and when it is looked at next: a look too many changes nothing."""


@settings(max_examples=10, deadline=None)
@given(
    before=STORIES,
    fen=PURCHASES_FEN,
    days=DAYS,
    months=st.sampled_from([1, 3, 24]),
    part=st.integers(0, 99),
)
def test_what_was_given_back_leaves_no_trace(
    before: list[tuple[int, int]], fen: int, days: int, months: int, part: int
) -> None:
    """Points, tier, cash-back or the days on which points lapse would tell of it for ever."""
    without = _standing(before, [], days, months)
    first = fen * part // 100
    assert _standing(before, [one for one in (first, fen - first) if one], days, months) == without


def _standing(
    before: list[tuple[int, int]], parts: list[int], days: int, months: int
) -> dict[str, Any]:
    """The member's row after a story, a purchase, some days, and its refund in parts."""
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(
            Path(folder),
            tiers=TIERS,
            expiry=Expiry(months=months),
            cash_back=CashBack(per_mille=10, floor_fen=100_000),
        )
        office.join(points=500)
        for bought_fen, later in before:
            office.buy(bought_fen)
            office.pass_time(days=later)
        if parts:
            office.buy(sum(parts), purchase_id="p")
        office.pass_time(days=days)
        for part in parts:
            office.refund("p", part)
        office.pass_time(seconds=1)
        row = _row(office)
        office.hq.close()
    return row


def _row(office: Office) -> dict[str, Any]:
    with office.hq.database.read() as connection:
        row = connection.execute(select(member)).one()
    return {name: value for name, value in row._asdict().items() if name not in NOT_COMPARED}
