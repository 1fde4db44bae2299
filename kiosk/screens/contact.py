"""Contact wishes: do-not-disturb above everything, then what may come how, how often, and when."""

from kiosk.model.members import ContactWishes
from kiosk.screens.around import around, mark
from kiosk.screens.contact_limits import frequency_card, hours_card
from kiosk.screens.contact_table import channel_table, is_roomy
from kiosk.screens.furniture import card, wide_button
from kiosk.screens.switch import switch
from kiosk.screens.view import Sight
from kiosk.session.contact import wishes_of
from kiosk.session.states import ContactPage
from kiosk.ui.nodes import (
    Box,
    Button,
    Column,
    Icon,
    Insets,
    Look,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Fill, Style

SIDE = 0.44
"""Share of the width that do-not-disturb and the limits take when the glass lies."""


def contact_page(sight: Sight, on_page: ContactPage) -> Scene:
    """The whole page."""
    wishes = wishes_of(sight.visitor, sight.world)
    limits = (*frequency_card(sight, wishes), hours_card(sight, wishes))
    table, kept = channel_table(sight, wishes), _kept(sight, on_page, wishes)
    head: tuple[Node, ...] = (_title(sight), _do_not_disturb(sight, wishes))
    standing = sight.view.portrait
    return around(
        sight,
        "contact",
        head=head if standing else (*head, *limits),
        main=(table, *limits, kept) if standing else (table, kept),
        middle=wide_button("back", "check", sight.words.say("contact.good"), Look.PRIMARY, grow=1),
        side=SIDE,
    )


def _title(sight: Sight) -> Node:
    """The page's question, and beside it the way to one's own data."""
    words = sight.words.say("contact.title")
    said = text(words, Style.DISPLAY, shrink_to=0.45, grow=1)
    return Row(items=(said, _to_my_data(sight)), gap=4)


def _to_my_data(sight: Sight) -> Node:
    words = sight.words.say("contact.my_data")
    inside = Row(
        items=(
            text(words, Style.STRONG, Colour.PINE, shrink_to=0.75),
            Icon(name="chevron-right", size=7, colour=Colour.PINE),
        ),
        gap=2,
    )
    return Button(
        key="my-data",
        says=words,
        look=Look.BARE,
        child=inside,
        padding=Insets.xy(1, 0),
        height=20,
    )


def _do_not_disturb(sight: Sight, wishes: ContactWishes) -> Node:
    """One switch over everything; its whole card is the target."""
    words, on = sight.words, wishes.do_not_disturb
    title = words.say("contact.do_not_disturb")
    line = words.say("contact.do_not_disturb_on" if on else "contact.do_not_disturb_off")
    told: tuple[Node, ...] = (text(title, Style.TITLE, shrink_to=0.7),)
    if not sight.session.big_text:  # what comes below says it too
        told += (text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8),)
    said = Column(items=told, gap=1, grow=1)
    row = Row(items=(mark("moon", Fill.SKY, edge=24), said, switch(sight, on=on)), gap=6)
    inside = card(row, padding=Insets.xy(5.5, 7 if is_roomy(sight) else 4))
    return Button(key="do-not-disturb", says=title, look=Look.BARE, radius=8, child=inside)


def _kept(sight: Sight, on_page: ContactPage, wishes: ContactWishes) -> Node:
    """That each touch is kept; after one, when it was, and what it waits for."""
    said, line = _kept_words(sight, on_page, wishes)
    icon = "check-circle" if on_page.saved else "info"
    style = Style.HEADING if is_roomy(sight) else Style.STRONG
    told: tuple[Node, ...] = (text(said, style, Colour.GOOD_INK, shrink_to=0.7),)
    if line and not sight.session.big_text:
        told += (text(line, Style.CAPTION, Colour.GOOD_INK, shrink_to=0.7),)
    return Box(
        child=Row(
            items=(
                Icon(name=icon, size=10, colour=Colour.GOOD_INK),
                Column(items=told, gap=0.5, grow=1),
            ),
            gap=5,
        ),
        fill=Fill.GOOD_SOFT,
        edge=Colour.GOOD_INK,
        edge_mm=0.4,
        radius=7,
        padding=Insets.xy(6, 3),
        min_height=22,
    )


def _kept_words(sight: Sight, on_page: ContactPage, wishes: ContactWishes) -> tuple[str, str]:
    """What became of a touch; in force only once HQ, which sends the messages, can hear of it."""
    words = sight.words
    away = "_offline" if sight.world.hq_reachable is False else ""
    line = words.say(f"contact.first{away}")
    if on_page.saved and on_page.saved_at is not None:
        return words.say(f"contact.saved_at{away}", when=f"{on_page.saved_at:%H:%M}"), line
    if on_page.saved:
        return words.say(f"contact.saved{away}"), line
    if wishes.do_not_disturb:
        return words.say("contact.paused"), ""
    return words.say(f"contact.each_touch{away}"), line
