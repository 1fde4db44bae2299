"""The index is made of what the libraries know, weighed as people are called."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.exceptions import PinyinUnusable
from kiosk.pinyin import build_sources
from kiosk.pinyin.build import build, made_from, main, versions_of
from kiosk.pinyin.build_file import write_index
from kiosk.pinyin.build_fonts import digest_of, drawn_by
from kiosk.pinyin.build_readings import OTHER_READING_COST, Readings
from kiosk.pinyin.build_sources import Sources, Word, plain
from kiosk.pinyin.build_weights import (
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
from tests.pinyin.kit import FONTS, INDEX, small_index

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
    found = costs(word_rows(sources.words()))
    assert found["西安", "xi an"] < found["女人", "nv ren"] < found["李娜", "li na"]
    assert ("行", "xing") not in found  # a character, not a word


def test_other_readings_cost_more(sources: Sources) -> None:
    """With all readings at one weight, rare ones stood on top."""
    found = costs(character_rows(Readings(sources.words()), sources))
    assert found["行", "hang"] == found["行", "xing"] + OTHER_READING_COST


def test_unseen_characters_follow_in_order_of_use(sources: Sources) -> None:
    """Among thirty characters nobody uses, the one of somebody's name must come first."""
    found = costs(character_rows(Readings(sources.words()), sources))
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


def test_a_reading_that_no_word_has_costs_the_more_words_there_are() -> None:
    """家 stands in a thousand words and in none as jie: it led the page of jie all the same."""
    words = [Word(f"家{chr(0x5000 + n)}", 10, "n", ("jia", "x")) for n in range(99)]
    words += [Word("家", 5_000, "n", ("jia",)), Word("长城", 30, "n", ("chang", "cheng"))]
    words += [Word("成长", 10, "v", ("cheng", "zhang"))]
    readings = Readings(words)
    assert readings.costs("家", ["jia", "jie"]) == {"jia": 0, "jie": 3_000 + 4_605}
    assert readings.costs("长", ["zhang", "chang"]) == {"zhang": 1_386, "chang": 288}
    assert readings.costs("喆", ["zhe", "x"]) == {"zhe": 0, "x": 3_000}
    assert readings.seen["家"] == 5_000 + 99 * 10 / 4


def test_what_no_font_draws_is_not_offered(sources: Sources) -> None:
    """Whoever picks an empty box does not know what was written."""
    bare = replace(sources, drawn=frozenset("李娜王建国女西安行"))
    assert [word.text for word in bare.words()] == [
        "李娜",
        "娜娜",
        "王建国",
        "李建国",
        "西安",
        "行",
    ]
    rows = all_rows(bare)
    offered = {char for listed in rows.values() for _, text, _ in listed for char in text}
    assert offered == set("李娜王建国女西安行")


def test_the_screens_fonts_draw_the_names_of_people() -> None:
    """A filter that reads the wrong table would take somebody's name away."""
    drawn = drawn_by(FONTS)
    assert drawn is not None
    assert set("李喆㛃䶮A") <= drawn
    assert "𠮷" not in drawn
    assert digest_of(drawn) != digest_of(drawn - {"李"}) != digest_of(None)


def test_without_fonts_everything_is_offered(tmp_path: Path) -> None:
    """Set-up may make the index on a machine that has no screen."""
    assert drawn_by(tmp_path) is None
    assert len(Sources.installed(None).characters) > 40_000


def test_a_broken_font_is_one_sentence(tmp_path: Path) -> None:
    """An index without any character would be made of it."""
    (tmp_path / "NotoSansSC-400.ttf").write_bytes(b"no font")
    with pytest.raises(PinyinUnusable, match=r"NotoSansSC-400.ttf cannot be read"):
        drawn_by(tmp_path)


def test_index_of_today_is_left_alone() -> None:
    """Every make runs the set-up: half a minute each time would drive everybody away."""
    assert made_from(INDEX) == versions_of(Sources.installed(drawn_by(FONTS)))
    said: list[str] = []
    build(INDEX, FONTS, said.append)
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
    assert main(["--into", str(INDEX), "--fonts", str(FONTS)]) == 0
    assert capsys.readouterr().err == ""
