"""The page of one survey edition: its tiles and its charts, made of a report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from kiosk.model.text import Language
from kiosk.survey.document import Document
from kiosk.survey.questions import (
    BooleanQuestion,
    ChoosingQuestion,
    Question,
    RatingQuestion,
)
from sim.hq.charted import Charting, Picture, Table, percent, shown
from sim.hq.charts.shapes import Axis, Bar, Column, Columns, Dot, Dots, Group, Size, Tone
from sim.hq.statistics.report import Asked, Report, Scored, takes_several
from sim.hq.statistics.scores import SATISFIED_STEPS, Measure, Score

STEP_S = 5
"""Of the scale of times."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One large figure.

    Attributes:
        line: what it is made of.
    """

    value: str
    title: str
    line: str
    small: str = ""


@dataclass(frozen=True, slots=True)
class Distribution:
    """What was answered to one question.

    Attributes:
        picture: None while too few have answered.
        missing: how many more answers it takes, in words.
    """

    title: str
    picture: Picture | None
    several: bool
    missing: str = ""


class SurveyCharts:
    """Makes what the page of one edition shows.

    Args:
        charting: makes charts in the page's language.
        document: the edition.
        language: of the page.
    """

    def __init__(self, charting: Charting, document: Document, language: Language) -> None:
        self._charting = charting
        self._language = language
        self._questions: Mapping[str, Any] = document.survey.questions()

    def title(self, name: str) -> str:
        """A question as it is asked; its name where it has no words."""
        question = self._questions.get(name)
        words = question.title.in_(self._language) if question and question.title else ""
        return words or name

    def tiles(self, found: Report) -> Iterator[Tile]:
        """The scores, then how many answers they are made of."""
        say = self._charting.say
        for one in found.scored:
            measure = one.scale.measure
            yield Tile(
                shown(measure, one.filtered.found.value) if one.filtered.found else "–",
                say(measure.value),
                self._between(measure, one.filtered),
                self._raw(one),
            )
        counted = say("counted_line", raw=f"{found.raw:,}", flagged=f"{found.flagged:,}")
        yield Tile(f"{found.filtered:,}", say("counted"), counted)
        through = say("through_line", n=f"{found.complete:,}")
        yield Tile(percent(found.complete / max(1, found.filtered)), say("through"), through)

    def _between(self, measure: Measure, score: Score) -> str:
        if score.found is None:
            return self._charting.note(measure, score)
        low, high = (shown(measure, one) for one in (score.found.low, score.found.high))
        return self._charting.say("between", low=low, high=high)

    def _raw(self, one: Scored) -> str:
        n = f"{one.raw.n:,}"
        if one.raw.found is None:
            return self._charting.say("raw_too_few", n=n)
        value = shown(one.scale.measure, one.raw.found.value)
        return self._charting.say("raw_score", value=value, n=n)

    def where_left(self, asked: Sequence[Asked]) -> Picture:
        """Question by question: who went on, who left."""
        begun = max((one.seen for one in asked), default=0) or 1
        rows = tuple(
            Bar(
                self.title(one.name),
                self._charting.say(
                    "seen_left",
                    seen=f"{one.seen:,}",
                    left=f"{one.left:,}",
                    share=percent(one.left / max(1, one.seen)),
                ),
                ((one.went_on / begun, Tone.MAIN), (one.left / begun, Tone.AGAINST)),
            )
            for one in asked
        )
        table = tuple((self.title(one.name), f"{one.seen:,}", f"{one.left:,}") for one in asked)
        head = ("question", "saw_it", "left_here")
        return self._charting.bars(self._charting.say("where_left"), rows, Table(head, table))

    def times(self, asked: Sequence[Asked]) -> Picture:
        """Question by question: how long it took half of the people, and nine of ten."""
        longest = max((one.p90_s or 0 for one in asked), default=0)
        top = max(STEP_S, ceil(longest / STEP_S) * STEP_S)
        marks = range(0, top + 1, STEP_S * ceil(top / STEP_S / 5))
        axis = Axis(0, float(top), tuple((float(at), f"{at} s") for at in marks))
        rows = tuple(self._time(one) for one in asked)
        said = "; ".join(f"{one.label}: {one.note}" for one in rows)
        title = self._charting.say("time_taken")
        alt = self._charting.say("alt_bars", title=title, rows=said)
        table = tuple((self.title(one.name), *_seconds(one)) for one in asked)
        return self._charting.hang(
            Dots(rows, axis), Size.HALF, alt, ("question", "median", "p90"), table
        )

    def _time(self, one: Asked) -> Dot:
        title = self.title(one.name)
        if one.median_s is None or one.p90_s is None:
            return Dot(title, self._charting.say("no_times"))
        median, p90 = f"{one.median_s:.1f}", f"{one.p90_s:.1f}"
        note = self._charting.say("seconds_n", median=median, p90=p90)
        return Dot(title, note, one.median_s, one.median_s, one.p90_s)

    def distributions(self, found: Report) -> Iterator[Distribution]:
        """What was answered to every question that has answers to choose."""
        measures = {one.name: one.scale.measure for one in found.scored}
        for one in found.asked:
            question = self._questions[one.name]
            steps = _steps(question, self._language)
            if not steps:
                continue
            if one.missing:
                missing = self._charting.say("missing_n", n=one.missing)
                yield Distribution(self.title(one.name), None, False, missing)
                continue
            nps = measures.get(one.name) is Measure.NPS
            picture = self._scale(one) if nps else self._shares(one, steps)
            yield Distribution(self.title(one.name), picture, takes_several(question))

    def _shares(self, one: Asked, steps: Sequence[tuple[Any, str, Tone]]) -> Picture:
        parts = [(words, one.counts.get(value, 0), tone) for value, words, tone in steps]
        rows = tuple(
            Bar(
                words,
                self._charting.say("share_n", share=percent(n / one.answered), n=f"{n:,}"),
                ((n / one.answered, tone),),
            )
            for words, n, tone in parts
        )
        table = tuple((words, percent(n / one.answered), f"{n:,}") for words, n, _tone in parts)
        head = ("answer", "share", "answers")
        return self._charting.bars(self.title(one.name), rows, Table(head, table))

    def _scale(self, one: Asked) -> Picture:
        groups = tuple(
            self._group(one, key, steps, tone)
            for key, steps, tone in (
                ("detractors", range(7), Tone.AGAINST),
                ("passives", range(7, 9), Tone.QUIET),
                ("promoters", range(9, 11), Tone.MAIN),
            )
        )
        table = tuple(
            (f"{step}", percent(n / one.answered), f"{n:,}")
            for step in range(11)
            for n in (one.counts.get(step, 0),)
        )
        head = ("answer", "share", "answers")
        return self._charting.columns(self.title(one.name), Columns(groups), Table(head, table))

    def _group(self, one: Asked, key: str, steps: range, tone: Tone) -> Group:
        shares = {step: one.counts.get(step, 0) / one.answered for step in steps}
        columns = tuple(
            Column(f"{step}", share, percent(share), tone) for step, share in shares.items()
        )
        return Group(self._charting.say(key), percent(sum(shares.values())), columns)


def _seconds(one: Asked) -> tuple[str, str]:
    if one.median_s is None or one.p90_s is None:
        return ("–", "–")
    return (f"{one.median_s:.1f} s", f"{one.p90_s:.1f} s")


def _steps(question: Question, language: Language) -> list[tuple[Any, str, Tone]]:
    """Every answer a question offers: its value, its words, whether it counts for it."""
    if isinstance(question, ChoosingQuestion):
        return [
            (one.value, one.text.in_(language) if one.text else str(one.value), Tone.MAIN)
            for one in question.choices
        ]
    if isinstance(question, BooleanQuestion):
        yes, no = question.label_true, question.label_false
        told = [(question.value_true, yes, "✓"), (question.value_false, no, "✗")]
        return [
            (value, words.in_(language) if words else sign, Tone.MAIN)
            for value, words, sign in told
        ]
    return _ratings(question, language) if isinstance(question, RatingQuestion) else []


def _ratings(question: RatingQuestion, language: Language) -> list[tuple[Any, str, Tone]]:
    """The steps of a scale, the best first; its ends as the screen names them."""
    ends = {
        0: question.min_rate_description,
        len(question.steps) - 1: question.max_rate_description,
    }
    found = []
    for at, one in enumerate(question.steps):
        words = one.text or ends.get(at)
        told = f"{one.value} · {words.in_(language)}" if words else str(one.value)
        best = at >= len(question.steps) - SATISFIED_STEPS or question.rate_type != "smileys"
        found.append((one.value, told, Tone.MAIN if best else Tone.QUIET))
    return found[::-1]
