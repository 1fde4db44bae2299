"""The time-out's question; what was on the page is hidden before it is asked."""

from kiosk.screens.furniture import bottom_bar, top_bar
from kiosk.screens.sheet import ANSWER_MM, answer, sheet
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.ui.nodes import (
    Align,
    Backdrop,
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
from kiosk.ui.pieces import Ring
from kiosk.ui.theme import Colour, Fill, Style


def still_there(sight: Sight) -> Scene:
    """The whole screen: a veil above, the question on a sheet."""
    portrait = sight.view.portrait
    top = Box(
        child=Column(
            items=(top_bar(sight), Gap(grow=1), _hidden(sight), Gap(grow=1))
            if portrait
            else (top_bar(sight),)
        ),
        fill=None,
        radius=0,
        padding=Insets(MARGIN_MM, 12 if portrait else 9, MARGIN_MM, 0),
        height=120 if portrait else 40,
    )
    asked = Column(items=(_question(sight), _bottom(sight)), gap=GAP_MM * 2)
    return Scene(
        name="still-there",
        root=Column(items=(top, sheet(sight, asked))),
        backdrop=Backdrop.VEIL,
        enters=False,
    )


def _hidden(sight: Sight) -> Node:
    inside = Row(
        items=(
            Icon(name="eye-off", size=8, colour=Colour.PINE),
            text(sight.words.say("still_there.hidden"), Style.STRONG),
        ),
        gap=4,
    )
    pill = Box(child=inside, radius=10.5, height=21, padding=Insets.xy(9, 0), valign=Align.CENTRE)
    return Row(items=(pill,), justify=Justify.CENTRE)


def _question(sight: Sight) -> Node:
    words, portrait = sight.words, sight.view.portrait
    align = Align.CENTRE if portrait else Align.START
    title = text(
        words.say("still_there.question"),
        Style.HERO if portrait else Style.DISPLAY,
        align=align,
        shrink_to=0.6,
    )
    line = text(words.say("still_there.line"), Style.BODY, Colour.INK_2, align=align, max_lines=4)
    asked: tuple[Node, ...] = (title, line, *_take_card(sight))
    if portrait:
        ring = Row(items=(_ring(sight),), justify=Justify.CENTRE)
        return Column(items=(ring, *asked), gap=GAP_MM * 3, grow=1)
    column = Column(items=asked, gap=GAP_MM * 2, grow=1, justify=Justify.CENTRE)
    room = Gap(width=GAP_MM * 8)
    return Row(items=(room, _ring(sight), column), gap=GAP_MM * 8, grow=1)


def _ring(sight: Sight) -> Node:
    left, whole = sight.seconds_left, sight.world.timing.warning_s
    inside = Column(
        items=(
            text(str(left), Style.FIGURE, align=Align.CENTRE),
            text(
                sight.words.say("still_there.seconds"),
                Style.CAPTION,
                Colour.INK_2,
                align=Align.CENTRE,
            ),
        ),
        gap=0,
    )
    size = 110 if sight.view.portrait else 96
    return Ring(
        fraction=min(left / whole, 1),
        child=inside,
        stroke=6,
        dots=round(whole),
        width=size,
        height=size,
    )


def _take_card(sight: Sight) -> tuple[Node, ...]:
    """Reminds of the card only while one lies on the reader."""
    if not sight.session.card_on_reader:
        return ()
    inside = Row(
        items=(
            Icon(name="ring-card", size=9, colour=Colour.PINE),
            text(sight.words.say("still_there.take_card"), Style.BODY, Colour.PINE),
        ),
        gap=4,
    )
    pill = Box(
        child=inside,
        fill=Fill.GOOD_SOFT,
        radius=11,
        height=22,
        padding=Insets.xy(10, 0),
        valign=Align.CENTRE,
    )
    justify = Justify.CENTRE if sight.view.portrait else Justify.START
    return (Row(items=(pill,), justify=justify),)


def _bottom(sight: Sight) -> Node:
    words = sight.words
    stay = answer(
        "stay",
        "person",
        words.say("still_there.stay"),
        words.say("still_there.stay_line"),
        Look.PRIMARY,
    )
    leave = answer(
        "done", "exit", words.say("bar.done"), words.say("still_there.leave_line"), Look.SECONDARY
    )
    return bottom_bar(stay, leave, height=ANSWER_MM)
