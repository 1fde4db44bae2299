"""Texts are set as the design asks: gaps, hanging marks, shrinking, and nothing kept."""

import pytest

from kiosk.ui.chars import GAP_EM
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Align, Span, Text, text
from kiosk.ui.text import MAX_OPEN, PygameFaces
from kiosk.ui.theme import Style, Weight
from kiosk.ui.typeset import UNBOUNDED_PX, Faces, Typesetter
from tests.ui.kit import FONTS, FakeFaces

METRICS = Metrics(1080, 1920, 4.03)
BODY_PX = METRICS.font_px(Style.BODY.step.cap_mm)


@pytest.fixture(params=["fake", "real"])
def faces(request: pytest.FixtureRequest) -> Faces:
    """The fake font and the real one: both must keep the same promises."""
    return FakeFaces() if request.param == "fake" else PygameFaces(FONTS)


def begins(words: str) -> list[int]:
    """Where the runs of a one-line text begin, in the fake font."""
    fit = Typesetter(FakeFaces(), METRICS).fit(text(words), UNBOUNDED_PX)
    return [run.x for run in fit.lines[0].runs]


# -- the contract of fonts -------------------------------------------------------------------


def test_longer_words_are_wider(faces: Faces) -> None:
    """Line breaking adds characters up until the room is used: width must grow with them."""
    words = "积分 points 12,680 分。"
    seen = [faces.advance(Weight.REGULAR, 34, words[:n]) for n in range(len(words) + 1)]
    assert seen[0] == 0
    assert seen == sorted(seen)


def test_digits_are_of_one_width(faces: Faces) -> None:
    """A counting number would tremble if its digits were not."""
    for weight in Weight:
        assert len({faces.advance(weight, 34, digit) for digit in "0123456789"}) == 1


def test_a_larger_size_is_wider(faces: Faces) -> None:
    """Shrinking a text must make it narrower, or it would never fit."""
    assert faces.advance(Weight.BOLD, 20, "会员卡 card") < faces.advance(
        Weight.BOLD, 40, "会员卡 card"
    )


def test_a_text_set_into_its_own_width_stays_on_one_line(faces: Faces) -> None:
    """A row gives a text the width it asked for; it may not break or shrink in it."""
    setter = Typesetter(faces, METRICS)
    for words in ("截至 11-21 14:20", "AVATAR Ty To", "「好」，", "12,680"):
        wish = Text(spans=text(words).spans, max_lines=0)
        natural = setter.fit(wish, UNBOUNDED_PX)
        again = setter.fit(wish, natural.width)
        assert (len(again.lines), again.cut, again.width) == (1, False, natural.width)


# -- what the design asks --------------------------------------------------------------------


def test_air_between_han_and_latin_is_drawn() -> None:
    """Digits glued to characters are hard to read; the font has no thin space to do it with."""
    assert begins("积3") == [0, round(BODY_PX + GAP_EM * BODY_PX)]
    assert begins("A3") == [0]


def test_a_space_between_han_and_latin_is_the_same_thin_air() -> None:
    """Words from translators have spaces in them and those from figures have none: one look."""
    setter = Typesetter(FakeFaces(), METRICS)
    spaced, plain = (setter.fit(text(w), UNBOUNDED_PX).width for w in ("积 3 分", "积3分"))
    assert abs(spaced - plain) <= 1


def test_two_marks_share_one_square() -> None:
    """」 and ， side by side leave a hole of a whole character otherwise."""
    setter = Typesetter(FakeFaces(), METRICS)
    assert setter.fit(text("好」，好"), UNBOUNDED_PX).width == round(3.5 * BODY_PX)


def test_closing_marks_hang() -> None:
    """A centred line looks shifted to the left when its comma's blank half counts."""
    setter = Typesetter(FakeFaces(), METRICS)
    assert setter.fit(text("好，"), UNBOUNDED_PX).width == round(1.5 * BODY_PX)


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("It\u2019s", "It's"),
        ("\u201cfine\u201d.", '"fine".'),
        ("他说\u201c好\u201d", "他说\u201c好\u201d"),
    ],
)
def test_latin_quotes_are_straight(written: str, drawn: str) -> None:
    """The font draws the curled ones as wide as a Chinese character."""
    fit = Typesetter(FakeFaces(), METRICS).fit(text(written), UNBOUNDED_PX)
    assert "".join(run.words for run in fit.lines[0].runs) == drawn


