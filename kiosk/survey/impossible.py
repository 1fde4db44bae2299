"""What no answer could ever satisfy, and what could never be asked: an author's slip each time."""

from collections.abc import Iterator
from datetime import date

from kiosk.survey.beginning import asks, depends_on_the_day
from kiosk.survey.document import Document, Kind
from kiosk.survey.expressions.compare import FIGURE, exceeds, same
from kiosk.survey.expressions.names import steps_of
from kiosk.survey.expressions.numbers import is_numeric
from kiosk.survey.expressions.values import Value, from_json
from kiosk.survey.form import Form, SetValueTrigger
from kiosk.survey.layout import layout_of
from kiosk.survey.parts import Words
from kiosk.survey.pipe import NAMED
from kiosk.survey.places import Location, Trouble, placed
from kiosk.survey.questions import (
    AnyElement,
    BooleanQuestion,
    CheckboxQuestion,
    CommentQuestion,
    Question,
    TextQuestion,
)
from kiosk.survey.references import known_names
from kiosk.survey.scope import choices_of, has_several
from kiosk.survey.validators import (
    AnswerCountValidator,
    NumericValidator,
    TextValidator,
    Validator,
)

Slip = tuple[Location, str]
"""A place within a question, and what is wrong there."""


def impossible(document: Document) -> Iterator[Trouble]:
    """Everything of a document that nobody could ever fulfil or see."""
    form = document.survey
    known = known_names(form)
    for location, element in placed(form):
        for inside, reason in _slips(element, known):
            yield Trouble((*location, *inside), f"question `{element.name}`: {reason}")
    for name in _named(form.completed_html, known):
        reason = f"`completedHtml` cannot name `{{{name}}}`: no answer stays on the screen"
        yield Trouble(("survey", "completedHtml"), reason)
    yield from _settings(form)


def never_asked(document: Document) -> Iterator[Trouble]:
    """Whether nobody would ever be asked anything; for a document that is sound otherwise."""
    form = document.survey
    if document.kind is not Kind.PROFILE and not depends_on_the_day(form) and not asks(form):
        yield Trouble(("survey",), "asks nothing at its beginning, so it could never be answered")


def _slips(element: AnyElement, known: frozenset[str]) -> Iterator[Slip]:
    if isinstance(element, TextQuestion):
        yield from _limits(element)
    if isinstance(element, Question):
        for at, validator in enumerate(element.validators):
            for name, reason in _never_holds(validator, element):
                yield ("validators", at, name), reason
    for at, choice in enumerate(choices_of(element)):
        for name in _named(choice.text, known):
            yield ("choices", at, "text"), f"a choice's text cannot name `{{{name}}}`"
    if isinstance(element, CheckboxQuestion) and element.min_selected_choices > len(
        element.choices
    ):
        yield ("minSelectedChoices",), "asks for more choices than it has"


# -- limits and validators -----------------------------------------------------------------


def _limits(question: TextQuestion) -> Iterator[Slip]:
    for name, limit in (("min", question.min), ("max", question.max)):
        if isinstance(limit, str) and not _is_day(limit, question.input_type):
            wanted = (
                "a day as 2026-03-01" if question.input_type == "date" else "a month as 2026-03"
            )
            yield (name,), f"`{name}` should be {wanted}, not `{limit}`"
    least, most = from_json(question.min), from_json(question.max)
    if least is not None and most is not None and exceeds(least, most):
        yield ("min",), "`min` is above `max`"


def _is_day(text: str, kind: str) -> bool:
    """Whether a text is a day of the calendar, or for `month` a month."""
    whole = f"{text}-01" if kind == "month" else text
    try:
        return date.fromisoformat(whole).isoformat() == whole
    except ValueError:
        return False


def _never_holds(validator: Validator, question: Question) -> Iterator[tuple[str, str]]:
    match validator:
        case NumericValidator(min_value=least, max_value=most):
            if least is not None and most is not None and least > most:
                yield "minValue", "`minValue` is above `maxValue`"
        case TextValidator(min_length=least, max_length=most):
            if 0 < most < least:
                yield "minLength", "`minLength` is above `maxLength`"
            typed = isinstance(question, TextQuestion | CommentQuestion)
            if typed and 0 < (getattr(question, "max_length", 0) or 0) < least:
                yield "minLength", "`minLength` is above the question's `maxLength`"
        case AnswerCountValidator():
            yield from _count(validator, question)


def _count(validator: AnswerCountValidator, question: Question) -> Iterator[tuple[str, str]]:
    least, most = validator.min_count or 0, validator.max_count or 0
    if not has_several(question):
        yield "type", "only a question with several answers has the validator `answercount`"
        return
    if 0 < most < least:
        yield "minCount", "`minCount` is above `maxCount`"
    if least > len(choices_of(question)):
        yield "minCount", "asks for more choices than it has"
    if isinstance(question, CheckboxQuestion) and 0 < question.max_selected_choices < least:
        yield "minCount", "asks for more choices than it allows"


def _named(words: Words | None, known: frozenset[str]) -> Iterator[str]:
    """Answers named by words that are shown as they are."""
    texts = (words.default, words.en, words.zh) if words else ()
    for name in dict.fromkeys(one[1].strip() for text in texts for one in NAMED.finditer(text)):
        if steps_of(name)[0].name in known:
            yield name


# -- triggers ------------------------------------------------------------------------------


def _settings(form: Form) -> Iterator[Trouble]:
    """Triggers that put an answer where it cannot stand."""
    questions = layout_of(form).questions
    for at, trigger in enumerate(form.triggers):
        if not isinstance(trigger, SetValueTrigger) or trigger.set_value is None:
            continue
        question = questions.get(trigger.set_to_name)
        if isinstance(question, Question) and not _can_hold(question, from_json(trigger.set_value)):
            reason = f"trigger {at + 1}: `{question.name}` cannot hold `{trigger.set_value}`"
            yield Trouble(("survey", "triggers", at, "setValue"), reason)


def _can_hold(question: Question, value: Value) -> bool:
    if isinstance(question, BooleanQuestion):
        return value in (from_json(question.value_true), from_json(question.value_false))
    if isinstance(question, TextQuestion):
        return _can_be_typed(question, value)
    if isinstance(question, CommentQuestion):
        return isinstance(value, str)
    chosen = value if isinstance(value, tuple) else (value,)
    offered = [from_json(one.value) for one in choices_of(question)]
    known = all(any(same(one, other, FIGURE) for other in offered) for one in chosen)
    return known and isinstance(value, tuple) == has_several(question)


def _can_be_typed(question: TextQuestion, value: Value) -> bool:
    match question.input_type:
        case "number":
            return isinstance(value, float | str) and is_numeric(value)
        case "date" | "month":
            return isinstance(value, str) and _is_day(value, question.input_type)
        case _:
            return isinstance(value, str)
