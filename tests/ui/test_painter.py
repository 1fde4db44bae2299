"""The painter draws what differs and nothing else, and keeps nothing it should not."""

import gc
import logging
from pathlib import Path

import pygame
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.ui.cache import CAP_BYTES, SurfaceCache
from kiosk.ui.icons import Pictures
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import (
    Backdrop,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Look,
    Place,
    Row,
    Scene,
    Stack,
    text,
)
from kiosk.ui.paint import Painter
from kiosk.ui.pieces import Notch, Picture, Progress, Ring
from kiosk.ui.regions import merged
from kiosk.ui.theme import Colour, Fill, Style, ThemeName
from tests.ui.kit import ART, FONTS, SCENES, SMALL, attract, button, hint, home, painter, pixels


def whole(scene: Scene, pressed: Button | None = None, theme: ThemeName = "boutique") -> bytes:
    """The scene drawn from nothing."""
    fresh = painter(theme=theme)
    fresh.show(scene, 0)
    fresh.press(pressed)
    return pixels(fresh.surface)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SCENES, min_size=2, max_size=4), st.integers(0, 3))
def test_repainting_what_differs_gives_the_whole_picture(scenes: list[Scene], press: int) -> None:
    """One forgotten rectangle leaves a piece of the last member's page on the glass."""
    brush = painter()
    pressed = None
    for scene in scenes:
        brush.show(scene, 0)
        targets = brush.layout.targets if brush.layout else ()
        pressed = targets[press % len(targets)].button if targets else None
        brush.press(pressed)
    assert pixels(brush.surface) == whole(scenes[-1], pressed)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCENES, SCENES)
def test_what_it_returns_covers_what_changed(before: Scene, after: Scene) -> None:
    """The window shows only the rectangles it is told of: a pixel outside stays old."""
    brush = painter()
    brush.show(before, 0)
    old = brush.surface.copy()
    region = brush.show(after, 1)
    for rect in region:
        old.blit(brush.surface, rect, rect)
    assert pixels(old) == pixels(brush.surface)


@pytest.mark.parametrize("theme", ["boutique", "high-contrast"])
def test_a_ticking_second_redraws_little(theme: ThemeName) -> None:
    """The ring ticks every second: drawing the whole page for it would heat the Pi."""
    brush = painter(theme=theme)
    brush.show(home("李女士", "320"), 0)
    region = brush.show(home("李女士", "321"), 1)
    assert sum(rect.w * rect.h for rect in region) < SMALL.width_px * SMALL.height_px / 5
    assert pixels(brush.surface) == whole(home("李女士", "321"), theme=theme)


def test_what_comes_to_lie_above_is_drawn_above() -> None:
    """The same pieces in another order are another picture."""
    low = Box(child=Gap(), fill=Fill.PINE, width=60, height=60, radius=0)
    high = Box(child=Gap(), fill=Fill.GOLD, width=40, height=90, radius=0)
    here = Place()
    one = Scene(name="s", root=Stack(layers=((low, here), (high, here))))
    other = Scene(name="s", root=Stack(layers=((high, here), (low, here))))
    brush = painter()
    brush.show(one, 0)
    brush.show(other, 1)
    assert pixels(brush.surface) == whole(other) != whole(one)


def test_nothing_new_draws_nothing() -> None:
    """Idle costs nothing."""
    brush = painter()
    assert brush.show(home("李女士", "320"), 0) == [brush.surface.get_rect()]
    assert brush.show(home("李女士", "320"), 1) == []
    assert brush.animate(2) == []
    assert brush.next_frame_s is None


