"""Names for numbers, so that a unit is never guessed."""

from typing import Annotated, NewType

from pydantic import Field

Points = NewType("Points", int)
"""Loyalty points; always whole."""

Fen = NewType("Fen", int)
"""Money in fen, the hundredth of a yuan; always whole."""

Edition = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""Number of an edition: of a survey, a programme, a text. It fits the integer column of every
database: a larger one would fail the whole upload that it comes in, again and again."""
