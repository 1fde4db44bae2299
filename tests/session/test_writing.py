"""Writing on glass: what each key does, what is refused, and what the page below is told."""

import re
import unicodedata
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.session.addresses import Flaw, flaw_of, grouped
from kiosk.session.advance import advance, begin
from kiosk.session.entry import ROWS, blank, drawn, is_ready, modes_of, tidy
from kiosk.session.events import Pressed, Tick
from kiosk.session.states import Attract, Complaint, Entry, Mode, Session, Writing
from kiosk.session.world import World
from tests.factories import content, world

AROUND = world(content=content())
COMPLAINT = Complaint(UUID(int=9), "service", words="before")
SECRET = "李娜很生气"


def writing(purpose: Entry = Entry.WORDS, **changes: object) -> Session:
    """Somebody writes above a complaint."""
    page = replace(blank(purpose, Language.ZH), **changes)  # type: ignore[arg-type]  # fields of Writing
    return Session(page, Language.ZH, trail=(COMPLAINT,), until_s=AROUND.uptime_s + 45)


def after(session: Session, *presses: tuple[str, str] | str, around: World = AROUND) -> Session:
    """The session after these touches."""
    for press in presses:
        key, value = press if isinstance(press, tuple) else (press, "")
        session = advance(session, Pressed(key, value), around).session
    return session


def typed(session: Session, characters: str, around: World = AROUND) -> Session:
    """The session after one key for each character."""
    return after(session, *(("key", char) for char in characters), around=around)


def page_of(session: Session) -> Writing:
    """The keyboard's page."""
    assert isinstance(session.page, Writing)
    return session.page


def told(session: Session) -> str:
    """What the complaint below was told."""
    assert isinstance(session.page, Complaint)
    return session.page.words


def test_letters_wait_for_their_candidate() -> None:
    """Pinyin in the text itself would be what HQ reads."""
    page = page_of(typed(writing(), "lina"))
    assert (page.text, page.letters) == ("", "lina")


def test_a_candidate_takes_the_letters_it_covers_and_leaves_the_rest() -> None:
    """Taking 李 for li would lose na, and the name with it."""
    session = after(typed(writing(), "li'na"), ("candidate", "2:李"))
    assert (page_of(session).text, page_of(session).letters) == ("李", "na")
    session = after(session, ("candidate", "2:娜"))
    assert (page_of(session).text, page_of(session).letters) == ("李娜", "")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "李",
        ":李",
        "0:李",
        "5:李",
        "-1:李",
        "x:李",
        "²:李",
        "4:",
        "4:李 娜",
        "4:李\n",
        "4:\u202e李",
    ],
)
def test_a_candidate_that_makes_no_sense_changes_nothing(value: str) -> None:
    """The live view may send anything; a control character would turn the field around."""
    session = typed(writing(), "lina")
    assert page_of(after(session, ("candidate", value))) == page_of(session)


def test_space_is_one_space_and_never_the_first() -> None:
    """Spaces that pile up would count against the limit unseen."""
    session = after(
        writing(mode=Mode.LETTERS), "space", ("key", "a"), "space", "space", ("key", "b")
    )
    assert page_of(session).text == "a b"


def test_letters_without_a_candidate_stand_as_they_are() -> None:
    """Whoever writes "ok" among Chinese must not be caught by the keyboard."""
    assert page_of(after(typed(writing(), "vip"), "space")).text == "vip"
    assert page_of(after(typed(writing(), "vip"), ("mode", "letters"))).text == "vip"
    assert told(after(typed(writing(), "vip"), "use")) == "vip"


def test_a_mark_leaves_letters_before_it_as_they_are() -> None:
    """A mark that did nothing would be touched again and again."""
    assert page_of(typed(writing(), "vip，")).text == "vip，"


