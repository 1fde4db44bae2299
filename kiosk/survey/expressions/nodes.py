"""What a parsed expression is made of."""

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.survey.expressions.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class Constant:
    """A value written in the expression."""

    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """`{name}`: the value of an answer, as it is, or read as a number or truth where it is one.

    Attributes:
        text: as it is written, without the braces and the sign `#`.
        at: place of the brace in the expression's text, from 0.
        as_it_is: text stays text; written `{#name}`.
    """

    text: str
    at: int
    as_it_is: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Listed:
    """`[a, b]`: several values."""

    values: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function and what it is given."""

    function: str
    parameters: tuple["Node", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Unary:
    """`empty`, `notempty` or `negate` of a value."""

    operator: str
    operand: "Node"


@dataclass(frozen=True, slots=True, eq=False)
class Binary:
    """Two values and what stands between them; a chain of them grows to the left."""

    operator: str
    left: "Node"
    right: "Node"


Node: TypeAlias = Constant | Name | Listed | Call | Unary | Binary
