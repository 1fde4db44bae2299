"""The ledger's lines, newest first: each says when, why, and how many points."""

from datetime import datetime

from kiosk.loyalty.expiry import NextExpiry
from kiosk.loyalty.history import HistoryLine
from kiosk.loyalty.history import history as lines_of
from kiosk.model.ledger import LineReason
from kiosk.screens.around import (
    BETWEEN_MM,
    SIDE,
    around,
    day,
    em_mm,
    ems,
    nothing,
    offline,
    parted,
    title,
)
from kiosk.screens.furniture import card, chevron, row_button
from kiosk.screens.hero import as_of
from kiosk.screens.pager import pager, sheet_of, sheets_of
from kiosk.screens.view import Sight
from kiosk.session.states import History
from kiosk.ui.languages import Words
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Icon,
    Insets,
    Node,
    Row,
    Scene,
    Span,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

_OF_REWARD = frozenset({LineReason.REWARD, LineReason.GIVEN_BACK, LineReason.NOT_COLLECTED})

BETWEEN = " · "
"""Between two things said in one line."""

SHRINK = 0.75
"""How far the line below a reason gives way, before it leaves the sum out."""

_LEAF_MM = 25
"""Width of the day at the left of a line: 12 月, in large type too."""


def history(sight: Sight, on_page: History) -> Scene:
    """The whole page."""
    visitor = sight.visitor
    lines = lines_of(visitor.member, visitor.claims, sight.content, sight.place.kiosk_id)
    sheets = sheets_of(lines, _a_sheet(sight))
    shown = sheets[sheet_of(on_page.sheet, len(sheets))]
    return around(
        sight,
        "history",
        above=offline(sight, "banner.offline", when=as_of(sight)),
        head=(*_head(sight), *_expiring(sight)),
        main=(_lines(sight, shown),) if shown else (_empty(sight),),
        middle=pager(sight, on_page.sheet, len(sheets)),
    )


def _a_sheet(sight: Sight) -> int:
    """Lines on a sheet: 1 000 of them must not be more sheets than the session counts."""
    if sight.view.portrait:
        return 6 if sight.session.big_text else 8
    return 4 if sight.session.big_text else 5


# -- what it comes to ----------------------------------------------------------------------


def _head(sight: Sight) -> tuple[Node, ...]:
    """The title and the balance: side by side standing, one below the other lying."""
    said = sight.words.say("history.title")
    balance = _balance(sight, Align.END if sight.view.portrait else Align.START)
    return (title(said, balance),) if sight.view.portrait else (title(said), balance)


def _balance(sight: Sight, align: Align) -> Node:
    words, balance = sight.words, sight.summary.balance
    figure = Text(
        spans=(
            Span(text=words.points(balance.points), style=Style.NUMBER, colour=Colour.POINTS_INK),
            Span(text=" " + words.say("home.points"), style=Style.CAPTION, colour=Colour.INK_2),
        ),
        align=align,
    )
    line = words.say("home.as_of", when=as_of(sight))
    if balance.set_aside:
        line = words.say("history.set_aside", points=words.points(balance.set_aside))
    return Column(items=(figure, text(line, Style.CAPTION, Colour.INK_2, align=align)), gap=0.5)


def _expiring(sight: Sight) -> tuple[Node, ...]:
    """What lapses next, what it would buy, and the way there."""
    lapse, today = sight.summary.expiring, sight.world.today
    if lapse is None or today is None:
        return ()
    words = sight.words
    last_day = day(sight, lapse.last_day, today)
    said = words.say("history.lapses", points=words.points(lapse.points), day=last_day)
    inside = Row(
        items=(
            Icon(name="clock", size=10, colour=Colour.CARE_INK),
            Column(
                items=(
                    text(said, Style.STRONG, Colour.CARE_INK, max_lines=2, shrink_to=0.82),
                    text(_buys(sight, lapse), Style.CAPTION, Colour.INK_2, max_lines=2),
                ),
                gap=0.5,
                grow=1,
            ),
            chevron(),
        ),
        gap=5,
    )
    return (row_button("redeem", said, inside, padding=Insets.xy(6, 4)),)


def _buys(sight: Sight, lapse: NextExpiry) -> str:
    if lapse.buys is None:
        return sight.words.say("history.lapse_first")
    reward = lapse.buys.short_name.in_(sight.session.language)
    return sight.words.say("history.lapse_buys", reward=reward)


def _empty(sight: Sight) -> Node:
    words = sight.words
    return nothing(
        sight, "points-coin", words.say("history.empty"), words.say("history.empty_line")
    )


# -- lines ---------------------------------------------------------------------------------


