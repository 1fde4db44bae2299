"""The words on the screen: loads both languages, fills in figures, dates and money."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from kiosk.exceptions import ConfigError
from kiosk.ui.nodes import Span
from kiosk.ui.theme import Colour, Style

WORDS_DIR = Path(__file__).with_name("words")
"""One TOML file a language, named by its BCP 47 tag."""

_STRESSED = re.compile(r"\*([^*]*)\*")


@dataclass(frozen=True, slots=True)
class Words:
    """One language's sentences, by dotted key; see `load`."""

    tag: str
    sentences: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]

    def say(self, key: str, /, **values: object) -> str:
        """The sentence with its values filled in.

        Raises:
            KeyError: no such sentence; tests make sure that both languages have every key.
        """
        return self.sentences[key].format(**values).replace("*", "")

    def count(self, key: str, n: int, /, **values: object) -> str:
        """The form of the sentence that fits the number `n`: zero, one or other."""
        name = {0: "zero", 1: "one"}.get(n, "other")
        form = f"{key}.{name}" if f"{key}.{name}" in self.sentences else f"{key}.other"
        return self.say(form, n=n, **values)

    def spans(
        self, key: str, /, *, style: Style, colour: Colour, **values: object
    ) -> tuple[Span, ...]:
        """The sentence as runs; what is stressed gets this style and colour."""
        runs = _STRESSED.split(self.sentences[key])
        filled = [run.format(**values) for run in runs]
        return tuple(
            Span(text=words, style=style, colour=colour) if at % 2 else Span(text=words)
            for at, words in enumerate(filled)
            if words
        )

    def points(self, points: int) -> str:
        """12680 as 12,680."""
        return f"{points:,}"

    def money(self, fen: int) -> str:
        """1268000 fen as ¥12,680 and 4680 fen as ¥46.80."""
        yuan, rest = divmod(fen, 100)
        return f"¥{yuan:,}" if rest == 0 else f"¥{yuan:,}.{rest:02}"

    def day(self, day: date) -> str:
        """A day of this year: 11 月28 日 / 28 Nov."""
        return self.say("form.day", month=self.month(day), day=day.day)

    def month(self, day: date) -> str:
        """The month's name: 11 月 / Nov."""
        return self.lists["form.month"][day.month - 1]

    def weekday(self, day: date) -> str:
        """The day of the week: 周六 / Sat."""
        return self.lists["form.weekday"][day.weekday()]

    def moment(self, moment: datetime) -> str:
        """A time of this year: 11-20 18:00 / 20 Nov 18:00."""
        return self.say(
            "form.moment",
            month=self.month(moment),
            month_number=moment.month,
            day=moment.day,
            hour=moment.hour,
            minute=moment.minute,
        )

    def discount(self, price_factor_percent: int) -> str:
        """The part still paid, as each language counts it: 70 is 7 折 / 30% off."""
        tenths = f"{price_factor_percent / 10:g}"
        return self.say("form.discount", tenths=tenths, off=100 - price_factor_percent)


def load(tag: str, folder: Path = WORDS_DIR) -> Words:
    """Read one language.

    Raises:
        ConfigError: the file is missing or is not TOML.
    """
    path = folder / f"{tag}.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise ConfigError(f"{path}: {problem}") from problem
    sentences: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    _flatten("", tables, sentences, lists)
    return Words(tag, sentences, lists)


def _flatten(
    prefix: str,
    table: Mapping[str, object],
    sentences: dict[str, str],
    lists: dict[str, tuple[str, ...]],
) -> None:
    for name, value in table.items():
        match value:
            case dict():
                _flatten(f"{prefix}{name}.", value, sentences, lists)
            case list():
                lists[prefix + name] = tuple(map(str, value))
            case _:
                sentences[prefix + name] = str(value)
