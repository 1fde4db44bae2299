"""Walks through a form step by step, and how it stands after each, as the oracle tells it."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from kiosk.model.text import Language
from kiosk.survey.form import Form
from kiosk.survey.outcome import data_of
from kiosk.survey.pipe import fault_text, text_of
from kiosk.survey.questions import ChoosingQuestion, Question
from kiosk.survey.run import Run
from kiosk.survey.steps import Onward, answer, begin, finish, go_back, go_on
from tests.survey.vectors import NOW_MS

NOW = datetime(1970, 1, 1) + timedelta(milliseconds=NOW_MS)  # noqa: DTZ001 -- store-local


def step(run: Run, taken: dict[str, Any]) -> Onward:
    """One step of a kept walk."""
    if "set" in taken:
        return Onward(answer(run, taken["set"], taken["to"], NOW))
    if taken["go"] == "next":
        return go_on(run, NOW)
    return Onward(go_back(run) if taken["go"] == "back" else finish(run, NOW))


def standing(led: Onward) -> dict[str, Any]:
    """How a run stands, in the oracle's words."""
    run = led.run
    if run.completed:
        return {"done": True, "data": data_of(run)}
    questions = run.layout.questions
    seen = {name: one for name, one in questions.items() if run.is_visible(name)}
    return {
        "page": run.page,
        "pages": list(run.visible_pages()),
        "seen": list(seen),
        "locked": [name for name in seen if run.is_locked(name)],
        "required": [
            name
            for name, one in seen.items()
            if name in run.required or (isinstance(one, Question) and one.is_required)
        ],
        "offered": {
            name: [choice.value for choice in run.offered(name)]
            for name, one in seen.items()
            if isinstance(one, ChoosingQuestion)
        },
        "titles": [
            text_of(run, one.title, name) if one.title else name for name, one in seen.items()
        ],
        "headed": _headed(run),
        "said": [text for one in led.faults if (text := fault_text(run, one)).startswith("! ")],
        "faults": dict(Counter(fault.question for fault in led.faults)),
        "data": data_of(run),
    }


def _headed(run: Run) -> str:
    """The title of the open page; "" for none."""
    return text_of(run, run.layout.pages[run.page].title) if run.page else ""


def walk(vector: dict[str, Any]) -> list[dict[str, Any]]:
    """How a run stands at first and after every step of a kept walk."""
    language = Language.ZH if vector["locale"] else Language.EN
    led = Onward(begin(Form.model_validate(vector["form"]), language, NOW))
    stood = [standing(led)]
    for taken in vector["steps"]:
        led = step(led.run, taken)
        stood.append(standing(led))
    return stood
