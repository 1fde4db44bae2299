"""The complaint: what went wrong, a call, somebody now; and how it will be dealt with."""

from kiosk.model.care import Cause
from kiosk.screens.around import BETWEEN_MM, mark, offline, parted
from kiosk.screens.case_steps import steps_line
from kiosk.screens.choices import chip
from kiosk.screens.furniture import (
    back_button,
    behind,
    bottom_bar,
    card,
    chevron,
    done_button,
    page,
    wide_button,
)
from kiosk.screens.hotlines import hotlines
from kiosk.screens.promises import call_line, staff_promise
from kiosk.screens.switch import ROW_INSETS, switch_row, switches
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Complaint
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
    Place,
    Row,
    Scene,
    Stack,
    text,
)
from kiosk.ui.pieces import Line, Picture
from kiosk.ui.theme import Colour, Fill, Shadow, Style

CAUSE_MM = 61.0
"""Height of a cause's card."""

REASONS_ACROSS = 3
"""Reasons beside each other."""


def complaint(sight: Sight, on_page: Complaint) -> Scene:
    """The whole page; what follows from the cause comes once there is one."""
    above = offline(sight, "complaint.offline")
    cause = sight.content.care.complaints.cause(on_page.cause_id)
    told = _told(sight, on_page, cause)
    bottom = bottom_bar(back_button(sight), _submit(sight, on_page), done_button(sight))
    first = (_title(sight), _causes(sight, on_page))
    last = (*_rather_call(sight), *_steps(sight))
    if sight.view.portrait:
        rest = (Gap(grow=1),) if cause is not None else ()
        return page(sight, "complaint", (*above, *first, *told, *rest, *last), bottom)
    half = (sight.view.inner_mm - BETWEEN_MM) / 2
    left = Column(items=(*first, Gap(grow=1), *last), gap=GAP_MM * 2, width=half)
    right = Column(items=told, gap=GAP_MM * 1.2, width=half)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, "complaint", (*above, both), bottom)


def _is_tight(sight: Sight) -> bool:
    """Large type on a lying glass: what is said twice is said once."""
    return sight.session.big_text and not sight.view.portrait


def _title(sight: Sight) -> Node:
    """What is asked; where there is room, what becomes of the answer."""
    known, words = sight.session.visitor is not None, sight.words
    asked = text(words.say("complaint.title"), Style.DISPLAY, max_lines=2, shrink_to=0.8)
    roomy = sight.view.portrait and not sight.session.big_text
    if not roomy or sight.world.hq_reachable is False:
        return asked
    key = "complaint.line" if known else "complaint.line_nobody"
    line = text(words.say(key), Style.BODY, Colour.INK_2, max_lines=2, shrink_to=0.8)
    return Column(items=(asked, line), gap=2)


def _submit(sight: Sight, on_page: Complaint) -> Node:
    """Only what has a cause can be sent."""
    if on_page.feedback_id is None:
        return Gap(grow=1)
    words = sight.words.say("complaint.submit")
    return wide_button("submit", "check", words, Look.PRIMARY, grow=1)


# -- what it is about ----------------------------------------------------------------------


def _causes(sight: Sight, on_page: Complaint) -> Node:
    cards = tuple(
        _cause(sight, cause, chosen=cause.cause_id == on_page.cause_id)
        for cause in sight.content.care.complaints.causes
    )
    return Row(items=cards, gap=4, align=Align.STRETCH)


def _cause(sight: Sight, cause: Cause, *, chosen: bool) -> Button:
    icon, fill = (Colour.GOLD_ON_PINE, Fill.PINE) if chosen else (Colour.PINE, behind(cause.tint))
    square = Row(items=(mark(cause.icon, fill, icon, 23),), justify=Justify.CENTRE)
    said = Column(items=_cause_words(sight, cause, chosen=chosen), gap=1)
    inside = Box(
        child=Column(items=(square, said), gap=3, justify=Justify.CENTRE),
        fill=Fill.PINE if chosen else Fill.LINEN,
        edge=Colour.EDGE_PINE if chosen else Colour.EDGE,
        shadow=Shadow.SOFT,
        padding=Insets.xy(3, 4),
        min_height=CAUSE_MM,
    )
    layers: tuple[tuple[Node, Place | None], ...] = ((inside, None),)
    if chosen:
        layers += ((_chosen_mark(), Place(x=1)),)
    return Button(
        key="cause",
        value=cause.cause_id,
        says=cause.words.in_(sight.session.language),
        look=Look.BARE,
        radius=8,
        child=Stack(layers=layers),
        grow=1,
    )


def _cause_words(sight: Sight, cause: Cause, *, chosen: bool) -> tuple[Node, ...]:
    """Its name, and below it a line where there is room."""
    words, line = (each.in_(sight.session.language) for each in (cause.words, cause.line))
    ink, quiet = (Colour.WHITE, Colour.ON_PINE_2) if chosen else (Colour.INK, Colour.INK_2)
    named = text(words, Style.HEADING, ink, align=Align.CENTRE, max_lines=2, shrink_to=0.6)
    if _is_tight(sight):
        return (named,)
    below = text(line, Style.CAPTION, quiet, align=Align.CENTRE, max_lines=2, shrink_to=0.7)
    return named, below


