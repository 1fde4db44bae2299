"""HQ has let go of what was held: the points are back, and how many there are now."""

from kiosk.screens.furniture import back_button, bottom_bar, done_button, page, wide_button
from kiosk.screens.pine_card import pine_card
from kiosk.screens.redeeming import offline_means, reward_panel, said, seal
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import GivenBack
from kiosk.ui.nodes import Align, Column, Gap, Insets, Look, Node, Row, Scene, Span, text
from kiosk.ui.pieces import count_up
from kiosk.ui.theme import Colour, Fill, Style


def given_back(sight: Sight, on_page: GivenBack) -> Scene:
    """The whole page."""
    words = sight.words
    points = words.points(on_page.points)
    line = words.say("given_back.line", points=points)
    head = said(sight, words.say("given_back.title"), line, roomy=True)
    others = wide_button("redeem", "gift", words.say("given_back.others"), Look.PRIMARY, grow=1)
    bottom = bottom_bar(back_button(sight), others, done_button(sight))
    above = offline_means(sight, "given_back.offline")
    reward = sight.content.reward(on_page.reward_id)
    let_go = words.say("given_back.let_go")
    panel = reward_panel(sight, reward, seal("check", Fill.PINE, Colour.WHITE), let_go)
    hero = _balance(sight, on_page)
    if sight.view.portrait:
        return page(sight, "given-back", (*above, head, hero, panel), bottom)
    left = Column(items=(panel,), width=sight.view.inner_mm * 0.4)
    right = Column(items=(head, hero, Gap(grow=1)), gap=GAP_MM * 3, grow=1)
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, "given-back", (*above, both), bottom)


def _balance(sight: Sight, on_page: GivenBack) -> Node:
    """The balance runs up by what came back."""
    words, now = sight.words, sight.summary.balance.points
    unit = Span(text=" " + words.say("home.points"), style=Style.BODY, colour=Colour.ON_PINE)
    figure = count_up(
        now - on_page.points,
        now,
        colour=Colour.GOLD_ON_PINE,
        after=(unit,),
        shrink_to=0.5,
    )
    label = text(words.say("given_back.now"), Style.MEDIUM, Colour.ON_PINE)
    return pine_card(
        Column(items=(label, figure), gap=GAP_MM), Insets.xy(13, 9 if sight.view.portrait else 6.5)
    )
