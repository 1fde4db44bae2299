"""HQ's judgement: refused in order and for what, held once, told the same twice."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, update

from kiosk.model.ledger import LineKind, LineReason
from kiosk.model.members import CardStatus, PinState
from kiosk.model.verdicts import Because, Outcome, Verdict
from kiosk.model.wire import Fate
from sim.hq.members import set_card_status
from sim.hq.tables import pin, redemption
from sim.hq.tables import record as record_table
from tests import factories
from tests.hq.office import NOON, Office, open_office

TOTE = 2_400
"""Points of the reward most tests ask for."""


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Office]:
    """An HQ with one member of 5,000 points."""
    one = open_office(tmp_path, database=database)
    one.join(points=5_000)
    yield one
    one.hq.close()


@pytest.mark.parametrize("odd", [{"points": 10**12}, {"points": 2**70}, {"cash_fen": 2**70}])
def test_a_price_no_reward_can_have_is_no_wish(office: Office, odd: dict[str, Any]) -> None:
    """A spoilt record of what was given out would fail each upload, or book a balance away."""
    issued = office.wish(mode="issue", code="123456789", **odd)
    (result,) = office.send(issued)
    assert (result.status, result.code) == (Fate.REJECTED, "schema")
    assert office.sum_of() == 5_000


def test_a_wish_is_held(office: Office) -> None:
    """The member would stand before the screen without a code, or keep points that are spent."""
    record = office.wish()
    verdict = office.ask(record)
    assert (verdict.outcome, verdict.because) == (Outcome.HELD, None)
    assert verdict.code is not None
    assert len(verdict.code) == 6
    assert (verdict.holds_for_s, verdict.balance) == (900, 5_000 - TOTE)
    row = office.row()
    assert row.points == office.sum_of() == 5_000 - TOTE
    assert row.applied_seq == {"k-1": record["seq"]}
    assert [(one.points, one.until - NOON) for one in row.held] == [(TOTE, timedelta(minutes=15))]
    assert (row.lines[0].kind, row.lines[0].points) == (LineKind.HOLD, -TOTE)
    assert (row.redeemed, row.redeemed_on) == ({"canvas-tote": 1}, (date(2026, 11, 21), 1))


def _lost(office: Office) -> None:
    with office.hq.database.write() as connection:
        set_card_status(connection, "m-1", CardStatus.LOST, office.clock())


def _no_pin(office: Office) -> None:
    with office.hq.database.write() as connection:
        connection.execute(delete(pin).where(pin.c.member_id == "m-1"))


def _blocked_pin(office: Office) -> None:
    with office.hq.database.write() as connection:
        connection.execute(update(pin).where(pin.c.member_id == "m-1").values(blocked=True))


def _nothing(_office: Office) -> None:
    pass


REFUSALS: dict[str, tuple[Callable[[Office], None], dict[str, Any], Because]] = {
    "a member nobody knows": (_nothing, {"member_id": "m-9"}, Because.UNKNOWN),
    "another member's card": (_nothing, {"card_key": "ab" * 16}, Because.UNKNOWN),
    "a lost card": (_lost, {}, Because.CARD),
    "a reward nobody offers": (_nothing, {"reward_id": "moon"}, Because.NOT_OFFERED),
    "another price in points": (_nothing, {"points": TOTE - 1}, Because.NOT_OFFERED),
    "another price in money": (_nothing, {"cash_fen": 5}, Because.NOT_OFFERED),
    "a wrong PIN": (_nothing, {"pin": "9999"}, Because.PIN),
    "no PIN": (_no_pin, {}, Because.PIN_BLOCKED),
    "a blocked PIN": (_blocked_pin, {}, Because.PIN_BLOCKED),
    "more than the balance": (_nothing, {"reward_id": "coffee-gift-box"}, Because.BALANCE),
}


@pytest.mark.parametrize(("prepare", "changes", "because"), REFUSALS.values(), ids=REFUSALS.keys())
def test_a_refusal_names_its_reason_and_takes_nothing(
    office: Office,
    prepare: Callable[[Office], None],
    changes: dict[str, Any],
    because: Because,
) -> None:
    """Points would go without a reward, or the screen would say the wrong thing."""
    prepare(office)
    reward_id = changes.get("reward_id", "canvas-tote")
    record = office.wish(reward_id, **{k: v for k, v in changes.items() if k != "reward_id"})
    verdict = office.ask(record)
    assert (verdict.outcome, verdict.because, verdict.code) == (Outcome.REFUSED, because, None)
    row = office.row()
    assert (row.points, row.held, row.redeemed) == (5_000, (), {})
    known = because is not Because.UNKNOWN or "member_id" not in changes
    assert row.applied_seq == ({"k-1": record["seq"]} if known else {})


def _publish(office: Office, rules: dict[str, Any] | None = None, **reward: Any) -> None:
    redeeming = factories.redeeming(**({"pin": office.pin_rule()} | (rules or {})))
    programme = factories.programme(redeeming=redeeming)
    rewards = (factories.reward(**reward), *factories.rewards()[1:])
    office.publish(factories.content(programme=programme, rewards=rewards))


def test_a_reward_for_another_tier_is_refused(office: Office) -> None:
    """A standard member would get what is kept for gold."""
    _publish(office, tiers=("gold",))
    assert office.ask(office.wish()).because is Because.TIER


@pytest.mark.parametrize(("days", "fine"), [(0, True), (1, False)])
def test_an_offer_ends_with_its_last_day(office: Office, days: int, fine: bool) -> None:
    """A reward would be given after its last day, or not on it."""
    _publish(office, available_to=date(2026, 11, 21))
    office.pass_time(days=days)
    verdict = office.ask(office.wish())
    assert verdict.because is (None if fine else Because.NOT_OFFERED)


def test_what_was_reserved_on_the_last_day_is_held_when_it_comes_home(office: Office) -> None:
    """Who reserved while the line was down would be refused for the line's sake."""
    _publish(office, available_to=date(2026, 11, 21))
    office.pass_time(days=1)
    wish = office.wish(mode="reserve")
    assert office.ask(wish, later_s=24 * 3600).outcome is Outcome.HELD


