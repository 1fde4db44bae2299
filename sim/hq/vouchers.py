"""Members' vouchers: given by the programme's rules on their day, lapsed after their last one."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from kiosk.loyalty.vouchers import anniversary_on, anniversary_years, birthday_window
from kiosk.model.members import Voucher, VoucherReason
from kiosk.model.rules import GrantRule, VoucherRules
from sim.hq.database import insert_new
from sim.hq.directory import touch
from sim.hq.errors import Refusal
from sim.hq.ledger import due_by
from sim.hq.rows import as_date
from sim.hq.tables import voucher

LEAP_YEAR = 2000
"""A year in which every month of a birthday has all its days; only the month is kept."""

LONGEST_NAME = 64
"""Signs of an identifier (kiosk/model/text.py)."""


def give_due(connection: Connection, row: Row[Any], rules: VoucherRules, day: date) -> bool:
    """Give the member what the rules give by this store-local day, and let what is over lapse.

    Args:
        connection: inside a write transaction.
        row: of the table `member`.
        rules: those of the day.
        day: for which to look; the member's next day is remembered.

    Returns:
        Whether anything changed.
    """
    due = [_row(row.member_id, one) for one in due_on(row, rules, day)]
    given = insert_new(connection, voucher, due, "voucher_id")
    lapsed = _let_lapse(connection, row.member_id, day)
    for coming in _days_after(connection, row, rules, day):
        due_by(connection, row.member_id, coming)
    return bool(given) or lapsed


def due_on(row: Row[Any], rules: VoucherRules, day: date) -> Iterator[Voucher]:
    """The vouchers the rules give this member that can be used on this store-local day."""
    if rules.birthday and row.birth_month == day.month:
        first, last = birthday_window(_birthday(row), day.year)
        yield Voucher(
            voucher_id=f"v-{row.member_id}-birthday_month-{day.year}",
            reason=VoucherReason.BIRTHDAY_MONTH,
            price_factor_percent=rules.birthday.price_factor_percent,
            valid_from=first,
            valid_to=last,
            companion=rules.birthday.companion,
        )
    joined, rule = as_date(row.joined_on), rules.anniversary
    if rule and joined:
        for year in anniversary_years(joined, day, rule):
            first = anniversary_on(joined, year)
            yield Voucher(
                voucher_id=f"v-{row.member_id}-anniversary-{year}",
                reason=VoucherReason.ANNIVERSARY,
                price_factor_percent=rule.price_factor_percent,
                valid_from=first,
                valid_to=first + timedelta(days=rule.valid_days - 1),
            )


def grant(
    connection: Connection,
    member_id: str,
    reason: VoucherReason,
    rule: GrantRule,
    day: date,
    occasion: str,
    now: datetime,
) -> bool:
    """Give a voucher on an occasion, from this store-local day on; each occasion gives one.

    Args:
        connection: inside a write transaction.
        member_id: who gets it.
        reason: a referral or an apology.
        rule: of the programme.
        day: the first day of its use.
        occasion: what tells one from another.
        now: HQ's time.

    Returns:
        Whether there was none for this occasion yet.
    """
    given = Voucher(
        voucher_id=_name(f"v-{member_id}-{reason.value}-{occasion}"),
        reason=reason,
        price_factor_percent=rule.price_factor_percent,
        valid_from=day,
        valid_to=day + timedelta(days=rule.valid_days - 1),
    )
    if not insert_new(connection, voucher, [_row(member_id, given)], "voucher_id"):
        return False
    due_by(connection, member_id, given.valid_to + timedelta(days=1))
    touch(connection, [member_id], now)
    return True


def use(connection: Connection, member_id: str, voucher_id: str, day: date) -> None:
    """Mark a voucher as used on this store-local day.

    Raises:
        Refusal: 404 when the member has no such voucher, 409 when it cannot be used (again).
    """
    mine = (voucher.c.voucher_id == voucher_id) & (voucher.c.member_id == member_id)
    row = connection.execute(select(voucher).where(mine)).one_or_none()
    if row is None:
        raise Refusal(404, "this member has no such voucher")
    if row.state != "open" or not row.valid_from <= day.isoformat() <= row.valid_to:
        raise Refusal(409, "this voucher was used already or is not for this day")
    used = update(voucher).where(mine).values(state="used", used_on=day.isoformat())
    connection.execute(used)


def shared_on(connection: Connection, member_id: str, day: date) -> list[Row[Any]]:
    """What this member used on this store-local day and a friend may have the price of as well."""
    used = (voucher.c.state == "used") & (voucher.c.used_on == day.isoformat())
    theirs = (voucher.c.member_id == member_id) & voucher.c.companion
    query = select(voucher).where(theirs, used)
    return list(connection.execute(query.order_by(voucher.c.voucher_id)).all())


def give_back(connection: Connection, member_id: str, voucher_id: str) -> None:
    """Let a voucher be used again: what it was used for was given back as a whole.

    Args:
        connection: inside a write transaction; the member's rows are told anew by the caller.
        member_id: whose it is.
        voucher_id: which; where its last day is over it lapses with the next look at them.
    """
    mine = (voucher.c.voucher_id == voucher_id) & (voucher.c.member_id == member_id)
    open_again = update(voucher).where(mine, voucher.c.state == "used")
    open_again = open_again.values(state="open", used_on=None)
    last = connection.execute(open_again.returning(voucher.c.valid_to)).scalar_one_or_none()
    if last is not None:
        due_by(connection, member_id, date.fromisoformat(last) + timedelta(days=1))


def _name(told: str) -> str:
    """The words as an identifier; a digest of those that are too long for one."""
    if len(told) <= LONGEST_NAME:
        return told
    return f"v-{hashlib.blake2b(told.encode(), digest_size=16).hexdigest()}"


def _row(member_id: str, one: Voucher) -> dict[str, Any]:
    return one.model_dump(mode="json") | {"member_id": member_id, "state": "open"}


def _birthday(row: Row[Any]) -> date:
    return date(LEAP_YEAR, row.birth_month, 1)


def _let_lapse(connection: Connection, member_id: str, day: date) -> bool:
    mine = (voucher.c.member_id == member_id) & (voucher.c.state == "open")
    over = update(voucher).where(mine, voucher.c.valid_to < day.isoformat())
    return connection.execute(over.values(state="lapsed")).rowcount > 0


def _days_after(
    connection: Connection, row: Row[Any], rules: VoucherRules, day: date
) -> Iterator[date]:
    """The next days after this one on which a voucher lapses or is given."""
    mine = (voucher.c.member_id == row.member_id) & (voucher.c.state == "open")
    last = connection.execute(select(func.min(voucher.c.valid_to)).where(mine)).scalar()
    if last is not None:
        yield date.fromisoformat(last) + timedelta(days=1)
    if rules.birthday and row.birth_month:
        firsts = [birthday_window(_birthday(row), day.year + years)[0] for years in (0, 1)]
        yield next(first for first in firsts if first > day)
    joined, rule = as_date(row.joined_on), rules.anniversary
    if rule and joined:
        days = (anniversary_on(joined, n) for n in range(rule.first_year, rule.last_year + 1))
        yield from [one for one in days if one > day][:1]
