"""Set-up only: how likely each word, surname and character of a name is, from the sources."""

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import chain
from typing import Any

from kiosk.pinyin.build_readings import OTHER_READING_COST, Readings
from kiosk.pinyin.build_sources import Sources, Word
from kiosk.pinyin.lexicon import MOST_COST

Row = tuple[tuple[str, ...], str, int]
"""A text's syllables, the text, and its cost in thousandths of a nat."""

CHARSET_SEEN = {"gb2312": 0.5, "gbk": 0.05}
"""How often a character that is in no word counts as seen: by the smallest standard that has it.
Everyday characters stand in GB 2312, traditional ones only in GBK."""
NEVER_SEEN = 0.005
RARE_NAME_SEEN = 0.9
"""A rare character of names: before all that no word has."""

RARE_NAME_FACTOR = 8
"""How much rarer a rare character is in names than the last one of the usual list."""

FACTS_SHARE = 0.8
"""Of the weight of a name's character; the rest is the dictionary's. Its people are those of
novels and of transcriptions, in which nobody is called 梓萱."""

FLATTENING = 12
"""Weight of the n-th of a list is 1 / (n + this): about Zipf's law, with a broad top."""

OTHER_SURNAMES = (200.0, 2.0)
"""Ten thousands of people: the first surname beyond the hundred, and the last."""

NAME_TAGS = frozenset({"nr", "nrfg"})


def names() -> Mapping[str, Any]:
    """Our own file of facts about names."""
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))


def cost(share: float) -> int:
    """Thousandths of a nat for a probability; at most MOST_COST."""
    return min(MOST_COST, round(-1000 * math.log(share)))


def word_rows(words: Iterable[Word]) -> Iterator[Row]:
    """Words of two characters and more."""
    listed = list(words)
    total = sum(word.count for word in listed)
    for word in listed:
        if len(word.text) > 1:
            yield word.reading, word.text, cost(word.count / total)


def character_rows(readings: Readings, sources: Sources) -> Iterator[Row]:
    """Every character there is, once for each reading."""
    rare = set(_listed(names()["given"]["rare"]))
    total = sum(readings.seen.values())
    for character, read in sources.characters.items():
        unseen = RARE_NAME_SEEN if character in rare else _never(character)
        often = readings.seen.get(character, unseen)
        yield from _read(character, readings.costs(character, read), cost(often / total))


def _never(character: str) -> float:
    for charset, often in CHARSET_SEEN.items():
        try:
            character.encode(charset)
        except UnicodeEncodeError:
            continue
        return often
    return NEVER_SEEN


def _read(text: str, readings: Mapping[str, int], base: int) -> Iterator[Row]:
    for reading, extra in readings.items():
        yield tuple(reading.split()), text, min(MOST_COST, base + extra)


def _listed(lines: str) -> tuple[str, ...]:
    """The characters of a text in lines, each once, in order."""
    return tuple(dict.fromkeys("".join(lines.split())))


# -- surnames ------------------------------------------------------------------------------------


def surname_people() -> Mapping[str, float]:
    """Ten thousands of people by surname."""
    facts = names()["surnames"]
    common = _listed(facts["common"])
    people: dict[str, float] = {one: float(count) for one, count in facts["counted"].items()}
    last_known = min(people.values())
    unknown = [one for one in common if one not in people]
    people |= zip(unknown, _falling(last_known, facts["last_counted"], len(unknown)), strict=True)
    other = [one for one in _listed(facts["other"]) if one not in people]
    people |= zip(other, _falling(*OTHER_SURNAMES, len(other)), strict=True)
    double: Mapping[str, float] = facts["double"]
    return {**people, **double}


def _falling(first: float, last: float, count: int) -> Iterator[float]:
    """Numbers between two, each smaller than the one before by the same factor."""
    for place in range(1, count + 1):
        yield first * (last / first) ** (place / count)


def surname_rows(sources: Sources) -> Iterator[Row]:
    """Surnames that can be drawn, with the readings they have as surnames."""
    people = {one: count for one, count in surname_people().items() if sources.reading(one)}
    readings = names()["readings"]
    total = sum(people.values())
    for surname, count in people.items():
        usual = readings.get(surname)
        if usual is None and len(surname) == 1:
            usual = sources.characters[surname][:1]
        listed = usual or [" ".join(sources.reading(surname))]
        extra = {reading: place * OTHER_READING_COST for place, reading in enumerate(listed)}
        yield from _read(surname, extra, cost(count / total))


# -- given names ---------------------------------------------------------------------------------


def given_counts(words: Iterable[Word]) -> Mapping[str, Counter[str]]:
    """What the dictionary's people are called, by the lists of the index."""
    surnames = surname_people()
    counts = {name: Counter[str]() for name in ("alone", "leading", "closing", "given")}
    for word in words:
        given = word.text[1:]
        if word.tag not in NAME_TAGS or word.text[0] not in surnames:
            continue
        if len(given) == 1:
            counts["alone"][given] += 1
        elif len(given) == 2:
            counts["given"][given] += 1
            counts["leading"][given[0]] += 1
            counts["closing"][given[1]] += 1
    return counts


def given_rows(
    name: str, counts: Mapping[str, Counter[str]], readings: Readings, sources: Sources
) -> Iterator[Row]:
    """One of the lists of single characters in given names: alone, leading or closing."""
    weights: dict[str, float] = defaultdict(float)
    listed = _listed(names()["given"][name])
    zipf = {one: 1 / (place + FLATTENING) for place, one in enumerate(listed)}
    rare = set(_listed(names()["given"]["rare"])) - set(listed)
    zipf |= dict.fromkeys(sorted(rare), min(zipf.values()) / RARE_NAME_FACTOR)
    for share, part in ((FACTS_SHARE, zipf), (1 - FACTS_SHARE, counts[name])):
        total = sum(part.values())
        for character, weight in part.items():
            weights[character] += share * weight / total
    for character, share in weights.items():
        read = sources.characters.get(character, ())
        # A rare character's other readings would stand among the common ones of that syllable.
        listed = read[: 1 if character in rare else None]
        yield from _read(character, readings.costs(character, listed), cost(share))


def pair_rows(counts: Mapping[str, Counter[str]], sources: Sources) -> Iterator[Row]:
    """Given names of two characters that two people or more of the dictionary have."""
    shared = {pair: count for pair, count in counts["given"].items() if count > 1}
    total = sum(shared.values())
    for pair, count in shared.items():
        if syllables := sources.reading(pair):
            yield syllables, pair, cost(count / total)


def all_rows(sources: Sources) -> Mapping[str, Iterable[Row]]:
    """Every list of the index by its name."""
    words = list(sources.words())
    counts, readings = given_counts(words), Readings(words)
    single = {
        name: given_rows(name, counts, readings, sources)
        for name in ("alone", "leading", "closing")
    }
    return {
        "words": chain(character_rows(readings, sources), word_rows(words)),
        "surnames": surname_rows(sources),
        "given": pair_rows(counts, sources),
        **single,
    }
