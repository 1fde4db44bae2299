"""Scales: faces, numbers or stars beside each other, and what their ends mean."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.model.text import Language
from kiosk.screens.around import ems
from kiosk.screens.asked import Room, text_mm
from kiosk.screens.choice_list import tick
from kiosk.screens.faces import face, moods
from kiosk.screens.view import GAP_MM, Sight
from kiosk.survey.questions import RatingQuestion
from kiosk.survey.scope import choice_words
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
    Row,
    text,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style

_MANY, _GAP_MANY_MM, _GAP_MM = 8, 1.2, 3.4
"""From so many steps on they stand closer, so that each is still a target."""

_ROUNDING_MM = 0.6
"""What a card is narrower than its share: widths and gaps become whole pixels, of which the
smallest glass has one in so many millimetres. The gaps take what is left."""

_NAMED_MM, _NAMELESS_MM, _LYING_MM = 124.0, 100.0, 62.0
"""Height of a card with a face and its name, without a name, and on a lying glass."""

_NUMBER_STANDING_MM, _NUMBER_LYING_MM = 100.0, 54.0
_DISC_MM, _STAR_MM, _LARGE_STAR_MM = 38.0, 16.0, 28.0
LEAST_FACE_MM, LEAST_STAR_MM, LEAST_NUMBER_MM = 34.0, 39.0, 32.0
"""A card with a face, its name not counted, a star or a number is not lower than this."""

_BESIDE_TICKED_MM = 38.0
"""Its circle, the gaps between face, name and circle, and the card's padding."""

_LINE_MM = 23.0
"""A number above its circle takes as much as large type does, also where it is narrowed."""

_TICKED_MM = 70.0
"""From this height on a card has a circle to be ticked."""

_WORD_EMS = 32.0
"""Longest word of a name below a face, shared by the steps: what a standing glass holds."""

_SHORT_EMS = 2.2
"""Words so short stand on a card of a scale as a number does."""

_WEDGE_MM = (0.8, 5.2)
"""Height of the wedge below a scale, at its two ends."""


def is_scale(question: RatingQuestion, language: Language) -> bool:
    """Whether the steps can stand beside each other; longer words are a list of choices."""
    labels = [choice_words(one, language) for one in question.steps]
    if question.rate_type == "smileys":
        return not is_named(question) or all(_fits_below(one, len(labels)) for one in labels)
    if question.rate_type == "stars":
        return True
    return all(ems(one) <= _SHORT_EMS for one in labels)


def is_named(question: RatingQuestion) -> bool:
    """Whether every step has words of its own."""
    return all(one.text is not None for one in question.steps)


def _fits_below(words: str, steps: int) -> bool:
    """Whether a name fits below its face, also in large type: two lines, no word cut."""
    longest = max((ems(word) for word in words.split() if word.isascii()), default=0)
    return longest <= _WORD_EMS / steps and ems(words) <= 2 * _WORD_EMS / steps


def scale(
    sight: Sight,
    question: RatingQuestion,
    ends: tuple[str, str],
    chosen: int | None,
    room: Room,
) -> Node:
    """The steps beside each other, and what the ends mean.

    Args:
        ends: words of the least and the most; "" for none.
        chosen: place of the step that holds; None for none that may be shown.
        room: every step takes as much of its width as any other, and no more than its height.
    """
    language = sight.session.language
    labels = [choice_words(one, language) for one in question.steps]
    gap = _GAP_MANY_MM if len(labels) >= _MANY else _GAP_MM
    wide = (room.width - gap * (len(labels) - 1)) / len(labels) - _ROUNDING_MM
    below = _ends(question, ends, gap) if any(ends) else ()
    low = room.height - (ends_mm(sight, ends, room.width) if below else 0)
    each: Sequence[Button]
    if question.rate_type == "smileys":
        each = _faces(sight, question, labels, chosen, Room(wide, low))
    elif question.rate_type == "stars":
        high = _number_mm(sight, low, LEAST_STAR_MM)
        each = [
            _step(at, one, _star(at, chosen, Room(wide, high)), chosen == at, high)
            for at, one in enumerate(labels)
        ]
    else:
        high = _number_mm(sight, low)
        each = [
            _step(at, one, _number(one, chosen == at, high), chosen == at, high)
            for at, one in enumerate(labels)
        ]
    equal = tuple(replace(one, width=wide) for one in each)
    row = Row(items=equal, gap=gap, align=Align.STRETCH, justify=Justify.BETWEEN)
    return Column(items=(row, *below), gap=GAP_MM * 1.4)


# -- cards ---------------------------------------------------------------------------------


def _step(at: int, says: str, face: Node, chosen: bool, height: float) -> Button:
    """One card of a scale."""
    inside = Box(
        child=face,
        fill=Fill.PINE if chosen else Fill.LINEN,
        edge=Colour.GOLD_ON_PINE if chosen else Colour.EDGE,
        shadow=Shadow.SOFT,
        padding=Insets.xy(1, 3),
        valign=Align.CENTRE,
        height=height,
    )
    return Button(key="answer", value=str(at), says=says, look=Look.BARE, radius=8, child=inside)


