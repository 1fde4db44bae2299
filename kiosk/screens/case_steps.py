"""The steps of a complaint: as one line, as the member's page tells it, and as a page."""

from kiosk.loyalty.cases import CaseNow, cases_now
from kiosk.model.care import STEPS
from kiosk.screens.around import around, day, mark, nothing, offline, title
from kiosk.screens.furniture import card, chevron, row_button
from kiosk.screens.hotlines import hotlines
from kiosk.screens.pager import pager, sheet_of
from kiosk.screens.redeeming import done_mark, next_mark
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Cases
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Node,
    Row,
    Scene,
    Stack,
    text,
)
from kiosk.ui.pieces import Line
from kiosk.ui.theme import Colour, Fill, Style

DOT_MM = 7.0
"""Of a step's circle in a line."""


def step_names(sight: Sight) -> tuple[str, ...]:
    """What HQ calls the six steps."""
    return tuple(one.in_(sight.session.language) for one in sight.content.care.complaints.steps)


def steps_line(sight: Sight, reached: int, width: float) -> Node:
    """The six steps from left to right.

    Args:
        reached: how many have been; 0 before a complaint is sent.
        width: mm.
    """
    each = width / STEPS
    dots = Row(
        items=tuple(_centred(_dot(done=at < reached), each) for at in range(STEPS)), height=DOT_MM
    )
    between = [_road(each, done=at + 1 < reached) for at in range(STEPS - 1)]
    road = Row(items=(Gap(width=each / 2), *between, Gap(width=each / 2)), height=DOT_MM)
    labels = Row(
        items=tuple(_label(name, each, now=at + 1 == reached) for at, name in _numbered(sight)),
        align=Align.START,
    )
    line = Stack(layers=((road, None), (dots, None)), height=DOT_MM)
    return Column(items=(line, labels), gap=1.5)


def _numbered(sight: Sight) -> list[tuple[int, str]]:
    return list(enumerate(step_names(sight)))


def _centred(node: Node, width: float) -> Node:
    return Row(items=(node,), justify=Justify.CENTRE, width=width)


def _dot(*, done: bool) -> Node:
    inside: Node = Icon(name="check", size=4.6, colour=Colour.WHITE) if done else Gap()
    return Box(
        child=inside,
        fill=Fill.PINE if done else Fill.PAPER,
        edge=None if done else Colour.EDGE,
        radius=DOT_MM / 2,
        width=DOT_MM,
        height=DOT_MM,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def _road(width: float, *, done: bool) -> Node:
    return Line(colour=Colour.PINE if done else Colour.EDGE, width=width, height=0.6)


def _label(name: str, width: float, *, now: bool) -> Node:
    style, colour = (Style.CAPTION_STRONG, Colour.PINE) if now else (Style.CAPTION, Colour.INK_2)
    said = text(name, style, colour, align=Align.CENTRE, max_lines=2, shrink_to=0.6)
    return Column(items=(said,), width=width)


# -- on the member's page ------------------------------------------------------------------


def cases_of(sight: Sight) -> tuple[CaseNow, ...]:
    """The visitor's complaints, the newest first."""
    return cases_now(sight.visitor.member, sight.visitor.claims, sight.place.kiosk_id)


def case_row(sight: Sight) -> tuple[Node, ...]:
    """How far the newest one is, quietly, and without what it is about; nothing without one."""
    cases = cases_of(sight)
    if not cases:
        return ()
    closed = next((case for case in cases if case.closed), None)
    case = closed or cases[0]
    words = sight.words
    said = words.say("case.closed") if case.closed else _at(sight, case)
    icon = Icon(
        name="check-circle" if case.closed else "complaint",
        size=9,
        colour=Colour.GOOD_INK if case.closed else Colour.INK_2,
    )
    told = text(said, Style.CAPTION_STRONG, grow=1, shrink_to=0.5)
    inside = Row(items=(icon, told, chevron()), gap=4, min_height=13)
    return (row_button("cases", said, inside, padding=Insets.xy(5.5, 3.5)),)


def _at(sight: Sight, case: CaseNow) -> str:
    return sight.words.say("case.at", step=case.step, steps=STEPS)


# -- a page of its own ---------------------------------------------------------------------


def case_steps(sight: Sight, on_page: Cases) -> Scene:
    """One complaint a sheet."""
    words, cases = sight.words, cases_of(sight)
    if not cases:
        empty = nothing(sight, "feedback", words.say("case.none"), words.say("case.none_line"))
        return around(sight, "cases", head=(title(words.say("case.title")),), main=(empty,))
    at = sheet_of(on_page.sheet, len(cases))
    case = cases[at]
    return around(
        sight,
        "cases",
        head=(_head(sight, case), _about(sight, case)),
        main=(_list(sight, case),),
        foot=(hotlines(sight, "case.more", across=2 if sight.view.portrait else 1),),
        middle=pager(sight, at, len(cases)),
        above=offline(sight, "case.offline"),
    )


def _head(sight: Sight, case: CaseNow) -> Node:
    words = sight.words
    if case.closed:
        return title(words.say("case.closed"))
    above = text(words.say("case.title"), Style.BODY, Colour.INK_2)
    at = title(words.say("case.step", step=case.step, steps=STEPS))
    return Column(items=(above, at), gap=1.5)


def _about(sight: Sight, case: CaseNow) -> Node:
    """What was complained of, and when; its cause may be gone from the content."""
    words, today = sight.words, sight.world.today
    cause = sight.content.care.complaints.cause(case.cause_id)
    name = words.say("case.title") if cause is None else cause.words.in_(sight.session.language)
    line = words.say("case.just_sent")
    if case.opened is not None:
        line = words.say("case.opened", day=day(sight, case.opened, today or case.opened))
    said = Column(
        items=(
            text(name, Style.HEADING, shrink_to=0.5),
            text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8),
        ),
        gap=1.5,
        grow=1,
    )
    icon = "complaint" if cause is None else cause.icon
    return card(Row(items=(mark(icon), said), gap=6))


def _list(sight: Sight, case: CaseNow) -> Node:
    """The steps from top to bottom, those that have been with a check."""
    names = enumerate(step_names(sight), 1)
    rows = tuple(_step(sight, number, name, case.step) for number, name in names)
    lying = not sight.view.portrait
    inside = Column(items=rows, gap=GAP_MM * (0.6 if lying else 5), justify=Justify.BETWEEN)
    return card(inside, padding=Insets.xy(9, 6 if lying else 11), grow=1 if lying else 0)


def _step(sight: Sight, number: int, name: str, reached: int) -> Node:
    colour = Colour.INK if number <= reached else Colour.INK_2
    said: tuple[Node, ...] = (text(name, Style.HEADING, colour, shrink_to=0.6),)
    if number == reached < STEPS:
        said += (_now(sight),)
    disc = done_mark() if number <= reached else next_mark(number)
    return Row(items=(disc, *said), gap=7)


def _now(sight: Sight) -> Node:
    words = text(sight.words.say("case.here"), Style.CAPTION_STRONG, Colour.GOOD_INK)
    inside = Insets.xy(4.5, 1.5)
    return Box(child=words, fill=Fill.GOOD_SOFT, radius=5, padding=inside, valign=Align.CENTRE)
