"""What points are worth in money, and the one rule of rounding.

Rounding, stated once: points and money are whole numbers. A figure is computed exactly,
everything multiplied before anything is divided, and rounded a single time at the end: what a
member gets or owns (a worth, points of a purchase, cash-back) down, what a member still has to do
(a purchase, visits) up. So the kiosk never promises more than HQ gives.
"""

from kiosk.model.programme import Programme
from kiosk.model.units import Fen, Points


def worth_fen(points: Points, programme: Programme) -> Fen:
    """What this many points are worth; a balance below zero is worth nothing."""
    return Fen(max(points, 0) * programme.point_worth_milli_fen // 1000)


def rounded_up(amount: int, unit: int) -> int:
    """How many units hold this amount."""
    return -(-amount // unit)