def _number_mm(sight: Sight, room_mm: float, least: float = LEAST_NUMBER_MM) -> float:
    usual = _NUMBER_STANDING_MM if sight.view.portrait else _NUMBER_LYING_MM
    return min(usual, max(least, room_mm))


def _number(words: str, chosen: bool, high: float) -> Node:
    colour = Colour.WHITE if chosen else Colour.INK
    said = text(words, Style.HEADLINE, colour, align=Align.CENTRE, shrink_to=0.6)
    if high < _TICKED_MM:
        return said
    line = Box(child=said, fill=None, radius=0, min_height=_LINE_MM, valign=Align.CENTRE)
    return Column(items=(line, _tick(chosen=chosen)), gap=6)


def _star(at: int, chosen: int | None, room: Room) -> Node:
    """A star for each step; those up to the chosen one are gold."""
    large = room.height >= _TICKED_MM and room.width >= _LARGE_STAR_MM + 6
    size = _LARGE_STAR_MM if large else _STAR_MM
    lit = chosen is not None and at <= chosen
    colour = Colour.GOLD_ON_PINE if chosen == at else Colour.POINTS_INK if lit else Colour.INK_3
    star = Row(items=(Icon(name="star", size=size, colour=colour),), justify=Justify.CENTRE)
    style = Style.TITLE if large else Style.STRONG
    said = text(str(at + 1), style, colour, align=Align.CENTRE)
    return Column(items=(star, said), gap=2)


# -- faces ---------------------------------------------------------------------------------


def _faces(
    sight: Sight, question: RatingQuestion, labels: list[str], chosen: int | None, room: Room
) -> list[Button]:
    """A face for each step, each with its name if all have one."""
    named = is_named(question)
    name_mm = max(text_mm(sight, one, Style.HEADING, room.width - 2, 2) for one in labels)
    high = _faces_mm(sight, room.height, name_mm if named else 0)
    ticked = high >= _TICKED_MM
    beside = (name_mm if named else 0) + (_BESIDE_TICKED_MM if ticked and named else 10)
    size = min(_DISC_MM, room.width * 0.84, high - beside)
    plain = question.scale_color_mode == "monochrome"
    cards: list[Button] = []
    for at, mood in enumerate(moods(len(labels))):
        disc = face(mood, size, plain=plain)
        parts: list[Node] = [Row(items=(disc,), justify=Justify.CENTRE)]
        if named:
            parts.append(_name(labels[at], high=name_mm, chosen=chosen == at))
        if ticked:
            parts.append(_tick(chosen=chosen == at))
        between = 9 if named and ticked else 5 if ticked else 3
        inside = Column(items=tuple(parts), gap=between, justify=Justify.CENTRE)
        cards.append(_step(at, labels[at], inside, chosen == at, high))
    return cards


def _faces_mm(sight: Sight, room_mm: float, name_mm: float) -> float:
    """Height of a card with a face: as usual, or what the room leaves."""
    usual = _NAMED_MM if name_mm else _NAMELESS_MM
    if not sight.view.portrait:
        usual = _LYING_MM
    return min(usual, max(LEAST_FACE_MM + name_mm, room_mm))


def _name(words: str, *, high: float, chosen: bool) -> Node:
    """As high as the longest of the names, so that all faces stand on one line."""
    colour = Colour.WHITE if chosen else Colour.INK
    said = text(words, Style.HEADING, colour, align=Align.CENTRE, max_lines=2, shrink_to=0.55)
    return Box(child=said, fill=None, radius=0, min_height=high, valign=Align.CENTRE)


def _tick(*, chosen: bool) -> Node:
    return Row(items=(tick(chosen=chosen, several=False),), justify=Justify.CENTRE)


# -- what the ends mean --------------------------------------------------------------------


def _ends(question: RatingQuestion, ends: tuple[str, str], gap: float) -> tuple[Node, ...]:
    """The words of both ends, below a wedge that grows where the scale is one of numbers."""
    least, most = ends
    words = Row(
        items=(
            text(least, Style.MEDIUM, max_lines=2, shrink_to=0.7, grow=1),
            text(most, Style.MEDIUM, align=Align.END, max_lines=2, shrink_to=0.7, grow=1),
        ),
        gap=8,
        align=Align.START,
    )
    if question.rate_type != "labels":
        return (words,)
    return _wedge(len(question.steps), gap), words


def ends_mm(sight: Sight, ends: tuple[str, str], width: float) -> float:
    """About how high the words of the ends are, with the wedge; 0 for none."""
    if not any(ends):
        return 0.0
    words = max(text_mm(sight, one, Style.MEDIUM, width / 2 - 4, 2) for one in ends)
    return words + _WEDGE_MM[1] + 2 * GAP_MM * 1.4


def _wedge(count: int, gap: float) -> Node:
    low, high = _WEDGE_MM
    parts = tuple(
        Box(
            child=Gap(),
            fill=Fill.SAND,
            radius=0.4,
            height=low + (high - low) * at / max(1, count - 1),
            grow=1,
        )
        for at in range(count)
    )
    return Row(items=parts, gap=gap, align=Align.END, height=high)
