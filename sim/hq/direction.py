"""Leaves out the signs that turn the direction of reading: they let one text read as another."""

from typing import Any

_SIGNS = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""All of Bidi_Control (Unicode, UAX #9, 2); neither Chinese nor English has a use for them."""

_GONE = dict.fromkeys(_SIGNS)


def undirected(value: Any) -> Any:
    """The text without them; what is no text as it is."""
    return value.translate(_GONE) if isinstance(value, str) else value
