"""Short choices in a grid: every one a target, none cut, none wider than its neighbour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.model.text import Language
from kiosk.screens.asked import Room
from kiosk.screens.chips import Option, are_short, chips, chips_mm
from kiosk.screens.furniture import back_button, bottom_bar, page
from kiosk.screens.view import Sight, View
from kiosk.session.states import Rules, Session
from kiosk.ui.languages import load
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Button
from tests.factories import content, world
from tests.screens.glasses import GLASSES, STANDING, laid_out

AROUND = world(content=content())
SIZES = ("XS", "S", "M", "L", "XL", "XXL", "3XL", "均码", "不清楚")
LONG_SIZES = tuple(f"{height}/{chest}A" for height in (160, 165, 170) for chest in (80, 84, 88))
EVERY_GLASS = pytest.mark.parametrize("glass", GLASSES.values(), ids=GLASSES)


def looked_at(glass: Metrics = STANDING) -> Sight:
    """A page on this glass."""
    session = Session(Rules(), Language.ZH, until_s=AROUND.uptime_s + 9, big_text=glass.big_text)
    width, height = glass.width_px / glass.scale, glass.height_px / glass.scale
    return Sight(session, AROUND, View(width, height, load("zh-CN"), factor=glass.factor))


def options(labels: tuple[str, ...]) -> list[Option]:
    """Choices that are sent by their number."""
    return [Option(str(at), words) for at, words in enumerate(labels)]


@EVERY_GLASS
@pytest.mark.parametrize("labels", [SIZES, LONG_SIZES, ("是", "否")], ids=["sizes", "long", "two"])
@pytest.mark.parametrize("chosen", [(), ("0", "2")], ids=["none", "some"])
@pytest.mark.parametrize("share", [1, 3], ids=["no room", "room"])
def test_chips_fit_and_are_targets_of_one_size(
    glass: Metrics, labels: tuple[str, ...], chosen: tuple[str, ...], share: int
) -> None:
    """XXL must not be a needle's eye beside M, and the chosen one must not be cut."""
    sight = looked_at(glass)
    wanted = chips_mm(sight, options(labels), sight.view.inner_mm)
    room = Room(sight.view.inner_mm, wanted * share)
    grid = chips(sight, "choice", options(labels), chosen, room)
    layout = laid_out(page(sight, "chips", (grid,), bottom_bar(back_button(sight))), glass)
    assert layout.problems == ()
    rects = [one.rect for one in layout.targets if one.button.key == "choice"]
    assert len(rects) == len(labels)
    assert min(min(rect.w, rect.h) for rect in rects) >= glass.px(20) - 1
    assert max(rect.w for rect in rects) - min(rect.w for rect in rects) <= 1
    high = max(rect.y + rect.h for rect in rects) - min(rect.y for rect in rects)
    if share == 1:
        assert high == pytest.approx(glass.px(wanted), abs=2)
    else:
        assert glass.px(wanted) + 2 < high <= glass.px(room.height)


@given(st.lists(st.text("XSML均码一二3/", min_size=1, max_size=4), min_size=1, max_size=20))
def test_no_choice_is_lost_and_no_row_is_nearly_empty(labels: list[str]) -> None:
    """A last chip alone in its row looks like a mistake where the rows could be even."""
    sight = looked_at()
    room = Room(sight.view.inner_mm, sight.view.height_mm)
    grid = chips(sight, "choice", options(tuple(labels)), (), room)
    rows = [[one for one in row.children if isinstance(one, Button)] for row in grid.children]
    assert [button.says for row in rows for button in row] == labels
    assert len(rows[0]) - len(rows[-1]) < len(rows)


@pytest.mark.parametrize(
    ("labels", "short"),
    [
        (SIZES, True),
        (LONG_SIZES, True),
        (("XS", "朋友或家人介绍"), False),
        (("", "S"), False),
        (("S",), False),
        ((), False),
    ],
)
def test_a_grid_is_for_short_choices_only(labels: tuple[str, ...], short: bool) -> None:
    """A sentence in a chip would be cut."""
    assert are_short(labels) is short
