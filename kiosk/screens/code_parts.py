"""The code in large figures, and the ring that says how long it is good for."""

from datetime import timedelta

from kiosk.screens.redeeming import disc
from kiosk.screens.view import Sight
from kiosk.session.states import VoucherCode
from kiosk.ui.nodes import Align, Box, Column, Node, Row, Text, text
from kiosk.ui.pieces import Ring
from kiosk.ui.theme import Colour, Fill, Style

TERM_RING_MM = 42

HOUR_S = 3600


def grouped(code: str) -> str:
    """482916057 as 482 916 057, as it is read aloud."""
    return " ".join(code[at : at + 3] for at in range(0, len(code), 3))


def figure(on_page: VoucherCode) -> Text:
    """The code: the largest thing on the page."""
    return text(grouped(on_page.code), Style.FIGURE, align=Align.CENTRE, shrink_to=0.6)


def term(sight: Sight, on_page: VoucherCode) -> Node:
    """Until when, what happens after; a code of an offline kiosk has no end that is known."""
    words, points = sight.words, sight.words.points(on_page.points)
    if on_page.issued:
        said = words.say("voucher.issued_title")
        line = words.say("voucher.issued_line", points=points)
        mark = disc("counter", Fill.GOOD_SOFT, Colour.PINE, 26)
    else:
        said, line = _until(sight, on_page), words.say("voucher.after", points=points)
        mark = ring(sight, on_page, TERM_RING_MM)
    told = Column(
        items=(
            text(said, Style.HEADING, max_lines=2, shrink_to=0.7),
            text(line, Style.BODY, Colour.INK_2, max_lines=2, shrink_to=0.75),
        ),
        gap=2,
        grow=1,
    )
    return Row(items=(mark, told), gap=9)


def ring(sight: Sight, on_page: VoucherCode, size: float) -> Node:
    """What is left of the hold, as a ring and in figures."""
    return countdown(sight, seconds_left(sight, on_page), on_page.holds_for_s, size)


def countdown(sight: Sight, left_s: int, whole_s: float, size: float) -> Node:
    """How much is left of a time, as a ring and in figures."""
    left = text(
        _clock(sight, left_s), Style.NUMBER, Colour.POINTS_INK, align=Align.CENTRE, shrink_to=0.6
    )
    inside = Box(child=left, fill=None, radius=0, width=size * 0.7)
    fraction = min(left_s / max(whole_s, 1), 1)
    return Ring(fraction=fraction, child=inside, stroke=3.6, width=size, height=size)


def seconds_left(sight: Sight, on_page: VoucherCode) -> int:
    """Whole seconds until the hold ends by itself, rounded up as a countdown is read."""
    return max(0, -int((sight.world.uptime_s - on_page.until_s) // 1))


def _clock(sight: Sight, left_s: int) -> str:
    if left_s > HOUR_S:
        return sight.words.say("voucher.hours", n=-(-left_s // HOUR_S))
    return f"{left_s // 60}:{left_s % 60:02}"


def _until(sight: Sight, on_page: VoucherCode) -> str:
    """The time of day only while the clock can be believed."""
    words, left_s = sight.words, seconds_left(sight, on_page)
    if sight.world.today is not None:
        end = sight.now + timedelta(seconds=on_page.until_s - sight.world.uptime_s)
        when = f"{end:%H:%M}" if end.date() == sight.now.date() else words.moment(end)
        return words.say("voucher.until", when=when)
    if left_s > HOUR_S:
        return words.say("voucher.within_hours", n=left_s // HOUR_S)
    return words.count("voucher.within", max(1, left_s // 60))
