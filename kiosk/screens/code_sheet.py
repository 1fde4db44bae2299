"""The question before a reward is given back, on a sheet below its code."""

from kiosk.screens.code_parts import TERM_RING_MM, figure, ring
from kiosk.screens.furniture import bottom_bar, card, top_bar
from kiosk.screens.redeeming import reward_row
from kiosk.screens.sheet import ANSWER_MM, answer, sheet
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.states import VoucherCode
from kiosk.ui.nodes import Align, Box, Column, Gap, Insets, Look, Node, Row, Scene, text
from kiosk.ui.pieces import Line
from kiosk.ui.theme import Colour, Style


def asking(sight: Sight, on_page: VoucherCode) -> Scene:
    """The whole page: what is at stake above, the question below."""
    portrait = sight.view.portrait
    top = Box(
        child=Column(items=(top_bar(sight), _at_stake(sight, on_page)), gap=10 if portrait else 5),
        fill=None,
        radius=0,
        padding=Insets(MARGIN_MM, 12 if portrait else 9, MARGIN_MM, GAP_MM * 3),
    )
    asked = Column(items=(_question(sight), _answers(sight, on_page)), gap=GAP_MM * 3)
    return Scene(name="voucher-code", root=Column(items=(top, sheet(sight, asked))))


def _at_stake(sight: Sight, on_page: VoucherCode) -> Node:
    words = sight.words
    points = words.say("redeeming.points", points=words.points(on_page.points))
    reward = reward_row(sight, sight.content.reward(on_page.reward_id), points)
    code = Row(items=(ring(sight, on_page, TERM_RING_MM), figure(on_page)), gap=9)
    if sight.view.portrait:
        return card(Column(items=(reward, Line(), code), gap=GAP_MM * 2), padding=Insets.xy(9, 8))
    half = Box(child=reward, fill=None, radius=0, width=sight.view.inner_mm * 0.45)
    return card(Row(items=(half, Gap(grow=1), code), gap=9), padding=Insets.xy(9, 4))


def _question(sight: Sight) -> Node:
    portrait = sight.view.portrait
    align = Align.CENTRE if portrait else Align.START
    style = Style.HERO if portrait else Style.DISPLAY
    words = sight.words
    question = text(words.say("voucher.ask"), style, align=align, max_lines=2, shrink_to=0.5)
    line = text(words.say("voucher.ask_line"), Style.BODY, Colour.INK_2, align=align, max_lines=2)
    both = Column(items=(question, line), gap=GAP_MM * 2)
    return Column(items=(Gap(grow=1), both, Gap(grow=2)), grow=1)


def _answers(sight: Sight, on_page: VoucherCode) -> Node:
    words = sight.words
    keep = answer(
        "keep",
        "check",
        words.say("voucher.keep"),
        words.say("voucher.keep_line"),
        Look.PRIMARY,
    )
    points = words.points(on_page.points)
    give_back = answer(
        "give-back-yes",
        "hand-coins",
        words.say("voucher.give_back_yes"),
        words.say("voucher.give_back_yes_line", points=points),
        Look.SECONDARY,
    )
    return bottom_bar(keep, give_back, height=ANSWER_MM)
