"""The questions of an application: day of birth, a group's code, and one look at all of it."""

from kiosk.model.masks import masked_name, masked_phone
from kiosk.screens.around import around, mark, parted, title
from kiosk.screens.furniture import (
    back_button,
    bottom_bar,
    card,
    chevron,
    done_button,
    page,
    row_button,
    wide_button,
)
from kiosk.screens.joined import picture_panel
from kiosk.screens.switch import switch_row, switches
from kiosk.screens.view import Sight
from kiosk.screens.wheels import told, wheels
from kiosk.session.joining import born as day_of_birth
from kiosk.session.joining import is_whole
from kiosk.session.states import Joining, JoiningStep
from kiosk.ui.nodes import (
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Look,
    Node,
    Row,
    Scene,
    Span,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

STEPS = tuple(JoiningStep)[1:]
"""Those that are counted: the welcome asks nothing."""

CONFIRM_SIDE = 0.5
"""Share of the width that title, wish and rules take when the glass lies."""


def born(sight: Sight, on_page: Joining) -> Scene:
    """The day of birth, on wheels."""
    assert on_page.born is not None  # set with the step
    words, years = sight.words, _years(sight)
    head = _head(sight, on_page, words.say("joining.born_line", n=years))
    on_wheels = (wheels(sight, on_page.born), told(sight, on_page.born))
    ready = day_of_birth(on_page) is not None
    onward = _onward(sight) if ready else None
    if sight.view.portrait:  # the wheels stand where a hand reaches them
        head = (*head, Gap(grow=1))
    return around(sight, "joining-born", head=head, main=on_wheels, middle=onward, side=0.34)


def group(sight: Sight, on_page: Joining) -> Scene:
    """Whether there is a group's code; most people have none."""
    words, code = sight.words, on_page.group_code
    head = _head(sight, on_page, words.say("joining.group_line"))
    panel = () if sight.session.big_text else (picture_panel("join"),)
    if code:
        main, middle = (*panel, *_code(sight, code)), _onward(sight)
    else:
        main = (*panel, _ask_code(sight, "joining.with_code", words.say("joining.with_code_line")))
        none = words.say("joining.no_code")
        middle = wide_button("no-code", "arrow-right", none, Look.PRIMARY, grow=1)
    if sight.view.portrait:
        bottom = bottom_bar(back_button(sight), middle, done_button(sight))
        room = (Gap(grow=1),) if sight.session.big_text else ()
        return page(sight, "joining-group", (*head, *main, *room), bottom)
    return around(sight, "joining-group", head=head, main=main, middle=middle)


def confirm(sight: Sight, on_page: Joining) -> Scene:
    """All of it, as far as whoever stands behind may read it; then the wish and the rules."""
    words = sight.words
    head = _head(sight, on_page, words.say("joining.confirm_line"))
    submit = wide_button("apply", "check", words.say("joining.submit"), Look.PRIMARY, grow=1)
    return around(
        sight,
        "joining-confirm",
        head=head,
        main=(_answers(sight, on_page),),
        foot=(_marketing(sight, on_page), _rules(sight)),
        middle=submit if is_whole(on_page) else None,
        side=CONFIRM_SIDE,
    )


# -- what the questions share --------------------------------------------------------------


def _head(sight: Sight, on_page: Joining, line: str) -> tuple[Node, ...]:
    """How far it is, the question, and a quieter line."""
    words = sight.words
    asked: tuple[Node, ...] = (
        step_of(sight, on_page),
        title(words.say(f"joining.{on_page.step.value}_title")),
    )
    tight = sight.session.big_text and not sight.view.portrait
    if not tight or on_page.step is not JoiningStep.CONFIRM:
        asked += (text(line, Style.BODY, Colour.INK_2, max_lines=3, shrink_to=0.8),)
    return (Column(items=asked, gap=2),)


def _onward(sight: Sight) -> Button:
    words = sight.words.say("joining.next")
    return wide_button("join-on", "arrow-right", words, Look.PRIMARY, grow=1)


def _years(sight: Sight) -> int:
    return sight.content.programme.joining.minimum_age_years


def step_of(sight: Sight, on_page: Joining) -> Node:
    """How far it is."""
    words = sight.words
    at = words.say("joining.step", at=STEPS.index(on_page.step) + 1, count=len(STEPS))
    return text(at, Style.CAPTION, Colour.INK_2)


def why_asked(sight: Sight, on_page: Joining) -> Node:
    """Below the question: what it is asked for."""
    words = sight.words
    spans = (
        Span(text=words.say("joining.why") + "  ", style=Style.STRONG, colour=Colour.PINE),
        Span(text=words.say(f"joining.{on_page.step.value}_why", n=_years(sight))),
    )
    said = Text(spans=spans, style=Style.BODY, max_lines=2, shrink_to=0.8, grow=1)
    inside = Row(items=(Icon(name="info", size=9, colour=Colour.PINE), said), gap=4.5)
    return card(inside, padding=Insets.xy(6, 5))


# -- a group's code ------------------------------------------------------------------------


def _code(sight: Sight, code: str) -> tuple[Node, ...]:
    """The one that was typed, to be changed or left out."""
    words = sight.words
    there = _ask_code(sight, "joining.change_code", words.say("joining.code_is", code=code))
    without = words.say("joining.without_code")
    line = text(without, Style.HEADING, Colour.PINE, grow=1, shrink_to=0.7)
    inside = Row(items=(mark("cross", Fill.MUTED), line, chevron()), gap=6)
    return there, row_button("no-code", without, inside, padding=Insets.xy(6, 4.5))


def _ask_code(sight: Sight, key: str, line: str) -> Button:
    words = sight.words.say(key)
    told = (
        text(words, Style.HEADING, Colour.PINE, shrink_to=0.7),
        text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.7),
    )
    inside = Row(items=(mark("people"), Column(items=told, gap=0.5, grow=1), chevron()), gap=6)
    return row_button("group-code", words, inside, padding=Insets.xy(6, 4.5))


