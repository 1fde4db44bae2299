"""What stands between braces: the way to an answer, to one of its values, to its length."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.survey.expressions.values import UNDEFINED, Value, units

_PLACE = re.compile(r"(.*)\[ *(-?[0-9]+) *\]", re.ASCII | re.DOTALL)

LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a name between points, and which value of a list it asks for.

    Attributes:
        place: from 0; negative counts from the end; None for the value as a whole.
    """

    name: str
    place: int | None = None


def steps_of(name: str) -> tuple[Step, ...]:
    """The parts of a name: `a.b[1]` asks for `a`, then for the second value of `b`."""
    return tuple(_step(part) for part in name.split("."))


def _step(part: str) -> Step:
    found = _PLACE.fullmatch(part)
    return Step(found[1], int(found[2])) if found else Step(part)


def look_up(name: str, values: Mapping[str, Value]) -> tuple[bool, Value]:
    """Whether a name leads to a value, and that value.

    A value may itself have points in its name: the longest name that leads somewhere counts.
    Case does not. The length of what is not there is 0.
    """
    found, value = follow(steps_of(name), values)
    if not found and name.endswith("." + LENGTH):
        return True, 0.0
    return found, value


def follow(steps: tuple[Step, ...], values: Mapping[str, Value]) -> tuple[bool, Value]:
    """The same for the parts of a name; what is not there has no length here."""
    inside: Mapping[str, Value] | Value = values
    while steps:
        longest = next(
            (at + 1 for at, step in enumerate(steps) if step.place is not None), len(steps)
        )
        for count in range(longest, 0, -1):
            name = ".".join(step.name for step in steps[:count])
            found, value = _member(inside, name)
            if found:
                break
        else:
            return False, UNDEFINED
        found, inside = _placed(value, steps[count - 1].place)
        if not found:
            return False, UNDEFINED
        steps = steps[count:]
    return True, inside if not isinstance(inside, Mapping) else UNDEFINED


def _member(inside: Mapping[str, Value] | Value, name: str) -> tuple[bool, Value]:
    if isinstance(inside, Mapping):
        wanted = name.lower()
        key = next((one for one in inside if one.lower() == wanted), None)
        value = UNDEFINED if not name or key is None else inside[key]
        return value is not UNDEFINED, value
    return _part(inside, name)


def _part(value: Value, name: str) -> tuple[bool, Value]:
    """A list's value by its place as a name, or the length of a list or text."""
    if name == LENGTH and isinstance(value, tuple | str) and value:
        return True, float(len(value) if isinstance(value, tuple) else len(units(value)) // 2)
    if isinstance(value, tuple) and name.isascii() and name.isdigit() and int(name) < len(value):
        return str(int(name)) == name, value[int(name)]
    return False, UNDEFINED


def _placed(value: Value, place: int | None) -> tuple[bool, Value]:
    if place is None:
        return True, value
    if not isinstance(value, tuple) or not -len(value) <= place < len(value):
        return False, UNDEFINED
    return True, value[place]
