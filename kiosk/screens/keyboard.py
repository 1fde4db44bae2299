"""The keys to write with: letters, figures, marks, and a pad for numbers."""

from dataclasses import replace

from kiosk.pinyin.candidates import Candidate
from kiosk.screens.view import Sight
from kiosk.session.entry import BESIDE_SPACE, ROWS, SPLIT, has_spaces, is_capital, modes_of
from kiosk.session.states import Mode, Writing
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    text,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style

KEY_MM = 28.0
"""Height of a key standing, where there is room to spare."""

LYING_KEY_MM = 20.0
"""Height of a key lying: 20 mm are enough (Colle and Hiszem, 2004)."""

LEAST_KEY_MM, LEAST_GAP_MM = 12.0, 2.0
"""On the real glass, however small it is (design language, measures)."""

GAP_MM = 2.7
"""Between two keys."""

EDGE_MM = 6.0
"""Left of the first key, right of the last one, above and below."""

PAD_MM = 190.0
"""Width of the pad for numbers, as of the one for the PIN."""

_RADIUS_MM = 5.0


def key_mm(sight: Sight) -> float:
    """Height of a key on this glass."""
    wanted = KEY_MM if sight.view.portrait else LYING_KEY_MM
    return max(wanted, LEAST_KEY_MM / sight.view.factor)


def gap_mm(sight: Sight) -> float:
    """Between two keys on this glass."""
    return max(GAP_MM, LEAST_GAP_MM / sight.view.factor)


def keyboard_mm(sight: Sight) -> float:
    """Height of the whole."""
    return 4 * key_mm(sight) + 3 * gap_mm(sight) + 2 * _inset(sight)


def keyboard(sight: Sight, on_page: Writing, mode: Mode, first: Candidate | None) -> Node:
    """The keys from edge to edge of the glass.

    Args:
        first: the candidate that the space key takes.
    """
    pad = len(ROWS[on_page.purpose]) == 1
    rows = _pad(sight, on_page, mode) if pad else _rows(sight, on_page, mode, first)
    keys = Column(items=rows, gap=gap_mm(sight))
    inside: Node = Row(items=(replace(keys, width=PAD_MM),), justify=Justify.CENTRE)
    return Box(
        child=inside if pad else keys,
        fill=Fill.MUTED,
        radius=0,
        padding=Insets.xy(EDGE_MM, _inset(sight)),
        height=keyboard_mm(sight),
    )


def _inset(sight: Sight) -> float:
    return EDGE_MM if sight.view.factor == 1 else EDGE_MM / 2


# -- rows ----------------------------------------------------------------------------------


def _rows(sight: Sight, on_page: Writing, mode: Mode, first: Candidate | None) -> tuple[Node, ...]:
    """Three rows of characters, then the modes and the space key."""
    always = is_capital(on_page.purpose)
    capital = mode is Mode.LETTERS and (on_page.shift or always)
    rows = [row.upper() if capital else row for row in ROWS[on_page.purpose][mode]]
    left = Gap(grow=1.5) if always else _left(sight, mode, capital=capital)
    top, middle, low = (tuple(_character(char) for char in row) for row in rows)
    aside = Gap(grow=(10 - len(middle)) / 2)
    return (
        _row(sight, top),
        _row(sight, (aside, *middle, aside) if aside.grow else middle),
        _row(sight, (left, *low, _erase(sight, len(low)))),
        _last_row(sight, on_page, mode, first),
    )


def _row(sight: Sight, keys: tuple[Node, ...]) -> Node:
    return Row(items=keys, gap=gap_mm(sight), align=Align.STRETCH, height=key_mm(sight))


def _left(sight: Sight, mode: Mode, *, capital: bool) -> Node:
    """Before the last letters: what parts syllables, or the next capital."""
    words = sight.words
    match mode:
        case Mode.PINYIN:
            return _worded("key", SPLIT, words.say("keyboard.split"), grow=1.5)
        case Mode.LETTERS:
            said = words.say("keyboard.shift")
            return _drawn_key("shift", "shift", said, grow=1.5, chosen=capital)
        case _:
            return Gap(grow=1.5)


def _erase(sight: Sight, beside: int) -> Node:
    said = sight.words.say("keyboard.erase")
    return _drawn_key("erase-letter", "backspace", said, grow=1.5 + (7 - beside) / 2)


