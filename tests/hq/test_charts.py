"""Charts: scales that hold what they show, words for who does not see, pictures as looked at."""

import os
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config.sections import OWN_FONTS_DIR
from kiosk.model.text import Language
from kiosk.ui.contrast import SHAPE_AT_LEAST, TEXT_AT_LEAST, contrast
from kiosk.ui.fonts import font_id
from sim.hq.charted import WEEKS, Charting, axis_of, percent, shown
from sim.hq.charts import house as palette
from sim.hq.charts.draw import as_png, as_svg, draw
from sim.hq.charts.gallery import Gallery
from sim.hq.charts.house import House
from sim.hq.charts.shapes import (
    WIDTHS_PX,
    Axis,
    Bar,
    Bars,
    Chart,
    Column,
    Columns,
    Dot,
    Dots,
    Group,
    Point,
    Size,
    Tone,
    Trend,
    height_px,
)
from sim.hq.statistics.intervals import net_share, share
from sim.hq.statistics.scores import Measure, Score
from sim.hq.words import WORDS
from tests.golden.test_golden import FONT_FILE

PICTURES = Path(__file__).with_name("pictures")
OFF_BY = 24
MAX_SHARE = 0.002
"""Edges of letters that another build of the drawing library may draw a shade otherwise."""

MONDAY = date(2026, 1, 5)
WHITE = (255, 255, 255)


def ticks(*values: int) -> tuple[tuple[float, str], ...]:
    """Marks of a scale."""
    return tuple((float(one), f"{one:+d}" if one else "0") for one in values)


DOTS = Dots(
    (
        Dot("上海静安寺店", "+48 · 412 份", 48, 39, 57),
        Dot("A store whose name is longer than any card is wide", "+12 · 38 answers", 12, -10, 33),
        Dot("广州天河店", "还差 7 份"),
    ),
    Axis(-20, 60, ticks(-20, 0, 20, 40, 60)),
    (41, "全部门店 +41"),
)
BARS = Bars(
    (
        Bar(
            "今天的购物满意吗？",
            "412 人看到 · 8 人离开（2%）",
            ((0.98, Tone.MAIN), (0.02, Tone.AGAINST)),
        ),
        Bar("哪方面不满意？", "0 人看到", ((0.0, Tone.MAIN),)),
        Bar("3", "16% · 544", ((0.16, Tone.QUIET),)),
    )
)
SHARES = (0.02, 0.01, 0.01, 0.02, 0.03, 0.05, 0.06, 0.12, 0.18, 0.24, 0.26)
COLUMNS = Columns(
    tuple(
        Group(
            words,
            percent(sum(SHARES[steps.start : steps.stop])),
            tuple(Column(f"{at}", SHARES[at], percent(SHARES[at]), tone) for at in steps),
        )
        for words, steps, tone in (
            ("Detractors", range(7), Tone.AGAINST),
            ("Passives", range(7, 9), Tone.QUIET),
            ("Promoters", range(9, 11), Tone.MAIN),
        )
    )
)
TREND = Trend(
    tuple(
        Point(MONDAY + timedelta(weeks=at))
        if at in (7, 8, 20)
        else Point(MONDAY + timedelta(weeks=at), 30 + at % 7, 18 + at % 5, 45 + at % 6)
        for at in range(22)
    ),
    Axis(0, 60, ticks(0, 20, 40, 60)),
    tuple((MONDAY + timedelta(weeks=4 * at), f"{at + 1}月") for at in range(6)),
    "+30",
)
CHARTS: dict[str, Chart] = {"dots": DOTS, "bars": BARS, "columns": COLUMNS, "trend": TREND}


@pytest.fixture(scope="module")
def house() -> House:
    """The kiosk's letters."""
    return House()


@pytest.mark.parametrize("size", [Size.HALF, Size.PHONE])
@pytest.mark.parametrize("name", CHARTS)
def test_the_chart_is_as_it_was_looked_at(house: House, name: str, size: Size) -> None:
    """A change of the library, or of ours, would reach managers unseen."""
    chart = CHARTS[name]
    drawn = pygame.image.load(BytesIO(as_png(draw(house, chart, WIDTHS_PX[size]))), "a.png")
    assert drawn.get_size() == (WIDTHS_PX[size], height_px(chart, WIDTHS_PX[size]))
    path = PICTURES / f"{name}-{size}.png"
    if os.environ.get("GOLDEN") == "rewrite":
        PICTURES.mkdir(exist_ok=True)
        pygame.image.save(drawn, path)
        return
    if font_id(OWN_FONTS_DIR) != FONT_FILE.read_text().strip():
        pytest.skip("the pictures were made with another font")
    assert _different_share(drawn, pygame.image.load(path)) <= MAX_SHARE


def _different_share(one: pygame.Surface, other: pygame.Surface) -> float:
    mask = pygame.mask.from_threshold(one, (0, 0, 0), (OFF_BY, OFF_BY, OFF_BY, 255), other)
    return 1 - mask.count() / (one.get_width() * one.get_height())


