"""Choices to tick or to take: rows in columns, pictures in a grid, chips where all are short."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kiosk.screens.around import ems, mark
from kiosk.screens.asked import Room
from kiosk.screens.chips import Option, are_short, chips, chips_mm
from kiosk.screens.faces import face
from kiosk.screens.pager import pager, sheet_of, sheets_of
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.nodes import Align, Box, Button, Column, Gap, Icon, Insets, Look, Node, Row, text
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import BIG_TEXT, CAP_SHARE, Colour, Fill, Shadow, Style

ICON = "icon:"
"""A choice's picture that is one of the kiosk's icons: `icon:briefcase` (docs/surveys.md)."""

_ROW_MM, _HIGH_ROW_MM, _BIG_HIGH_ROW_MM = 24.0, 29.0, 37.0
"""Height of a choice in one line, in two, and in two of large type; at least."""

_MOST_ROW_MM = 38.0
"""A choice takes so much where there is room: large targets, and a list that fills its page."""

LEAST_MM = 2 * _BIG_HIGH_ROW_MM + _ROW_MM
"""A list is not lower than this: two choices, and the way to the others."""

_TICK_MM, _ICON_MM, _PAD_MM, _BETWEEN_MM = 12.0, 18.0, 6.0, 5.0
_MANY = 5
"""From so many short choices on a grid of chips reads better than a list."""

_MOST_ACROSS_STANDING, _MOST_ACROSS = 2, 3
_MOST_LINES = 6
"""A longer list is looked through more quickly in two columns."""

_PICTURE_MM = 62.0
"""Height of a picture that somebody shall choose by; lower only where the room is."""

_PICTURE_PAD_MM, _NAME_SHRUNK = 4.0, 0.5
_GAP_MM = GAP_MM * 1.4


@dataclass(frozen=True, slots=True)
class Offered:
    """One choice as it is shown.

    Attributes:
        value: what a touch on it sends.
        picture: of the content, or one of the icons; "" for none.
        mood: the face beside it; None for none.
    """

    value: str
    words: str
    picture: str = ""
    mood: int | None = None

    @property
    def icon(self) -> str:
        """The icon beside the words; "" for none."""
        return self.picture.removeprefix(ICON) if self.picture.startswith(ICON) else ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What holds, and how many may.

    Attributes:
        chosen: values of what holds and may be shown.
        several: whether more than one may.
    """

    chosen: Collection[str] = ()
    several: bool = False


def choices(sight: Sight, offered: Sequence[Offered], ticks: Ticks, sheet: int, room: Room) -> Node:
    """The choices as a grid of chips, or as rows in as few columns as the room allows."""
    plain = not any(one.icon or one.mood is not None for one in offered)
    if plain and len(offered) >= _MANY and are_short([one.words for one in offered]):
        options = [Option(one.value, one.words) for one in offered]
        if chips_mm(sight, options, room.width) <= room.height:
            return chips(sight, "answer", options, ticks.chosen, room)
    shape = _shape(sight, offered, room)
    rows = [_row(sight, one, ticks, shape.height) for one in offered]
    return _grid(sight, rows, shape, sheet, room)


