"""Events: announced to those they concern, in their order, never after they have passed."""

from datetime import date

import pytest

from kiosk.loyalty.calendar import next_event, next_events
from kiosk.model.programme import Event
from tests.factories import STORE, local, programme

TODAY = date(2026, 11, 21)


def event(event_id: str, day: int, **changes: object) -> Event:
    """An event in November."""
    words = {"name": local("会员日", "Member day"), "badge": local("积分 ×2", "Points ×2")}
    on = date(2026, 11, day)
    return Event.model_validate({"event_id": event_id, "on": on, **words, **changes})


CALENDAR = (
    event("late", 30),
    event("past", 20),
    event("silver-only", 22, tiers=("silver",)),
    event("elsewhere", 23, stores=("bj-cy-01",)),
    event("b", 24),
    event("a", 24),
    event("today", 21),
    event("gold", 29, tiers=("silver", "gold")),
    event("here", 28, stores=(STORE, "bj-cy-01")),
)


@pytest.mark.parametrize(
    ("tier_id", "count", "expected"),
    [
        ("gold", 3, ["today", "a", "b"]),
        ("gold", 9, ["today", "a", "b", "here", "gold", "late"]),
        ("silver", 3, ["today", "silver-only", "a"]),
        ("platinum", 9, ["today", "a", "b", "here", "late"]),
        ("gold", 0, []),
    ],
)
def test_members_hear_of_their_own_events_here(
    tier_id: str, count: int, expected: list[str]
) -> None:
    """An invitation to a day for others, or to another city, is a disappointment."""
    rules = programme(events=CALENDAR)
    told = next_events(rules, tier_id, STORE, TODAY, count)
    assert [one.event_id for one in told] == expected


def test_three_are_announced_unless_told_otherwise() -> None:
    """The page has room for three."""
    assert len(next_events(programme(events=CALENDAR), "gold", STORE, TODAY)) == 3


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 11, 21), "today"), (date(2026, 11, 30), "late"), (date(2026, 12, 1), None)],
)
def test_the_next_event_may_be_today_but_not_past(today: date, expected: str | None) -> None:
    """A calendar that announces yesterday is worse than none."""
    found = next_event(CALENDAR, today)
    assert (found and found.event_id) == expected
