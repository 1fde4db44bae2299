"""The member's page: how near the next reward is, and what can be had today."""

from dataclasses import replace

from kiosk.loyalty.summary import summarise
from kiosk.model.content import Content
from kiosk.screens.calendar import next_event_card
from kiosk.screens.furniture import (
    banner,
    bottom_bar,
    done_button,
    page,
)
from kiosk.screens.hero import as_of, hero_card
from kiosk.screens.reward_rows import reward_rows
from kiosk.screens.ticket import benefit_ticket
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Home
from kiosk.ui.nodes import (
    Align,
    Column,
    Icon,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Style


def home(sight: Sight, on_page: Home, content: Content) -> Scene:
    """The whole page."""
    figures = summarise(on_page.member, content, sight.world.store_id, sight.world.today)
    hero = hero_card(sight, on_page, figures)
    benefit = benefit_ticket(sight, figures)
    rewards = reward_rows(sight, figures)
    offline = _offline(sight, on_page)
    full = bool(offline) or sight.session.big_text
    ahead = () if full else next_event_card(sight, content)
    if sight.view.portrait:
        middle = (*offline, hero, benefit, *rewards, *ahead)
    else:
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
    when = as_of(sight, on_page)
    spans = sight.words.spans(
        "banner.offline", style=Style.CAPTION_STRONG, colour=Colour.CARE_INK, when=when
    )
    return (banner("cloud-off", spans),)


def _at_counter(sight: Sight) -> Node:
    words = sight.words
    line = text(words.say("home.at_counter"), Style.CAPTION, Colour.INK_2, max_lines=2, grow=1)
    return Row(items=(Icon(name="counter", size=10, colour=Colour.INK_2), line), gap=3.5, grow=1)
