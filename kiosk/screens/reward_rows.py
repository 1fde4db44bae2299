"""Rewards as rows: those within reach, or else the nearest ones."""

from kiosk.loyalty.ladder import NextReward, stock_here
from kiosk.loyalty.summary import Summary
from kiosk.model.programme import Reward, RewardKind
from kiosk.screens.furniture import (
    card,
    section_title,
    tinted_square,
)
from kiosk.screens.view import Sight
from kiosk.ui.languages import Words
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Icon,
    Insets,
    Node,
    Progress,
    Row,
    Span,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

FEW_PIECES = 3
"""At most this many pieces are said to be "left" (docs/design.md, list row)."""

_TAG = {
    RewardKind.GIFT: (Fill.GOOD_SOFT, Colour.GOOD_INK),
    RewardKind.HALF_PRICE: (Fill.CARE_SOFT, Colour.CARE_INK),
    RewardKind.NEW_ARRIVAL: (Fill.SKY, Colour.PINE),
}


def reward_rows(sight: Sight, figures: Summary) -> tuple[Node, ...]:
    """Up to three rewards within reach; where there is none, the nearest ones."""
    words, rungs = sight.words, figures.ladder
    room = 2 if sight.session.big_text else 3
    if rungs.within_reach:
        count = words.say("home.count", n=len(rungs.within_reach))
        title = section_title(words.say("home.within_reach"), count)
        rows = [_reward_row(sight, one, _stock(sight, one)) for one in rungs.within_reach]
    else:
        title = section_title(words.say("home.none_within"))
        rows = [_reward_row(sight, one.reward, _missing(sight, one)) for one in rungs.coming]
    return (title, *rows[:room]) if rows else ()


def _reward_row(sight: Sight, reward: Reward, below: Node) -> Node:
    words = sight.words
    name = text(reward.name.in_(sight.session.language), Style.HEADING, shrink_to=0.7)
    roomy = sight.view.portrait and not sight.session.big_text
    named = Row(items=(name, _tag(words, reward)), gap=4) if roomy else name
    tight = not sight.view.portrait and sight.world.hq_reachable is False
    edge = 26 if tight else 29
    row = Row(
        items=(
            tinted_square(reward.picture, reward.tint, edge),
            Column(items=(named, below), gap=2, grow=1),
            _price(words, reward),
        ),
        gap=6,
    )
    return card(row, padding=Insets(3.5, 3.5, 7, 3.5))


def _tag(words: Words, reward: Reward) -> Node:
    """What kind of reward it is, as a small chip."""
    fill, colour = _TAG[reward.kind]
    return Box(
        child=text(words.say(f"home.{reward.kind.value}"), Style.CAPTION, colour),
        fill=fill,
        radius=3,
        padding=Insets.xy(2.5, 0.5),
    )


def _missing(sight: Sight, coming: NextReward) -> Node:
    """How far a reward is, in points and as a bar."""
    points = sight.words.points(coming.missing)
    line = text(sight.words.say("home.missing", points=points), Style.CAPTION, Colour.CARE_INK)
    bar = Progress(fraction=coming.fraction, knob=False, height=3)
    return Column(items=(line, bar), gap=1.5)


def _stock(sight: Sight, reward: Reward) -> Node:
    pieces = stock_here(reward, sight.world.store_id)
    few = pieces <= FEW_PIECES
    colour = Colour.CARE_INK if few else Colour.GOOD_INK
    key = "home.stock_few" if few else "home.stock_here"
    items: tuple[Node, ...] = (
        Icon(name="care" if few else "check-circle", size=7.5, colour=colour),
        text(sight.words.say(key, n=pieces), Style.CAPTION_STRONG, colour),
    )
    if sight.view.portrait and not sight.session.big_text:
        worth_key = "home.value" if reward.kind is RewardKind.GIFT else "home.price"
        worth = sight.words.say(worth_key, money=sight.words.money(reward.worth_fen))
        items += (text(worth, Style.CAPTION, Colour.INK_2),)
    return Row(items=items, gap=2.5)


def _price(words: Words, reward: Reward) -> Node:
    points = Text(
        spans=(
            Span(text=words.points(reward.points), style=Style.NUMBER, colour=Colour.POINTS_INK),
            Span(text=" " + words.say("home.points"), style=Style.CAPTION, colour=Colour.INK_2),
        ),
        align=Align.END,
    )
    if not reward.cash_fen:
        return points
    cash = words.say("home.plus_money", money=words.money(reward.cash_fen))
    return Column(items=(points, text(cash, Style.CAPTION_STRONG, align=Align.END)), gap=0.5)
