"""What of a value of the profile may be shown, where others look on."""

from collections.abc import Iterable

from kiosk.model.masks import masked_email, masked_name, masked_phone
from kiosk.model.text import Language
from kiosk.survey.document import Note, Sensitivity
from kiosk.survey.expressions.numbers import to_text
from kiosk.survey.expressions.values import Value, from_json
from kiosk.survey.questions import (
    AnyQuestion,
    BooleanQuestion,
    ChoosingQuestion,
    CommentQuestion,
    ExpressionQuestion,
    RatingQuestion,
    TextQuestion,
)
from kiosk.survey.scope import choice_words, choices_of, has_several, truth_words

HIDDEN = "*"
"""Stands for what is not shown (kiosk/model/masks.py)."""

_DATES = frozenset({"date", "month"})


def is_open_choice(question: AnyQuestion | ExpressionQuestion, note: Note) -> bool:
    """Whether its answer is one of its choices and may stand on the glass as it is."""
    chosen = isinstance(question, ChoosingQuestion | RatingQuestion | BooleanQuestion)
    return chosen and note.sensitivity is Sensitivity.NORMAL


def chosen_values(question: AnyQuestion | ExpressionQuestion, shown: str) -> object:
    """The answer that HQ's row tells of: one value, or a list of those that are still offered."""
    values = {_key(value): value for value in _values(question)}
    if not has_several(question):
        return values.get(_key(shown))
    told = (values.get(_key(part)) for part in shown.split(","))
    return [value for value in told if value is not None]


def shown_words(
    question: AnyQuestion, note: Note, shown: str, language: Language
) -> tuple[str, ...]:
    """What may be shown of a value, by what `as_shown` or HQ's row says of it.

    Nothing: it is there, and that is all. Of what is personal only what is masked is shown; a
    date never: it has nothing left to mask.
    """
    if is_open_choice(question, note):
        return _choice_words(question, shown, language)
    if _is_date(question) or not shown.strip(f"{HIDDEN} "):
        return ()
    is_safe = HIDDEN in shown or note.sensitivity is Sensitivity.NORMAL
    return (shown,) if is_safe else ()


def as_shown(question: AnyQuestion, note: Note, value: object) -> str:
    """What may be kept of a value to be shown: choices as they are, of everything else a mask."""
    if is_open_choice(question, note):
        return to_text(from_json(value))
    if not isinstance(question, TextQuestion | CommentQuestion):
        return HIDDEN  # the first letter of a choice would tell all of it
    if not isinstance(value, str | int | float) or isinstance(value, bool) or _is_date(question):
        return ""
    said = to_text(from_json(value)).strip()
    is_safe = note.sensitivity is Sensitivity.NORMAL and not _is_contact(question)
    return said if is_safe else _masked(question, said)


def _masked(question: AnyQuestion, said: str) -> str:
    """李*, 138****5678, l*@qq.com: enough to tell whether it is right, and no more."""
    match _input_type(question):
        case "tel":
            return masked_phone(said)
        case "email":
            return masked_email(said)
        case _:
            return masked_name(said)


def _choice_words(question: AnyQuestion, shown: str, language: Language) -> tuple[str, ...]:
    told = chosen_values(question, shown)
    if told is None:
        return ()
    several = told if isinstance(told, list) else (told,)
    return tuple(_words_of(question, from_json(one), language) for one in several)


def _words_of(question: AnyQuestion, value: Value, language: Language) -> str:
    if isinstance(question, BooleanQuestion):
        return truth_words(question, value, language)
    for choice in choices_of(question):
        if from_json(choice.value) == value:
            return choice_words(choice, language)
    return to_text(value)


def _values(question: AnyQuestion | ExpressionQuestion) -> Iterable[object]:
    if isinstance(question, BooleanQuestion):
        return (question.value_true, question.value_false)
    return (choice.value for choice in choices_of(question))


def _key(value: object) -> str:
    return to_text(from_json(value)).strip().lower()


def _input_type(question: AnyQuestion) -> str:
    return question.input_type if isinstance(question, TextQuestion) else ""


def _is_date(question: AnyQuestion) -> bool:
    return _input_type(question) in _DATES


def _is_contact(question: AnyQuestion) -> bool:
    """Whether it leads to a person, whatever HQ says of it."""
    return _input_type(question) in ("tel", "email")
