"""What a question says: title, description, what may be chosen, what is wrong with an answer."""

from dataclasses import dataclass, replace

from kiosk.screens.around import line_mm, lines_in
from kiosk.screens.view import Sight
from kiosk.session.answering import is_answered
from kiosk.session.states import Asking
from kiosk.session.stops import asked, is_required, progress
from kiosk.survey.parts import Words
from kiosk.survey.pipe import fault_text, text_of
from kiosk.survey.questions import (
    AnyQuestion,
    CheckboxQuestion,
    ExpressionQuestion,
    HtmlElement,
    PictureQuestion,
    TextQuestion,
)
from kiosk.survey.run import Run
from kiosk.survey.typed import limit_text
from kiosk.survey.validate import Fault, Flaw
from kiosk.ui.nodes import Align, Icon, Node, Row, Text, text
from kiosk.ui.theme import Colour, Style


@dataclass(frozen=True, slots=True)
class Room:
    """Millimetres that a body may take."""

    width: float
    height: float


_TITLES = ((Style.DISPLAY, 2), (Style.HEADLINE, 3), (Style.TITLE, 4), (Style.HEADING, 6))
"""How a title is set, and in how many lines at most: the first that holds it."""

TITLE_STEPS = len(_TITLES) + 1

_LAST_TITLE = (Style.BODY, 8)


def run_of(sight: Sight, asking: Asking) -> Run:
    """The run in the language of the screen."""
    return replace(asking.run, language=sight.session.language)


def said(sight: Sight, asking: Asking, words: Words | None) -> str:
    """A text of the question's, with answers in place of their names."""
    return text_of(run_of(sight, asking), words, asking.question)


def title(
    sight: Sight, asking: Asking, width: float, colour: Colour = Colour.WHITE, least: int = 0
) -> Text:
    """The question in the largest type that holds it.

    Args:
        width: of the room, mm.
        least: steps of type that are left out, where there is little room.
    """
    words = title_words(sight, asking)
    style, lines = _set(sight, words, width, least)
    return text(words, style, colour, max_lines=lines, shrink_to=0.7)


def title_words(sight: Sight, asking: Asking) -> str:
    """The question's title; a page of words has its page's, or the survey's."""
    element = asking.run.layout.elements[asking.question]
    if not isinstance(element, HtmlElement | ExpressionQuestion):
        return said(sight, asking, element.title) or asking.question
    page = asking.run.layout.pages[asking.run.layout.page_of[asking.question]]
    survey = asking.document.survey
    told = (said(sight, asking, one) for one in (element.title, page.title, survey.title))
    return next(filter(None, told), "")


def title_lines(sight: Sight, asking: Asking, width: float, least: int = 0) -> float:
    """About how high the title is, rather too much than too little."""
    words = title_words(sight, asking)
    style, lines = _set(sight, words, width, least)
    return text_mm(sight, words, style, width, lines)


def text_mm(sight: Sight, words: str, style: Style, width: float, most: int) -> float:
    """About how high words stand that break into so many lines at most; 0 for no words.

    A tenth of the width is left out: words of letters do not fill their lines.
    """
    lines = min(most, lines_in(sight, words, style, width * 0.9)) if words else 0
    return lines * line_mm(sight, style)


def _set(sight: Sight, words: str, width: float, least: int) -> tuple[Style, int]:
    for style, lines in _TITLES[least:]:
        if lines_in(sight, words, style, width) <= lines:
            return style, lines
    return _LAST_TITLE


def progress_words(sight: Sight, asking: Asking) -> str:
    """Question 1 of 4; and that it may be skipped, where it may."""
    at, count = progress(asking.run, asking.question)
    said = sight.words.say("survey.at", at=at, count=count)
    if asked(asking.run, asking.question) is None or is_required(asking.run, asking.question):
        return said
    return sight.words.say("survey.optional", at=said)


def description(sight: Sight, asking: Asking) -> str:
    """What the author says about the question; else how many choices it takes."""
    element = asking.run.layout.elements[asking.question]
    told = said(sight, asking, element.description)
    return told or how_many(sight, asked(asking.run, asking.question))


def how_many(sight: Sight, question: AnyQuestion | None) -> str:
    """How many choices a question takes; nothing where it takes one."""
    if isinstance(question, PictureQuestion) and question.multi_select:
        return sight.words.say("survey.several")
    if not isinstance(question, CheckboxQuestion):
        return ""
    least, most = question.min_selected_choices, question.max_selected_choices
    if most and most >= len(question.choices):
        most = 0
    if least > 1 and most:
        return sight.words.say("survey.between", least=least, most=most)
    if most:
        return sight.words.count("survey.up_to", most)
    if least > 1:
        return sight.words.say("survey.at_least", least=least)
    return sight.words.say("survey.several")


# -- below the answer ----------------------------------------------------------------------


def note(sight: Sight, asking: Asking) -> Node | None:
    """What is wrong; else that there is an answer already; nothing most of the time."""
    if asking.faults:
        return _fault(sight, asking, asking.faults[0])
    if is_answered(asking) and not asking.touched:
        words = sight.words.say("survey.answered")
        return _line("check-circle", words, Colour.PINE)
    return None


def _fault(sight: Sight, asking: Asking, fault: Fault) -> Node:
    words = fault_text(run_of(sight, asking), fault) or _flaw(sight, asking, fault)
    return _line("info", words, Colour.STOP, Style.STRONG)


def _line(icon: str, words: str, colour: Colour, style: Style = Style.MEDIUM) -> Node:
    said = text(words, style, colour, max_lines=2, shrink_to=0.8, align=Align.START, grow=1)
    return Row(items=(Icon(name=icon, size=8.5, colour=colour), said), gap=4, min_height=14)


def _flaw(sight: Sight, asking: Asking, fault: Fault) -> str:
    """What is wrong, in our words, and what to do."""
    question = asked(asking.run, fault.question)
    least, most = _limits(question)
    limits = {Flaw.TOO_SMALL: least, Flaw.TOO_FEW: least, Flaw.TOO_LARGE: most}
    limit, key = limits.get(fault.flaw, ""), fault.flaw.value
    if fault.flaw in limits and not limit:  # a limit of a validator, which the fault does not tell
        key = Flaw.CONDITION.value
    elif fault.flaw is Flaw.TOO_LARGE and isinstance(question, CheckboxQuestion):
        key = "too_many"
    return sight.words.say(f"survey.fault.{key}", limit=limit)


def _limits(question: AnyQuestion | None) -> tuple[str, str]:
    """The least and the most a question takes, as the author wrote them."""
    if isinstance(question, TextQuestion):
        least, most = question.min, question.max
        return limit_text(least), limit_text(most)
    if isinstance(question, CheckboxQuestion):
        return str(question.min_selected_choices or ""), str(question.max_selected_choices or "")
    return "", ""
