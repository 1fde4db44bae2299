"""Anonymous answers: counted once, and nothing at HQ leads from one to a person."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from kiosk.model.facts import Kind
from kiosk.model.wire import Fate
from sim.hq.answer_tables import survey_response
from sim.hq.database import SHAPES
from sim.hq.tables import record
from tests import factories
from tests.hq.answers_kit import answering, asked, survey, unnamed
from tests.hq.care_kit import visiting
from tests.hq.kit import moment
from tests.hq.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with a published survey and a member."""
    office = open_office(tmp_path, [survey()])
    office.join()
    yield office
    office.hq.close()


def kept(office: Office) -> list[Row[Any]]:
    """Every answer HQ has."""
    with office.hq.database.read() as connection:
        return list(connection.execute(select(survey_response)).all())


def test_of_an_anonymous_answer_only_what_was_said_is_kept(office: Office) -> None:
    """Anybody at HQ could look up who was at that kiosk at that second."""
    sent = unnamed(office)
    assert [one.status for one in office.send(sent)] == [Fate.ACCEPTED]
    (row,) = kept(office)
    told = {name: value for name, value in row._mapping.items() if value is not None}
    assert told == {
        "response_id": sent["id"],
        "survey_id": "after",
        "survey_version": 1,
        "complete": True,
        "anonymous": True,
        "answers": {"overall": 4, "ideas": "灯光亮一点", "call": False},
        "flags": [],
        "fit": "fits",
        "misfits": [],
        "store_id": factories.STORE,
        "day": "2026-11-16",
    }


def test_an_anonymous_answer_is_in_no_other_table(office: Office) -> None:
    """The table of records would tell kiosk, sequence and second of it."""
    sent = unnamed(office)
    office.send(sent, visiting(office, office.clock().isoformat()))
    with office.hq.database.read() as connection:
        for table in (table for shape in SHAPES for table in shape.sorted_tables):
            rows = connection.execute(select(table)).all()
            found = [one for one in rows if sent["id"] in str(one)]
            assert bool(found) == (table is survey_response), table.name
        assert connection.execute(select(record.c.kind)).scalars().all() == [Kind.VISIT.value]


def test_the_rows_do_not_lie_in_the_order_of_their_coming(office: Office) -> None:
    """A database numbers its rows in secret: the neighbours of an answer would tell whose it is."""
    path = office.hq.database._writer.url.database
    assert path is not None
    with sqlite3.connect(path) as file:
        query = "select sql from sqlite_master where name = 'survey_response'"
        assert "WITHOUT ROWID" in file.execute(query).fetchone()[0]
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            file.execute("select rowid from survey_response")


def test_an_anonymous_answer_counts_once(office: Office) -> None:
    """An answer of HQ that was lost would make one opinion two."""
    sent = unnamed(office)
    assert [one.status for one in office.send(sent, sent)] == [Fate.ACCEPTED, Fate.DUPLICATE]
    assert [one.status for one in office.send(sent)] == [Fate.DUPLICATE]
    assert len(kept(office)) == 1


def test_the_same_id_with_another_answer_is_a_conflict(office: Office) -> None:
    """What a kiosk sends under a used id would overwrite an answer, or vanish unseen."""
    sent = unnamed(office)
    other = sent | {"payload": sent["payload"] | {"answers": {"overall": 1}}}
    named = answering(office) | {"id": sent["id"]}
    named["payload"]["response_id"] = sent["id"]
    office.send(sent)
    for wrong in (other, named):
        (result,) = office.send(wrong)
        assert (result.status, result.code) == (Fate.REJECTED, "conflict")
    (row,) = kept(office)
    assert row.answers["overall"] == 4
    first = answering(office)
    office.send(first)
    second = unnamed(office) | {"id": first["id"]}
    second["payload"]["response_id"] = first["id"]
    (result,) = office.send(second)
    assert (result.status, result.code) == (Fate.REJECTED, "conflict")
    assert len(kept(office)) == 2


