"""Is this still right: one value of the profile, masked, and two answers."""

from dataclasses import replace

from kiosk.screens.around import BETWEEN_MM, offline
from kiosk.screens.furniture import back_button, bottom_bar, card, done_button, page
from kiosk.screens.profile_parts import dossier, told_on, top_card
from kiosk.screens.sheet import ANSWER_MM, answer
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Recheck
from kiosk.survey.profile import Dossier, Field
from kiosk.ui.nodes import Align, Box, Column, Gap, Insets, Justify, Look, Node, Row, Scene, text
from kiosk.ui.theme import Colour, Style


def recheck(sight: Sight, on_page: Recheck) -> Scene:
    """The whole page."""
    above = offline(sight, "profile.offline")
    of = dossier(sight)
    one = of.field(on_page.field)
    value = (_value(sight, of, one),) if one is not None else ()
    bottom = bottom_bar(back_button(sight), Gap(grow=1), done_button(sight))
    if sight.view.portrait:
        middle = (*above, replace(_hero(sight), grow=1), *value, _answers(sight))
        return page(sight, "recheck", middle, bottom)
    left = Column(
        items=(replace(_hero(sight), grow=1),), width=(sight.view.inner_mm - BETWEEN_MM) / 2
    )
    right = Column(items=value, grow=1)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, "recheck", (*above, both, _answers(sight)), bottom)


def _hero(sight: Sight) -> Box:
    words = sight.words
    lines = (
        text(words.say("profile.today"), Style.CAPTION, Colour.ON_PINE),
        text(words.say("profile.recheck"), Style.DISPLAY, Colour.WHITE, max_lines=2, shrink_to=0.6),
        text(words.say("profile.recheck_line"), Style.BODY, Colour.ON_PINE_2, max_lines=3),
    )
    return top_card(sight, Column(items=lines, gap=GAP_MM * 1.2, justify=Justify.CENTRE))


def _value(sight: Sight, of: Dossier, one: Field) -> Node:
    """What is known, as far as it may be shown, who told it, and when."""
    title, words = one.question.title, sight.words
    asked = title.in_(sight.session.language) if title is not None else one.name
    said = words.say("profile.between").join(of.words(one)) or words.say("profile.on_file")
    centre = Align.CENTRE
    lines = (
        text(asked, Style.BODY, Colour.INK_2, align=centre, max_lines=2, shrink_to=0.7),
        text(said, Style.DISPLAY, Colour.PINE, align=centre, max_lines=2, shrink_to=0.5),
        text(told_on(sight, of, one), Style.CAPTION, Colour.INK_2, align=centre, max_lines=2),
    )
    roomy = sight.view.portrait and not sight.session.big_text
    gap = GAP_MM * (3 if roomy else 1.2)
    inside = Column(items=lines, gap=gap, grow=1, justify=Justify.CENTRE)
    return card(inside, padding=Insets.xy(9, 6), grow=1)


def _answers(sight: Sight) -> Node:
    """Both as large as each other: neither is wished for."""
    each = (
        _answer(sight, "right", "check", Look.PRIMARY),
        _answer(sight, "not-right", "pencil", Look.SECONDARY),
    )
    return bottom_bar(*each, height=ANSWER_MM)


def _answer(sight: Sight, key: str, icon: str, look: Look) -> Node:
    name = key.replace("-", "_")
    said, line = sight.words.say(f"profile.{name}"), sight.words.say(f"profile.{name}_line")
    return replace(answer(key, icon, said, line, look), grow=1)
