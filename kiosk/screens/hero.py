"""The hero card: who is greeted, how far the next reward is, what the points are worth."""

from kiosk.loyalty.summary import Summary
from kiosk.model.programme import Tier, TierLook
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Home
from kiosk.ui.languages import Words
from kiosk.ui.nodes import (
    Align,
    Box,
    Column,
    Icon,
    Insets,
    Line,
    Node,
    Progress,
    Row,
    Span,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style

_BADGE = {
    TierLook.STANDARD: ("leaf-badge", Fill.LINEN, Colour.PINE),
    TierLook.SILVER: ("medal", Fill.SILVER, Colour.SILVER_INK),
    TierLook.GOLD: ("crown", Fill.GOLD, Colour.ON_GOLD),
}


def as_of(sight: Sight, on_page: Home) -> str:
    """The time the balance is true of, on the store's clock."""
    true_at = sight.world.true_at(on_page.member.as_of)
    try:
        return sight.words.moment(true_at.astimezone(sight.now.tzinfo))
    except OverflowError:  # HQ's date is the calendar's last day, or its first
        return sight.words.moment(true_at)


def hero_card(sight: Sight, on_page: Home, figures: Summary) -> Node:
    """Greeting, distance and balance on pine."""
    items: list[Node] = [_greeting(sight, on_page, figures.tier), *_distance(sight, figures)]
    items.append(Line(colour=Colour.HAIRLINE_ON_PINE))
    items.append(_balance(sight, on_page, figures))
    return Box(
        child=Column(items=tuple(items), gap=GAP_MM * 2),
        fill=Fill.PINE,
        radius=11,
        edge=Colour.EDGE_PINE,
        edge_mm=0.3,
        shadow=Shadow.DEEP,
        arcs=True,
        padding=Insets.xy(13, 9 if sight.view.portrait else 6.5),
    )


def _greeting(sight: Sight, on_page: Home, tier: Tier | None) -> Node:
    called = on_page.member.called.in_(sight.session.language)
    hello = text(
        sight.words.say(_hello_key(sight), name=called),
        Style.MEDIUM,
        Colour.ON_PINE,
        grow=1,
        shrink_to=0.75,
    )
    badge = (_badge(sight, tier),) if tier is not None else ()
    return Row(items=(hello, *badge), gap=4, min_height=14)


def _hello_key(sight: Sight) -> str:
    if sight.world.today is None:
        return "home.hello"
    hour = sight.now.hour
    if 5 <= hour < 12:
        return "home.morning"
    return "home.afternoon" if 12 <= hour < 18 else "home.evening"


def _badge(sight: Sight, tier: Tier) -> Node:
    icon, fill, colour = _BADGE[tier.look]
    name = text(tier.name.in_(sight.session.language), Style.CAPTION_STRONG, colour)
    return Box(
        child=Row(items=(Icon(name=icon, size=7, colour=colour), name), gap=2.5),
        fill=fill,
        radius=7,
        height=14,
        padding=Insets.xy(5, 0),
        valign=Align.CENTRE,
        edge=Colour.EDGE_PINE if tier.look is TierLook.STANDARD else None,
    )


def _distance(sight: Sight, figures: Summary) -> tuple[Node, ...]:
    """How far the next reward is; or that everything, or nothing, is there."""
    rung = figures.ladder.next
    words = sight.words
    if rung is None:
        key = "home.all_within" if figures.ladder.within_reach else "home.no_rewards"
        return (
            text(words.say(key), Style.DISPLAY, Colour.GOLD_ON_PINE, shrink_to=0.6),
            text(words.say(f"{key}_line"), Style.BODY, Colour.ON_PINE_2, max_lines=2),
        )
    reward = rung.reward.short_name.in_(sight.session.language)
    purchase = words.say("home.by_purchase", money=words.money(figures.missing_purchase))
    return (
        _headline(words, rung.missing, reward, purchase),
        Column(
            items=(
                Progress(fraction=rung.fraction, on_pine=True, height=7),
                _ends(words, figures, reward, rung.reward.points),
            ),
            gap=2,
        ),
    )


def _headline(words: Words, missing: int, reward: str, purchase: str) -> Node:
    """再积 320 分 over its reward; where nothing comes before the figure, beside it."""
    by_purchase = text(purchase, Style.BODY, Colour.ON_PINE_2, shrink_to=0.8)
    figure = Span(text=words.points(missing), style=Style.FIGURE, colour=Colour.GOLD_ON_PINE)
    to_reward = words.say("home.to_reward", reward=reward)
    if before := words.say("home.more"):
        spans = (Span(text=f"{before} "), figure, Span(text=f" {words.say('home.points')}"))
        line = Text(spans=spans, style=Style.TITLE, colour=Colour.WHITE, shrink_to=0.6)
        below = text(to_reward, Style.TITLE, Colour.WHITE, shrink_to=0.7)
        return Column(items=(line, Column(items=(below, by_purchase), gap=1.5)))
    says = text(
        f"{words.say('home.points')} {to_reward}",
        Style.TITLE,
        Colour.WHITE,
        shrink_to=0.7,
        max_lines=2,
    )
    beside = Column(items=(says, by_purchase), gap=1.5, grow=1)
    return Row(items=(Text(spans=(figure,), shrink_to=0.6), beside), gap=6)


def _ends(words: Words, figures: Summary, reward: str, price: int) -> Node:
    now = words.say("home.now", points=words.points(figures.balance))
    goal = words.say("home.goal", reward=reward, points=words.points(price))
    return Row(
        items=(
            text(now, Style.CAPTION, Colour.ON_PINE_2, shrink_to=0.7),
            text(goal, Style.CAPTION, Colour.ON_PINE_2, align=Align.END, grow=1, shrink_to=0.7),
        ),
        gap=4,
    )


def _balance(sight: Sight, on_page: Home, figures: Summary) -> Node:
    words = sight.words
    when = as_of(sight, on_page)
    worth = words.spans(
        "home.worth",
        style=Style.NUMBER,
        colour=Colour.GOLD_ON_PINE,
        points=words.points(figures.balance),
        money=words.money(figures.worth),
    )
    return Row(
        items=(
            Text(spans=worth, style=Style.CAPTION, colour=Colour.ON_PINE, grow=1, shrink_to=0.7),
            text(
                words.say("home.as_of", when=when), Style.CAPTION, Colour.ON_PINE_2, shrink_to=0.7
            ),
        ),
        gap=4,
        align=Align.BASELINE,
    )
