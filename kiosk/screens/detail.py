"""One reward: what it is, what it is worth, what it takes and what remains; then the confirm."""

from kiosk.loyalty.redeeming import Obstacle, Permission
from kiosk.model.facts import Mode
from kiosk.model.programme import Reward, RewardKind
from kiosk.screens.around import nothing
from kiosk.screens.furniture import (
    back_button,
    banner,
    behind,
    bottom_bar,
    card,
    done_button,
    page,
    wide_button,
)
from kiosk.screens.hero import as_of
from kiosk.screens.home import offline_banner
from kiosk.screens.obstacle import obstacle_card, way_round
from kiosk.screens.reward_rows import pieces_here, tag, worth
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Detail
from kiosk.session.wishes import allowed
from kiosk.ui.nodes import (
    Align,
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
    Span,
    Text,
    text,
)
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill, Style

MOST_FACTS = 4
"""So many have room in large type on a lying page; the gravest come first."""

SIDE = 0.4
"""Share of the width that the picture takes on a lying page."""


def detail(sight: Sight, on_page: Detail) -> Scene:
    """The whole page."""
    reward = sight.content.reward(on_page.reward_id)
    may = allowed(sight.session, on_page.reward_id, sight.world)
    bottom = bottom_bar(back_button(sight), _primary(sight, may), done_button(sight))
    above = _above(sight, may.mode)
    if reward is None:  # HQ has taken it back while the page was open
        words = sight.words
        gone = nothing(
            sight, "gift", words.say("obstacle.not_offered"), words.say("obstacle.not_offered_line")
        )
        middle = (*above, gone, Gap(grow=1))
        return page(sight, "detail", middle, bottom)
    said = (_name(sight, reward), _price(sight, reward), *_facts(sight, reward, may))
    way = _how(sight, reward, may.mode) if may.mode else obstacle_card(sight, reward, may)
    if sight.view.portrait:
        return page(sight, "detail", (*above, _picture(reward), *said, way), bottom)
    left = Column(items=(_picture(reward),), width=sight.view.inner_mm * SIDE)
    rest = (Gap(grow=1), way) if may.mode else (way, Gap(grow=1))
    right = Column(items=(*said, *rest), gap=GAP_MM * 1.2, grow=1)
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, "detail", (*above, both), bottom)


def _above(sight: Sight, mode: Mode | None) -> tuple[Node, ...]:
    """HQ's absence, and what it means for this reward; a reservation says it by itself."""
    match mode:
        case Mode.RESERVE:
            return ()
        case Mode.ISSUE:
            strong, colour = Style.CAPTION_STRONG, Colour.CARE_INK
            spans = sight.words.spans("banner.offline_issue", style=strong, colour=colour)
            return (banner("cloud-off", spans),)
        case _:
            return offline_banner(sight)


def _primary(sight: Sight, may: Permission) -> Node:
    """To the PIN; where something stands in the way, the way round it."""
    if may.obstacle is not None:
        return way_round(sight, may.obstacle)
    key = "detail.reserve" if may.mode is Mode.RESERVE else "detail.redeem"
    return wide_button("confirm", "gift", sight.words.say(key), Look.PRIMARY, grow=1)


# -- what it is ----------------------------------------------------------------------------


def _picture(reward: Reward) -> Node:
    """As large as the words leave room for."""
    tint = behind(reward.tint)
    picture = Picture(name=reward.picture, tint=tint, radius=7, inset=0.06, min_height=60, grow=1)
    return card(picture, padding=Insets.all(4), grow=1)


def _name(sight: Sight, reward: Reward) -> Node:
    language = sight.session.language
    lines = 2 if sight.view.portrait else 1
    name = text(reward.name.in_(language), Style.DISPLAY, shrink_to=0.5, max_lines=lines)
    below: list[Node] = [tag(sight.words, reward)]
    if reward.cash_fen:  # beside two prices there is no room for a third
        below.append(text(worth(sight.words, reward), Style.BODY, Colour.INK_2, shrink_to=0.6))
    if reward.size is not None:
        size = reward.size.in_(language)
        below.append(text(size, Style.BODY, Colour.INK_2, shrink_to=0.5, grow=1))
    return Column(items=(name, Row(items=tuple(below), gap=4)), gap=1)


def _price(sight: Sight, reward: Reward) -> Node:
    """The points in the page's largest figure; beside them what is to be paid, or the worth."""
    words = sight.words
    figure = Span(text=words.points(reward.points), style=Style.FIGURE, colour=Colour.POINTS_INK)
    points = Text(
        spans=(figure, Span(text=" " + words.say("home.points"))),
        style=Style.TITLE,
        colour=Colour.INK,
        shrink_to=0.4,
    )
    items: list[Node] = [points]
    if reward.cash_fen:
        cash = words.say("home.plus_money", money=words.money(reward.cash_fen))
        items.append(text(cash, Style.HEADLINE, shrink_to=0.4))
    else:
        said = worth(words, reward)
        beside = text(said, Style.HEADING, Colour.INK_2, align=Align.END, grow=1, shrink_to=0.5)
        items.append(beside)
    return Row(items=tuple(items), gap=6, align=Align.BASELINE)


# -- what it takes -------------------------------------------------------------------------


def _facts(sight: Sight, reward: Reward, may: Permission) -> tuple[Node, ...]:
    """Stock, what remains, and limits: one line each."""
    out = may.obstacle is Obstacle.OUT_OF_STOCK  # said below, with what to do
    lines = [] if out else [pieces_here(sight, reward, Style.MEDIUM)]
    lines += [*_remains(sight, reward, may)]
    lines += [_fact("info", words) for words in _limits(sight, reward)]
    if sight.session.big_text and not sight.view.portrait:
        lines = [] if may.obstacle is not None else lines[:MOST_FACTS]
    if not lines:
        return ()
    return (card(Column(items=_side_by_side(sight, lines), gap=3.5), padding=Insets.xy(7, 5)),)


