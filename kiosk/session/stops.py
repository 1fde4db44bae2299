"""Where a survey stops: the questions of each page one by one, and how far somebody has come."""

from kiosk.survey.questions import (
    AnyQuestion,
    BooleanQuestion,
    DropdownQuestion,
    ExpressionQuestion,
    HtmlElement,
    Panel,
    PictureQuestion,
    Question,
    RadioQuestion,
    RatingQuestion,
)
from kiosk.survey.run import Run

Text = HtmlElement | ExpressionQuestion | Panel
"""What a page says without asking."""

_ONE_TOUCH = (RadioQuestion, DropdownQuestion, RatingQuestion, BooleanQuestion)


def stops(run: Run, page: str) -> tuple[str, ...]:
    """What a page puts to the person, one after the other.

    Questions that take an answer now; a page without any stops at its first text or figure.
    """
    there = tuple(
        name
        for name in run.visible_elements(page)
        if not isinstance(run.layout.elements[name], Panel)
    )
    asked = tuple(
        name
        for name in there
        if isinstance(run.layout.elements[name], Question) and not run.is_locked(name)
    )
    return asked or there[:1]


def all_stops(run: Run) -> tuple[str, ...]:
    """The stops of every page that can be opened now; answers change how many there are."""
    return tuple(name for page in run.visible_pages() for name in stops(run, page))


def progress(run: Run, question: str) -> tuple[int, int]:
    """Which stop this is, counted from 1, and how many there are with the answers so far."""
    there = all_stops(run)
    at = there.index(question) + 1 if question in there else len(there)
    return at, len(there)


def texts_beside(run: Run, question: str) -> tuple[Text, ...]:
    """What the page says before a stop, since the one before it: texts, figures, panels' titles.

    What stands below the page's last question belongs to that one.
    """
    page = run.layout.page_of[question]
    there, found = stops(run, page), list[Text]()
    for name in run.visible_elements(page):
        element = run.layout.elements[name]
        if name == question and question != there[-1]:
            break
        if name in there and name != question:
            found.clear()
        elif name != question and isinstance(element, HtmlElement | ExpressionQuestion | Panel):
            found.append(element)
    return tuple(found)


def asked(run: Run, name: str) -> AnyQuestion | None:
    """The question of this name; None for a text or a figure."""
    element = run.layout.elements[name]
    if isinstance(element, Panel | HtmlElement | ExpressionQuestion):
        return None
    return element


def is_one_touch(run: Run, name: str) -> bool:
    """Whether a single touch is a whole answer."""
    question = asked(run, name)
    if isinstance(question, PictureQuestion):
        return not question.multi_select
    return isinstance(question, _ONE_TOUCH)


def is_required(run: Run, name: str) -> bool:
    """Whether nobody gets past without an answer."""
    question = asked(run, name)
    return question is not None and (question.is_required or name in run.required)