def test_erasing_takes_letters_first_then_text() -> None:
    """One touch takes one sign back, whichever was last."""
    session = after(typed(writing(text="好"), "li"), "erase-letter")
    assert (page_of(session).text, page_of(session).letters) == ("好", "l")
    session = after(session, "erase-letter", "erase-letter", "erase-letter")
    assert (page_of(session).text, page_of(session).letters) == ("", "")


def test_a_mark_on_a_character_is_erased_with_it() -> None:
    """A touch that seems to do nothing is touched again."""
    assert page_of(after(writing(text="he\u0301"), "erase-letter")).text == "h"


def test_what_was_cleared_can_be_brought_back_until_something_new_is_written() -> None:
    """A long text lost to one touch is not written again."""
    session = typed(writing(text="等了很久"), "li")
    cleared = after(session, "clear")
    assert (page_of(cleared).text, page_of(cleared).letters) == ("", "")
    back = page_of(after(cleared, "undo"))
    assert (back.text, back.letters) == ("等了很久", "li")
    assert page_of(after(typed(cleared, "a"), "undo")).text == ""


def test_a_capital_begins_a_sentence_and_a_name_and_is_one_letter_long() -> None:
    """Names in small letters look careless on a gift."""
    name = writing(Entry.NAME, mode=Mode.LETTERS)
    assert page_of(name).shift
    session = after(typed(name, "Li"), "space")
    assert page_of(session).shift
    assert not page_of(typed(session, "N")).shift
    assert page_of(after(typed(session, "N"), "shift")).shift


def test_only_keys_of_the_mode_are_taken() -> None:
    """A figure in a name, or a letter in a number, would be HQ's riddle."""
    for purpose, wrong in [(Entry.PHONE, "a"), (Entry.NAME, "5"), (Entry.EMAIL, "，")]:
        session = writing(purpose)
        for mode in ROWS[purpose]:
            session = after(session, ("mode", mode.value))
            assert page_of(typed(session, wrong)).text == ""
            assert page_of(after(session, ("key", "ab"))).text == ""


def test_modes_that_do_not_suit_are_not_taken() -> None:
    """Pinyin for a telephone number leads nowhere."""
    assert page_of(after(writing(Entry.PHONE), ("mode", "pinyin"))).mode is Mode.DIGITS
    assert page_of(after(writing(), ("mode", "x"))).mode is Mode.PINYIN


def test_without_an_index_letters_are_text() -> None:
    """Letters that wait for candidates nobody can offer would be a dead end."""
    around = replace(AROUND, pinyin=False)
    session = typed(writing(letters="li"), "na", around)
    assert (page_of(session).text, page_of(session).letters) == ("lina", "")
    assert Mode.PINYIN not in modes_of(Entry.WORDS, Language.ZH, pinyin=False)


def test_the_limit_holds_for_every_way_to_write() -> None:
    """HQ refuses a record that is too long, and the complaint with it."""
    full = writing(text="好" * 299)
    assert page_of(after(typed(full, "li"), ("candidate", "2:李娜"))).letters == "li"
    assert drawn(page_of(after(typed(full, "vip"), "space")).text) == 300
    full = after(typed(full, "li"), ("candidate", "2:李"))
    assert page_of(typed(full, "na")).letters == ""
    assert page_of(after(full, ("key", "，"), "space")).text == "好" * 299 + "李"


def test_characters_are_counted_as_they_are_drawn() -> None:
    """A mark on a letter is no character of its own; a rare one beyond 16 bits is one."""
    assert drawn("e\u0301") == 1
    assert drawn("𠮷㛃䶮") == 3


def test_use_hands_the_text_to_the_page_below() -> None:
    """Words that stay on the keyboard's page are never sent."""
    session = after(typed(writing(), "lina"), ("use", "4:李娜"))
    assert told(session) == "李娜"
    assert session.trail == ()


def test_use_waits_for_letters_that_are_left() -> None:
    """Na behind 李 is not what anybody meant to send."""
    session = typed(writing(), "lina")
    assert page_of(after(session, ("use", "2:李"))) == page_of(session)


