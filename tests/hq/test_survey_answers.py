"""Answers to surveys at HQ: kept once, held against their edition, paid for once."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from kiosk.model.answers import Came
from kiosk.model.ledger import LineReason
from kiosk.model.verdicts import Outcome
from kiosk.model.wire import Fate
from sim.hq.answer_tables import survey_edition, survey_response
from tests import factories
from tests.hq.answers_kit import POINTS, answering, applying, asked, survey, telling, unnamed
from tests.hq.office import Office, key_of, open_office


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for examples that take a member each."""
    office = open_office(tmp_path_factory.mktemp("hq"), [survey()])
    yield office
    office.hq.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with a published survey and a member who has bought something."""
    office = open_office(tmp_path, [survey()])
    office.join()
    office.join("m-2")
    office.buy(10_000, purchase_id="p-a")
    yield office
    office.hq.close()


def kept(office: Office) -> list[Row[Any]]:
    """Every answer HQ has."""
    with office.hq.database.read() as connection:
        return list(connection.execute(select(survey_response)).all())


def earned(office: Office, member_id: str = "m-1") -> int:
    """Points for surveys."""
    lines = office.lines(member_id)
    return sum(one.points for one in lines if one.reason is LineReason.SURVEY)


def test_an_answer_is_kept_with_all_it_says(office: Office) -> None:
    """HQ would lose what members say, or not know where and when they said it."""
    assert office.ask(answering(office, purchase="p-a")).outcome is Outcome.NOTED
    (row,) = kept(office)
    assert (row.survey_id, row.survey_version, row.complete, row.anonymous) == (
        "after",
        1,
        True,
        False,
    )
    assert row.answers == {"overall": 4, "ideas": "灯光亮一点", "call": False}
    assert row.seconds == {"overall": 2.4, "ideas": 20.0}
    assert (row.fit, row.misfits, row.flags) == ("fits", [], [])
    assert (row.member_id, row.purchase_id, row.card_wrong) == ("m-1", "p-a", False)
    assert (row.store_id, row.kiosk_id, row.day) == (factories.STORE, "k-1", "2026-11-21")


def test_the_row_tells_what_was_asked_and_that_it_is_known(office: Office) -> None:
    """A kiosk would ask the same again at the next tap, or remember its claim for ever."""
    record = answering(office, purchase="p-a")
    office.ask(record)
    office.ask(asked(office, survey_id="vote", came="declined"))
    last = asked(office, "m-1", survey_id="other", came="half_way")
    office.ask(last)
    row = office.row()
    told = {(one.survey_id, one.purchase, one.came) for one in row.surveys}
    assert told == {
        ("after", "p-a", Came.ANSWERED),
        ("vote", None, Came.DECLINED),
        ("other", None, Came.HALF_WAY),
    }
    assert {one.on for one in row.surveys} == {date(2026, 11, 21)}
    assert row.noted == {"k-1": last["seq"]}


def test_a_row_tells_the_newest_twenty_surveys_and_five_purchases(office: Office) -> None:
    """A row longer than kiosks take would keep the whole directory from them."""
    for number in range(25):
        office.clock.now = office.clock.now.replace(day=22 if number < 12 else 23)
        office.send(asked(office, survey_id=f"s-{number}", came="declined"))
        office.buy(5_000, purchase_id=f"q-{number}", items=number)
    row = office.row()
    assert len(row.surveys) == 20
    assert sum(one.on == date(2026, 11, 23) for one in row.surveys) == 13
    assert [one.items for one in row.purchases] == [24, 23, 22, 21, 20]
    assert row.purchases[0].store_id == factories.STORE
    assert row.first_purchase == date(2026, 11, 21)


def test_what_was_wholly_returned_is_not_asked_about(office: Office) -> None:
    """A member would be asked how they like what they have given back."""
    office.refund("p-a", 10_000)
    row = office.row()
    assert row.purchases == ()
    assert row.first_purchase == date(2026, 11, 21)


def test_an_answer_of_nobody_is_kept_with_its_flag(office: Office) -> None:
    """What people without a card say would be lost, or counted as a member's."""
    record = answering(office, None, flags=["no_member", "rapid_repeat"])
    assert office.ask(record).outcome is Outcome.NOTED
    (row,) = kept(office)
    assert (row.member_id, row.card_wrong) == (None, None)
    assert row.flags == ["no_member", "rapid_repeat"]


@pytest.mark.parametrize(
    ("answers", "complete", "fit", "misfits"),
    [
        ({"overall": 1, "cause": "price", "call": True}, True, "fits", []),
        ({"overall": 1, "call": True}, True, "misfit", ["cause"]),
        ({"overall": 1, "call": True}, False, "fits", []),
        ({"overall": 5, "cause": "price"}, True, "misfit", ["cause"]),
        ({"overall": 9}, True, "misfit", ["overall"]),
        ({"overall": "very"}, False, "misfit", ["overall"]),
        ({"overall": 2, "cause": "weather"}, False, "misfit", ["cause"]),
        ({"overall": 4, "made_up": 1}, True, "misfit", ["made_up"]),
        ({"ideas": "only this"}, True, "misfit", ["ideas", "overall"]),
        ({}, False, "fits", []),
    ],
)
def test_answers_are_held_against_their_edition(
    office: Office, answers: dict[str, Any], complete: bool, fit: str, misfits: list[str]
) -> None:
    """Figures would count what nobody could have answered, or leave out what was."""
    office.send(answering(office, answers=answers, complete=complete))
    (row,) = kept(office)
    assert (row.fit, row.misfits) == (fit, misfits)
    assert row.answers == answers


