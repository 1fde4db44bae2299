"""From scores to charts: scales, notes beside marks, alternative texts, the table beside each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import Any

from kiosk.model.text import Language
from sim.hq.charts.gallery import Gallery, Hung
from sim.hq.charts.shapes import Axis, Bar, Bars, Chart, Columns, Dot, Dots, Point, Size, Trend
from sim.hq.statistics.intervals import Interval
from sim.hq.statistics.scores import Measure, Score

WEEKS = 53
"""A year of weeks: this week is there, and the same one a year ago."""


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart on a page.

    Attributes:
        alt: what the chart says, for who does not see it.
        head, rows: the same as a table; the first column names, the others are figures.
    """

    hung: Hung
    alt: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def percent(part: float) -> str:
    """A share in whole percent."""
    return f"{round(100 * part)}%"


def shown(measure: Measure, value: float) -> str:
    """A score as people say it: +48, 82%."""
    points = round(100 * value)
    if measure is Measure.CSAT:
        return f"{points}%"
    return f"{points:+d}".replace("-", "−") if points else "0"


def axis_of(measure: Measure, found: Sequence[Interval]) -> Axis:
    """A scale in round steps that holds these intervals, and says honestly how far they reach."""
    if not found:
        return Axis(0, 1, ())
    least = -100 if measure is Measure.NPS else 0
    low, high = min(100 * one.low for one in found), max(100 * one.high for one in found)
    step = 10 if high - low <= 40 else 20 if high - low <= 100 else 50
    first, last = max(least, floor(low / step) * step), min(100, ceil(high / step) * step)
    ticks = range(first, max(last, first + step) + 1, step)
    named = tuple((float(at), shown(measure, at / 100)) for at in ticks)
    return Axis(float(ticks[0]), float(ticks[-1]), named)


class Charting:
    """Makes the charts of one page.

    Args:
        gallery: that keeps them for the browser.
        words: of the page's language.
        language: of the page.
    """

    def __init__(self, gallery: Gallery, words: Mapping[str, str], language: Language) -> None:
        self._gallery = gallery
        self._words = words
        self._language = language

    def say(self, key: str, **values: Any) -> str:
        """A sentence of the page with its figures; of one thing, where it is said differently."""
        single = f"{key}_one"
        is_single = str(values.get("n")) == "1" and single in self._words
        return self._words[single if is_single else key].format(**values)

    def hang(
        self,
        chart: Chart,
        size: Size,
        alt: str,
        head: tuple[str, ...],
        rows: tuple[tuple[str, ...], ...],
    ) -> Picture:
        """A picture with its alternative text and table."""
        named = tuple(self._words[one] for one in head)
        return Picture(self._gallery.hang(chart, size), alt, named, rows)

    def scores(
        self,
        measure: Measure,
        scores: Sequence[tuple[str, Score]],
        overall: Score | None,
        head: str,
        reference: str = "at_all",
    ) -> Picture:
        """Groups under each other, the best first, then those with too few answers.

        Args:
            measure: whose scores they are.
            scores: by the name of their group.
            overall: to compare with; None for nothing.
            head: what the groups are, as a key of the words.
            reference: what the overall score is called, as a key of the words.
        """
        order = sorted(scores, key=lambda one: (one[1].found is None, -_value(one[1]), one[0]))
        found = [score.found for _, score in order if score.found is not None]
        rows = tuple(self._dot(measure, name, score) for name, score in order)
        chart = Dots(rows, axis_of(measure, found), None)
        if overall is not None and overall.found is not None:
            value = overall.found.value
            found.append(overall.found)
            line = self.say(reference, value=shown(measure, value))
            chart = Dots(rows, axis_of(measure, found), (100 * value, line))
        said = "; ".join(f"{one.label}: {one.note}" for one in rows)
        alt = self.say("alt_dots", measure=self._words[measure.value], rows=said)
        table = tuple((name, *self._figures(measure, score)) for name, score in order)
        return self.hang(chart, Size.HALF, alt, (head, *_SCORE_HEAD), table)

    def note(self, measure: Measure, score: Score) -> str:
        """A score in words, or how many answers are missing."""
        if score.found is None:
            return self.say("missing_n", n=score.missing)
        return f"{shown(measure, score.found.value)} · {self.say('answers_n', n=f'{score.n:,}')}"

    def _dot(self, measure: Measure, name: str, score: Score) -> Dot:
        note = self.note(measure, score)
        if score.found is None:
            return Dot(name, note)
        low, value, high = (
            100 * one for one in (score.found.low, score.found.value, score.found.high)
        )
        return Dot(name, note, value, low, high)

    def _figures(self, measure: Measure, score: Score) -> tuple[str, ...]:
        if score.found is None:
            return ("–", "–", "–", f"{score.n:,}")
        ends = (score.found.value, score.found.low, score.found.high)
        return (*(shown(measure, one) for one in ends), f"{score.n:,}")

    def trend(self, measure: Measure, weeks: Mapping[date, Score]) -> Picture | None:
        """How a score went; None while no week has enough answers."""
        known = [day for day in weeks if weeks[day].found is not None]
        if not known:
            return None
        last = max(known)
        first = max(min(known), last - timedelta(weeks=WEEKS - 1))
        days = [first + timedelta(weeks=at) for at in range((last - first).days // 7 + 1)]
        found = [one for day in days if day in weeks and (one := weeks[day].found) is not None]
        points = tuple(_point(day, weeks.get(day)) for day in days)
        said = shown(measure, found[-1].value)
        chart = Trend(points, axis_of(measure, found), self._months(days), said)
        alt = self.say("alt_trend", measure=self._words[measure.value], last=said, weeks=len(found))
        rows = tuple(
            (day.isoformat(), *self._figures(measure, weeks[day]))
            for day in reversed(days)
            if day in weeks
        )
        return self.hang(chart, Size.WIDE, alt, ("week_of", *_SCORE_HEAD), rows)

    def _months(self, days: Sequence[date]) -> tuple[tuple[date, str], ...]:
        """Words under the first week of each month that begins within these weeks."""
        firsts = [day for before, day in pairwise(days) if before.month != day.month]
        return tuple((day, self._month(day)) for day in firsts)

    def _month(self, day: date) -> str:
        if self._language is Language.ZH:
            return f"{day.month}月" if day.month > 1 else f"{day.year}年"
        return MONTHS[day.month - 1] if day.month > 1 else str(day.year)

    def bars(
        self, title: str, rows: tuple[Bar, ...], table: "Table", size: Size = Size.HALF
    ) -> Picture:
        """Shares under each other."""
        said = "; ".join(f"{one.label}: {one.note}" for one in rows)
        alt = self.say("alt_bars", title=title, rows=said)
        return self.hang(Bars(rows), size, alt, table.head, table.rows)

    def columns(self, title: str, chart: Columns, table: "Table") -> Picture:
        """A scale from its lowest answer to its highest."""
        said = "; ".join(f"{one.label}: {one.note}" for one in chart.groups)
        alt = self.say("alt_bars", title=title, rows=said)
        return self.hang(chart, Size.HALF, alt, table.head, table.rows)


@dataclass(frozen=True, slots=True)
class Table:
    """The figures beside a chart; its head as keys of the words."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_SCORE_HEAD = ("value", "low_end", "high_end", "answers")


def _value(score: Score) -> float:
    return score.found.value if score.found is not None else 0.0


def _point(day: date, score: Score | None) -> Point:
    if score is None or score.found is None:
        return Point(day)
    found = score.found
    return Point(day, 100 * found.value, 100 * found.low, 100 * found.high)
