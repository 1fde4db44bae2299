"""Choosing a day on wheels: what a touch turns, within real days and given limits."""

from dataclasses import replace
from datetime import MINYEAR, date

from kiosk.loyalty.dates import MONTHS, month_end
from kiosk.session.states.wheels import A_DAY, Wheel, Wheels

JUMP_YEARS = 10
"""Years that one touch may pass over; the other wheels go round and need no such jump."""

LONGEST_LIFE_YEARS = 122
"""The longest life on record (Jeanne Calment, 1875 to 1997)."""

_BORN_YEARS_AGO, _BORN_ON = 35, (6, 15)
"""Where the wheels stand for a day of birth: where no other day is far."""

_NEAR = (-2, -1, 0, 1, 2)
_ROUND = (-3, *_NEAR, 3)
"""How far away a value may stand that can be touched; 0 chooses the one in the middle.

Months and days have two more places than years, where those have their jumps.
"""


def begin(
    first: date,
    last: date,
    at: date | None = None,
    *,
    chosen: bool = False,
    wheels: tuple[Wheel, ...] = A_DAY,
) -> Wheels:
    """Wheels that nobody touched, or those of a day that was chosen before.

    Args:
        first, last: the limits, both possible; `last` is not before `first`.
        at: where they stand; the last day if None.
        chosen: whether `at` was chosen before and is the value already.
    """
    day = min(max(at or last, first), last)
    touched = frozenset(wheels if chosen and at is not None else ())
    return Wheels(day.year, day.month, day.day, first, last, wheels, touched)


def born(today: date) -> Wheels:
    """Wheels for a day of birth, up to this store-local day."""
    first = date(max(MINYEAR, today.year - LONGEST_LIFE_YEARS), 1, 1)
    at = date(max(first.year, today.year - _BORN_YEARS_AGO), *_BORN_ON)
    return begin(first, today, at)


def turned(on: Wheels, value: str) -> Wheels | None:
    """The wheels after a touch, told as `year:-10`, `month:+1` or `day:0`; None for no such.

    A value in the middle is chosen with 0. Months and days go round; years end at the limits.
    """
    for wheel in on.wheels:
        for step in steps(wheel):
            if touch(wheel, step) == value:
                return _at(on, wheel, at_step(on, wheel, step))
    return None


def steps(wheel: Wheel) -> tuple[int, ...]:
    """How far one touch turns this wheel."""
    return (-JUMP_YEARS, *_NEAR, JUMP_YEARS) if wheel is Wheel.YEAR else _ROUND


def touch(wheel: Wheel, step: int) -> str:
    """How a touch is told: `year:-10`, `month:+1`, `day:0`."""
    return f"{wheel.value}:{step:+}" if step else f"{wheel.value}:0"


def at_step(on: Wheels, wheel: Wheel, step: int) -> int | None:
    """The value so many steps away; None where the wheel has none.

    A jump of years that would leave the limits ends at them.
    """
    low, high = _range(on, wheel)
    now, size = _shown(on, wheel), high - low + 1
    if abs(step) == JUMP_YEARS:
        end = min(max(now + step, low), high)
        return end if end != now else None
    if wheel is not Wheel.YEAR and size >= len(_ROUND):
        return low + (now - low + step) % size
    return now + step if low <= now + step <= high else None


def stands(on: Wheels) -> date:
    """The real day where the wheels stand, chosen or not."""
    return date(_shown(on, Wheel.YEAR), _shown(on, Wheel.MONTH), _shown(on, Wheel.DAY))


def chosen(on: Wheels) -> date | None:
    """The day that was chosen; None until every wheel was touched.

    Without a wheel for the day it is the first possible one of the month.
    """
    if not on.touched.issuperset(on.wheels):
        return None
    if Wheel.DAY in on.wheels:
        return stands(on)
    year, month = _shown(on, Wheel.YEAR), _shown(on, Wheel.MONTH)
    return max(date(year, month, 1), on.first)


def missing(on: Wheels) -> tuple[Wheel, ...]:
    """The wheels that were not touched yet."""
    return tuple(one for one in on.wheels if one not in on.touched)


def _shown(on: Wheels, wheel: Wheel) -> int:
    """Where a wheel stands, within what is possible beside the ones before it."""
    low, high = _range(on, wheel)
    return min(max(_turned_to(on, wheel), low), high)


def _turned_to(on: Wheels, wheel: Wheel) -> int:
    match wheel:
        case Wheel.YEAR:
            return on.year
        case Wheel.MONTH:
            return on.month
        case Wheel.DAY:
            return on.day


def _at(on: Wheels, wheel: Wheel, to: int | None) -> Wheels | None:
    """The wheels with one of them turned there by the person; None for nowhere."""
    touched = on.touched | {wheel}
    match wheel, to:
        case _, None:
            return None
        case Wheel.YEAR, int():
            return replace(on, year=to, touched=touched)
        case Wheel.MONTH, int():
            return replace(on, month=to, touched=touched)
        case Wheel.DAY, int():
            return replace(on, day=to, touched=touched)


def _range(on: Wheels, wheel: Wheel) -> tuple[int, int]:
    """The first and the last value that are possible: a year's months, a month's days."""
    if wheel is Wheel.YEAR:
        return on.first.year, on.last.year
    year = _shown(on, Wheel.YEAR)
    at_first, at_last = year == on.first.year, year == on.last.year
    if wheel is Wheel.MONTH:
        return (on.first.month if at_first else 1), (on.last.month if at_last else MONTHS)
    month = _shown(on, Wheel.MONTH)
    low = on.first.day if at_first and month == on.first.month else 1
    high = on.last.day if at_last and month == on.last.month else month_end(year, month).day
    return low, high
