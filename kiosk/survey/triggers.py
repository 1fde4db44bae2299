"""What answers set off, and when: each trigger is asked when a name it uses was touched."""

from typing import Protocol

from kiosk.survey.expressions.values import UNDEFINED, Value
from kiosk.survey.form import CompleteTrigger, SetValueTrigger, Trigger
from kiosk.survey.keys import Change, touches
from kiosk.survey.parts import Expression
from kiosk.survey.run import Run

ROUNDS = 3
"""How often triggers run again when they touch other names."""


class Acting(Protocol):
    """What triggers need of the engine."""

    run: Run

    @property
    def is_worn_out(self) -> bool:
        """Whether this step has asked too much already."""
        ...

    def value_of(self, expression: Expression, owner: str = "", item: Value = UNDEFINED) -> Value:
        """What an expression comes to now."""
        ...

    def is_valid(self, name: str) -> bool:
        """Whether a question's answer may stay as it is."""
        ...

    def carry_out(self, trigger: Trigger) -> None:
        """Do what a trigger is there for."""
        ...


class Triggers:
    """The triggers of one run."""

    def __init__(self, engine: Acting) -> None:
        self._engine = engine
        self._touched: dict[str, Change | Value] | None = None

    def check(
        self, touched: dict[str, Change | Value], name: str = "", *, leaving: bool = False
    ) -> None:
        """Carry out every trigger that has to do with these names and whose condition holds.

        Args:
            name: the question that was answered: a jump or an end waits until it is valid.
            leaving: a page is being left; jumps and answers were made before.
        """
        if self._engine.run.completed or not self._engine.run.form.triggers:
            return
        if self._touched is not None:  # carried out by another trigger: it goes round once more
            self._touched.update(touched)
            return
        invalid = name in self._engine.run.layout.questions and not self._engine.is_valid(name)
        self._touched = dict(touched)
        for _ in range(ROUNDS):
            before = dict(self._touched)
            self._round(invalid, leaving)
            if self._engine.run.completed or self._touched == before:
                break
            self._touched = {
                one: what
                for one, what in self._touched.items()
                if one not in before or before[one] != what
            }
        self._touched = None

    def _round(self, invalid: bool, leaving: bool) -> None:
        for trigger in self._engine.run.form.triggers:
            waits = invalid and not isinstance(trigger, SetValueTrigger)
            if self._engine.is_worn_out:
                return
            if not waits and isinstance(trigger, CompleteTrigger) == leaving:
                self._ask(trigger)

    def _ask(self, trigger: Trigger) -> None:
        touched = self._touched or {}
        if isinstance(trigger, SetValueTrigger) and list(touched) == [trigger.set_to_name]:
            return
        expression = trigger.expression
        concerned = expression.always or not expression.names
        if not concerned and not touches(expression.names, touched):
            return
        if self._engine.value_of(expression) is True:
            self._engine.carry_out(trigger)
