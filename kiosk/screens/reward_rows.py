"""Rewards as rows: what each one is, costs and how far it is; each leads to its own page."""

from kiosk.loyalty.earning import purchase_for
from kiosk.loyalty.ladder import NextReward, open_to, stock_here
from kiosk.model.programme import Reward, RewardKind
from kiosk.screens.columns import ROW_GAP_MM
from kiosk.screens.furniture import chevron, row_button, section_title, tinted_square
from kiosk.screens.view import Sight
from kiosk.ui.languages import Words
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Look,
    Node,
    Row,
    Span,
    Text,
    text,
)
from kiosk.ui.pieces import Progress
from kiosk.ui.theme import Colour, Fill, Style

FEW_PIECES = 3
"""At most this many pieces are said to be "left" (docs/design.md, list row)."""

ROW_MM, TIGHT_ROW_MM, BIG_ROW_MM = 36.0, 31.0, 42.0
"""Height of a row, of one on a page with little room, and of one in large type."""

BIG_LYING_ROW_MM = 38.0
"""Height of a row in large type on a lying page, which has less room."""

BAR_ROW_MM = 34.5
"""Height that a row with a bar in it needs."""

SHORT_NAME_BYTES = 30
"""A longer name leaves no room for the chip beside it: 10 signs of Chinese, 30 Latin ones."""

_AROUND_MM = 7.0
"""What a row is higher than its picture."""

_TAG = {
    RewardKind.GIFT: (Fill.GOOD_SOFT, Colour.GOOD_INK),
    RewardKind.HALF_PRICE: (Fill.CARE_SOFT, Colour.CARE_INK),
    RewardKind.NEW_ARRIVAL: (Fill.SKY, Colour.PINE),
}


def nearest_rows(sight: Sight, room: int, height: float) -> tuple[Node, ...]:
    """So many rewards within reach; where there is none, those that come next."""
    words, rungs = sight.words, sight.summary.ladder
    within, coming = rungs.within_reach, rungs.coming
    if room < 1 or (not within and not coming):
        return ()
    if within:
        title = section_title(words.say("home.within_reach"), words.say("home.n", n=len(within)))
        rows = [reward_row(sight, one, stock(sight, one), height) for one in within[:room]]
    else:
        title = section_title(words.say("home.none_within"))
        height = max(height, BAR_ROW_MM)
        rows = [reward_row(sight, one.reward, missing(sight, one), height) for one in coming[:room]]
    head = Row(items=(title, Gap(grow=1), _see_all(sight)), height=20, align=Align.CENTRE)
    return (Column(items=(head, Column(items=tuple(rows), gap=ROW_GAP_MM))),)


def _see_all(sight: Sight) -> Node:
    words = sight.words.say("home.see_all")
    inside = Row(
        items=(
            text(words, Style.STRONG, Colour.PINE),
            Icon(name="chevron-right", size=7, colour=Colour.PINE),
        ),
        gap=2,
    )
    return Button(
        key="redeem", says=words, look=Look.BARE, child=inside, height=20, padding=Insets.xy(3, 0)
    )


def reward_row(
    sight: Sight, reward: Reward, below: Node, height: float, *, fill: Fill = Fill.LINEN
) -> Button:
    """One reward, as the way to its page.

    Args:
        below: what is said of it under its name.
        height: of the row, mm.
    """
    words = sight.words
    said = reward.name.in_(sight.session.language)
    name = text(said, Style.HEADING, shrink_to=0.3)
    short = len(said.encode()) <= SHORT_NAME_BYTES
    roomy = short and sight.view.portrait and not sight.session.big_text
    named = Row(items=(name, tag(words, reward)), gap=4) if roomy else name
    square = tinted_square(reward.picture, reward.tint, min(height, ROW_MM) - _AROUND_MM)
    inside = Row(
        items=(
            square,
            Column(items=(named, below), gap=2, grow=1),
            price(words, reward, quiet=fill is Fill.MUTED),
            chevron(),
        ),
        gap=5,
        height=height - _AROUND_MM,
    )
    padding = Insets(3.5, _AROUND_MM / 2, 4, _AROUND_MM / 2)
    return row_button("reward", said, inside, value=reward.reward_id, padding=padding, fill=fill)


