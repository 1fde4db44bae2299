"""The index is used whole or not at all, and the same words make the same file."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.exceptions import PinyinUnusable
from kiosk.pinyin.build_file import write_index
from kiosk.pinyin.build_weights import Row
from kiosk.pinyin.engine import Pinyin
from kiosk.pinyin.index import MAGIC, Index
from kiosk.pinyin.lexicon import Found
from tests.pinyin.kit import ROWS, SOURCES, small_index, texts


def test_what_was_written_is_found(tmp_path: Path) -> None:
    """A word that went in and does not come out can never be typed."""
    index = Index.open(small_index(tmp_path))
    for (name, length), lexicon in index.lists.items():
        rows = [row for row in ROWS[name] if len(row[0]) == length]
        for syllables, text, cost in rows:
            numbers = [index.syllables.spelled.index(one) for one in syllables]
            last = range(numbers[-1], numbers[-1] + 1)
            assert Found(cost, text, tuple(numbers)) in lexicon.find(numbers[:-1], last, 9)
    index.close()


def test_likeliest_comes_first_and_no_more_than_asked(tmp_path: Path) -> None:
    """The order of the file is the order of the candidates."""
    index = Index.open(small_index(tmp_path))
    words = index.lists["words", 1]
    li = index.syllables.beginning_with("li")
    assert [one.text for one in words.find((), li, 9)] == ["里", "力", "林"]
    assert [one.text for one in words.find((), li, 1)] == ["里", "林"]
    assert [one.cost for one in words.find((), li, 1, extra=5)] == [6_005, 6_505]


def test_index_tells_its_origin(tmp_path: Path) -> None:
    """A technician who compares two kiosks must see which words each of them has."""
    path = small_index(tmp_path)
    index = Index.open(path)
    assert index.sources == SOURCES
    assert index.surnames == {"李", "林", "欧阳"}
    other = tmp_path / "other.index"
    write_index(other, {**ROWS, "given": [(("na", "na"), "娜娜", 1)]}, SOURCES)
    assert Index.open(other).digest != index.digest == Index.open(path).digest


def test_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    """Two builds that differ could not be told from a damaged one."""
    shuffled: dict[str, list[Row]] = {name: rows * 2 for name, rows in ROWS.items()}
    for rows in shuffled.values():
        random.Random(1).shuffle(rows)
    other = tmp_path / "other.index"
    write_index(other, shuffled, SOURCES)
    assert other.read_bytes() == small_index(tmp_path).read_bytes()


def test_reader_of_the_old_index_is_not_disturbed(tmp_path: Path) -> None:
    """Set-up beside a running kiosk must not pull the mapped file from under it."""
    path = small_index(tmp_path)
    method = Pinyin(Index.open(path))
    write_index(path, {**ROWS, "words": ROWS["words"][:1]}, SOURCES)
    assert "西安" in texts(method.candidates("xi'an"))
    assert "西安" not in texts(Pinyin(Index.open(path)).candidates("xi'an"))


def test_missing_index_is_told(tmp_path: Path) -> None:
    """Without the index nobody can type a name: the technician must read what to run."""
    with pytest.raises(PinyinUnusable, match=r"pinyin\.index: No such file.*make pinyin"):
        Index.open(tmp_path / "pinyin.index")
    with pytest.raises(PinyinUnusable, match="directory"):
        Index.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"K", b"KPINYIN0" + bytes(99), bytes(4096), MAGIC])
def test_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file of an earlier version read with today's eyes would offer gibberish."""
    path = tmp_path / "pinyin.index"
    path.write_bytes(content)
    with pytest.raises(PinyinUnusable, match="make pinyin"):
        Index.open(path)


@settings(max_examples=60)
@given(data=st.data())
def test_damage_anywhere_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One flipped bit in a name would go unseen into somebody's profile."""
    folder = tmp_path_factory.mktemp("damage")
    path = small_index(folder)
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    else:
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    path.write_bytes(content)
    with pytest.raises(PinyinUnusable):
        Index.open(path)