def test_an_empty_text_takes_the_words_away_and_back_keeps_them() -> None:
    """Whoever thinks better of it must be able to; whoever only looked loses nothing."""
    assert told(after(writing(text="x"), "clear", "use")) == ""
    assert told(after(writing(text="x"), "back")) == "before"


@pytest.mark.parametrize(
    ("purpose", "text", "ready"),
    [
        (Entry.PHONE, "13800138000", True),
        (Entry.PHONE, "1380013800", False),
        (Entry.PHONE, "12800138000", False),
        (Entry.EMAIL, "li.na@example.com", True),
        (Entry.EMAIL, "li.na@example", False),
        (Entry.EMAIL, "li@na@example.com", False),
        (Entry.EMAIL, "@example.com", False),
        (Entry.EMAIL, "li@.com", False),
        (Entry.NAME, "欧阳娜娜", True),
        (Entry.NAME, "·", False),
        (Entry.NUMBER, "", False),
        (Entry.NUMBER, "7", True),
        (Entry.NUMBER, "-23.5", True),
        (Entry.NUMBER, "-", False),
        (Entry.NUMBER, "23.", False),
        (Entry.CODE, "", False),
        (Entry.CODE, "BANK7", True),
        (Entry.WORDS, "", True),
    ],
)
def test_only_what_is_whole_is_used(purpose: Entry, text: str, ready: bool) -> None:
    """Half a number cannot be called."""
    assert is_ready(purpose, text) is ready
    session = after(writing(purpose, text=text), "use")
    assert isinstance(session.page, Complaint) is ready


def test_a_number_has_one_sign_and_one_point() -> None:
    """1.2.3 is nobody's size, and the page would only say so at the end."""
    session = typed(writing(Entry.NUMBER), "-2-3.5.7")
    assert page_of(session).text == "-23.57"
    assert page_of(typed(writing(Entry.NUMBER), ".5-")).text == "5"
    assert len(page_of(typed(writing(Entry.NUMBER), "9" * 40)).text) == 15


def test_a_mobile_number_ends_with_its_last_figure() -> None:
    """A twelfth figure would make the whole number wrong."""
    assert page_of(typed(writing(Entry.PHONE), "138001380009")).text == "13800138000"


def test_a_code_is_all_capitals() -> None:
    """HQ knows BANK7 and not bank7."""
    session = typed(writing(Entry.CODE), "bANk")
    assert page_of(session).text == "BANK"
    assert page_of(after(session, "shift", ("key", "s"))).text == "BANKS"
    assert page_of(after(session, ("mode", "digits"), ("key", "7"))).text == "BANK7"


@pytest.mark.parametrize(
    ("text", "server", "whole"),
    [
        ("li.na", "qq.com", "li.na@qq.com"),
        ("li.na@", "163.com", "li.na@163.com"),
        ("li.na@1", "163.com", "li.na@163.com"),
        ("li.na@1", "qq.com", None),
        ("li.na@qq.com", "qq.com", None),
        ("", "qq.com", None),
        ("li.na", "example.com", None),
        ("li@na@", "qq.com", None),
    ],
)
def test_a_usual_end_completes_an_address(text: str, server: str, whole: str | None) -> None:
    """An address with two servers reaches nobody."""
    page = page_of(after(writing(Entry.EMAIL, text=text), ("server", server)))
    assert page.text == (whole or text)
    assert page_of(after(writing(text="x"), ("server", server))).text == "x"


@given(st.text("013789", max_size=13))
def test_what_is_wrong_with_a_number_is_said_until_it_is_whole(number: str) -> None:
    """A page that neither goes on nor says why."""
    number = number[:11]
    assert (flaw_of(number) is None) == is_ready(Entry.PHONE, number)
    assert grouped(number).replace(" ", "") == number


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("", Flaw.SHORT),
        ("2", Flaw.FIRST),
        ("1", Flaw.SHORT),
        ("12", Flaw.SECOND),
        ("22", Flaw.FIRST),
        ("138", Flaw.SHORT),
        ("13800138000", None),
        ("10800138000", Flaw.SECOND),
    ],
)
def test_the_leftmost_mistake_is_named(number: str, flaw: Flaw | None) -> None:
    """Whoever reads that two figures are missing looks in the wrong place."""
    assert flaw_of(number) is flaw


