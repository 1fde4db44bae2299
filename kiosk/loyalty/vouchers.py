"""Vouchers: which can be used today, which will come, and when HQ gives them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from kiosk.loyalty.dates import month_end, years_after
from kiosk.model.members import Voucher
from kiosk.model.rules import AnniversaryRule


class VoucherState(Enum):
    """What can be done with a voucher today."""

    USABLE = "usable"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class VoucherView:
    """A voucher on one day.

    Attributes:
        days: until its last day while it is usable, 0 being today; until its first day while
            it is coming.
    """

    voucher: Voucher
    state: VoucherState
    days: int


def usable_vouchers(vouchers: Iterable[Voucher], today: date) -> tuple[VoucherView, ...]:
    """Vouchers that can be used on this store-local day, the one that ends first in front."""
    usable = [voucher for voucher in vouchers if voucher.usable_on(today)]
    usable.sort(key=lambda one: (one.valid_to, one.price_factor_percent, one.voucher_id))
    return tuple(
        VoucherView(voucher, VoucherState.USABLE, (voucher.valid_to - today).days)
        for voucher in usable
    )


def coming_vouchers(vouchers: Iterable[Voucher], today: date) -> tuple[VoucherView, ...]:
    """Vouchers whose first day is after this store-local day, the nearest in front.

    One that ends before it begins can never be used and is left out.
    """
    coming = [one for one in vouchers if today < one.valid_from <= one.valid_to]
    coming.sort(key=lambda one: (one.valid_from, one.price_factor_percent, one.voucher_id))
    return tuple(
        VoucherView(voucher, VoucherState.COMING, (voucher.valid_from - today).days)
        for voucher in coming
    )


def birthday_window(birthday: date, year: int) -> tuple[date, date]:
    """First and last day of the birthday's month in this year; 29 February is in February."""
    return date(year, birthday.month, 1), month_end(year, birthday.month)


def anniversary_on(joined: date, year_n: int) -> date:
    """The day of the n-th anniversary; who joined on 29 February has it on 1 March else."""
    return years_after(joined, year_n)


def anniversary_years(joined: date, today: date, rule: AnniversaryRule) -> tuple[int, ...]:
    """Which anniversaries' vouchers can be used on this store-local day, by the rule.

    Each is good for `rule.valid_days` from the anniversary on, that day included; HQ gives each
    year's once.
    """
    span = timedelta(days=rule.valid_days - 1)
    years = range(rule.first_year, rule.last_year + 1)
    return tuple(
        year for year in years if timedelta(0) <= today - anniversary_on(joined, year) <= span
    )
