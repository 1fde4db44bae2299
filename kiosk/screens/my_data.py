"""One's own data: to be shown it, to correct it, to erase it, and how far each request has come."""

from kiosk.loyalty.contact import Request, Stage
from kiosk.model.care import DataWish
from kiosk.screens.around import around, day, fact, mark, title
from kiosk.screens.furniture import bottom_bar, card, chevron, row_button, section_title, top_bar
from kiosk.screens.sheet import ANSWER_MM, answer, sheet
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.contact import wishes_of
from kiosk.session.own_data import requests_of
from kiosk.session.states import MyData
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Gap,
    Icon,
    Insets,
    Look,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

SIDE = 0.42
"""Share of the width that title and what happens next take when the glass lies."""

_ICONS = {DataWish.SHOW: "eye", DataWish.CORRECT: "pencil", DataWish.ERASE: "cross-circle"}

_STATES = {
    Stage.KEPT: ("clock", Colour.CARE_INK),
    Stage.AT_HQ: ("clock", Colour.CARE_INK),
    Stage.DONE: ("check-circle", Colour.GOOD_INK),
    Stage.REFUSED: ("care", Colour.CARE_INK),
}


def my_data(sight: Sight, on_page: MyData) -> Scene:
    """The whole page."""
    if on_page.erasing:
        return _erasing(sight)
    said = sight.words.say("my_data.title")
    head: Node = title(said) if not _is_tight(sight) else text(said, Style.DISPLAY, shrink_to=0.5)
    asked = requests_of(sight.visitor, sight.world)
    rows = tuple(_row(sight, wish, asked.get(wish)) for wish in DataWish)
    if sight.view.portrait:
        return around(sight, "my-data", head=(head,), main=(*rows, *_next(sight)))
    return around(sight, "my-data", head=(head, *_next(sight)), main=rows, side=SIDE)


def _is_tight(sight: Sight) -> bool:
    """Large type on a lying glass."""
    return sight.session.big_text and not sight.view.portrait


# -- what can be asked for -----------------------------------------------------------------


def _row(sight: Sight, wish: DataWish, before: Request | None) -> Node:
    """A request to make; one that is open says how far it is and cannot be made again."""
    words = sight.words
    said = words.say(f"my_data.{wish}")
    told: list[Node] = [
        text(said, Style.TITLE, shrink_to=0.7),
        text(words.say(f"my_data.{wish}_line"), Style.CAPTION, Colour.INK_2, max_lines=2),
    ]
    if before is not None:
        told.append(_state(sight, before))
    roomy = sight.view.portrait and not sight.session.big_text
    erases = wish is DataWish.ERASE
    square = mark(
        _ICONS[wish],
        Fill.ROSE if erases else Fill.MINT,
        Colour.STOP if erases else Colour.PINE,
        edge=30 if roomy else 24,
    )
    items: tuple[Node, ...] = (square, Column(items=tuple(told), gap=1.5, grow=1))
    padding = Insets.xy(6, 7.5 if roomy else 5)
    if before is not None and before.is_open:
        return card(Row(items=items, gap=6), padding=padding)
    inside = Row(items=(*items, chevron()), gap=6)
    return row_button("data", said, inside, value=wish.value, padding=padding)


def _state(sight: Sight, request: Request) -> Node:
    words, today = sight.words, sight.world.today
    icon, colour = _STATES[request.stage]
    key = f"my_data.{request.stage.value}"
    if request.on is not None and today is not None:
        said = words.say(f"{key}_on", day=day(sight, request.on, today))
    elif request.stage is Stage.KEPT and sight.world.hq_reachable is False:
        said = words.say("my_data.kept_offline")
    else:
        said = words.say(key)
    line = text(said, Style.CAPTION_STRONG, colour, max_lines=2, grow=1)
    return Row(items=(Icon(name=icon, size=7, colour=colour), line), gap=2.5)


# -- what happens next ---------------------------------------------------------------------


def _next(sight: Sight) -> tuple[Node, ...]:
    """In three steps; who may not be written to asks at the counter."""
    words, wishes = sight.words, wishes_of(sight.visitor, sight.world)
    reached = not wishes.do_not_disturb and any(wishes.granted.values())
    by = "my_data.answer_line" if reached else "my_data.answer_counter_line"
    steps = (
        fact("disk", words.say("my_data.noted"), words.say("my_data.noted_line")),
        fact("headset", words.say("my_data.answer"), words.say(by)),
        fact("check-circle", words.say("my_data.seen"), words.say("my_data.seen_line")),
    )
    inside = Column(items=steps, gap=0 if sight.session.big_text else GAP_MM)
    heading = section_title(words.say("my_data.next"))
    return (heading, card(inside, padding=Insets.xy(5.5, 4)))


# -- asked twice ---------------------------------------------------------------------------


def _erasing(sight: Sight) -> Scene:
    """What erasing means above, the question below."""
    portrait = sight.view.portrait
    top = Box(
        child=Column(items=(top_bar(sight), _meaning(sight)), gap=10 if portrait else 5),
        fill=None,
        radius=0,
        padding=Insets(MARGIN_MM, 12 if portrait else 9, MARGIN_MM, GAP_MM * 3),
    )
    asked = Column(items=(_question(sight), _answers(sight)), gap=GAP_MM * 3)
    return Scene(name="my-data", root=Column(items=(top, sheet(sight, asked))))


def _meaning(sight: Sight) -> Node:
    words = sight.words
    lines = tuple(
        fact(icon, words.say(f"my_data.means_{at}"), words.say(f"my_data.means_{at}_line"))
        for at, icon in enumerate(("cross-circle", "coins", "people"), 1)
    )
    if sight.view.portrait:
        return card(Column(items=lines, gap=GAP_MM * 1.5), padding=Insets.xy(7, 6))
    third = (sight.view.inner_mm - 2 * 7 - 2 * GAP_MM * 2) / 3
    cells = tuple(Box(child=line, fill=None, width=third) for line in lines)
    return card(Row(items=cells, gap=GAP_MM * 2), padding=Insets.xy(7, 3))


def _question(sight: Sight) -> Node:
    portrait = sight.view.portrait
    align = Align.CENTRE if portrait else Align.START
    style, words = Style.HERO if portrait else Style.DISPLAY, sight.words
    asked = text(words.say("my_data.ask"), style, align=align, max_lines=2, shrink_to=0.5)
    line = text(words.say("my_data.ask_line"), Style.BODY, Colour.INK_2, align=align, max_lines=2)
    both = Column(items=(asked, line), gap=GAP_MM * 2)
    return Column(items=(Gap(grow=1), both, Gap(grow=2)), grow=1)


def _answers(sight: Sight) -> Node:
    words = sight.words
    keep = answer(
        "keep-data",
        "check",
        words.say("my_data.keep"),
        words.say("my_data.keep_line"),
        Look.PRIMARY,
    )
    erase = answer(
        "erase-data",
        "cross-circle",
        words.say("my_data.erase_yes"),
        words.say("my_data.erase_yes_line"),
        Look.SECONDARY,
    )
    return bottom_bar(keep, erase, height=ANSWER_MM)
