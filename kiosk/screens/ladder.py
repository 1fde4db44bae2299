"""All rewards: what can be had now, what is nearly there, and what is not to be had here."""

from dataclasses import dataclass

from kiosk.loyalty.ladder import NextReward, open_to
from kiosk.model.programme import Reward, RewardKind
from kiosk.screens.around import nothing
from kiosk.screens.choices import chip
from kiosk.screens.columns import ROW_GAP_MM, Entry, in_columns
from kiosk.screens.furniture import page, section_title
from kiosk.screens.hero import as_of
from kiosk.screens.home import offline_banner
from kiosk.screens.pager import list_bottom, sheet_of, sheets_of
from kiosk.screens.reward_rows import (
    BIG_ROW_MM,
    missing_and_purchase,
    reward_row,
    stock,
    why_not,
)
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Ladder
from kiosk.ui.nodes import (
    Align,
    Column,
    Node,
    Row,
    Scene,
    Span,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

LADDER_ROW_MM = {True: 38.0, False: 35.0}
"""Height of a row, standing and lying."""

TITLE_MM = {False: 16.0, True: 20.0}
"""Height of a section's title, in usual and in large type."""

ROOM_MM = {True: 322.0, False: 134.0}
"""Height left for rows below headline and chips, standing and lying."""

BANNER_MM = {False: 22.0, True: 36.0}
"""What a banner and its gap take of it, in usual and in large type."""

BIG_HEAD_MM = 28.0
"""What the headline takes of it in large type, where the balance stands below it."""


@dataclass(frozen=True, slots=True)
class _Rungs:
    """One sort of rewards, or all, by how near they are."""

    within: tuple[Reward, ...]
    coming: tuple[NextReward, ...]
    others: tuple[Reward, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.within or self.coming or self.others)


def ladder(sight: Sight, on_page: Ladder) -> Scene:
    """The whole page."""
    rungs = _rungs(sight, on_page.kind)
    head = (*offline_banner(sight), _headline(sight, rungs), *_chips(sight, on_page.kind))
    if rungs.empty:
        words = sight.words
        none = nothing(
            sight, "points-coin", words.say("ladder.nothing"), words.say("ladder.none_line")
        )
        return page(sight, "ladder", (*head, none), list_bottom(sight, 0, 1))
    sheets = sheets_of(in_columns(_entries(sight, rungs), _room(sight)), _across(sight))
    shown = sheets[sheet_of(on_page.sheet, len(sheets))]
    width = (sight.view.inner_mm - 6 * (_across(sight) - 1)) / _across(sight)
    columns = tuple(Column(items=one, gap=ROW_GAP_MM, width=width) for one in shown)
    body = Row(items=columns, gap=6, align=Align.START)
    return page(sight, "ladder", (*head, body), list_bottom(sight, on_page.sheet, len(sheets)))


def _across(sight: Sight) -> int:
    return 1 if sight.view.portrait else 2


def _room(sight: Sight) -> float:
    room, big = ROOM_MM[sight.view.portrait], sight.session.big_text
    room -= BIG_HEAD_MM if big else 0
    return room - (BANNER_MM[big] if sight.world.hq_reachable is False else 0)


def _rungs(sight: Sight, kind: RewardKind | None) -> _Rungs:
    def fits(reward: Reward) -> bool:
        return kind is None or reward.kind is kind

    steps = sight.summary.ladder
    tier = sight.visitor.member.tier
    closed = [one for one in sight.content.rewards if not open_to(one, tier)]
    offered = [one for one in closed if one.offered_on(sight.world.today)]
    return _Rungs(
        tuple(one for one in steps.within_reach if fits(one)),
        tuple(one for one in steps.coming if fits(one.reward)),
        tuple(one for one in (*steps.used_up, *steps.out_of_stock, *offered) if fits(one)),
    )


# -- head ----------------------------------------------------------------------------------


def _headline(sight: Sight, rungs: _Rungs) -> Node:
    words = sight.words
    if rungs.within:
        says = words.count("ladder.within", len(rungs.within))
    elif rungs.coming:
        says = words.say("ladder.nearest", points=words.points(rungs.coming[0].missing))
    else:
        says = words.say("ladder.none")
    title = text(says, Style.DISPLAY, shrink_to=0.5, grow=1)
    if sight.session.big_text:
        return Column(items=(title, _balance(sight, Align.START)), gap=1)
    both = (title, _balance(sight, Align.END))
    return Row(items=both, gap=6, align=Align.CENTRE, min_height=20)


def _balance(sight: Sight, align: Align) -> Node:
    words, figures = sight.words, sight.summary
    points = Text(
        spans=(
            Span(
                text=words.points(figures.balance.points),
                style=Style.NUMBER,
                colour=Colour.POINTS_INK,
            ),
            Span(text=" " + words.say("home.points"), style=Style.CAPTION, colour=Colour.INK_2),
        ),
        align=align,
        shrink_to=0.6,
    )
    worth = words.say("ladder.worth", money=words.money(figures.worth), when=as_of(sight))
    line = text(worth, Style.CAPTION, Colour.INK_2, align=align, shrink_to=0.6)
    return Column(items=(points, line), gap=0.5)


def _chips(sight: Sight, chosen: RewardKind | None) -> tuple[Node, ...]:
    """All, and each sort there is; nothing where there is but one sort."""
    there = {reward.kind for reward in sight.content.rewards}
    kinds = [kind for kind in RewardKind if kind in there]
    if len(kinds) < 2:
        return ()
    words = sight.words
    chips = [chip("kind", words.say("ladder.all"), "", chosen=chosen is None)]
    chips += [
        chip("kind", words.say(f"kind.{kind.value}"), kind.value, chosen=chosen is kind)
        for kind in kinds
    ]
    return (Row(items=tuple(chips), gap=GAP_MM),)


# -- rows ----------------------------------------------------------------------------------


def _entries(sight: Sight, rungs: _Rungs) -> list[Entry]:
    """Every row with its height and the title it stands under."""
    words, height, big = sight.words, _row_mm(sight), sight.session.big_text
    coming = section_title(words.say("ladder.coming"), words.say("home.n", n=len(rungs.coming)))
    others = section_title(words.say("ladder.others"), words.say("home.n", n=len(rungs.others)))
    rows = [
        Entry(reward_row(sight, one, stock(sight, one), height), height) for one in rungs.within
    ]
    rows += [
        Entry(
            reward_row(sight, one.reward, missing_and_purchase(sight, one), height),
            height,
            title=coming,
            title_mm=TITLE_MM[big],
        )
        for one in rungs.coming
    ]
    rows += [
        Entry(
            reward_row(sight, one, why_not(sight, one), height, fill=Fill.MUTED),
            height,
            title=others,
            title_mm=TITLE_MM[big],
        )
        for one in rungs.others
    ]
    return rows


def _row_mm(sight: Sight) -> float:
    if sight.session.big_text:
        return BIG_ROW_MM
    return LADDER_ROW_MM[sight.view.portrait]
