"""The ladder: every reward that is offered stands on exactly one rung, in a helpful order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.ladder import Ladder, ladder
from kiosk.model.programme import Reward
from kiosk.model.units import Points
from tests.factories import STORE, reward, rewards

TODAY = date(2026, 11, 21)


def climb(
    offered: tuple[Reward, ...],
    balance: int,
    today: date | None = TODAY,
    used_up: tuple[str, ...] = (),
) -> Ladder:
    """The ladder of a gold member in the first store."""
    return ladder(offered, Points(balance), "gold", STORE, today, used_up)


def ids(offered: tuple[Reward, ...]) -> list[str]:
    """Their names."""
    return [one.reward_id for one in offered]


def test_what_is_within_reach_comes_worthiest_first() -> None:
    """The first row is the one most people read."""
    assert ids(climb(rewards(), 12_680).within_reach) == [
        "trench-coat",
        "cashmere-cardigan",
        "wool-scarf",
        "canvas-tote",
        "cotton-socks",
    ]


def test_what_is_coming_comes_nearest_first() -> None:
    """The headline names a distance; a farther reward there would discourage."""
    rungs = climb(rewards(), 2_999)
    assert rungs.next is not None
    assert (rungs.next.reward.reward_id, rungs.next.missing) == ("cashmere-cardigan", 1)
    assert rungs.next.fraction == pytest.approx(2_999 / 3_000)
    assert [one.missing for one in rungs.coming] == [1, 2_001, 10_001]


def test_equals_keep_one_order() -> None:
    """Rows that change places between two taps look like a mistake."""
    twins = tuple(reward(reward_id=name, worth_fen=3_900) for name in ("b", "a", "c"))
    assert ids(climb(twins, 2_400).within_reach) == ["a", "b", "c"]
    assert [one.reward.reward_id for one in climb(twins, 0).coming] == ["a", "b", "c"]
    cheap = reward(reward_id="z", points=100, worth_fen=3_900)
    assert ids(climb((*twins, cheap), 2_400).within_reach) == ["z", "a", "b", "c"]


def test_the_last_piece_for_the_last_point_is_within_reach_and_nowhere_else() -> None:
    """A member with just enough would be told to earn more, or that nothing is left."""
    rungs = climb((reward(reward_id="last", points=2_400, stock={STORE: 1}),), 2_400)
    assert (ids(rungs.within_reach), rungs.coming, rungs.out_of_stock) == (["last"], (), ())


def test_what_has_run_out_here_is_kept_apart_cheapest_first() -> None:
    """It may be shown last, never offered or counted as a distance."""
    gone = (
        reward(reward_id="elsewhere", points=9_000, stock={"another-store": 3}),
        reward(reward_id="none-left", points=100, stock={STORE: 0}),
    )
    rungs = climb(gone, 5_000)
    assert (rungs.within_reach, rungs.coming, rungs.next) == ((), (), None)
    assert ids(rungs.out_of_stock) == ["none-left", "elsewhere"]


def test_rewards_of_other_tiers_are_left_out() -> None:
    """What a member may never have must not be dangled."""
    closed = reward(reward_id="silver-only", tiers=("silver",), stock={})
    assert climb((closed,), 99_999) == Ladder((), (), ())


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        (date(2026, 10, 31), []),
        (date(2026, 11, 1), ["season"]),
        (date(2026, 11, 30), ["season"]),
        (date(2026, 12, 1), []),
        (None, []),
    ],
)
def test_a_reward_of_a_season_is_there_from_its_first_to_its_last_day(
    today: date | None, offered: list[str]
) -> None:
    """Neither early, nor late, nor by a clock nobody believes."""
    season = reward(
        reward_id="season", available_from=date(2026, 11, 1), available_to=date(2026, 11, 30)
    )
    assert ids(climb((season,), 5_000, today).within_reach) == offered


REWARDS = st.lists(
    st.builds(
        reward,
        reward_id=st.uuids().map(str),
        points=st.integers(1, 20_000),
        worth_fen=st.integers(0, 100_000),
        tiers=st.sampled_from([(), ("gold",), ("silver",), ("silver", "gold")]),
        stock=st.sampled_from([{}, {STORE: 0}, {STORE: 3}, {"another-store": 3}]),
        available_to=st.sampled_from([None, date(2026, 11, 20), date(2026, 11, 21)]),
    ),
    max_size=12,
    unique_by=lambda one: one.reward_id,
).map(tuple)


@given(REWARDS, st.integers(-1_000, 25_000), st.integers(0, 12))
def test_every_offered_reward_stands_on_exactly_one_rung(
    offered: tuple[Reward, ...], balance: int, had: int
) -> None:
    """One shown as affordable that is not would end in a refusal; one lost is never redeemed."""
    used_up = tuple(ids(offered[:had]))
    rungs = climb(offered, balance, used_up=used_up)
    standing = [
        *rungs.within_reach,
        *(one.reward for one in rungs.coming),
        *rungs.out_of_stock,
        *rungs.used_up,
    ]
    mine = [one for one in offered if one.offered_on(TODAY) and one.tiers != ("silver",)]
    assert sorted(ids(tuple(standing))) == sorted(ids(tuple(mine)))
    assert all(one.reward_id in used_up for one in rungs.used_up)
    assert not any(one.reward_id in used_up for one in standing[: -len(rungs.used_up) or None])
    assert all(one.points <= balance for one in rungs.within_reach)
    assert all(one.reward.points == balance + one.missing for one in rungs.coming)
    assert all(one.missing >= 1 and 0 <= one.fraction < 1 for one in rungs.coming)
    assert all(one.stock.get(STORE, 0) == 0 for one in rungs.out_of_stock)
    assert [one.missing for one in rungs.coming] == sorted(one.missing for one in rungs.coming)
