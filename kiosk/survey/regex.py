r"""Regular expressions of content, matched in time that grows with the text alone.

Python's own matcher tries one way after another and can take years over thirty characters. This
one walks all ways at once (Thompson, 1968), so a pattern costs at most its states times the text's
characters. What cannot be done that way is refused when a survey is loaded: looking ahead or
behind, references back, word borders, classes of Unicode.

Supported: characters, `.`, `[a-z]`, `[^a-z]`, `\d \w \s \D \W \S`, `\t \n \r`, an escaped sign,
`\u4e00`, `^`, `$`, `( )`, `(?: )`, `|`, `* + ?` and `{m}`, `{m,}`, `{m,n}`, each also with a `?`
behind. As in SurveyJS, text is matched by its UTF-16 units and may match anywhere.
"""

from dataclasses import dataclass, field
from typing import TypeAlias

from kiosk.survey.automaton import Regex, State
from kiosk.survey.units import (
    DIGITS,
    LAST,
    NEWLINES,
    SPACES,
    WORDS,
    Span,
    Takes,
    among,
    besides,
    others,
)

LENGTH = 1_000
"""Most characters of a pattern."""

STATES = 1_000
"""Most states of a pattern; the longest sensible one has a tenth of them."""

REPEATS = 500
"""Most repetitions a pattern may count."""

DEPTH = 20
"""Most groups inside one another."""

_KINDS = {"d": DIGITS, "w": WORDS, "s": SPACES}
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12, "v": 11}
_SIGNS = frozenset("^$\\.*+?()[]{}|/-,:;=!<>@#%&'\"~_ `")


class RegexRefused(ValueError):
    """Raised when a pattern cannot be matched safely; the message says what and where."""


def compile_regex(pattern: str, any_case: bool = False) -> Regex:
    """Make a pattern ready.

    Raises:
        RegexRefused: it is wrong, too large, or asks for more than can be matched safely.
    """
    if len(pattern) > LENGTH:
        raise RegexRefused(f"has more than {LENGTH} characters")
    parser = _Parser(pattern, any_case)
    first, last = parser.alternatives()
    if parser.place < len(pattern):
        raise parser.refusal("is not expected")
    return Regex(tuple(parser.states), first, last)


Piece: TypeAlias = tuple[int, int]
"""First and last state of a part of a pattern."""


@dataclass
class _Parser:
    """Makes states while it reads.

    Attributes:
        depth: groups it is inside of.
        classes: those read so far by their place, and where each ends: repeated, they are shared.
    """

    pattern: str
    any_case: bool = False
    place: int = 0
    depth: int = 0
    states: list[State] = field(default_factory=list)
    classes: dict[int, tuple[Takes, int]] = field(default_factory=dict)

    def refusal(self, reason: str) -> RegexRefused:
        """What is wrong at this place."""
        found = self.pattern[self.place : self.place + 4] or "the end"
        return RegexRefused(f"`{found}` at character {self.place + 1} {reason}")

    def _state(self, takes: Takes | None = None, border: str = "") -> int:
        if len(self.states) >= STATES:
            raise RegexRefused(f"has more than {STATES} states")
        self.states.append(State(takes, [], border))
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
            return self._one(self._among(self._escaped()))
        self.place += 1
        if sign in "^$":
            return self._one(border=sign)
        if sign == ".":
            return self._one(besides(among(NEWLINES)))
        return self._one(self._among(self._unit(sign)))

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

    def _among(self, spans: list[Span]) -> Takes:
        return among(spans, any_case=self.any_case)

    def _unit(self, sign: str) -> list[Span]:
        if ord(sign) > LAST:
            raise self.refusal("has a character that is two units long")
        return [(ord(sign), ord(sign))]

    def _escaped(self) -> list[Span]:
        """Units that a backslash and what follows stand for."""
        sign = self.pattern[self.place + 1 : self.place + 2]
        if sign.lower() in _KINDS and sign:
            self.place += 2
            kind = _KINDS[sign.lower()]
            return kind if sign.islower() else others(kind)
        if sign == "u":
            return self._hexadecimal()
        if sign in _CONTROLS or sign in _SIGNS:
            if not sign:
                raise self.refusal("escapes nothing")
            self.place += 2
            unit = _CONTROLS.get(sign, ord(sign))
            return [(unit, unit)]
        raise self.refusal("is not supported")

    def _hexadecimal(self) -> list[Span]:
        digits = self.pattern[self.place + 2 : self.place + 6]
        if len(digits) != 4 or not set(digits) <= set("0123456789abcdefABCDEF"):
            raise self.refusal("is not supported")
        self.place += 6
        return [(int(digits, 16), int(digits, 16))]

    def _class(self) -> Takes:
        begin = self.place
        if begin not in self.classes:
            self.classes[begin] = (self._new_class(), self.place)
        takes, self.place = self.classes[begin]
        return takes

    def _new_class(self) -> Takes:
        self.place += 1
        inverted = self._takes("^")
        spans: list[Span] = []
        while not self._takes("]"):
            spans += self._range()
        takes = self._among(spans)
        return besides(takes) if inverted else takes

    def _range(self) -> list[Span]:
        low = self._class_unit()
        ranged = self.pattern.startswith("-", self.place)
        if not _is_one(low) or not ranged or self.pattern.startswith("-]", self.place):
            return low
        self.place += 1
        high = self._class_unit()
        if not _is_one(high) or low > high:
            raise self.refusal("ends no range")
        return [(low[0][0], high[0][0])]

    def _class_unit(self) -> list[Span]:
        sign = self.pattern[self.place : self.place + 1]
        if not sign:
            raise self.refusal("should be `]`")
        if sign == "\\":
            return self._escaped()
        self.place += 1
        return self._unit(sign)


def _is_one(spans: list[Span]) -> bool:
    return len(spans) == 1 and spans[0][0] == spans[0][1]