def tag(words: Words, reward: Reward) -> Node:
    """What kind of reward it is, as a small chip."""
    fill, colour = _TAG[reward.kind]
    return Box(
        child=text(words.say(f"kind.{reward.kind.value}"), Style.CAPTION, colour),
        fill=fill,
        radius=3,
        padding=Insets.xy(2.5, 0.5),
    )


def missing(sight: Sight, coming: NextReward) -> Node:
    """How far a reward is, in points and as a bar."""
    points = sight.words.points(coming.missing)
    said = sight.words.say("home.missing", points=points)
    line = text(said, Style.CAPTION_STRONG, Colour.CARE_INK, shrink_to=0.5)
    bar = Progress(fraction=coming.fraction, knob=False, height=3)
    return Column(items=(line, bar), gap=1.5)


def missing_and_purchase(sight: Sight, coming: NextReward) -> Node:
    """How far a reward is, in points, in money and as a bar."""
    words, tier = sight.words, sight.summary.tier
    purchase = purchase_for(coming.missing, sight.content.programme, tier)
    said = words.say(
        "ladder.missing", points=words.points(coming.missing), money=words.money(purchase)
    )
    line = text(said, Style.CAPTION_STRONG, Colour.CARE_INK, shrink_to=0.4)
    bar = Progress(fraction=coming.fraction, knob=False, height=3)
    return Column(items=(line, bar), gap=1.5)


def why_not(sight: Sight, reward: Reward) -> Node:
    """Why it is not to be had here, quietly."""
    words = sight.words
    if not open_to(reward, sight.visitor.member.tier):
        said = words.say("ladder.other_tier", tiers=tiers_of(sight, reward))
    elif reward in sight.summary.ladder.used_up:
        said = words.count("ladder.had", reward.per_member or 1)
    else:
        said = words.say("ladder.out_of_stock")
    line = text(said, Style.CAPTION_STRONG, Colour.INK_2, shrink_to=0.5)
    return Row(items=(Icon(name="info", size=7.5, colour=Colour.INK_2), line), gap=2.5)


def tiers_of(sight: Sight, reward: Reward) -> str:
    """The names of the tiers it is kept for."""
    tiers = [sight.content.programme.tier(tier_id) for tier_id in reward.tiers]
    names = [tier.name.in_(sight.session.language) for tier in tiers if tier is not None]
    return sight.words.say("list.or").join(names)


def stock(sight: Sight, reward: Reward) -> Node:
    """How many pieces are here, and where there is room what it is worth."""
    items: tuple[Node, ...] = (pieces_here(sight, reward),)
    if sight.view.portrait and not sight.session.big_text:
        items += (text(worth(sight.words, reward), Style.CAPTION, Colour.INK_2, shrink_to=0.6),)
    return Row(items=items, gap=4)


def pieces_here(sight: Sight, reward: Reward, style: Style = Style.CAPTION_STRONG) -> Node:
    """Pieces in this store, by icon, word and colour; none is care, too."""
    pieces = stock_here(reward, sight.world.store_id)
    few = pieces <= FEW_PIECES
    colour = Colour.CARE_INK if few else Colour.GOOD_INK
    key = "home.stock_few" if few else "home.stock_here"
    words = sight.words.say(key, n=pieces) if pieces else sight.words.say("ladder.out_of_stock")
    said = text(words, style, colour, shrink_to=0.4)
    icon = Icon(name="care" if few else "check-circle", size=7.5, colour=colour)
    return Row(items=(icon, said), gap=2.5)


def worth(words: Words, reward: Reward) -> str:
    """What it costs without points: a gift's worth, or the price of what is only made cheaper."""
    key = "home.value" if reward.kind is RewardKind.GIFT else "home.price"
    return words.say(key, money=words.money(reward.worth_fen))


def price(words: Words, reward: Reward, *, quiet: bool = False) -> Node:
    """The points, and the money besides; quiet for what cannot be had."""
    colour = Colour.INK_2 if quiet else Colour.POINTS_INK
    points = Text(
        spans=(
            Span(text=words.points(reward.points), style=Style.NUMBER, colour=colour),
            Span(text=" " + words.say("home.points"), style=Style.CAPTION, colour=Colour.INK_2),
        ),
        align=Align.END,
        shrink_to=0.6,
    )
    if not reward.cash_fen:
        return points
    cash = words.say("home.plus_money", money=words.money(reward.cash_fen))
    return Column(
        items=(points, text(cash, Style.CAPTION_STRONG, align=Align.END, shrink_to=0.6)), gap=0.5
    )
