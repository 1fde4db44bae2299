"""The counter: each thing is given out once, by code or by card, also before its record."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from kiosk.model.codes import offline_code
from kiosk.model.ledger import LineKind
from kiosk.model.members import CardStatus
from kiosk.model.verdicts import Because, Outcome
from sim.hq.collecting import Collected, collect, collect_by_card
from sim.hq.errors import Refusal
from sim.hq.members import set_card_status
from tests import factories
from tests.hq.office import SALT, Office, key_of, open_office

STORE = factories.STORE
OFFLINE = offline_code(bytes(range(8)), STORE, SALT)


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Office]:
    """An HQ with one member of 5,000 points."""
    one = open_office(tmp_path, database=database)
    one.join(points=5_000)
    yield one
    one.hq.close()


def at_counter(office: Office, code: str, store: str = STORE) -> Collected:
    """A till sends a code."""
    with office.hq.database.write() as connection:
        return collect(connection, store, code, SALT, office.clock())


def by_card(office: Office, redemption_id: str, store: str = STORE) -> Collected:
    """A till sends a member's card."""
    with office.hq.database.write() as connection:
        key = key_of("m-1")
        return collect_by_card(connection, store, key, UUID(redemption_id), office.clock())


def held(office: Office) -> tuple[str, str]:
    """The record's id and the code of a tote that is held."""
    record = office.wish()
    code = office.ask(record).code
    assert code is not None
    return record["id"], code


def test_what_is_held_is_collected_once(office: Office) -> None:
    """The same code would bring two totes."""
    record_id, code = held(office)
    given = at_counter(office, code)
    assert (str(given.redemption_id), given.reward_id) == (record_id, "canvas-tote")
    assert (given.points, given.cash_fen, given.member_id) == (2_400, 0, "m-1")
    with pytest.raises(Refusal, match=f"409.*{STORE}"):
        at_counter(office, code)
    with pytest.raises(Refusal, match="409"):
        by_card(office, record_id)


def test_collected_points_are_told_as_redeemed(office: Office) -> None:
    """The history would say for ever that the points are set aside; and they must stay away."""
    record_id, code = held(office)
    at_counter(office, code)
    office.pass_time(days=3)
    row = office.row()
    assert (row.points, row.held, row.lines[0].kind) == (2_600, (), LineKind.REDEEM)
    assert office.ask(office.giving_back(record_id)).because is Because.TOO_LATE


def test_the_card_stands_for_the_code(office: Office) -> None:
    """Who reserved while the line was down has no code, and would go home without the gift."""
    record = office.wish(mode="reserve")
    office.ask(record)
    with pytest.raises(Refusal, match="404"):
        by_card(office, record["id"], store="bj-cy-01")
    with pytest.raises(Refusal, match="404"):
        by_card(office, str(uuid4()))
    assert str(by_card(office, record["id"]).redemption_id) == record["id"]


def test_a_lost_card_collects_nothing(office: Office) -> None:
    """Whoever found the card would take the gift."""
    record_id, _ = held(office)
    with office.hq.database.write() as connection:
        set_card_status(connection, "m-1", CardStatus.LOST, office.clock())
    with pytest.raises(Refusal, match="403"):
        by_card(office, record_id)


@pytest.mark.parametrize("store", [STORE, "bj-cy-01"])
def test_a_code_nobody_gave_out_brings_nothing(office: Office, store: str) -> None:
    """A guess at the counter, or a code of another store, would bring a tote."""
    _, code = held(office)
    guess = f"{(int(code) + 1) % 1_000_000:06}"
    with pytest.raises(Refusal, match="404"):
        at_counter(office, guess, store)
    if store != STORE:
        with pytest.raises(Refusal, match="404"):
            at_counter(office, code, store)


@pytest.mark.parametrize("looked", [True, False])
def test_a_code_ends_with_its_hold(office: Office, looked: bool) -> None:
    """The member would have the gift and the points, whether or not HQ has looked already."""
    record_id, code = held(office)
    office.clock.now += timedelta(minutes=15)
    if looked:
        office.pass_time(seconds=0)
    with pytest.raises(Refusal, match="410"):
        at_counter(office, code)
    with pytest.raises(Refusal, match="410"):
        by_card(office, record_id)
    office.pass_time(seconds=0)
    assert office.row().points == 5_000


def test_an_offline_code_is_collected_before_its_record(office: Office) -> None:
    """The member would wait at the counter for a line that is down; or collect twice."""
    assert at_counter(office, OFFLINE).redemption_id is None
    with pytest.raises(Refusal, match="409"):
        at_counter(office, OFFLINE)
    record = office.wish(mode="issue", code=OFFLINE)
    assert office.ask(record).outcome is Outcome.ISSUED
    with pytest.raises(Refusal, match="409"):
        at_counter(office, OFFLINE)


def test_an_offline_code_is_collected_after_its_record(office: Office) -> None:
    """What a kiosk gave out would lapse, or never be found."""
    record = office.wish(mode="issue", code=OFFLINE)
    office.ask(record)
    office.pass_time(days=20)
    assert str(at_counter(office, OFFLINE).redemption_id) == record["id"]
    with pytest.raises(Refusal, match="409"):
        at_counter(office, OFFLINE)


def test_nine_digits_that_no_kiosk_gave_out_bring_nothing(office: Office) -> None:
    """Anybody could make up a code while the line is down."""
    made_up = OFFLINE[:-1] + str((int(OFFLINE[-1]) + 1) % 10)
    with pytest.raises(Refusal, match="404"):
        at_counter(office, made_up)
    with pytest.raises(Refusal, match="404"):
        at_counter(office, OFFLINE, "bj-cy-01")


# -- everything at once --------------------------------------------------------------------


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act came to, all of them begun at the same time; a refusal is its status."""
    ready = threading.Barrier(len(acts))
    found: list[object] = []

    def run(act: Callable[[], object]) -> None:
        ready.wait()
        try:
            found.append(act())
        except Refusal as refusal:
            found.append(refusal.status)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_collecting_giving_back_and_time_at_once_settle_it_once(office: Office) -> None:
    """Points would come back for a gift that was given out."""
    for _ in range(4):
        before = office.sum_of()
        record_id, code = held(office)
        back = office.giving_back(record_id)
        found = at_once(
            partial(at_counter, office, code),
            partial(at_counter, office, code),
            partial(outcome_of, office, back),
        )
        given = sum(isinstance(one, Collected) for one in found)
        released = found.count(Outcome.RELEASED)
        assert given + released == 1
        assert office.sum_of() == before - 2_400 * given
        if office.sum_of() < 2_400:
            return


def outcome_of(office: Office, record: dict[str, Any], kiosk: str = "k-1") -> Outcome:
    """What HQ did with a wish."""
    return office.ask(record, kiosk=kiosk).outcome


def test_two_uploads_of_one_wish_at_once_hold_it_once(office: Office) -> None:
    """A kiosk that repeats itself too early would spend the points twice."""
    record = office.wish()
    codes = at_once(*[lambda: office.ask(record).code for _ in range(4)])
    assert len(set(codes)) == 1
    assert office.sum_of() == 2_600


def test_two_kiosks_cannot_spend_the_same_points(office: Office) -> None:
    """Two wishes that each fit the balance would both be held."""
    wishes = [office.wish("canvas-tote"), office.wish("cashmere-cardigan")]
    found = at_once(
        partial(outcome_of, office, wishes[0], "k-1"), partial(outcome_of, office, wishes[1], "k-2")
    )
    assert set(found) == {Outcome.HELD, Outcome.REFUSED}
    assert office.sum_of() in (2_600, 2_000)
