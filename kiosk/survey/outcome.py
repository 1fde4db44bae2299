"""What a survey has yielded: the answers that count, figures made of them, and time taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.model.text import Language
from kiosk.survey.document import Document, Partial
from kiosk.survey.expressions.values import UNDEFINED, is_empty, to_json
from kiosk.survey.run import Run
from kiosk.survey.steps import finish


def data_of(run: Run) -> dict[str, object]:
    """Everything that counts as answered, by name, as JSON holds it."""
    data = {name: to_json(value) for name, value in run.data.items()}
    for figure in run.form.calculated_values:
        value = run.variables.get(figure.name.lower(), UNDEFINED)
        if figure.include_into_result and not is_empty(value):
            data[figure.name] = to_json(value)
    return {name: value for name, value in data.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What goes to HQ; who answered is not part of it.

    Attributes:
        complete: False when the person left half-way.
        answers: by the question's or figure's name.
        seconds: time spent on each answered question.
    """

    survey_id: str
    survey_version: int
    language: Language
    complete: bool
    answers: Mapping[str, object]
    seconds: Mapping[str, float]


def outcome_of(
    document: Document, run: Run, now: datetime, seconds: Mapping[str, float]
) -> Outcome | None:
    """What to send of a run, or None: nothing was answered, or left half-way and not wanted.

    Args:
        run: as it stands; one that is not completed is closed here, so that nothing hidden goes.
        seconds: time spent on questions, by name, as the screen has counted it.
    """
    closed = finish(run, now)
    answers = data_of(closed)
    answered = [name for name in closed.layout.questions if name in answers]
    if not answered or (not run.completed and document.partial is Partial.DISCARD):
        return None
    spent = {name: round(max(0.0, seconds[name]), 1) for name in answered if name in seconds}
    return Outcome(document.id, document.version, run.language, run.completed, answers, spent)
