"""What moves arrives, rests, and costs nothing when it rests."""

import pygame
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.ui import entrance
from kiosk.ui.hint import CYCLE_S, FRAME_S, MOVING_S, REST, next_pose_s, pose_at
from kiosk.ui.items import Item, runs_of
from kiosk.ui.motion import COUNT_AFTER_S, COUNT_FRAME_S, COUNT_S, ROUND_STEPS, Motions
from kiosk.ui.nodes import Box, Column, Gap, Insets, Place, Scene, Span, Stack, text
from kiosk.ui.paint import Painter
from kiosk.ui.pieces import Corner, Turning, count_up
from kiosk.ui.tap_shape import Rect
from kiosk.ui.theme import Style
from tests.ui.kit import attract, button, hint, home, painter, pixels


def whole(scene: Scene) -> bytes:
    """The scene as it stands when nothing moves."""
    fresh = painter()
    fresh.show(scene, 0)
    return pixels(fresh.surface)


def run_to(brush: Painter, until_s: float) -> list[float]:
    """Animate as the loop does, to a moment; returns the moments something was drawn."""
    drawn = []
    while (now_s := brush.next_frame_s) is not None and now_s <= until_s:
        if brush.animate(now_s):
            drawn.append(now_s)
    return drawn


# -- pages -----------------------------------------------------------------------------------


def test_a_page_arrives_where_it_belongs() -> None:
    """A page that stopped a pixel short would be blurred against its next change."""
    brush = painter(motion=True)
    brush.show(attract(), 10)
    region = brush.show(home("李女士", "320"), 20)
    assert region
    assert pixels(brush.surface) != whole(home("李女士", "320"))
    frames = run_to(brush, 21)
    assert 4 <= len(frames) <= 12
    assert frames[-1] - 20 == pytest.approx(entrance.LASTS_S, abs=entrance.FRAME_S)
    assert pixels(brush.surface) == whole(home("李女士", "320"))
    assert brush.next_frame_s is None


def test_the_first_frame_is_the_page_already() -> None:
    """A touch is answered at once: the new page may not begin with an empty glass."""
    brush = painter(motion=True)
    brush.show(attract(), 10)
    empty = painter()
    empty.show(Scene(name="empty", root=Gap()), 0)
    brush.show(home("李女士", "320"), 20)
    spot = (150, 52)  # on the hero card
    gone, there = empty.surface.get_at(spot), brush.surface.get_at(spot)
    assert sum(abs(a - b) for a, b in zip(gone, there, strict=True)) > 60


def test_targets_are_there_before_the_page_has_arrived() -> None:
    """Nothing that moves may hold up a touch."""
    brush = painter(motion=True)
    brush.show(attract(), 10)
    brush.show(home("李女士", "320"), 20)
    found = brush.target_at(150, 395)
    assert found is not None
    brush.press(found)
    still = painter()
    still.show(home("李女士", "320"), 0)
    still.press(found)
    assert pixels(brush.surface) == pixels(still.surface)


def test_a_change_on_the_way_in_is_not_lost() -> None:
    """A second that ticks during the entrance must end it cleanly."""
    brush = painter(motion=True)
    brush.show(attract(), 10)
    brush.show(home("李女士", "320"), 20)
    brush.animate(20.05)
    brush.show(home("李女士", "321"), 20.1)
    assert pixels(brush.surface) == whole(home("李女士", "321"))


def _page(name: str, words: str) -> Scene:
    top = Box(child=text("悦享生活馆"), padding=Insets.all(4))
    middle = Box(child=text(words), padding=Insets.all(4), height=60)
    page = Column(items=(top, Gap(height=80), middle, Gap(grow=1), button("完成")))
    return Scene(name=name, root=page)


def test_what_both_pages_share_stands_still() -> None:
    """Bars that jump at every page make the whole glass flicker."""
    brush = painter(motion=True)
    brush.show(_page("one", "第一页"), 10)
    before = brush.surface.copy()
    brush.show(_page("two", "第二页"), 20)
    assert brush.layout is not None
    bar = pygame.Rect(next(p.rect for p in brush.layout.placed if p.depth == 1))
    for _ in range(3):
        assert pixels(brush.surface.subsurface(bar)) == pixels(before.subsurface(bar))
        brush.animate(brush.next_frame_s or 0)


