"""What HQ reads from its tables about answers: real records in, figures out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, update

from kiosk.content import Content
from kiosk.model.care import Reporting, Shift
from sim.hq import answers_figures
from sim.hq.answer_tables import survey_response
from sim.hq.answers_figures import Figures, Told
from sim.hq.counted import FRESH_FOR, MANY, Counts
from sim.hq.editions import edition
from sim.hq.statistics.report import Scored
from sim.hq.tables import purchase
from tests import factories
from tests.hq.answers_kit import answering, survey, unnamed
from tests.hq.office import Office, open_office

EARLY = Shift(shift_id="early", words=factories.local("早班", "early"), first_hour=8, to_hour=16)
LATE = Shift(shift_id="late", words=factories.local("晚班", "late"), first_hour=16, to_hour=24)


def faces(**changes: Any) -> dict[str, Any]:
    """The survey after a purchase with smileys, a scale from 0 to 10, words in confidence."""
    page = {
        "name": "p1",
        "elements": [
            {"type": "rating", "name": "overall", "rateType": "smileys"},
            {"type": "rating", "name": "nps", "rateMin": 0, "rateMax": 10},
            {"type": "comment", "name": "ideas"},
            {"type": "text", "name": "phone"},
        ],
    }
    notes = {"phone": {"sensitivity": "personal"}}
    return survey(survey={"pages": [page]}, questions=notes, **changes)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An HQ with a published survey and a member."""
    office = open_office(tmp_path, [faces()])
    office.join()
    yield office
    office.hq.close()


def content_with(minimum: int) -> Content:
    """Content in which so few answers are told, for two shifts."""
    reporting = Reporting(minimum_answers=minimum, shifts=(EARLY, LATE))
    care = factories.care().model_copy(update={"reporting": reporting})
    return factories.content(care=care)


def told(office: Office, minimum: int = 5, store_id: str = "") -> Figures:
    """The figures of the survey."""
    with office.hq.database.read() as connection:
        document = edition(connection, "after", 1)
        assert document is not None
        return answers_figures.figures_of(connection, content_with(minimum), document, store_id)


def scored(figures: Figures, name: str = "overall") -> Scored:
    """One question's scores."""
    return next(one for one in figures.report.scored if one.name == name)


def words(figures: Figures, name: str) -> Told:
    """What was written to one question."""
    return next(one for one in figures.said if one.name == name)


def test_answers_of_every_kind_are_counted(office: Office) -> None:
    """Anonymous answers would be left out, doubtful ones mixed in, or a name asked for."""
    office.send(
        *(answering(office, answers={"overall": 5}) for _ in range(4)),
        *(unnamed(office, answers={"overall": 1}, seconds={}) for _ in range(2)),
        answering(office, answers={"overall": 5}, flags=["rapid_repeat"]),
        answering(office, None, answers={"overall": 5}, flags=["no_member"]),
    )
    figures = told(office)
    assert (figures.report.raw, figures.report.flagged) == (8, 2)
    one = scored(figures)
    assert one.filtered.found is not None
    assert one.raw.found is not None
    assert (one.filtered.found.value, one.raw.found.value) == (4 / 6, 6 / 8)


def test_a_vote_is_for_people_without_a_card(tmp_path: Path) -> None:
    """Nobody's vote would count, for a vote asks for no card."""
    office = open_office(tmp_path, [faces(kind="vote", audience={})])
    voted = [answering(office, None, answers={"overall": 4}, flags=["no_member"]) for _ in range(5)]
    again = answering(office, None, answers={"overall": 4}, flags=["no_member", "rapid_repeat"])
    office.send(*voted, again)
    figures = told(office)
    assert (figures.report.raw, figures.report.flagged) == (6, 1)
    office.hq.close()


def test_an_answer_that_does_not_fit_is_left_out_alone(office: Office) -> None:
    """A value the form never offered would be counted, or take the whole response with it."""
    office.send(*(answering(office, answers={"overall": 5, "nps": 10}) for _ in range(5)))
    office.send(answering(office, answers={"overall": 9, "nps": 10}))
    figures = told(office)
    counted = {one.name: one.answered for one in figures.report.asked}
    assert (counted["overall"], counted["nps"]) == (5, 6)


def test_shifts_go_by_the_stores_clock_and_know_no_anonymous_ones(office: Office) -> None:
    """A late shift would be praised for the early one, or an anonymous hour be guessed."""
    office.send(
        *(answering(office, answers={"overall": 5}) for _ in range(5)),  # 14:20 in Shanghai
        *(unnamed(office, answers={"overall": 1}, seconds={}) for _ in range(5)),
    )
    late = [answering(office, answers={"overall": 2}) for _ in range(5)]
    office.send(*late)
    ids = [one["id"] for one in late]
    with office.hq.database.write() as connection:
        change = update(survey_response).where(survey_response.c.response_id.in_(ids))
        connection.execute(change.values(at="2026-11-21T08:00:00.000000+00:00"))  # 16:00
    shifts = scored(told(office)).shifts
    store = factories.STORE
    assert {key: one.n for key, one in shifts.items()} == {(store, "early"): 5, (store, "late"): 5}


