"""Figures of a survey against tables counted by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.survey.document import Document
from sim.hq.statistics.report import Asked, Report, quantile, report
from sim.hq.statistics.responses import Response
from sim.hq.statistics.scores import Measure, Score, scale_of, score

DAY = date(2026, 11, 18)

DOCUMENT = Document.model_validate(
    {
        "id": "after",
        "version": 2,
        "kind": "satisfaction",
        "survey": {
            "pages": [
                {
                    "name": "p1",
                    "elements": [{"type": "rating", "name": "overall", "rateType": "smileys"}],
                },
                {
                    "name": "p2",
                    "visibleIf": "{OVERALL} <= 2",
                    "elements": [
                        {"type": "checkbox", "name": "cause", "choices": ["goods", "staff"]}
                    ],
                },
                {
                    "name": "p3",
                    "elements": [
                        {"type": "rating", "name": "nps", "rateMin": 0, "rateMax": 10},
                        {"type": "comment", "name": "ideas"},
                    ],
                },
            ]
        },
    }
)


def response(answers: Mapping[str, Any], **changes: Any) -> Response:
    """A complete response that is not doubtful."""
    values: dict[str, Any] = {
        "store_id": "s-1",
        "day": DAY,
        "complete": True,
        "flagged": False,
        "answers": answers,
        "seconds": {},
    }
    return Response(**(values | changes))


def told(responses: list[Response], minimum: int = 1) -> tuple[Report, dict[str, Asked]]:
    """The report, and its questions by name."""
    found = report(DOCUMENT, responses, minimum)
    return found, {one.name: one for one in found.asked}


def test_people_are_counted_where_they_leave() -> None:
    """HQ would mend the wrong question: who never saw one would count as leaving it."""
    _, asked = told(
        [
            response({"overall": 5, "nps": 9, "ideas": "more"}),
            response({"overall": 5, "nps": 9}),  # went through without ideas
            response({"overall": 1, "cause": ["goods"], "nps": 2}, complete=False),
            response({"overall": 1}, complete=False),  # left at the cause
            response({"overall": 4}, complete=False),  # never saw the cause: left at nps
        ]
    )
    table = {name: (one.seen, one.left, one.answered) for name, one in asked.items()}
    assert table == {
        "overall": (5, 0, 5),
        "cause": (2, 1, 1),
        "nps": (4, 1, 3),
        "ideas": (3, 1, 1),
    }


def test_an_answer_no_form_explains_is_still_seen() -> None:
    """An answer would be given more often than its question was seen."""
    _, asked = told([response({"overall": 5, "cause": ["goods"], "nps": 9})])
    assert (asked["cause"].seen, asked["cause"].answered) == (1, 1)


def test_scores_are_counted_by_hand() -> None:
    """A manager would be praised or blamed for a slip in a sum."""
    marks = [10, 9, 9, 8, 7, 6, 0, 0]
    faces = [5, 4, 3, 3, 2, 1, 5, 5]
    found, _ = told([response({"overall": f, "nps": m}) for f, m in zip(faces, marks, strict=True)])
    csat, nps = found.scored
    assert (csat.scale.measure, nps.scale.measure) == (Measure.CSAT, Measure.NPS)
    assert csat.filtered.found is not None
    assert nps.filtered.found is not None
    assert (csat.filtered.found.value, nps.filtered.found.value) == (4 / 8, 0 / 8)
    assert csat.filtered.n == nps.filtered.n == 8


def test_doubtful_answers_count_in_the_raw_figure_alone() -> None:
    """Children who hammer on a smiley would make a store's month."""
    found, asked = told(
        [
            *(response({"overall": 1}) for _ in range(3)),
            *(response({"overall": 5}, flagged=True) for _ in range(5)),
        ]
    )
    (overall, _) = found.scored
    assert overall.raw.found is not None
    assert overall.filtered.found is not None
    assert (overall.raw.n, overall.raw.found.value) == (8, 5 / 8)
    assert (overall.filtered.n, overall.filtered.found.value) == (3, 0)
    assert (found.raw, found.flagged, found.filtered, found.complete) == (8, 5, 3, 3)
    assert asked["overall"].counts == {1: 3}
    assert {store: one.n for store, one in overall.stores.items()} == {"s-1": 3}


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 25))
def test_too_few_tell_nothing_but_how_many_are_missing(good: int, bad: int, minimum: int) -> None:
    """Three answers would be shown as what a store's customers think, or give somebody away."""
    answers = [response({"overall": 5, "nps": 1})] * good
    found = report(DOCUMENT, [*answers, *[response({}, flagged=True)] * bad], minimum)
    assert found.missing == max(0, minimum - good)
    assert bool(found.asked) is bool(found.scored) is (good >= minimum)


