"""Whether answers fit a survey: they are given again, page by page, as a person gave them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.model.text import Language
from kiosk.survey.document import Document
from kiosk.survey.entry import accepted
from kiosk.survey.expressions.compare import same
from kiosk.survey.expressions.moments import moment_of
from kiosk.survey.expressions.values import UNDEFINED, from_json
from kiosk.survey.form import Form, SetValueTrigger
from kiosk.survey.questions import TextQuestion
from kiosk.survey.run import Run
from kiosk.survey.steps import answer, begin, finish, go_on
from kiosk.survey.validate import Fault, faults_of


class Fit(StrEnum):
    """Whether answers fit an edition that was published."""

    FITS = "fits"
    MISFIT = "misfit"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Given:
    """Answers as they came, and how they were given."""

    answers: Mapping[str, object]
    complete: bool
    language: Language
    at: datetime


def misfits(document: Document, given: Given) -> tuple[str, ...]:
    """Names of the answers that do not fit, and of questions that are missing; () when all fit.

    An answer fits when its question was there to be answered and takes it. Of complete answers
    every question that must be answered is; figures and what triggers set are not computed anew.
    """
    run, held_back = _replayed(document.survey, given)
    names = set(_wrong(run, given)) | {one for one in held_back if given.complete}
    return tuple(sorted(names))


def fits_question(document: Document, name: str, given: Given) -> bool:
    """Whether one answer fits its question, whatever the others are."""
    return faults_in(document, name, given) == ()


def faults_in(document: Document, name: str, given: Given) -> tuple[Fault | None, ...]:
    """What is wrong with one answer; None stands for what no screen would have let in."""
    run = begin(document.survey, given.language, given.at)
    value = given.answers[name]
    question = run.layout.questions.get(name)
    if question is None or not accepted(run, name, from_json(value))[0]:
        return (None,)
    if not _is_of_its_kind(question, value):
        return (None,)
    if not run.is_visible(name):
        return ()
    answered = answer(run, name, value, given.at)
    found = faults_of(answered, name, moment_of(given.at))
    return found or (() if _is_held(answered, name, value) else (None,))


def _is_of_its_kind(question: object, value: object) -> bool:
    """Whether a date is one: SurveyJS leaves that to the field on the screen."""
    kind = question.input_type if isinstance(question, TextQuestion) else ""
    if kind not in ("date", "month"):
        return True
    told = f"{value}-01" if kind == "month" else str(value)
    try:
        return date.fromisoformat(told).isoformat() == told  # 20150304 would pass for no birthday
    except ValueError:
        return False


def _replayed(form: Form, given: Given) -> tuple[Run, tuple[str, ...]]:
    """The run after all answers, and the questions that kept it from going on."""
    run = begin(form, given.language, given.at)
    for _ in range(len(form.pages) + 1):  # pages are never visited twice: jumps go forward
        run = _page_answered(run, given)
        onward = go_on(run, given.at)
        if onward.faults:
            return run, tuple(fault.question for fault in onward.faults)
        if onward.run.completed or onward.run.page == run.page:
            return onward.run, ()
        run = onward.run
    return run, ()


def _page_answered(run: Run, given: Given) -> Run:
    """The page with its answers; one may bring another question of the page to sight."""
    for _ in run.layout.questions:
        before = run
        for name in run.visible_questions(run.page):
            if name in given.answers and name not in run.data:
                run = answer(run, name, given.answers[name], given.at)
        if run is before:
            return run
    return run


def _wrong(run: Run, given: Given) -> list[str]:
    """Answers that the run does not hold, or holds otherwise."""
    closed = run if run.completed else finish(run, given.at)
    known = _not_asked(run.form)
    return [
        name
        for name, value in given.answers.items()
        if name not in known and not _is_held(closed, name, value)
    ]


def _is_held(run: Run, name: str, value: object) -> bool:
    if name not in run.layout.questions:
        return False
    if run.form.clear_invisible_values == "none" and name not in run.data:
        return accepted(run, name, from_json(value))[0]  # a way taken, left, and kept
    return name in run.data and same(run.data.get(name, UNDEFINED), from_json(value))


def _not_asked(form: Form) -> frozenset[str]:
    """Figures, and what triggers set: they are in the answers, and nobody gave them."""
    figures = {one.name for one in form.calculated_values}
    set_ = {one.set_to_name for one in form.triggers if isinstance(one, SetValueTrigger)}
    return frozenset(figures | set_)
