"""What one step changes: conditions, figures and triggers until nothing moves any more.

The order of work is SurveyJS': a value is written, all conditions run from the first page to the
last (again when one of them changed a value, ten times at most), then the triggers whose names were
touched. The engine is the one thing here that changes in place; it lives for one step.
"""

from dataclasses import replace
from types import MappingProxyType

from kiosk.survey.conditions import Conditions
from kiosk.survey.expressions.compare import EXACT, ORDERED, same
from kiosk.survey.expressions.evaluate import evaluate
from kiosk.survey.expressions.values import UNDEFINED, Moment, Value, from_json, is_empty
from kiosk.survey.figures import Figures
from kiosk.survey.form import CompleteTrigger, SetValueTrigger, SkipTrigger, Trigger
from kiosk.survey.keys import Change
from kiosk.survey.parts import Expression
from kiosk.survey.questions import (
    AnyElement,
    CheckboxQuestion,
    ChoosingQuestion,
)
from kiosk.survey.run import Run, marked
from kiosk.survey.selection import without_missing
from kiosk.survey.triggers import Triggers
from kiosk.survey.typed import corrected, is_kept
from kiosk.survey.validate import faults_of

ENOUGH = 50_000
"""Parts of expressions that one step may ask before nothing follows from it any more: a tenth of a
second or two. A person's survey asks a few thousand; triggers that undo each other would ask
without end, and the glass would not move."""


