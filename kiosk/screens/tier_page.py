"""The tier: how far the next one is, what keeps this one, and what each one gives."""

from kiosk.loyalty.tiers import Keep, TierProgress
from kiosk.model.programme import Tier, TierBenefit
from kiosk.screens.around import BETWEEN_MM, around, day, mark, nothing, offline
from kiosk.screens.badge import tier_badge
from kiosk.screens.furniture import card, section_title, wide_button
from kiosk.screens.hero import as_of
from kiosk.screens.pine_card import pine_card
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import TierPage
from kiosk.ui.nodes import Align, Box, Column, Insets, Look, Node, Row, Scene, Span, Text, text
from kiosk.ui.pieces import Line, Progress
from kiosk.ui.theme import Colour, Fill, Style

SIDE = 0.485
"""Share of the width that the hero takes when the glass lies, as on the member's page."""

SMALL_MM, MEDIUM_MM, LARGE_MM = 18.0, 23.0, 27.0
"""Edge of a benefit's icon: beside the next tier's, with room to spare, and alone."""

MOST_LISTED = 7
"""Benefits that find room one below the other on a standing glass."""

CELLS_MM = 5.5
"""Space left and right of the benefits."""


def tier_page(sight: Sight, _on_page: TierPage) -> Scene:
    """The whole page."""
    progress, words = sight.summary.progress, sight.words
    tier = progress.tier
    return around(
        sight,
        "tier",
        above=offline(sight, "tier.offline", when=as_of(sight)),
        head=(_hero(sight, progress, tier),) if tier is not None else (_unknown(sight),),
        main=_benefits(sight, progress),
        middle=wide_button("rules", "list", words.say("tier.rules"), Look.QUIET, grow=1),
        side=SIDE,
    )


def _unknown(sight: Sight) -> Node:
    words = sight.words
    return nothing(sight, "member-card", words.say("tier.unknown"), words.say("tier.unknown_line"))


# -- how far it is -------------------------------------------------------------------------


def _hero(sight: Sight, progress: TierProgress, tier: Tier) -> Node:
    """The nearest goal in the largest type, then the other one, each with its bar."""
    keep, above = progress.keep, progress.following
    goals: list[Node] = []
    if keep is not None and not keep.kept:
        goals.append(_keeping(sight, keep, tier))
    if above is not None:
        goals.append(_reaching(sight, progress, above, first=not goals))
    if keep is not None and keep.kept:
        goals.append(_kept(sight, keep, tier, first=not goals))
    if not goals:
        goals.append(_top(sight, tier))
    items: list[Node] = [_mine(sight, tier)]
    for goal in goals[:1] if _is_tight(sight) else goals:
        items += [Line(colour=Colour.HAIRLINE_ON_PINE), goal] if len(items) > 1 else [goal]
    return pine_card(
        Column(items=tuple(items), gap=GAP_MM * 2), Insets.xy(13, 9 if sight.view.portrait else 5.5)
    )


def _is_tight(sight: Sight) -> bool:
    """Large type on a lying glass: one goal is all that finds room."""
    return sight.session.big_text and not sight.view.portrait


def _mine(sight: Sight, tier: Tier) -> Node:
    said = text(sight.words.say("tier.mine"), Style.MEDIUM, Colour.ON_PINE, grow=1)
    return Row(items=(said, tier_badge(sight, tier)), gap=4, min_height=14)


def _keeping(sight: Sight, keep: Keep, tier: Tier) -> Node:
    """What is still to be bought to keep the tier beyond its last day."""
    words, name = sight.words, tier.name.in_(sight.session.language)
    assert tier.condition is not None
    until = day(sight, keep.until, sight.world.today or keep.until)
    said = words.say("tier.to_keep", tier=name)
    line = words.say("tier.until", day=until)
    goal = words.say("tier.goal", tier=name, money=words.money(tier.condition.keep_fen))
    fraction = min(keep.spend / tier.condition.keep_fen, 1.0) if tier.condition.keep_fen else 1.0
    return Column(
        items=(
            _headline(sight, keep.missing, said, line),
            _bar(sight, fraction, keep.spend, goal),
        ),
        gap=GAP_MM * 2,
    )


