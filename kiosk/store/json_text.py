"""Parses a JSON text of HQ so that whatever is wrong with it is told with its line."""

import json
from dataclasses import dataclass
from typing import Any

from kiosk.store import problems
from kiosk.store.json_lines import JsonLines, scan
from kiosk.store.problems import Problem


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON text that could be parsed.

    Attributes:
        value: as JSON has it.
        lines: where its values stand, for messages; None of a text that was not kept.
        repeated: members that stand twice, a problem each.
    """

    value: Any
    lines: JsonLines | None = None
    repeated: tuple[Problem, ...] = ()


def parse(name: str, content: bytes) -> Parsed | Problem:
    """What a file holds, or why it is no JSON."""
    try:
        text = content.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem(name, "is not UTF-8 here", line)
    except json.JSONDecodeError as error:
        return Problem(name, f"is not JSON from column {error.colno}: {error.msg}", error.lineno)
    except RecursionError:
        return Problem(name, "is nested too deeply")
    except ValueError as error:
        return Problem(name, f"is not JSON: {error}")
    lines = scan(text)
    repeated = (problems.at(name, lines, place, "is there twice") for place in lines.repeated)
    return Parsed(value, lines, tuple(repeated))


def _refuse_constant(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")
