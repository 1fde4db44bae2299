"""What time alone brings at HQ: in order, once, by the day of the store, and cheaply."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select, update

from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.members import VoucherReason
from kiosk.model.programme import Tier
from kiosk.model.rules import (
    AnniversaryRule,
    BirthdayRule,
    CashBack,
    Expiry,
    OfflineRule,
    VoucherRules,
)
from kiosk.model.verdicts import Outcome
from sim.hq.clockwork import AT_A_TIME, tick, ticking
from sim.hq.directory import read_meta
from sim.hq.kiosks import enrol, revoke
from sim.hq.members import clear_overspent, set_birthday
from sim.hq.tables import redemption
from sim.hq.till_members import companions_of
from tests import factories
from tests.hq.office import NOON, Office, open_office
from tests.waiting import soon

RULES: dict[str, Any] = {
    "expiry": Expiry(months=12),
    "cash_back": CashBack(per_mille=10, floor_fen=100_000),
    "vouchers": VoucherRules(
        birthday=BirthdayRule(price_factor_percent=70, companion=True),
        anniversary=AnniversaryRule(
            price_factor_percent=70, first_year=1, last_year=2, valid_days=30
        ),
    ),
}


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Office]:
    """An HQ where everything happens that can."""
    one = open_office(tmp_path, database=database, **RULES)
    yield one
    one.hq.close()


def test_a_hold_ends_by_itself(office: Office) -> None:
    """Points of a member who never came to the counter would stay away."""
    office.join(points=5_000)
    office.ask(office.wish())
    office.pass_time(minutes=14, seconds=59)
    assert office.row().points == 2_600
    office.pass_time(seconds=1)
    row = office.row()
    assert (row.points, row.held) == (5_000, ())
    line = row.lines[0]
    assert (line.kind, line.reason) == (LineKind.RELEASE, LineReason.NOT_COLLECTED)
    assert line.at == NOON + timedelta(minutes=15)


def test_a_second_look_changes_nothing(office: Office) -> None:
    """Points would come back, or lapse, once a second."""
    office.join(points=5_000, birth_month=11, joined_on="2025-11-21")
    office.buy(200_000)
    office.ask(office.wish())
    office.pass_time(days=400)
    head, lines = _head(office), office.lines()
    tick(office.hq)
    assert (_head(office), office.lines()) == (head, lines)


@pytest.mark.parametrize(
    ("earned", "last"),
    [
        (datetime(2026, 11, 21, 4, tzinfo=UTC), date(2027, 11, 30)),
        (datetime(2027, 2, 28, 15, 59, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2027, 2, 28, 16, 0, tzinfo=UTC), date(2028, 3, 31)),
        (datetime(2027, 12, 31, 4, tzinfo=UTC), date(2028, 12, 31)),
    ],
)
def test_points_lapse_when_their_month_is_over(
    office: Office, earned: datetime, last: date
) -> None:
    """Points would lapse a day early at a month's end, or by the wrong country's midnight."""
    office.join()
    office.clock.now = earned
    office.buy(50_000)
    assert office.row().expiring[0].last_day == last
    midnight = datetime(last.year, last.month, last.day, 16, tzinfo=UTC)
    office.clock.now = midnight - timedelta(seconds=1)
    tick(office.hq)
    assert office.row().points == 500
    office.pass_time(seconds=1)
    row = office.row()
    assert (row.points, row.expiring) == (0, ())
    assert (row.lines[0].kind, row.lines[0].points, row.lines[0].at) == (
        LineKind.EXPIRE,
        -500,
        midnight,
    )


def test_points_given_back_after_their_last_day_lapse(office: Office) -> None:
    """A hold over a month's end would save points for ever."""
    office.join()
    office.buy(300_000)
    office.clock.now = datetime(2027, 11, 30, 15, 55, tzinfo=UTC)
    office.ask(office.wish())
    office.pass_time(minutes=10)
    assert office.row().points == 0
    office.pass_time(minutes=10)
    assert office.row().points == 0
    reasons = [line.reason for line in office.lines()[:3]]
    assert reasons == [LineReason.EXPIRY, LineReason.NOT_COLLECTED, LineReason.EXPIRY]


def test_the_birthday_month_brings_one_voucher(office: Office) -> None:
    """The voucher would be missing on the first of the month, or come twice, or stay."""
    office.join(birth_month=12)
    office.jump_to(date(2026, 11, 30), hour=15)
    assert office.row().vouchers == ()
    office.jump_to(date(2026, 11, 30), hour=16)
    (held,) = office.row().vouchers
    assert (held.reason, held.companion) == (VoucherReason.BIRTHDAY_MONTH, True)
    assert (held.valid_from, held.valid_to) == (date(2026, 12, 1), date(2026, 12, 31))
    office.jump_to(date(2026, 12, 31))
    assert office.row().vouchers == (held,)
    office.jump_to(date(2027, 1, 1))
    assert office.row().vouchers == ()


