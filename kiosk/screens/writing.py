"""The keyboard's page: what is asked, what is written, its candidates, and the keys."""

from kiosk.pinyin.candidates import Candidate
from kiosk.screens.asked import title_words
from kiosk.screens.candidates import BETWEEN_MM, Offer, candidates, candidates_mm, offer
from kiosk.screens.furniture import (
    BAR_MM,
    BOTTOM_MM,
    back_button,
    bottom_bar,
    done_button,
    pill,
    top_bar,
    wide_button,
)
from kiosk.screens.joining_questions import step_of, why_asked
from kiosk.screens.keyboard import keyboard, keyboard_mm, short, taking
from kiosk.screens.servers import servers
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.screens.written import FIELD_MM, LEAST_MM, field, line_mm, status
from kiosk.session.entry import is_ready, mode_of, tidy
from kiosk.session.states import Entry, Joining, Mode, ProfileQuestion, Survey, Writing
from kiosk.session.writing import stands_below
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Style

_TIGHT_MM = 165.0
"""Less than this above and below the keys: only what is needed to write stays."""

_AIR_MM = 2.0
"""More air between the bar and the question, where there is room."""

_WHY_MM = 255.0
"""Less than this above the keys: why something is asked gives way to the candidates."""

_BESIDE_PILL = 0.6
"""Share of the page's width that is left beside the widest pill."""


def writing(sight: Sight, on_page: Writing) -> Scene:
    """The whole page."""
    mode = mode_of(on_page, pinyin=sight.world.pinyin)
    shown = offer(sight, on_page) if mode is Mode.PINYIN else None
    first = shown.first if shown is not None else None
    tight = sight.view.height_mm - keyboard_mm(sight) < _TIGHT_MM
    above = (_tight if tight else _roomy)(sight, on_page, shown)
    edge = GAP_MM * (2 if tight else 4)
    top = Insets(MARGIN_MM, GAP_MM * 2 if tight else 9, MARGIN_MM, GAP_MM * 1.5)
    foot = Insets(MARGIN_MM, GAP_MM * 1.5, MARGIN_MM, min(MARGIN_MM, edge))
    root = Column(
        items=(
            Box(child=above, fill=None, radius=0, padding=top, grow=1),
            keyboard(sight, on_page, mode, first),
            Box(child=_foot(sight, on_page, first), fill=None, radius=0, padding=foot),
        )
    )
    return Scene(name="writing", root=root)


# -- above the keys ------------------------------------------------------------------------


def _roomy(sight: Sight, on_page: Writing, shown: Offer | None) -> Node:
    """Bar, question, field and candidates below each other."""
    high = FIELD_MM
    if on_page.purpose is Entry.WORDS:
        high = max(FIELD_MM, _room_above(sight) - _beside_field_mm(sight, on_page, shown))
    first = shown.first if shown is not None else None
    written = field(sight, on_page, first, sight.view.inner_mm, high)
    title, said = _title(sight, on_page), _status(sight, on_page, shown)
    listed = candidates(sight, on_page, shown) if shown is not None else servers(sight, on_page)
    above, why = _applying(sight)
    asked: tuple[Node, ...] = (Gap(height=_AIR_MM), *above, title, *why, written, *said)
    if not sight.view.portrait:
        asked = (Row(items=(title, *said), gap=GAP_MM * 4), written)
    return Column(items=(top_bar(sight), *asked, Gap(grow=1), *listed), gap=BETWEEN_MM)


def _tight(sight: Sight, on_page: Writing, shown: Offer | None) -> Node:
    """The field beside the pill; what belongs there stands in it while it is empty."""
    first = shown.first if shown is not None else None
    written = field(sight, on_page, first, sight.view.inner_mm * _BESIDE_PILL, LEAST_MM)
    top = Row(items=(Box(child=written, fill=None, grow=1), pill(sight)), gap=GAP_MM * 2)
    if shown is None:
        listed = servers(sight, on_page) or _status(sight, on_page, shown)
        return Column(items=(top, *listed), gap=GAP_MM)
    return Column(items=(top, *candidates(sight, on_page, shown)), gap=GAP_MM)


def _title(sight: Sight, on_page: Writing) -> Node:
    return text(_asked(sight, on_page), _title_style(sight), shrink_to=0.5)


def _asked(sight: Sight, on_page: Writing) -> str:
    """The question that is answered, in its author's words; else what is to be written."""
    match sight.session.trail:
        case (*_, Survey(asking=asking) | ProfileQuestion(asking=asking)):
            return title_words(sight, asking)
        case _:
            return sight.words.say(f"writing.title.{on_page.purpose.value}")


