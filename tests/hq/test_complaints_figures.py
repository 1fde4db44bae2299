"""The board of complaints: what is late, who comes first, where it ends."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.model.care import STEPS
from sim.hq.complaints import TOLD_FOR
from sim.hq.complaints_figures import CASES_PER_STEP, Column, board
from tests import factories
from tests.hq.care_kit import close, complaining, move
from tests.hq.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with one member."""
    one = open_office(tmp_path)
    one.join()
    yield one
    one.hq.close()


def shown(office: Office, store_id: str = "") -> list[Column]:
    """The board as staff see it now."""
    with office.hq.database.read() as connection:
        return board(connection, office.hq.bundles.content(), office.clock(), store_id)


def test_a_case_is_overdue_once_its_step_took_too_long(office: Office) -> None:
    """Nobody would see that a promise is broken, or everything would look late."""
    record = complaining(office)
    office.ask(record)
    office.clock.now += timedelta(hours=2)
    assert not shown(office)[0].cases[0].overdue
    office.clock.now += timedelta(seconds=1)
    (late,) = shown(office)[0].cases
    assert (late.overdue, late.aim_hours) == (True, 2)
    move(office, record["id"], 1)
    office.clock.now += timedelta(hours=24)
    assert not shown(office)[1].cases[0].overdue
    for step in range(2, STEPS):
        move(office, record["id"], step)
    office.clock.now += timedelta(days=30)
    assert not shown(office)[STEPS - 1].cases[0].overdue


def test_without_an_aim_nothing_is_overdue(office: Office) -> None:
    """An HQ that promises nothing would see nothing but broken promises."""
    care = office.content.care
    open_ended = care.complaints.model_copy(update={"aim_hours": None})
    without = care.model_copy(update={"complaints": open_ended})
    office.publish(factories.content(care=without, programme=office.content.programme))
    office.ask(complaining(office))
    office.clock.now += timedelta(days=30)
    assert not shown(office)[0].cases[0].overdue


def test_who_wants_staff_comes_first_then_who_waits_longest(office: Office) -> None:
    """Staff would begin with the newest, and the oldest never be reached."""
    records = [complaining(office, staff_now=number == 2) for number in range(4)]
    for record in records:
        office.clock.now += timedelta(minutes=1)
        office.ask(record)
    names = [record["id"] for record in records]
    told = [case.row.case_id for case in shown(office)[0].cases]
    assert told == [names[2], names[0], names[1], names[3]]


def test_a_column_has_an_end_and_counts_the_rest(office: Office) -> None:
    """One kiosk in wrong hands would make a page that no browser opens."""
    office.send(*[complaining(office, None) for _ in range(CASES_PER_STEP + 3)])
    first, *others = shown(office)
    assert (len(first.cases), first.more) == (CASES_PER_STEP, 3)
    assert [(column.cases, column.more) for column in others] == [([], 0)] * 5


def test_closed_cases_leave_the_board(office: Office) -> None:
    """The board would fill with what is long over."""
    record = complaining(office, None)
    office.ask(record)
    close(office, record["id"])
    assert len(shown(office)[STEPS - 1].cases) == 1
    assert shown(office, "bj-cy-01")[STEPS - 1].cases == []
    office.clock.now += TOLD_FOR + timedelta(seconds=1)
    assert shown(office)[STEPS - 1].cases == []
