"""What is wrong with a document from HQ, said so that its author can mend it."""

import json
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kiosk.exceptions import ContentRefused
from kiosk.model.misplaced import Misplaced
from kiosk.store.json_lines import JsonLines, Location

LISTED = 50
"""Problems told at once; nobody reads more before mending these."""

QUOTED_CHARACTERS = 40
"""Length to which a wrong value is quoted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.

    Attributes:
        file: name of the document or picture.
        reason: in plain words.
        line: of the document, from 1; None for what has no lines.
        path: of the value, `rewards[3].points`; empty for the document as a whole.
    """

    file: str
    reason: str
    line: int | None = None
    path: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.path, self.reason) if part)


def refuse(problems: list[Problem]) -> ContentRefused:
    """The failure that lists these problems, a line each."""
    told = [str(problem) for problem in problems[:LISTED]]
    if len(problems) > LISTED:
        told.append(f"and {len(problems) - LISTED} more")
    return ContentRefused("\n".join(told))


def at(file: str, lines: JsonLines | None, location: Location, reason: str) -> Problem:
    """A problem with the value at this location."""
    line = lines.line_of(location) if lines else None
    return Problem(file, reason, line, path_of(location))


def path_of(location: Location) -> str:
    """A location as people write it: `rewards[3].name.zh-CN`."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]":  # pydantic's mark for the name of a member itself
            path += f".{step}" if path else step
    return path


def of_validation(file: str, lines: JsonLines | None, error: ValidationError) -> list[Problem]:
    """Every problem pydantic found."""
    return [
        at(file, lines, _location(detail), _reason(detail))
        for detail in error.errors(include_url=False)
    ]


def _location(detail: ErrorDetails) -> Location:
    """Where a problem is: of a contradiction, the value that its finder pointed to."""
    cause = detail.get("ctx", {}).get("error")
    return (*detail["loc"], *cause.place) if isinstance(cause, Misplaced) else detail["loc"]


def _reason(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is not known here"
        case "value_error":
            return str(detail["ctx"]["error"])
        case _:
            return _plain(detail["msg"]) + _quoted(detail["input"])


def _plain(message: str) -> str:
    for stiff in ("Input should ", "String should ", "Value should "):
        message = message.replace(stiff, "should ")
    return message


def _quoted(value: object) -> str:
    if isinstance(value, dict | list | BaseModel):
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    if len(text) > QUOTED_CHARACTERS:
        text = text[:QUOTED_CHARACTERS] + "…"
    return f", not {text}"