def test_a_pressed_button_is_darker_and_only_it() -> None:
    """A touch that shows nothing is made again, and then acts twice."""
    brush = painter()
    brush.show(home("李女士", "320"), 0)
    before = brush.surface.copy()
    assert brush.layout is not None
    for target in brush.layout.targets:
        [region] = brush.press(target.button)
        assert pygame.Rect(target.rect).contains(region)
        spot = (target.rect.x + target.rect.w // 6, target.rect.y + target.rect.h // 2)
        assert sum(brush.surface.get_at(spot)[:3]) < sum(before.get_at(spot)[:3]) - 20
        assert brush.press(None) == [region]
        assert pixels(brush.surface) == pixels(before)


def test_a_press_stays_through_a_tick() -> None:
    """The second that ticks while a finger is down may not let the button go."""
    brush = painter()
    brush.show(home("李女士", "320"), 0)
    held = brush.target_at(SMALL.width_px / 2, SMALL.height_px - 25)
    assert held is not None
    brush.press(held)
    brush.show(home("李女士", "321"), 1)
    assert pixels(brush.surface) == whole(home("李女士", "321"), held)


def test_after_a_member_the_picture_is_as_if_nobody_had_come() -> None:
    """Nothing of a member may be readable by the next person, not by a single pixel."""
    brush = painter()
    brush.show(attract(), 0)
    before = pixels(brush.surface)
    brush.show(home("欧阳娜娜", "98765"), 1)
    brush.show(attract(), 2)
    assert pixels(brush.surface) == before


def test_no_words_of_a_member_stay_in_memory() -> None:
    """A name in a cache would outlive the session."""
    brush = painter()
    brush.show(home("欧阳娜娜", "98765"), 1)
    brush.show(attract(), 2)
    gc.collect()
    kept = repr([vars(brush._words), vars(brush._typesetter), brush._items, brush.cache._kept])
    assert "欧阳娜娜" not in kept
    assert "98765" not in kept


def test_nothing_of_a_member_is_among_the_pieces_kept() -> None:
    """How full a bar is tells a balance: two members leave the same pieces behind."""
    brush = painter()
    brush.show(attract(), 0)
    kept = []
    for name, points in (("李", "320"), ("欧阳娜娜", "98765")):
        fraction = len(points) / 7
        card = Box(child=Progress(fraction=fraction, on_pine=True), fill=Fill.PINE, arcs=True)
        ring = Ring(fraction=fraction, child=text(name))
        brush.show(Scene(name="m", root=Column(items=(card, ring))), 1)
        kept.append(set(brush.cache._kept))
    assert kept[0] == kept[1]


def test_a_rehearsed_page_needs_no_new_pieces() -> None:
    """The first member after the start would wait for pictures and shadows."""
    brush = painter()
    brush.show(attract(), 0)
    before = pixels(brush.surface)
    assert brush.layout is not None
    scene = brush.layout.scene
    brush.rehearse(home("—", "0"))
    assert pixels(brush.surface) == before
    assert brush.layout.scene is scene
    assert brush.show(attract(), 1) == []
    kept = set(brush.cache._kept)
    brush.show(home("李女士", "320"), 2)
    assert set(brush.cache._kept) == kept
    assert pixels(brush.surface) == whole(home("李女士", "320"))


def test_drifting_against_burn_in_keeps_no_more_pieces() -> None:
    """Each step of the drift once kept a disc of its own: 3 MB more after a quarter of an hour."""
    brush = painter()
    brush.show(attract(), 0)
    kept, of_hint = set(brush.cache._kept), set(brush._hints._pieces._kept)
    for step in range(1, 4):
        brush.show(attract(), step, (step % 3, step % 2))
    assert set(brush.cache._kept) == kept
    assert set(brush._hints._pieces._kept) == of_hint


def test_the_hint_takes_its_pieces_along() -> None:
    """A member's page has no hint, and would be 1.3 MB larger for the next one's disc and card."""
    brush = painter()
    brush.show(attract(), 0)
    assert brush._hints._pieces.size_bytes > 0
    brush.show(home("李女士", "320"), 1)
    assert brush._hints._pieces.size_bytes == 0
    brush.show(attract(), 2)
    assert pixels(brush.surface) == whole(attract())


def test_heroes_of_nearly_one_height_share_their_ground() -> None:
    """Two grounds of 976 px each would take turns in the cache at every tap."""
    brush = painter()
    for n, high in enumerate((100, 110, 140)):
        card = Box(child=Gap(), fill=Fill.PINE, height=high, arcs=True)
        brush.show(Scene(name="h", root=Column(items=(card,))), n)
    grounds = [key for key in brush.cache._kept if isinstance(key, tuple) and key[0] == "hero"]
    assert len(grounds) == 1


def test_words_and_large_pictures_are_given_back_at_rest() -> None:
    """They are 2 MB on the attract screen, and nothing needs them until the page changes."""
    brush = painter(Metrics(600, 800, 2.6), motion=True)
    big = Picture(name="canvas-tote", tint=Fill.MINT, width=120, height=120)
    large = Scene(name="l", root=Column(items=(text("大", Style.HERO), text("小"), big)))
    brush.show(attract(), 0)
    brush.show(large, 1)
    assert brush.cache._passing
    now_s = 1.0
    while (brush.next_frame_s or 0) > now_s:
        now_s = brush.next_frame_s or 0
        brush.animate(now_s)
    assert not brush.cache._passing
    assert not brush._words._drawn


def test_of_the_words_under_what_moves_the_small_are_kept() -> None:
    """Twelve times a second they would be drawn anew; a greeting alone takes 0.4 MB."""
    brush = painter(Metrics(600, 800, 2.6), motion=True)
    words = Column(items=(text("各位下午好，欢迎", Style.HERO), text("小")))
    layers = ((hint(), Place(x=1, y=1)), (words, Place(x=1, y=1)))
    brush.show(Scene(name="attract", root=Stack(layers=layers), enters=False), 0)
    assert not brush._words._drawn
    brush.animate(brush.next_frame_s or 0)
    brush.animate(brush.next_frame_s or 0)
    kept = {words for words, *_ in brush._words._drawn}
    assert "小" in kept
    assert "各位下午好，欢迎" not in kept


def test_memory_is_capped() -> None:
    """The kiosk shows thousands of members between two starts."""
    brush = painter()
    for n in range(60):
        size = 60 + n
        card = Box(child=Gap(), fill=Fill.PINE, width=size, height=size, arcs=True)
        brush.show(Scene(name="n", root=Column(items=(card,))), n)
        assert brush.cache.size_bytes <= CAP_BYTES


def test_another_size_of_type_draws_all_anew() -> None:
    """Big text is switched while the kiosk runs."""
    brush = painter()
    brush.show(attract(), 0)
    larger = Metrics(SMALL.width_px, SMALL.height_px, SMALL.px_per_mm, big_text=True)
    brush.set_metrics(larger)
    assert brush.show(attract(), 1) == [brush.surface.get_rect()]
    fresh = painter(larger)
    fresh.show(attract(), 0)
    assert pixels(brush.surface) == pixels(fresh.surface)


def test_the_veil_hides_the_paper_and_goes_again() -> None:
    """The time-out's veil must cover everything and leave nothing behind."""
    brush = painter()
    brush.show(attract(), 0)
    before = pixels(brush.surface)
    brush.show(Scene(name="veil", root=Gap(), backdrop=Backdrop.VEIL), 1)
    assert pixels(brush.surface) != before
    brush.show(attract(), 2)
    assert pixels(brush.surface) == before


def test_it_draws_on_the_windows_own_surface() -> None:
    """A second surface of the glass's size is 8 MB too much."""
    window = pygame.Surface((SMALL.width_px, SMALL.height_px), 0, 32)
    brush = Painter(window.get_size(), SMALL, "boutique", FONTS, ART, surface=window)
    brush.show(attract(), 0)
    assert brush.surface is window
    assert pixels(window) == whole(attract())


def test_a_figure_on_pine_shines() -> None:
    """The one number of the screen has the gold's sheen: paler above than below."""
    brush = painter(Metrics(600, 800, 2.6))
    brush.show(home("李", "1"), 0)
    assert brush.layout is not None
    place = next(p.rect for p in brush.layout.placed if getattr(p.node, "style", 0) is Style.FIGURE)
    column = [
        brush.surface.get_at((x, y))
        for y in range(place.y, place.y + place.h)
        for x in range(place.x, place.x + 40)
    ]
    gold = [colour for colour in column if colour[0] > 215 and colour[2] < colour[0] - 20]
    assert gold[0][2] > gold[-1][2] + 40


# -- pictures --------------------------------------------------------------------------------


def _shown(tmp_path: Path, name: str) -> bytes:
    brush = Painter((200, 200), Metrics(200, 200, 0.5), "boutique", FONTS, ART, tmp_path)
    picture = Picture(name=name, tint=Fill.MINT, fallback_icon="cake")
    brush.show(Scene(name="p", root=picture), 0)
    return pixels(brush.surface)


def test_a_missing_picture_shows_its_icon(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A hole where a gift should be looks like a broken kiosk; it is said once, not each second."""
    with caplog.at_level(logging.WARNING):
        missing = _shown(tmp_path, "no-such-picture")
    assert len(caplog.records) == 1
    brush = Painter((200, 200), Metrics(200, 200, 0.5), "boutique", FONTS, ART)
    brush.show(Scene(name="p", root=Picture(name="canvas-tote", tint=Fill.MINT)), 0)
    empty = Painter((200, 200), Metrics(200, 200, 0.5), "boutique", FONTS, ART)
    empty.show(Scene(name="p", root=Box(child=Gap(), fill=Fill.MINT, radius=6)), 0)
    assert len({missing, pixels(brush.surface), pixels(empty.surface)}) == 3


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", "", "x" * 100, "a.svg"])
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    """Names come from HQ's content; one with a path in it must not read another folder."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"not read")
    pictures = Pictures(ART, folder, SurfaceCache())
    assert pictures.picture(name, (20, 20)) is None


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", b"<svg", b"\x89PNG\r\n\x1a\n" + b"0" * 50]
)
def test_a_broken_picture_is_a_missing_one(tmp_path: Path, content: bytes) -> None:
    """One damaged file from HQ may not end the kiosk."""
    for kind in ("svg", "png"):
        (tmp_path / f"broken-{kind}.{kind}").write_bytes(content)
        pictures = Pictures(ART, tmp_path, SurfaceCache())
        assert pictures.picture(f"broken-{kind}", (20, 20)) is None


def test_the_contents_picture_comes_before_ours(tmp_path: Path) -> None:
    """HQ may replace a drawing of ours by a photograph of its own."""
    red = pygame.Surface((40, 20), 0, 32)
    red.fill("red")
    pygame.image.save(red, tmp_path / "canvas-tote.png")
    drawn = Pictures(ART, tmp_path, SurfaceCache()).picture("canvas-tote", (30, 30))
    assert drawn is not None
    assert drawn.get_size() == (30, 15)
    red_part, green, blue, _ = drawn.get_at((15, 7))
    assert red_part > 250
    assert green == blue == 0


def test_a_huge_picture_is_refused(tmp_path: Path) -> None:
    """A file of HQ's may not take the memory of the whole Pi."""
    huge = pygame.Surface((5000, 4), 0, 32)
    pygame.image.save(huge, tmp_path / "huge.png")
    assert Pictures(ART, tmp_path, SurfaceCache()).picture("huge", (20, 20)) is None


def test_an_icon_takes_its_colour() -> None:
    """Icons are drawn in one colour; a wrong one may be unreadable on its ground."""
    icon = Pictures(ART, None, SurfaceCache()).icon("leaf", 48, (200, 10, 30))
    seen = [icon.get_at((x, y)) for x in range(48) for y in range(48)]
    solid = [colour for colour in seen if colour[3] == 255]
    assert solid
    for colour in solid:
        assert all(abs(a - b) <= 1 for a, b in zip(colour[:3], (200, 10, 30), strict=True))


def test_an_unknown_icon_is_a_dot_and_no_end() -> None:
    """A slip in a screen's icon name must not take the kiosk down."""
    brush = painter()
    unknown = Icon(name="no-such-icon", size=20, colour=Colour.STOP)
    brush.show(Scene(name="i", root=Column(items=(unknown,))), 0)
    assert brush.layout is not None


# -- regions ---------------------------------------------------------------------------------


@given(
    st.lists(
        st.tuples(st.integers(-5, 90), st.integers(-5, 90), st.integers(0, 40), st.integers(0, 40)),
        max_size=25,
    )
)
def test_merged_rectangles_cover_the_same_and_do_not_overlap(
    parts: list[tuple[int, int, int, int]],
) -> None:
    """A gap leaves old pixels; an overlap blends a shadow twice."""
    glass = pygame.Rect(0, 0, 100, 100)
    rects = [pygame.Rect(part) for part in parts]
    found = merged(rects, glass)
    for rect in rects:
        inside = rect.clip(glass)
        assert not (inside.w and inside.h) or any(piece.contains(inside) for piece in found)
    for i, piece in enumerate(found):
        assert glass.contains(piece)
        assert piece.collidelist(found[i + 1 :]) == -1


def test_looks_of_buttons_differ() -> None:
    """The one thing to do must stand out from the ways out."""
    brush = painter()
    seen = set()
    for look in (Look.PRIMARY, Look.SECONDARY, Look.QUIET):
        brush.show(Scene(name="b", root=Column(items=(button("好", look=look),))), 0)
        seen.add(tuple(brush.surface.get_at((40, 8))))
    brush.show(Scene(name="b", root=Column(items=(text("好"),))), 0)
    assert len(seen) == 3


def test_a_voucher_is_bitten_at_both_ends() -> None:
    """Without its bites a voucher looks like any other row."""
    metrics = Metrics(600, 600, 2.5)
    notch = Notch(width=2)
    card = Box(child=Row(items=(Gap(grow=1), notch, Gap(grow=1))), height=60)
    brush = painter(metrics)
    brush.show(Scene(name="v", root=Column(items=(card,))), 0)
    assert brush.layout is not None
    place = next(placed.rect for placed in brush.layout.placed if placed.node is notch)
    middle, inside = place.x + place.w // 2, metrics.px(2)
    for y in (place.y + inside // 2, place.bottom - 1 - inside // 2):
        for x in (middle, middle - inside, middle + inside):
            assert brush.surface.get_at((x, y))[:3] != (255, 255, 255)
    assert brush.surface.get_at((middle + inside, place.y + place.h // 2))[:3] == (255, 255, 255)
