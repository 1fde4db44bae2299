"""First in, first out: which of a member's points lapse when, from the entries of the ledger."""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

FOR_EVER = date.max
"""Stands for the last day of points that never lapse."""

_Place = tuple[date, int]
"""Last day and number of an entry: the order in which points are spent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a ledger's entry decides over the lots.

    Attributes:
        n: place in the ledger, growing.
        points: signed.
        lapses_on: last day of points that come in; None for ever.
        purchase_id: its reversal takes back its own points first.
        redemption_id: points that come back go to where they were taken from.
        is_lapse: its points went because their last day was over.
    """

    n: int
    points: int
    lapses_on: date | None = None
    purchase_id: str | None = None
    redemption_id: str | None = None
    is_lapse: bool = False


@dataclass(frozen=True, slots=True)
class Lot:
    """Points that came in together and are still there; `last_day` None: they never lapse."""

    points: int
    last_day: date | None


@dataclass(slots=True)
class _Lots:
    """The lots between two entries.

    Attributes:
        left: points by place; only what is not spent.
        order: the places of `left`, the soonest first.
        debt: points spent beyond all lots.
        taken: by redemption, the places its points came from.
        own: by purchase, the place of its points.
        lapsed: by place, how many points of it lapsed.
    """

    left: dict[_Place, int] = field(default_factory=dict)
    order: list[_Place] = field(default_factory=list)
    debt: int = 0
    taken: dict[str, list[tuple[_Place, int]]] = field(default_factory=dict)
    own: dict[str, _Place] = field(default_factory=dict)
    lapsed: dict[_Place, int] = field(default_factory=dict)


def lots_of(entries: Iterable[Entry]) -> tuple[Lot, ...]:
    """The points that are there after these entries, those that lapse first in front.

    Points are spent in the order in which they lapse. A balance below zero is a debt: what
    comes in pays it before anything is kept. Points that are given back go to the lots they
    were taken from, those that lapse last first; what a debt has swallowed meanwhile comes back
    with the entry's own last day.

    Args:
        entries: of one member, in the order of the ledger.
    """
    lots = _after(entries)
    return tuple(
        Lot(lots.left[place], None if place[0] == FOR_EVER else place[0]) for place in lots.order
    )


def lapsed_of(entries: Iterable[Entry], purchase_id: str) -> int:
    """How many of the points that a purchase earned have lapsed.

    Args:
        entries: as for `lots_of`.
        purchase_id: which; one that earned nothing has none.
    """
    lots = _after(entries)
    own = lots.own.get(purchase_id)
    return lots.lapsed.get(own, 0) if own is not None else 0


def expiring(lots: Sequence[Lot], count: int) -> list[tuple[date, int]]:
    """The next days on which points lapse, and how many on each, the soonest first."""
    days: dict[date, int] = {}
    for lot in lots:
        if lot.last_day is not None:
            days[lot.last_day] = days.get(lot.last_day, 0) + lot.points
    return sorted(days.items())[:count]


def lapsed(lots: Sequence[Lot], day: date) -> int:
    """Points whose last day lies before this one."""
    return sum(lot.points for lot in lots if lot.last_day is not None and lot.last_day < day)


def _after(entries: Iterable[Entry]) -> _Lots:
    lots = _Lots()
    for entry in entries:
        if entry.points < 0:
            _spend(lots, entry)
        elif entry.redemption_id in lots.taken:
            _give_back(lots, entry)
        else:
            _come_in(lots, entry, entry.points)
    return lots


def _come_in(lots: _Lots, entry: Entry, points: int) -> None:
    paid = min(lots.debt, points)
    lots.debt -= paid
    if points > paid:
        place = (entry.lapses_on or FOR_EVER, entry.n)
        _put(lots, place, points - paid)
        if entry.purchase_id is not None:
            lots.own[entry.purchase_id] = place


def _put(lots: _Lots, place: _Place, points: int) -> None:
    if place not in lots.left:
        insort(lots.order, place)
    lots.left[place] = lots.left.get(place, 0) + points


def _spend(lots: _Lots, entry: Entry) -> None:
    wanted = -entry.points
    own = lots.own.get(entry.purchase_id or "")
    if own is not None:
        wanted -= _take(lots, own, wanted, entry)
    while wanted and lots.order:
        wanted -= _take(lots, lots.order[0], wanted, entry)
    lots.debt += wanted
    if entry.redemption_id is not None:
        lots.taken.setdefault(entry.redemption_id, [])


def _take(lots: _Lots, place: _Place, wanted: int, entry: Entry) -> int:
    """Take up to so many points of one lot; how many there were."""
    there = lots.left.get(place, 0)
    part = min(there, wanted)
    if part == 0:
        return 0
    if part == there:
        del lots.left[place]
        lots.order.remove(place)
    else:
        lots.left[place] = there - part
    if entry.redemption_id is not None:
        lots.taken.setdefault(entry.redemption_id, []).append((place, part))
    if entry.is_lapse:
        lots.lapsed[place] = lots.lapsed.get(place, 0) + part
    return part


def _give_back(lots: _Lots, entry: Entry) -> None:
    points = entry.points
    paid = min(lots.debt, points)
    lots.debt -= paid
    points -= paid
    sources = lots.taken[entry.redemption_id or ""]
    while points and sources:
        place, part = sources.pop()
        back = min(part, points)
        _put(lots, place, back)
        points -= back
        if back < part:
            sources.append((place, part - back))
    _come_in(lots, entry, points)
