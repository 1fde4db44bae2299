r"""Regular expressions of content, matched in time that grows with the text alone.

Python's own matcher tries one way after another and can take years over thirty characters. This
one walks all ways at once (Thompson, 1968), so a pattern costs at most its states times the text's
characters. What cannot be done that way is refused when a survey is loaded: looking ahead or
behind, references back, word borders, classes of Unicode.

Supported: characters, `.`, `[a-z]`, `[^a-z]`, `\d \w \s \D \W \S`, `\t \n \r`, an escaped sign,
`\u4e00`, `^`, `$`, `( )`, `(?: )`, `|`, `* + ?` and `{m}`, `{m,}`, `{m,n}`, each also with a `?`
behind. As in SurveyJS, text is matched by its UTF-16 units and may match anywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

STATES = 1_000
"""Most states of a pattern; the longest sensible one has a tenth of them."""

REPEATS = 500
"""Most repetitions a pattern may count."""

DEPTH = 20
"""Most groups inside one another."""

Takes: TypeAlias = Callable[[int], bool]
"""Whether one unit fits."""

_NEWLINES = frozenset((0x0A, 0x0D, 0x2028, 0x2029))
_SPACES = frozenset(map(ord, "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff")) | set(
    range(0x2000, 0x200B)
)
_DIGITS = frozenset(map(ord, "0123456789"))
_WORDS = _DIGITS | frozenset(map(ord, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"))
_KINDS = {"d": _DIGITS, "w": _WORDS, "s": _SPACES}
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "v": 11}
_SIGNS = frozenset("^$\\.*+?()[]{}|/-,:;=!<>@#%&'\"~_ `")


class RegexRefused(ValueError):
    """Raised when a pattern cannot be matched safely; the message says what and where."""


@dataclass
class _State:
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

    _states: tuple[_State, ...]
    _first: int
    _last: int
    _any_case: bool = False

    def search(self, text: str) -> bool:
        """Whether it matches anywhere in a text."""
        units = utf16_units(text)
        here = self._spread([self._first], 0, len(units))
        for place, unit in enumerate(units):
            if self._last in here:
                return True
            reached = [self._states[one].onward[0] for one in here if self._fits(one, unit)]
            here = self._spread([*reached, self._first], place + 1, len(units))
        return self._last in here

    def _fits(self, state: int, unit: int) -> bool:
        takes = self._states[state].takes
        if takes is None:
            return False
        return takes(unit) or (self._any_case and any(map(takes, _other_cases(unit))))

    def _spread(self, starts: list[int], place: int, end: int) -> set[int]:
        """All states reached from these without taking a unit."""
        seen, waiting = set(starts), list(starts)
        while waiting:
            state = self._states[waiting.pop()]
            closed = (state.border == "^" and place > 0) or (state.border == "$" and place < end)
            if state.takes is not None or closed:
                continue
            fresh = [one for one in state.onward if one not in seen]
            seen.update(fresh)
            waiting += fresh
        return seen


def utf16_units(text: str) -> list[int]:
    """Text as the numbers of its UTF-16 units."""
    raw = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


def _other_cases(unit: int) -> list[int]:
    cases = {chr(unit).lower(), chr(unit).upper()}
    return [ord(one) for one in cases if len(one) == 1 and ord(one) != unit]


def compile_regex(pattern: str, any_case: bool = False) -> Regex:
    """Make a pattern ready.

    Raises:
        RegexRefused: it is wrong, too large, or asks for more than can be matched safely.
    """
    parser = _Parser(pattern)
    first, last = parser.alternatives()
    if parser.place < len(pattern):
        raise parser.refusal("is not expected")
    return Regex(tuple(parser.states), first, last, any_case)


Piece: TypeAlias = tuple[int, int]
"""First and last state of a part of a pattern."""


@dataclass
class _Parser:
    """Makes states while it reads.

    Attributes:
        depth: groups it is inside of.
    """

    pattern: str
    place: int = 0
    depth: int = 0
    states: list[_State] = field(default_factory=list)

    def refusal(self, reason: str) -> RegexRefused:
        """What is wrong at this place."""
        found = self.pattern[self.place : self.place + 4] or "the end"
        return RegexRefused(f"`{found}` at character {self.place + 1} {reason}")

    def _state(self, takes: Takes | None = None, border: str = "") -> int:
        if len(self.states) >= STATES:
            raise RegexRefused(f"has more than {STATES} states")
        self.states.append(_State(takes, [], border))
        return len(self.states) - 1

    def _one(self, takes: Takes | None = None, border: str = "") -> Piece:
        first, last = self._state(takes, border), self._state()
        self.states[first].onward.append(last)
        return first, last

    def _takes(self, sign: str) -> bool:
        if not self.pattern.startswith(sign, self.place):
            return False
        self.place += len(sign)
        return True

    def alternatives(self) -> Piece:
        """Everything between here and the group's end."""
        pieces = [self._sequence()]
        while self._takes("|"):
            pieces.append(self._sequence())
        first, last = self._state(), self._state()
        for start, end in pieces:
            self.states[first].onward.append(start)
            self.states[end].onward.append(last)
        return first, last

    def _sequence(self) -> Piece:
        first = last = self._state()
        while self.place < len(self.pattern) and self.pattern[self.place] not in "|)":
            start, end = self._repeated()
            self.states[last].onward.append(start)
            last = end
        return first, last

    def _repeated(self) -> Piece:
        begin = self.place
        piece = self._single()
        after = self.place
        least, most = self._count()
        if (least, most) == (1, 1):
            return piece
        resume, self.place = self.place, after
        whole = self._copies(begin, least, most)
        self.place = resume
        return whole

    def _copies(self, begin: int, least: int, most: int | None) -> Piece:
        """A part so many times: read anew for each, the optional ones can be passed by."""
        first = last = self._state()
        end = self._state()
        for copy in range(least + 1 if most is None else most):
            if copy >= least:
                self.states[last].onward.append(end)
            self.place = begin
            start, stop = self._single()
            self.states[last].onward.append(start)
            last = stop
            if most is None and copy >= least:
                self.states[stop].onward.append(start)
        self.states[last].onward.append(end)
        return first, end

    def _count(self) -> tuple[int, int | None]:
        """How often the part before may come: least and most, None for any number."""
        simple = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        sign = self.pattern[self.place : self.place + 1]
        counted: tuple[int, int | None] = (1, 1)
        if sign in simple:
            self.place += 1
            counted = simple[sign]
        elif sign == "{":
            counted = self._braces()
        else:
            return counted
        self._takes("?")  # as few as possible: the same when only whether it matches is asked
        if self.pattern[self.place : self.place + 1] in ("*", "+", "?", "{") and self.place < len(
            self.pattern
        ):
            raise self.refusal("repeats a repetition")
        return counted

    def _braces(self) -> tuple[int, int | None]:
        inside, closed, _ = self.pattern[self.place + 1 :].partition("}")
        least, comma, most = inside.partition(",")
        numbers = [least, *([most] if most else [])]
        if not closed or not all(one.isascii() and one.isdigit() for one in numbers):
            raise self.refusal("is no count")
        low, high = int(least[:6]), int((most or least)[:6])
        if max(low, high) > REPEATS or (not comma and most) or low > high:
            raise self.refusal(f"is no count up to {REPEATS}")
        self.place += len(inside) + 2
        return low, None if comma and not most else high

    def _single(self) -> Piece:
        sign = self.pattern[self.place : self.place + 1]
        if sign == "(":
            return self._group()
        if sign == "[":
            return self._one(self._class())
        if not sign or sign in "*+?{":
            raise self.refusal("has nothing to repeat")
        if sign in "}]":
            raise self.refusal("is not expected")
        if sign == "\\":
            return self._one(_member(*self._escaped()))
        self.place += 1
        if sign in "^$":
            return self._one(border=sign)
        if sign == ".":
            return self._one(lambda unit: unit not in _NEWLINES)
        return self._one(_member(frozenset((self._unit(sign),)), True))

    def _group(self) -> Piece:
        self.depth += 1
        self.place += 1
        if self.depth > DEPTH:
            raise self.refusal(f"is inside of more than {DEPTH} groups")
        if self.pattern.startswith("?", self.place) and not self._takes("?:"):
            raise self.refusal("is not supported")
        piece = self.alternatives()
        if not self._takes(")"):
            raise self.refusal("should be `)`")
        self.depth -= 1
        return piece

    def _unit(self, sign: str) -> int:
        if ord(sign) > 0xFFFF:
            raise self.refusal("has a character that is two units long")
        return ord(sign)

    def _escaped(self) -> tuple[frozenset[int], bool]:
        """Units after a backslash, and whether these or all others are meant."""
        sign = self.pattern[self.place + 1 : self.place + 2]
        if sign.lower() in _KINDS and sign:
            self.place += 2
            return frozenset(_KINDS[sign.lower()]), sign.islower()
        if sign == "u":
            return frozenset((self._hexadecimal(),)), True
        if sign in _CONTROLS or sign in _SIGNS:
            if not sign:
                raise self.refusal("escapes nothing")
            self.place += 2
            return frozenset((_CONTROLS.get(sign, ord(sign)),)), True
        raise self.refusal("is not supported")

    def _hexadecimal(self) -> int:
        digits = self.pattern[self.place + 2 : self.place + 6]
        if len(digits) != 4 or not set(digits) <= set("0123456789abcdefABCDEF"):
            raise self.refusal("is not supported")
        self.place += 6
        return int(digits, 16)

    def _class(self) -> Takes:
        self.place += 1
        others = self._takes("^")
        parts: list[Takes] = []
        while not self._takes("]"):
            parts.append(self._range())
        return lambda unit: any(part(unit) for part in parts) != others

    def _range(self) -> Takes:
        low, listed = self._class_unit()
        single = len(low) == 1 and listed
        ranged = self.pattern.startswith("-", self.place)
        if not single or not ranged or self.pattern.startswith("-]", self.place):
            return _member(low, listed)
        self.place += 1
        high, listed = self._class_unit()
        (start,) = low
        if len(high) != 1 or not listed or start > min(high):
            raise self.refusal("ends no range")
        (end,) = high
        return lambda unit: start <= unit <= end

    def _class_unit(self) -> tuple[frozenset[int], bool]:
        sign = self.pattern[self.place : self.place + 1]
        if not sign:
            raise self.refusal("should be `]`")
        if sign == "\\":
            return self._escaped()
        self.place += 1
        return frozenset((self._unit(sign),)), True


def _member(units: frozenset[int], listed: bool) -> Takes:
    return lambda unit: (unit in units) == listed