@pytest.mark.parametrize("enters", [True, False])
def test_without_motion_a_page_is_there_at_once(enters: bool) -> None:
    """Reduced motion, and scenes that say so, change in one step."""
    brush = painter(motion=not enters)
    brush.show(attract(), 0)
    brush.show(home("李女士", "320", enters=enters), 1)
    assert pixels(brush.surface) == whole(home("李女士", "320"))
    assert brush.next_frame_s is None


# -- the hint --------------------------------------------------------------------------------


def test_the_hint_breathes_and_rests() -> None:
    """12 frames a second while it moves, none while it rests: so it costs a percent."""
    brush = painter(motion=True)
    brush.show(attract(), 100)
    frames = run_to(brush, 100 + CYCLE_S)
    moving = [now_s for now_s in frames if now_s < 100 + CYCLE_S - FRAME_S]
    assert len(moving) == pytest.approx(MOVING_S / FRAME_S, abs=2)
    assert max(moving) <= 100 + MOVING_S + FRAME_S
    assert brush.animate(100 + CYCLE_S - 0.2) == []


def test_the_hint_at_rest_is_the_whole_picture() -> None:
    """After a breath every pixel is back: no trail of the card may stay."""
    brush = painter(motion=True)
    brush.show(attract(), 100)
    run_to(brush, 100 + MOVING_S / 2)
    assert pixels(brush.surface) != whole(attract())
    run_to(brush, 100 + CYCLE_S - 0.2)
    assert pixels(brush.surface) == whole(attract())


def test_each_frame_touches_the_hint_alone() -> None:
    """A frame that redraws the glass would cost ten times what it may."""
    brush = painter(motion=True)
    brush.show(attract(), 100)
    assert brush.layout is not None
    place = pygame.Rect(brush.layout.placed[1].rect)
    before = brush.surface.copy()
    for _ in range(8):
        [region] = brush.animate(brush.next_frame_s or 0)
        assert place.contains(region)
    for surface in (before, brush.surface):
        surface.fill("black", place)
    assert pixels(before) == pixels(brush.surface)


def test_the_hint_goes_on_when_the_words_change() -> None:
    """Attract changes its frame every few seconds; the card may not jump back each time."""
    brush = painter(motion=True)
    brush.show(attract(), 100)
    run_to(brush, 100.8)
    pose = brush._motions.pose()
    brush.show(Scene(name="attract", root=attract().root, enters=False), 100.8)
    assert brush._motions.pose() == pose != REST


@pytest.mark.parametrize("corner", list(Corner))
def test_a_hint_moves_wherever_the_reader_is(corner: Corner) -> None:
    """The reader may stand at any side of the glass."""
    place = Place(x=0.5, y=0.5)
    scene = Scene(name="h", root=Stack(layers=((hint(corner), place),)))
    brush = painter(motion=True)
    brush.show(scene, 0)
    first = pixels(brush.surface)
    brush.animate(0.5)
    assert pixels(brush.surface) != first


def test_a_hint_of_a_lost_reader_lies_still() -> None:
    """Nothing may invite a card that cannot be read."""
    brush = painter(motion=True)
    root = Stack(layers=((hint(alive=False), Place()),))
    dead = Scene(name="h", root=root, enters=False)
    brush.show(dead, 0)
    assert brush.next_frame_s is None
    brush.show(attract(), 1)
    assert brush.next_frame_s is not None
    brush.show(dead, 2)
    assert brush.next_frame_s is None
    assert brush.animate(3) == []


def test_a_breath_begins_and_ends_at_rest() -> None:
    """The rings and the card may not jump when the breath begins again."""
    assert pose_at(0) == REST
    ends = pose_at(MOVING_S - 0.001)
    assert ends.reach < 0.05
    assert ends.spread % 1 > 0.95 or ends.spread % 1 < 0.05
    assert pose_at(CYCLE_S - 0.01) == REST


def test_the_next_pose_is_always_ahead() -> None:
    """A moment that is not ahead would make the loop spin."""
    since_s = 0.0
    for _ in range(200):
        following_s = next_pose_s(since_s)
        assert following_s > since_s
        since_s = following_s
    assert since_s > 3 * CYCLE_S


@pytest.mark.parametrize("begun_s", [0.1, 0.3, 1000.3, 86400.7, 1234567.89])
def test_the_clock_of_a_loop_never_stands_still(begun_s: float) -> None:
    """The loop adds and subtracts the start; a lost bit there once made it spin for ever."""
    now_s = begun_s
    for _ in range(400):
        following_s = begun_s + next_pose_s(now_s - begun_s)
        assert following_s > now_s + FRAME_S / 2
        now_s = following_s


