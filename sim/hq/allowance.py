"""How HQ's risk with one member is divided among kiosks that may be offline for a while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.model.rules import OfflineRule

DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Allowance:
    """What kiosks were told they may spend on while HQ is away.

    Attributes:
        told: points by kiosk.
        cut_on: the store-local day on which a share was last made smaller; None if never.
        due: the day on which shares may grow again; None when they are as they should be.
    """

    told: Mapping[str, int]
    cut_on: date | None = None
    due: date | None = None


def next_allowance(
    before: Allowance, kiosks: Sequence[str], rule: OfflineRule, day: date
) -> Allowance:
    """The shares to be told on this day, their sum never more than HQ risks.

    A kiosk that is offline goes on with the share it was told until its directory is too old to
    give out anything. So a share is taken away first, and given to another kiosk only when
    nobody can hold the old one any more.

    Args:
        before: what was told until now.
        kiosks: those that shall share; none for a member who may spend nothing offline.
        rule: how much, and how old a directory may be.
        day: store-local.
    """
    share = rule.points_per_member // len(kiosks) if rule.allowed and kiosks else 0
    wanted = dict.fromkeys(kiosks, share) if share else {}
    kept = {one: min(points, wanted[one]) for one, points in before.told.items() if one in wanted}
    cut_on = before.cut_on if kept == dict(before.told) else day
    # A directory of the day of the cut may be one day younger than the hours say.
    waits = timedelta(days=-(-rule.max_age_hours // DAY_HOURS) + 1)
    if kept == wanted:
        return Allowance(wanted, cut_on)
    if cut_on is None or cut_on + waits <= day:
        return Allowance(wanted, cut_on)
    return Allowance(kept, cut_on, cut_on + waits)