def test_marks_and_words_stand_out_from_their_card() -> None:
    """A manager with weak eyes would see no columns, or not read what they stand for."""
    marks = [*palette.TONES.values(), palette.PINE, palette.BRONZE, palette.EDGE_PINE]
    assert all(contrast(_rgb(one), WHITE) >= SHAPE_AT_LEAST for one in marks)
    inks = (palette.INK, palette.INK_2, palette.INK_3, palette.PINE, palette.BRONZE)
    assert all(contrast(_rgb(one), WHITE) >= TEXT_AT_LEAST for one in inks)


def _rgb(code: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_chart_is_the_same_bytes(house: House, name: str) -> None:
    """Browsers would fetch a chart anew that has not changed."""
    first, second = (as_svg(draw(house, CHARTS[name], 600)) for _ in range(2))
    assert first == second
    assert b"<text" not in first  # outlines: no browser needs the font


def test_names_never_run_into_figures(house: House) -> None:
    """A long store's name would cover its own score."""
    letters = house.letters()
    words = DOTS.rows[1].label
    for width in (0, 10, 60, 200, 10_000):
        told = house.shortened(words, width, letters)
        assert house.width(told, letters) <= max(width, house.width("…", letters))
    assert house.shortened(words, 10_000, letters) == words


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60)).filter(any),
        min_size=1,
        max_size=6,
    )
)
def test_a_scale_holds_every_interval(counts: list[tuple[int, int, int]]) -> None:
    """An error bar would leave the picture, or stand on a scale that goes beyond 100."""
    nets = [net_share(up, down, up + down + rest) for up, down, rest in counts]
    shares = [share(up, up + down + rest) for up, down, rest in counts]
    for measure, found, least in ((Measure.NPS, nets, -100), (Measure.CSAT, shares, 0)):
        axis = axis_of(measure, found)
        assert least <= axis.low < axis.high <= 100
        assert all(axis.low <= 100 * one.low and 100 * one.high <= axis.high for one in found)
        assert 2 <= len(axis.ticks) <= 12
        assert (axis.ticks[0][0], axis.ticks[-1][0]) == (axis.low, axis.high)


def test_scores_are_said_as_people_say_them() -> None:
    """A falling score would read like a rising one."""
    assert [shown(Measure.NPS, one) for one in (0.484, 0, -0.126)] == ["+48", "0", "−13"]
    assert shown(Measure.CSAT, 0.816) == "82%"


def charting(language: Language = Language.EN) -> Charting:
    """Charts of a page."""
    return Charting(Gallery(), WORDS[language], language)


def score(ups: int, n: int) -> Score:
    """A satisfaction of so many."""
    return Score(n, 0, share(ups, n))


def test_groups_stand_best_first_and_unknown_ones_last() -> None:
    """A manager would have to search for the store that needs help."""
    scores = [("b", score(15, 20)), ("few", Score(3, 17, None)), ("a", score(19, 20))]
    picture = charting().scores(Measure.CSAT, scores, score(34, 40), "store")
    assert [row[0] for row in picture.rows] == ["a", "b", "few"]
    assert picture.rows[2][1:] == ("–", "–", "–", "3")
    assert "a: 95% · 20 answers; b: 75% · 20 answers; few: 17 more answers needed" in picture.alt
    assert picture.head[0] == WORDS[Language.EN]["store"]


@pytest.mark.parametrize(("missing", "said"), [(1, "1 more answer needed"), (2, "2 more answers")])
def test_one_thing_is_not_said_as_several(missing: int, said: str) -> None:
    """A manager would read "1 more answers" and doubt the figures beside it."""
    few = [("few", Score(3, missing, None))]
    assert said in charting().scores(Measure.CSAT, few, None, "store").alt


def test_a_trend_is_a_year_without_gaps() -> None:
    """A week nobody answered in would vanish, and the line lie about time."""
    last = MONDAY + timedelta(weeks=80)
    weeks = {MONDAY + timedelta(weeks=at): score(15, 20) for at in range(0, 79, 2)}
    weeks |= {last: score(18, 20), last - timedelta(weeks=1): Score(2, 18, None)}
    picture = charting().trend(Measure.CSAT, weeks)
    assert picture is not None
    assert picture.rows[0][:2] == (last.isoformat(), "90%")
    assert picture.rows[1][1] == "–"
    oldest = date.fromisoformat(picture.rows[-1][0])
    assert (last - oldest).days // 7 <= WEEKS - 1
    assert "90%" in picture.alt
    assert charting().trend(Measure.CSAT, {MONDAY: Score(2, 18, None)}) is None


@pytest.mark.parametrize(("language", "month"), [(Language.EN, "Feb"), (Language.ZH, "2月")])
def test_months_are_named_in_the_pages_language(language: Language, month: str) -> None:
    """A Chinese page would have English months."""
    days = [MONDAY + timedelta(weeks=at) for at in range(9)]
    assert (date(2026, 2, 2), month) in charting(language)._months(days)
