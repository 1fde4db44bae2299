"""The keyboard's page on every glass: keys a finger hits, nothing cut, nothing promised in vain."""

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import pytest

from kiosk.config.sections import OWN_PINYIN_INDEX
from kiosk.model.text import Language
from kiosk.pinyin.candidates import Candidate, Pages, paged
from kiosk.pinyin.engine import Pinyin, Purpose
from kiosk.pinyin.index import Index
from kiosk.screens.candidates import offer
from kiosk.screens.compose import scene
from kiosk.screens.keyboard import short
from kiosk.screens.view import Sight, View
from kiosk.screens.written import syllables
from kiosk.session.advance import advance
from kiosk.session.entry import LONGEST_LETTERS, ROWS, blank
from kiosk.session.events import Pressed
from kiosk.session.states import Complaint, Entry, Mode, Session, Visitor, Writing
from kiosk.session.world import World
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Box, Button, Scene
from kiosk.ui.palette import BOUTIQUE, HIGH_CONTRAST
from tests.factories import KEY, content, member, world
from tests.screens.glasses import GLASSES, STANDING, buttons, keys, laid_out, said
from tests.screens.glasses import drawn as drawn_on_glass
from tests.screens.measured import pale
from tests.survey.survey_kit import survey_at

AROUND = world(content=content())
NO_INDEX = replace(AROUND, pinyin=False)
LINA = paged([Candidate(text, ("li", "na"), 4) for text in ("李娜", "李纳", "丽娜") * 9])
ENDLESS = paged([Candidate("好" * LONGEST_LETTERS, ("a",) * LONGEST_LETTERS, LONGEST_LETTERS)])
PANELS = {**GLASSES, "ten-inch": Metrics(800, 1280, 5.9), "eleven-lying": Metrics(1280, 800, 5.0)}
EVERY_GLASS = pytest.mark.parametrize("glass", PANELS.values(), ids=PANELS)


class Case(NamedTuple):
    """One state of the page."""

    page: Writing
    candidates: Pages = ()
    around: World = AROUND


def page(purpose: Entry, text: str = "", letters: str = "", **changes: object) -> Writing:
    """A page on which this was typed."""
    plain = replace(blank(purpose, Language.ZH, text), letters=letters)
    return replace(plain, **changes)  # type: ignore[arg-type]  # fields of Writing


CASES = {
    "pinyin": Case(page(Entry.NAME, letters="lina"), LINA),
    "one-by-one": Case(page(Entry.NAME, "欧阳", "lina", one_by_one=True, sheet=1), LINA),
    "name-at-its-longest": Case(page(Entry.NAME, "W" * 40, "w" * LONGEST_LETTERS), ENDLESS),
    "words-at-their-longest": Case(page(Entry.WORDS, "字" * 290, "w" * LONGEST_LETTERS), ENDLESS),
    "words-in-capitals": Case(page(Entry.WORDS, "W" * 300, mode=Mode.LETTERS)),
    "words-with-words": Case(page(Entry.WORDS, "in a queue again " * 17, mode=Mode.LETTERS)),
    "nobody-reads-it": Case(page(Entry.WORDS, "等", "vvv")),
    "nothing-yet": Case(page(Entry.WORDS)),
    "cleared": Case(page(Entry.WORDS, cleared=("x", ""))),
    "no-index": Case(page(Entry.WORDS), around=NO_INDEX),
    "figures": Case(page(Entry.WORDS, "x", mode=Mode.DIGITS)),
    "marks": Case(page(Entry.WORDS, "x", mode=Mode.SYMBOLS)),
    "phone": Case(page(Entry.PHONE, "138")),
    "email": Case(page(Entry.EMAIL, "wwwwwwwwwwwwwwwwwwww@wwwwwwwwwwwwwwww.example")),
    "email-begun": Case(page(Entry.EMAIL, "li.na")),
    "number": Case(page(Entry.NUMBER, "-23.")),
    "code": Case(page(Entry.CODE, "BANK")),
}
EVERY_CASE = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def session_of(case: Case, language: Language = Language.ZH) -> Session:
    """A member who writes above a complaint that has words already."""
    below = Complaint(words="before")
    visitor = Visitor(member(), KEY)
    return Session(case.page, language, (below,), visitor, AROUND.uptime_s + 45)


def sight_of(case: Case, glass: Metrics = STANDING, language: Language = Language.ZH) -> Sight:
    """The page as it is looked at."""
    session = replace(session_of(case, language), big_text=glass.big_text)
    size = glass.width_px / glass.scale, glass.height_px / glass.scale
    view = View(*size, load(language.value), factor=glass.factor)
    return Sight(session, case.around, view, case.candidates)


def shown(case: Case, glass: Metrics = STANDING, language: Language = Language.ZH) -> Scene:
    """The page's scene on this glass."""
    return scene(sight_of(case, glass, language))


