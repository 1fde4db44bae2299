"""The index is made of what the libraries know, weighed as people are called."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from kiosk.exceptions import PinyinUnusable
from kiosk.pinyin import build_sources
from kiosk.pinyin.build import build, made_from, main, own_digest
from kiosk.pinyin.build_file import write_index
from kiosk.pinyin.build_sources import Sources, plain
from kiosk.pinyin.build_weights import (
    OTHER_READING_COST,
    Row,
    all_rows,
    character_rows,
    cost,
    given_counts,
    names,
    surname_people,
    surname_rows,
    word_rows,
)
from kiosk.pinyin.index import LISTS
from kiosk.pinyin.lexicon import MOST_COST
from tests.pinyin.kit import INDEX, small_index

DICTIONARY = """\
李娜 438 nr
娜娜 90 nr
王建国 30 nr
李建国 20 nr
一劳永逸 34 nr
西安 1500 ns
女人 900 n
行 1000 v
T恤 20 n
中华人民共和国 99 ns
"""


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """A dictionary of ten lines, with the readings installed here."""
    path = tmp_path / "dict.txt"
    path.write_text(DICTIONARY, encoding="utf-8")
    return Sources(path, {"jieba": "0", "pypinyin": "0"})


def costs(rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    """Costs by text and reading."""
    return {(text, " ".join(syllables)): cost for syllables, text, cost in rows}


@pytest.mark.parametrize(
    ("marked", "typed"),
    [("nǚ", "nv"), ("lüè", "lve"), ("zhāng", "zhang"), ("ê̄", "e"), ("ńg", "en"), ("ḿ", "mu")],
)
def test_reading_is_spelled_as_typed(marked: str, typed: str) -> None:
    """A syllable spelled as no key can type it hides its characters for good."""
    assert plain(marked) == typed


def test_every_reading_can_be_typed() -> None:
    """Letters outside a to z are on no keyboard."""
    characters = Sources.installed().characters
    spelled = {reading for readings in characters.values() for reading in readings}
    assert all(one.isascii() and one.isalpha() and one.islower() for one in spelled)
    assert max(map(len, spelled)) == 6
    assert "\ue826" not in characters  # private use: another font shows something else
    assert all(set("aeiouv") & set(one) for one in spelled)


def test_words_are_characters_that_can_be_read(sources: Sources) -> None:
    """A word with a Latin letter has more keys than syllables, and one of seven no list."""
    assert [word.text for word in sources.words()] == (
        ["李娜", "娜娜", "王建国", "李建国", "一劳永逸", "西安", "女人", "行"]
    )


def test_more_frequent_words_cost_less(sources: Sources) -> None:
    """The order of the pages comes from here."""
    found = costs(word_rows(sources.words(), sources))
    assert found["西安", "xi an"] < found["女人", "nv ren"] < found["李娜", "li na"]
    assert ("行", "xing") not in found  # a character, not a word


def test_other_readings_cost_more(sources: Sources) -> None:
    """With all readings at one weight, rare ones stood on top."""
    found = costs(character_rows(list(sources.words()), sources))
    assert found["行", "hang"] == found["行", "xing"] + OTHER_READING_COST


def test_unseen_characters_follow_in_order_of_use(sources: Sources) -> None:
    """Among thirty characters nobody uses, the one of somebody's name must come first."""
    found = costs(character_rows(list(sources.words()), sources))
    seen, rare = found["西", "xi"], found["䶮", "yan"]
    everyday, traditional, odd = found["颜", "yan"], found["顏", "yan"], found["㢛", "yan"]
    assert seen < rare < everyday < traditional < odd <= MOST_COST


def test_commonest_surnames_are_as_many_as_counted() -> None:
    """Who stands first among homophones is decided by how many people there are."""
    people = surname_people()
    order = sorted(people, key=lambda one: -people[one])
    assert order[:5] == list("王李张刘陈")
    assert set("".join(names()["surnames"]["common"].split())) == set(order[:100])
    assert people["欧阳"] == 111.2
    assert len(people) == len(set(people)) > 400


def test_surnames_have_their_own_readings(sources: Sources) -> None:
    """单 is shan, and dan is somebody else."""
    found = costs(surname_rows(sources))
    assert ("单", "shan") in found
    assert ("单", "dan") not in found
    assert found["翟", "di"] == found["翟", "zhai"] + OTHER_READING_COST
    assert ("尉迟", "yu chi") in found


def test_given_names_come_from_people_only(sources: Sources) -> None:
    """The dictionary calls many proverbs names; only what has a surname counts."""
    counts = given_counts(sources.words())
    assert counts["given"] == {"建国": 2}
    assert counts["alone"] == {"娜": 1}
    assert counts["leading"] == {"建": 2}


def test_cost_has_a_limit() -> None:
    """Two bytes hold it; the rarest must not wrap round to the likeliest."""
    assert cost(1.0) == 0
    assert cost(1e-300) == MOST_COST


def test_build_is_the_same_twice(sources: Sources, tmp_path: Path) -> None:
    """Same sources, same bytes: else nobody could say which index is the right one."""
    built = []
    for name in ("a", "b"):
        write_index(tmp_path / name, all_rows(sources), sources.versions)
        built.append((tmp_path / name).read_bytes())
    assert built[0] == built[1]
    assert all_rows(sources).keys() == LISTS.keys()


def test_index_of_today_is_left_alone() -> None:
    """Every make runs the set-up: half a minute each time would drive everybody away."""
    assert made_from(INDEX) == {**Sources.installed().versions, "names and rules": own_digest()}
    said: list[str] = []
    build(INDEX, said.append)
    assert said == []


def test_index_of_other_rules_is_not_of_today(tmp_path: Path) -> None:
    """An index made before the weights were changed would be kept for ever."""
    assert made_from(small_index(tmp_path)) != made_from(INDEX)
    assert made_from(tmp_path / "none") is None


def test_missing_library_is_one_sentence() -> None:
    """A traceback is no help to somebody who only wants to set the kiosk up."""
    with pytest.raises(PinyinUnusable, match="needs no-such-library; run `make pinyin`"):
        build_sources._package("no-such-library")


def test_command_says_when_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    """Set-up goes by the exit status."""
    assert main(["--into", str(INDEX)]) == 0
    assert capsys.readouterr().err == ""
