"""Expression text to tree: a Pratt parser for the grammar SurveyJS 3 understands.

Keywords need no space around them and no case (`{a}ANDb` is `{a} and 'b'`), a closing bracket
may be missing after a group or a function's parameters, and a bare word is text. Some signs are
exchanged in the whole text beforehand, inside quotes too: that is SurveyJS' way.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kiosk.survey.expressions.functions import NAMES
from kiosk.survey.expressions.nodes import Binary, Call, Constant, Listed, Name, Node, Unary
from kiosk.survey.expressions.numbers import leading_integer
from kiosk.survey.expressions.operators import OPERATORS, TIGHTEST
from kiosk.survey.expressions.values import Value

CHARACTERS = 10_000
"""Longest text that is read: a hundred times what a survey needs."""

DEPTH = 100
"""Operands inside one another, two for a bracket; no author writes a tree deeper than that."""

_EXCHANGED = (("=>", ">="), ("=<", "<="), ("<>", "!="), ("equals", "equal "))

_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_NEGATE = re.compile("!|negate", re.IGNORECASE | re.ASCII)
_EMPTINESS = re.compile("empty|notempty", re.IGNORECASE | re.ASCII)
_NOTHING = re.compile("undefined|null")
_TRUTH = re.compile("true|false", re.IGNORECASE | re.ASCII)
_HEXADECIMAL = re.compile("0x[0-9]+")
_NUMBER = re.compile(r"-?(?:[0-9]+\.[0-9]+|[1-9][0-9]*|0)")
_TEXT = re.compile(r"""(['"])((?:\\['"]|[^"'\\]|\\(?!['"]))*)\1""")
_ESCAPED = re.compile(r"""\\(['"])""")
_NAME = re.compile(r"\{([^{}]+)\}")


class ExpressionRefused(ValueError):
    """Raised when an expression cannot be used; the message says what and where."""


class _NoMatch(Exception):
    """Raised inside the parser when nothing it knows stands at a place."""


def parse(text: str) -> Node:
    """Read an expression.

    Raises:
        ExpressionRefused: it is no expression, calls an unknown function, or is of a size that
            no author writes.
    """
    if len(text) > CHARACTERS:
        raise ExpressionRefused(f"is longer than {CHARACTERS} characters")
    for sign, meant in _EXCHANGED:
        text = text.replace(sign, meant)
    return _Parser(text).whole()


@dataclass
class _Parser:
    """Walks over one text.

    Attributes:
        place: of the next character to be read.
        farthest: where reading could not go on, for the message.
        depth: operands it is inside of.
    """

    text: str
    place: int = 0
    farthest: int = 0
    depth: int = 0

    def whole(self) -> Node:
        """The tree of the whole text."""
        try:
            node = self._expression()
        except _NoMatch:
            raise self._refusal() from None
        if self.place < len(self.text):
            raise self._refusal()
        return _real(node)

    def _refusal(self) -> ExpressionRefused:
        place = max(self.place, self.farthest)
        found = repr(self.text[place : place + 10]) if place < len(self.text) else "the end"
        return ExpressionRefused(f"cannot be read at character {place + 1}, before {found}")

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found

    def _takes(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.place):
            return False
        self.place += len(sign)
        return True

    @contextmanager
    def _inside(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > DEPTH:
            raise ExpressionRefused("has too many brackets or signs inside one another")
        try:
            yield
        finally:
            self.depth -= 1

    def _expression(self, level: int = 1) -> Node:
        """Operands and the operators between them that bind at least as tightly as `level`."""
        with self._inside():
            self._take(_SPACE)
            node: Node | None = self._factor()
            while node is not None:
                before, whole = self.place, node
                node = self._operation(whole, level)
            self.place = before
            if level == 1:
                self._take(_SPACE)
            return whole

    def _operation(self, left: Node, level: int) -> Node | None:
        """What `left` becomes with the operator after it; None when none follows."""
        self._take(_SPACE)
        operator, binds = self._operator()
        if binds < level:
            return None
        self._take(_SPACE)
        after = self.place
        try:
            right = self._factor() if binds == TIGHTEST else self._expression(binds + 1)
        except _NoMatch:
            self.place = after
            if binds < TIGHTEST:
                return None
            right = Constant(None)
        return Binary(operator, left, right)

    def _operator(self) -> tuple[str, int]:
        for pattern, binds, names in OPERATORS:
            found = self._take(pattern)
            if found:
                return names[found[0].lower()], binds
        return "", 0

    def _factor(self) -> Node:
        """One operand with the signs that belong to it alone."""
        with self._inside():
            for form in (self._group, self._call, self._negated, self._atom, self._list):
                before = self.place
                node = form()
                if node is not None:
                    return node
                self.place = before
        self.farthest = max(self.farthest, self.place)
        raise _NoMatch

    def _group(self) -> Node | None:
        if not self._takes("("):
            return None
        node = self._expression()
        self._takes(")")
        return node

    def _call(self) -> Node | None:
        word = self._take(_WORD)
        if not word or not self._takes("("):
            return None
        if word[0] not in NAMES:
            raise ExpressionRefused(f"function `{word[0]}` is not supported")
        parameters = self._sequence()
        self._takes(")")
        return Call(word[0], parameters)

    def _negated(self) -> Node | None:
        if not self._take(_NEGATE):
            return None
        self._take(_SPACE)
        try:
            return Unary("negate", _real(self._factor()))
        except _NoMatch:
            return None

    def _atom(self) -> Node | None:
        """A constant or a name, and whether it is asked to be empty."""
        self._take(_SPACE)
        node = self._constant() or self._name()
        if node is None:
            return None
        after = self.place
        self._take(_SPACE)
        emptiness = self._take(_EMPTINESS)
        if emptiness:
            return Unary(emptiness[0].lower(), _real(node))
        self.place = after
        return node

    def _constant(self) -> Constant | None:
        for pattern, read in _CONSTANTS:
            found = self._take(pattern)
            if found:
                return Constant(read(found))
        return None

    def _name(self) -> Name | None:
        at = self.place
        found = self._take(_NAME)
        if not found:
            return None
        as_it_is = found[1].startswith("#") and len(found[1]) > 1
        return Name(found[1][1:] if as_it_is else found[1], at, as_it_is)

    def _list(self) -> Node | None:
        if not self._takes("["):
            return None
        values = self._sequence()
        return Listed(values) if self._takes("]") else None

    def _sequence(self) -> tuple[Node, ...]:
        """Expressions with commas between them; nothing when the first is missing."""
        first = self._optional()
        rest: list[Node] = []
        while True:
            before = self.place
            self._take(_SPACE)
            following = self._optional() if self._takes(",") else None
            if following is None:
                self.place = before
                break
            rest.append(_real(following))
        return () if first is None else (_real(first), *rest)

    def _optional(self) -> Node | None:
        before = self.place
        try:
            return self._expression()
        except _NoMatch:
            self.place = before
            return None


def _text(found: re.Match[str]) -> Value:
    return _ESCAPED.sub(r"\1", found[2])


_CONSTANTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Value]], ...] = (
    (_NOTHING, lambda _found: None),
    (_TRUTH, lambda found: found[0].lower() == "true"),
    (_HEXADECIMAL, lambda found: leading_integer(found[0])),
    (_NUMBER, lambda found: float(found[0])),
    (_WORD, lambda found: found[0]),
    (_TEXT, _text),
)
"""What a constant may be, in the order of trying, and the value it is read as."""


def _real(node: Node) -> Node:
    """The same; `null` may only stand beside an operator, SurveyJS fails on it elsewhere."""
    if isinstance(node, Constant) and node.value is None:
        raise ExpressionRefused("has `null` or `undefined` where a value must be")
    return node