def button(drawn: Scene, key: str, value: str = "") -> Button:
    """The one button that sends this."""
    (found,) = [one for one in buttons(drawn) if (one.key, one.value) == (key, value)]
    return found


@EVERY_GLASS
@EVERY_CASE
def test_nothing_is_cut_on_any_glass(case: Case, glass: Metrics) -> None:
    """A key that is half off the glass is a letter nobody can write."""
    language = Language.EN if glass.big_text else Language.ZH  # pictures have the other ones
    assert laid_out(shown(case, glass, language), glass).problems == ()


@EVERY_GLASS
@pytest.mark.parametrize("name", ["pinyin", "no-index", "figures", "marks", "phone", "email"])
def test_keys_suit_a_finger(name: str, glass: Metrics) -> None:
    """20 mm high on a large glass, 12 mm on the smallest, 2 mm apart (docs/design.md, measures)."""
    layout = laid_out(shown(CASES[name], glass), glass)
    of_keyboard = {"key", "mode", "space", "erase-letter", "shift"}
    held = [
        target.rect
        for target in layout.targets
        if target.button.key in of_keyboard and isinstance(target.button.child, Box)
    ]
    high = min(rect.h for rect in held) / glass.px_per_mm
    assert high >= (20 if glass.factor == 1 else 12) - 0.3
    beside = [
        (one, other) for one in held for other in held if one.y == other.y and one.x < other.x
    ]
    assert min(other.x - one.right for one, other in beside) / glass.px_per_mm >= 1.7
    assert len({rect.y for rect in held}) == 4


@EVERY_CASE
def test_everything_can_be_read(case: Case) -> None:
    """4.5:1 for every text on its ground (WCAG 2.2)."""
    assert pale(laid_out(shown(case), STANDING), BOUTIQUE, HIGH_CONTRAST) == []


@EVERY_CASE
def test_every_button_does_something(case: Case) -> None:
    """A key that only looks like one makes people press harder."""
    session = session_of(case)
    for one in buttons(shown(case)):
        after = advance(session, Pressed(one.key, one.value), case.around).session
        plain = replace(after, until_s=session.until_s)
        full = one.key in ("key", "space", "candidate") and len(case.page.text) >= 250
        many = one.key == "key" and len(case.page.letters) == LONGEST_LETTERS
        idle = one.key in ("space", "erase-letter") or one.value == "'"  # nothing stands there
        same = one.key in ("mode", "candidates")  # the chosen one again
        second = case.page.purpose is Entry.NUMBER and one.value in ("-", ".")  # one of each
        assert (
            plain != session or full or many or same or second or (idle and not case.page.letters)
        )


@EVERY_CASE
def test_every_key_of_the_mode_is_there_once(case: Case) -> None:
    """A letter that is missing makes a name that cannot be written."""
    mode = Mode.LETTERS if not case.around.pinyin else case.page.mode
    wanted = "".join(ROWS[case.page.purpose][mode])
    if mode is Mode.LETTERS and case.page.shift:
        wanted = wanted.upper()
    there = [one.value for one in buttons(shown(case)) if one.key == "key"]
    assert [there.count(char) for char in wanted] == [1] * len(wanted)


def test_the_space_key_takes_what_it_says() -> None:
    """Space for 李娜 that wrote something else would be a name wrongly kept."""
    drawn = shown(CASES["pinyin"])
    assert "选「李娜」" in said(drawn)
    taking = [one for one in buttons(drawn) if one.value == "4:李娜" and one.key == "candidate"]
    assert any("空格" in one.says for one in taking)
    assert button(drawn, "use", "4:李娜").says == "就用「李娜」"


def test_on_another_sheet_the_first_shown_is_taken() -> None:
    """Space must not take a word that is not on the glass."""
    many = paged([Candidate(chr(0x4E00 + n), ("yi",), 2) for n in range(80)])
    case = Case(page(Entry.NAME, letters="yi", one_by_one=True, sheet=1), many)
    first = offer(sight_of(case), case.page).first
    assert first is not None
    assert first.text != many[0][0].text
    assert f"选「{first.text}」" in said(shown(case))


@EVERY_GLASS
def test_every_candidate_is_on_exactly_one_sheet(glass: Metrics) -> None:
    """A character between two sheets can never be reached."""
    many = paged([Candidate("好" * (n % 7 + 1), ("a",), 1) for n in range(60)])
    listed: list[Candidate] = []
    for sheet in range(60):
        case = Case(page(Entry.NAME, letters="a", sheet=sheet), many)
        offered = offer(sight_of(case, glass), case.page)
        listed += [one for row in offered.rows for one in row]
        if sheet == offered.count - 1:
            break
    assert listed == [one for page_ in many for one in page_]