def test_a_friend_has_the_birthdays_price_on_the_day_of_its_use(office: Office) -> None:
    """The voucher is gone when the friend comes to pay; the counter would know of nothing."""
    office.join(birth_month=11)
    office.pass_time(seconds=1)
    (held,) = office.row().vouchers
    today = date(2026, 11, 21)

    def shared(day: date) -> list[int]:
        with office.hq.database.read() as connection:
            return [one.price_factor_percent for one in companions_of(connection, "m-1", day)]

    assert shared(today) == []
    office.buy(10_000, purchase_id="p", voucher_id=held.voucher_id)
    assert shared(today) == [held.price_factor_percent]
    assert shared(date(2026, 11, 22)) == []
    office.refund("p", 10_000)
    assert shared(today) == []


def test_a_birthday_told_today_counts_today(office: Office) -> None:
    """The member who tells their birthday at the counter would wait a year."""
    office.join()
    with office.hq.database.write() as connection:
        set_birthday(connection, "m-1", 11, office.clock())
    office.pass_time(seconds=1)
    assert len(office.row().vouchers) == 1


def test_anniversaries_bring_vouchers_from_the_first_to_the_last(office: Office) -> None:
    """Who joined on 29 February would get none, or everybody would get them for ever."""
    office.clock.now = datetime(2024, 2, 29, 4, tzinfo=UTC)
    office.join(joined_on="2024-02-29")
    told = []
    for day in (date(2025, 2, 28), date(2025, 3, 1), date(2026, 3, 1), date(2027, 3, 1)):
        office.jump_to(day)
        told.append([one.valid_from for one in office.row().vouchers])
    assert told == [[], [date(2025, 3, 1)], [date(2026, 3, 1)], []]


def test_a_month_closes_with_its_cash_back(office: Office) -> None:
    """The money of a month would never come, or come below the floor."""
    office.join()
    office.buy(60_000, purchase_id="p")
    office.buy(60_000)
    assert office.row().standing.cash_back_fen == 0
    office.jump_to(date(2026, 11, 30), hour=16)
    standing = office.row().standing
    assert (standing.cash_back_fen, standing.month_spend_fen) == (1_200, 0)
    office.buy(99_999)
    office.jump_to(date(2027, 1, 2))
    assert office.row().standing.cash_back_fen == 1_200
    office.refund("p", 30_000)
    assert office.row().standing.cash_back_fen == 0


def test_a_purchase_before_the_first_look_of_a_month_loses_no_cash_back(office: Office) -> None:
    """The first sale after midnight would swallow the month before."""
    office.join()
    office.buy(120_000)
    office.clock.now = datetime(2026, 11, 30, 16, 0, 1, tzinfo=UTC)
    office.buy(50_000)
    standing = office.row().standing
    assert (standing.cash_back_fen, standing.month_spend_fen) == (1_200, 50_000)


def test_a_tier_ends_or_is_kept(office: Office) -> None:
    """A tier would last for ever, or be lost by a member who bought enough."""
    office.join()
    office.buy(300_000)
    office.jump_to(date(2027, 6, 1))
    office.buy(150_000)
    office.jump_to(date(2027, 11, 21))
    assert office.row().tier == "silver"
    office.jump_to(date(2027, 11, 22))
    row = office.row()
    assert (row.tier, row.standing.tier_until) == ("silver", date(2028, 11, 22))
    assert row.standing.tier_spend_fen == 150_000
    office.jump_to(date(2028, 11, 23))
    row = office.row()
    assert (row.tier, row.standing.tier_until) == ("standard", None)
    assert row.standing.tier_spend_fen == 0


def test_what_counts_towards_a_tier_leaves_with_its_day(office: Office) -> None:
    """The tier page would go on counting purchases of the year before."""
    office.join()
    office.buy(10_000)
    office.pass_time(days=30)
    office.buy(20_000)
    office.jump_to(date(2027, 11, 20))
    assert office.row().standing.tier_spend_fen == 30_000
    office.jump_to(date(2027, 11, 21))
    assert office.row().standing.tier_spend_fen == 20_000


