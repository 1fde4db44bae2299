"""Answers inside texts: `{name}` in a title becomes what was answered, as people read it."""

import re

from kiosk.survey.expressions.names import steps_of
from kiosk.survey.expressions.numbers import to_text
from kiosk.survey.expressions.values import is_empty
from kiosk.survey.parts import Words
from kiosk.survey.run import Run
from kiosk.survey.validate import Fault

NAMED = re.compile(r"\{([^{}:]+)\}")
"""A name inside a text; braces with a colon in them are plain text."""


def text_of(run: Run, words: Words | None, owner: str = "") -> str:
    """A text in the run's language, answers in place of their names; "" for none.

    Args:
        owner: the question it belongs to, for `{self}` and `{panel.name}`.
    """
    if words is None:
        return ""
    return NAMED.sub(lambda found: _piped(run, found, owner), words.in_(run.language))


def fault_text(run: Run, fault: Fault) -> str:
    """What an author says about a fault; `{0}` is the border that was crossed, "" for none."""
    return text_of(run, fault.words, fault.question).replace("{0}", fault.limit or "{0}")


def _piped(run: Run, found: re.Match[str], owner: str) -> str:
    name, scope = found[1].strip(), run.scope(owner)
    there, value = scope.find(name)
    if not there:
        return found[0]
    if is_empty(value):
        return ""
    first, *rest = steps_of(scope.local(name))
    question = "" if rest else scope.question_named(first.name)
    return scope.words(question, value) if question else to_text(value)
