"""Thanks for a survey: what it earns, how near the next reward is now; nothing of the answers."""

from kiosk.screens.around import mark
from kiosk.screens.furniture import bottom_bar, card, done_button, page, wide_button
from kiosk.screens.redeeming import said
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import SurveyThanks
from kiosk.survey.pipe import NAMED
from kiosk.ui.nodes import Align, Column, Gap, Insets, Line, Look, Node, Picture, Row, Scene, text
from kiosk.ui.theme import Colour, Fill, Style

PICTURED, BETWEEN_MM = 0.4, GAP_MM * 4
"""Share of the width that the picture takes when the glass lies, and the gap beside it."""


def survey_thanks(sight: Sight, on_page: SurveyThanks) -> Scene:
    """The whole page."""
    head = said(sight, sight.words.say("survey_thanks.title"), _line(sight, on_page), roomy=True)
    rows = _told(sight, on_page)
    told = (card(Column(items=rows, gap=4), padding=Insets.xy(7, 6)),) if rows else ()
    if sight.view.portrait or sight.session.big_text:
        panel = Gap(grow=1) if sight.session.big_text else _picture()
        return page(sight, "survey-thanks", (head, panel, *told), _bottom(sight))
    left = Column(items=(_picture(),), width=sight.view.inner_mm * PICTURED)
    right = Column(items=(head, Gap(grow=1), *told), gap=GAP_MM * 2, grow=1)
    both = Row(items=(left, right), gap=BETWEEN_MM, align=Align.STRETCH, grow=1)
    return page(sight, "survey-thanks", (both,), _bottom(sight))


def _line(sight: Sight, on_page: SurveyThanks) -> str:
    """The author's words, unless an answer would stand in them; else ours."""
    document = sight.content.survey(on_page.survey_id) if sight.world.content is not None else None
    words = document.survey.completed_html if document is not None else None
    theirs = words.in_(sight.session.language) if words is not None else ""
    if theirs and not NAMED.search(theirs):
        return theirs
    return sight.words.say("survey_thanks.line")


def _picture() -> Node:
    picture = Picture(name="feedback", tint=Fill.MINT, radius=7, inset=0.03, grow=1, min_height=46)
    return card(picture, padding=Insets.all(5.5), grow=1)


def _told(sight: Sight, on_page: SurveyThanks) -> tuple[Node, ...]:
    """Points and what they mean, and that no name went with the answers; parted by lines."""
    rows: list[Node] = []
    if on_page.points:
        rows.append(_points(sight, on_page.points))
    if on_page.anonymous:
        words = sight.words
        title, line = words.say("survey_thanks.nameless"), words.say("survey_thanks.nameless_line")
        rows.append(_row("eye-off", title, line))
    parts: list[Node] = []
    for row in rows:
        parts += [Line(), row] if parts else [row]
    return tuple(parts)


def _points(sight: Sight, points: int) -> Node:
    words = sight.words
    promised = words.say("survey_thanks.points", points=words.points(points))
    return _row("gift", promised, _nearer(sight, points) or words.say("survey_thanks.later"))


def _nearer(sight: Sight, points: int) -> str:
    """How far the next reward is with these points; nothing where none is ahead."""
    way = sight.summary.distance if sight.session.visitor is not None else None
    if way is None:
        return ""
    words, left = sight.words, way.missing - points
    name = way.reward.short_name.in_(sight.session.language)
    if left <= 0:
        return words.say("survey_thanks.reached", reward=name)
    return words.say("survey_thanks.left", reward=name, left=words.points(left))


def _row(icon: str, title: str, line: str) -> Node:
    told = (
        text(title, Style.HEADING, max_lines=2, shrink_to=0.7),
        text(line, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.8),
    )
    return Row(items=(mark(icon), Column(items=told, gap=1.5, grow=1)), gap=6)


def _bottom(sight: Sight) -> Node:
    words = sight.words
    if sight.session.visitor is None:
        to_start = words.say("notice.to_start")
        return bottom_bar(wide_button("done", "exit", to_start, Look.SECONDARY, grow=1))
    home = wide_button("back", "arrow-left", words.say("notice.to_member"), Look.SECONDARY, grow=1)
    return bottom_bar(home, done_button(sight))
