"""What a survey's page says besides its question: what it is worth, who reads it, whose name."""

from kiosk.screens.around import line_mm, mark
from kiosk.screens.asked import text_mm
from kiosk.screens.furniture import card
from kiosk.screens.switch import WIDTH_MM, switch_row, switches
from kiosk.screens.view import Sight
from kiosk.session.states import Survey
from kiosk.session.stops import progress
from kiosk.session.surveys import can_be_nameless
from kiosk.survey.document import Partial
from kiosk.survey.estimate import estimate_s
from kiosk.ui.nodes import Column, Icon, Insets, Justify, Node, Row, Text, text
from kiosk.ui.theme import BIG_TEXT, Colour, Fill, Style

WORTH_MM = 48.0
"""Height of the card that says what it earns; large type takes more, and has no room for it."""

_STEP_S = 5
"""A survey's time is told in steps of so many seconds: nobody answers to the second."""

NAMELESS_MM = 40.0
"""Height of the switch in a narrow column, with the gap above it."""

_HINT_GAP_MM, _ROW_MM = 3.0, 27.0
_BESIDE_SWITCH_MM = WIDTH_MM * BIG_TEXT + 20 + 4 * 6
"""Switch, mark and gaps beside the words of a switch's row, at most."""


# -- what it is worth ----------------------------------------------------------------------


def worth(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    """What it earns and how long it takes, once at its beginning, standing and in usual type."""
    first = progress(on_page.asking.run, on_page.asking.question)[0] == 1
    if not first or not sight.view.portrait or sight.session.big_text:
        return ()
    document, words = on_page.asking.document, sight.words
    seconds = -int(-estimate_s(document.survey) // _STEP_S) * _STEP_S
    points = document.reward_points if sight.session.visitor is not None else 0
    key = "survey.worth" if points else "survey.worth_time"
    stressed, gold = Style.HEADLINE, Colour.POINTS_INK
    spans = words.spans(key, style=stressed, colour=gold, points=points, seconds=seconds)
    lines: tuple[Node, ...] = (Text(spans=spans, style=Style.STRONG, shrink_to=0.7),)
    nearer = _nearer(sight, points)
    if nearer:
        lines += (text(nearer, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8),)
    square = mark("gift" if points else "clock", Fill.SAND, Colour.ON_GOLD, 26)
    inside = Row(items=(square, Column(items=lines, gap=1.5, grow=1)), gap=7)
    return (card(inside, padding=Insets.xy(8, 8)),)


def _nearer(sight: Sight, points: int) -> str:
    """How far the next reward is, and how far it is then."""
    way = sight.summary.distance if sight.session.visitor is not None else None
    if way is None or not points:
        return ""
    words, left = sight.words, way.missing - points
    name = way.reward.short_name.in_(sight.session.language)
    missing = words.points(way.missing)
    if left <= 0:
        return words.say("survey.reached", reward=name, missing=missing)
    return words.say("survey.nearer", reward=name, missing=missing, left=words.points(left))


# -- whose name ----------------------------------------------------------------------------


def nameless(sight: Sight, on_page: Survey, *, brief: bool = False) -> tuple[Node, ...]:
    """The choice to leave one's name out, on the first question; what it means unless `brief`."""
    if not can_be_nameless(sight.session, on_page):
        return ()
    said, square = sight.words.say("survey.nameless"), mark("eye-off", Fill.SAND)
    line = "" if brief else _nameless_line(sight, on_page)
    row = switch_row(sight, "nameless", square, said, line, on=on_page.anonymous)
    return (switches(row),)


def nameless_mm(sight: Sight, on_page: Survey, width: float, *, brief: bool = False) -> float:
    """About how high the switch is."""
    inner = width - _BESIDE_SWITCH_MM
    words = text_mm(sight, sight.words.say("survey.nameless"), Style.HEADING, inner, 2)
    meaning = "" if brief else _nameless_line(sight, on_page)
    line = text_mm(sight, meaning, Style.CAPTION, inner, 2)
    return max(_ROW_MM, words + line + 9)


def _nameless_line(sight: Sight, on_page: Survey) -> str:
    """What it means; large type lying leaves no room for it."""
    if sight.session.big_text and not sight.view.portrait:
        return ""
    paid = on_page.asking.document.reward_points
    return sight.words.say("survey.nameless_points" if paid else "survey.nameless_line")


# -- who reads it --------------------------------------------------------------------------


def hints(sight: Sight, on_page: Survey, *, stacked: bool, centred: bool = True) -> Node:
    """Who reads it, and what becomes of half an answer."""
    kept = on_page.asking.document.partial is Partial.SUBMIT
    justify = Justify.CENTRE if centred else Justify.START
    lines = (
        _hint("lock", sight.words.say("survey.private"), justify),
        _hint(
            "check-circle", sight.words.say("survey.kept" if kept else "survey.not_kept"), justify
        ),
    )
    if stacked:
        return Column(items=lines, gap=_HINT_GAP_MM)
    return Row(items=lines, gap=10, justify=Justify.CENTRE)


def hints_mm(sight: Sight, *, stacked: bool) -> float:
    """How high they are."""
    line = max(7.0, line_mm(sight, Style.CAPTION))
    return 2 * line + _HINT_GAP_MM if stacked else line


def _hint(icon: str, words: str, justify: Justify) -> Node:
    said = text(words, Style.CAPTION, Colour.INK_2, shrink_to=0.6)
    return Row(items=(Icon(name=icon, size=7, colour=Colour.INK_2), said), gap=3, justify=justify)
