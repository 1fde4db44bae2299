"""Where a value stands in a JSON text: the parser itself does not say."""

import json
import re
from dataclasses import dataclass, field

Location = tuple[str | int, ...]
"""Way to a value: names of members and places in arrays, as pydantic tells them."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
"""One token of a text that is known to be JSON."""


@dataclass
class _Level:
    """An object or array the scan is inside of."""

    is_object: bool
    place: str | int
    awaits_name: bool


@dataclass
class JsonLines:
    """The lines of a JSON text's values, counted from 1.

    Attributes:
        lines: where each member's name and each array's element begins.
        repeated: members that stand twice in one object; JSON lets the last one win silently.
    """

    lines: dict[Location, int] = field(default_factory=dict)
    repeated: list[Location] = field(default_factory=list)

    def line_of(self, location: Location) -> int:
        """The line of a value, or of the nearest value around it when it is missing."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def scan(text: str) -> JsonLines:
    """Find the line of every value of a valid JSON text."""
    found = JsonLines()
    levels: list[_Level] = []
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        _take(match[0], line, levels, found)
    return found


def _take(token: str, line: int, levels: list[_Level], found: JsonLines) -> None:
    inside = levels[-1] if levels else None
    if token in "]}":
        levels.pop()
    elif token == "," and inside:
        _go_on(inside)
    elif inside and inside.awaits_name and token != ":":
        inside.place, inside.awaits_name = json.loads(token), False
        _note(levels, line, found)
    elif token != ":":
        if inside and not inside.is_object:
            _note(levels, line, found)
        if token in "[{":
            levels.append(_Level(token == "{", "" if token == "{" else 0, token == "{"))


def _go_on(level: _Level) -> None:
    if isinstance(level.place, int):
        level.place += 1
    else:
        level.awaits_name = True


def _note(levels: list[_Level], line: int, found: JsonLines) -> None:
    location = tuple(level.place for level in levels)
    if location in found.lines:
        found.repeated.append(location)
    found.lines[location] = line
