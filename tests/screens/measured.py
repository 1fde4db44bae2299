"""What is wrong with a page as it stands on a glass: cut, small, covered or pale, each in words."""

import math
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, product

from kiosk.session.states import Page, Writing
from kiosk.ui.contrast import SHAPE_AT_LEAST, TEXT_AT_LEAST, worst
from kiosk.ui.layout import Layout, Placed, Target
from kiosk.ui.metrics import Metrics
from kiosk.ui.nodes import Align, Box, Button, Gap, Icon, Look, Text, walk
from kiosk.ui.palette import Theme
from kiosk.ui.palette import theme as theme_named
from kiosk.ui.pieces import Picture, TapHint
from kiosk.ui.tap_shape import Rect, tap_shape
from kiosk.ui.theme import Colour, Fill, ThemeName

TARGET_MM, KEY_MM = 20, 12
"""Least height and width of what is touched, and of a key (docs/design.md, measures)."""

ROUNDING_PX = 2
"""Lengths are rounded to whole pixels, at both ends."""

_LOOKS = {Look.PRIMARY: Fill.BRONZE, Look.SECONDARY: Fill.LINEN, Look.QUIET: Fill.PAPER}

Ground = tuple[Fill | None, bool]
"""What words stand on, None for the backdrop's paper; and whether the hero's light is on it."""

_PAPER = Placed(Gap(), Rect(0, 0, 0, 0), depth=0)
"""Stands for what lies behind everything."""


def problems(layout: Layout, page: Page, glass: Metrics) -> list[str]:
    """Everything about places and sizes."""
    return [
        *layout.problems,
        *_small(layout, page, glass),
        *_overlapping(layout),
        *_covered(layout),
        *_nameless(layout),
        *_under_the_hint(layout),
    ]


def pale(layout: Layout, *themes: Theme) -> list[str]:
    """Every word below 4.5:1 and every sign below 3:1 on whatever lies below it."""
    return [words for at in range(len(layout.placed)) for words in _pale(layout, at, themes)]


# -- targets -------------------------------------------------------------------------------


def _small(layout: Layout, page: Page, glass: Metrics) -> Iterator[str]:
    for target in layout.targets:
        wide, high = _least_px(page, target, glass)
        if target.rect.w < wide - ROUNDING_PX or target.rect.h < high - ROUNDING_PX:
            least = f"{wide:.0f} x {high:.0f}"
            yield f"{_named(target)} is {target.rect.w} x {target.rect.h} px, not {least}"


def _least_px(page: Page, target: Target, glass: Metrics) -> tuple[float, float]:
    """A small panel shows the design smaller; a key on it is as high as on any other."""
    full = TARGET_MM * glass.scale
    key = KEY_MM * glass.px_per_mm
    if not isinstance(page, Writing) or target.button.key not in {"key", "mode", "shift"}:
        return full, full
    return min(full, key), full if glass.factor == 1 else key


def _overlapping(layout: Layout) -> Iterator[str]:
    for one, other in combinations(layout.targets, 2):
        if _meet(one.rect, other.rect):
            yield f"{_named(one)} and {_named(other)} overlap"


def _nameless(layout: Layout) -> Iterator[str]:
    for target in layout.targets:
        if not target.button.says.strip():
            yield f"{_named(target)} says nothing"


def _covered(layout: Layout) -> Iterator[str]:
    """Words under other words, or under a button that is not theirs."""
    words = [(placed, _ink(placed)) for placed in layout.placed if _is_text(placed)]
    for (one, ink), (other, other_ink) in combinations(words, 2):
        if _meet(ink, other_ink):
            yield f"{_said(one)} and {_said(other)} overlap"
    for target in layout.targets:
        own = {id(node) for node in walk(target.button)}
        for one, ink in words:
            if id(one.node) not in own and _meet(ink, target.rect):
                yield f"{_named(target)} lies over {_said(one)}"


def _under_the_hint(layout: Layout) -> Iterator[str]:
    """Nothing but the hint's own label on the disc that points at the reader."""
    hints = [placed for placed in layout.placed if isinstance(placed.node, TapHint)]
    if not hints:
        return
    labels = [child for hint in hints for child in hint.node.children]
    for at, placed in enumerate(layout.placed):
        lies = _is_text(placed) and isinstance(_below(layout, at)[0].node, TapHint)
        if lies and placed.node not in labels:
            yield f"{_said(placed)} lies on the hint"
    for hint, target in product(hints, layout.targets):
        if _in_disc(target.rect, hint):
            yield f"{_named(target)} lies on the hint"


