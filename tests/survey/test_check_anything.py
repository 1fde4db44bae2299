"""Whatever HQ's next slip is, the check ends with reasons that lead to a place."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.survey.check import check
from kiosk.survey.document import Document
from kiosk.survey.estimate import estimate_s
from kiosk.survey.linter import advice_on
from kiosk.survey.places import Location
from kiosk.survey.steps import answer, begin, finish, go_on
from sim.hq.demo import FOLDER
from tests.survey.walks import NOW

DOCUMENTS = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((FOLDER / "content" / "surveys").glob("*.json"))
]

_odd: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 1e308, "", "x", "{", "{overall}", "iif(", "1^1", [], [[]], {}, {"type": 1}]
)
_json = st.recursive(
    _odd | st.text(max_size=6),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=6), inside),
    max_leaves=6,
)


def places(given: object, location: Location = ()) -> Iterator[Location]:
    """The way to every value of a document."""
    members: Any = ()
    if isinstance(given, dict):
        members = given.items()
    elif isinstance(given, list):
        members = enumerate(given)
    for step, inside in members:
        yield (*location, step)
        yield from places(inside, (*location, step))


PLACES = [[*places(one)] for one in DOCUMENTS]


@st.composite
def spoilt(draw: st.DrawFn) -> Any:
    """A survey of the demo with one value exchanged, taken away, or set beside another."""
    at = draw(st.integers(0, len(DOCUMENTS) - 1))
    given = copy.deepcopy(DOCUMENTS[at])
    *way, last = draw(st.sampled_from(PLACES[at]))
    here: Any = given
    for step in way:
        here = here[step]
    match draw(st.sampled_from(["exchange", "remove", "repeat"])):
        case "remove":
            del here[last]
        case "repeat" if isinstance(last, int):
            here.append(copy.deepcopy(here[last]))
        case _:
            here[last] = draw(_json)
    return given


@settings(max_examples=300, deadline=None)
@given(spoilt())
def test_one_slip_is_refused_or_harmless(given: Any) -> None:
    """A document that passes and then raises ends the visit of everybody who is asked."""
    checked = check(given)
    assert (checked.document is None) == bool(checked.troubles)
    for trouble in checked.troubles:
        assert trouble.reason
        assert len(trouble.reason) < 400
    if checked.document is not None:
        assert estimate_s(checked.document.survey) >= 0
        assert all(str(one) for one in advice_on(checked.document))
        _walk(checked.document)


def _walk(survey: Document) -> None:
    """Answer whatever is asked with whatever is at hand."""
    run = begin(survey.survey, Language.ZH, NOW)
    for _ in range(len(survey.survey.pages) + 1):
        for name in run.visible_questions(run.page) if run.page else ():
            offered = run.offered(name) if run.layout.elements[name].type != "expression" else ()
            values: list[Any] = [offered[0].value, [offered[-1].value]] if offered else ["5", True]
            for value in values:
                run = answer(run, name, value, NOW)
        run = go_on(run, NOW).run
    assert finish(run, NOW).completed
