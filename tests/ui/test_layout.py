"""Scenes become rectangles: everything in its place, and what does not fit is told."""

from dataclasses import replace

import pytest

from kiosk.ui.layout import Layout, arrange
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Look,
    Node,
    Place,
    Row,
    Scene,
    Stack,
    Text,
    text,
)
from kiosk.ui.pieces import Corner, Line, Notch, Ring, TapHint
from kiosk.ui.tap_shape import Rect, tap_shape
from kiosk.ui.theme import Style
from kiosk.ui.typeset import Typesetter
from tests.ui.kit import FakeFaces, button, hint

GLASS = Metrics(300, 500, 1.0)
"""A millimetre is a pixel, times the factor for so small a glass."""
MM = GLASS.scale


def laid(root: Node, metrics: Metrics = GLASS, shift: tuple[int, int] = (0, 0)) -> Layout:
    """The scene laid out with the fake font."""
    scene = Scene(name="test", root=root)
    return arrange(scene, metrics, Typesetter(FakeFaces(), metrics), shift)


def rect_of(layout: Layout, node: Node) -> Rect:
    """Where a node stands."""
    return next(placed.rect for placed in layout.placed if placed.node is node)


def test_the_glass_is_true_size() -> None:
    """The other tests count in millimetres that are pixels."""
    assert MM == 1.0


def test_a_column_stacks_and_stretches() -> None:
    """Cards fill the width of the page and stand under one another."""
    one, two, end = Gap(height=20), Gap(height=30), Gap(height=10)
    layout = laid(Column(items=(one, two, Gap(grow=1), end), gap=5))
    assert rect_of(layout, one) == (0, 0, 300, 20)
    assert rect_of(layout, two) == (0, 25, 300, 30)
    assert rect_of(layout, end) == (0, 490, 300, 10)
    assert layout.problems == ()


def test_a_row_shares_its_width() -> None:
    """Two buttons that grow are equally wide, whatever is written on them."""
    one, two = button("好"), button("看看今天有什么")
    buttons = [Box(child=one, grow=1, fill=None), Box(child=two, grow=1, fill=None)]
    layout = laid(Column(items=(Row(items=tuple(buttons), gap=10),)))
    assert rect_of(layout, one).w == rect_of(layout, two).w == 145


def test_padding_keeps_its_child_inside() -> None:
    """Words may not touch the edge of their card."""
    inside = Gap(grow=1)
    layout = laid(Box(child=inside, padding=Insets(1, 2, 3, 4)))
    assert rect_of(layout, inside) == (1, 2, 296, 494)


def test_a_button_centres_its_words() -> None:
    """Words at the left of a wide button look like a mistake."""
    press = button("好")
    layout = laid(Column(items=(press,)))
    words = rect_of(layout, press.child)
    assert words.x == (300 - words.w) // 2
    assert words.y == (28 - words.h) // 2


def test_a_bare_button_is_its_card() -> None:
    """The whole row is the target, so the card in it must be as large."""
    card = Box(child=Row(items=(text("帆布袋"), Icon(name="gift"))))
    row = Button(key="k", says="s", look=Look.BARE, child=card)
    layout = laid(Column(items=(row,)))
    assert rect_of(layout, card) == rect_of(layout, row)


def test_baselines_of_a_row_meet() -> None:
    """A title and its count stand on one line."""
    title, count = text("现在能换", Style.TITLE), text("5 件", Style.CAPTION)
    layout = laid(Row(items=(title, count), align=Align.BASELINE))
    ends = [p.rect.y + p.fit.baseline for p in layout.placed if p.fit is not None]
    assert len(ends) == 2
    assert ends[0] == ends[1]


def test_a_stack_places_by_fractions() -> None:
    """The hint stands in the reader's corner; the page fills the glass above it."""
    corner, page = Gap(width=50, height=60), Gap()
    layout = laid(Stack(layers=((corner, Place(x=1, y=1)), (page, None))))
    assert rect_of(layout, corner) == (250, 440, 50, 60)
    assert rect_of(layout, page) == (0, 0, 300, 500)


def test_a_notch_tears_its_card_from_edge_to_edge() -> None:
    """A perforation that ends before the card's edge is no voucher."""
    notch = Notch()
    card = Box(child=Row(items=(text("券"), notch, text("九天"))), padding=Insets.all(10))
    layout = laid(Column(items=(card,)))
    assert rect_of(layout, notch)[1::2] == rect_of(layout, card)[1::2]


