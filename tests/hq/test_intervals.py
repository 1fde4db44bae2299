"""Confidence intervals against published values, exact coverage, and both ends of the scale."""

from math import comb

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.hq.statistics.intervals import Z_95, Interval, net_share, share


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_the_published_interval(hits: int, n: int, low: float, high: float) -> None:
    """Wilson's interval as Newcombe tabulates it (Stat Med 1998, 17:857-872, table I)."""
    found = share(hits, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("ups", "downs", "n", "low", "high"),
    [(6, 16, 161, -0.1240, -0.0054), (1, 7, 21, -0.5172, -0.0260)],
)
def test_a_net_share_has_the_published_interval(
    ups: int, downs: int, n: int, low: float, high: float
) -> None:
    """Tango's interval as Fagerland, Lydersen and Laake give it (2017, chapter 8, two trials)."""
    found = net_share(ups, downs, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_a_net_share_of_all_or_none_has_a_width() -> None:
    """Twenty promoters out of twenty would be told as certainty."""
    z2 = Z_95**2
    top = net_share(20, 0, 20)
    assert (top.value, top.high) == (1, 1)
    assert top.low == pytest.approx((20 - z2) / (20 + z2))
    nobody = net_share(0, 0, 20)
    assert (nobody.low, nobody.high) == pytest.approx((-z2 / (20 + z2), z2 / (20 + z2)))


SPLITS = st.integers(1, 400).flatmap(
    lambda n: st.integers(0, n).flatmap(
        lambda ups: st.tuples(st.just(ups), st.integers(0, n - ups), st.just(n))
    )
)


@given(SPLITS)
@example((1, 0, 1))
@example((399, 1, 400))
def test_an_interval_holds_its_value_and_stays_on_the_scale(split: tuple[int, int, int]) -> None:
    """A chart would show an error bar beside its point, or beyond 100."""
    ups, downs, n = split
    for found, least in ((net_share(ups, downs, n), -1), (share(ups, n), 0)):
        assert least <= found.low <= found.value <= found.high <= 1
        assert found.low < found.high


@given(SPLITS)
def test_swapping_sides_mirrors_the_interval(split: tuple[int, int, int]) -> None:
    """Detractors would weigh other than promoters."""
    ups, downs, n = split
    one, other = net_share(ups, downs, n), net_share(downs, ups, n)
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_without_a_middle_it_is_wilsons(split: tuple[int, int]) -> None:
    """The two scores of one page would disagree about the same answers."""
    ups, n = split
    net, plain = net_share(ups, n - ups, n), share(ups, n)
    assert net.low == pytest.approx(2 * plain.low - 1, abs=1e-9)
    assert net.high == pytest.approx(2 * plain.high - 1, abs=1e-9)


@given(SPLITS)
def test_more_answers_of_the_same_kind_make_it_narrower(split: tuple[int, int, int]) -> None:
    """Waiting for more answers would not pay."""
    ups, downs, n = split

    def width(found: Interval) -> float:
        return found.high - found.low

    assert width(net_share(4 * ups, 4 * downs, 4 * n)) < width(net_share(ups, downs, n))


@pytest.mark.parametrize(
    ("up", "down"), [(0.6, 0.1), (0.3, 0.3), (0.9, 0.02), (0.45, 0.25), (0.05, 0.8), (0.98, 0.0)]
)
def test_twenty_answers_cover_the_truth_as_often_as_said(up: float, down: float) -> None:
    """An interval of 95 % would only be called so; counted over every outcome, not by chance."""
    n, covered = 20, 0.0
    for ups in range(n + 1):
        for downs in range(n + 1 - ups):
            ways = comb(n, ups) * comb(n - ups, downs)
            chance = ways * up**ups * down**downs * (1 - up - down) ** (n - ups - downs)
            found = net_share(ups, downs, n)
            if found.low <= up - down <= found.high:
                covered += chance
    assert covered > 0.93