@pytest.mark.parametrize(
    ("occurred", "week"),
    [
        ({"wall": "2026-11-15T23:30:00+08:00"}, "2026-11-09"),
        ({"wall": "2026-11-16T00:00:00+08:00"}, "2026-11-16"),
        ({"wall": "2026-11-14T16:30:00+00:00"}, "2026-11-09"),
        ({"wall": "2026-11-15T16:30:00+00:00"}, "2026-11-16"),
        ({"wall": "9999-12-31T23:59:59+00:00"}, "2026-11-16"),
        ({"wall": "1970-01-01T00:00:00+00:00", "clock": "unset"}, "2026-11-16"),
    ],
)
def test_its_time_is_the_week_the_kiosk_tells(
    office: Office, occurred: dict[str, str], week: str
) -> None:
    """Answers would be counted to a wrong week, or the boot's clock bring back the second."""
    office.send(unnamed(office) | {"occurred": moment(since_boot_s=0.0, **occurred)})
    assert kept(office)[0].day == week


PEOPLE = 3


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    whose=st.permutations(range(PEOPLE)),
    places=st.lists(st.integers(0, 5), min_size=PEOPLE, max_size=PEOPLE),
)
def test_it_makes_no_difference_to_hq_who_gave_which_answer(
    whose: list[int], places: list[int]
) -> None:
    """Some column, order or time would tell who said what to whoever can read the database.

    The same three answers come in the same places of the queue, given by other members each time.
    """
    assert _database(list(range(PEOPLE)), places) == _database(whose, places)


def _database(whose: list[int], places: list[int]) -> dict[str, list[str]]:
    """Everything HQ has after three members have answered, each in their own language and pace.

    Args:
        whose: who gave the answer that stands in each place.
        places: where in the queue of named records the answers stand.
    """
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), [survey()])
        for number in range(PEOPLE):
            office.join(f"m-{number}")
        queue = [one for number in range(PEOPLE) for one in _of_member(office, number)]
        for place, who in enumerate(whose):
            queue.insert(places[place], _answer(who) | {"seq": 100 + place})
        for first in range(0, len(queue), 3):
            office.send(*queue[first : first + 3])
        told = _dump(office)
        office.hq.close()
        return told


def _of_member(office: Office, number: int) -> list[dict[str, Any]]:
    """A visit, and what came of asking."""
    who = f"m-{number}"
    made = [visiting(office, "2026-11-21T06:00:00+00:00", who), asked(office, who)]
    for place, one in enumerate(made):
        one["id"] = f"00000000-0000-7000-8000-{number:06}{place:06}"
        if "asked_id" in one["payload"]:
            one["payload"]["asked_id"] = one["id"]
    return made


def _answer(who: int) -> dict[str, Any]:
    """The one answer of this member; its time is blurred by the kiosk."""
    id_ = f"00000000-0000-4000-8000-{who:012}"
    payload = {
        "kind": "survey_response",
        "response_id": id_,
        "survey_id": "after",
        "survey_version": 1,
        "language": "en" if who % 2 else "zh-CN",
        "complete": True,
        "anonymous": True,
        "answers": {"overall": 3, "ideas": f"idea {who}"},
        "seconds": {"overall": 1.5 + who},
        "flags": [],
    }
    occurred = moment(wall="2026-11-21T00:00:00+08:00", since_boot_s=0.0)
    shape = {"id": id_, "kind": "survey_response", "kind_version": 1, "priority": 5}
    return shape | {"occurred": occurred, "payload": payload}


RANDOM = {"pin", "bundle"}
"""Tables with salt and keys of the moment; nothing of an answer is in them."""


def _dump(office: Office) -> dict[str, list[str]]:
    with office.hq.database.read() as connection:
        return {
            table.name: [str(tuple(row)) for row in connection.execute(select(table))]
            for shape in SHAPES
            for table in shape.sorted_tables
            if table.name not in RANDOM
        }
