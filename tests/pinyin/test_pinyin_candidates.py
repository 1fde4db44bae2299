"""Names are on the first page, every character can be reached, and no letters break anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.pinyin.build_file import write_index
from kiosk.pinyin.build_fonts import drawn_by
from kiosk.pinyin.build_sources import Sources
from kiosk.pinyin.candidates import PAGE, Candidate
from kiosk.pinyin.engine import Pinyin, Purpose
from kiosk.pinyin.index import Index
from tests.pinyin.kit import FONTS, INDEX, ROWS, SOURCES, small_index, texts

PIECES = ("zhang", "xian", "li", "na", "an", "lve", "yi", "zhuang", "wang", "nan", "z", "'")
LETTERS = st.one_of(
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz'"), max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
)
TAKEN = st.sampled_from(["", "张", "张梓", "欧阳", "欧", "好的", "单"])


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    """The one that set-up made."""
    opened = Index.open(INDEX)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def names(index: Index) -> Pinyin:
    """The input method in a field for a name."""
    return Pinyin(index)


@pytest.fixture(scope="module")
def text(index: Index) -> Pinyin:
    """The input method in any other field."""
    return Pinyin(index, Purpose.TEXT)


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("lina", "李娜"),
        ("wangxiaoming", "王小明"),
        ("ouyangnana", "欧阳娜娜"),
        ("chenjing", "陈静"),
        ("zhangzixuan", "张梓萱"),
        ("zhangwei", "张伟"),
        ("wangfang", "王芳"),
        ("zhugeliang", "诸葛亮"),
        ("simayan", "司马燕"),
        ("zhangsuntingting", "长孙婷婷"),
    ],
)
def test_name_is_on_the_first_page(names: Pinyin, letters: str, name: str) -> None:
    """A member who does not find the own name gives up, and the profile stays empty."""
    assert name in [one.text for one in names.candidates(letters)[0]]


@pytest.mark.parametrize(
    ("letters", "surname"),
    [
        ("shan", "单"),
        ("qiu", "仇"),
        ("zeng", "曾"),
        ("xie", "解"),
        ("zha", "查"),
        ("ou", "区"),
        ("ge", "盖"),
        ("piao", "朴"),
        ("yuchi", "尉迟"),
        ("ouyang", "欧阳"),
        ("moqi", "万俟"),
        ("lv", "吕"),
    ],
)
def test_surname_is_found_as_it_is_read(names: Pinyin, letters: str, surname: str) -> None:
    """These are read otherwise in every dictionary: 单 would have to be typed dan."""
    assert surname in texts(names.candidates(letters))[: 2 * PAGE]


@pytest.mark.parametrize(("letters", "rare"), [("zhe", "喆"), ("jie", "㛃"), ("yan", "䶮")])
def test_rare_character_is_near(names: Pinyin, letters: str, rare: str) -> None:
    """Who is called 䶮 has been told often enough that the machine does not know it."""
    assert rare in texts(names.characters(letters, "王"))[: 3 * PAGE]


def test_every_character_is_reached(index: Index, names: Pinyin) -> None:
    """A name with a character that no page offers cannot be entered at all; no box is offered."""
    everything = index.lists["words", 1].find((), range(len(index.syllables.spelled)), 9999)
    drawn = drawn_by(FONTS)
    assert {one.text for one in everything} == set(Sources.installed(drawn).characters)
    assert len({one.text for one in everything}) > (26_000 if drawn else 40_000)
    by_reading: dict[str, set[str]] = {}
    for one in everything:
        by_reading.setdefault(index.syllables.spelled[one.reading[0]], set()).add(one.text)
    for spelled, characters in by_reading.items():
        assert characters <= set(texts(names.characters(spelled, "王")))
        assert spelled[0] != "y" or characters <= set(texts(names.candidates(spelled)))


@pytest.mark.parametrize(
    ("letters", "wanted", "elsewhere"),
    [
        ("jie", "接解结界节街", "家祖价"),
        ("du", "度都读独", "土"),
        ("fu", "府服父付福", "不还"),
    ],
)
def test_common_characters_of_a_syllable_come_first(
    text: Pinyin, letters: str, wanted: str, elsewhere: str
) -> None:
    """家 is jia: on the page of jie it hides 节, which somebody looks for."""
    listed = texts(text.characters(letters))
    assert set(wanted) <= set(listed[: 2 * PAGE])
    assert not set(elsewhere) & set(listed[: 2 * PAGE])


def test_usual_reading_leads(text: Pinyin) -> None:
    """With all readings at one weight 位 and 任 stood before what was meant."""
    assert texts(text.candidates("shi"))[0] == "是"
    assert texts(text.candidates("de"))[0] == "的"


def test_apostrophe_parts_syllables(names: Pinyin) -> None:
    """西安 and 先 are typed with the same letters."""
    assert names.candidates("xi'an")[0][0] == Candidate("西安", ("xi", "an"), 5)
    assert all(one.reading[0] == "xi" for page in names.candidates("xi'an") for one in page)
    assert Candidate("先", ("xian",), 4) in names.candidates("xian")[0]
    assert "西安" in texts(names.candidates("xian"))


def test_umlaut_is_typed_as_v_or_u(names: Pinyin) -> None:
    """No keyboard has an ü."""
    assert "吕布" in texts(names.candidates("lvbu"))
    assert texts(names.characters("nve")) == texts(names.characters("nue"))


def test_unfinished_syllable_shows_what_it_may_become(names: Pinyin) -> None:
    """Pinyin that come only with the last letter make every name two touches longer."""
    assert "张伟" in texts(names.candidates("zhangwe"))[:PAGE]
    assert "王" in texts(names.candidates("w"))[:PAGE]


def test_taking_a_part_leaves_the_rest(names: Pinyin) -> None:
    """A rare name is put together one character after the other, from letters typed once."""
    letters, taken = "zhangyanjie", ""
    for wanted in "张䶮㛃":
        pages = names.characters(letters, taken)
        one = next(one for page in pages for one in page if one.text == wanted)
        letters, taken = letters[one.letters :], taken + one.text
    assert (taken, letters) == ("张䶮㛃", "")


def test_rest_begins_with_a_letter(names: Pinyin) -> None:
    """An apostrophe left over would part nothing from nothing."""
    west = next(one for one in names.characters("xi'an")[0] if one.text == "西")
    assert "xi'an"[west.letters :] == "an"


def test_given_name_follows_a_surname(names: Pinyin) -> None:
    """Behind 张 nobody types another surname."""
    assert texts(names.candidates("na", "李"))[0] == "娜"
    assert {"子轩", "梓萱"} <= set(texts(names.candidates("zixuan", "张"))[:PAGE])
    assert texts(names.candidates("xuan", "张梓"))[0] in "轩萱"
    assert texts(names.candidates("nana", "欧阳"))[0] == "娜娜"


def test_words_follow_a_whole_name(names: Pinyin) -> None:
    """Behind a name stands no second one."""
    assert texts(names.candidates("gaoxing", "张梓萱"))[0] == "高兴"


def test_text_is_typed_in_whole_sentences(text: Pinyin) -> None:
    """A complaint typed word by word is a complaint not made."""
    assert texts(text.candidates("shouhuoyuantaiduhenhao"))[0] == "售货员态度很好"
    assert texts(text.candidates("gaoxing"))[0] == "高兴"
    assert texts(text.candidates("yifu"))[0] == "衣服"


@given(letters=LETTERS, taken=TAKEN, purpose=st.sampled_from(Purpose))
def test_pages_are_sound(index: Index, letters: str, taken: str, purpose: Purpose) -> None:
    """Whatever a child drums on the glass, pages are well made and say truly what they cover."""
    method = Pinyin(index, purpose)
    for pages in (method.candidates(letters, taken), method.characters(letters, taken)):
        assert all(len(page) == PAGE for page in pages[:-1])
        assert all(pages)
        assert len(texts(pages)) == len(set(texts(pages)))
        for one in (one for page in pages for one in page):
            covered = letters[: one.letters].replace("'", "").replace("v", "u")
            assert covered
            assert "".join(one.reading).replace("v", "u").startswith(covered)
            assert len(one.text) == len(one.reading)
            assert not letters[one.letters :].startswith("'")


@given(letters=LETTERS, taken=TAKEN)
def test_same_question_has_the_same_pages(names: Pinyin, letters: str, taken: str) -> None:
    """A candidate that moves while a finger comes down is the wrong name taken."""
    pages = names.candidates(letters, taken)
    names.candidates("zhang")
    assert names.candidates(letters, taken) == pages


@given(st.text(max_size=12), st.text(max_size=4))
def test_any_text_is_answered(names: Pinyin, letters: str, taken: str) -> None:
    """What is pasted or sent by another keyboard must not end the session."""
    names.candidates(letters, taken)
    names.characters(letters, taken)


def test_letters_that_begin_nothing_have_no_page(names: Pinyin) -> None:
    """The keyboard then keeps the letters as they are."""
    assert names.candidates("v") == names.characters("v") == names.candidates("") == ()


def test_text_stands_where_it_is_likeliest(tmp_path: Path) -> None:
    """Taken by its other reading, a character would use up the wrong letters."""
    path = tmp_path / "index"
    write_index(path, {**ROWS, "words": [*ROWS["words"], (("xian",), "西", 4_000)]}, SOURCES)
    found = [one for page in Pinyin(Index.open(path)).candidates("xian") for one in page]
    assert [one for one in found if one.text == "西"] == [Candidate("西", ("xian",), 4)]


def test_order_is_names_words_characters(tmp_path: Path) -> None:
    """Whole readings first, then what leaves letters over: else long names are many touches."""
    method = Pinyin(Index.open(small_index(tmp_path)))
    assert texts(method.candidates("lina")) == ["李娜", "李", "里", "力", "林"]
    assert texts(method.characters("lina")) == ["李", "里", "力"]
    assert texts(Pinyin(method.index, Purpose.TEXT).candidates("ouyangna")) == ["欧阳娜", "欧阳"]