# -- contrast ------------------------------------------------------------------------------


def _pale(layout: Layout, at: int, themes: Iterable[Theme]) -> Iterator[str]:
    placed = layout.placed[at]
    inks = list(_inks(placed))
    grounds = list(filter(None, map(_ground, _below(layout, at)))) if inks else []
    for theme, (colour, least), (fill, arcs) in product(themes, inks, grounds):
        reached = _worst(theme.name, colour, fill, arcs)
        if reached < least:
            ground = fill.value if fill else "paper"
            yield f"{_said(placed)}: {colour.value} on {ground} is {reached:.2f}:1"


@cache
def _worst(name: ThemeName, colour: Colour, fill: Fill | None, arcs: bool) -> float:
    """Few colours meet few grounds, on many pages."""
    return worst(theme_named(name), colour, fill, arcs=arcs)


def _inks(placed: Placed) -> Iterator[tuple[Colour, float]]:
    if isinstance(placed.node, Icon):
        yield placed.node.colour, SHAPE_AT_LEAST
    if _is_text(placed) and isinstance(placed.node, Text):
        for span in placed.node.spans:
            yield span.colour or placed.node.colour, TEXT_AT_LEAST


def _below(layout: Layout, at: int) -> list[Placed]:
    """All it stands on, from the nearest to the first that holds it whole; else the page."""
    found: list[Placed] = []
    ink = _ink(layout.placed[at])
    for under in reversed(layout.placed[:at]):
        if _ground(under) is None or not _lies_on(ink, under):
            continue
        found.append(under)
        if isinstance(under.node, TapHint) or _holds(under.rect, ink):
            return found
    return [*found, _PAPER]


def _lies_on(ink: Rect, under: Placed) -> bool:
    if isinstance(under.node, TapHint):
        return _in_disc(ink, under)
    return _meet(ink, under.rect)


def _ground(placed: Placed) -> Ground | None:
    node = placed.node
    if isinstance(node, Box) and node.fill is not None:
        return node.fill, node.arcs
    if isinstance(node, Picture) and node.tint is not None:
        return node.tint, False
    if isinstance(node, TapHint):
        return Fill.PINE, False
    if isinstance(node, Button) and node.look in _LOOKS:
        return _LOOKS[node.look], False
    return (None, False) if placed is _PAPER else None


# -- rectangles ----------------------------------------------------------------------------


def _ink(placed: Placed) -> Rect:
    """What the words take of their place, without the air above and below."""
    rect, fit = placed.rect, placed.fit
    if fit is None or not isinstance(placed.node, Text):
        return rect
    spare = max(0, rect.w - fit.width)
    left = {Align.CENTRE: spare // 2, Align.END: spare}.get(placed.node.align, 0)
    air = fit.height // max(1, len(fit.lines)) // 5
    return Rect(rect.x + left, rect.y + air, min(fit.width, rect.w), fit.height - 2 * air)


def _meet(one: Rect, other: Rect) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return min(across, down) > ROUNDING_PX


def _holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x <= inner.x + ROUNDING_PX
        and outer.y <= inner.y + ROUNDING_PX
        and outer.right >= inner.right - ROUNDING_PX
        and outer.bottom >= inner.bottom - ROUNDING_PX
    )


def _in_disc(rect: Rect, hint: Placed) -> bool:
    """Whether any of it lies on the hint's disc."""
    assert isinstance(hint.node, TapHint)
    shape = tap_shape(hint.node.corner, hint.rect, margin=0)
    x = min(max(shape.centre[0], rect.x), rect.right)
    y = min(max(shape.centre[1], rect.y), rect.bottom)
    away = math.dist((x, y), shape.centre)
    return away < shape.disc - ROUNDING_PX


def _is_text(placed: Placed) -> bool:
    return isinstance(placed.node, Text) and bool(placed.node.plain.strip())


def _said(placed: Placed) -> str:
    node = placed.node
    return repr(node.plain) if isinstance(node, Text) else f"icon {getattr(node, 'name', '')}"


def _named(target: Target) -> str:
    return f"button {target.button.key!r} {target.button.value}".rstrip()
