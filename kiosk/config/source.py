"""What somebody wrote: the file and the command line, brought together, places remembered."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from kiosk.config.lines import Location
from kiosk.config.sections import kinds, settings
from kiosk.exceptions import ConfigError

MAX_FILE_BYTES = 64 * 1024
"""A configuration is a page or two; a larger file is another file by mistake."""

Document = dict[str, Any]
"""Sections by name, each with its settings."""

_EITHER = {
    ("hq", "token"): ("hq", "token_file"),
    ("hq", "fleet_salt"): ("hq", "fleet_salt_file"),
}
"""Settings that stand for each other: whichever the command line names replaces the other."""


@dataclass(frozen=True)
class Source:
    """A configuration as it was written.

    Attributes:
        name: of the file, as the person gave it.
        text: of the file.
        document: what it means, overrides included; every section is there.
        overridden: settings that came from the command line.
        unreadable: a sentence for each override that names no setting.
    """

    name: str
    text: str
    document: Document
    overridden: frozenset[Location]
    unreadable: tuple[str, ...]


def read(path: Path, overrides: Sequence[str]) -> Source:
    """Reads the file and lays the overrides over it.

    Raises:
        ConfigError: the file cannot be read or is not TOML.
    """
    text = _text(path)
    document = _parse(path, text)
    for section in settings():
        document.setdefault(section, {})
    given = [_split(one) for one in overrides]
    named = {location: value for location, value in given if location}
    _lay_over(document, named)
    # The override itself is not quoted: what stands there may be a secret.
    unreadable = tuple(
        f"--set (number {number}): must be written section.key=value"
        for number, (location, _) in enumerate(given, 1)
        if not location
    )
    return Source(str(path), text, document, frozenset(named), unreadable)


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    if len(raw) > MAX_FILE_BYTES:
        raise ConfigError(f"{path}: is larger than {MAX_FILE_BYTES} bytes; is it the right file?")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: is not UTF-8 text") from error


def _parse(path: Path, text: str) -> Document:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, line = str(error), text.count("\n") + 1
        if place := re.search(r" \(at line (\d+), column \d+\)$", what):
            what, line = what[: place.start()], int(place[1])
        what = what.removesuffix(" (at end of document)")
        raise ConfigError(f"{path}:{line}: is not TOML: {what}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}: is nested too deep to be a configuration") from error


def _split(override: str) -> tuple[Location, str]:
    name, equals, value = override.partition("=")
    section, _, key = name.strip().partition(".")
    return ((section, key) if equals and section and key else ()), value


def _lay_over(document: Document, named: Mapping[Location, str]) -> None:
    for (section, key), value in named.items():
        content = document.setdefault(section, {})
        if isinstance(content, dict):
            content[key] = _value(settings().get(section, {}).get(key), value)
    for one, other in [*_EITHER.items(), *((b, a) for a, b in _EITHER.items())]:
        if one in named and other not in named and isinstance(document[one[0]], dict):
            document[other[0]].pop(other[1], None)


def _value(setting: FieldInfo | None, text: str) -> Any:
    wanted = kinds(setting.annotation) if setting else frozenset()
    if Path in wanted:
        return str(Path.cwd() / text) if text else text
    if wanted & {int, float, bool} or any(type(one) is int for one in wanted):
        return _as_toml(text)
    return text


def _as_toml(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
