"""After applying: what happens next; and a kind word for who is not old enough yet."""

from kiosk.loyalty.joining import way_to_join
from kiosk.screens.furniture import bottom_bar, card, page, wide_button
from kiosk.screens.redeeming import done_mark, halves, next_mark, said, step, steps
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Joined
from kiosk.ui.nodes import Align, Box, Column, Gap, Icon, Insets, Look, Node, Row, Scene, text
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill, Style


def joined(sight: Sight, on_page: Joined) -> Scene:
    """The application is on disk; the rest is HQ's and the counter's."""
    words = sight.words
    line = "joined.line_card" if on_page.has_card else "joined.line"
    head = said(sight, words.say("joined.title"), words.say(line))
    told = (steps(sight, _sent(sight), _checked(sight, on_page), _active(sight, on_page)),)
    return halves(
        sight, "joined", to_start(sight), head=head, panel=picture_panel("join"), told=told
    )


def _sent(sight: Sight) -> Node:
    key = "joined.sent_offline" if sight.world.hq_reachable is False else "joined.sent_line"
    return step(done_mark(), sight.words.say("joined.sent"), sight.words.say(key))


def _checked(sight: Sight, on_page: Joined) -> Node:
    key = "joined.checked_card" if on_page.has_card else "joined.checked_no_card"
    line = sight.words.say(key)
    return step(next_mark(2), sight.words.say("joined.checked"), line, Colour.INK_2)


def _active(sight: Sight, on_page: Joined) -> Node:
    """What is still to be bought, the shorter way first; of a group HQ decides by its code."""
    words, way = sight.words, way_to_join(sight.content.programme.joining)
    if on_page.with_group:
        todo, line = words.say("joined.active_free"), words.say("joined.active_group")
        return step(next_mark(3), todo, line, Colour.INK_2)
    todo = words.say("joined.active", money=words.money(way.least))
    line = words.say("joined.active_line", total=words.money(way.total))
    if way.is_done:
        todo = words.say("joined.active_free")
    if not way.has_two_ends:
        line = words.say("joined.active_any")
    return step(next_mark(3), todo, line, Colour.INK_2)


def too_young(sight: Sight) -> Scene:
    """Said without blame; nothing of it is anywhere."""
    words, years = sight.words, sight.content.programme.joining.minimum_age_years
    head = said(sight, words.say("too_young.title"), words.say("too_young.line", n=years))
    kept = _kept(words.say("too_young.kept"))
    if sight.view.portrait:
        return page(sight, "too-young", (head, picture_panel("join"), kept), to_start(sight))
    left = Column(items=(picture_panel("join"),), width=sight.view.inner_mm * 0.4)
    right = Column(items=(head, Gap(grow=1), kept), gap=GAP_MM * 2, grow=1)
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, "too-young", (both,), to_start(sight))


def picture_panel(name: str) -> Node:
    """A picture as large as the room that is left."""
    picture = Picture(name=name, tint=Fill.MINT, radius=7, inset=0.03, grow=1, min_height=46)
    return card(picture, padding=Insets.all(5.5), grow=1)


def _kept(words: str) -> Node:
    line = text(words, Style.BODY, max_lines=2, grow=1, shrink_to=0.8)
    inside = Row(items=(Icon(name="shield-check", size=10, colour=Colour.PINE), line), gap=5)
    padding = Insets.xy(7, 5)
    return Box(child=inside, fill=Fill.GOOD_SOFT, radius=7, padding=padding, valign=Align.CENTRE)


def to_start(sight: Sight) -> Node:
    """The one way out of a page that is nobody's."""
    words = sight.words.say("notice.to_start")
    return bottom_bar(wide_button("done", "exit", words, Look.SECONDARY, grow=1))
