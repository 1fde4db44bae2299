"""How good the profiles are that a store, or a member of its staff, has gathered.

Three figures, as the chain's contest has them: quantity, completeness, validity.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.hq.statistics.intervals import Interval, share


@dataclass(frozen=True, slots=True)
class Said:
    """One word about a profile that holds.

    Attributes:
        field: the question's name.
        value: None where an old value was called still right.
        store_id, staff_id: where it was gathered, and by whom; None for the member at a kiosk.
        day: store-local.
    """

    member_id: str
    field: str
    value: Any
    store_id: str
    staff_id: str | None
    day: date


@dataclass(frozen=True, slots=True)
class Validity:
    """How many of the values that were checked again were still right.

    Attributes:
        missing: how many more checks it takes before the share is told.
    """

    checked: int
    missing: int
    found: Interval | None


@dataclass(frozen=True, slots=True)
class Quality:
    """What one store, or one member of staff, has gathered.

    Attributes:
        values: gathered; the same field of the same member counts once.
        members: whose profiles these are.
        completeness: of those profiles now, in percent on the average; None without any.
    """

    values: int
    members: int
    completeness: int | None
    validity: Validity


@dataclass(frozen=True, slots=True)
class Board:
    """The contest.

    Attributes:
        staff: by store and member of staff.
    """

    stores: Mapping[str, Quality]
    staff: Mapping[tuple[str, str], Quality]


@dataclass(slots=True)
class _Tally:
    values: set[tuple[str, str]] = field(default_factory=set)
    right: int = 0
    wrong: int = 0

    def quality(self, percents: Mapping[str, int], minimum: int) -> Quality:
        members = {member_id for member_id, _field in self.values}
        known = [percents[one] for one in members if one in percents]
        checked = self.right + self.wrong
        told = checked >= max(minimum, 1)
        return Quality(
            len(self.values),
            len(members),
            round(sum(known) / len(known)) if known else None,
            Validity(
                checked,
                0 if told else max(minimum, 1) - checked,
                share(self.right, checked) if told else None,
            ),
        )


def quality_board(
    said: Iterable[Said], percents: Mapping[str, int], since: date, minimum: int
) -> Board:
    """What was gathered since a day, and how it stood up to being checked since.

    A value is checked when it is called still right, or is told anew on a later day; a check
    counts for those who gathered the value that was checked.

    Args:
        said: of all times, in the order it was said.
        percents: how complete each member's profile is.
        since: what was gathered, or checked, before counts no more.
        minimum: with fewer checks their share is not told.
    """
    stores: defaultdict[str, _Tally] = defaultdict(_Tally)
    staff: defaultdict[tuple[str, str], _Tally] = defaultdict(_Tally)
    holds: dict[Hashable, Said] = {}
    for one in said:
        known = holds.get((one.member_id, one.field))
        for tally in _tallies(stores, staff, known):
            if known is not None and one.day >= since:
                _check(tally, known, one)
        if one.value is None:
            continue
        holds[one.member_id, one.field] = one
        if one.day >= since:
            for tally in _tallies(stores, staff, one):
                tally.values.add((one.member_id, one.field))
    return Board(
        {key: stores[key].quality(percents, minimum) for key in sorted(stores)},
        {key: staff[key].quality(percents, minimum) for key in sorted(staff)},
    )


def _tallies(
    stores: defaultdict[str, _Tally],
    staff: defaultdict[tuple[str, str], _Tally],
    said: Said | None,
) -> list[_Tally]:
    """Where a value counts: in its store, and for its member of staff if one noted it."""
    if said is None:
        return []
    found = [stores[said.store_id]]
    if said.staff_id is not None:
        found.append(staff[said.store_id, said.staff_id])
    return found


def _check(tally: _Tally, known: Said, now: Said) -> None:
    """A value told anew on its own day is a slip of the finger and no check."""
    if now.value is None or now.value == known.value:
        tally.right += now.value is None or now.day > known.day
    elif now.day > known.day:
        tally.wrong += 1
