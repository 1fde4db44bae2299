"""How long a survey takes: a rule of thumb for authors, not a measurement.

The seconds are ours, for somebody standing who touches a large screen: a smiley is one touch, ticks
are several, typing on glass takes longest. Reading goes at 5 Chinese or 15 Latin characters a
second. What is asked only now and then counts a third.
"""

from kiosk.model.text import Language
from kiosk.survey.form import Form
from kiosk.survey.layout import layout_of
from kiosk.survey.parts import Words
from kiosk.survey.questions import (
    AnyQuestion,
    CommentQuestion,
    ExpressionQuestion,
    TextQuestion,
)
from kiosk.survey.scope import choices_of, has_several

PAGE_S = 1.0
"""To see that a new page is there, and to find the way on."""

TOUCH_S = 2.0
TICKS_S = 4.0
CHOICE_S = 0.3
WORDS_S = 6.0
TYPING_S = {"text": 10.0, "tel": 9.0, "number": 5.0, "date": 6.0, "month": 5.0, "email": 15.0}

CHINESE_PER_S = 5.0
LATIN_PER_S = 15.0
SOMETIMES = 1 / 3

_FIRST_CHINESE = "\u2e80"
"""Every script before it is read by words, what follows by signs (Unicode, CJK radicals)."""


def estimate_s(form: Form) -> float:
    """Seconds somebody takes for a survey, in whichever language takes longer."""
    return max(estimate_in_s(form, language) for language in Language)


def estimate_in_s(form: Form, language: Language) -> float:
    """Seconds a reader of this language takes for a survey."""
    layout = layout_of(form)
    total_s = sum(SOMETIMES if page.visible_if else 1.0 for page in form.pages) * PAGE_S
    for name, question in layout.questions.items():
        if isinstance(question, ExpressionQuestion):
            continue
        around = (layout.elements[one] for one in layout.around[name])
        page = layout.pages[layout.page_of[name]]
        seldom = any(one.visible_if for one in (question, page, *around))
        total_s += question_s(question, language) * (SOMETIMES if seldom else 1.0)
    return total_s


def question_s(question: AnyQuestion, language: Language) -> float:
    """Seconds for reading one question and answering it."""
    reading_s = sum(_reading_s(one, language) for one in (question.title, question.description))
    return reading_s + _answering_s(question)


def _answering_s(question: AnyQuestion) -> float:
    if isinstance(question, TextQuestion):
        return TYPING_S[question.input_type]
    if isinstance(question, CommentQuestion):
        return WORDS_S  # most leave it empty, some write a minute
    touch_s = TICKS_S if has_several(question) else TOUCH_S
    return touch_s + CHOICE_S * len(choices_of(question))


def _reading_s(words: Words | None, language: Language) -> float:
    text = words.in_(language) if words else ""
    chinese = sum(sign >= _FIRST_CHINESE for sign in text)
    return chinese / CHINESE_PER_S + (len(text) - chinese) / LATIN_PER_S
