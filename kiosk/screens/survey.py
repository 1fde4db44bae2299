"""A survey's page: one question, its answers, what it is worth, and the ways on and out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kiosk.screens.around import BETWEEN_MM
from kiosk.screens.asked import TITLE_STEPS, Room, run_of
from kiosk.screens.body_sizes import is_tall, least_mm
from kiosk.screens.furniture import (
    SIDE_BUTTON_MM,
    back_button,
    bottom_bar,
    done_button,
    page,
    wide_button,
)
from kiosk.screens.questions import body
from kiosk.screens.survey_beside import (
    NAMELESS_MM,
    WORTH_MM,
    hints,
    hints_mm,
    nameless,
    nameless_mm,
    worth,
)
from kiosk.screens.survey_hero import hero, hero_mm
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.answering import is_answered
from kiosk.session.states import Survey
from kiosk.session.stops import asked, is_one_touch, is_required, progress
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
    text,
)
from kiosk.ui.theme import Colour, Style

SIDE, WIDE_SIDE = 0.42, 0.46
"""Share of the width that the question takes beside a long list of answers; a long one more."""

_BARS_MM = 12 + 20.5 + 28 + 2 * 10 + MARGIN_MM
_LYING_BARS_MM = 9 + 20.5 + 28 + 2 * GAP_MM * 2 + MARGIN_MM
"""What the bars, their gaps and the margins take of the height (kiosk.screens.furniture.page)."""

_AIR_MM = 2.0
"""Between question and answers, beside the usual gaps."""

_SPARE_MM, _LYING_SPARE_MM = 30.0, 20.0
"""Room that answers have beside what they need at least, before the question takes more."""

_ONWARD_MM = 158.0
"""Width of the way on where the glass lies."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a page shows besides question and answers; the first plan that fits is taken.

    Attributes:
        step: how many of the largest steps of type the question leaves out.
        brief: whether the switch for the name says no more than its name.
        airy: whether the question stands in more room than it needs.
    """

    step: int = 0
    worth: bool = True
    hints: bool = True
    brief: bool = False
    airy: bool = False


_LAST = _Plan(TITLE_STEPS - 1, worth=False, hints=False, brief=True)


def _plans(sight: Sight, on_page: Survey) -> Iterator[_Plan]:
    """From everything to the question alone: what is said elsewhere goes first."""
    first = int(sight.session.big_text)
    if not first:
        yield _Plan(worth=not is_tall(sight, on_page.asking), airy=True)
    if not is_tall(sight, on_page.asking):  # a list needs the room
        yield _Plan(first)
    yield _Plan(first, worth=False)
    yield _Plan(first + 1, worth=False)
    for step in range(first, TITLE_STEPS):
        yield _Plan(step, worth=False, hints=False)
    yield _LAST


def survey(sight: Sight, on_page: Survey) -> Scene:
    """The whole page."""
    bottom = bottom_bar(back_button(sight), *_middle(sight, on_page), done_button(sight))
    if sight.view.portrait:
        room = Room(sight.view.inner_mm, sight.view.height_mm - _BARS_MM)
        return page(sight, "survey", _below(sight, on_page, room), bottom)
    room = Room(sight.view.inner_mm, sight.view.height_mm - _LYING_BARS_MM)
    if is_tall(sight, on_page.asking) or _fitting(sight, on_page, room) is None:
        return page(sight, "survey", _beside(sight, on_page, room), bottom)
    return page(sight, "survey", _below(sight, on_page, room), bottom)


# -- how it stands -------------------------------------------------------------------------


def _fitting(sight: Sight, on_page: Survey, room: Room) -> _Plan | None:
    """The first plan with which everything stands below each other; None for none."""
    least = least_mm(sight, on_page.asking, room.width)
    for plan in _plans(sight, on_page):
        spare = _spare_mm(sight) if plan.airy else 0
        if _used_mm(sight, on_page, plan, room.width) + least + spare <= room.height:
            return plan
    return None


def _spare_mm(sight: Sight) -> float:
    return _SPARE_MM if sight.view.portrait else _LYING_SPARE_MM


def _used_mm(sight: Sight, on_page: Survey, plan: _Plan, width: float) -> float:
    """What stands on the page besides the answers, with its gaps."""
    gap = _gap_mm(sight)
    used = hero_mm(sight, on_page, width, plan.step, airy=plan.airy) + _AIR_MM + 3 * gap
    if plan.worth and worth(sight, on_page):
        used += WORTH_MM + gap
    if nameless(sight, on_page):
        used += nameless_mm(sight, on_page, width, brief=plan.brief) + gap
    return used + (hints_mm(sight, stacked=sight.view.portrait) + gap if plan.hints else 0)


def _gap_mm(sight: Sight) -> float:
    """Between the parts of a page (kiosk.screens.furniture.page)."""
    return GAP_MM * (2.5 if sight.view.portrait else 2)


def _below(sight: Sight, on_page: Survey, room: Room) -> tuple[Node, ...]:
    """Question, answers, and what is told of it, one below the other."""
    plan = _fitting(sight, on_page, room) or _LAST
    left = room.height - _used_mm(sight, on_page, plan, room.width)
    answers = body(sight, on_page.asking, Room(room.width, left))
    question = hero(sight, on_page, room.width, plan.step, airy=plan.airy)
    head = (question, Gap(height=_AIR_MM))
    earns = worth(sight, on_page) if plan.worth else ()
    foot = nameless(sight, on_page, brief=plan.brief)
    if plan.hints:
        foot += (hints(sight, on_page, stacked=sight.view.portrait),)
    return (*head, answers, *earns, Gap(grow=1), *foot)


def _beside(sight: Sight, on_page: Survey, room: Room) -> tuple[Node, ...]:
    """Lying: the question on the left, a list of answers on the right."""
    width = room.width * _side(sight, on_page, room)
    right = Room(room.width - width - BETWEEN_MM, room.height)
    foot, taken = nameless(sight, on_page), 0.0
    if foot:
        taken = nameless_mm(sight, on_page, width) + GAP_MM * 2
    below = hints_mm(sight, stacked=True) + GAP_MM * 2
    step = _step(sight, on_page, Room(width, room.height - taken))
    if hero_mm(sight, on_page, width, step) + taken + below <= room.height:
        foot += (hints(sight, on_page, stacked=True, centred=False),)
    question = replace(hero(sight, on_page, width, step, narrow=True), grow=1)
    told = Column(
        items=(question, *foot),
        gap=GAP_MM * 2,
        width=width,
    )
    answers = Column(items=(body(sight, on_page.asking, right),), grow=1)
    return (Row(items=(told, answers), gap=BETWEEN_MM, align=Align.STRETCH, grow=1),)


def _side(sight: Sight, on_page: Survey, room: Room) -> float:
    """Share of the width for the question; the larger one for one that hardly fits."""
    left = Room(room.width * SIDE, room.height - NAMELESS_MM)
    long = _step(sight, on_page, left) == TITLE_STEPS - 1
    return WIDE_SIDE if long and is_tall(sight, on_page.asking) else SIDE


def _step(sight: Sight, on_page: Survey, room: Room) -> int:
    """How many steps of type the question leaves out in a column."""
    steps = range(int(sight.session.big_text), TITLE_STEPS)
    fits = (one for one in steps if hero_mm(sight, on_page, room.width, one) <= room.height)
    return next(fits, TITLE_STEPS - 1)


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
