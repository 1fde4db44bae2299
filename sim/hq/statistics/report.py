"""Everything HQ is told of one edition of a survey, counted in one pass over its responses."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

from kiosk.survey.document import Document
from kiosk.survey.questions import CheckboxQuestion, PictureQuestion, Question
from sim.hq.statistics.responses import Response
from sim.hq.statistics.scores import Scale, Score, scale_of, score
from sim.hq.statistics.walk import Walker


@dataclass(frozen=True, slots=True)
class Scored:
    """One question that measures something.

    Attributes:
        filtered: without doubtful answers; so are all that follow.
        raw: with them.
        weeks: by the week's Monday, the oldest first.
        shifts: by store and shift, of the answers whose time is known.
        staff: by who served, of the answers whose purchase says so.
    """

    name: str
    scale: Scale
    filtered: Score
    raw: Score
    weeks: Mapping[date, Score]
    stores: Mapping[str, Score]
    shifts: Mapping[tuple[str, str], Score]
    staff: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one question.

    Attributes:
        seen: people who saw it.
        left: how many of them walked away from it.
        answered: how many of them answered it.
        missing: how many more answers it takes before it is told what they were.
        counts: how often each answer was given; none while some are missing, and none of
            questions that take words.
        median_s: time spent on it by those who answered; None while too few times are known.
        p90_s: what nine of ten took at most.
    """

    name: str
    seen: int
    left: int
    answered: int
    missing: int
    counts: Mapping[Any, int]
    median_s: float | None
    p90_s: float | None

    @property
    def went_on(self) -> int:
        """How many of those who saw it went on."""
        return self.seen - self.left


@dataclass(frozen=True, slots=True)
class Report:
    """What one edition of a survey has brought.

    Attributes:
        raw: responses at all.
        flagged: doubtful ones of them, which nothing below but `Scored.raw` counts.
        complete: how many of the others went through to the end.
        missing: how many more it takes before anything is told.
    """

    raw: int
    flagged: int
    complete: int
    missing: int
    scored: tuple[Scored, ...]
    asked: tuple[Asked, ...]

    @property
    def filtered(self) -> int:
        """Responses that count."""
        return self.raw - self.flagged


def report(document: Document, responses: Iterable[Response], minimum: int) -> Report:
    """What these responses to this edition come to.

    Args:
        document: the edition that was answered.
        responses: all of them, the doubtful ones too.
        minimum: with fewer that count nothing but their number is told.
    """
    tally = _Tally(document)
    for one in responses:
        tally.add(one)
    return tally.report(minimum)


Counts = Counter[float]


def _by_group() -> defaultdict[Any, Counts]:
    return defaultdict(Counter)


@dataclass(slots=True)
class _ScoredTally:
    scale: Scale
    filtered: Counts = field(default_factory=Counter)
    raw: Counts = field(default_factory=Counter)
    weeks: defaultdict[date, Counts] = field(default_factory=_by_group)
    stores: defaultdict[str, Counts] = field(default_factory=_by_group)
    shifts: defaultdict[tuple[str, str], Counts] = field(default_factory=_by_group)
    staff: defaultdict[str, Counts] = field(default_factory=_by_group)

    def add(self, value: float, response: Response) -> None:
        self.raw[value] += 1
        if response.flagged:
            return
        self.filtered[value] += 1
        self.weeks[response.week][value] += 1
        self.stores[response.store_id][value] += 1
        if response.shift_id is not None:
            self.shifts[response.store_id, response.shift_id][value] += 1
        if response.staff_id is not None:
            self.staff[response.staff_id][value] += 1

    def scored(self, name: str, minimum: int) -> Scored:
        def grouped(groups: Mapping[Any, Counts]) -> dict[Any, Score]:
            return {key: score(self.scale, groups[key], minimum) for key in sorted(groups)}

        return Scored(
            name,
            self.scale,
            score(self.scale, self.filtered, minimum),
            score(self.scale, self.raw, minimum),
            grouped(self.weeks),
            grouped(self.stores),
            grouped(self.shifts),
            grouped(self.staff),
        )


@dataclass(slots=True)
class _AskedTally:
    takes_words: bool
    seen: int = 0
    left: int = 0
    counts: Counter[Any] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    answered: int = 0

    def add_answer(self, value: Any, seconds: float | None) -> None:
        self.answered += 1
        if not self.takes_words:
            self.counts.update(value if isinstance(value, list | tuple) else (value,))
        if seconds is not None:
            self.seconds.append(seconds)

    def asked(self, name: str, minimum: int) -> Asked:
        missing = max(0, max(minimum, 1) - self.answered)
        timed = self.seconds if len(self.seconds) >= minimum else []
        return Asked(
            name,
            self.seen,
            self.left,
            self.answered,
            missing,
            {} if missing else dict(self.counts),
            quantile(timed, 0.5),
            quantile(timed, 0.9),
        )


class _Tally:
    """Counts as responses come; it lives for one report."""

    def __init__(self, document: Document) -> None:
        questions = [
            one for one in document.survey.questions().values() if isinstance(one, Question)
        ]
        self._walker = Walker(document.survey)
        self._scored = {
            one.name: _ScoredTally(scale) for one in questions if (scale := scale_of(one))
        }
        self._asked = {one.name: _AskedTally(takes_words(one)) for one in questions}
        self._raw = self._flagged = self._complete = 0

    def add(self, response: Response) -> None:
        self._raw += 1
        for name, tally in self._scored.items():
            value = response.answers.get(name)
            if isinstance(value, int | float):
                tally.add(float(value), response)
        if response.flagged:
            self._flagged += 1
            return
        self._complete += response.complete
        self._add_way(response)
        for name, asked in self._asked.items():
            if name in response.answers:
                asked.add_answer(response.answers[name], response.seconds.get(name))

    def _add_way(self, response: Response) -> None:
        walk = self._walker.walk(response)
        for name in walk.passed:
            self._asked[name].seen += 1
        if walk.left_at is not None:
            self._asked[walk.left_at].seen += 1
            self._asked[walk.left_at].left += 1

    def report(self, minimum: int) -> Report:
        count = self._raw - self._flagged
        missing = max(0, max(minimum, 1) - count)
        scored = (tally.scored(name, minimum) for name, tally in self._scored.items())
        asked = (tally.asked(name, minimum) for name, tally in self._asked.items())
        told = missing == 0
        return Report(
            self._raw,
            self._flagged,
            self._complete,
            missing,
            tuple(scored) if told else (),
            tuple(asked) if told else (),
        )


def takes_words(question: Question) -> bool:
    """Whether people write their own answer to it, which is read and not counted."""
    return getattr(question, "type", "") in ("text", "comment")


def takes_several(question: Question) -> bool:
    """Whether people may choose more than one answer to it."""
    several = isinstance(question, PictureQuestion) and question.multi_select
    return several or isinstance(question, CheckboxQuestion)


def quantile(values: list[float], part: float) -> float | None:
    """The smallest value that at least this part of them does not exceed (nearest rank)."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(part * len(values)) - 1)]