def _lines(sight: Sight, lines: tuple[HistoryLine, ...]) -> Node:
    items = parted(_line(sight, line) for line in lines)
    return card(Column(items=items, gap=2.5), padding=Insets(4, 4, 7, 4))


def _line(sight: Sight, line: HistoryLine) -> Node:
    points = signed(sight.words, line.points)
    room = _room_mm(sight) - ems(points) * em_mm(sight, Style.NUMBER)
    why: tuple[Node, ...] = (text(_why(sight, line), Style.HEADING, shrink_to=0.72),)
    if line.pending or line.to_collect:
        why += (_state(sight, "pending" if line.pending else "to_collect"),)
    elif behind := _behind(sight, line, room):
        why += (text(behind, Style.CAPTION, Colour.INK_2, shrink_to=SHRINK),)
    colour = Colour.GOOD_INK if line.points > 0 else Colour.INK
    figure = text(points, Style.NUMBER, colour, align=Align.END, shrink_to=0.72)
    when = _leaf(sight, sight.local(line.at) if line.at is not None else None)
    return Row(
        items=(when, Column(items=why, gap=0.5, grow=1), figure), gap=5, min_height=_high_mm(sight)
    )


def _high_mm(sight: Sight) -> float:
    """Height of a line, so that a sheet of them fills the glass."""
    return 29 if sight.view.portrait else 25.5


def signed(words: Words, points: int) -> str:
    """+320 and −2,400: the sign says it as well as the colour."""
    return ("+" if points > 0 else "−" if points < 0 else "") + words.points(abs(points))


def _leaf(sight: Sight, when: datetime | None) -> Node:
    """The day of a line as a calendar's leaf; a clock while HQ has not booked it."""
    inside: Node = Icon(name="clock", size=10, colour=Colour.CARE_INK)
    if when is not None:
        month, number = sight.words.month(when.date()), str(when.day)
        inside = Column(
            items=(
                text(month, Style.CAPTION, Colour.INK_2, align=Align.CENTRE),
                text(number, Style.STRONG, align=Align.CENTRE),
            )
        )
    return Box(
        child=inside,
        fill=Fill.MUTED if when is not None else Fill.CARE_SOFT,
        radius=6,
        width=_LEAF_MM,
        min_height=22,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def _state(sight: Sight, key: str) -> Node:
    """What is still to happen with a line."""
    said = sight.words.say(f"history.{key}")
    return text(said, Style.CAPTION_STRONG, Colour.CARE_INK, shrink_to=0.75)


def _why(sight: Sight, line: HistoryLine) -> str:
    """The rule that made the line, in words."""
    key = line.reason.value
    if line.reason not in _OF_REWARD:
        return sight.words.say(f"history.{key}")
    if line.reward is None:
        return sight.words.say(f"history.{key}_unknown")
    reward = line.reward.short_name.in_(sight.session.language)
    return sight.words.say(f"history.{key}", reward=reward)


def _behind(sight: Sight, line: HistoryLine, room_mm: float) -> str:
    """What stands behind it; where that is too wide, the sum and then the year are left out."""
    parts = [*_sum(sight, line), *_year(sight, line), *_source(sight, line)]
    room_ems = room_mm / (em_mm(sight, Style.CAPTION) * SHRINK)
    while len(parts) > 1 and ems(BETWEEN.join(parts)) > room_ems:
        parts.pop(0)
    return BETWEEN.join(parts)


def _sum(sight: Sight, line: HistoryLine) -> tuple[str, ...]:
    if not line.purchase_fen:
        return ()
    key = "history.paid" if line.purchase_fen > 0 else "history.refunded"
    return (sight.words.say(key, money=sight.words.money(abs(line.purchase_fen))),)


def _year(sight: Sight, line: HistoryLine) -> tuple[str, ...]:
    if line.at is None or line.at.year == sight.visitor.member.as_of.year:
        return ()
    return (sight.words.say("history.year", year=line.at.year),)


def _source(sight: Sight, line: HistoryLine) -> tuple[str, ...]:
    """Receipt, rule, and the store where it was another one."""
    words, rule, parts = sight.words, sight.content.programme.expiry, list[str]()
    if line.receipt is not None:
        parts.append(words.say("history.receipt", receipt=line.receipt))
    if line.reason is LineReason.EXPIRY and rule is not None:
        parts.append(words.say("history.unused", n=rule.months))
    if line.store is not None and line.store.store_id != sight.world.store_id:
        parts.append(line.store.name.in_(sight.session.language))
    return tuple(parts)


def _room_mm(sight: Sight) -> float:
    """Width of a line's words and figure together."""
    whole = sight.view.inner_mm
    if not sight.view.portrait:
        whole = whole * (1 - SIDE) - BETWEEN_MM
    return whole - _LEAF_MM - 21
