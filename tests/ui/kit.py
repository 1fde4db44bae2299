"""What the tests of drawing share: a fake font, a small glass, scenes made by chance."""

from pathlib import Path

import pygame
from hypothesis import strategies as st

from kiosk.ui.linebreak import is_wide
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import (
    Align,
    Backdrop,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Place,
    Row,
    Scene,
    Stack,
    text,
)
from kiosk.ui.paint import Painter
from kiosk.ui.pieces import (
    Corner,
    Dots,
    Gauge,
    Line,
    Notch,
    Picture,
    Progress,
    Qr,
    Ring,
    TapHint,
    Turning,
    count_up,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style, ThemeName, Weight

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "build" / "fonts"
ART = ROOT / "images" / "art"
SMALL = Metrics(300, 420, 1.25)
"""A glass on which a test draws in a blink."""


class FakeFaces:
    """A font without kerning: ideographs are square, everything else is half as wide."""

    def advance(self, weight: Weight, size_px: int, words: str) -> int:
        """Width of the words in pixels."""
        return sum(size_px if is_wide(char) or char in "“”" else size_px // 2 for char in words)


def painter(
    metrics: Metrics = SMALL, theme: ThemeName = "boutique", *, motion: bool = False
) -> Painter:
    """A painter with the real font and the real pictures."""
    return Painter((metrics.width_px, metrics.height_px), metrics, theme, FONTS, ART, motion=motion)


def pixels(surface: pygame.Surface) -> bytes:
    """Every pixel's colour."""
    return pygame.image.tobytes(surface, "RGB")


def hint(corner: Corner = Corner.BOTTOM_RIGHT, *, alive: bool = True) -> TapHint:
    """A tap hint with its words."""
    label = text("会员卡贴在这里", Style.STRONG, Colour.WHITE, align=Align.CENTRE, max_lines=2)
    return TapHint(corner=corner, label=label, alive=alive, width=140, height=140)


def button(words: str, key: str = "go", look: Look = Look.PRIMARY, value: str = "") -> Button:
    """A button with one word on it."""
    colour = Colour.WHITE if look is Look.PRIMARY else Colour.PINE
    inside = text(words, Style.STRONG, colour)
    return Button(key=key, says=words, value=value, look=look, child=inside, height=28)


def attract() -> Scene:
    """A scene of nobody, with a living hint."""
    words = Column(
        items=(text("刷会员卡，", Style.DISPLAY, Colour.PINE), Gap(grow=1), button("没有会员卡？")),
    )
    here = Box(child=words, fill=None, padding=Insets.all(13))
    return Scene(
        name="attract", root=Stack(layers=((hint(), Place(x=1, y=1)), (here, None))), enters=False
    )


def home(name: str, points: str, *, enters: bool = True) -> Scene:
    """A scene of somebody."""
    card = Box(
        child=Column(
            items=(
                text(f"{name}，下午好", Style.HEADING, Colour.ON_PINE),
                text(points, Style.FIGURE, Colour.GOLD_ON_PINE),
                Progress(fraction=0.6, on_pine=True),
            )
        ),
        fill=Fill.PINE,
        padding=Insets.all(10),
        shadow=Shadow.DEEP,
        arcs=True,
    )
    row = Button(
        key="reward",
        value="tote",
        says="tote",
        look=Look.BARE,
        child=Box(
            child=Row(
                items=(
                    Picture(name="canvas-tote", tint=Fill.MINT, width=24, height=24),
                    text("帆布袋", grow=1),
                    Icon(name="chevron-right"),
                ),
                gap=4,
            ),
            shadow=Shadow.SOFT,
            padding=Insets.all(4),
        ),
    )
    page = Column(items=(card, row, Gap(grow=1), button("完成")), gap=6)
    return Scene(
        name="home", root=Box(child=page, fill=None, padding=Insets.all(13)), enters=enters
    )


# -- scenes by chance ------------------------------------------------------------------------

_WORDS = st.sampled_from(["积分", "3 件", "再积 320 分", "Done", "「手冲咖啡」，好。", "OK!"])
_COLOURS = st.sampled_from([Colour.INK, Colour.PINE, Colour.STOP, Colour.GOLD_ON_PINE])
_FILLS = st.sampled_from([None, Fill.LINEN, Fill.PINE, Fill.GOLD, Fill.MINT, Fill.BRONZE])
_SHADOWS = st.sampled_from([None, Shadow.SOFT, Shadow.DEEP, Shadow.GLOW])
_FRACTIONS = st.sampled_from([0.0, 0.3, 0.5, 1.0])


def _texts() -> st.SearchStrategy[Node]:
    styles = st.sampled_from([Style.BODY, Style.TITLE, Style.FIGURE, Style.CAPTION])
    aligns = st.sampled_from([Align.START, Align.CENTRE, Align.END])
    return st.builds(
        lambda words, style, colour, align: text(words, style, colour, align=align, max_lines=2),
        _WORDS,
        styles,
        _COLOURS,
        aligns,
    )


def _leaves() -> st.SearchStrategy[Node]:
    return st.one_of(
        _texts(),
        st.builds(lambda colour: Icon(name="leaf", colour=colour), _COLOURS),
        st.builds(lambda f, pine: Progress(fraction=f, on_pine=pine), _FRACTIONS, st.booleans()),
        st.builds(lambda f: Ring(fraction=f, child=Gap(), width=20, dots=5), _FRACTIONS),
        st.builds(lambda active: Dots(count=3, active=active), st.integers(0, 2)),
        st.just(Line()),
        st.just(Notch()),
        st.builds(lambda fill: Picture(name="canvas-tote", tint=fill), _FILLS),
        st.builds(lambda fill: Picture(name="nowhere", tint=fill), _FILLS),
        st.builds(lambda end: count_up(900, end, Style.TITLE), st.integers(-5, 2_000)),
        st.just(Turning(child=Gap(), width=20)),
        st.just(Gauge(child=Gap(), fraction=0.46, ahead=0.52, width=20)),
        st.builds(lambda data: Qr(data=data), st.sampled_from(["482916", "057331"])),
        st.builds(lambda c: hint(c), st.sampled_from(list(Corner))),
    )


def _inside(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(lambda items: Row(items=items, gap=3, justify=Justify.BETWEEN), some),
        st.builds(lambda items: Column(items=items, gap=3), some),
        st.builds(
            lambda child, fill, shadow, arcs: Box(
                child=child, fill=fill, shadow=shadow, arcs=arcs, padding=Insets.all(4)
            ),
            children,
            _FILLS,
            _SHADOWS,
            st.booleans(),
        ),
        st.builds(
            lambda child, look: Button(key="k", says="k", child=child, look=look, min_height=20),
            children,
            st.sampled_from(list(Look)),
        ),
        st.builds(
            lambda a, b: Stack(layers=((a, Place(x=1, y=0.5)), (b, None))), children, children
        ),
    )


NODES: st.SearchStrategy[Node] = st.recursive(_leaves(), _inside, max_leaves=8)
SCENES: st.SearchStrategy[Scene] = st.builds(
    lambda name, root, backdrop, enters: Scene(
        name=name, root=root, backdrop=backdrop, enters=enters
    ),
    st.sampled_from(["one", "two"]),
    NODES,
    st.sampled_from([Backdrop.PAPER, Backdrop.PAPER, Backdrop.VEIL]),
    st.booleans(),
)