def _reaching(sight: Sight, progress: TierProgress, above: Tier, *, first: bool) -> Node:
    """What is still to be bought to reach the next tier."""
    words, name = sight.words, above.name.in_(sight.session.language)
    assert above.condition is not None
    said = words.say("tier.to_reach", tier=name)
    goal = words.say("tier.goal", tier=name, money=words.money(above.condition.reach_fen))
    bar = _bar(sight, progress.fraction, progress.spend, goal)
    if not first:
        second = _second(sight, progress.missing, said)
        return Column(items=(second, bar), gap=GAP_MM * 1.4)
    line = words.say("tier.within", n=above.condition.months)
    return Column(items=(_headline(sight, progress.missing, said, line), bar), gap=GAP_MM * 2)


def _kept(sight: Sight, keep: Keep, tier: Tier, *, first: bool) -> Node:
    """Nothing more is needed to stay; where nothing else is to be reached, with the full bar."""
    words, name = sight.words, tier.name.in_(sight.session.language)
    assert tier.condition is not None
    until = day(sight, keep.until, sight.world.today or keep.until)
    said, line = words.say("tier.kept", tier=name), words.say("tier.kept_line", day=until)
    if not first:
        return _said(said, line, Style.STRONG, Colour.WHITE, Style.CAPTION)
    goal = words.say("tier.goal", tier=name, money=words.money(tier.condition.keep_fen))
    head = _said(said, line, Style.DISPLAY, Colour.GOLD_ON_PINE, Style.BODY)
    return Column(items=(head, _bar(sight, 1.0, keep.spend, goal)), gap=GAP_MM * 2)


def _top(sight: Sight, tier: Tier) -> Node:
    """There is no higher tier, and HQ has given no date that this one ends on."""
    words, name = sight.words, tier.name.in_(sight.session.language)
    said, line = words.say("tier.top", tier=name), words.say("tier.top_line")
    return _said(said, line, Style.DISPLAY, Colour.GOLD_ON_PINE, Style.BODY)


def _said(said: str, line: str, style: Style, colour: Colour, below: Style) -> Node:
    return Column(
        items=(
            text(said, style, colour, max_lines=2, shrink_to=0.8),
            text(line, below, Colour.ON_PINE_2, max_lines=2),
        ),
        gap=1.5,
    )


def _headline(sight: Sight, missing_fen: int, said: str, line: str) -> Node:
    """The money in the largest type, what it leads to, and by when."""
    words = sight.words
    figure = Span(text=words.money(missing_fen), style=Style.FIGURE, colour=Colour.GOLD_ON_PINE)
    more = words.say("tier.more")
    spans = (Span(text=f"{more} "), figure) if more else (figure,)
    money = Text(spans=spans, style=Style.TITLE, colour=Colour.WHITE, shrink_to=0.6)
    below = Column(
        items=(
            text(
                said,
                Style.TITLE,
                Colour.WHITE,
                max_lines=1 if _is_tight(sight) else 2,
                shrink_to=0.65,
            ),
            text(line, Style.BODY, Colour.ON_PINE_2, max_lines=2, shrink_to=0.85),
        ),
        gap=1.5,
    )
    return Column(items=(money, below))


def _second(sight: Sight, missing_fen: int, said: str) -> Node:
    """The same in one line."""
    words = sight.words
    spans = words.spans(
        "tier.second",
        style=Style.NUMBER,
        colour=Colour.GOLD_ON_PINE,
        money=words.money(missing_fen),
        said=said,
    )
    return Text(spans=spans, style=Style.BODY, colour=Colour.WHITE, max_lines=2, shrink_to=0.82)


def _bar(sight: Sight, fraction: float, spend_fen: int, goal: str) -> Node:
    spent = sight.words.say("tier.spent", money=sight.words.money(spend_fen))
    ends = Row(
        items=(
            text(spent, Style.CAPTION, Colour.ON_PINE_2, shrink_to=0.7),
            text(goal, Style.CAPTION, Colour.ON_PINE_2, align=Align.END, grow=1, shrink_to=0.7),
        ),
        gap=4,
    )
    return Column(items=(Progress(fraction=fraction, on_pine=True, height=7), ends), gap=2)


