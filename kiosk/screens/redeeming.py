"""What the pages of one redemption share: the reward, what is said, what happens next."""

from dataclasses import replace

from kiosk.model.programme import Reward, Tint
from kiosk.screens.around import offline, parted
from kiosk.screens.furniture import behind, card, page
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Gap,
    Icon,
    Insets,
    Node,
    Place,
    Row,
    Scene,
    Span,
    Stack,
    Text,
    text,
)
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill, Style

MARK_MM = 20
"""Edge of the disc in front of a step (docs/design.md, measures: one target)."""


def reward_name(sight: Sight, reward: Reward | None) -> str:
    """What the reward is called; nothing when HQ has just taken it out of the programme."""
    return reward.name.in_(sight.session.language) if reward is not None else ""


def price_line(sight: Sight, reward: Reward) -> str:
    """2,400 points, and the money due at the counter where there is some."""
    words, points = sight.words, sight.words.points(reward.points)
    if not reward.cash_fen:
        return words.say("redeeming.points", points=points)
    money = words.money(reward.cash_fen)
    return words.say("redeeming.points_money", points=points, money=money)


def reward_row(sight: Sight, reward: Reward | None, line: str, edge: float = 29) -> Node:
    """The reward as it stands at the head of a card: picture, name and one line."""
    name = text(reward_name(sight, reward), Style.HEADING, max_lines=2, shrink_to=0.7)
    below = text(line, Style.BODY, Colour.INK_2, max_lines=2, shrink_to=0.8)
    words = Column(items=(name, below) if reward is not None else (below,), gap=1.5, grow=1)
    return Row(items=(_square(reward, edge), words), gap=7)


def reward_panel(sight: Sight, reward: Reward | None, seal: Node, line: str = "") -> Node:
    """The reward's picture, large, with a seal that says what became of it; its name below."""
    picture = Picture(
        name=reward.picture if reward is not None else "points-coin",
        tint=behind(reward.tint if reward is not None else Tint.SAND),
        radius=7,
        inset=0.1,
    )
    cornered = Box(child=seal, fill=None, radius=0, padding=Insets.all(6))
    sealed = Stack(layers=((picture, None), (cornered, Place(x=1, y=1))), grow=1, min_height=46)
    named = Column(items=(sealed, _caption(sight, reward, line)), gap=4)
    return card(named, padding=Insets(5.5, 5.5, 5.5, 5), grow=1)


def _caption(sight: Sight, reward: Reward | None, line: str) -> Node:
    beside = sight.view.portrait and not sight.session.big_text
    lines = 1 if beside else 2
    name = text(reward_name(sight, reward), Style.HEADING, max_lines=lines, shrink_to=0.6)
    if not line:
        return name
    below = text(line, Style.BODY, Colour.INK_2, shrink_to=0.7)
    if beside:
        return Row(items=(name, Gap(grow=1), below), gap=6, align=Align.BASELINE)
    return Column(items=(name, below), gap=1)


SEAL_MM = 34
"""Diameter of the seal on a reward's picture."""


def seal(icon: str, fill: Fill, colour: Colour) -> Node:
    """What became of the reward, as an icon on a disc."""
    return disc(icon, fill, colour, SEAL_MM)


def halves(
    sight: Sight,
    name: str,
    bottom: Node,
    *,
    head: Node,
    panel: Node,
    told: tuple[Node, ...],
    above: tuple[Node, ...] = (),
) -> Scene:
    """A page of the journey: what is said over its picture, what happens below or beside it."""
    pictured = Gap(grow=1) if sight.session.big_text else panel  # large letters need the room
    if sight.view.portrait:
        return page(sight, name, (*above, head, pictured, *told), bottom)
    left = Column(items=(head, pictured), gap=GAP_MM * 2, width=sight.view.inner_mm * 0.44)
    right = Column(items=told, gap=GAP_MM * 2, grow=1)
    both = Row(items=(left, right), gap=GAP_MM * 3, align=Align.STRETCH, grow=1)
    return page(sight, name, (*above, both), bottom)


def points_now(sight: Sight, key: str) -> Node:
    """The balance on one line."""
    points = sight.words.points(sight.summary.balance.points)
    figure = Span(text=points, style=Style.NUMBER, colour=Colour.POINTS_INK)
    unit = Span(text=" " + sight.words.say("home.points"), style=Style.CAPTION)
    label = text(sight.words.say(key), Style.BODY, Colour.INK_2, grow=1)
    now = Text(spans=(figure, unit), colour=Colour.INK_2, align=Align.END)
    return Row(items=(label, now), gap=6, align=Align.BASELINE)


def disc(icon: str, fill: Fill, colour: Colour, size: float = MARK_MM) -> Node:
    """An icon on a round ground."""
    return Box(
        child=Icon(name=icon, size=size * 0.55, colour=colour),
        fill=fill,
        radius=size / 2,
        width=size,
        height=size,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def said(sight: Sight, title: str, line: str, *, roomy: bool = False) -> Node:
    """The page's one sentence, and a quieter one; `roomy` where it has the width of a page."""
    large = sight.view.portrait or (roomy and not sight.session.big_text)
    style = Style.HERO if large else Style.DISPLAY
    return Column(
        items=(
            text(title, style, max_lines=2, shrink_to=0.5),
            text(line, Style.BODY, Colour.INK_2, max_lines=3),
        ),
        gap=4,
    )


def steps(sight: Sight, *each: Node) -> Node:
    """What has happened and what comes next, from top to bottom; lying they share the height."""
    lying = not sight.view.portrait
    gap = 2 if lying else 4.5
    even = tuple(replace(one, grow=1) for one in each) if lying else each
    inside = Column(items=parted(even), gap=gap)
    above = 4.5 if lying and sight.session.big_text else 7
    return card(inside, padding=Insets.xy(9, above), grow=1 if lying else 0)


def step(mark: Node, todo: str, line: str, colour: Colour = Colour.INK) -> Node:
    """One of the steps; `mark` is MARK_MM wide."""
    words = Column(
        items=(
            text(todo, Style.HEADING, colour, shrink_to=0.7),
            text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.85),
        ),
        gap=1,
        grow=1,
    )
    return Row(items=(mark, words), gap=8)


def done_mark() -> Node:
    """In front of what has happened."""
    return disc("check", Fill.PINE, Colour.WHITE)


def next_mark(number: int) -> Node:
    """In front of what has not happened yet."""
    return Box(
        child=text(str(number), Style.HEADING, Colour.INK_2, align=Align.CENTRE),
        fill=Fill.MUTED,
        radius=MARK_MM / 2,
        width=MARK_MM,
        height=MARK_MM,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def offline_means(sight: Sight, key: str) -> tuple[Node, ...]:
    """That HQ cannot be reached and what it means here; nothing while it answers."""
    return offline(sight, "redeeming.offline", what=sight.words.say(key))


def _square(reward: Reward | None, edge: float) -> Node:
    name = reward.picture if reward is not None else "points-coin"
    tint = behind(reward.tint) if reward is not None else Fill.SAND
    return Picture(name=name, tint=tint, width=edge, height=edge)
