"""Where a setting stands in a TOML text: the parser itself does not say."""

import tomllib
from collections.abc import Iterator
from typing import Any

Location = tuple[str, ...]
"""A section's name, or a section's name and a key's."""


def find_lines(text: str) -> dict[Location, int]:
    """The line, from 1, on which each section and each key of a valid TOML text begins.

    Every beginning of the text that ends with a line and is TOML by itself is parsed: what is
    new in it began just after the last such beginning. That is exact for every way TOML can
    be written, and its square cost does not matter: it is paid once, to explain a mistake.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    found: dict[Location, int] = {}
    complete = 0
    for count in range(1, len(lines) + 1):
        try:
            document = tomllib.loads("\n".join(lines[:count]))
        except tomllib.TOMLDecodeError:
            continue
        for location in _locations(document):
            found.setdefault(location, complete + 1)
        complete = count
    return found


def _locations(document: dict[str, Any]) -> Iterator[Location]:
    for section, content in document.items():
        yield (section,)
        if isinstance(content, dict):
            yield from ((section, key) for key in content)
