"""Becoming a member: what it takes, what it gives, what will be asked, and what will not stay."""

from kiosk.loyalty.joining import Way, way_to_join
from kiosk.model.answers import Form
from kiosk.model.programme import TierBenefit
from kiosk.screens.around import mark
from kiosk.screens.furniture import bottom_bar, card, page, wide_button
from kiosk.screens.hand_over import offer
from kiosk.screens.joining_questions import STEPS, born, confirm, group
from kiosk.screens.two_ways import two_ways
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Joining, JoiningStep
from kiosk.ui.nodes import (
    Align,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

BENEFITS = 3
"""Services of membership that are named: what fits in one glance."""

_ASKED = (("born", "cake"), ("name", "person"), ("phone", "mobile"))


def joining(sight: Sight, on_page: Joining) -> Scene:
    """The page of this step; name and number are typed on the keyboard's own page."""
    match on_page.step:
        case JoiningStep.BORN:
            return born(sight, on_page)
        case JoiningStep.GROUP:
            return group(sight, on_page)
        case JoiningStep.CONFIRM:
            return confirm(sight, on_page)
        case _:
            return _welcome(sight)


def _welcome(sight: Sight) -> Scene:
    asked = sight.content.programme.joining
    ways = two_ways(sight, asked)
    foot = (_kept(sight),) if _is_known_day(sight) else ()
    if sight.view.portrait:
        middle = (_title(sight), ways, *_gives(sight), *_questions(sight))
        last = (Gap(grow=1), *foot, *_on_phone(sight), *_forgot(sight))
        return page(sight, "joining", (*middle, *last), _bottom(sight))
    half = _half_mm(sight)
    last = (Gap(grow=1), *_on_phone(sight), *_forgot(sight))
    left = Column(items=(_title(sight), ways, *last), gap=5, width=half)
    right = Column(
        items=(*_gives(sight), *_questions(sight), Gap(grow=1), *foot), gap=5, width=half
    )
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, "joining", (both,), _bottom(sight))


def _half_mm(sight: Sight) -> float:
    """Width of one of the two columns where the glass lies."""
    return (sight.view.inner_mm - GAP_MM * 4) / 2


def _is_roomy(sight: Sight) -> bool:
    return not sight.session.big_text


def _is_known_day(sight: Sight) -> bool:
    """Without a date nobody can be told from a minor."""
    return sight.world.today is not None


def _title(sight: Sight) -> Node:
    """The shorter way as the page's one sentence; the amounts below are larger still."""
    words, way = sight.words, way_to_join(sight.content.programme.joining)
    said = _sentence(sight, way)
    line = words.say("joining.line_free" if way.is_done else "joining.line")
    told: tuple[Node, ...] = (text(said, Style.DISPLAY, max_lines=2, shrink_to=0.7),)
    if _is_roomy(sight) and (sight.view.portrait or not _on_phone(sight)):
        told += (text(line, Style.BODY, Colour.INK_2, max_lines=2, shrink_to=0.8),)
    return Column(items=told, gap=2.5)


def _sentence(sight: Sight, way: Way) -> str:
    if way.is_done:
        return sight.words.say("joining.title_free")
    return sight.words.say("joining.title", money=sight.words.money(way.least))


# -- what it gives -------------------------------------------------------------------------


def _gives(sight: Sight) -> tuple[Node, ...]:
    """The first services of the lowest tiers; large letters need the room for the questions."""
    benefits = _benefits(sight)
    if not benefits or not _is_roomy(sight):
        return ()
    beside = 5.0 if sight.view.portrait else 4.0
    room = sight.view.inner_mm if sight.view.portrait else _half_mm(sight)
    each = (room - 2 * beside - GAP_MM * (len(benefits) - 1)) / len(benefits)
    cells = tuple(_benefit(sight, one, each) for one in benefits)
    if sight.view.portrait:
        return (
            _section(sight.words.say("joining.gives")),
            card(Row(items=cells, gap=GAP_MM, align=Align.START), padding=Insets.xy(beside, 5)),
        )
    return (card(Row(items=cells, gap=GAP_MM, align=Align.START), padding=Insets.xy(beside, 3.5)),)


def _benefits(sight: Sight) -> tuple[TierBenefit, ...]:
    tiers = sight.content.programme.tiers
    named: dict[str, TierBenefit] = {}
    for tier in tiers:
        for benefit in tier.benefits:
            named.setdefault(benefit.words.zh, benefit)
    return tuple(named.values())[:BENEFITS]


def _benefit(sight: Sight, benefit: TierBenefit, width: float) -> Node:
    said = text(
        benefit.words.in_(sight.session.language),
        Style.STRONG,
        align=Align.CENTRE,
        max_lines=2,
        shrink_to=0.6,
    )
    square = Row(items=(mark(benefit.icon, Fill.GOLD_SOFT),), justify=Justify.CENTRE)
    return Column(items=(square, said), gap=2.5, width=width)


# -- what is asked -------------------------------------------------------------------------


def _questions(sight: Sight) -> tuple[Node, ...]:
    """What will be asked and why; or that it cannot be asked here now."""
    words = sight.words
    if not _is_known_day(sight):
        said, line = words.say("joining.no_day"), words.say("joining.no_day_line")
        return (card(_line(sight, "counter", said, line), padding=Insets.xy(7, 6)),)
    years = sight.content.programme.joining.minimum_age_years
    rows = [
        _line(sight, icon, words.say(f"joining.{name}"), words.say(f"joining.{name}_why", n=years))
        for name, icon in _ASKED
    ]
    gap = GAP_MM if sight.view.portrait else 1.5
    inside = card(Column(items=tuple(rows), gap=gap), padding=Insets.xy(7, 5))
    return (_section(words.say("joining.asked", count=len(STEPS))), inside)


def _section(words: str) -> Node:
    return text(words, Style.TITLE, shrink_to=0.7)


def _line(sight: Sight, icon: str, said: str, why: str) -> Node:
    told = (
        text(said, Style.HEADING, shrink_to=0.7),
        text(why, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8),
    )
    edge = 20.0 if sight.view.portrait else 17.0
    return Row(items=(mark(icon, edge=edge), Column(items=told, gap=0.5, grow=1)), gap=6)


# -- below ---------------------------------------------------------------------------------


def _kept(sight: Sight) -> Node:
    """That nothing stays of what is only typed."""
    return _quiet("lock", sight.words.say("joining.kept"))


def _forgot(sight: Sight) -> tuple[Node, ...]:
    """For who is a member and came without the card."""
    if not _is_roomy(sight) and not sight.view.portrait:
        return ()
    return (_quiet("info", sight.words.say("joining.forgot")),)


def _quiet(icon: str, words: str) -> Node:
    said = text(words, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8, grow=1)
    return Row(items=(Icon(name=icon, size=7.5, colour=Colour.INK_2), said), gap=3)


def _on_phone(sight: Sight) -> tuple[Node, ...]:
    """The same on one's own phone, while it can be opened there."""
    return offer(sight, Form.JOINING) if _is_known_day(sight) else ()


def _bottom(sight: Sight) -> Node:
    words = sight.words
    to_start = wide_button("done", "exit", words.say("notice.to_start"), Look.SECONDARY, grow=1)
    if not _is_known_day(sight):
        return bottom_bar(to_start)
    begin = wide_button("join-on", "pencil", words.say("joining.begin"), Look.PRIMARY, grow=1)
    return bottom_bar(to_start, begin)