def test_an_answer_to_an_unknown_version_is_kept_and_marked(office: Office) -> None:
    """An answer given before HQ was set up anew would come back to the kiosk for ever."""
    results = office.send(answering(office, survey_version=7))
    assert [one.status for one in results] == [Fate.ACCEPTED]
    (row,) = kept(office)
    assert row.fit == "unknown"
    assert earned(office) == 0


def test_late_answers_meet_the_edition_they_were_given_to(office: Office) -> None:
    """After every new edition the answers of offline kiosks would look wrong."""
    newer = survey(2)
    newer["survey"] = {"elements": [{"type": "boolean", "name": "again", "isRequired": True}]}
    newer["reward_points"] = 5
    office.publish(office.content, [newer])
    office.send(answering(office), answering(office, survey_version=2, answers={"again": True}))
    assert {(row.survey_version, row.fit) for row in kept(office)} == {(1, "fits"), (2, "fits")}


def test_two_editions_under_one_number_are_both_understood(office: Office) -> None:
    """An author who forgets to count up would make all answers since the first look wrong."""
    again = survey()
    again["survey"] = {"elements": [{"type": "boolean", "name": "again", "isRequired": True}]}
    office.clock.now = office.clock.now.replace(hour=5)
    office.publish(office.content, [again])
    office.publish(office.content, [again])
    office.send(answering(office), answering(office, answers={"again": True}))
    assert {row.fit for row in kept(office)} == {"fits"}
    with office.hq.database.read() as connection:
        editions = connection.execute(select(survey_edition.c.document)).scalars().all()
    assert sorted(json.dumps(one) for one in editions) == sorted(map(json.dumps, (survey(), again)))


def test_surveys_of_content_that_does_not_fit_are_no_editions(office: Office) -> None:
    """Answers would be held against questions that no kiosk has ever asked."""
    office.publish(office.content, [survey(2), survey(3, id="other", audience={"tiers": ["none"]})])
    with office.hq.database.read() as connection:
        assert connection.execute(select(survey_edition.c.version)).scalars().all() == [1]


def test_a_number_no_database_holds_is_refused_by_itself(office: Office) -> None:
    """One such record would fail its whole upload, and the kiosk's queue stand still for ever."""
    broken = [
        answering(office, survey_version=2**63),
        unnamed(office, survey_version=2**63),
        asked(office, survey_version=2**31),
        telling(office, "name", "王小明", survey_version=2**63),
        applying(office, text_version=2**63),
    ]
    told = office.send(*broken, answering(office))
    assert [one.status for one in told].count(Fate.REJECTED) == len(broken)
    assert len(kept(office)) == 1


def test_points_are_told_in_the_members_ledger(office: Office) -> None:
    """The member would find points nobody can explain."""
    before = office.sum_of()
    office.ask(answering(office, purchase="p-a"))
    line = office.lines()[0]
    assert (line.reason, line.points, line.store_id) == (
        LineReason.SURVEY,
        POINTS,
        factories.STORE,
    )
    assert office.row().points == before + POINTS


@pytest.mark.parametrize(
    "said",
    [
        {"complete": False},
        {"purchase": "p-of-nobody"},
        {"card_key": key_of("m-2")},
        {"card_key": "0" * 32},
        {"survey_id": "unheard-of"},
    ],
)
def test_what_earns_nothing(office: Office, said: dict[str, Any]) -> None:
    """Half an answer, an invented purchase or another's card would earn points."""
    office.send(answering(office, **({"purchase": "p-a"} | said)))
    assert earned(office) == 0


def test_another_members_purchase_earns_nothing(office: Office) -> None:
    """One could be paid for every purchase in the store."""
    office.send(answering(office, "m-2", purchase="p-a"))
    assert earned(office, "m-2") == 0


ABOUT = st.sampled_from([None, "a", "b", "invented"])
DEEDS = st.lists(
    st.tuples(st.sampled_from(["answer", "half", "anonymous", "declined"]), ABOUT),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(deeds=DEEDS, order=st.randoms(use_true_random=False), data=st.data())
def test_points_come_once_for_each_purchase_in_any_order_and_however_often(
    shared: Office, deeds: list[tuple[str, str | None]], order: Any, data: st.DataObject
) -> None:
    """A lost answer of HQ, or two kiosks, would pay a member twice, or not at all."""
    who = f"m-{next(shared.numbers)}"
    shared.join(who)
    for name in ("a", "b"):
        shared.buy(1_000, who, purchase_id=f"{who}-{name}")
    records = [_record(shared, who, what, about) for what, about in deeds]
    sent = records + [one for one in records if order.random() < 0.5]
    order.shuffle(sent)
    while sent:
        many = data.draw(st.integers(1, len(sent)))
        shared.send(*sent[:many])
        del sent[:many]
    paid = {about for what, about in deeds if what in ("answer", "anonymous")} - {"invented"}
    assert earned(shared, who) == POINTS * len(paid)
    assert shared.sum_of(who) == shared.row(who).points


def _record(office: Office, who: str, what: str, about: str | None) -> dict[str, Any]:
    purchase = None if about is None else f"{who}-{about}"
    match what:
        case "answer" | "half":
            return answering(office, who, purchase=purchase, complete=what == "answer")
        case "anonymous":
            return asked(office, who, purchase=purchase)
        case _:
            return asked(office, who, purchase=purchase, came="declined")
