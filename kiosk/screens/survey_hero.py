"""The head of a survey's page: how far it is, what it earns, and the question in large type."""

from dataclasses import replace

from kiosk.model.asking import Purchase
from kiosk.screens.asked import description, progress_words, text_mm, title, title_lines
from kiosk.screens.pine_card import pine_card
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Asking, Survey
from kiosk.session.stops import progress
from kiosk.ui.nodes import Align, Box, Column, Gap, Icon, Insets, Justify, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style

MOST_DOTS = 8
"""More dots than these are counted by nobody; the words tell."""

_DOT_MM, _PILL_MM, _BADGE_MM = 4.0, 13.0, 15.0
_BESIDE_MM = 12.5
_ABOVE_MM, _LYING_ABOVE_MM = 9.0, 5.5
_AIRY_ABOVE_MM, _AIRY_GAP_MM = 13.0, 9.0
_LYING_AIRY_ABOVE_MM, _LYING_AIRY_GAP_MM = 8.0, 5.0
_AIRY_MM, _LYING_AIRY_MM = 108.0, 72.0
"""Where the page has room to spare, the question stands in it as on the reference pictures, and
the answers of one question begin where those of the one before began."""

_LINES, _SHRUNK = 3, 0.7
"""Of the line below the question."""


def hero(
    sight: Sight,
    on_page: Survey,
    width: float,
    step: int,
    *,
    narrow: bool = False,
    airy: bool = False,
) -> Box:
    """The pine card.

    Args:
        width: of the card, mm.
        step: how many of the largest steps of type are left out.
        narrow: whether it is a column beside the answers.
        airy: whether there is room to spare.
    """
    inner = width - 2 * _BESIDE_MM
    gap, above = _gap_mm(sight, airy=airy), _above_mm(sight, airy=airy)
    asks: list[Node] = [title(sight, on_page.asking, inner, least=step)]
    quiet = line(sight, on_page)
    if quiet:
        asks.append(text(quiet, Style.BODY, Colour.ON_PINE_2, max_lines=_LINES, shrink_to=_SHRUNK))
    question = Column(items=tuple(asks), gap=gap, justify=Justify.CENTRE, grow=1)
    card = pine_card(
        Column(items=(_head(sight, on_page, narrow=narrow), question), gap=gap),
        Insets(_BESIDE_MM, above, _BESIDE_MM, above + 1),
    )
    return replace(card, min_height=_least_mm(sight)) if airy else card


def hero_mm(sight: Sight, on_page: Survey, width: float, step: int, *, airy: bool = False) -> float:
    """About how high the card is, rather too much than too little."""
    inner = width - 2 * _BESIDE_MM
    told = text_mm(sight, line(sight, on_page), Style.BODY, inner, _LINES)
    high = title_lines(sight, on_page.asking, inner, step)
    gaps = _gap_mm(sight, airy=airy) * (2 if told else 1)
    needed = 2 * _above_mm(sight, airy=airy) + 1 + _BADGE_MM + high + told + gaps
    return max(needed, _least_mm(sight)) if airy else needed


def _least_mm(sight: Sight) -> float:
    """How high the card is at least, where there is room."""
    return _AIRY_MM if sight.view.portrait else _LYING_AIRY_MM


def _gap_mm(sight: Sight, *, airy: bool) -> float:
    if airy:
        return _AIRY_GAP_MM if sight.view.portrait else _LYING_AIRY_GAP_MM
    return GAP_MM * (2 if sight.view.portrait else 1.2)


def _above_mm(sight: Sight, *, airy: bool) -> float:
    if airy:
        return _AIRY_ABOVE_MM if sight.view.portrait else _LYING_AIRY_ABOVE_MM
    return _ABOVE_MM if sight.view.portrait else _LYING_ABOVE_MM


def line(sight: Sight, on_page: Survey) -> str:
    """What the author says, or why it is asked; on the first question what it is about."""
    told = description(sight, on_page.asking) or _why(sight, on_page.asking)
    if told or on_page.purchase is None or progress(on_page.asking.run, _name(on_page))[0] > 1:
        return told
    return _about(sight, on_page.purchase)


def _why(sight: Sight, asking: Asking) -> str:
    """What the member gains by answering; "" where the author does not say."""
    note = asking.document.questions.get(asking.question)
    return note.why.in_(sight.session.language) if note and note.why else ""


def _name(on_page: Survey) -> str:
    return on_page.asking.question


def _about(sight: Sight, purchase: Purchase) -> str:
    """20 November, Jing'an Temple store, 2 items."""
    store = sight.content.store(purchase.store_id)
    day, words = sight.words.day(purchase.on), sight.words
    if store is None:
        return day
    name = store.name.in_(sight.session.language)
    if not purchase.items:
        return words.say("survey.about", day=day, store=name)
    return words.count("survey.about_items", purchase.items, day=day, store=name)


def _head(sight: Sight, on_page: Survey, *, narrow: bool) -> Node:
    said = text(
        progress_words(sight, on_page.asking),
        Style.CAPTION,
        Colour.ON_PINE_2,
        shrink_to=0.6,
        grow=1,
    )
    dots = () if narrow or sight.session.big_text else _dots(on_page.asking)
    return Row(items=(*dots, said, *badge(sight, on_page)), gap=5, min_height=_BADGE_MM)


def badge(sight: Sight, on_page: Survey) -> tuple[Node, ...]:
    """The points it earns; nobody's survey earns none."""
    points = on_page.asking.document.reward_points
    if not points or sight.session.visitor is None:
        return ()
    words = sight.words.say("survey.earns", points=sight.words.points(points))
    inside = Row(
        items=(
            Icon(name="star", size=7.5, colour=Colour.ON_GOLD),
            text(words, Style.STRONG, Colour.ON_GOLD, shrink_to=0.7),
        ),
        gap=2.5,
    )
    return (
        Box(
            child=inside,
            fill=Fill.GOLD,
            radius=_BADGE_MM / 2,
            height=_BADGE_MM,
            padding=Insets.xy(6, 0),
            valign=Align.CENTRE,
        ),
    )


def _dots(asking: Asking) -> tuple[Node, ...]:
    """Gold for what is done, a pill for this question, rings for what comes."""
    at, count = progress(asking.run, asking.question)
    if count > MOST_DOTS:
        return ()
    dots = tuple(_dot(one, at) for one in range(1, count + 1))
    return (Row(items=dots, gap=3),)


def _dot(one: int, at: int) -> Node:
    comes = one > at
    return Box(
        child=Gap(),
        fill=None if comes else Fill.GOLD,
        edge=Colour.ON_PINE_2 if comes else None,
        radius=_DOT_MM / 2,
        width=_PILL_MM if one == at else _DOT_MM,
        height=_DOT_MM,
    )
