"""The wheels on every glass: places a finger hits, each saying what it chooses."""

from datetime import date

import pytest

from kiosk.model.text import Language
from kiosk.screens.furniture import back_button, bottom_bar, done_button, page
from kiosk.screens.view import Sight, View
from kiosk.screens.wheels import told, wheels, wheels_mm
from kiosk.session.states import Rules, Session, Wheel, Wheels
from kiosk.session.states.wheels import A_MONTH
from kiosk.session.wheels import begin, born, chosen, stands, turned
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Scene, text
from kiosk.ui.palette import BOUTIQUE, HIGH_CONTRAST
from kiosk.ui.theme import Style
from tests.factories import content, world
from tests.screens.glasses import GLASSES, STANDING, buttons, laid_out, said
from tests.screens.measured import pale

TODAY = date(2026, 11, 22)
AROUND = world(content=content())
UNTOUCHED = born(TODAY)
CHOSEN = begin(date(1904, 1, 1), TODAY, date(1988, 9, 30), chosen=True)
AT_THE_END = begin(date(1904, 1, 1), TODAY, TODAY, chosen=True)
MONTH = begin(date(2020, 3, 1), TODAY, date(2026, 10, 1), wheels=A_MONTH)
CASES = {"untouched": UNTOUCHED, "chosen": CHOSEN, "at the end": AT_THE_END, "month": MONTH}
EVERY_CASE = pytest.mark.parametrize("on", CASES.values(), ids=CASES)
EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)


def shown(on: Wheels, language: Language = Language.ZH, glass: Metrics = STANDING) -> Scene:
    """A page that asks for a day, with a title above and buttons below."""
    session = Session(Rules(), language, until_s=AROUND.uptime_s + 38, big_text=glass.big_text)
    width, height = glass.width_px / glass.scale, glass.height_px / glass.scale
    sight = Sight(session, AROUND, View(width, height, load(language.value), factor=glass.factor))
    middle = (text("1988", Style.DISPLAY), wheels(sight, on), told(sight, on))
    return page(sight, "wheels", middle, bottom_bar(back_button(sight), done_button(sight)))


@EVERY_CASE
@EVERY_GLASS
@pytest.mark.parametrize("language", Language)
def test_wheels_fit_below_a_title_and_can_be_touched(
    on: Wheels, glass: Metrics, language: Language
) -> None:
    """A year that needs a needle, or a month that is cut."""
    layout = laid_out(shown(on, language, glass), glass)
    assert layout.problems == ()
    for target in layout.targets:
        assert min(target.rect.h, target.rect.w) >= glass.px(20) - 1, target.button.value


@EVERY_CASE
def test_every_value_can_be_read(on: Wheels) -> None:
    """Grey values above and below would be guessed at."""
    assert pale(laid_out(shown(on), STANDING), BOUTIQUE, HIGH_CONTRAST) == []


@EVERY_CASE
@pytest.mark.parametrize("language", Language)
def test_every_place_chooses_what_it_says(on: Wheels, language: Language) -> None:
    """The finger lands on 1988 and 1987 is in the field."""
    touched = [one for one in buttons(shown(on, language)) if one.key == "wheel"]
    assert touched
    months = load(language.value).lists["wheels.months"]
    for button in touched:
        after = turned(on, button.value)
        assert after is not None
        if button.value.endswith("10"):
            continue
        day, wheel = stands(after), Wheel(button.value.partition(":")[0])
        said = {Wheel.YEAR: day.year, Wheel.MONTH: months[day.month - 1], Wheel.DAY: day.day}
        assert button.says.removesuffix(" 年").removesuffix(" 日") == str(said[wheel])


def test_the_day_is_said_as_the_language_says_it() -> None:
    """4/3 is March here and April there; words are the same everywhere."""
    on = begin(date(1904, 1, 1), TODAY, date(1988, 3, 4), chosen=True)
    assert "1988 年 3 月4 日" in said(shown(on)).splitlines()
    assert "4 March 1988" in said(shown(on, Language.EN)).splitlines()
    month = begin(date(2020, 3, 1), TODAY, date(2026, 10, 1), chosen=True, wheels=A_MONTH)
    assert "2026 年 10 月" in said(shown(month)).splitlines()
    assert "October 2026" in said(shown(month, Language.EN)).splitlines()


def test_what_is_still_to_choose_is_named_and_nothing_stands_there_as_chosen() -> None:
    """Somebody waits before a page that will not go on."""
    on = turned(UNTOUCHED, "year:-2")
    assert on is not None
    assert chosen(on) is None
    assert "还要轻触：月、日" in said(shown(on))
    assert "Still to touch: Day, Month" in said(shown(on, Language.EN))
    assert "1989 年 6 月15 日" not in said(shown(on))


@EVERY_GLASS
def test_the_height_is_what_the_page_may_count_on(glass: Metrics) -> None:
    """A page that reckons with less would push its buttons off the glass."""
    scene = shown(UNTOUCHED, glass=glass)
    layout = laid_out(scene, glass)
    tops = [one.rect.y for one in layout.targets if one.button.key == "wheel"]
    ends = [one.rect.y + one.rect.h for one in layout.targets if one.button.key == "wheel"]
    width, height = glass.width_px / glass.scale, glass.height_px / glass.scale
    view = View(width, height, load("en"), factor=glass.factor)
    most = wheels_mm(Sight(Session(Rules(), Language.EN), AROUND, view))
    assert max(ends) - min(tops) <= glass.px(most)