def test_idle_time_never_fires_while_somebody_types() -> None:
    """A slow writer would lose every word to the time-out."""
    session, around = writing(), AROUND
    for char in "xiwangnengkuaiyidian":
        around = replace(around, uptime_s=around.uptime_s + around.timing.idle_s - 0.1)
        session = advance(session, Tick(), around).session
        session = advance(session, Pressed("key", char), around).session
    assert page_of(session).letters == "xiwangnengkuaiyidian"
    around = replace(around, uptime_s=around.uptime_s + around.timing.idle_s)
    assert not isinstance(advance(session, Tick(), around).session.page, Writing)


@pytest.mark.parametrize("key", ["key", "space", "candidate", "erase-letter", "clear", "undo", "x"])
def test_a_key_that_changes_nothing_still_proves_that_somebody_is_there(key: str) -> None:
    """Somebody who touches beside the keys is not away."""
    later = replace(AROUND, uptime_s=AROUND.uptime_s + 40)
    assert after(writing(), key, around=later).until_s == later.uptime_s + later.timing.idle_s


def test_keys_of_the_keyboard_do_nothing_elsewhere() -> None:
    """A finger that was still typing when the page changed must not change the next one."""
    for key in ("key", "space", "candidate", "erase-letter", "clear", "undo", "mode", "use"):
        session = replace(begin(AROUND), page=COMPLAINT)
        assert after(session, (key, "a")).page == COMPLAINT


def test_what_is_written_is_in_no_repr() -> None:
    """A session in a log would tell what somebody wrote."""
    session = writing(text=SECRET, letters="shengqi", cleared=(SECRET, "a"))
    assert SECRET not in repr(session)
    assert "shengqi" not in repr(session)


def test_the_end_leaves_nothing_of_it() -> None:
    """The next person would read it."""
    session = after(writing(text=SECRET), "done")
    assert isinstance(session.page, Attract)
    assert session.trail == ()


PRESSES = st.one_of(
    st.tuples(
        st.just("key"), st.sampled_from([*"abcdlinaxv'AZ19-@.，。？", "", "ab", "\n", "\u200b"])
    ),
    st.tuples(st.just("candidate"), st.from_regex(r"\A\d?:[李娜 \n喆𠮷]{0,3}\Z")),
    st.tuples(st.just("mode"), st.sampled_from([mode.value for mode in Mode])),
    st.tuples(st.just("candidates"), st.sampled_from(["whole", "single", "x"])),
    st.sampled_from(
        [(key, "") for key in ("space", "erase-letter", "clear", "undo", "shift", "language")]
    ),
    st.tuples(st.just("sheet"), st.sampled_from(["0", "3", "x"])),
)


@given(
    purpose=st.sampled_from(list(Entry)),
    limit=st.integers(1, 12),
    presses=st.lists(PRESSES, max_size=60),
    pinyin=st.booleans(),
)
def test_whatever_is_touched_the_text_is_sound(
    purpose: Entry, limit: int, presses: list[tuple[str, str]], pinyin: bool
) -> None:
    """HQ's limits hold by construction: length, no control characters, single spaces."""
    around = replace(AROUND, pinyin=pinyin)
    session = writing(purpose, limit=limit)
    for press in presses:
        session = after(session, press, around=around)
        page = page_of(session)
        assert drawn(page.text) <= limit
        assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in page.text)
        assert "  " not in page.text
        assert not page.text.startswith(" ")
        assert re.fullmatch("[a-z']*", page.letters)
        assert tidy(page.text) == page.text.strip()
        assert page.mode in ROWS[purpose]
