"""The hero card: who is greeted, how far the next reward is, what the points are worth."""

from kiosk.loyalty.distance import Distance
from kiosk.loyalty.expiry import NextExpiry
from kiosk.loyalty.summary import Summary
from kiosk.model.programme import Tier
from kiosk.screens.badge import tier_badge
from kiosk.screens.pine_card import pine_card
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.languages import Words
from kiosk.ui.nodes import (
    Align,
    Button,
    Column,
    Icon,
    Insets,
    Look,
    Node,
    Row,
    Span,
    Text,
    text,
)
from kiosk.ui.pieces import Line, Progress
from kiosk.ui.theme import Colour, Style

MOST_VISITS = 24
"""More visits than that, two years of one a month, are no way that anybody counts."""

LONG_FIGURE = 7
"""From so many signs on (100,000) a figure leaves no room beside it."""

SOON_DAYS = 30
"""Points that lapse within so many days are spoken of here; later ones only in the history."""


def as_of(sight: Sight) -> str:
    """The time the balance is true of, on the store's clock."""
    return sight.words.moment(sight.local(sight.world.true_at(sight.summary.balance.as_of)))


def hero_card(sight: Sight) -> Node:
    """Greeting, distance and balance on pine."""
    figures = sight.summary
    items: list[Node] = [_greeting(sight, figures.tier), *_distance(sight, figures)]
    items.append(Line(colour=Colour.HAIRLINE_ON_PINE))
    items.append(Column(items=(_balance(sight, figures), *balance_notes(sight)), gap=2))
    return pine_card(
        Column(items=tuple(items), gap=GAP_MM * (1.4 if _tight(sight) else 2)),
        Insets(13, 6, 13, 7) if sight.view.portrait else Insets(13, 3.5, 13, 5),
    )


def _greeting(sight: Sight, tier: Tier | None) -> Node:
    called = sight.visitor.member.called.in_(sight.session.language)
    hello = text(
        sight.words.say(_hello_key(sight), name=called),
        Style.MEDIUM,
        Colour.ON_PINE,
        grow=1,
        shrink_to=0.4,
    )
    badge = (_badge(sight, tier),) if tier is not None else ()
    return Row(items=(hello, *badge), gap=4, min_height=20)


def _hello_key(sight: Sight) -> str:
    if sight.world.today is None:
        return "home.hello"
    hour = sight.now.hour
    if 5 <= hour < 12:
        return "home.morning"
    return "home.afternoon" if 12 <= hour < 18 else "home.evening"


def _badge(sight: Sight, tier: Tier) -> Node:
    """The tier, as the way to what it gives."""
    words = tier.name.in_(sight.session.language)
    badge = tier_badge(sight, tier, leads=True)
    return Button(
        key="tier", says=words, look=Look.BARE, child=badge, padding=Insets.xy(0, 3), height=20
    )


def _distance(sight: Sight, figures: Summary) -> tuple[Node, ...]:
    """How far the next reward is; or that everything, or nothing, is there."""
    rung, words = figures.distance, sight.words
    if rung is None:
        said, line = words.say("home.no_rewards"), words.say("home.no_rewards_line")
        if figures.ladder.within_reach:
            said, line = words.say("home.all_within"), words.say("home.all_within_line")
        return (
            text(said, Style.DISPLAY, Colour.GOLD_ON_PINE, shrink_to=0.6),
            text(line, Style.BODY, Colour.ON_PINE_2, max_lines=2),
        )
    reward = rung.reward.short_name.in_(sight.session.language)
    bar = Progress(fraction=rung.fraction, on_pine=True, height=7)
    ends = () if _tight(sight) else (_ends(words, figures, reward, rung.reward.points),)
    return (
        _headline(words, rung.missing, reward, _by_purchase(words, rung)),
        Column(items=(bar, *ends), gap=2),
    )


def _tight(sight: Sight) -> bool:
    """Large type on a lying glass leaves the card no height to spare."""
    return sight.session.big_text and not sight.view.portrait


def _by_purchase(words: Words, way: Distance) -> str:
    """The same way in money, and in visits where the member's pace is known."""
    money = words.money(way.purchase)
    if way.visits is None or way.visits > MOST_VISITS:
        return words.say("home.by_purchase", money=money)
    return words.count("home.by_visits", way.visits, money=money)


