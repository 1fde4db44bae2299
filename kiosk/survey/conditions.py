"""Conditions of a survey: asked from the first page to the last whenever an answer has changed.

What is asked depends on what was touched; what an answer hides is told to the engine, which decides
what becomes of the values.
"""

from dataclasses import replace
from typing import Protocol

from kiosk.survey.expressions.evaluate import is_fulfilled
from kiosk.survey.expressions.values import UNDEFINED, Value, from_json
from kiosk.survey.keys import Change, touches
from kiosk.survey.parts import Expression
from kiosk.survey.questions import (
    AnyElement,
    ChoosingQuestion,
    ExpressionQuestion,
    Panel,
    Question,
)
from kiosk.survey.run import Run, marked

ROUNDS = 10
"""How often conditions run again in one step (SurveyJS, maxConditionRunCountOnValueChanged)."""


class Asked(Protocol):
    """What conditions need of the engine."""

    run: Run

    @property
    def is_worn_out(self) -> bool:
        """Whether this step has asked too much already."""
        ...

    def value_of(self, expression: Expression, owner: str = "", item: Value = UNDEFINED) -> Value:
        """What an expression comes to now."""
        ...

    def answer(self, name: str, value: Value) -> None:
        """Put a value into a question."""
        ...

    def compute_figures(self) -> None:
        """Compute every figure anew."""
        ...

    def show(self, element: AnyElement, visible: bool) -> None:
        """Show an element or hide it, by its own condition."""
        ...

    def drop_missing(self, question: ChoosingQuestion) -> None:
        """Take chosen values away whose choices are not offered."""
        ...


class Conditions:
    """The conditions of one run."""

    def __init__(self, engine: Asked) -> None:
        self._engine = engine
        self._running = False
        self._again = False
        self._rounds = 0
        self._touched: dict[str, Change | Value] = {}
        self._by_answer = False

    def changed(self, touched: dict[str, Value]) -> None:
        """Ask what has to do with these names, now that their values have changed."""
        self._touched.update(touched)
        if self._running:
            self._again = True
            return
        self._by_answer = True
        self.run_all()
        self._by_answer = False
        self._touched = {}

    def run_all(self) -> None:
        """Ask every condition, again while they change values, ten times at most."""
        if self._engine.run.completed or self._running or self._engine.is_worn_out:
            return
        self._running = True
        self._engine.compute_figures()
        for page in self._engine.run.layout.pages.values():
            for element in page.elements:
                self._ask(element)
            self._ask_container(page.name, page.visible_if, page.enable_if, is_page=True)
            self._leave_hidden_page()
        self._running = False
        if self._again and self._rounds < ROUNDS:
            self._again = False
            self._rounds += 1
            self.run_all()
            return
        self._again, self._rounds = False, 0
        if not self._by_answer:
            self._touched = {}

    def _leave_hidden_page(self) -> None:
        """Open the first page there is when the open one has just gone, if only for a moment."""
        if self._engine.run.page and not self._engine.run.is_page_visible(self._engine.run.page):
            self._engine.run = replace(
                self._engine.run, page=next(iter(self._engine.run.visible_pages()), "")
            )

    def _needs_asking(self, expression: Expression | None) -> bool:
        """Whether there is a condition, and what it depends on was touched."""
        if expression is None:
            return False
        if not self._by_answer or expression.always or not expression.names:
            return True
        return touches(expression.names, self._touched)

    def _ask(self, element: AnyElement) -> None:
        if isinstance(element, Panel):
            for one in element.elements:
                self._ask(one)
            self._ask_container(element.name, element.visible_if, element.enable_if, is_page=False)
            return
        if element.visible_if and self._needs_asking(element.visible_if):
            self._engine.show(
                element, self._engine.value_of(element.visible_if, element.name) is True
            )
        if isinstance(element, Question):
            self._ask_question(element)
        elif isinstance(element, ExpressionQuestion):
            self._ask_figure(element)

    def _ask_question(self, question: Question) -> None:
        name = question.name
        if question.enable_if and self._needs_asking(question.enable_if):
            locked = self._engine.value_of(question.enable_if, name) is False
            self._engine.run = replace(
                self._engine.run, locked=marked(self._engine.run.locked, name, locked)
            )
        if question.required_if and self._needs_asking(question.required_if):
            required = self._engine.value_of(question.required_if, name) is True
            self._engine.run = replace(
                self._engine.run, required=marked(self._engine.run.required, name, required)
            )
        if isinstance(question, ChoosingQuestion):
            self._ask_choices(question)

    def _ask_figure(self, question: ExpressionQuestion) -> None:
        if not self._engine.run.is_locked(question.name) and self._needs_asking(
            question.expression
        ):
            value = self._engine.value_of(question.expression, question.name)
            self._engine.answer(question.name, UNDEFINED if value == float("inf") else value)

    def _ask_choices(self, question: ChoosingQuestion) -> None:
        missing = set(self._engine.run.missing)
        for at, choice in enumerate(question.choices):
            if choice.visible_if is None:
                continue
            value = self._engine.value_of(choice.visible_if, question.name, from_json(choice.value))
            (missing.discard if is_fulfilled(value) else missing.add)((question.name, at))
        if missing != self._engine.run.missing:
            self._engine.run = replace(self._engine.run, missing=frozenset(missing))
            self._engine.drop_missing(question)

    def _ask_container(
        self,
        name: str,
        visible_if: Expression | None,
        enable_if: Expression | None,
        *,
        is_page: bool,
    ) -> None:
        run = self._engine.run
        if visible_if and self._needs_asking(visible_if):
            hidden = self._engine.value_of(visible_if) is not True
            if is_page:
                self._engine.run = replace(
                    self._engine.run, hidden_pages=marked(run.hidden_pages, name, hidden)
                )
            else:
                self._engine.run = replace(
                    self._engine.run, hidden=marked(run.hidden, name, hidden)
                )
        if enable_if and self._needs_asking(enable_if):
            locked = self._engine.value_of(enable_if) is False
            if is_page:
                self._engine.run = replace(
                    self._engine.run, locked_pages=marked(run.locked_pages, name, locked)
                )
            else:
                self._engine.run = replace(
                    self._engine.run, locked=marked(run.locked, name, locked)
                )
