"""Which questions somebody saw, and at which one they left: their way through the form, again."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from kiosk.model.text import Language
from kiosk.survey.form import Form
from kiosk.survey.parts import Expression
from kiosk.survey.questions import ChoosingQuestion, Question
from kiosk.survey.run import Run
from kiosk.survey.steps import answer, begin, go_on
from sim.hq.statistics.responses import Response

_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Walk:
    """A way through a survey.

    Attributes:
        passed: questions that were seen and gone on from, in order.
        left_at: the question somebody walked away from; None for one who went through.
    """

    passed: tuple[str, ...]
    left_at: str | None = None


class Walker:
    """Walks every response through its form as the kiosk led it; equal ways are walked once.

    Args:
        form: the edition that was answered.
    """

    def __init__(self, form: Form) -> None:
        self._form = form
        self._asked = tuple(
            one.name for one in form.questions().values() if isinstance(one, Question)
        )
        steering = _steering(form)
        self._steered_by = tuple(one for one in self._asked if one.lower() in steering.names)
        self._by_date = steering.by_date
        self._known: dict[Hashable, Walk] = {}

    def walk(self, response: Response) -> Walk:
        """The way of this response."""
        key = self._key(response)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._walk(response)
        return found

    def _key(self, response: Response) -> Hashable:
        answers = response.answers
        answered = frozenset(self._answered(response))
        steered = tuple(repr(answers.get(name)) for name in self._steered_by)
        day = response.day if self._by_date else None
        return answered, steered, response.complete, day

    def _walk(self, response: Response) -> Walk:
        seen = tuple(dict.fromkeys((*self._seen(response), *self._answered(response))))
        if response.complete:
            return Walk(seen)
        answered = [at for at, name in enumerate(seen) if name in response.answers]
        here = answered[-1] + 1 if answered else 0
        return Walk(seen[:here], seen[here] if here < len(seen) else None)

    def _answered(self, response: Response) -> Iterator[str]:
        """What was answered, whatever this form would have made of it."""
        return (name for name in self._asked if name in response.answers)

    def _seen(self, response: Response) -> Iterator[str]:
        """Every question that was on the glass, page after page; it ends where no page follows."""
        now = datetime.combine(response.day, _NOON)
        run = begin(self._form, Language.EN, now)
        visited: set[str] = set()
        while run.page not in visited and not run.completed:
            visited.add(run.page)
            run = _fill(run, response, now)
            yield from (name for name in run.visible_questions(run.page) if name in self._asked)
            run = go_on(run, now).run


def _fill(run: Run, response: Response, now: datetime) -> Run:
    """Answer what the page asks; an answer may bring further questions to it."""
    done: set[str] = set()
    page = run.page
    while waiting := [
        name
        for name in run.visible_questions(page)
        if name in response.answers and name not in done
    ]:
        done.add(waiting[0])
        run = answer(run, waiting[0], response.answers[waiting[0]], now)
        if run.page != page:
            break
    return run


@dataclass(frozen=True, slots=True)
class _Steering:
    """What a way depends on besides which questions were answered.

    Attributes:
        names: of the questions whose answers conditions ask about, in small letters.
        by_date: whether a condition asks what day it is.
    """

    names: frozenset[str]
    by_date: bool


def _steering(form: Form) -> _Steering:
    figures = {one.name.lower(): one.expression for one in form.calculated_values}
    figures |= {
        one.name.lower(): expression
        for one in form.questions().values()
        if isinstance(expression := getattr(one, "expression", None), Expression)
    }
    waiting, seen = list(_conditions(form)), set[str]()
    by_date = False
    while waiting:
        condition = waiting.pop()
        by_date |= condition.always
        for name in _parts(condition):
            if name not in seen and name in figures:
                waiting.append(figures[name])
            seen.add(name)
    return _Steering(frozenset(seen), by_date)


def _parts(condition: Expression) -> set[str]:
    """Every word that may be a question's name: `cause` of `cause[0]`, `size` of `panel.size`."""
    return {part.partition("[")[0].lower() for name in condition.names for part in name.split(".")}


def _conditions(form: Form) -> Iterator[Expression]:
    """Everything that decides what is seen."""
    owners: list[Any] = [*form.pages, *form.elements()]
    for one in form.elements():
        if isinstance(one, ChoosingQuestion):
            owners += one.choices
    for owner in owners:
        for name in ("visible_if", "enable_if", "required_if"):
            if isinstance(condition := getattr(owner, name, None), Expression):
                yield condition
    yield from (one.expression for one in form.triggers)