# -- the last look -------------------------------------------------------------------------


def _answers(sight: Sight, on_page: Joining) -> Node:
    """Each answer masked, and the way to change it."""
    words = sight.words
    shown = (
        (JoiningStep.BORN, "cake", words.say("joining.of_age", n=_years(sight))),
        (JoiningStep.NAME, "person", masked_name(on_page.name)),
        (JoiningStep.PHONE, "mobile", masked_phone(on_page.phone)),
        (JoiningStep.GROUP, "people", on_page.group_code or words.say("joining.none")),
    )
    rows = parted(_answer(sight, step, icon, value) for step, icon, value in shown)
    return card(Column(items=rows), padding=Insets())


def _answer(sight: Sight, step: JoiningStep, icon: str, value: str) -> Button:
    words = sight.words
    name, change = words.say(f"joining.{step.value}"), words.say("joining.change")
    said = Column(
        items=(
            text(name, Style.CAPTION, Colour.INK_2),
            text(value, Style.HEADING, shrink_to=0.6),
        ),
        gap=0.5,
        grow=1,
    )
    to_change = text(change, Style.CAPTION_STRONG, Colour.PINE)
    inside = Row(items=(mark(icon), said, to_change, chevron()), gap=5)
    roomy = sight.view.portrait and not sight.session.big_text
    child = Box(child=inside, fill=None, padding=Insets.xy(6, 6 if roomy else 3.5))
    says = f"{name} {change}"
    return Button(key="join-change", value=step.value, says=says, look=Look.BARE, child=child)


def _marketing(sight: Sight, on_page: Joining) -> Node:
    """A tick of its own, off until somebody touches it."""
    words = sight.words
    said, line = words.say("joining.marketing"), words.say("joining.marketing_line")
    lying_large = sight.session.big_text and not sight.view.portrait
    line = "" if lying_large else line
    return switches(switch_row(sight, "marketing", mark("bell"), said, line, on=on_page.marketing))


def _rules(sight: Sight) -> Node:
    """What submitting agrees to, and the way to read it."""
    words, version = sight.words, sight.content.care.contact.text_version
    said = words.say("joining.agreed")
    lines = Column(
        items=(
            text(said, Style.BODY, max_lines=2, shrink_to=0.8),
            text(
                words.say("joining.agreed_line", version=version),
                Style.CAPTION,
                Colour.INK_2,
                shrink_to=0.7,
            ),
        ),
        gap=1,
        grow=1,
    )
    return row_button("rules", said, Row(items=(lines, chevron()), gap=4))
