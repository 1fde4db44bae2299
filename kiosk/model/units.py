"""Names for numbers, so that a unit is never guessed."""

from typing import NewType

Points = NewType("Points", int)
"""Loyalty points; always whole."""

Fen = NewType("Fen", int)
"""Money in fen, the hundredth of a yuan; always whole."""

Seconds = NewType("Seconds", float)
"""A duration or a monotonic reading in seconds."""

Millimetres = float
"""A length on the glass in millimetres."""
