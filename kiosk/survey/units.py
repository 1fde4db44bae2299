"""Sets of UTF-16 units, kept as spans: a large one is asked as fast as a small one."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""First and last unit, both in it."""

Takes: TypeAlias = Callable[[int], bool]
"""Whether one unit fits."""

LAST = 0xFFFF
_ASCII_END = 0x80


def spans_of(signs: str) -> list[Span]:
    """These characters, each of one unit."""
    return [(ord(sign), ord(sign)) for sign in signs]


DIGITS = [(ord("0"), ord("9"))]
WORDS = [*DIGITS, (ord("A"), ord("Z")), (ord("a"), ord("z")), (ord("_"), ord("_"))]
SPACES = [
    *((0x09, 0x0D), (0x2000, 0x200A)),
    *spans_of(" \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"),
]
NEWLINES = spans_of("\n\r\u2028\u2029")
"""What `\\d`, `\\w`, `\\s` stand for, and what `.` does not (ECMAScript, CharacterClassEscape)."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same units in order, no two spans touching."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def others(spans: Iterable[Span]) -> list[Span]:
    """Every unit that is not in these."""
    found: list[Span] = []
    begin = 0
    for first, last in merged(spans):
        if begin < first:
            found.append((begin, first - 1))
        begin = last + 1
    return [*found, (begin, LAST)] if begin <= LAST else found


def among(spans: Iterable[Span], *, any_case: bool = False) -> Takes:
    """Whether a unit is in one of these; with any case, whether it or its other case is."""
    known = merged(spans)
    firsts = [first for first, _ in known]

    def takes(unit: int) -> bool:
        at = bisect_right(firsts, unit)
        return at > 0 and unit <= known[at - 1][1]

    def takes_any_case(unit: int) -> bool:
        return takes(unit) or any(map(takes, _other_cases(unit)))

    return takes_any_case if any_case else takes


def besides(takes: Takes) -> Takes:
    """Whether a unit is none of these."""
    return lambda unit: not takes(unit)


def _other_cases(unit: int) -> list[int]:
    """Units that are the same letter; those of one more than two cases, as µ and Μ, are not met."""
    capital = _capital(unit)
    near = {
        capital,
        *map(ord, _single(chr(unit).lower())),
        *map(ord, _single(chr(capital).lower())),
    }
    return [one for one in near if one != unit and _capital(one) == capital]


def _capital(unit: int) -> int:
    """The unit that stands for a letter of any case (ECMAScript, Canonicalize without `u`)."""
    capital = _single(chr(unit).upper())
    if not capital or (unit >= _ASCII_END > ord(capital)):
        return unit
    return ord(capital)


def _single(sign: str) -> str:
    """A sign of one unit; "" for anything longer."""
    return sign if len(sign) == 1 and ord(sign) <= LAST else ""


def utf16_units(text: str) -> list[int]:
    """Text as the numbers of its UTF-16 units."""
    raw = text.encode("utf-16-be", "surrogatepass")
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
