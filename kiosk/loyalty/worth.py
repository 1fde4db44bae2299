"""What points are worth in money, and what purchases bring points.

Rounding, stated once: a worth shown to a member is rounded down to the fen, a purchase still
needed is rounded up to the fen, so that the kiosk never promises more than HQ gives.
"""

from kiosk.model.programme import Programme
from kiosk.model.units import Fen, Points


def worth_fen(points: Points, programme: Programme) -> Fen:
    """What this many points are worth; a balance below zero is worth nothing."""
    return Fen(max(points, 0) * programme.point_worth_milli_fen // 1000)


def purchase_for_fen(points: Points, programme: Programme) -> Fen:
    """The purchase that earns this many points at the programme's plain rate."""
    return Fen(max(points, 0) * programme.earn_fen_per_point)