def _last_row(sight: Sight, on_page: Writing, mode: Mode, first: Candidate | None) -> Node:
    modes = modes_of(on_page.purpose, sight.session.language, pinyin=sight.world.pinyin)
    chosen = (_mode(sight, one, chosen=one is mode) for one in modes)
    marks = tuple(
        _mark(on_page, mark, first) for mark in BESIDE_SPACE.get((on_page.purpose, mode), "")
    )
    before, after = marks[: len(marks) // 2], marks[len(marks) // 2 :]
    middle = (_space(sight, on_page, first),) if has_spaces(on_page.purpose) else ()
    return _row(sight, (*chosen, *before, *middle, *after))


def _pad(sight: Sight, on_page: Writing, mode: Mode) -> tuple[Node, ...]:
    """Figures as on the pad for the PIN, erasing beside the last one."""
    *rows, last = (tuple(_character(char) for char in row) for row in ROWS[on_page.purpose][mode])
    erase = _drawn_key("erase-letter", "backspace", sight.words.say("keyboard.erase"), grow=1)
    aside = (Gap(grow=1),) if len(last) == 1 else ()
    return (*(_row(sight, row) for row in rows), _row(sight, (*aside, *last, erase)))


# -- keys ----------------------------------------------------------------------------------


def _key(
    key: str, value: str, says: str, child: Node, *, grow: float, fill: Fill = Fill.LINEN
) -> Button:
    chosen = fill is Fill.PINE
    face = Box(
        child=child,
        fill=fill,
        radius=_RADIUS_MM,
        edge=Colour.EDGE_PINE if chosen else Colour.EDGE,
        shadow=Shadow.SOFT,
        valign=Align.CENTRE,
        padding=Insets.xy(1, 0),
    )
    return Button(
        key=key, value=value, says=says, look=Look.BARE, radius=_RADIUS_MM, child=face, grow=grow
    )


def _character(char: str) -> Button:
    return _key("key", char, char, text(char, _CHARACTER, align=Align.CENTRE), grow=1)


def _mark(on_page: Writing, mark: str, first: Candidate | None) -> Button:
    """A mark beside the space key; after letters it takes their first candidate with it."""
    shown = text(mark, _CHARACTER, align=Align.CENTRE)
    whole = first is not None and first.letters == len(on_page.letters)
    if first is None or not whole:
        return _key("key", mark, mark, shown, grow=1)
    return _key("candidate", taking(first) + mark, mark, shown, grow=1)


def _worded(key: str, value: str, words: str, *, grow: float, chosen: bool = False) -> Button:
    colour = Colour.WHITE if chosen else Colour.INK
    said = text(words, Style.STRONG, colour, align=Align.CENTRE, shrink_to=0.6)
    check = (Icon(name="check", size=6.5, colour=Colour.GOLD_ON_PINE),) if chosen else ()
    inside = Row(items=(*check, said), gap=2, justify=Justify.CENTRE)
    return _key(key, value, words, inside, grow=grow, fill=Fill.PINE if chosen else Fill.MUTED)


def _drawn_key(key: str, icon: str, says: str, *, grow: float, chosen: bool = False) -> Button:
    colour = Colour.GOLD_ON_PINE if chosen else Colour.INK
    inside = Row(items=(Icon(name=icon, size=9, colour=colour),), justify=Justify.CENTRE)
    return _key(key, "", says, inside, grow=grow, fill=Fill.PINE if chosen else Fill.MUTED)


def _mode(sight: Sight, mode: Mode, *, chosen: bool) -> Button:
    words = sight.words.say(f"keyboard.{mode.value}")
    return _worded("mode", mode.value, words, grow=1.5, chosen=chosen)


def _space(sight: Sight, on_page: Writing, first: Candidate | None) -> Button:
    """Takes the first candidate, and says so; else a space."""
    words = sight.words
    said = words.say("keyboard.space")
    key, value = "space", ""
    if first is not None:
        said = words.say("keyboard.space_takes", word=short(first.text, _NAMED_ON_SPACE))
        key, value = "candidate", taking(first)
    elif on_page.letters:
        said = words.say("keyboard.as_typed")
    shown = text(said, Style.MEDIUM, align=Align.CENTRE, shrink_to=0.6)
    return _key(key, value, said, shown, grow=4)


def taking(candidate: Candidate) -> str:
    """The value of a button that takes this candidate; see kiosk.session.writing.candidate."""
    return f"{candidate.letters}:{candidate.text}"


def short(word: str, most: int = 5) -> str:
    """A word as it is named on a button: the beginning of a long one.

    Args:
        most: Chinese characters at most; twice as many Latin letters are as wide.
    """
    most = 2 * most if word.isascii() else most
    return word if len(word) <= most else word[: most - 1] + "…"


_NAMED_ON_SPACE = 3
_CHARACTER = Style.KEY