def test_a_text_shrinks_before_it_is_cut() -> None:
    """A long name in English must stay whole as long as it is large enough to read."""
    setter = Typesetter(FakeFaces(), METRICS)
    wish = text("会员卡会员卡", shrink_to=0.7)
    room = round(6 * BODY_PX * 0.8)
    fit = setter.fit(wish, room)
    assert not fit.cut
    assert fit.width <= room
    assert fit.lines[0].runs[0].size_px < BODY_PX


def test_a_text_that_cannot_fit_says_so() -> None:
    """The layout test of every screen finds cut texts by this mark alone."""
    fit = Typesetter(FakeFaces(), METRICS).fit(text("会员卡会员卡"), 3 * BODY_PX)
    assert fit.cut
    assert fit.lines[0].runs[-1].words.endswith("…")
    assert fit.width <= 3 * BODY_PX


def test_a_centred_text_has_even_lines() -> None:
    """One lost character on the last line looks like a mistake."""
    setter = Typesetter(FakeFaces(), METRICS)
    wish = Text(spans=text("会员卡贴在右下方读").spans, max_lines=0, align=Align.CENTRE)
    fit = setter.fit(wish, 8 * BODY_PX)
    assert [len(line.runs[0].words) for line in fit.lines] == [5, 4]


def test_a_raised_span_keeps_the_baseline_of_its_line() -> None:
    """The small unit beside a large figure is lifted, the line is not."""
    spans = (Span(text="320", style=Style.FIGURE), Span(text="分", raise_mm=2))
    fit = Typesetter(FakeFaces(), METRICS).fit(Text(spans=spans), UNBOUNDED_PX)
    figure, unit = fit.lines[0].runs
    assert (figure.rise, unit.rise) == (0, METRICS.px(2))
    assert fit.baseline == fit.lines[0].baseline


def test_lines_are_a_leading_apart() -> None:
    """Chinese lines that touch cannot be read."""
    wish = Text(spans=text("会员卡会员卡").spans, max_lines=0)
    fit = Typesetter(FakeFaces(), METRICS).fit(wish, 3 * BODY_PX)
    apart = fit.lines[1].baseline - fit.lines[0].baseline
    assert abs(apart - BODY_PX * Style.BODY.step.leading) <= 1


def test_nothing_set_for_one_picture_outlives_the_next() -> None:
    """A member's name must not stay in memory after the page is gone."""
    setter = Typesetter(FakeFaces(), METRICS)
    setter.turn()
    setter.fit(text("李娜"), 500)
    setter.end_turn()
    setter.turn()
    setter.fit(text("你好"), 500)
    setter.end_turn()
    assert "李娜" not in repr(vars(setter))


def test_what_was_rehearsed_is_at_hand_for_good() -> None:
    """A member waits for words that stand on everybody's page; nobody's words may be kept."""
    setter = Typesetter(FakeFaces(), Metrics(300, 420, 1.25))
    nobodys, somebodys = text("积分"), text("欧阳女士")
    setter.turn()
    kept = setter.fit(nobodys, 100)
    setter.keep()
    setter.end_turn()
    setter.turn()
    dropped = setter.fit(somebodys, 100)
    setter.end_turn()
    for _ in range(2):
        setter.turn()
        setter.end_turn()
    setter.turn()
    assert setter.fit(nobodys, 100) is kept
    assert setter.fit(somebodys, 100) is not dropped


def test_only_so_many_sizes_stay_open() -> None:
    """Texts that shrink would open one after another, a quarter of a megabyte each."""
    faces = PygameFaces(FONTS)
    first = faces.font(Weight.BOLD, 20)
    for size_px in range(21, 21 + MAX_OPEN - 1):
        faces.font(Weight.BOLD, size_px)
        assert faces.font(Weight.BOLD, 20) is first
    for size_px in range(60, 60 + MAX_OPEN):
        faces.font(Weight.BOLD, size_px)
    assert faces.font(Weight.BOLD, 20) is not first
