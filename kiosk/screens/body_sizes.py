"""How much room a question's body cannot do without, so that a page can be laid out around it."""

from kiosk.screens.asked import run_of, said, text_mm
from kiosk.screens.choice_list import LEAST_MM
from kiosk.screens.questions import FIELD_MM, NOTE_MM, WORDS_MM, quiet_mm, texts
from kiosk.screens.scales import (
    LEAST_FACE_MM,
    LEAST_NUMBER_MM,
    LEAST_STAR_MM,
    ends_mm,
    is_named,
    is_scale,
)
from kiosk.screens.view import GAP_MM, Sight
from kiosk.screens.wheels import wheels_mm
from kiosk.screens.yes_no import LEAST_YES_MM
from kiosk.session.answering import is_answered
from kiosk.session.states import Asking
from kiosk.survey.questions import (
    BooleanQuestion,
    ChoosingQuestion,
    CommentQuestion,
    RatingQuestion,
    TextQuestion,
)
from kiosk.survey.scope import choice_words
from kiosk.ui.theme import Style

_TOLD_MM = 22.0
"""The line below the wheels."""


def least_mm(sight: Sight, asking: Asking, width: float) -> float:
    """The least height in which a question can be answered, its texts and a fault included."""
    noted = asking.faults or (is_answered(asking) and not asking.touched)
    below = NOTE_MM + GAP_MM if noted else 0.0
    above = sum(quiet_mm(sight, words, width) for words in texts(sight, asking))
    return above + _answers_mm(sight, asking, width) + below


def is_tall(sight: Sight, asking: Asking) -> bool:
    """Whether the answers stand below each other rather than in one row."""
    element = asking.run.layout.elements[asking.question]
    if isinstance(element, RatingQuestion):
        return not is_scale(element, sight.session.language)
    return isinstance(element, ChoosingQuestion) or asking.wheels is not None


def _answers_mm(sight: Sight, asking: Asking, width: float) -> float:
    element = asking.run.layout.elements[asking.question]
    match element:
        case RatingQuestion() if not is_tall(sight, asking):
            return _scale_mm(sight, asking, element, width)
        case BooleanQuestion():
            return LEAST_YES_MM
        case CommentQuestion():
            return WORDS_MM
        case TextQuestion() if asking.wheels is not None:
            return wheels_mm(sight) + _TOLD_MM
        case TextQuestion():
            return FIELD_MM
        case _:
            return LEAST_MM


def _scale_mm(sight: Sight, asking: Asking, question: RatingQuestion, width: float) -> float:
    language = run_of(sight, asking).language
    ends = question.min_rate_description, question.max_rate_description
    below = ends_mm(sight, (said(sight, asking, ends[0]), said(sight, asking, ends[1])), width)
    if question.rate_type != "smileys":
        stars = question.rate_type == "stars"
        return (LEAST_STAR_MM if stars else LEAST_NUMBER_MM) + below
    labels = [choice_words(one, language) for one in question.steps]
    named = is_named(question)
    wide = width / len(labels) - 6
    names = max(text_mm(sight, one, Style.HEADING, wide, 2) for one in labels) if named else 0
    return LEAST_FACE_MM + names + below
