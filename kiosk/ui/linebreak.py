"""Where lines of Chinese and Latin text may break, and the breaking itself; knows no fonts."""

from collections.abc import Sequence

# Kinsoku, after GB/T 15834 section 5.1: marks that never begin a line, marks that never end one.
NEVER_FIRST = frozenset("，。、：；！？）》」』】〉”’…—～·%°℃,.:;!?)]}…")
NEVER_LAST = frozenset("（《「『【〈“‘([{¥$￥")

# Marks drawn in the left half of their square, and in the right half: the other half is blank.
BLANK_AFTER = frozenset("，。、：；！？）》」』】〉”")
BLANK_BEFORE = frozenset("（《「『【〈“")


def is_han(char: str) -> bool:
    """Whether the character is an ideograph or kana, which needs air beside Latin."""
    code = ord(char)
    return (
        0x3400 <= code <= 0x9FFF
        or 0x3041 <= code <= 0x30FF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
        or code == 0x3007
    )


def is_wide(char: str) -> bool:
    """Whether the character fills a square of its own, so lines may break beside it."""
    code = ord(char)
    return is_han(char) or 0x3000 <= code <= 0x303F or 0xFF00 <= code <= 0xFF60


def is_latin(char: str) -> bool:
    """Whether the character belongs to a Latin word or a number."""
    return (char.isalnum() and not is_wide(char)) or char in "¥$%"


def may_break(before: str, after: str) -> bool:
    """Whether a line may end with `before` and the next begin with `after`."""
    if after == " " or after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before == " " or is_wide(before) or is_wide(after):
        return True
    return before in "-/" and after.isalpha()


def longest_piece(words: str, advances: Sequence[float]) -> float:
    """Width of the longest stretch that may not be broken, in the unit of `advances`."""
    longest = piece = 0.0
    for i, advance in enumerate(advances):
        starts = i == 0 or may_break(words[i - 1], words[i])
        piece = advance if starts else piece + advance
        longest = max(longest, piece)
    return longest


def break_lines(words: str, advances: Sequence[float], width: float) -> tuple[tuple[int, int], ...]:
    """Break into lines, each as full as it may be.

    Args:
        words: the text; a newline always ends a line.
        advances: width of each character, gaps before it included.
        width: what a line may measure, in the unit of `advances`.

    Returns:
        Start and end of each line, spaces and newlines at its ends left out. A word longer than
        a line breaks anywhere.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    for end in [*(i for i, char in enumerate(words) if char == "\n"), len(words)]:
        lines.extend(_paragraph(words, advances, width, start, end))
        start = end + 1
    return tuple(lines)


def _paragraph(
    words: str, advances: Sequence[float], width: float, start: int, end: int
) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    while start < end:
        stop = _line_end(words, advances, width, start, end)
        lines.append(_trimmed(words, start, stop))
        start = stop
        while start < end and words[start] == " ":
            start += 1
    return lines or [(start, end)]


def _line_end(words: str, advances: Sequence[float], width: float, start: int, end: int) -> int:
    """Where the line that begins at `start` ends."""
    used = 0.0
    last_chance = 0
    for i in range(start, end):
        if i > start and may_break(words[i - 1], words[i]):
            last_chance = i
        used += advances[i]
        # the blank half of a closing mark may hang over the edge
        hang = advances[i] / 2 if words[i] in BLANK_AFTER else 0.0
        if used - hang > width and words[i] != " ":
            return last_chance or max(i, start + 1)
    return end


def _trimmed(words: str, start: int, stop: int) -> tuple[int, int]:
    while stop > start and words[stop - 1] == " ":
        stop -= 1
    return start, stop
