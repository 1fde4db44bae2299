"""The demo's calendar: its member days and workshops, dated ahead of any day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

MEMBER_DAY = 28
"""Day of the month of the demo's member day; every month has it."""

MEMBER_DAYS_AHEAD = 3
"""Member days announced ahead."""

WORKSHOPS_AHEAD = 2
"""Workshops of each kind announced ahead."""

_SATURDAY = 5
"""`date.weekday` of the day on which the workshops are."""


def calendar(today: date) -> list[dict[str, Any]]:
    """The events of the programme that follow this day, as its document has them, by date."""
    events = [_member_day(day) for day in member_days(today)]
    events += [_craft(day) for day in saturdays(today, 1)]
    events += [_baking(day) for day in saturdays(today, 3)]
    return sorted(events, key=lambda event: str(event["on"]))


def member_days(today: date) -> list[date]:
    """The next member days, today's included."""
    return _following(today, MEMBER_DAYS_AHEAD, lambda day: day.day == MEMBER_DAY)


def saturdays(today: date, nth: int) -> list[date]:
    """The next Saturdays that are the n-th of their month, from 1 to 4; today's included."""
    week = range(7 * nth - 6, 7 * nth + 1)
    return _following(
        today, WORKSHOPS_AHEAD, lambda day: day.weekday() == _SATURDAY and day.day in week
    )


def _following(today: date, count: int, fits: Callable[[date], bool]) -> list[date]:
    return list(islice(filter(fits, _days_from(today)), count))


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _member_day(day: date) -> dict[str, Any]:
    return {
        "event_id": f"member-day-{day:%Y%m}",
        "on": day.isoformat(),
        "name": {"zh-CN": "会员日", "en": "Member day"},
        "badge": {"zh-CN": "积分 ×2", "en": "Points ×2"},
        "line": {"zh-CN": "当天每笔消费，积分双倍", "en": "Twice the points on every purchase"},
        "earn_percent": 200,
    }


def _craft(day: date) -> dict[str, Any]:
    return {
        "event_id": f"paper-craft-{day:%Y%m}",
        "on": day.isoformat(),
        "name": {"zh-CN": "亲子折纸手工课", "en": "Paper-craft afternoon"},
        "badge": {"zh-CN": "12 席", "en": "12 seats"},
        "line": {"zh-CN": "14:00–16:00，材料免费", "en": "14:00–16:00, materials are free"},
        "seats": 12,
    }


def _baking(day: date) -> dict[str, Any]:
    return {
        "event_id": f"baking-{day:%Y%m}",
        "on": day.isoformat(),
        "name": {"zh-CN": "糕点制作", "en": "Baking workshop"},
        "badge": {"zh-CN": "8 席", "en": "8 seats"},
        "line": {"zh-CN": "10:00–12:00，银卡、金卡会员", "en": "10:00–12:00, Silver and Gold"},
        "seats": 8,
        "tiers": ["silver", "gold"],
        "stores": ["sh-ja-01", "bj-cy-01"],
    }
