"""The member's page: how near the next reward is, and what can be had today."""

from dataclasses import replace

from kiosk.loyalty.ladder import NextReward, stock_here
from kiosk.loyalty.summary import Summary, summarise
from kiosk.loyalty.today import EventToday, RewardToday, TierToday, VoucherToday
from kiosk.model.content import Content
from kiosk.model.members import VoucherReason
from kiosk.model.programme import Reward, RewardKind, Tier, TierLook, Tint
from kiosk.screens.calendar import next_event_card
from kiosk.screens.furniture import (
    banner,
    bottom_bar,
    card,
    done_button,
    page,
    section_title,
)
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
    Notch,
    Picture,
    Progress,
    Row,
    Scene,
    Span,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style

FEW_PIECES = 3
"""At most this many pieces are said to be "left" (docs/design.md, list row)."""

_BADGE = {
    TierLook.STANDARD: ("leaf-badge", Fill.LINEN, Colour.PINE),
    TierLook.SILVER: ("medal", Fill.SILVER, Colour.SILVER_INK),
    TierLook.GOLD: ("crown", Fill.GOLD, Colour.ON_GOLD),
}

_TAG = {
    RewardKind.GIFT: (Fill.GOOD_SOFT, Colour.GOOD_INK),
    RewardKind.HALF_PRICE: (Fill.CARE_SOFT, Colour.CARE_INK),
    RewardKind.NEW_ARRIVAL: (Fill.SKY, Colour.PINE),
}

_VOUCHER_PICTURE = {
    VoucherReason.BIRTHDAY_MONTH: "birthday-voucher",
    VoucherReason.ANNIVERSARY: "discount-voucher",
    VoucherReason.REFERRAL: "discount-voucher",
    VoucherReason.APOLOGY: "discount-voucher",
}


def home(sight: Sight, on_page: Home, content: Content) -> Scene:
    """The whole page."""
    figures = summarise(on_page.member, content, sight.world.store_id, sight.world.today)
    hero = _hero(sight, on_page, figures)
    benefit = _benefit(sight, figures)
    rewards = _rewards(sight, figures)
    offline = _offline(sight, on_page)
    if sight.view.portrait:
        full = bool(offline) or sight.session.big_text
        ahead = () if full else next_event_card(sight, content)
        middle = (*offline, hero, benefit, *rewards, *ahead)
    else:
        full = bool(offline) or sight.session.big_text
        ahead = () if full else next_event_card(sight, content)
        left = Column(items=(hero, *ahead), gap=GAP_MM * 2, width=sight.view.inner_mm * 0.485)
        right = Column(items=(benefit, *rewards), gap=GAP_MM * 1.6, grow=1)
        middle = (*offline, Row(items=(left, right), gap=6, align=Align.STRETCH, grow=1))
    scene = page(sight, "home", middle, _bottom(sight))
    return replace(scene, enters=False)  # a card is answered at once, not in 200 ms


def _bottom(sight: Sight) -> Node:
    return bottom_bar(_at_counter(sight), done_button(sight))


def _offline(sight: Sight, on_page: Home) -> tuple[Node, ...]:
    if sight.world.hq_reachable is not False:
        return ()
    when = _as_of(sight, on_page)
    spans = sight.words.spans(
        "banner.offline", style=Style.CAPTION_STRONG, colour=Colour.CARE_INK, when=when
    )
    return (banner("cloud-off", spans),)


def _as_of(sight: Sight, on_page: Home) -> str:
    """The time the balance is true of, on the store's clock."""
    true_at = sight.world.true_at(on_page.member.as_of)
    return sight.words.moment(true_at.astimezone(sight.now.tzinfo))


# -- the hero card -------------------------------------------------------------------------


def _hero(sight: Sight, on_page: Home, figures: Summary) -> Node:
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
    when = _as_of(sight, on_page)
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


# -- today's benefit -----------------------------------------------------------------------


def _benefit(sight: Sight, figures: Summary) -> Node:
    """One thing that can be used today, as a ticket."""
    match figures.benefit:
        case VoucherToday() as benefit:
            return _voucher(sight, benefit, len(figures.vouchers))
        case EventToday(event):
            name = event.name.in_(sight.session.language)
            badge = text(event.badge.in_(sight.session.language), Style.STRONG, Colour.POINTS_INK)
            line = sight.words.say("benefit.event_line")
            return _ticket("member-day", Tint.GOLD, name, line, badge)
        case RewardToday(reward):
            return _reward_today(sight, reward)
        case TierToday(tier):
            language = sight.session.language
            title = tier.today.in_(language)
            line = sight.words.say("benefit.tier", tier=tier.name.in_(language))
            return _ticket("member-card", Tint.MINT, title, line, None)


def _voucher(sight: Sight, today: VoucherToday, count: int) -> Node:
    words, voucher = sight.words, today.voucher
    title = words.say(
        f"benefit.{voucher.reason.value}", discount=words.discount(voucher.price_factor_percent)
    )
    ends = Column(
        items=(
            text(
                words.count("benefit.days_left", today.days_left),
                Style.HEADING,
                Colour.POINTS_INK,
                align=Align.CENTRE,
            ),
            text(
                words.say("benefit.until", day=words.day(voucher.valid_to)),
                Style.CAPTION,
                Colour.INK_2,
                align=Align.CENTRE,
            ),
        ),
        gap=1.5,
    )
    picture = _VOUCHER_PICTURE[voucher.reason]
    return _ticket(picture, Tint.ROSE, title, words.count("benefit.voucher_line", count), ends)


def _reward_today(sight: Sight, reward: Reward) -> Node:
    words = sight.words
    name = reward.name.in_(sight.session.language)
    title = words.say("benefit.reward", reward=name)
    return _ticket(reward.picture, reward.tint, title, words.say("benefit.reward_line"), None)


def _ticket(picture: str, tint: Tint, title: str, line: str, beside: Node | None) -> Node:
    words = Column(
        items=(
            text(title, Style.HEADING, shrink_to=0.6),
            text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.7),
        ),
        gap=1.5,
        grow=1,
    )
    items: tuple[Node, ...] = (_square(picture, tint, 24), words)
    if beside is not None:
        items += (Notch(width=2, height=27), beside)
    return card(Row(items=items, gap=5.5), padding=Insets(5.5, 4, 7, 4))


# -- rewards -------------------------------------------------------------------------------


def _rewards(sight: Sight, figures: Summary) -> tuple[Node, ...]:
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
            _square(reward.picture, reward.tint, edge),
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


def _square(picture: str, tint: Tint, size: float) -> Picture:
    return Picture(name=picture, tint=Fill(tint.value), width=size, height=size)


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


def _at_counter(sight: Sight) -> Node:
    words = sight.words
    line = text(words.say("home.at_counter"), Style.CAPTION, Colour.INK_2, max_lines=2, grow=1)
    return Row(items=(Icon(name="counter", size=10, colour=Colour.INK_2), line), gap=3.5, grow=1)