def test_fourteen_months_at_once_are_fourteen_months_step_by_step(tmp_path: Path) -> None:
    """After a long pause things would happen in another order, or not at all."""
    folders = [tmp_path / "jump", tmp_path / "steps"]
    rows = []
    for folder, days in zip(folders, (426, 2), strict=True):
        folder.mkdir()
        office = open_office(folder, **RULES)
        office.join(birth_month=2, joined_on="2025-12-05", points=100)
        office.buy(320_000)
        office.ask(office.wish())
        office.pass_time(minutes=1)
        for _ in range(426 // days):
            office.pass_time(days=days)
        row = office.row()
        told = [(one.kind, one.reason, one.points, one.at) for one in office.lines()]
        rows.append((row.points, row.tier, row.standing, row.vouchers, told))
        office.hq.close()
    assert rows[0] == rows[1]
    assert rows[0][2].cash_back_fen == 3_200
    assert [line[1] for line in rows[0][4]][:2] == [LineReason.EXPIRY, LineReason.NOT_COLLECTED]


def test_a_quiet_second_writes_nothing_and_scans_nobody(tmp_path: Path) -> None:
    """A million members would be looked at every second; only SQLite tells how it will look."""
    office = open_office(tmp_path, **RULES)
    office.join(points=5_000)
    office.buy(10_000)
    tick(office.hq)
    asked = _statements(office)
    tick(office.hq)
    assert len(asked) <= 8
    assert all(not text.startswith(("UPDATE", "INSERT", "DELETE")) for text in asked)
    with office.hq.database.read() as connection:
        plans = [
            str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all())
            for text, values in asked.items()
            if "FROM member" in text or "FROM redemption" in text
        ]
    assert len(plans) == 2
    assert all("INDEX" in plan and "SCAN" not in plan for plan in plans)
    office.hq.close()


def _statements(office: Office) -> dict[str, Any]:
    """What is asked of the database from now on, with its values."""
    asked: dict[str, Any] = {}

    def note(_c: Any, _cursor: Any, text: str, values: Any, *_more: Any) -> None:
        if not text.startswith(("BEGIN", "PRAGMA", "EXPLAIN")):
            asked[text] = values

    for engine in (office.hq.database._reader, office.hq.database._writer):
        assert isinstance(engine, Engine)
        event.listen(engine, "before_cursor_execute", note)
    return asked


def test_a_month_end_lets_wishes_in_between(office: Office) -> None:
    """A member at the kiosk would wait for the month's end of everybody else."""
    for number in range(30):
        office.join(f"m-{number}")
    together: list[int] = []

    def begun(_connection: object) -> None:
        together.append(0)

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("UPDATE member SET due"):
            together[-1] += 1

    engine = office.hq.database._writer
    event.listen(engine, "begin", begun)
    event.listen(engine, "before_cursor_execute", note)
    tick(office.hq)
    event.remove(engine, "before_cursor_execute", note)
    event.remove(engine, "begin", begun)
    assert sum(together) >= 30
    assert max(together) <= 3 * AT_A_TIME <= 15


