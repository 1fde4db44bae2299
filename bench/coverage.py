"""How often the intervals of HQ's boards hold the truth: counted exactly over every outcome."""

import sys
from collections.abc import Iterator
from math import comb

from sim.hq.statistics.intervals import net_share, share

SIZES = (10, 20, 50, 100)
STEP = 0.05
"""Of the grid of true shares."""


def main() -> None:
    """Print a table; 95 % is what the intervals say of themselves."""
    sys.stdout.write("answers    CSAT mean  least    NPS mean  least\n")
    for n in SIZES:
        one, net = list(_shares(n)), list(_nets(n))
        figures = (sum(one) / len(one), min(one), sum(net) / len(net), min(net))
        csat, csat_least, nps, nps_least = (f"{100 * one:.1f} %" for one in figures)
        sys.stdout.write(f"{n:7}  {csat:>11} {csat_least:>6} {nps:>11} {nps_least:>6}\n")


def _grid() -> list[float]:
    return [round(at * STEP, 2) for at in range(round(1 / STEP) + 1)]


def _shares(n: int) -> Iterator[float]:
    intervals = [share(hits, n) for hits in range(n + 1)]
    for truth in _grid()[1:-1]:
        yield sum(
            comb(n, hits) * truth**hits * (1 - truth) ** (n - hits)
            for hits, found in enumerate(intervals)
            if found.low <= truth <= found.high
        )


def _nets(n: int) -> Iterator[float]:
    outcomes = [(ups, downs) for ups in range(n + 1) for downs in range(n + 1 - ups)]
    intervals = {one: net_share(*one, n) for one in outcomes}
    for up in _grid()[1:-1]:
        for down in (one for one in _grid()[1:] if up + one <= 1):
            yield sum(
                _chance(n, ups, downs, up, down)
                for (ups, downs), found in intervals.items()
                if found.low <= up - down <= found.high
            )


def _chance(n: int, ups: int, downs: int, up: float, down: float) -> float:
    rest = max(0.0, 1 - up - down)
    ways = comb(n, ups) * comb(n - ups, downs)
    return float(ways * up**ups * down**downs * rest ** (n - ups - downs))


if __name__ == "__main__":
    main()