def pictures(
    sight: Sight, offered: Sequence[Offered], ticks: Ticks, sheet: int, room: Room, *, named: bool
) -> Node:
    """Pictures of the content to choose by; icons are rows with words instead."""
    if all(one.icon for one in offered):
        return choices(sight, offered, ticks, sheet, room)
    across = _beside(sight, offered, room) if named else _across(len(offered))
    lines = -(-len(offered) // across)
    fitting = (room.height - _GAP_MM * (lines - 1)) / lines
    shape = _Shape(across, min(max(_PICTURE_MM, fitting), room.width / across * 1.25))
    cards = [_picture(one, ticks, shape.height, named=named) for one in offered]
    return _grid(sight, cards, shape, sheet, room)


def _across(count: int) -> int:
    """How many pictures stand beside each other: large ones, and few rows."""
    return 2 if count <= 4 else 3


def _beside(sight: Sight, offered: Sequence[Offered], room: Room) -> int:
    """The same; two where a third would leave no room for the names."""
    across = _across(len(offered))
    em = Style.STRONG.step.cap_mm / CAP_SHARE * (BIG_TEXT if sight.session.big_text else 1)
    two_lines = 2 * (room.width / across - 2 * _PICTURE_PAD_MM - _TICK_MM - 6)
    widest = max(ems(one.words) for one in offered) * em * _NAME_SHRUNK
    return across if widest * 1.15 <= two_lines else 2


# -- how they stand ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many stand beside each other, and how high each is, mm."""

    across: int
    height: float


def _shape(sight: Sight, offered: Sequence[Offered], room: Room) -> _Shape:
    """As few columns as hold all choices; as many as their words allow where none does."""
    widest = max(_wide(sight, one) for one in offered)
    most = _MOST_ACROSS_STANDING if sight.view.portrait else _MOST_ACROSS
    ways = [way for way in range(1, most + 1) if way == 1 or widest <= _inner(room, way)]
    for across in ways:
        height = _ROW_MM if widest <= _inner(room, across) else _high(sight)
        lines = -(-len(offered) // across)
        fitting = (room.height - (lines - 1) * _GAP_MM) / lines
        if height <= fitting and (lines <= _MOST_LINES or across == ways[-1]):
            return _Shape(across, max(height, min(fitting, _MOST_ROW_MM)))
    return _Shape(ways[-1], _ROW_MM if widest <= _inner(room, ways[-1]) else _high(sight))


def _high(sight: Sight) -> float:
    return _BIG_HIGH_ROW_MM if sight.session.big_text else _HIGH_ROW_MM


def _inner(room: Room, across: int) -> float:
    """Width for words, tick and icon of one of so many columns."""
    return (room.width - _GAP_MM * (across - 1)) / across - 2 * _PAD_MM - _TICK_MM - _BETWEEN_MM


def _wide(sight: Sight, one: Offered) -> float:
    """About how wide a choice's words and icon are."""
    em = Style.HEADING.step.cap_mm / CAP_SHARE * (BIG_TEXT if sight.session.big_text else 1)
    has_icon = one.icon or one.mood is not None
    return ems(one.words) * em + (_ICON_MM + _BETWEEN_MM if has_icon else 0)


def _grid(sight: Sight, ready: Sequence[Node], shape: _Shape, sheet: int, room: Room) -> Node:
    """The rows that fit, and the way to the next ones where they do not all."""
    lines = max(1, int((room.height + _GAP_MM) / (shape.height + _GAP_MM)))
    if -(-len(ready) // shape.across) > lines:
        lines = max(1, int(room.height / (shape.height + _GAP_MM)) - 1)
    sheets = sheets_of(ready, lines * shape.across)
    here = sheets[sheet_of(sheet, len(sheets))]
    rows: list[Node] = [
        _line(here[at : at + shape.across], shape.across)
        for at in range(0, len(here), shape.across)
    ]
    turn = pager(sight, sheet, len(sheets), "survey.more")
    if turn is not None:
        rows.append(Row(items=(turn,), height=_ROW_MM, align=Align.STRETCH))
    return Column(items=tuple(rows), gap=_GAP_MM)


def _line(items: Sequence[Node], across: int) -> Node:
    """A row of the grid; the last one may not be full."""
    rest = (Gap(grow=1),) * (across - len(items))
    return Row(items=(*items, *rest), gap=_GAP_MM, align=Align.STRETCH)


# -- one of them ---------------------------------------------------------------------------


def _row(sight: Sight, one: Offered, ticks: Ticks, height: float) -> Button:
    chosen = one.value in ticks.chosen
    lines = 1 if height < _HIGH_ROW_MM else 2
    colour = Colour.WHITE if chosen else Colour.INK
    said = text(one.words, Style.HEADING, colour, grow=1, max_lines=lines, shrink_to=0.55)
    icon = _beside_words(one, chosen=chosen)
    inside = Box(
        child=Row(items=(*icon, said, tick(chosen=chosen, several=ticks.several)), gap=_BETWEEN_MM),
        fill=Fill.PINE if chosen else Fill.LINEN,
        edge=Colour.EDGE_PINE if chosen else Colour.EDGE,
        shadow=Shadow.SOFT,
        padding=Insets.xy(_PAD_MM, 1),
        height=height,
        valign=Align.CENTRE,
    )
    return _button(one, inside)


def _beside_words(one: Offered, *, chosen: bool) -> tuple[Node, ...]:
    """The choice's icon, or its face."""
    if one.mood is not None:
        return (face(one.mood, _ICON_MM, plain=False),)
    return (_icon(one.icon, chosen=chosen),) if one.icon else ()


def _icon(name: str, *, chosen: bool) -> Node:
    fill = Fill.PINE if chosen else Fill.MINT
    return mark(name, fill, Colour.GOLD_ON_PINE if chosen else Colour.PINE, _ICON_MM)


def _picture(one: Offered, ticks: Ticks, height: float, *, named: bool) -> Button:
    chosen = one.value in ticks.chosen
    shown = Picture(name=one.picture, tint=Fill.MUTED, radius=6, inset=0.05, grow=1)
    foot: list[Node] = [tick(chosen=chosen, several=ticks.several)]
    if named:
        colour = Colour.WHITE if chosen else Colour.INK
        said = text(one.words, Style.STRONG, colour, grow=1, max_lines=2, shrink_to=_NAME_SHRUNK)
        foot.insert(0, said)
    else:
        foot.insert(0, Gap(grow=1))
    inside = Box(
        child=Column(items=(shown, Row(items=tuple(foot), gap=3)), gap=3),
        fill=Fill.PINE if chosen else Fill.LINEN,
        edge=Colour.EDGE_PINE if chosen else Colour.EDGE,
        shadow=Shadow.SOFT,
        padding=Insets.all(_PICTURE_PAD_MM),
        height=height,
    )
    return _button(one, inside)


def _button(one: Offered, inside: Node) -> Button:
    return Button(
        key="answer",
        value=one.value,
        says=one.words,
        look=Look.BARE,
        radius=8,
        child=inside,
        grow=1,
    )


def tick(*, chosen: bool, several: bool) -> Node:
    """A square where several may hold, a circle where one does; with a check when it does."""
    inside: Node = Icon(name="check", size=7.5, colour=Colour.ON_GOLD) if chosen else Gap()
    return Box(
        child=inside,
        fill=Fill.GOLD if chosen else None,
        edge=None if chosen else Colour.EDGE,
        edge_mm=0.7,
        radius=3 if several else _TICK_MM / 2,
        width=_TICK_MM,
        height=_TICK_MM,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )
