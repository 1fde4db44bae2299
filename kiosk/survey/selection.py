"""Chosen values when choices come and go."""

from kiosk.survey.expressions.compare import FIGURE, same
from kiosk.survey.expressions.values import UNDEFINED, Value
from kiosk.survey.questions import CheckboxQuestion, ChoosingQuestion


def without_missing(
    question: ChoosingQuestion,
    chosen: Value,
    offered: tuple[Value, ...],
    aside: tuple[Value, ...],
) -> tuple[Value, tuple[Value, ...]]:
    """What stays chosen, undefined for nothing, and what is set aside.

    Of a question with several answers only the missing ones go; those of a checkbox come back
    when their choice does. Any other question loses its whole answer.
    """
    if not isinstance(chosen, tuple):
        return (chosen if _is_in(chosen, offered) else UNDEFINED), aside
    stay = [one for one in chosen if _is_in(one, offered)]
    if isinstance(question, CheckboxQuestion):
        back = [one for one in offered if _is_in(one, aside) and not _is_in(one, chosen)]
        gone = [one for one in chosen if not _is_in(one, offered) and not _is_in(one, aside)]
        stay, aside = [*stay, *back], (*aside, *gone)
    return (tuple(stay) if stay else UNDEFINED), aside


def _is_in(value: Value, values: tuple[Value, ...]) -> bool:
    return any(same(value, one, FIGURE) for one in values)