def test_who_served_is_told_by_a_purchase_of_ones_own(office: Office) -> None:
    """Somebody could praise a member of staff with another one's purchase, or an invented one."""
    office.join("m-2")
    office.buy(10_000, purchase_id="p-mine", staff_id="s-07")
    office.buy(10_000, member_id="m-2", purchase_id="p-theirs", staff_id="s-08")
    for about in ("p-mine", "p-theirs", "p-invented", None):
        office.send(*(answering(office, purchase=about, answers={"overall": 5}) for _ in range(5)))
    assert {who: one.n for who, one in scored(told(office)).staff.items()} == {"s-07": 5}


def test_one_store_alone(office: Office) -> None:
    """The manager of one store would look at the chain's figures."""
    office.send(*(answering(office, answers={"overall": 5}) for _ in range(5)))
    with office.hq.database.write() as connection:
        connection.execute(update(survey_response).values(store_id="s-2"))
    office.send(*(answering(office, answers={"overall": 1}) for _ in range(5)))
    assert told(office).report.raw == 10
    assert told(office, store_id="s-2").report.raw == 5
    assert set(told(office).stores) == {"s-2", factories.STORE}


def test_nameless_words_wait_for_company(office: Office) -> None:
    """The one anonymous remark of a store would be known for whose it is."""
    for at in range(4):
        office.send(unnamed(office, answers={"overall": 2, "ideas": f"{9 - at}"}, seconds={}))
    assert words(told(office), "ideas") == Told("ideas", (), (), 4, 0)
    office.send(unnamed(office, answers={"overall": 2, "ideas": "9"}, seconds={}))
    found = words(told(office), "ideas")
    assert found.nameless == (("6", 1), ("7", 1), ("8", 1), ("9", 2))
    assert found.too_few == 0


def test_named_words_come_with_their_member(office: Office) -> None:
    """HQ could not thank anybody for a good idea."""
    office.send(answering(office, answers={"overall": 4, "ideas": "more light"}))
    (row,) = words(told(office), "ideas").named
    assert (row.words, row.member_id, row.called_en) == ("more light", "m-1", "Ms L.")


def test_what_was_told_in_confidence_is_only_counted(office: Office) -> None:
    """A phone number given for one call would stand on a page anybody at HQ opens."""
    office.send(answering(office, answers={"overall": 1, "phone": "13800000000"}))
    assert words(told(office), "phone") == Told("phone", (), (), 0, 1)


def test_every_edition_that_was_answered_is_listed(office: Office) -> None:
    """Answers to an edition HQ never published would vanish without a word."""
    office.send(answering(office), answering(office, survey_version=7))
    with office.hq.database.read() as connection:
        found = answers_figures.editions_answered(connection)
    assert [(one.version, one.document is not None, one.responses) for one in found] == [
        (1, True, 1),
        (7, False, 1),
    ]


def test_figures_are_counted_anew_when_answers_have_come(office: Office) -> None:
    """A page would count 60 000 answers every three seconds, or never show a new one."""
    counts: list[int] = []
    kept: Counts[Figures] = Counts(office.hq.now)
    figures = told(office)

    def ask(mark: int) -> None:
        def count() -> Figures:
            counts.append(mark)
            return figures

        found = kept.get("after", mark, count)
        assert found.at <= office.hq.now()
        seen.append(found.mark)

    seen: list[int] = []
    ask(1)
    ask(1)
    ask(2)  # few are counted at once
    office.clock.now += FRESH_FOR
    ask(MANY + 1)
    office.clock.now += timedelta(hours=1)
    ask(MANY + 1)  # nothing has come: true as of now
    ask(MANY + 2)  # one has come, but the last count is young
    office.clock.now += FRESH_FOR
    ask(MANY + 2)
    assert counts == [1, 2, MANY + 1, MANY + 2]
    assert seen == [1, 1, 2, MANY + 1, MANY + 1, MANY + 1, MANY + 2]


def test_a_purchase_row_needs_no_staff(office: Office) -> None:
    """Tills that know no staff would break the page."""
    row = {
        "purchase_id": "p-old",
        "member_id": "m-1",
        "store_id": factories.STORE,
        "receipt": "R",
        "at": "2026-11-20T00:00:00+00:00",
        "day": "2026-11-20",
        "purchase_fen": 1,
        "earned": 0,
    }
    with office.hq.database.write() as connection:
        connection.execute(insert(purchase).values(row))
    office.send(*(answering(office, purchase="p-old", answers={"overall": 5}) for _ in range(5)))
    assert scored(told(office)).staff == {}