def test_the_day_is_the_stores(office: Office) -> None:
    """At night in Shanghai it is still yesterday in UTC: the last day would last too long."""
    _publish(office, available_to=date(2026, 11, 21))
    office.clock.now = NOON.replace(hour=16, second=1)
    assert office.ask(office.wish()).because is Because.NOT_OFFERED


def test_a_reward_is_given_as_often_as_one_may(office: Office) -> None:
    """A limited gift would go to the same member again and again; a released one counts not."""
    _publish(office, per_member=1)
    first = office.wish()
    assert office.ask(first).outcome is Outcome.HELD
    assert office.ask(office.wish()).because is Because.LIMIT
    office.ask(office.giving_back(first["id"]))
    assert office.ask(office.wish()).outcome is Outcome.HELD


def test_the_limit_of_a_day_ends_with_the_day(office: Office) -> None:
    """The member would be refused tomorrow for what was today."""
    _publish(office, {"per_day": 1})
    assert office.ask(office.wish()).outcome is Outcome.HELD
    assert office.ask(office.wish("cotton-socks")).because is Because.LIMIT
    office.clock.now = NOON.replace(hour=16, second=1)
    assert office.ask(office.wish("cotton-socks")).outcome is Outcome.HELD


@pytest.mark.parametrize("mode", ["reserve", "issue"])
def test_what_comes_home_late_takes_nothing_of_today(office: Office, mode: str) -> None:
    """A kiosk that was away since yesterday would use up the limit of a member who stands here."""
    _publish(office, {"per_day": 1})
    code = "000000001" if mode == "issue" else None
    late = office.wish("cotton-socks", mode=mode, code=code)
    assert office.ask(late, later_s=24 * 3600).outcome in (Outcome.HELD, Outcome.ISSUED)
    assert office.ask(office.wish("cotton-socks")).outcome is Outcome.HELD
    assert office.row().redeemed_on == (NOON.date(), 1)
    again = office.wish("cotton-socks", mode="reserve")
    assert office.ask(again, later_s=24 * 3600).because is Because.LIMIT


def test_the_last_piece_goes_once(office: Office) -> None:
    """Two members would be promised the same piece."""
    office.join("m-2", points=5_000)
    _publish(office, stock={factories.STORE: 1})
    first = office.wish()
    assert office.ask(first).outcome is Outcome.HELD
    assert office.ask(office.wish(member_id="m-2")).because is Because.STOCK
    office.ask(office.giving_back(first["id"]))
    assert office.ask(office.wish(member_id="m-2")).outcome is Outcome.HELD


def test_a_new_figure_of_stock_is_a_new_count(office: Office) -> None:
    """After a delivery HQ would go on refusing, or promise a piece that is held already."""
    _publish(office, stock={factories.STORE: 1})
    office.ask(office.wish())
    _publish(office, stock={factories.STORE: 2})
    assert office.ask(office.wish()).outcome is Outcome.HELD
    assert office.ask(office.wish("cotton-socks")).because is Because.BALANCE
    office.join("m-2", points=5_000)
    assert office.ask(office.wish(member_id="m-2")).because is Because.STOCK


