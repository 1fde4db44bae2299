"""Figures made of answers: each is computed after those it depends on."""

from typing import Protocol

from kiosk.survey.expressions.compare import FIGURE, same
from kiosk.survey.expressions.values import UNDEFINED, Value
from kiosk.survey.form import CalculatedValue
from kiosk.survey.parts import Expression
from kiosk.survey.run import Run


class Computing(Protocol):
    """What figures need of the engine."""

    run: Run

    def value_of(self, expression: Expression, owner: str = "", item: Value = UNDEFINED) -> Value:
        """What an expression comes to now."""
        ...

    def set_variable(self, name: str, value: Value) -> None:
        """Set a variable, and let everything follow from it."""
        ...


class Figures:
    """The calculated values of one run."""

    def __init__(self, engine: Computing) -> None:
        self._engine = engine
        self._done: set[str] = set()
        self._under_way: set[str] = set()

    def compute_all(self) -> None:
        """Compute every figure once, in order, those a figure depends on before it."""
        self._done = set()
        for figure in self._engine.run.form.calculated_values:
            self._compute(figure)

    def _compute(self, figure: CalculatedValue) -> None:
        if figure.name in self._done:
            return
        if figure.name not in self._under_way:
            self._under_way.add(figure.name)
            for other in self._engine.run.form.calculated_values:
                if other.name != figure.name and other.name in figure.expression.names:
                    self._compute(other)
            value = self._engine.value_of(figure.expression)
            old = self._engine.run.variables.get(figure.name.lower(), UNDEFINED)
            if not same(value, old, FIGURE):
                self._engine.set_variable(figure.name, value)
            self._under_way.discard(figure.name)
        self._done.add(figure.name)
