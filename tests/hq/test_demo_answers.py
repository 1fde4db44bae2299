"""The demo's made-up year of answers: the same every time, and as HQ would have taken it in."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, Table, select

from kiosk.model.text import Language
from kiosk.survey.profile import fields_of, stages_of
from sim.hq.answer_tables import profile_said, profile_value, survey_response
from sim.hq.demo import fleet, tray_cards
from sim.hq.editions import edition
from sim.hq.figures import is_demo
from sim.hq.fitting import Given, fits_question, misfits
from sim.hq.people import invent
from sim.hq.profile import renew
from sim.hq.seed import DemoPlan, seed
from sim.hq.state import Hq, open_hq
from sim.hq.tables import purchase

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
MEMBERS = 150


def seeded(folder: Path) -> Hq:
    """An HQ with the demo."""
    hq = open_hq(f"sqlite:///{folder}/hq.db", folder, now=lambda: NOW)
    seed(hq, DemoPlan(MEMBERS, bytes.fromhex(fleet().fleet_salt)))
    return hq


@pytest.fixture(scope="module")
def hq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hq]:
    """An HQ with the demo, for tests that change nothing."""
    hq = seeded(tmp_path_factory.mktemp("demo"))
    yield hq
    hq.close()


def rows(hq: Hq, table: Any) -> list[Row[Any]]:
    """All rows of a table, by their key."""
    with hq.database.read() as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key)).all())


def made_up(hq: Hq, table: Table) -> list[Any]:
    """Rows without those that the tray's people told HQ: these have drawn ids, as real ones do."""
    return [one for one in rows(hq, table) if getattr(one, "kiosk_id", None) != "phone"]


def test_the_same_answers_every_time(hq: Hq, tmp_path: Path) -> None:
    """A figure somebody remembers from yesterday would be another one today."""
    again = seeded(tmp_path)
    for table in (survey_response, profile_said, profile_value):
        assert made_up(hq, table) == made_up(again, table)
    again.close()


def test_a_second_start_makes_up_nothing_more(tmp_path: Path) -> None:
    """Each start of the simulator would add a year of answers."""
    hq = seeded(tmp_path)
    before = len(rows(hq, survey_response))
    seed(hq, DemoPlan(MEMBERS, bytes.fromhex(fleet().fleet_salt)))
    assert len(rows(hq, survey_response)) == before
    with hq.database.read() as connection:
        assert is_demo(connection)
    hq.close()


def test_every_answer_fits_its_edition(hq: Hq) -> None:
    """The demo would show answers that no kiosk could have taken."""
    with hq.database.read() as connection:
        for row in connection.execute(select(survey_response)).all():
            document = edition(connection, row.survey_id, row.survey_version)
            assert document is not None
            given = Given(row.answers, row.complete, Language.EN, NOW)
            assert misfits(document, given) == ()


def test_nobody_is_behind_an_anonymous_answer(hq: Hq) -> None:
    """The demo would show more of anonymous people than HQ ever keeps."""
    anonymous = [one for one in rows(hq, survey_response) if one.anonymous]
    assert len(anonymous) > 20
    hidden = ("language", "seconds", "member_id", "card_wrong", "purchase_id", "kiosk_id", "at")
    for one in anonymous:
        assert all(getattr(one, name) is None for name in hidden)
        assert date.fromisoformat(one.day).weekday() == 0


def test_the_trays_people_have_answered_nothing(hq: Hq) -> None:
    """A technician would lay a card down and not be asked: it was answered already."""
    tray = {f"m-{at:06}" for at in range(1, len(tray_cards()))}
    assert not {one.member_id for one in rows(hq, survey_response)} & tray
    for table in (profile_said, profile_value):
        told = {one.member_id for one in rows(hq, table)} & tray
        assert told == {one.member_id for one in invent(len(tray)) if one.person.told}


def test_a_year_of_every_store_is_there(hq: Hq) -> None:
    """A chart would end in spring, or a store be missing from it."""
    found = rows(hq, survey_response)
    days = [date.fromisoformat(one.day) for one in found]
    assert max(days) <= TODAY
    assert (TODAY - min(days)).days > 300
    assert len(Counter(one.store_id for one in found)) == 4
    assert any(one.flags for one in found)
    assert 0.02 < sum(not one.complete for one in found) / len(found) < 0.25


def test_an_answer_about_a_purchase_is_its_members(hq: Hq) -> None:
    """Figures by who served would be empty: HQ counts a purchase for its own member alone."""
    owners = {one.purchase_id: one for one in rows(hq, purchase)}
    about = [one for one in rows(hq, survey_response) if one.purchase_id]
    assert len(about) > 20
    for one in about:
        bought = owners[one.purchase_id]
        assert (bought.member_id, bought.store_id, bought.day) == (
            one.member_id,
            one.store_id,
            one.day,
        )
        assert bought.staff_id
    assert len({one.purchase_id for one in about}) == len(about)


def test_profiles_are_what_was_said_about_them(hq: Hq, tmp_path: Path) -> None:
    """The first answer at a kiosk would change values nobody spoke of."""
    made_up = seeded(tmp_path)
    before = rows(made_up, profile_value)
    with made_up.database.write() as connection:
        for member_id in sorted({one.member_id for one in before})[:25]:
            renew(connection, member_id)
    assert rows(made_up, profile_value) == before
    made_up.close()


def test_what_was_said_to_profiles_fits_and_finishes_no_stage(hq: Hq) -> None:
    """A stage would be finished without its points, or hold what no question offers."""
    content = hq.bundles.content()
    assert content is not None
    stages = stages_of(content.surveys)
    named = {one.name: one for one in fields_of(stages)}
    said = rows(hq, profile_said)
    for one in said:
        if one.value is not None:
            given = Given({one.field: one.value}, False, Language.EN, NOW)
            assert fits_question(named[one.field].stage, one.field, given)
    known: dict[str, set[str]] = {}
    for one in rows(hq, profile_value):
        known.setdefault(one.member_id, set()).add(one.field)
    for fields in known.values():
        assert not any(stage.survey.questions().keys() <= fields for stage in stages)
    assert {one.source for one in said} == {"member", "staff"}
