"""A day, or a month, that is being chosen on wheels."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Wheel(Enum):
    """One of the wheels."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


A_DAY = (Wheel.YEAR, Wheel.MONTH, Wheel.DAY)
A_MONTH = (Wheel.YEAR, Wheel.MONTH)


@dataclass(frozen=True, slots=True)
class Wheels:
    """Where the wheels stand and which were touched; made by kiosk.session.wheels.

    A wheel that nobody touched stands somewhere all the same, and says nothing: only when all
    were touched is there a value. Else everybody who goes on in a hurry is born on 1 January.

    Attributes:
        year, month, day: where each was turned to. The 31st stays the 31st while the month
            is turned past shorter ones; kiosk.session.wheels.stands tells the day they mean.
        first, last: the limits, both possible.
        wheels: the ones there are.
        touched: those of them that were chosen by the person.
    """

    year: int = field(repr=False)
    month: int = field(repr=False)
    day: int = field(repr=False)
    first: date
    last: date
    wheels: tuple[Wheel, ...] = A_DAY
    touched: frozenset[Wheel] = field(default=frozenset(), repr=False)
