"""The value of an expression for given answers; never raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kiosk.survey.expressions import arithmetic, compare
from kiosk.survey.expressions.functions import DISPLAY_VALUE, FUNCTIONS
from kiosk.survey.expressions.names import look_up
from kiosk.survey.expressions.nodes import Binary, Call, Constant, Listed, Name, Node, Unary
from kiosk.survey.expressions.numbers import as_number, is_numeric
from kiosk.survey.expressions.values import (
    UNDEFINED,
    Moment,
    Value,
    bounded,
    is_empty,
    is_truthy,
)


class Answers(Protocol):
    """What an expression can ask about."""

    def find(self, name: str) -> tuple[bool, Value]:
        """Whether a name leads to a value, and that value; undefined is a value too."""
        ...

    def display(self, name: str, value: Value) -> Value:
        """The words of a question's answer, or of another value of it that is not empty."""
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """Answers by their names, without any questions."""

    values: Mapping[str, Value]

    def find(self, name: str) -> tuple[bool, Value]:
        """Whether a name leads to a value, and that value."""
        return look_up(name, self.values)

    def display(self, name: str, value: Value) -> Value:
        """Nothing: without questions no answer has words."""
        return UNDEFINED


def evaluate(node: Node, answers: Answers, now: Moment) -> Value:
    """What an expression comes to.

    Args:
        now: store-local time; `today()` is its day.
    """
    return _Evaluation(answers, now).value(node)


def is_fulfilled(value: Value) -> bool:
    """Whether a condition with this value holds: it is true, 1, or reads as 1."""
    return value is True or (not isinstance(value, bool) and compare.is_one(value))


@dataclass(frozen=True, slots=True)
class _Evaluation:
    answers: Answers
    now: Moment

    def value(self, node: Node) -> Value:
        match node:
            case Constant():
                return node.value
            case Name():
                return self._named(node)
            case Listed():
                return bounded(tuple(self.value(one) for one in node.values))
            case Call():
                return self._called(node)
            case Unary():
                return _unary(node.operator, self.value(node.operand))
            case Binary():
                return self._chain(node)

    def _named(self, node: Name) -> Value:
        found, value = self.answers.find(node.text)
        if not found:
            return None
        return value if node.as_it_is else read(value)

    def _called(self, node: Call) -> Value:
        values = tuple(self.value(one) for one in node.parameters)
        if node.function == DISPLAY_VALUE:
            name, value = (*values, UNDEFINED, UNDEFINED)[:2]
            return self.answers.display(name, value) if isinstance(name, str) else UNDEFINED
        return bounded(FUNCTIONS[node.function](values, self.now))

    def _chain(self, node: Binary) -> Value:
        """A chain of any length without recursion: it grows to the left."""
        chain = [node]
        while isinstance(chain[-1].left, Binary):
            chain.append(chain[-1].left)
        value = self.value(chain[-1].left)
        for link in reversed(chain):
            value = self._binary(link.operator, value, self.value(link.right))
        return value

    def _binary(self, operator: str, left: Value, right: Value) -> Value:
        if operator in arithmetic.ARITHMETIC:
            return bounded(arithmetic.calculate(operator, left, right))
        return _compared(operator, left, right, self.now)


def _compared(operator: str, left: Value, right: Value, now: Moment) -> bool:
    match operator:
        case "equal":
            return compare.equal(left, right, now)
        case "notequal":
            return not compare.equal(left, right, now)
        case "greater":
            return compare.greater(left, right, now)
        case "less":
            return compare.less(left, right, now)
        case "greaterorequal":
            return compare.equal(left, right, now) or compare.greater(left, right, now)
        case "lessorequal":
            return compare.equal(left, right, now) or compare.less(left, right, now)
        case _:
            return _membership(operator, left, right)


def _membership(operator: str, left: Value, right: Value) -> bool:
    match operator:
        case "contains":
            return compare.contains(left, right)
        case "notcontains":
            return compare.lacks(left, right)
        case "anyof":
            return compare.any_of(left, right)
        case "noneof":
            return not compare.any_of(left, right)
        case _:
            return compare.all_of(left, right)


def _unary(operator: str, value: Value) -> bool:
    if operator == "negate":
        return not is_truthy(value)
    return is_empty(value) == (operator == "empty")


def read(value: Value) -> Value:
    """An answer's text as a truth value, without its quotes or as a number, where it is one.

    Text with a leading zero that is no decimal (a code, a phone number) stays text.
    """
    if not isinstance(value, str) or not value:
        return value
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if len(value) > 1 and value[0] in "'\"" and value[-1] in "'\"":
        return value[1:-1]
    return value if _is_code(value) or not is_numeric(value) else as_number(value)


def _is_code(text: str) -> bool:
    if not text.startswith("0") or text.startswith("0x"):
        return False
    return len(text) > 1 and text[1] not in ".,"
