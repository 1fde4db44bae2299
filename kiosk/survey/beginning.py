"""Whether a survey asks anything of somebody who opens it: without an answer nothing else comes."""

from datetime import datetime

from kiosk.model.text import Language
from kiosk.survey.form import Form
from kiosk.survey.questions import ExpressionQuestion
from kiosk.survey.run import Run
from kiosk.survey.steps import begin

CLOCK = frozenset({"today", "currentDate", "age", "year", "month"})
"""Functions whose value may change with the day alone."""

_ANY_DAY = datetime(2026, 1, 1, 12)  # noqa: DTZ001 -- store-local; for forms no day changes


def asks(form: Form, now: datetime = _ANY_DAY) -> bool:
    """Whether a question is there and can be answered at the beginning."""
    run = begin(form, Language.ZH, now)
    return any(_is_asked(run, name) for name in run.layout.questions)


def _is_asked(run: Run, name: str) -> bool:
    answered = not isinstance(run.layout.questions[name], ExpressionQuestion)
    return answered and run.is_visible(name) and not run.is_locked(name)


def depends_on_the_day(form: Form) -> bool:
    """Whether what is shown may change with the day, whatever is answered."""
    conditions = [
        condition
        for one in (*form.pages, *form.elements())
        for condition in (one.visible_if, getattr(one, "enable_if", None))
    ]
    figures = [one.expression for one in form.elements() if isinstance(one, ExpressionQuestion)]
    figures += [one.expression for one in form.calculated_values]
    return any(one.functions & CLOCK for one in (*conditions, *figures) if one is not None)
