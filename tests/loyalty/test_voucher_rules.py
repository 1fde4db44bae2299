"""Vouchers: which day they begin and end, and when HQ gives them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.loyalty.vouchers import (
    VoucherState,
    anniversary_on,
    anniversary_years,
    birthday_window,
    coming_vouchers,
    usable_vouchers,
)
from kiosk.model.members import Voucher
from kiosk.model.rules import AnniversaryRule
from tests.factories import voucher

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("today", "usable", "coming"),
    [
        (date(2026, 10, 31), None, 1),
        (date(2026, 11, 1), 29, None),
        (date(2026, 11, 30), 0, None),
        (date(2026, 12, 1), None, None),
    ],
)
def test_a_voucher_holds_from_its_first_to_its_last_day(
    today: date, usable: int | None, coming: int | None
) -> None:
    """A month's last day is still the birthday month; the day before the first is not."""
    assert [one.days for one in usable_vouchers([voucher()], today)] == (
        [] if usable is None else [usable]
    )
    assert [one.days for one in coming_vouchers([voucher()], today)] == (
        [] if coming is None else [coming]
    )


def test_the_voucher_that_ends_first_is_offered_first() -> None:
    """Otherwise it runs out unseen; of two that end together the better price comes first."""
    late = voucher(voucher_id="late", valid_to=date(2026, 12, 31))
    soon = voucher(voucher_id="soon", valid_to=date(2026, 11, 22))
    cheap = voucher(voucher_id="cheap", valid_to=date(2026, 11, 22), price_factor_percent=50)
    views = usable_vouchers([late, soon, cheap], TODAY)
    assert [one.voucher.voucher_id for one in views] == ["cheap", "soon", "late"]


def test_the_voucher_that_begins_first_is_announced_first() -> None:
    """A member plans the next visit by it."""
    far = voucher(voucher_id="far", valid_from=date(2027, 1, 1), valid_to=date(2027, 1, 9))
    near = voucher(voucher_id="near", valid_from=date(2026, 12, 1), valid_to=date(2027, 3, 1))
    views = coming_vouchers([far, near], TODAY)
    assert [(one.voucher.voucher_id, one.days) for one in views] == [("near", 10), ("far", 41)]


def test_a_voucher_of_a_single_day_is_announced_and_usable_on_it() -> None:
    """A companion's birthday would pass without a word of it."""
    day = date(2026, 12, 24)
    only = voucher(valid_from=day, valid_to=day)
    assert [one.days for one in coming_vouchers([only], day - timedelta(days=3))] == [3]
    assert [one.days for one in usable_vouchers([only], day)] == [0]
    assert coming_vouchers([only], day) == ()


def test_a_voucher_that_ends_before_it_begins_is_never_shown() -> None:
    """HQ's slip must not promise anything, and must not close the page either."""
    odd = voucher(valid_from=date(2026, 12, 5), valid_to=date(2026, 12, 1))
    for today in (TODAY, date(2026, 12, 1), date(2026, 12, 3), date(2026, 12, 5)):
        assert usable_vouchers([odd], today) == coming_vouchers([odd], today) == ()


def test_far_years_are_counted_like_any_other() -> None:
    """A voucher for ever has the calendar's last day."""
    ever = voucher(valid_from=date.min, valid_to=date.max)
    assert usable_vouchers([ever], TODAY)[0].days == (date.max - TODAY).days


@given(st.lists(st.builds(voucher, valid_from=DAYS, valid_to=DAYS), max_size=8), DAYS)
def test_a_voucher_is_usable_or_coming_or_neither(vouchers: list[Voucher], today: date) -> None:
    """Shown twice it would be claimed twice; a countdown never runs below today."""
    usable, coming = usable_vouchers(vouchers, today), coming_vouchers(vouchers, today)
    assert len(usable) == sum(one.usable_on(today) for one in vouchers)
    assert all(one.state is VoucherState.USABLE and one.days >= 0 for one in usable)
    assert all(one.state is VoucherState.COMING and one.days >= 1 for one in coming)
    assert not any(one.voucher.usable_on(today) for one in coming)


@pytest.mark.parametrize(
    ("birthday", "year", "last"),
    [
        (date(1990, 11, 21), 2026, date(2026, 11, 30)),
        (date(1992, 2, 29), 2026, date(2026, 2, 28)),
        (date(1992, 2, 29), 2028, date(2028, 2, 29)),
        (date(1992, 2, 29), 2100, date(2100, 2, 28)),
        (date(1991, 12, 31), 2026, date(2026, 12, 31)),
        (date(1991, 1, 1), 2027, date(2027, 1, 31)),
    ],
)
def test_a_birthday_has_its_whole_month(birthday: date, year: int, last: date) -> None:
    """29 February is a birthday of every February."""
    assert birthday_window(birthday, year) == (last.replace(day=1), last)


@pytest.mark.parametrize(
    ("joined", "year_n", "on"),
    [
        (date(2025, 11, 21), 1, date(2026, 11, 21)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 3, 1)),
        (date(2025, 12, 31), 5, date(2030, 12, 31)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
        (date(9990, 1, 1), 20, date.max),
    ],
)
def test_an_anniversary_comes_on_its_day(joined: date, year_n: int, on: date) -> None:
    """A voucher a day early is one HQ refuses at the till."""
    assert anniversary_on(joined, year_n) == on


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2025, 2, 28), ()),
        (date(2025, 3, 1), (1,)),
        (date(2025, 4, 29), (1,)),
        (date(2025, 4, 30), ()),
        (date(2027, 3, 1), (3,)),
        (date(2028, 2, 29), ()),
        (date(2023, 1, 1), ()),
    ],
)
def test_each_anniversary_gives_a_voucher_for_its_days(today: date, years: tuple[int, ...]) -> None:
    """From the first year of the rule to its last, sixty days each, the day itself included."""
    rule = AnniversaryRule(price_factor_percent=70, first_year=1, last_year=3, valid_days=60)
    assert anniversary_years(date(2024, 2, 29), today, rule) == years


def test_vouchers_longer_than_a_year_overlap_for_a_day() -> None:
    """Both years' vouchers are a member's due, and HQ gives each once."""
    rule = AnniversaryRule(price_factor_percent=70, first_year=1, last_year=5, valid_days=366)
    assert anniversary_years(date(2020, 5, 1), date(2022, 5, 1), rule) == (1, 2)