def test_what_lies_on_what_moves_moves_too() -> None:
    """A card that stayed while its words slide would be drawn over them."""
    changed, card, on_card, apart = (
        Item("line", Rect(*place), ((0, 0, 0),))
        for place in ((0, 0, 10, 10), (5, 5, 20, 20), (22, 22, 9, 9), (60, 60, 5, 5))
    )
    moving, still = entrance.split((apart, on_card, card, changed), [changed.area])
    assert moving == (on_card, card, changed)
    assert still == (apart,)


# -- figures and arcs ------------------------------------------------------------------------


def counting(start: int = 900, end: int = 12_680, *, alone: bool = True) -> Scene:
    """A balance that changed."""
    figure = count_up(start, end, Style.TITLE, after=(Span(text=" 分"),))
    below = () if alone else (text("别的"),)
    return Scene(name="balance", root=Column(items=(figure, *below)), enters=False)


def said(brush: Painter) -> str:
    """The words on the glass."""
    return "".join(
        run.words for item in brush._items if item.kind == "text" for run in runs_of([item])
    ).replace(" ", "")


def test_a_figure_runs_up_and_rests() -> None:
    """A balance that only jumps is not seen; one that never rests heats the Pi."""
    brush = painter(motion=True)
    brush.show(counting(), 50)
    assert said(brush) == "900分"
    frames = run_to(brush, 60)
    assert said(brush) == "12,680分"
    assert brush.next_frame_s is None
    assert frames[-1] - 50 == pytest.approx(COUNT_AFTER_S + COUNT_S, abs=COUNT_FRAME_S)
    assert 8 <= len(frames) <= 20
    assert pixels(brush.surface) == whole(counting())


def test_a_figure_that_goes_down_is_never_cut() -> None:
    """Five digits run to four: the wider ones on the way still show every digit."""
    brush = painter(motion=True)
    brush.show(counting(12_680, 980), 50)
    assert said(brush) == "12,680分"
    run_to(brush, 60)
    assert pixels(brush.surface) == whole(counting(12_680, 980))


def test_a_figure_goes_on_when_something_else_changes() -> None:
    """The ring ticks each second: the count may not begin again with it."""
    brush = painter(motion=True)
    brush.show(counting(), 50)
    run_to(brush, 50.5)
    before = said(brush)
    brush.show(counting(alone=False), 50.5)
    assert said(brush).startswith(before)
    run_to(brush, 60)
    brush.show(counting(), 61)
    assert said(brush) == "12,680分"
    assert brush.next_frame_s is None


def test_a_figure_that_did_not_change_stands_still() -> None:
    """A page at rest may not ask for frames."""
    brush = painter(motion=True)
    brush.show(counting(980, 980), 50)
    assert brush.next_frame_s is None


def test_where_nothing_moves_the_last_figure_stands_at_once() -> None:
    """Reduced motion: no counting, no turning."""
    brush = painter(motion=False)
    brush.show(counting(), 50)
    assert said(brush) == "12,680分"
    turning = Scene(name="wait", root=Turning(child=Gap(), width=30))
    brush.show(turning, 51)
    first = pixels(brush.surface)
    assert brush.next_frame_s is None
    brush.animate(52)
    assert pixels(brush.surface) == first


def test_an_arc_turns_as_long_as_it_is_shown() -> None:
    """A frozen screen and one that waits would look the same."""
    brush = painter(motion=True)
    brush.show(Scene(name="wait", root=Turning(child=Gap(), width=30)), 50)
    seen = {pixels(brush.surface)}
    for _ in range(ROUND_STEPS - 1):
        assert brush.animate(brush.next_frame_s or 0)
        seen.add(pixels(brush.surface))
    assert len(seen) == ROUND_STEPS
    brush.show(Scene(name="home", root=Gap(), enters=False), 53)
    assert brush.next_frame_s is None


@given(st.floats(0, 1e6), st.floats(0, 5))
def test_the_next_frame_is_always_ahead(begun_s: float, later_s: float) -> None:
    """A frame in the past would make the loop spin."""
    motions = Motions()
    motions.follow([Turning(child=Gap()), count_up(1, 2)], begun_s)
    motions.go_on(begun_s + later_s)
    following_s = motions.next_s
    assert following_s is not None
    assert following_s > begun_s + later_s
