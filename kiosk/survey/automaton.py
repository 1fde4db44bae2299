"""Matches a text against a pattern's states, all ways at once (Thompson, 1968).

Each unit of the text is looked at once by each state there is: the time grows with the text, and no
pattern and no text make it grow faster.
"""

from dataclasses import dataclass, field

from kiosk.survey.units import Takes, utf16_units


@dataclass
class State:
    """A place in a pattern: it takes one unit, goes on without one, or is the end.

    Attributes:
        takes: which units lead on to the first state of `onward`; None for none needed.
        border: "^" or "$" when it goes on only there.
    """

    takes: Takes | None = None
    onward: list[int] = field(default_factory=list)
    border: str = ""


@dataclass(frozen=True, slots=True)
class Regex:
    """A pattern that can be matched."""

    states: tuple[State, ...]
    first: int
    last: int

    def search(self, text: str) -> bool:
        """Whether it matches anywhere in a text."""
        units = utf16_units(text)
        here = self._spread([self.first], 0, len(units))
        for place, unit in enumerate(units):
            if self.last in here:
                return True
            reached = [self.states[one].onward[0] for one in here if self._fits(one, unit)]
            here = self._spread([*reached, self.first], place + 1, len(units))
        return self.last in here

    def _fits(self, state: int, unit: int) -> bool:
        takes = self.states[state].takes
        return takes is not None and takes(unit)

    def _spread(self, starts: list[int], place: int, end: int) -> set[int]:
        """All states reached from these without taking a unit."""
        seen, waiting = set(starts), list(starts)
        while waiting:
            state = self.states[waiting.pop()]
            closed = (state.border == "^" and place > 0) or (state.border == "$" and place < end)
            if state.takes is not None or closed:
                continue
            fresh = [one for one in state.onward if one not in seen]
            seen.update(fresh)
            waiting += fresh
        return seen
