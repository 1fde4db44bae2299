"""Names for numbers, so that a unit is never guessed."""

from typing import NewType

Points = NewType("Points", int)
"""Loyalty points; always whole."""

Fen = NewType("Fen", int)
"""Money in fen, the hundredth of a yuan; always whole."""
