"""Points that lapse: when, and what they would still buy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.loyalty.dates import month_end
from kiosk.model.ledger import Expiring
from kiosk.model.programme import Reward
from kiosk.model.rules import Expiry
from kiosk.model.units import Points


@dataclass(frozen=True, slots=True)
class NextExpiry:
    """What lapses next.

    Attributes:
        last_day: the last store-local day they can be spent on.
        days_left: until then; 0 is today.
        buys: the worthiest reward they would buy by themselves; None when they buy none.
    """

    points: Points
    last_day: date
    days_left: int
    buys: Reward | None


def expires_on(earned_on: date, rule: Expiry) -> date:
    """The last day of points earned on this store-local day."""
    return month_end(earned_on.year, earned_on.month + rule.months)


def next_expiry(
    expiring: Iterable[Expiring],
    spent: Points,
    balance: Points,
    rewards: Iterable[Reward],
    today: date,
) -> NextExpiry | None:
    """What lapses next, or None when nothing HQ has told of does.

    Args:
        expiring: as the member's row tells it, in any order.
        spent: points this kiosk has set aside that the row does not include; those that lapse
            first are spent first, as HQ does it.
        balance: points that can be spent; no more than that can lapse.
        rewards: those the member can have now, the worthiest first.
        today: the store-local day; what should have lapsed before it is left out.
    """
    last_day, points = None, 0
    for one in sorted(expiring, key=lambda one: one.last_day):
        if one.last_day < today:
            continue
        if last_day is not None and one.last_day != last_day:
            break
        left = max(one.points - spent, 0)
        spent = Points(max(spent - one.points, 0))
        if left:
            last_day, points = one.last_day, points + left
    points = min(points, balance)
    if last_day is None or points <= 0:
        return None
    buys = next((reward for reward in rewards if reward.points <= points), None)
    return NextExpiry(Points(points), last_day, (last_day - today).days, buys)
