"""Sentences for a person: each mistake in a configuration, where it is, what would be right."""

import json
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from kiosk.config.lines import Location, find_lines
from kiosk.config.sections import kinds, settings
from kiosk.config.source import Document, Source

Mistake = Mapping[str, Any]
"""As pydantic tells it: `type`, `loc`, `input`; ours of two settings at once has `msg` too."""

LONGEST_QUOTE = 60
"""Characters of a wrong value that are shown."""


def contradictions(document: Document) -> list[Mistake]:
    """Settings that are right alone and wrong together."""
    screen, hq = _table(document, "screen"), _table(document, "hq")
    found = [_one_secret(hq, "token"), _one_secret(hq, "fleet_salt")]
    if bool(screen.get("width_px")) != bool(screen.get("height_px")):
        one = "width_px" if screen.get("width_px") else "height_px"
        words = "width_px and height_px are given together, or both are 0"
        found.append({"type": "contradiction", "loc": ("screen", one), "msg": words})
    return [mistake for mistake in found if mistake]


def _table(document: Document, section: str) -> Document:
    content = document[section]
    return content if isinstance(content, dict) else {}


def _one_secret(hq: Document, name: str) -> Mistake | None:
    given, kept = hq.get(name), hq.get(f"{name}_file")
    if given is not None and kept:
        words = f"{name} and {name}_file are both given; keep one"
        return {"type": "contradiction", "loc": ("hq", name), "msg": words}
    if given is None and not kept:
        words = f"{name}_file is missing; it must be a file that holds what HQ gave this kiosk"
        return {"type": "contradiction", "loc": ("hq", f"{name}_file"), "msg": words}
    return None


def sentences(mistakes: Iterable[Mistake], source: Source) -> list[str]:
    """One line for each mistake, in the order of the file; the command line's come last."""
    found = list(mistakes)
    lines = find_lines(source.text) if found else {}
    placed = []
    for mistake in found:
        where = tuple(str(part) for part in mistake["loc"][:2])
        placed.append((*_place(where, source, lines), _words(mistake, where)))
    ordered = [f"{place}: {words}" for _, place, words in sorted(placed)]
    return [*ordered, *source.unreadable]


def _place(where: Location, source: Source, lines: Mapping[Location, int]) -> tuple[float, str]:
    if where in source.overridden:
        return float("inf"), f"--set {'.'.join(where)}"
    line = lines.get(where) or lines.get(where[:1])
    return (line, f"{source.name}:{line}") if line else (0, source.name)


def _words(mistake: Mistake, where: Location) -> str:
    sections = settings()
    if len(where) == 1:
        return _wrong_section(where[0], sections)
    section, key = where
    if mistake["type"] == "contradiction":
        return f"[{section}] {mistake['msg']}"
    if mistake["type"] == "extra_forbidden":
        return f"[{section}] {key} is not a setting; {_hint(section, key, sections)}"
    field = sections[section][key]
    if mistake["type"] == "missing":
        return f"[{section}] {key} is missing; it must be {field.description}"
    return f"[{section}] {key} must be {field.description}{_but(mistake['input'], field)}"


def _wrong_section(name: str, sections: Mapping[str, Any]) -> str:
    if name in sections:
        return f"{name} must be a section, written once: [{name}]"
    near = get_close_matches(name, sections, n=1)
    return f"[{name}] is not a section; " + (
        f"did you mean [{near[0]}]?" if near else f"there are {', '.join(sections)}"
    )


def _hint(section: str, key: str, sections: Mapping[str, Mapping[str, FieldInfo]]) -> str:
    if near := get_close_matches(key, sections[section], n=1):
        return f"did you mean {near[0]}?"
    if elsewhere := [name for name, fields in sections.items() if key in fields]:
        return f"it belongs to [{elsewhere[0]}]"
    return f"there are {', '.join(sections[section])}"


def _but(value: Any, field: FieldInfo) -> str:
    if SecretStr in kinds(field.annotation):
        return ""
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = re.sub(r"//[^/]*@", "//…@", shown)  # a password in an address
    cut = shown if len(shown) <= LONGEST_QUOTE else shown[:LONGEST_QUOTE] + "…"
    return f", not {cut}"
