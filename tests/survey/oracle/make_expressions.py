"""Makes expressions and answers at random, always the same ones for the same seed."""

import random
from collections.abc import Sequence
from typing import Any

from tests.survey.oracle.pools import (
    COMPARING,
    CONSTANTS,
    DAYS,
    FOOT,
    FUNCTIONS,
    JOINING,
    LISTS,
    MEMBERSHIP,
    NAMES,
    ODD_CONSTANTS,
    ODD_DAYS,
    ODD_LISTS,
    ODD_NAMES,
    ODD_SCALARS,
    ODD_UNITS,
    SCALARS,
    SIGNS,
    SUMS,
    UNITS,
)

ODD = 0.15
"""How often something is odd: what no author would think of, and the next one writes."""

DIGITS = ("0", "1", "2", "3", "'1'", "-1", "-2", "1.5", "20", "{a}", "400")
"""What is rounded to, sense and nonsense."""


def expressions(seed: int, count: int) -> list[dict[str, object]]:
    """So many expressions `e`, each with the answers `v` it is asked about."""
    maker = _Maker(random.Random(seed))
    return [{"e": maker.whole(), "v": maker.answers()} for _ in range(count)]


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def answers(self) -> dict[str, object]:
        """Answers to about two thirds of the names."""
        pools = (
            (SCALARS, ODD_SCALARS),
            (SCALARS, ODD_SCALARS),
            (DAYS, ODD_DAYS),
            (LISTS, ODD_LISTS),
        )
        return {
            name: self.some(*self.chance.choice(pools))
            for name in NAMES
            if name != "none" and self.chance.random() < 0.7
        }

    def some(self, usual: Sequence[Any], odd: Sequence[Any]) -> Any:
        """One of these, mostly of the usual ones."""
        return self.chance.choice(odd if self.chance.random() < ODD else usual)

    def whole(self) -> str:
        """One expression; one in twelve is spoilt."""
        text = self.expression(self.chance.choice((1, 1, 2, 2, 3, 4)))
        return self.spoilt(text) if self.chance.random() < 0.08 else text

    def spoilt(self, text: str) -> str:
        """The same with a character missing or something added."""
        place = self.chance.randrange(len(text) + 1)
        if self.chance.random() < 0.5:
            return text[:place] + text[place + 1 :]
        return text[:place] + self.chance.choice(FOOT) + text[place:]

    def expression(self, depth: int) -> str:
        """Anything that has a value."""
        if depth <= 0:
            return self.operand()
        kind = self.chance.random()
        if kind < 0.25:
            return self.binary(self.chance.choice(JOINING), depth, tight=False)
        if kind < 0.46:
            return self.binary(self.chance.choice(COMPARING), depth)
        if kind < 0.5:
            return f"{self.day()} {self.chance.choice(COMPARING)} {self.day()}"
        if kind < 0.62:
            return self.binary(self.chance.choice(SUMS), depth)
        if kind < 0.74:
            return self.binary(self.chance.choice(MEMBERSHIP), depth)
        if kind < 0.82:
            return self.unary(depth)
        if kind < 0.88:
            return self.group(depth)
        return self.call(depth)

    def binary(self, operator: str, depth: int, *, tight: bool = True) -> str:
        """Two operands, with or without space around the operator."""
        left, right = self.expression(depth - 1), self.expression(depth - 1)
        if self.chance.random() < 0.02:
            right = self.chance.choice(("null", "undefined"))
        needs_space = operator[0].isalpha()
        tight = tight and self.chance.random() < 0.3
        space = "" if tight and not needs_space else self.chance.choice((" ", " ", "  ", "\t"))
        return f"{left}{space}{operator}{space}{right}"

    def unary(self, depth: int) -> str:
        """Asked to be empty or not, or turned round."""
        kind = self.chance.random()
        if kind < 0.1:
            return self.chance.choice(SIGNS) + self.expression(depth - 1)
        if kind < 0.35:
            return self.chance.choice(("!", "! ", "negate ")) + self.expression(depth - 1)
        word = self.chance.choice(("empty", "notempty", "EMPTY", "NotEmpty"))
        return f"{self.operand()} {word}"

    def group(self, depth: int) -> str:
        """In brackets; the closing one is sometimes forgotten."""
        inside = self.expression(depth - 1)
        return f"({inside}" if self.chance.random() < 0.15 else f"({inside})"

    def call(self, depth: int) -> str:
        """A function and its parameters."""
        name = self.chance.choice(FUNCTIONS)
        parameters = self.parameters(name, depth - 1)
        return f"{name}({self.chance.choice((', ', ',', ' , ')).join(parameters)})"

    def parameters(self, name: str, depth: int) -> list[str]:
        """What a function is given: as many as it takes, now and then one too few."""
        if self.chance.random() < ODD / 3:
            return [self.expression(depth) for _ in range(self.chance.randint(0, 4))]
        match name:
            case "iif":
                return [self.expression(depth) for _ in range(self.chance.choice((3, 3, 3, 2)))]
            case "round":
                return [self.expression(depth), *self.perhaps(DIGITS)]
            case "today":
                return self.perhaps(("1", "-30", "'5'", "2.5", "{a}", "{b}"))
            case "year" | "month":
                return [self.day()] if self.chance.random() < 0.8 else []
            case "age":
                return [self.day(), *self.unit()]
            case "dateDiff":
                return [self.day(), self.day(), *self.unit()]
            case _:
                return [self.expression(depth) for _ in range(self.chance.randint(0, 4))]

    def unit(self) -> list[str]:
        """What a time is counted in, or nothing."""
        return [self.some(UNITS, ODD_UNITS)] if self.chance.random() < 0.6 else []

    def perhaps(self, choices: Sequence[str]) -> list[str]:
        """One of these, or none."""
        return [self.chance.choice(choices)] if self.chance.random() < 0.6 else []

    def operand(self) -> str:
        """A name or a constant."""
        if self.chance.random() < 0.45:
            return str(self.some(CONSTANTS, ODD_CONSTANTS))
        return "{" + self.name() + "}"

    def name(self) -> str:
        """A name, now and then in other case, of one value of a list, of a length."""
        name = str(self.some(NAMES, ODD_NAMES))
        kind = self.chance.random()
        if kind < 0.05:
            return name.upper()
        if kind < 0.1:
            return f"{name}[{self.chance.choice((0, 1, 2, -1))}]"
        if kind < 0.14:
            return f"{name}.length"
        if kind < 0.16:
            return f"#{name}"
        return f"{name}.0" if kind < 0.17 else name

    def day(self) -> str:
        """A day: a constant, an answer, today."""
        kind = self.chance.random()
        if kind < 0.4:
            return "{" + self.chance.choice(("day", "Born")) + "}"
        if kind < 0.7:
            return f"'{self.some(DAYS, ODD_DAYS)}'"
        return self.chance.choice(("today()", f"today({self.operand()})", "currentDate()", "{a}"))