def test_a_store_without_the_reward_has_none(office: Office) -> None:
    """A reward would be promised in a store that never had it."""
    assert office.ask(office.wish(), store="bj-cy-01").because is Because.STOCK


def test_five_wrong_tries_leave_only_the_counter(office: Office) -> None:
    """A found card would be emptied by trying."""
    left = [office.ask(office.wish(pin="0000")).tries_left for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    assert office.row().pin is PinState.BLOCKED
    verdict = office.ask(office.wish())
    assert (verdict.because, verdict.tries_left) == (Because.PIN_BLOCKED, None)


def test_a_right_pin_gives_all_tries_back(office: Office) -> None:
    """A member would be blocked by mistakes of many months."""
    for _ in range(4):
        office.ask(office.wish(pin="0000"))
    assert office.ask(office.wish()).outcome is Outcome.HELD
    assert office.ask(office.wish("cotton-socks", pin="0000")).tries_left == 4


def test_a_pin_sealed_for_another_record_opens_nothing(office: Office) -> None:
    """A recorded PIN could be sent again under a new wish; but it is no try either."""
    stolen = office.wish()["payload"]["pin"]
    record = office.wish()
    record["payload"]["pin"] = stolen
    verdict = office.ask(record)
    assert (verdict.because, verdict.tries_left) == (Because.PIN, 5)


def test_an_unsealed_pin_is_not_even_read(office: Office) -> None:
    """A PIN in plain words would lie in HQ's table of records."""
    record = office.wish()
    record["payload"]["pin"] = "1234"
    (result,) = office.send(record)
    assert (result.status, result.code, result.verdict) == (Fate.REJECTED, "schema", None)
    assert "1234" not in result.detail


def test_the_sealed_pin_is_not_kept(office: Office) -> None:
    """Whoever gets HQ's database and its keys would know the PINs of all who redeemed."""
    office.ask(office.wish())
    with office.hq.database.read() as connection:
        (kept,) = connection.execute(record_table.select()).all()
    assert kept.payload["reward_id"] == "canvas-tote"
    assert "pin" not in kept.payload


def test_a_payload_about_another_id_is_rejected(office: Office) -> None:
    """A verdict would come under an id the kiosk does not wait for."""
    record = office.wish() | {"id": str(uuid4())}
    (result,) = office.send(record)
    assert (result.status, result.code) == (Fate.REJECTED, "schema")


def test_the_same_wish_again_gets_the_same_words(office: Office) -> None:
    """After a lost answer the points would go twice, or the code would be lost."""
    record = office.wish()
    verdict = office.ask(record)
    office.clock.now += timedelta(seconds=100)
    (again,) = office.send(record, later_s=900)
    assert again.status is Fate.DUPLICATE
    assert again.verdict == verdict.model_copy(update={"holds_for_s": 800})
    assert office.row().points == 5_000 - TOTE
    first, second = office.send(record, record)
    assert first == second


def test_the_same_wish_twice_in_one_upload_is_judged_once(office: Office) -> None:
    """Points would go twice."""
    record = office.wish()
    first, second = office.send(record, record)
    assert (first.status, second.status) == (Fate.ACCEPTED, Fate.DUPLICATE)
    assert first.verdict == second.verdict
    assert office.row().points == 5_000 - TOTE


def test_an_old_hold_is_told_with_no_time_left(office: Office) -> None:
    """A kiosk would show a countdown for what is over."""
    record = office.wish()
    office.ask(record)
    office.pass_time(days=3)
    (again,) = office.send(record)
    assert again.verdict is not None
    assert again.verdict.holds_for_s == 0


@pytest.mark.parametrize(
    ("later_s", "mode", "holds"),
    [
        (3.0, "hold", timedelta(minutes=15)),
        (3.1, "hold", timedelta(hours=48)),
        (-1.0, "hold", timedelta(hours=48)),
        (0.1, "reserve", timedelta(hours=48)),
    ],
)
def test_who_has_gone_gets_more_time(
    office: Office, later_s: float, mode: str, holds: timedelta
) -> None:
    """A reservation would be over before the member comes back to the counter."""
    verdict = office.ask(office.wish(mode=mode), later_s=later_s)
    assert verdict.holds_for_s == holds.total_seconds()


def test_another_boot_means_the_member_has_gone(office: Office) -> None:
    """Seconds of two boots would be compared, and a restart would look like an instant."""
    record = office.wish()
    record["occurred"]["boot_id"] = "another boot"
    assert office.ask(record).holds_for_s == timedelta(hours=48).total_seconds()


def test_codes_differ_while_they_wait(office: Office) -> None:
    """The counter would give one member what another one holds."""
    office.join("m-2", points=100_000)
    _publish(office, {"per_day": None}, stock={factories.STORE: 30})
    codes = [office.ask(office.wish(member_id="m-2")).code for _ in range(30)]
    assert len(set(codes)) == 30


# -- giving back ---------------------------------------------------------------------------


def test_giving_back_restores_points_and_piece(office: Office) -> None:
    """Points would stay away after the member has changed their mind."""
    _publish(office, stock={factories.STORE: 1})
    record = office.wish()
    office.ask(record)
    back = office.giving_back(record["id"])
    verdict = office.ask(back)
    assert (verdict.outcome, verdict.balance) == (Outcome.RELEASED, 5_000)
    row = office.row()
    assert (row.points, row.held, row.redeemed) == (5_000, (), {})
    assert row.applied_seq == {"k-1": back["seq"]}
    assert row.lines[0].reason is LineReason.GIVEN_BACK
    assert office.ask(office.wish()).outcome is Outcome.HELD


def test_giving_back_twice_gives_once(office: Office) -> None:
    """Two kiosks would each give the points back."""
    record = office.wish()
    office.ask(record)
    for _ in range(2):
        assert office.ask(office.giving_back(record["id"])).outcome is Outcome.RELEASED
    assert office.row().points == 5_000


def test_nobody_gives_back_what_is_not_theirs(office: Office) -> None:
    """A stranger could take a hold away."""
    office.join("m-2")
    record = office.wish()
    office.ask(record)
    verdict = office.ask(office.giving_back(record["id"], member_id="m-2"))
    assert verdict.because is Because.UNKNOWN
    assert office.ask(office.giving_back(uuid4())).because is Because.UNKNOWN
    assert len(office.row().held) == 1


def test_giving_back_after_the_time_is_over_books_it_once(office: Office) -> None:
    """The clockwork and the member would both give the points back."""
    record = office.wish()
    office.ask(record)
    office.clock.now += timedelta(minutes=20)
    assert office.ask(office.giving_back(record["id"])).outcome is Outcome.RELEASED
    office.pass_time(seconds=1)
    assert office.row().points == 5_000
    assert office.lines()[0].reason is LineReason.NOT_COLLECTED


# -- issued offline ------------------------------------------------------------------------


def issue(office: Office, **changes: Any) -> tuple[dict[str, Any], Verdict]:
    """A tote that a kiosk gave out by itself, told an hour later."""
    record = office.wish(mode="issue", code="123456789", **changes)
    return record, office.ask(record, later_s=3_600)


def test_what_was_issued_is_accepted(office: Office) -> None:
    """The goods are gone: a refusal would only make HQ's figures wrong."""
    record, verdict = issue(office)
    assert (verdict.outcome, verdict.balance) == (Outcome.ISSUED, 5_000 - TOTE)
    row = office.row()
    assert (row.lines[0].kind, row.lines[0].points) == (LineKind.REDEEM, -TOTE)
    assert (row.applied_seq, row.held) == ({"k-1": record["seq"]}, ())


def test_overspending_is_accepted_and_flagged(office: Office) -> None:
    """A member could do it again and again, or the loss would be hidden."""
    office.join("m-2", points=1_000)
    _, verdict = issue(office, member_id="m-2")
    assert (verdict.outcome, verdict.balance) == (Outcome.ISSUED, 1_000 - TOTE)
    assert office.column("overspent", "m-2") is True
    assert office.column("overspent") is False


def test_a_wrong_pin_on_what_was_issued_is_flagged(office: Office) -> None:
    """Nobody would notice that a found card was used offline; and it counts as a try."""
    record, verdict = issue(office, pin="0000")
    assert verdict.outcome is Outcome.ISSUED
    assert flags(office, record["id"]) == (True, False)
    assert office.ask(office.wish(pin="0000")).tries_left == 3


def test_a_lost_card_on_what_was_issued_is_flagged(office: Office) -> None:
    """The loss through a stolen card would look like the member's own."""
    _lost(office)
    record, verdict = issue(office)
    assert verdict.outcome is Outcome.ISSUED
    assert flags(office, record["id"]) == (False, True)


def flags(office: Office, redemption_id: str) -> tuple[bool, bool]:
    """Whether the redemption is flagged for its PIN, and for its card."""
    with office.hq.database.read() as connection:
        query = redemption.select().where(redemption.c.redemption_id == redemption_id)
        row = connection.execute(query).one()
    return row.pin_wrong, row.card_wrong
