"""A question of the profile is settled: thanks, what has grown by it, and a way to mend it."""

from kiosk.screens.around import BETWEEN_MM, mark, offline
from kiosk.screens.furniture import (
    back_button,
    bottom_bar,
    card,
    chevron,
    done_button,
    page,
    row_button,
    wide_button,
)
from kiosk.screens.profile_parts import (
    beside_ring,
    dossier,
    gauge,
    on_pine,
    ring_mm,
    stage_line,
    top_card,
)
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.profile import next_one
from kiosk.session.states import ProfileAnswered
from kiosk.survey.profile import Dossier, Field
from kiosk.survey.showing import shown_words
from kiosk.ui.nodes import Align, Column, Gap, Insets, Look, Node, Row, Scene, text
from kiosk.ui.pieces import Picture
from kiosk.ui.theme import Colour, Fill, Style

HALF = 0.5


def profile_answered(sight: Sight, on_page: ProfileAnswered) -> Scene:
    """The whole page."""
    above = offline(sight, "profile.offline")
    of = dossier(sight)
    hero, row = _hero(sight, on_page, of), _row(sight, on_page, of.field(on_page.name))
    bottom = bottom_bar(back_button(sight), _next(sight, on_page), done_button(sight))
    name = "profile-answered"
    if sight.view.portrait:
        panel = Gap(grow=1) if sight.session.big_text else _picture()
        return page(sight, name, (*above, hero, *row, panel), bottom)
    left = Column(items=(hero, Gap(grow=1)), width=sight.view.inner_mm * HALF)
    right = Column(items=(*row, _picture()), gap=GAP_MM * 2, grow=1)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, name, (*above, both), bottom)


def _picture() -> Node:
    picture = Picture(name="feedback", tint=Fill.MINT, radius=7, inset=0.03, grow=1, min_height=20)
    return card(picture, padding=Insets.all(5.5), grow=1)


def _hero(sight: Sight, on_page: ProfileAnswered, of: Dossier) -> Node:
    """What was kept, and the ring that has filled by it."""
    percent = of.percent
    below = [sight.words.say("profile.complete")]
    if percent > on_page.before:
        below.append(sight.words.say("profile.grown", before=on_page.before))
    ring = gauge(sight, percent, percent, ring_mm(sight), before=on_page.before)
    return top_card(sight, beside_ring(sight, _said(sight, on_page, of), ring, tuple(below)))


def _said(sight: Sight, on_page: ProfileAnswered, of: Dossier) -> tuple[Node, ...]:
    words, key = sight.words, "refused" if on_page.refused else "kept"
    large = sight.view.portrait and not sight.session.big_text
    style = Style.DISPLAY if large else Style.HEADLINE
    lines: list[Node] = [
        text(words.say(f"profile.{key}"), style, Colour.WHITE, max_lines=2, shrink_to=0.6),
        text(words.say(f"profile.{key}_line"), Style.BODY, Colour.ON_PINE_2, max_lines=3),
    ]
    one = of.field(on_page.name)
    earns = stage_line(sight, of, one.stage) if one is not None and not on_page.refused else ""
    return (*lines, on_pine("gift", earns)) if earns else tuple(lines)


def _row(sight: Sight, on_page: ProfileAnswered, one: Field | None) -> tuple[Node, ...]:
    """The question with what may be shown of its answer; a touch puts it again."""
    if one is None:
        return ()
    words, language = sight.words, sight.session.language
    title = one.question.title
    says = words.say("profile.after_all" if on_page.refused else "profile.change")
    lines: list[Node] = [
        text(
            title.in_(language) if title else one.name,
            Style.CAPTION,
            Colour.INK_2,
            max_lines=2 if on_page.refused else 1,
            shrink_to=0.6,
        )
    ]
    if not on_page.refused:
        shown = shown_words(one.question, one.note, on_page.shown, language)
        value = words.say("profile.between").join(shown) or words.say("profile.on_file")
        lines.append(text(value, Style.HEADING, max_lines=2, shrink_to=0.6))
    icon = mark("eye-off" if on_page.refused else "check")
    if not dossier(sight).can_be_told(one):
        return (_settled(sight, icon, lines),)
    told = Column(items=tuple(lines), gap=1.5, grow=1)
    change = text(says, Style.CAPTION_STRONG, Colour.PINE, max_lines=2, shrink_to=0.7)
    inside = Row(items=(icon, told, change, chevron()), gap=5.5)
    return (row_button("profile-question", says, inside, value=one.name),)


def _settled(sight: Sight, icon: Node, lines: list[Node]) -> Node:
    """A day of birth, which only the counter changes."""
    fixed = sight.words.say("profile.birthday_fixed")
    line = text(fixed, Style.CAPTION, Colour.INK_2, max_lines=2)
    return card(Row(items=(icon, Column(items=(*lines, line), gap=1.5, grow=1)), gap=5.5))


def _next(sight: Sight, on_page: ProfileAnswered) -> Node:
    """One more question, where HQ allows one and there is one."""
    if next_one(sight.session, on_page, sight.world) is None:
        return Gap(grow=1)
    words = sight.words.say("profile.next")
    return wide_button("profile-question", "pencil", words, Look.PRIMARY, grow=1)
