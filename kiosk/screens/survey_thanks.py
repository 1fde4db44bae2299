"""Thanks for a survey: what it earns, how near the next reward is now; nothing of the answers."""

from kiosk.screens.redeeming import said
from kiosk.screens.thanking import follows, thanking, what_follows
from kiosk.screens.view import Sight
from kiosk.session.states import SurveyThanks
from kiosk.survey.pipe import NAMED
from kiosk.ui.nodes import Node, Scene


def survey_thanks(sight: Sight, on_page: SurveyThanks) -> Scene:
    """The whole page."""
    head = said(sight, sight.words.say("survey_thanks.title"), _line(sight, on_page), roomy=True)
    return thanking(sight, "survey-thanks", head, what_follows(_told(sight, on_page)))


def _line(sight: Sight, on_page: SurveyThanks) -> str:
    """The author's words, unless an answer would stand in them; else ours."""
    document = sight.content.survey(on_page.survey_id) if sight.world.content is not None else None
    words = document.survey.completed_html if document is not None else None
    theirs = words.in_(sight.session.language) if words is not None else ""
    if theirs and not NAMED.search(theirs):
        return theirs
    return sight.words.say("survey_thanks.line")


def _told(sight: Sight, on_page: SurveyThanks) -> list[Node]:
    """Points and what they mean, and that no name went with the answers."""
    words, rows = sight.words, list[Node]()
    if on_page.points:
        rows.append(_points(sight, on_page.points))
    if on_page.anonymous:
        line = words.say("survey_thanks.nameless_line")
        rows.append(follows("eye-off", words.say("survey_thanks.nameless"), (line,)))
    return rows


def _points(sight: Sight, points: int) -> Node:
    words = sight.words
    promised = words.say("survey_thanks.points", points=words.points(points))
    line = _nearer(sight, points) or words.say("survey_thanks.later")
    return follows("gift", promised, (line,))


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
