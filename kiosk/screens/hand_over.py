"""The way over to one's own phone: a code to scan, how long it opens, what happens there."""

from dataclasses import replace

from kiosk.model.answers import Form
from kiosk.screens.around import offline
from kiosk.screens.code_parts import TERM_RING_MM, countdown
from kiosk.screens.furniture import (
    BOTTOM_MM,
    bottom_bar,
    card,
    chevron,
    page,
    row_button,
    wide_button,
)
from kiosk.screens.redeeming import disc
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.hand_over import can_hand_over, link_of
from kiosk.session.states import HandedOver
from kiosk.ui.nodes import Align, Button, Column, Gap, Insets, Justify, Look, Node, Row, Scene, text
from kiosk.ui.pieces import Line, Notch, Qr
from kiosk.ui.theme import Colour, Fill, Style

QR_MM, LYING_QR_MM = 124.0, 96.0
"""Edge of the code: read from a step away, where its owner stands, and not from the queue.

A phone reads a code from ten times its edge, as scanners' makers reckon.
"""

_DISC_MM, _TIGHT_DISC_MM = 18.0, 12.0
_TIGHT_RING_MM = 32.0

STAY_MM = 96.0
"""Width of the way back to the glass."""


def offer(sight: Sight, form: Form) -> tuple[Button, ...]:
    """The way to this page, as a row; none while the form could not be opened."""
    if not can_hand_over(sight.world):
        return ()
    said, line = sight.words.say("hand_over.offer"), sight.words.say("hand_over.offer_line")
    told = Column(
        items=(
            text(said, Style.STRONG, Colour.PINE, shrink_to=0.7),
            text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.7),
        ),
        gap=1,
        grow=1,
    )
    inside = Row(items=(disc("mobile", Fill.GOOD_SOFT, Colour.PINE, 17), told, chevron()), gap=5)
    return (row_button("hand-over", said, inside, value=form.value),)


def hand_over(sight: Sight, on_page: HandedOver) -> Scene:
    """The whole page."""
    style = Style.TITLE if _is_tight(sight) else Style.DISPLAY
    title = text(sight.words.say("hand_over.title"), style, max_lines=2, shrink_to=0.7)
    sheet = (_standing if sight.view.portrait else _lying)(sight, on_page)
    middle = (*offline(sight, "hand_over.away"), title, sheet)
    return page(sight, "hand-over", middle, _bottom(sight))


def _is_tight(sight: Sight) -> bool:
    """Large type on a lying glass."""
    return sight.session.big_text and not sight.view.portrait


def _lines(sight: Sight) -> int:
    return 1 if _is_tight(sight) else 2


def _standing(sight: Sight, on_page: HandedOver) -> Node:
    code = Column(items=(_code(sight, on_page),), justify=Justify.CENTRE, grow=2)
    steps = Column(items=(_steps(sight),), justify=Justify.CENTRE, grow=1)
    parts = (code, Notch(height=9), _term(sight, on_page), Line(), steps)
    return card(Column(items=parts, gap=GAP_MM * 2), padding=Insets(9, 9, 9, 9), grow=1)


def _lying(sight: Sight, on_page: HandedOver) -> Node:
    """The code on the left of the tear, everything about it on the right."""
    half = sight.view.inner_mm * 0.36
    code = Column(items=(_code(sight, on_page),), justify=Justify.CENTRE, width=half)
    told = Column(
        items=(_term(sight, on_page), Line(), _steps(sight)),
        gap=GAP_MM * 1.6,
        grow=1,
        justify=Justify.CENTRE,
    )
    both = Row(items=(code, Notch(width=9), told), gap=GAP_MM * 2, align=Align.STRETCH)
    return replace(card(both, padding=Insets(6, 6, 10, 6)), grow=1)


def _code(sight: Sight, on_page: HandedOver) -> Node:
    """The link for the phone's camera, in words nowhere; a small panel gives it all its room."""
    url = link_of(on_page, sight.world)
    high = QR_MM if sight.view.portrait else LYING_QR_MM
    if url is None:
        return Gap()
    return Qr(data=url, height=high, grow=0 if sight.view.factor == 1 else 1)


def _term(sight: Sight, on_page: HandedOver) -> Node:
    """How long it opens, and that it opens once."""
    words, asking = sight.words, sight.content.care.asking
    left_s = max(0, -int((sight.world.uptime_s - on_page.until_s) // 1))
    said = words.count("hand_over.term", -(-asking.hand_over_s // 60))
    once = words.say("hand_over.once")
    told = Column(
        items=(
            text(said, Style.HEADING, max_lines=2, shrink_to=0.7),
            text(once, Style.BODY, Colour.INK_2, max_lines=_lines(sight), shrink_to=0.6),
        ),
        gap=1.5,
        grow=1,
    )
    size = _TIGHT_RING_MM if _is_tight(sight) else TERM_RING_MM
    ring = countdown(sight, left_s, asking.hand_over_s, size)
    return Row(items=(ring, told), gap=8)


def _steps(sight: Sight) -> Node:
    """What happens on the phone, and where it goes."""
    steps = (("camera", "scan"), ("mobile", "fill"), ("lock", "goes"))
    rows = tuple(_step(sight, icon, f"hand_over.{key}") for icon, key in steps)
    return Column(items=rows, gap=GAP_MM * (2.4 if sight.view.portrait else 1.6))


def _step(sight: Sight, icon: str, key: str) -> Node:
    size = _TIGHT_DISC_MM if _is_tight(sight) else _DISC_MM
    words, lines = sight.words.say(key), _lines(sight)
    said = text(words, Style.MEDIUM, max_lines=lines, shrink_to=0.6, grow=1)
    return Row(items=(disc(icon, Fill.GOOD_SOFT, Colour.PINE, size), said), gap=5)


def _bottom(sight: Sight) -> Node:
    words = sight.words
    stay = wide_button("back", "arrow-left", words.say("hand_over.stay"), Look.SECONDARY)
    done = wide_button("done", "exit", words.say("bar.done"), Look.PRIMARY, grow=1)
    return bottom_bar(replace(stay, width=STAY_MM), done, height=BOTTOM_MM)
