"""Scores of one question: would they recommend us, were they satisfied; never of too few."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.survey.questions import AnyElement, RatingQuestion
from sim.hq.statistics.intervals import Interval, net_share, share

PROMOTER_FROM = 9
DETRACTOR_TO = 6
RECOMMEND_STEPS = tuple(range(11))
"""Reichheld F (2003): The one number you need to grow. Harvard Business Review 81(12):46-54."""

SMILEYS = 5
SATISFIED_STEPS = 2
"""The two most content of five smileys."""


class Measure(StrEnum):
    """What a question measures."""

    NPS = "nps"
    CSAT = "csat"


@dataclass(frozen=True, slots=True)
class Scale:
    """How a question's answers count.

    Attributes:
        above: answers that count for it: promoters, satisfied people.
        below: answers that count against it; none for a plain share.
        steps: all answers there are, the lowest first.
    """

    measure: Measure
    steps: tuple[float, ...]
    above: frozenset[float]
    below: frozenset[float] = frozenset()


@dataclass(frozen=True, slots=True)
class Score:
    """A score of so many answers.

    Attributes:
        n: answers it is made of.
        missing: how many more it takes before it is told.
        found: from -1 to 1 for NPS, 0 to 1 for CSAT; None while it is not told.
    """

    n: int
    missing: int
    found: Interval | None


def scale_of(question: AnyElement) -> Scale | None:
    """How the answers to this question are scored; None for one that measures nothing.

    A rating from 0 to 10 asks for recommendation, five smileys ask for satisfaction: that is what
    people know these two scales for.
    """
    if not isinstance(question, RatingQuestion):
        return None
    steps = tuple(one.value for one in question.steps)
    numbers = tuple(float(one) for one in steps if isinstance(one, int | float))
    if len(numbers) < len(steps):
        return None
    if numbers == RECOMMEND_STEPS:
        above = frozenset(one for one in numbers if one >= PROMOTER_FROM)
        below = frozenset(one for one in numbers if one <= DETRACTOR_TO)
        return Scale(Measure.NPS, numbers, above, below)
    if question.rate_type == "smileys" and len(numbers) == SMILEYS:
        return Scale(Measure.CSAT, numbers, frozenset(sorted(numbers)[-SATISFIED_STEPS:]))
    return None


def score(scale: Scale, counts: Mapping[float, int], minimum: int) -> Score:
    """What answers come to on this scale.

    Args:
        scale: of the question.
        counts: how often each answer was given; those that are no step of the scale are left out.
        minimum: with fewer answers nothing is told.
    """
    n = sum(counts.get(one, 0) for one in scale.steps)
    if n < minimum or n == 0:
        return Score(n, max(minimum, 1) - n, None)
    above = sum(counts.get(one, 0) for one in scale.above)
    below = sum(counts.get(one, 0) for one in scale.below)
    if scale.measure is Measure.NPS:
        return Score(n, 0, net_share(above, below, n))
    return Score(n, 0, share(above, n))