def test_every_hold_of_a_member_ends_before_points_lapse(office: Office) -> None:
    """Points of the sixth hold would come back after the day on which they should have lapsed."""
    office.join()
    office.buy(1_500_000)
    for number in range(6):
        office.clock.now += timedelta(days=number // 5)  # five a day may be asked for
        assert office.ask(office.wish(mode="reserve")).outcome is Outcome.HELD
    office.jump_to(date(2027, 12, 2))
    assert office.row().points == 0
    kinds = [line.kind for line in office.lines()]
    assert kinds[0] is LineKind.EXPIRE
    assert kinds[1:7] == [LineKind.RELEASE] * 6


def test_one_spoilt_row_holds_up_nobody_else(office: Office) -> None:
    """No points would lapse and no voucher come for anybody behind that member, ever again."""
    office.join("m-0", joined_on="yesterday")
    office.join("m-1", birth_month=11)
    tick(office.hq)
    assert office.column("due", "m-0") == "2026-11-22"
    (given,) = office.row("m-1").vouchers
    assert given.reason is VoucherReason.BIRTHDAY_MONTH


def test_a_long_look_ends_when_hq_stops(office: Office) -> None:
    """After a pause of months HQ would not end when it is told to."""
    office.join(points=5_000)
    office.ask(office.wish())
    office.clock.now += timedelta(days=100)
    tick(office.hq, is_over=lambda: True)
    assert office.row().points == 2_600
    tick(office.hq)
    assert office.row().points == 5_000


# -- what offline may risk -----------------------------------------------------------------


def sharing(tmp_path: Path) -> Office:
    """An HQ that lets two kiosks of a store give out 300 points of a member offline."""
    offline = OfflineRule(allowed=True, points_per_member=300)
    office = open_office(tmp_path, redeeming={"offline": offline})
    enrol(office.hq.database, "k-2", factories.STORE, "token-of-k-2-0000")
    enrol(office.hq.database, "k-3", "bj-cy-01", "token-of-k-3-0000")
    office.join(points=1_000)
    tick(office.hq)
    return office


def test_only_the_home_store_shares(tmp_path: Path) -> None:
    """A member could spend HQ's whole risk in every store."""
    office = sharing(tmp_path)
    assert office.row().offline_allowance == {}
    office.buy(10_000)
    assert office.row().offline_allowance == {"k-1": 150, "k-2": 150}
    office.hq.close()


def test_a_share_moves_only_when_nobody_can_hold_the_old_one(tmp_path: Path) -> None:
    """A kiosk that is offline and the one that takes its place would spend the same points."""
    office = sharing(tmp_path)
    office.buy(10_000)
    enrol(office.hq.database, "k-4", factories.STORE, "token-of-k-4-0000")
    office.pass_time(seconds=1)
    assert office.row().offline_allowance == {"k-1": 100, "k-2": 100}
    office.pass_time(days=1)
    assert office.row().offline_allowance == {"k-1": 100, "k-2": 100}
    office.pass_time(days=1)
    assert office.row().offline_allowance == {"k-1": 100, "k-2": 100, "k-4": 100}
    revoke(office.hq.database, "k-1")
    office.pass_time(seconds=1)
    assert office.row().offline_allowance == {"k-2": 100, "k-4": 100}
    office.pass_time(days=2)
    assert office.row().offline_allowance == {"k-2": 150, "k-4": 150}
    office.hq.close()


def test_who_has_overspent_gets_no_share_until_cleared(tmp_path: Path) -> None:
    """The loss would come again the next time the line is down."""
    office = sharing(tmp_path)
    office.buy(10_000)
    office.ask(office.wish(mode="issue", code="123456789"))
    assert office.row().offline_allowance == {}
    with office.hq.database.write() as connection:
        clear_overspent(connection, "m-1")
    office.pass_time(days=3)
    assert office.row().offline_allowance == {"k-1": 150, "k-2": 150}
    office.hq.close()


def test_a_rule_that_ends_takes_the_shares_away(tmp_path: Path) -> None:
    """Kiosks would go on giving out what HQ has forbidden."""
    office = sharing(tmp_path)
    office.buy(10_000)
    rules = factories.redeeming(pin=office.pin_rule())
    office.publish(factories.content(programme=factories.programme(redeeming=rules)))
    office.pass_time(seconds=1)
    assert office.row().offline_allowance == {}
    office.hq.close()


def test_new_rules_reach_members_whose_day_was_another(tmp_path: Path) -> None:
    """Who joined before vouchers were thought of would never get one."""
    office = open_office(tmp_path)
    office.join(birth_month=NOON.month)
    office.join("m-2", joined_on="2024-11-01")
    office.join("m-3")
    office.buy(200_000, "m-3")
    office.pass_time(hours=1)
    assert [office.row(who).vouchers for who in ("m-1", "m-2")] == [(), ()]
    now = office.content.programme
    lower = tuple(half_of(one) for one in now.tiers)
    given = VoucherRules(
        birthday=BirthdayRule(price_factor_percent=70, companion=True),
        anniversary=AnniversaryRule(
            price_factor_percent=70, first_year=1, last_year=5, valid_days=30
        ),
    )
    later = now.model_copy(update={"version": 42, "tiers": lower, "vouchers": given})
    office.publish(replace(office.content, programme=later))
    office.pass_time(seconds=1)
    assert [len(office.row(who).vouchers) for who in ("m-1", "m-2")] == [1, 1]
    assert office.row("m-3").tier == "silver"
    office.jump_to(date(2027, 11, 2))
    assert [len(office.row(who).vouchers) for who in ("m-1", "m-2")] == [1, 1]
    office.hq.close()


def half_of(tier: Tier) -> Tier:
    """The tier for half of what it asked for."""
    if tier.condition is None:
        return tier
    fen = tier.condition.reach_fen // 2
    easier = tier.condition.model_copy(update={"reach_fen": fen, "keep_fen": fen // 2})
    return tier.model_copy(update={"condition": easier})


# -- the thread ----------------------------------------------------------------------------


def test_the_clock_runs_by_itself_and_survives_a_fault(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """One damaged row would stop every hold from ending, silently."""
    office.join(points=5_000)
    office.ask(office.wish())
    office.clock.now += timedelta(hours=1)
    with office.hq.database.write() as connection:
        until = connection.execute(select(redemption.c.until)).scalar_one()
        connection.execute(update(redemption).values(until="0000"))
    with ticking(office.hq, every_s=0.01):
        soon(lambda: "the clockwork failed" in caplog.text, "a word about the fault")
        with office.hq.database.write() as connection:
            connection.execute(update(redemption).values(until=until))
        soon(lambda: office.row().points == 5_000, "the points of the hold that is over")
    assert caplog.text.count("the clockwork failed") == 1


def _head(office: Office) -> int:
    with office.hq.database.read() as connection:
        return read_meta(connection, "head")
