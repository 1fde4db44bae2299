"""Letters are split as a reader would split them, and in every other way that makes sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.pinyin.syllables import MOST_SPLITS, Split, Syllables, splits

SPELLED = tuple(
    one
    for line in (
        "a ai an ang ao ba ban bang e en er fan fang gan gang ge han hao jie ji la lan li lian",
        "lin lv lve ma mai na nan nv nve o ou shang shan wang xi xia xian xiao yan zhan zhang zi",
    )
    for one in line.split()
)
KNOWN = Syllables.of(SPELLED)


def ways(letters: str) -> list[str]:
    """Every way, its syllables parted by spaces; an unfinished last one ends with a hyphen."""
    return [" ".join(way.syllables) + "-" * way.partial for way in splits(letters, KNOWN)]


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("lina", "li na"),  # not lin a
        ("fangan", "fan gan"),  # not fang an
        ("xian", "xian"),
        ("xi'an", "xi an"),
        ("fang'an", "fang an"),
        ("zhang", "zhang"),
        ("nv", "nv"),
        ("lve", "lve"),
        ("lue", "lve"),  # as it is also typed
        ("zhangz", "zhang z-"),
        ("w", "w-"),
        ("'lina", "li na"),
        ("li''na'", "li na"),
    ],
)
def test_likeliest_way_comes_first(letters: str, first: str) -> None:
    """A name split in the wrong place brings ten wrong names to the first page."""
    assert ways(letters)[0] == first


def test_other_ways_are_kept_behind() -> None:
    """Whoever leaves the apostrophe out still finds 西安."""
    assert ways("xian")[:3] == ["xian", "xia n-", "xi an"]
    assert "fang an" in ways("fangan")


def test_apostrophe_leaves_no_other_way() -> None:
    """Somebody who marks the border does not want to see readings across it."""
    assert all(way.startswith("xi ") for way in ways("xi'an"))


def test_what_cannot_be_read_is_left_over() -> None:
    """One wrong key must not take away everything typed before."""
    (way, *_) = splits("lina?zhang", KNOWN)
    assert (way.syllables, way.ends) == (("li", "na"), (2, 4))


@pytest.mark.parametrize("letters", ["", "'", "v", "?", "1li", "李", "I"])
def test_nothing_to_read_is_no_way(letters: str) -> None:
    """A key that begins no syllable must leave an empty row, not break the keyboard."""
    assert splits(letters, KNOWN) == ()


def test_ends_include_the_apostrophe() -> None:
    """A taken 西 must not leave an apostrophe at the beginning of what remains."""
    (way, *_) = splits("xi'an", KNOWN)
    assert way == Split(("xi", "an"), (3, 5), False, 0)
    (way, *_) = splits("w'", KNOWN)
    assert (way.syllables, way.ends) == (("w",), (2,))


@given(st.text(st.sampled_from("aeghilnouxz'"), max_size=40))
def test_ways_are_sound(letters: str) -> None:
    """Whatever is typed, a way uses up letters in order and says truly which."""
    found = splits(letters, KNOWN)
    assert len(found) <= MOST_SPLITS
    assert len({way.ends[-1] for way in found}) <= 1
    assert [way.cost for way in found] == sorted(way.cost for way in found)
    for way in found:
        read = [letters[a:b].strip("'") for a, b in zip((0, *way.ends), way.ends, strict=False)]
        assert tuple(one.replace("ue", "ve") for one in read) == way.syllables
        whole = way.syllables[:-1] if way.partial else way.syllables
        assert set(whole) <= set(SPELLED)


@given(st.text(st.sampled_from("zhanglixv"), min_size=1, max_size=6))
def test_beginnings_are_a_range(letters: str) -> None:
    """An unfinished syllable that misses one of its endings hides those characters."""
    numbers = KNOWN.beginning_with(letters)
    expected = [one for one in sorted(SPELLED) if one.startswith(letters)]
    assert [KNOWN.spelled[number] for number in numbers] == expected