# -- what it gives -------------------------------------------------------------------------


def _benefits(sight: Sight, progress: TierProgress) -> tuple[Node, ...]:
    """Mine as icons with words, then what the next tier adds, quieter, as far as there is room."""
    language, words = sight.session.language, sight.words
    mine, above = progress.tier or sight.content.programme.tiers[0], progress.following
    benefits = mine.benefits or (_today(mine),)
    extra = _extra(mine, above) if above is not None else ()
    extra = extra[: 2 * max(0, _rows(sight, progress) - (len(benefits) + 1) // 2)]
    title = section_title(words.say("tier.benefits", tier=mine.name.in_(language)))
    roomy = sight.view.portrait and not _two_goals(progress) and not sight.session.big_text
    edge = MEDIUM_MM if roomy else SMALL_MM
    if not extra and not sight.session.big_text:
        edge = LARGE_MM
    alone = edge == LARGE_MM and sight.view.portrait and progress.tier is not None
    listed = _list if alone and len(benefits) <= MOST_LISTED else _grid
    grid = listed(sight, benefits, edge=edge)
    parts: list[Node] = [title, card(grid, padding=Insets.xy(CELLS_MM, 4))]
    if above is not None and extra:
        parts.append(section_title(words.say("tier.adds", tier=above.name.in_(language))))
        quiet, padding = _grid(sight, extra, edge=edge, quiet=True), Insets.xy(CELLS_MM, 4)
        parts.append(
            Box(child=quiet, fill=Fill.PAPER, padding=padding, edge=Colour.HAIRLINE, edge_mm=0.5)
        )
    return tuple(parts)


def _rows(sight: Sight, progress: TierProgress) -> int:
    """Rows of benefits that find room: fewer below two goals, a banner, or in large type."""
    rows = 6 if not sight.view.portrait or _two_goals(progress) else 8
    if sight.session.big_text:
        rows -= 2 if sight.view.portrait else 3
    return rows - 1 if sight.world.hq_reachable is False else rows


def _two_goals(progress: TierProgress) -> bool:
    return progress.keep is not None and progress.following is not None


def _today(tier: Tier) -> TierBenefit:
    """A tier whose benefits nobody listed still has the one for any day."""
    return TierBenefit(icon="check-circle", words=tier.today)


def _extra(mine: Tier, above: Tier) -> tuple[TierBenefit, ...]:
    have = {benefit.words for benefit in mine.benefits}
    return tuple(benefit for benefit in above.benefits if benefit.words not in have)


def _list(sight: Sight, benefits: tuple[TierBenefit, ...], *, edge: float) -> Node:
    """One below the other, in larger words."""
    language = sight.session.language
    rows = tuple(
        Row(
            items=(
                mark(one.icon, edge=edge),
                text(one.words.in_(language), Style.HEADING, max_lines=2, grow=1, shrink_to=0.8),
            ),
            gap=6,
        )
        for one in benefits
    )
    return Column(items=rows, gap=edge * 0.18)


def _grid(
    sight: Sight, benefits: tuple[TierBenefit, ...], *, edge: float, quiet: bool = False
) -> Node:
    """Two beside each other; `edge` is that of their icons' squares, mm."""
    room = sight.view.inner_mm
    if not sight.view.portrait:
        room = room * (1 - SIDE) - BETWEEN_MM
    cells = [_cell(sight, one, edge, width=room / 2 - CELLS_MM, quiet=quiet) for one in benefits]
    rows = tuple(Row(items=tuple(cells[at : at + 2])) for at in range(0, len(cells), 2))
    return Column(items=rows, gap=edge * 0.18)


def _cell(sight: Sight, benefit: TierBenefit, edge: float, *, width: float, quiet: bool) -> Node:
    style = Style.STRONG if edge == LARGE_MM else Style.CAPTION_STRONG
    if quiet:
        style = Style.CAPTION
    said = benefit.words.in_(sight.session.language)
    colour, fill = (Colour.INK_2, Fill.MUTED) if quiet else (Colour.INK, Fill.MINT)
    words = text(said, style, colour, max_lines=2, grow=1, shrink_to=0.9)
    return Row(items=(mark(benefit.icon, fill, edge=edge), words), gap=4, width=width)
