"""What a person can do with a survey: open it, answer, go on, go back, finish.

Every function is pure: a run goes in and a run comes out. Time is given, store-local.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.model.text import Language
from kiosk.survey.engine import Engine
from kiosk.survey.entry import accepted
from kiosk.survey.expressions.moments import moment_of
from kiosk.survey.expressions.values import from_json
from kiosk.survey.form import Form
from kiosk.survey.layout import layout_of
from kiosk.survey.run import Run
from kiosk.survey.validate import Fault, faults_on_page


def begin(form: Form, language: Language, now: datetime) -> Run:
    """Open a survey at its first page that has anything to show."""
    engine = Engine(Run(form, layout_of(form), language), moment_of(now))
    engine.run_conditions()
    return _at_a_page(engine.run)


def answer(run: Run, name: str, value: object, now: datetime) -> Run:
    """Put an answer into a question, as a touch does.

    What the screen would not let happen changes nothing: a question that is not there, hidden or
    locked, a choice that is not offered, more choices than allowed.

    Args:
        value: text, number, truth value, list of choices; None takes the answer away.
    """
    if run.completed or name not in run.layout.questions:
        return run
    if not run.is_visible(name) or run.is_locked(name):
        return run
    taken, kept = accepted(run, name, from_json(value))
    if not taken:
        return run
    engine = Engine(run, moment_of(now))
    engine.answer(name, kept)
    return _at_a_page(engine.run)


@dataclass(frozen=True, slots=True)
class Onward:
    """Where going on has led.

    Attributes:
        faults: what holds the person back; the run is then the one that went in.
    """

    run: Run
    faults: tuple[Fault, ...] = ()


def go_on(run: Run, now: datetime) -> Onward:
    """Leave the page for the next one; the last page completes the survey."""
    if run.completed:
        return Onward(run)
    moment = moment_of(now)
    faults = faults_on_page(run, run.page, moment) if run.page else ()
    if faults:
        return Onward(run, faults)
    engine = Engine(run, moment)
    if run.is_last_page():
        engine.complete()
        return Onward(engine.run)
    engine.leave_page()
    if not engine.run.completed and engine.run.page == run.page:
        engine.run = replace(engine.run, page=_after(engine.run))
    return Onward(_at_a_page(engine.run))


def go_back(run: Run) -> Run:
    """Return to the page before, or to where a jump began."""
    pages = run.visible_pages()
    if run.completed or run.page not in pages[1:]:
        return run
    for at, (origin, target) in enumerate(run.skips):
        if target == run.page:
            run = replace(run, skips=run.skips[:at] + run.skips[at + 1 :])
            if origin and run.is_page_visible(origin):
                return replace(run, page=origin)
            break
    return replace(run, page=pages[pages.index(run.page) - 1])


def finish(run: Run, now: datetime) -> Run:
    """Close the survey where it stands: what was answered so far is kept, nothing is checked."""
    if run.completed:
        return run
    engine = Engine(run, moment_of(now))
    engine.complete()
    return engine.run


def _after(run: Run) -> str:
    pages = run.visible_pages()
    return pages[pages.index(run.page) + 1] if run.page in pages[:-1] else run.page


def _at_a_page(run: Run) -> Run:
    """The same; when its page has nothing to show any more, at the first that has."""
    pages = run.visible_pages()
    if run.completed or run.page in pages:
        return run
    return replace(run, page=pages[0] if pages else "")