def test_a_ring_holds_its_child_in_the_middle() -> None:
    """The seconds stand in the middle of the ring that counts them."""
    seconds = text("38", Style.CAPTION)
    ring = Ring(fraction=0.5, child=seconds, width=60, height=60)
    inner = rect_of(laid(Row(items=(ring,), align=Align.START)), seconds)
    assert abs(inner.x + inner.w / 2 - 30) <= 1
    assert abs(inner.y + inner.h / 2 - 30) <= 1


def test_targets_are_found_topmost_first() -> None:
    """A touch must reach the button that is seen, and nothing where there is none."""
    low, high = button("下", "low"), button("上", "high")
    layout = laid(Stack(layers=((low, Place()), (high, Place()))))
    assert layout.target_at(5, 5) is high
    assert layout.target_at(5, 400) is None
    assert [target.button.key for target in layout.targets] == ["low", "high"]


def test_a_shift_moves_everything() -> None:
    """Against burn-in the picture wanders; touches must wander with it."""
    press = button("好")
    layout = laid(Column(items=(press,)), shift=(3, -2))
    assert rect_of(layout, press)[:2] == (3, -2)
    assert layout.problems == ()


@pytest.mark.parametrize(
    ("root", "told"),
    [
        (text("会员卡" * 60), "text is cut"),
        (Column(items=(Gap(height=400), Gap(height=200))), "too high"),
        (Row(items=(Gap(width=200), Gap(width=200))), "too wide"),
        (Column(items=(Box(child=Gap(height=90), height=50),)), "too high"),
        (Stack(layers=((Gap(width=400, height=5), Place()),)), "leaves the glass"),
        (Column(items=(Box(child=text("好", Style.HERO), height=5),)), "high in"),
    ],
)
def test_what_does_not_fit_is_told(root: Node, told: str) -> None:
    """Every screen is tested by this list; an overflow it does not name would ship."""
    problems = laid(root).problems
    assert any(told in problem for problem in problems), problems


def test_a_line_fills_across() -> None:
    """A hairline has the width of its card, one that stands the height it was given."""
    across, upright = Line(), Line(width=0.25, height=9)
    layout = laid(Column(items=(across, Row(items=(upright,)))))
    assert rect_of(layout, across)[2:] == (300, 1)
    assert rect_of(layout, upright)[2:] == (1, 9)


def test_text_takes_the_lines_it_is_allowed() -> None:
    """A paragraph in a narrow column grows downwards and pushes what follows."""
    words = Text(spans=text("会员卡" * 30).spans, max_lines=0)
    after = Gap(height=5)
    layout = laid(Column(items=(words, after)))
    fit = next(placed.fit for placed in layout.placed if placed.node is words)
    assert fit is not None
    assert len(fit.lines) == 3
    assert rect_of(layout, after).y == rect_of(layout, words).bottom >= fit.height


@pytest.mark.parametrize("corner", list(Corner))
def test_the_words_of_a_hint_lie_on_its_disc(corner: Corner) -> None:
    """White words beside the dark disc could not be read, nor words that lie on the arrow."""
    whole = 140 if corner not in {Corner.BELOW, Corner.BESIDE} else 240  # half a disc at an edge
    node = replace(hint(corner), width=whole, height=whole)
    metrics = Metrics(1080, 1920, 4.03)
    layout = laid(Stack(layers=((node, Place(x=0.5, y=0.5)),)), metrics)
    words = rect_of(layout, node.label)
    shape = tap_shape(corner, rect_of(layout, node), metrics.px(13))
    fit = next(placed.fit for placed in layout.placed if placed.node is node.label)
    assert fit is not None
    middle = words.x + words.w / 2
    half = shape.arrow_size / 2
    for x in (middle - fit.width / 2, middle + fit.width / 2):
        for y in (words.y, words.bottom):
            away = (x - shape.centre[0]) ** 2 + (y - shape.centre[1]) ** 2
            assert away <= shape.disc**2
            assert max(abs(x - shape.arrow[0]), abs(y - shape.arrow[1])) >= half
    assert layout.problems == ()


@pytest.mark.parametrize("corner", list(Corner))
def test_a_hint_points_off_the_glass(corner: Corner) -> None:
    """The arrow must lead to the real reader and the card must drift towards it."""
    rect = Rect(100, 100, 400, 400)
    shape = tap_shape(corner, rect, 10)
    from_middle = (shape.centre[0] - 300, shape.centre[1] - 300)
    assert shape.drift[0] * from_middle[0] + shape.drift[1] * from_middle[1] > 0
    assert rect.x <= shape.arrow[0] <= rect.right
    assert rect.y <= shape.arrow[1] <= rect.bottom
    assert isinstance(hint(corner), TapHint)