def test_pinyin_is_not_offered_without_its_index_and_that_is_said() -> None:
    """Keys that lead nowhere, without a word, would be a broken kiosk."""
    drawn = shown(CASES["no-index"])
    assert "pinyin" not in {one.value for one in buttons(drawn) if one.key == "mode"}
    assert "打不了中文" in said(drawn)
    assert "打不了中文" not in said(shown(CASES["nothing-yet"]))


def test_words_behind_letters_are_picked_before_they_are_used() -> None:
    """One touch must not send a sentence with a word nobody has looked at."""
    case = Case(page(Entry.WORDS, "等", "lina"), LINA)
    assert "use" not in keys(shown(case))
    assert button(shown(case), "candidate", "4:李娜，").says == "，"


def test_only_what_is_whole_can_be_used() -> None:
    """A number that is one figure short must not look accepted."""
    assert "use" not in keys(shown(CASES["phone"]))
    assert "手机号是 11 位，还差 8 位" in said(shown(CASES["phone"]))
    assert "手机号以 1 开头" in said(shown(Case(page(Entry.PHONE, "2"))))
    assert "第二位是 3 到 9" in said(shown(Case(page(Entry.PHONE, "12"))))
    whole = said(shown(Case(page(Entry.PHONE, "13800138000"))))
    assert "138 0013 8000" in whole.splitlines()
    assert not any(wrong in whole for wrong in ("还差", "开头", "第二位", "最多"))
    assert "use" in keys(shown(Case(page(Entry.PHONE, "13800138000"))))


def test_the_question_of_a_survey_stands_above_its_keys() -> None:
    """Whoever types an answer must not have to remember what was asked."""
    below, visitor = survey_at("ideas"), Visitor(member(), KEY)
    session = Session(page(Entry.WORDS), Language.ZH, (below,), visitor, AROUND.uptime_s + 45)
    told = said(drawn_on_glass(session, AROUND))
    ours = load("zh-CN").say("writing.title.words")
    assert "还有什么建议？" in told
    assert ours not in told
    assert ours in said(shown(CASES["nothing-yet"]))


def test_the_limit_is_named_near_its_end() -> None:
    """Whoever hits a wall they did not see writes the sentence anew."""
    assert "还能写 20 个字" in said(shown(Case(page(Entry.WORDS, "字" * 280))))
    assert "还能写" not in said(shown(Case(page(Entry.WORDS, "字" * 279))))
    assert "最多 300" in said(shown(Case(page(Entry.WORDS, "字" * 300))))


def test_what_stands_there_is_in_the_scene_and_not_in_its_name() -> None:
    """The scene's name is written down when a picture is slow; what is typed never is."""
    drawn = shown(Case(page(Entry.NAME, "李娜")))
    assert "李娜" in said(drawn)
    assert drawn.name == "writing"
    assert "李娜" not in repr(session_of(Case(page(Entry.NAME, "李娜"))))


@pytest.mark.parametrize(
    ("letters", "first", "parts"),
    [
        ("lina", Candidate("李娜", ("li", "na"), 4), ("li", "na")),
        ("xi'an", Candidate("西安", ("xi", "an"), 5), ("xi", "an")),
        ("linx", Candidate("林", ("lin",), 3), ("lin", "x")),
        ("zhan", Candidate("张", ("zhang",), 4), ("zhan",)),
        ("vvv", None, ("vvv",)),
    ],
)
def test_letters_are_parted_as_they_are_read(
    letters: str, first: Candidate | None, parts: tuple[str, ...]
) -> None:
    """Parted otherwise, 西安 would look like 先."""
    assert syllables(letters, first) == parts


def test_long_words_are_named_by_their_beginning() -> None:
    """A button's words must fit it in large type too."""
    assert short("欧阳娜娜娜") == "欧阳娜娜娜"
    assert short("欧阳娜娜娜娜") == "欧阳娜娜…"
    assert short("Anne-Marie") == "Anne-Marie"


@EVERY_GLASS
@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("lina", "李娜"),
        ("wangxiaoming", "王小明"),
        ("ouyangnana", "欧阳娜娜"),
        ("chenjing", "陈静"),
        ("zhangzixuan", "张梓萱"),
    ],
)
def test_names_stand_on_the_first_sheet(letters: str, name: str, glass: Metrics) -> None:
    """A name that has to be looked for is written by nobody."""
    candidates = _pinyin().candidates(letters)
    case = Case(page(Entry.NAME, letters=letters), candidates)
    offered = offer(sight_of(case, glass), case.page)
    assert name in [one.text for row in offered.rows for one in row]


@cache
def _pinyin() -> Pinyin:
    return Pinyin(Index.open(OWN_PINYIN_INDEX), Purpose.NAME)
