"""The board of profile quality: three charts for stores, three for members of staff."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.hq.charted import Charting, Picture, Table, axis_of, percent
from sim.hq.charts.shapes import Bar, Dot, Dots, Size, Tone
from sim.hq.statistics.quality import Quality
from sim.hq.statistics.scores import Measure


@dataclass(frozen=True, slots=True)
class Trio:
    """Quantity, completeness, validity of the same groups."""

    quantity: Picture
    completeness: Picture
    validity: Picture


class QualityCharts:
    """Makes the charts of the board.

    Args:
        charting: makes charts in the page's language.
    """

    def __init__(self, charting: Charting) -> None:
        self._charting = charting

    def trio(self, groups: Mapping[str, Quality], head: str) -> Trio | None:
        """The three charts of these groups; None without any.

        Args:
            groups: by name.
            head: what the groups are, as a key of the words.
        """
        if not groups:
            return None
        return Trio(
            self._quantity(groups, head),
            self._completeness(groups, head),
            self._validity(groups, head),
        )

    def _quantity(self, groups: Mapping[str, Quality], head: str) -> Picture:
        most = max(one.values for one in groups.values()) or 1
        say = self._charting.say
        order = sorted(groups.items(), key=lambda one: (-one[1].values, one[0]))
        rows = tuple(
            Bar(name, say("values_n", n=f"{one.values:,}"), ((one.values / most, Tone.MAIN),))
            for name, one in order
        )
        table = tuple((name, f"{one.values:,}", f"{one.members:,}") for name, one in order)
        return self._charting.bars(
            say("quantity"), rows, Table((head, "gathered", "profiles_many"), table), Size.THIRD
        )

    def _completeness(self, groups: Mapping[str, Quality], head: str) -> Picture:
        say = self._charting.say
        order = sorted(groups.items(), key=lambda one: (-(one[1].completeness or 0), one[0]))
        rows = tuple(
            Bar(
                name,
                say("profiles_n", percent=_percent(one), n=f"{one.members:,}"),
                (((one.completeness or 0) / 100, Tone.MAIN),),
            )
            for name, one in order
        )
        table = tuple((name, _percent(one), f"{one.members:,}") for name, one in order)
        return self._charting.bars(
            say("completeness"),
            rows,
            Table((head, "completeness", "profiles_many"), table),
            Size.THIRD,
        )

    def _validity(self, groups: Mapping[str, Quality], head: str) -> Picture:
        say = self._charting.say
        order = sorted(groups.items(), key=_by_validity)
        rows = tuple(self._valid(name, one) for name, one in order)
        found = [one.validity.found for _, one in order if one.validity.found is not None]
        said = "; ".join(f"{one.label}: {one.note}" for one in rows)
        alt = say("alt_bars", title=say("validity"), rows=said)
        table = tuple((name, *_ends(one), f"{one.validity.checked:,}") for name, one in order)
        columns = (head, "value", "low_end", "high_end", "checked")
        chart = Dots(rows, axis_of(Measure.CSAT, found))
        return self._charting.hang(chart, Size.THIRD, alt, columns, table)

    def _valid(self, name: str, one: Quality) -> Dot:
        found = one.validity.found
        if found is None:
            return Dot(name, self._charting.say("checks_missing", n=one.validity.missing))
        share, n = percent(found.value), f"{one.validity.checked:,}"
        note = self._charting.say("checked_n", share=share, n=n)
        return Dot(name, note, 100 * found.value, 100 * found.low, 100 * found.high)


def _by_validity(named: tuple[str, Quality]) -> tuple[bool, float, str]:
    """The best first, then those with too few checks."""
    found = named[1].validity.found
    return (found is None, -(found.value if found else 0), named[0])


def _percent(one: Quality) -> str:
    return "–" if one.completeness is None else f"{one.completeness}%"


def _ends(one: Quality) -> tuple[str, str, str]:
    found = one.validity.found
    if found is None:
        return ("–", "–", "–")
    return (percent(found.value), percent(found.low), percent(found.high))
