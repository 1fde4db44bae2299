"""Out of service: the disk refuses, so nothing is taken on; says where to go instead."""

from kiosk.screens.furniture import card, page
from kiosk.screens.view import GAP_MM, Sight
from kiosk.ui.nodes import Align, Column, Gap, Insets, Node, Row, Scene, text
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill, Style


def out_of_service(sight: Sight) -> Scene:
    """The whole screen; it has no buttons but the language."""
    portrait = sight.view.portrait
    picture = card(
        Picture(name="out-of-service", tint=Fill.MUTED, radius=7, inset=0.1, grow=1),
        padding=Insets.all(5.5),
        grow=1,
    )
    said = _said(sight)
    staff = text(sight.words.say("out_of_service.staff"), Style.CAPTION, Colour.INK_3, max_lines=2)
    if portrait:
        return page(sight, "out-of-service", (said, picture, _todo(sight)), staff)
    right = Column(items=(said, _todo(sight)), gap=GAP_MM * 2, grow=1)
    left = Column(items=(picture,), width=sight.view.inner_mm * 0.36)
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, "out-of-service", (both, Gap()), staff)


def _said(sight: Sight) -> Node:
    words = sight.words
    style = Style.HERO if sight.view.portrait else Style.DISPLAY
    return Column(
        items=(
            text(words.say("out_of_service.title"), style, shrink_to=0.6),
            text(words.say("out_of_service.line"), Style.BODY, Colour.INK_2, max_lines=3),
        ),
        gap=3,
    )


def _todo(sight: Sight) -> Node:
    words = sight.words
    steps = tuple(
        Column(
            items=(
                text(words.say(f"out_of_service.step_{n}"), Style.STRONG, shrink_to=0.7),
                text(words.say(f"out_of_service.step_{n}_line"), Style.CAPTION, Colour.INK_2),
            ),
            gap=1.5,
        )
        for n in (1, 2)
    )
    return card(Column(items=steps, gap=6), padding=Insets.xy(11, 8))
