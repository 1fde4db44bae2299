"""What is wrong with an answer before a page may be left."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.survey.expressions.evaluate import evaluate, is_fulfilled
from kiosk.survey.expressions.numbers import as_number, is_numeric, to_text
from kiosk.survey.expressions.values import UNDEFINED, Moment, Value, is_empty, is_truthy
from kiosk.survey.parts import Words
from kiosk.survey.questions import (
    AnyQuestion,
    CheckboxQuestion,
    ExpressionQuestion,
    TextQuestion,
)
from kiosk.survey.run import Run
from kiosk.survey.typed import is_blank, limit_text, too_large, too_small
from kiosk.survey.units import utf16_units
from kiosk.survey.validators import (
    AnswerCountValidator,
    EmailValidator,
    ExpressionValidator,
    NumericValidator,
    RegexValidator,
    TextValidator,
    Validator,
)


class Flaw(StrEnum):
    """Why an answer will not do."""

    MISSING = "missing"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_FEW = "too_few"
    NO_NUMBER = "no_number"
    LENGTH = "length"
    DIGITS = "digits"
    COUNT = "count"
    PATTERN = "pattern"
    EMAIL = "email"
    CONDITION = "condition"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an answer.

    Attributes:
        words: what the survey's author says about it; None: the screen's own words for the flaw.
        limit: the border that was crossed, for `{0}` in the author's words.
    """

    question: str
    flaw: Flaw
    words: Words | None = None
    limit: str = ""


def faults_on_page(run: Run, page: str, now: Moment) -> tuple[Fault, ...]:
    """Everything wrong on a page, in the order of its questions; empty when it may be left."""
    return tuple(
        fault for name in run.visible_questions(page) for fault in faults_of(run, name, now)
    )


def faults_of(run: Run, name: str, now: Moment) -> tuple[Fault, ...]:
    """What is wrong with one question's answer; nothing while it is hidden or locked."""
    question = run.layout.questions[name]
    if name in run.hidden or isinstance(question, ExpressionQuestion) or run.is_locked(name):
        return ()
    value = run.shown.get(name, UNDEFINED)
    first = _own(run, question, value, now)
    return first or tuple(
        Fault(name, flaw, validator.text)
        for validator in question.validators
        if (flaw := _checked(validator, value, run, name, now))
    )


def _own(run: Run, question: AnyQuestion, value: Value, now: Moment) -> tuple[Fault, ...]:
    """What the question itself asks for, before its validators are asked."""
    name, faults = question.name, []
    if is_blank(value) and (question.is_required or name in run.required):
        faults.append(Fault(name, Flaw.MISSING, question.required_error_text))
    if isinstance(question, CheckboxQuestion) and _too_few(question, value):
        faults.append(Fault(name, Flaw.TOO_FEW))
    if isinstance(question, TextQuestion):
        if too_small(question, value, now):
            least = limit_text(question.min)
            faults.append(Fault(name, Flaw.TOO_SMALL, question.min_error_text, least))
        if too_large(question, value, now):
            most = limit_text(question.max)
            faults.append(Fault(name, Flaw.TOO_LARGE, question.max_error_text, most))
        if _is_no_address(question, value):
            faults.append(Fault(name, Flaw.EMAIL))
    return tuple(faults)


def _too_few(question: CheckboxQuestion, value: Value) -> bool:
    chosen = len(value) if isinstance(value, tuple) else 0
    return chosen < question.min_selected_choices


def _is_no_address(question: TextQuestion, value: Value) -> bool:
    checked = any(isinstance(one, EmailValidator) for one in question.validators)
    return question.input_type == "email" and not checked and _email(value) is not None


def _checked(validator: Validator, value: Value, run: Run, name: str, now: Moment) -> Flaw | None:
    match validator:
        case NumericValidator():
            return _numeric(validator, value)
        case TextValidator():
            return _text(validator, value)
        case AnswerCountValidator():
            return _count(validator, value)
        case RegexValidator():
            return _pattern(validator, value)
        case EmailValidator():
            return _email(value)
        case ExpressionValidator():
            held = evaluate(validator.expression.node, run.scope(name), now)
            return None if is_fulfilled(held) else Flaw.CONDITION


def _numeric(validator: NumericValidator, value: Value) -> Flaw | None:
    if is_blank(value):
        return None
    if not is_numeric(value):
        return Flaw.NO_NUMBER
    number = as_number(value)
    if validator.min_value is not None and number < validator.min_value:
        return Flaw.TOO_SMALL
    if validator.max_value is not None and number > validator.max_value:
        return Flaw.TOO_LARGE
    return None


def _text(validator: TextValidator, value: Value) -> Flaw | None:
    if is_blank(value):
        return None
    text = to_text(value)
    if not validator.allow_digits and text[-1:].isascii() and text[-1:].isdigit():
        return Flaw.DIGITS
    if not isinstance(value, str | tuple):
        return None
    length = len(value) if isinstance(value, tuple) else len(utf16_units(value))
    short = validator.min_length > 0 and length < validator.min_length
    return Flaw.LENGTH if short or 0 < validator.max_length < length else None


def _count(validator: AnswerCountValidator, value: Value) -> Flaw | None:
    if not isinstance(value, tuple) or not value:
        return None
    if validator.min_count and len(value) < validator.min_count:
        return Flaw.COUNT
    return Flaw.COUNT if validator.max_count and len(value) > validator.max_count else None


def _pattern(validator: RegexValidator, value: Value) -> Flaw | None:
    if is_blank(value):
        return None
    regex = validator.regex.any_case if validator.case_insensitive else validator.regex.plain
    texts = [to_text(value)]
    if isinstance(value, tuple):
        texts += [to_text(one) for one in value]
    return None if all(map(regex.search, texts)) else Flaw.PATTERN


def _email(value: Value) -> Flaw | None:
    if not is_truthy(value) or is_empty(value):
        return None
    text = to_text(value)
    name, _, domain = text.rpartition("@")
    quoted = len(name) > 2 and name[0] == name[-1] == '"'
    labels = domain.split(".")
    last = len(labels) > 1 and len(labels[-1]) > 1
    well = last and "=" not in domain and all(map(_is_label, labels))
    named = quoted or all(map(_is_label, name.split(".")))
    return None if well and named else Flaw.EMAIL


def _is_label(text: str) -> bool:
    return bool(text) and not any(sign in _NOT_IN_ADDRESSES for sign in text)


_NOT_IN_ADDRESSES = frozenset('<>()[],;:@".') | frozenset(
    "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
)
