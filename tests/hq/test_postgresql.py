"""HQ in PostgreSQL, where writers do not wait for each other by themselves."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from kiosk.model.verdicts import Outcome
from sim.hq.collecting import Collected
from sim.hq.tables import meta
from tests.hq.office import Office, open_office
from tests.hq.test_collecting import at_counter, at_once, held, outcome_of


@pytest.fixture
def office(tmp_path: Path, postgresql: str) -> Iterator[Office]:
    """An HQ with one member of 50,000 points."""
    one = open_office(tmp_path, database=postgresql)
    one.join(points=50_000)
    yield one
    one.hq.close()


def test_two_tills_at_once_collect_a_code_once(office: Office) -> None:
    """Each would look before the other has written, and both hand out the reward."""
    for _ in range(3):
        record_id, code = held(office)
        found = at_once(
            partial(at_counter, office, code),
            partial(at_counter, office, code),
            partial(outcome_of, office, office.giving_back(record_id)),
        )
        given = sum(isinstance(one, Collected) for one in found)
        assert given + found.count(Outcome.RELEASED) == 1


def test_two_kiosks_cannot_spend_the_same_points(office: Office) -> None:
    """Two wishes that each fit the balance would both be held."""
    office.join("m-2", points=4_000)
    wishes = [office.wish(one, member_id="m-2") for one in ("canvas-tote", "cashmere-cardigan")]
    found = at_once(*[partial(outcome_of, office, wish) for wish in wishes])
    assert set(found) == {Outcome.HELD, Outcome.REFUSED}


def test_a_reader_sees_one_moment(office: Office) -> None:
    """A row would tell a balance from before a wish beside a number that says it includes it."""
    database = office.hq.database
    with database.write() as connection:
        connection.execute(insert(meta).values(name="seen", value=1))
    value = select(meta.c.value).where(meta.c.name == "seen")
    with database.read() as reader:
        before = reader.execute(value).scalar_one()
        with database.write() as connection:
            connection.execute(update(meta).where(meta.c.name == "seen").values(value=2))
        assert reader.execute(value).scalar_one() == before