def _side_by_side(sight: Sight, lines: list[Node]) -> tuple[Node, ...]:
    """One below the other standing; two in a row lying, where height is dear."""
    if sight.view.portrait or len(lines) < 3:
        return tuple(lines)
    half = (sight.view.inner_mm * (1 - SIDE) - 34) / 2
    pairs = [lines[at : at + 2] for at in range(0, len(lines), 2)]
    return tuple(
        Row(items=tuple(Column(items=(one,), width=half) for one in pair), gap=6) for pair in pairs
    )


def _remains(sight: Sight, reward: Reward, may: Permission) -> tuple[Node, ...]:
    if may.mode is None:
        return ()
    words = sight.words
    left = words.points(sight.summary.balance.points - reward.points)
    said = words.say("detail.remains", points=left)
    if not sight.world.hq_reachable:
        said = words.say("detail.remains_as_of", points=left, when=as_of(sight))
    return (_fact("coins", said),)


def _limits(sight: Sight, reward: Reward) -> list[str]:
    words, said = sight.words, []
    if reward.kind is not RewardKind.GIFT:
        money = words.money(reward.cash_fen)
        said.append(words.say("detail.pay_at_counter", money=money))
    if reward.per_member is not None:
        said.append(words.count("detail.per_member", reward.per_member))
    if reward.available_to is not None and sight.world.today is not None:
        said.append(words.say("detail.until", day=words.day(reward.available_to)))
    return said


def _fact(icon: str, words: str) -> Node:
    said = text(words, Style.MEDIUM, Colour.INK, shrink_to=0.4, grow=1)
    return Row(items=(Icon(name=icon, size=7.5, colour=Colour.INK_2), said), gap=2.5)


# -- how it goes ---------------------------------------------------------------------------


def _how(sight: Sight, reward: Reward, mode: Mode) -> Node:
    """What happens after the confirm, in three steps."""
    steps = _steps(sight, mode)
    roomy = sight.view.portrait or not (mode is Mode.RESERVE or sight.session.big_text)
    cells: list[Node] = []
    for number, (icon, words, line) in enumerate(steps, 1):
        if cells:
            cells.append(Icon(name="chevron-right", size=6, colour=Colour.INK_3))
        cells.append(_step(sight, icon if roomy else None, f"{number} {words}", line))
    inside = Row(items=tuple(cells), gap=2, align=Align.CENTRE)
    steps_card = card(inside, padding=Insets.xy(4, 3.5))
    if mode is not Mode.RESERVE:
        return steps_card
    if (
        sight.session.big_text or not sight.view.portrait
    ):  # the one thing to know before the confirm
        return _reserving(sight)
    return Column(items=(_reserving(sight), steps_card), gap=GAP_MM * 1.6)


def _steps(sight: Sight, mode: Mode) -> list[tuple[str, str, str]]:
    words, redeeming = sight.words, sight.content.programme.redeeming
    digits = words.say("detail.pin_line", n=redeeming.pin.digits)
    pin = ("lock", words.say("detail.pin"), digits)
    collect = ("counter", words.say("detail.collect"), words.say("detail.collect_line"))
    if mode is Mode.RESERVE:
        hours = words.say("detail.wait_line", n=redeeming.reservation_hours)
        card_line = words.say("detail.collect_card")
        by_card = ("counter", words.say("detail.collect"), card_line)
        return [pin, ("clock", words.say("detail.wait"), hours), by_card]
    good = words.say("detail.code_line", n=redeeming.hold_minutes)
    issued = words.say("detail.code_offline")
    line = issued if mode is Mode.ISSUE else good
    return [pin, ("ticket", words.say("detail.code"), line), collect]


def _step(sight: Sight, icon: str | None, words: str, line: str) -> Node:
    """One step; without its icon where there is little room."""
    said = text(words, Style.STRONG, align=Align.CENTRE, shrink_to=0.6)
    below = text(line, Style.CAPTION, Colour.INK_2, align=Align.CENTRE, shrink_to=0.8, max_lines=2)
    tight = sight.session.big_text and not sight.view.portrait
    items: tuple[Node, ...] = (said,) if tight else (said, below)
    if icon is not None:
        items = (Row(items=(_mark(icon),), justify=Justify.CENTRE), *items)
    return Column(items=items, gap=1.5, grow=1, width=_step_mm(sight))


def _mark(icon: str) -> Node:
    return Box(
        child=Icon(name=icon, size=9, colour=Colour.PINE),
        fill=Fill.GOOD_SOFT,
        radius=9,
        width=18,
        height=18,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def _step_mm(sight: Sight) -> float:
    room = sight.view.inner_mm if sight.view.portrait else sight.view.inner_mm * (1 - SIDE) - 10
    return (room - 10 - 2 * 6 - 4 * 2) / 3


def _reserving(sight: Sight) -> Node:
    """Nothing is given out now; said before the member confirms."""
    words, lines = sight.words, 3 if sight.view.portrait else 1
    title, line = words.say("detail.reserving"), words.say("detail.reserving_line")
    said = Column(
        items=(
            text(title, Style.STRONG, Colour.CARE_INK, shrink_to=0.5, max_lines=lines),
            text(line, Style.CAPTION, max_lines=lines, shrink_to=0.6),
        ),
        gap=1,
        grow=1,
    )
    return Box(
        child=Row(items=(Icon(name="clock", size=10, colour=Colour.CARE_INK), said), gap=5),
        fill=Fill.CARE_SOFT,
        radius=7,
        padding=Insets.xy(7, 4),
    )