def _headline(words: Words, missing: int, reward: str, purchase: str) -> Node:
    """再积 320 分 over its reward; where nothing comes before the figure, beside it."""
    by_purchase = text(purchase, Style.BODY, Colour.ON_PINE_2, shrink_to=0.55, max_lines=2)
    figure = Span(text=words.points(missing), style=Style.FIGURE, colour=Colour.GOLD_ON_PINE)
    to_reward = words.say("home.to_reward", reward=reward)
    before = words.say("home.more")
    if before or len(figure.text) >= LONG_FIGURE:
        ahead = (Span(text=f"{before} "),) if before else ()
        spans = (*ahead, figure, Span(text=f" {words.say('home.points')}"))
        line = Text(spans=spans, style=Style.TITLE, colour=Colour.WHITE, shrink_to=0.4)
        below = text(to_reward, Style.TITLE, Colour.WHITE, shrink_to=0.5)
        return Column(items=(line, Column(items=(below, by_purchase), gap=1.5)))
    says = text(
        f"{words.say('home.points')} {to_reward}",
        Style.TITLE,
        Colour.WHITE,
        shrink_to=0.55,
        max_lines=2,
    )
    beside = Column(items=(says, by_purchase), gap=1.5, grow=1)
    return Row(items=(Text(spans=(figure,), shrink_to=0.6), beside), gap=6)


def _ends(words: Words, figures: Summary, reward: str, price: int) -> Node:
    now = words.say("home.now", points=words.points(figures.balance.points))
    goal = words.say("home.goal", reward=reward, points=words.points(price))
    return Row(
        items=(
            text(now, Style.CAPTION, Colour.ON_PINE_2, shrink_to=0.5),
            text(goal, Style.CAPTION, Colour.ON_PINE_2, align=Align.END, grow=1, shrink_to=0.5),
        ),
        gap=4,
    )


def _balance(sight: Sight, figures: Summary) -> Node:
    words = sight.words
    when = as_of(sight)
    worth = words.spans(
        "home.worth" if figures.balance.points >= 0 else "home.worth_nothing",
        style=Style.NUMBER,
        colour=Colour.GOLD_ON_PINE,
        points=words.points(figures.balance.points),
        money=words.money(figures.worth),
    )
    return Row(
        items=(
            Text(spans=worth, style=Style.CAPTION, colour=Colour.ON_PINE, grow=1, shrink_to=0.4),
            text(
                words.say("home.as_of", when=when), Style.CAPTION, Colour.ON_PINE_2, shrink_to=0.6
            ),
        ),
        gap=4,
        align=Align.BASELINE,
    )


def balance_notes(sight: Sight) -> tuple[Node, ...]:
    """What is set aside, else what is missing below nothing; and what lapses soon."""
    words, figures = sight.words, sight.summary
    aside, lapsing = figures.balance.set_aside, figures.expiring
    notes: list[Node] = []
    if aside > 0:
        notes.append(_note("clock", words.say("home.set_aside", points=words.points(aside))))
    elif (points := figures.balance.points) < 0:
        notes.append(_note("info", words.say("home.below", points=words.points(-points))))
    if lapsing is not None and lapsing.days_left <= SOON_DAYS:
        notes.append(_note("calendar", _lapses(sight, lapsing)))
    return tuple(notes)


def _lapses(sight: Sight, lapsing: NextExpiry) -> str:
    words, day = sight.words, sight.words.day(lapsing.last_day)
    points = words.points(lapsing.points)
    if lapsing.buys is None or lapsing.buys.cash_fen:  # points alone do not buy it
        return words.say("home.lapses", points=points, day=day)
    reward = lapsing.buys.short_name.in_(sight.session.language)
    return words.say("home.lapses_buys", points=points, day=day, reward=reward)


def _note(icon: str, words: str) -> Node:
    said = text(words, Style.CAPTION_STRONG, Colour.GOLD_ON_PINE, shrink_to=0.5, grow=1)
    return Row(items=(Icon(name=icon, size=7, colour=Colour.GOLD_ON_PINE), said), gap=3)
