"""Rows and columns share their room fairly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui.flex import Claim, baseline_tops, share, starts
from kiosk.ui.nodes import Justify


@pytest.mark.parametrize(
    ("room", "claims", "lengths"),
    [
        (100, [(0, 20, 20), (1, 10, 10)], [20, 80]),
        (100, [(1, 10, 10), (1, 40, 40)], [50, 50]),  # equal however long their words
        (100, [(1, 10, 10), (1, 80, 80)], [20, 80]),  # but never below their content
        (90, [(1, 0, 0), (2, 0, 0)], [30, 60]),
        (100, [(0, 20, 20)], [20]),
        (100, [(0, 80, 40), (0, 60, 60)], [40, 60]),
        (100, [(0, 80, 40), (1, 60, 20)], [80, 20]),  # what grows gives way first
        (50, [(0, 80, 40), (0, 60, 60)], [40, 60]),  # cannot be helped: it overflows
        (10, [], []),
    ],
)
def test_share_of(room: int, claims: list[tuple[int, int, int]], lengths: list[int]) -> None:
    """Each row is a layout the screens rely on."""
    assert share(room, [Claim(*claim) for claim in claims]) == lengths


_CLAIMS = st.lists(
    st.builds(
        lambda grow, least, more: Claim(grow, least + more, least),
        st.sampled_from([0, 0, 1, 2]),
        st.integers(0, 60),
        st.integers(0, 60),
    ),
    min_size=1,
    max_size=6,
)


@given(st.integers(0, 300), _CLAIMS)
def test_no_pixel_is_lost_and_nobody_is_squeezed_too_far(room: int, claims: list[Claim]) -> None:
    """A pixel lost a row makes ragged cards; a child below its least is a cut word."""
    lengths = share(room, claims)
    assert all(n >= claim.least for n, claim in zip(lengths, claims, strict=True))
    if any(claim.grow for claim in claims) or sum(c.natural for c in claims) >= room:
        assert sum(lengths) == max(room, sum(claim.least for claim in claims))


def test_places_of_children() -> None:
    """Children must stand where their parent says, to the pixel."""
    assert starts([10, 10], 5, 100, Justify.START) == [0, 15]
    assert starts([10, 10], 5, 100, Justify.CENTRE) == [37, 52]
    assert starts([10, 10], 5, 100, Justify.END) == [75, 90]
    assert starts([10, 10, 10], 5, 100, Justify.BETWEEN) == [0, 45, 90]


def test_baselines_meet() -> None:
    """A small word beside a large figure stands on the same line."""
    tops = baseline_tops([80, 30], [100, 40], 120)
    assert [top + line for top, line in zip(tops, [80, 30], strict=True)] == [90, 90]