def test_a_question_few_answered_tells_no_answers_and_no_times() -> None:
    """Three people's complaints would stand on a page as shares of a hundred."""
    angry = response({"overall": 1, "cause": ["goods"]}, seconds={"overall": 1, "cause": 9})
    happy = response({"overall": 5}, seconds={"overall": 1})
    _, asked = told([angry] * 3 + [happy] * 4, minimum=5)
    cause = asked["cause"]
    assert (cause.seen, cause.answered, cause.missing) == (3, 3, 2)
    assert (cause.counts, cause.median_s, cause.p90_s) == ({}, None, None)
    assert (asked["overall"].counts, asked["overall"].median_s) == ({1: 3, 5: 4}, 1)
    assert asked["overall"].missing == 0


def test_a_group_with_too_few_is_hidden_by_itself() -> None:
    """A store, a week or a member of staff with two answers would stand in the chart."""
    here = [response({"overall": 5}, staff_id="a")] * 3
    there = [response({"overall": 1}, store_id="s-2", staff_id="b", day=date(2026, 11, 23))] * 2
    (overall, _) = report(DOCUMENT, here + there, 3).scored
    by_week = {one.isoformat(): score for one, score in overall.weeks.items()}
    for groups, one, other in (
        (overall.stores, "s-1", "s-2"),
        (overall.staff, "a", "b"),
        (by_week, "2026-11-16", "2026-11-23"),
    ):
        assert groups[one].found is not None
        assert groups[other] == Score(2, 1, None)


def test_times_are_quantiles_of_those_who_answered() -> None:
    """One person who went for a coffee would set a question's time."""
    seconds = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 600]
    _, asked = told([response({"overall": 5}, seconds={"overall": one}) for one in seconds])
    assert (asked["overall"].median_s, asked["overall"].p90_s) == (5, 9)
    assert (asked["nps"].median_s, asked["nps"].p90_s) == (None, None)


@given(st.lists(st.floats(0, 600), min_size=1), st.floats(0.01, 1))
def test_a_quantile_is_one_of_the_values(values: list[float], part: float) -> None:
    """A time would be told that nobody took, or that too few kept."""
    found = quantile(values, part)
    assert found in values
    assert sum(one <= found for one in values) >= part * len(values) - 1e-9
    assert sum(one < found for one in values) < part * len(values) + 1e-9


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ({"rateMin": 0, "rateMax": 10}, Measure.NPS),
        ({"rateMin": 1, "rateMax": 10}, None),
        ({"rateType": "smileys"}, Measure.CSAT),
        ({"rateType": "smileys", "rateMax": 4}, None),
        ({"rateType": "stars"}, None),
        ({"rateType": "smileys", "rateValues": ["a", "b", "c", "d", "e"]}, None),
    ],
)
def test_only_known_scales_are_scored(question: dict[str, Any], measure: Measure | None) -> None:
    """Ten stars would be told as recommendation, which they never asked for."""
    page = {"name": "p", "elements": [{"type": "rating", "name": "q", **question}]}
    document = DOCUMENT.model_dump(include={"id", "version", "kind"}) | {
        "survey": {"pages": [page]}
    }
    (asked,) = Document.model_validate(document).survey.questions().values()
    scale = scale_of(asked)
    assert (scale.measure if scale else None) == measure


@given(st.dictionaries(st.integers(0, 10), st.integers(0, 50)), st.integers(1, 30))
def test_a_score_counts_every_step_once(counts: dict[int, int], minimum: int) -> None:
    """Promoters, passives and detractors would not add up to those who answered."""
    scale = scale_of(DOCUMENT.survey.questions()["nps"])
    assert scale is not None
    found = score(scale, {float(key): many for key, many in counts.items()}, minimum)
    n = sum(counts.values())
    assert (found.n, found.missing) == (n, max(0, minimum - n))
    if found.found is not None:
        above = sum(counts.get(one, 0) for one in (9, 10))
        below = sum(counts.get(one, 0) for one in range(7))
        assert found.found.value == (above - below) / n


def test_an_answer_off_the_scale_is_no_vote() -> None:
    """A mistaken 99 would count as a promoter."""
    scale = scale_of(DOCUMENT.survey.questions()["nps"])
    assert scale is not None
    assert score(scale, {99.0: 5, 10.0: 1}, 1).n == 1
