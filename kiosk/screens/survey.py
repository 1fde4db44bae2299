"""A survey's page: one question, its answers, what it is worth, and the ways on and out."""

from dataclasses import replace

from kiosk.screens.around import BETWEEN_MM, mark
from kiosk.screens.asked import Room, run_of
from kiosk.screens.furniture import (
    SIDE_BUTTON_MM,
    back_button,
    bottom_bar,
    card,
    done_button,
    page,
    wide_button,
)
from kiosk.screens.questions import body
from kiosk.screens.scales import is_scale
from kiosk.screens.survey_hero import hero, hero_mm
from kiosk.screens.switch import switch_row, switches
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.answering import is_answered
from kiosk.session.states import Survey
from kiosk.session.stops import asked, is_one_touch, is_required, progress
from kiosk.session.surveys import can_be_nameless
from kiosk.survey.document import Partial
from kiosk.survey.estimate import estimate_s
from kiosk.survey.questions import ChoosingQuestion, RatingQuestion
from kiosk.ui.nodes import (
    Align,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    Scene,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

SIDE = 0.42
"""Share of the width that the question takes beside a long list of answers."""

_STEP_S = 5
"""A survey's time is told in steps of so many seconds: nobody answers to the second."""

_BARS_MM = 12 + 20.5 + 28 + 2 * 10 + MARGIN_MM
_LYING_BARS_MM = 9 + 20.5 + 28 + 2 * GAP_MM * 2 + MARGIN_MM
"""What the bars, their gaps and the margins take of the height (kiosk.screens.furniture.page)."""

_HINTS_MM, _SWITCH_MM, _AIR_MM = 26.0, 36.0, 2.0
_LINE_MM = 18.0
"""A line of large type more than a title was thought to take, where words are long."""

_ONWARD_MM = 158.0
"""Width of the way on where the glass lies."""


def survey(sight: Sight, on_page: Survey) -> Scene:
    """The whole page."""
    bottom = bottom_bar(back_button(sight), *_middle(sight, on_page), done_button(sight))
    if sight.view.portrait:
        return page(sight, "survey", _standing(sight, on_page), bottom)
    lying = _beside(sight, on_page) if _is_tall(sight, on_page) else _below(sight, on_page)
    return page(sight, "survey", lying, bottom)


def _is_tall(sight: Sight, on_page: Survey) -> bool:
    """Whether the answers stand below each other rather than in one row."""
    question = asked(on_page.asking.run, on_page.asking.question)
    if isinstance(question, RatingQuestion):
        return not is_scale(question, sight.session.language)
    return isinstance(question, ChoosingQuestion) or on_page.asking.wheels is not None


def _standing(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    width = sight.view.inner_mm
    tall = _is_tall(sight, on_page)
    foot = (*_nameless(sight, on_page), _hints(sight, on_page))
    worth = () if tall or sight.session.big_text else _worth(sight, on_page)
    used = _BARS_MM + hero_mm(sight, on_page, width) + _HINTS_MM + _AIR_MM + 4 * GAP_MM * 2.5
    used += _SWITCH_MM if len(foot) > 1 else 0
    used += _LINE_MM if sight.session.big_text else 0
    room = Room(width, sight.view.height_mm - used)
    answers = body(sight, on_page.asking, room)
    air = Gap(height=_AIR_MM)
    return (hero(sight, on_page, width), air, answers, *worth, Gap(grow=1), *foot)


def _below(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    """Lying: answers in one row below the question."""
    width = sight.view.inner_mm
    used = _LYING_BARS_MM + hero_mm(sight, on_page, width) + GAP_MM * 6
    answers = body(sight, on_page.asking, Room(width, sight.view.height_mm - used))
    foot = _nameless(sight, on_page) or (_hints(sight, on_page),)
    return (hero(sight, on_page, width), answers, Gap(grow=1), *foot)


def _beside(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    """Lying: the question on the left, a list of answers on the right."""
    width = sight.view.inner_mm
    left = width * SIDE
    right = width - left - BETWEEN_MM
    answers = body(sight, on_page.asking, Room(right, sight.view.height_mm - _LYING_BARS_MM))
    foot = (*_nameless(sight, on_page), _hints(sight, on_page, stacked=True))
    told = Column(
        items=(hero(sight, on_page, left, beside=True), Gap(grow=1), *foot),
        gap=GAP_MM * 1.6,
        width=left,
    )
    columns = Row(
        items=(told, Column(items=(answers,), grow=1)),
        gap=BETWEEN_MM,
        align=Align.STRETCH,
        grow=1,
    )
    return (columns,)


# -- what is told beside the question ------------------------------------------------------


def _is_first(on_page: Survey) -> bool:
    return progress(on_page.asking.run, on_page.asking.question)[0] == 1


def _worth(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    """What it earns and how long it takes, once at its beginning."""
    if not _is_first(on_page):
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


def _nameless(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    """The choice to leave one's name out, on the first question."""
    if not can_be_nameless(sight.session, on_page):
        return ()
    key = "survey.nameless_points" if on_page.asking.document.reward_points else None
    line = sight.words.say(key or "survey.nameless_line")
    said, square = sight.words.say("survey.nameless"), mark("eye-off", Fill.SAND)
    row = switch_row(sight, "nameless", square, said, line, on=on_page.anonymous)
    return (switches(row),)


def _hints(sight: Sight, on_page: Survey, *, stacked: bool = False) -> Node:
    """Who reads it, and what becomes of half an answer."""
    kept = on_page.asking.document.partial is Partial.SUBMIT
    hints = (
        _hint("lock", sight.words.say("survey.private")),
        _hint("check-circle", sight.words.say("survey.kept" if kept else "survey.not_kept")),
    )
    if sight.view.portrait or stacked:
        return Column(items=hints, gap=3)
    return Row(items=hints, gap=10, justify=Justify.CENTRE)


def _hint(icon: str, words: str) -> Node:
    said = text(words, Style.CAPTION, Colour.INK_2, shrink_to=0.6)
    return Row(
        items=(Icon(name=icon, size=7, colour=Colour.INK_2), said), gap=3, justify=Justify.CENTRE
    )


# -- onward --------------------------------------------------------------------------------


def _middle(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    """The way on; where the glass lies it stands in the middle and is no wider than it need be."""
    onward = _onward(sight, on_page)
    if sight.view.portrait or isinstance(onward, Gap):
        return (onward,)
    return Gap(grow=1), replace(onward, grow=0, width=_ONWARD_MM), Gap(grow=1)


def _onward(sight: Sight, on_page: Survey) -> Node:
    """On, past the question, or to the end; where a touch on an answer goes on, nothing."""
    asking = on_page.asking
    run, name = run_of(sight, asking), asking.question
    at, count = progress(run, name)
    answered = is_answered(asking) or asked(run, name) is None
    if not answered and is_one_touch(run, name):
        return Gap(grow=1) if is_required(run, name) else _skip(sight)
    if at == count:
        said = sight.words.say("survey.submit")
        return wide_button("next", "check", said, Look.PRIMARY, grow=1)
    return _next(sight) if answered or is_required(run, name) else _skip(sight)


def _next(sight: Sight) -> Button:
    said = sight.words.say("survey.next")
    return _with_arrow(said, Look.PRIMARY, Style.TITLE, Colour.WHITE)


def _skip(sight: Sight) -> Button:
    said = sight.words.say("survey.skip")
    return _with_arrow(said, Look.QUIET, Style.HEADING, Colour.PINE)


def _with_arrow(said: str, look: Look, style: Style, colour: Colour) -> Button:
    inside = Row(
        items=(
            text(said, style, colour, shrink_to=0.75),
            Icon(name="arrow-right", size=10, colour=colour),
        ),
        gap=3.5,
        justify=Justify.CENTRE,
    )
    return Button(
        key="next",
        says=said,
        look=look,
        child=inside,
        padding=Insets.xy(4, 2),
        min_width=SIDE_BUTTON_MM,
        grow=1,
    )