class Engine:
    """Works on one run.

    Attributes:
        run: as it stands.
        now: store-local time, for `today()` and its like.
    """

    def __init__(self, run: Run, now: Moment) -> None:
        self.run = run
        self.now = now
        self._work = 0
        self._conditions = Conditions(self)
        self._figures = Figures(self)
        self._triggers = Triggers(self)
        self._bringing_back = False

    # Values

    def answer(self, name: str, value: Value) -> None:
        """Put a value into a question, as a person or a trigger does."""
        question = self.run.layout.questions[name]
        value = corrected(question, value)
        if same(value, self.run.shown.get(name, UNDEFINED), EXACT):
            return
        if isinstance(question, CheckboxQuestion) and not self._bringing_back:
            aside = {one: kept for one, kept in self.run.set_aside.items() if one != name}
            self.run = replace(self.run, set_aside=MappingProxyType(aside))
        self.run = replace(self.run, shown=_with(self.run.shown, name, value))
        if is_kept(question, value, self.now):
            self.write(name, value)

    def clear(self, name: str) -> None:
        """Take a question's value away."""
        if self.run.shown.get(name, UNDEFINED) is not UNDEFINED:
            self.answer(name, UNDEFINED)

    def write(self, name: str, value: Value) -> None:
        """Count a value as answered, and let everything follow from it."""
        old = self.run.data.get(name, UNDEFINED)
        if same(value if value != "" else None, old if old is not UNDEFINED else None, EXACT):
            return
        kept = UNDEFINED if is_empty(value) else value
        self.run = replace(self.run, data=_with(self.run.data, name, kept))
        self._conditions.changed({name: value})
        self._triggers.check({name: Change(old, value)}, name=name)

    def set_variable(self, name: str, value: Value) -> None:
        """Set a variable, and let everything follow from it."""
        name = name.lower()
        old = self.run.variables.get(name, UNDEFINED)
        self.run = replace(self.run, variables=_with(self.run.variables, name, value))
        if not same(old, value, ORDERED):
            self._conditions.changed({name: value})
            self._triggers.check({name: Change(old, value)}, name=name)

    # Conditions

    @property
    def is_worn_out(self) -> bool:
        """Whether this step has asked so much that it ends as it stands."""
        return self._work > ENOUGH

    def run_conditions(self) -> None:
        """Ask every condition."""
        self._conditions.run_all()

    def compute_figures(self) -> None:
        """Compute every figure anew."""
        self._figures.compute_all()

    def value_of(self, expression: Expression, owner: str = "", item: Value = UNDEFINED) -> Value:
        """What an expression of a question comes to now."""
        self._work += expression.size
        return evaluate(expression.node, self.run.scope(owner, item), self.now)

    # What is no longer seen

    def show(self, element: AnyElement, visible: bool) -> None:
        """Show an element or hide it, by its own condition."""
        hidden = marked(self.run.hidden, element.name, not visible)
        if hidden == self.run.hidden:
            return
        self.run = replace(self.run, hidden=hidden)
        if not visible and self.run.form.clear_invisible_values == "onHidden":
            self.clear_unseen(element)

    def clear_unseen(self, element: AnyElement) -> None:
        """Take the value of a question away that is not to be seen, and of missing choices."""
        if self.run.form.clear_invisible_values == "none":
            return
        if not self.run.is_visible(element.name):
            self.clear(element.name)
        if isinstance(element, ChoosingQuestion):
            self.drop_missing(element)

    def drop_missing(self, question: ChoosingQuestion) -> None:
        """Take chosen values away whose choices are not offered, bring others back."""
        shown = self.run.shown.get(question.name, UNDEFINED)
        aside = self.run.set_aside.get(question.name, ())
        if is_empty(shown):
            if not aside:
                return
            shown = ()  # all that was chosen went away: it comes back as well
        offered = tuple(from_json(one.value) for one in self.run.offered(question.name))
        left, aside = without_missing(question, shown, offered, aside)
        set_aside = {**self.run.set_aside, question.name: aside}
        self.run = replace(self.run, set_aside=MappingProxyType(set_aside))
        self._bringing_back = True
        if left is UNDEFINED:
            self.clear(question.name)
        elif left != shown:
            self.answer(question.name, left)
        self._bringing_back = False

    def complete(self) -> None:
        """Close the survey: what is not to be seen is no answer."""
        self.run = replace(self.run, completed=True)
        for element in self.run.layout.questions.values():
            self.clear_unseen(element)

    # Triggers

    def is_valid(self, name: str) -> bool:
        """Whether a question's answer may stay as it is."""
        return not faults_of(self.run, name, self.now)

    def carry_out(self, trigger: Trigger) -> None:
        """Do what a trigger is there for."""
        match trigger:
            case CompleteTrigger():
                self.complete()
            case SkipTrigger():
                self._jump(trigger.goto_name)
            case SetValueTrigger():
                self._set(trigger)

    def _jump(self, name: str) -> None:
        page = self.run.layout.page_of[name]
        if name in self.run.hidden:
            return
        self.run = replace(self.run, skips=(*self.run.skips, (self.run.page, page)))
        if self.run.is_page_visible(page):
            self.run = replace(self.run, page=page)

    def _set(self, trigger: SetValueTrigger) -> None:
        value = UNDEFINED if trigger.set_value is None else from_json(trigger.set_value)
        if trigger.is_variable:
            self.set_variable(trigger.set_to_name, value)
        elif trigger.set_to_name in self.run.layout.questions:
            self.answer(trigger.set_to_name, value)
        else:
            self.write(trigger.set_to_name, value)

    def leave_page(self) -> None:
        """Run the triggers that wait for a page to be left."""
        names = self.run.layout.page_of
        touched: dict[str, Change | Value] = {
            name: self.run.data.get(name, UNDEFINED)
            for name in self.run.layout.questions
            if names[name] == self.run.page
        }
        for figure in self.run.form.calculated_values:
            touched[figure.name] = self.run.variables.get(figure.name.lower(), UNDEFINED)
        self._triggers.check(touched, leaving=True)


def _with(values: object, name: str, value: Value) -> MappingProxyType[str, Value]:
    assert isinstance(values, MappingProxyType)
    changed = {one: kept for one, kept in values.items() if one != name}
    if value is not UNDEFINED:
        changed[name] = value
    return MappingProxyType(changed)