def _chosen_mark() -> Node:
    disc = Box(
        child=Icon(name="check", size=7, colour=Colour.ON_GOLD),
        fill=Fill.GOLD,
        radius=6,
        width=12,
        height=12,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )
    return Box(child=disc, fill=None, radius=0, padding=Insets.all(4))


def _told(sight: Sight, on_page: Complaint, cause: Cause | None) -> tuple[Node, ...]:
    """What can be said of the cause; before there is one, what to touch."""
    if cause is not None:
        return (_reasons(sight, on_page, cause), _wishes(sight, on_page))
    said = text(
        sight.words.say("complaint.first"),
        Style.HEADING,
        align=Align.CENTRE,
        max_lines=2,
        shrink_to=0.8,
    )
    picture = Picture(name="feedback", tint=Fill.MINT, radius=7, inset=0.03, grow=1, min_height=30)
    inside = Column(items=(picture, said), gap=4)
    return (card(inside, padding=Insets(5.5, 5.5, 5.5, 5), grow=1),)


def _reasons(sight: Sight, on_page: Complaint, cause: Cause) -> Node:
    words = sight.words
    head = Row(
        items=(
            text(words.say("complaint.reasons"), Style.TITLE, shrink_to=0.7),
            text(words.say("complaint.several"), Style.CAPTION, Colour.INK_2, shrink_to=0.7),
        ),
        gap=6,
        align=Align.BASELINE,
    )
    chips = _reason_chips(sight, on_page, cause)
    rows = [_across(chips[at : at + REASONS_ACROSS]) for at in range(0, len(chips), REASONS_ACROSS)]
    own = Column(items=(Line(), _own_words(sight, on_page)))
    lying = not sight.view.portrait
    inside = Insets(7, 4 if lying else 6, 7, 0)
    return card(Column(items=(head, *rows, own), gap=2.5 if lying else 4), padding=inside)


def _reason_chips(sight: Sight, on_page: Complaint, cause: Cause) -> list[Node]:
    return [
        chip(
            "reason",
            one.words.in_(sight.session.language),
            one.choice_id,
            chosen=one.choice_id in on_page.reasons,
            radius=7,
        )
        for one in cause.reasons
    ]


def _own_words(sight: Sight, on_page: Complaint) -> Button:
    """The way to the keyboard; what stands there already is not shown to who stands behind."""
    said = sight.words.say("complaint.write")
    if on_page.words:
        said = sight.words.count("complaint.written", len(on_page.words))
    inside = Row(
        items=(
            Icon(name="pencil", size=8.5, colour=Colour.PINE),
            text(said, Style.STRONG, Colour.PINE, grow=1, shrink_to=0.6),
            chevron(),
        ),
        gap=5,
    )
    child = Box(child=inside, fill=None, radius=0, valign=Align.CENTRE)
    return Button(key="write", says=said, look=Look.BARE, child=child, min_height=21)


def _across(chips: list[Node]) -> Node:
    """A row of the grid; the last one may not be full."""
    rest = (Gap(grow=1),) * (REASONS_ACROSS - len(chips))
    return Row(items=(*chips, *rest), gap=4)


# -- what is wished ------------------------------------------------------------------------


def _wishes(sight: Sight, on_page: Complaint) -> Node:
    """A call for members, somebody of the store for everybody HQ can be asked for."""
    rows = list[Node]()
    if sight.session.visitor is not None:
        rows.append(_wish(sight, "call-me", "phone", call_line(sight), on=on_page.call_me))
    if sight.world.hq_reachable is False:
        rows.append(_go_yourself(sight))
    else:
        line = " ".join(staff_promise(sight))
        rows.append(_wish(sight, "staff-now", "person", line, on=on_page.staff_now))
    return switches(*parted(rows))


def _wish(sight: Sight, key: str, icon: str, line: str, *, on: bool) -> Node:
    said = sight.words.say("complaint." + key.replace("-", "_"))
    return switch_row(sight, key, mark(icon), said, "" if _is_tight(sight) else line, on=on)


def _go_yourself(sight: Sight) -> Node:
    """Without HQ nobody of the store would hear of it."""
    said = text(
        sight.words.say("complaint.staff_offline"), Style.BODY, max_lines=2, shrink_to=0.8, grow=1
    )
    inside = Row(items=(mark("person", Fill.SAND), said), gap=6)
    return Box(child=inside, fill=None, padding=ROW_INSETS, valign=Align.CENTRE)


# -- how else, and what then ---------------------------------------------------------------


def _rather_call(sight: Sight) -> tuple[Node, ...]:
    """The telephone; below a banner in large type there is no room for it."""
    if _is_tight(sight) and sight.world.hq_reachable is False:
        return ()
    return (hotlines(sight, "complaint.rather_call"),)


def _steps(sight: Sight) -> tuple[Node, ...]:
    """How it will be dealt with; the first to give way where there is little room."""
    known, lying = sight.session.visitor is not None, not sight.view.portrait
    little_room = (lying, sight.session.big_text, sight.world.hq_reachable is False)
    if sum(little_room) > 1:
        return ()
    width = sight.view.inner_mm
    line = steps_line(sight, 0, (width - BETWEEN_MM) / 2 if lying else width)
    if sight.session.big_text:
        return (line,)
    key = "complaint.steps" if known else "complaint.steps_nobody"
    said = text(sight.words.say(key), Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8)
    return (Column(items=(said, line), gap=GAP_MM * 1.2),)
