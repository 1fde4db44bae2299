"""Lines break where Chinese and English readers expect it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.ui.linebreak import NEVER_FIRST, NEVER_LAST, break_lines, longest_piece, may_break


def broken(words: str, width: float) -> list[str]:
    """The lines of a text of which every character is one unit wide."""
    return [words[start:stop] for start, stop in break_lines(words, [1.0] * len(words), width)]


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("看看今天有什么", 4, ["看看今天", "有什么"]),
        ("会员卡，谢谢", 3, ["会员", "卡，谢", "谢"]),
        ("会员卡，谢谢", 3.5, ["会员卡，", "谢谢"]),  # the mark's blank half hangs over
        ("他说「好」了", 3, ["他说", "「好」", "了"]),
        ("tap your card", 8, ["tap your", "card"]),
        ("tap  your", 3, ["tap", "you", "r"]),
        ("extraordinary", 5, ["extra", "ordin", "ary"]),
        ("再积 320 分", 4, ["再积", "320", "分"]),
        ("共¥320元", 3, ["共", "¥32", "0元"]),
        ("一行\n两行", 9, ["一行", "两行"]),
        ("", 5, [""]),
        ("好。", 1, ["好", "。"]),
    ],
)
def test_lines_of(words: str, width: float, lines: list[str]) -> None:
    """Each row is a rule of typesetting that readers miss when it is broken."""
    assert broken(words, width) == lines


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("好", "。", False),
        ("「", "好", False),
        ("好", "的", True),
        ("a", "b", False),
        ("a", "好", True),
        ("-", "b", True),
        ("-", "2", False),
        ("¥", "3", False),
        ("3", "%", False),
        (" ", "b", True),
        ("b", " ", False),
    ],
)
def test_between(before: str, after: str, allowed: bool) -> None:
    """Dates, prices and marks must stay whole."""
    assert may_break(before, after) is allowed


_TEXTS = st.text(alphabet="会员卡积分，。「」（）ab12 ¥%-", max_size=40)


@given(_TEXTS, st.integers(4, 20))
def test_no_word_is_lost_and_no_mark_stands_wrong(words: str, width: int) -> None:
    """A dropped character changes a sum of money; a line that begins with a comma looks broken."""
    assume(all(mark + " " not in words for mark in NEVER_LAST))  # nobody writes "¥ 3"
    lines = broken(words, width)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    if longest_piece(words, [1.0] * len(words)) <= width:
        assert all(line[0] not in NEVER_FIRST for line in lines[1:] if line)
        assert all(line[-1] not in NEVER_LAST for line in lines[:-1] if line)


@given(_TEXTS, st.integers(1, 20))
def test_no_line_is_longer_than_the_room(words: str, width: int) -> None:
    """A line over the edge of its card would be cut by the glass."""
    assert all(len(line) <= width + 0.5 for line in broken(words, width))