def _applying(sight: Sight) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """How far an application is, and why this is asked, where there is room for it."""
    match sight.session.trail:
        case (*_, Joining() as below) if _room_above(sight) >= _WHY_MM:
            return (step_of(sight, below),), (why_asked(sight, below),)
        case _:
            return (), ()


def _title_style(sight: Sight) -> Style:
    if sight.view.portrait:
        return Style.DISPLAY
    return Style.TITLE if sight.session.big_text else Style.HEADLINE


def _status(sight: Sight, on_page: Writing, shown: Offer | None) -> tuple[Node, ...]:
    """What is to say of what stands there; that Chinese cannot be typed, where it cannot."""
    said, icon = status(sight, on_page), "info"
    if not said and on_page.mode is Mode.PINYIN and shown is None:
        said, icon = sight.words.say("writing.no_pinyin"), "care"
    if not said:
        return ()
    line = text(said, Style.CAPTION, Colour.INK_2, shrink_to=0.7, grow=1)
    return (Row(items=(Icon(name=icon, size=7.5, colour=Colour.INK_2), line), gap=3),)


def _room_above(sight: Sight) -> float:
    """What the keys and the foot leave, mm."""
    return sight.view.height_mm - keyboard_mm(sight) - _foot_mm(sight) - 9 - GAP_MM * 1.5


def _beside_field_mm(sight: Sight, on_page: Writing, shown: Offer | None) -> float:
    """What stands above the keys beside the field, with what may be said of it, mm."""
    fixed = BAR_MM + line_mm(sight, _title_style(sight)) + 3 * BETWEEN_MM
    if sight.view.portrait:
        fixed += line_mm(sight, Style.CAPTION) + _AIR_MM + 2 * BETWEEN_MM
    if shown is None:
        return fixed
    return fixed + candidates_mm(sight, on_page) + BETWEEN_MM


# -- below the keys ------------------------------------------------------------------------


def _foot_mm(sight: Sight) -> float:
    above = line_mm(sight, Style.CAPTION) + BETWEEN_MM if sight.view.portrait else 0
    return above + BOTTOM_MM + GAP_MM * 1.5 + GAP_MM * 4


def _foot(sight: Sight, on_page: Writing, first: Candidate | None) -> Node:
    row = bottom_bar(back_button(sight), _primary(sight, on_page, first), done_button(sight))
    if not sight.view.portrait:
        return row
    said = text(sight.words.say("writing.wiped"), Style.CAPTION, Colour.INK_2, shrink_to=0.8)
    wiped = Row(
        items=(Icon(name="lock", size=7.5, colour=Colour.INK_2), said),
        gap=3,
        justify=Justify.CENTRE,
        align=Align.CENTRE,
    )
    return Column(items=(wiped, row), gap=BETWEEN_MM)


def _primary(sight: Sight, on_page: Writing, first: Candidate | None) -> Node:
    """Use what stands there; letters are turned into text before."""
    words, written = sight.words, tidy(on_page.text)
    if first is not None:
        return _take(sight, on_page, first)
    if on_page.letters:
        return _big("space", words.say("keyboard.as_typed"))
    if not written:
        return _nothing(sight, on_page)
    if not is_ready(on_page.purpose, written):
        return Gap(grow=1)
    return _big("use", _used(sight, on_page, written))


def _take(sight: Sight, on_page: Writing, first: Candidate) -> Node:
    """A name is used with its last candidate; among free words each is looked at first."""
    if on_page.purpose is Entry.NAME and first.letters == len(on_page.letters):
        return _big("use", _used(sight, on_page, on_page.text + first.text), taking(first))
    said = sight.words.say("writing.take", word=short(first.text))
    return _big("candidate", said, taking(first))


def _used(sight: Sight, on_page: Writing, written: str) -> str:
    return sight.words.say(f"writing.use.{on_page.purpose.value}", word=short(written))


def _big(key: str, said: str, value: str = "") -> Node:
    return wide_button(key, "check", said, Look.PRIMARY, grow=1, value=value)


def _nothing(sight: Sight, on_page: Writing) -> Node:
    """Take away what was written before; where there was nothing, the way back is enough."""
    trail = sight.session.trail
    if not trail or not stands_below(trail[-1]) or not is_ready(on_page.purpose, ""):
        return Gap(grow=1)
    return wide_button("use", "cross", sight.words.say("writing.use_nothing"), Look.QUIET, grow=1)
