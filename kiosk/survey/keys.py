"""Which names were touched in a step, and whether an expression has to do with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from kiosk.survey.expressions.compare import ORDERED, same
from kiosk.survey.expressions.names import look_up, steps_of
from kiosk.survey.expressions.values import Value, is_nothing


@dataclass(frozen=True, slots=True)
class Change:
    """What a name stood for, and what it stands for now."""

    old: Value
    new: Value


Keys: TypeAlias = Mapping[str, "Change | Value"]
"""Touched names, each with its change, or with its value where only that is known."""


def touches(names: Iterable[str], keys: Keys) -> bool:
    """Whether one of the names an expression uses was touched."""
    return any(_touched(name, keys) for name in names)


def _touched(name: str, keys: Keys) -> bool:
    if name in keys or name.lower() in keys:
        return True
    first = _first(name, keys)
    if not first:
        return False
    touched = keys[first]
    if isinstance(touched, Change):
        _, old = look_up(name, {first: touched.old})
        _, new = look_up(name, {first: touched.new})
        return not same(old, new, ORDERED)
    return name == first or not is_nothing(touched)


def _first(name: str, keys: Keys) -> str:
    """The touched name that a longer one begins with: `cause` of `cause.length`."""
    path = ""
    for step in steps_of(name):
        path = f"{path}.{step.name}" if path else step.name
        for one in (path, path.lower()):
            if one in keys:
                return one
    return ""
