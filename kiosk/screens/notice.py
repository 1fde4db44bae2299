"""Notices: one sentence, a picture, and what to do; each with its own picture."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.model.members import PinState
from kiosk.screens.around import parted
from kiosk.screens.furniture import bottom_bar, card, done_button, page, wide_button
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Home, Notice, NoticeKind
from kiosk.ui.nodes import Align, Box, Column, Gap, Icon, Insets, Look, Node, Row, Scene, text
from kiosk.ui.pieces import Corner, Picture
from kiosk.ui.theme import Colour, Fill, Style


@dataclass(frozen=True, slots=True)
class Step:
    """What to do.

    Attributes:
        line: quieter, below it.
        icon: stands where alternatives would be misread as an order; None counts the steps.
    """

    todo: str
    line: str
    icon: str | None = None


_PICTURE = {
    NoticeKind.UNKNOWN_CARD: "unknown-card",
    NoticeKind.SEVERAL_CARDS: "two-cards",
    NoticeKind.CARD_NOT_ACTIVE: "lost-card",
    NoticeKind.CARD_REPLACED: "replaced-card",
    NoticeKind.LIFT_CARD: "lift-card",
    NoticeKind.NO_DIRECTORY: "reader-resting",
    NoticeKind.OOPS: "out-of-service",
    NoticeKind.PIN_AT_COUNTER: "pin-at-counter",
    NoticeKind.CHECK_BIRTHDAY: "birthday-voucher",
}

PANEL_MM = 155.0
"""Height of the picture in portrait: what to do still starts above the lower third."""

_KEPT = {
    NoticeKind.NOT_A_CARD: "shield-check",
    NoticeKind.CARD_NOT_ACTIVE: "shield-check",
    NoticeKind.CARD_REPLACED: "shield-check",
    NoticeKind.PIN_AT_COUNTER: "shield-check",
    NoticeKind.CHECK_BIRTHDAY: "shield-check",
}
"""Notices with a word below: what was not kept, not shown, or not lost."""

_EITHER = {
    NoticeKind.UNKNOWN_CARD: ("counter", "pencil"),
    NoticeKind.CARD_REPLACED: ("ring-card", "counter"),
    NoticeKind.CHECK_BIRTHDAY: ("pencil", "counter"),
}
"""Notices whose two steps are alternatives: each has an icon instead of a number."""

_ARROW = {
    Corner.TOP_LEFT: "arrow-up-left",
    Corner.TOP_RIGHT: "arrow-up-right",
    Corner.BOTTOM_LEFT: "arrow-down-left",
    Corner.BOTTOM_RIGHT: "arrow-down-right",
    Corner.BELOW: "arrow-down",
    Corner.BESIDE: "arrow-right",
}

_POINTS_AT_READER = frozenset(
    {NoticeKind.NOT_A_CARD, NoticeKind.SEVERAL_CARDS, NoticeKind.LIFT_CARD}
)


def notice(sight: Sight, on_page: Notice) -> Scene:
    """The whole screen."""
    kind = on_page.kind
    steps = _steps(sight, kind)
    panel = _panel(sight, kind)
    tight = sight.session.big_text and not sight.view.portrait
    todo = [_todo(sight, kind, steps), *(() if tight else _kept(sight, kind))]
    title = _title(sight, kind)
    bottom = _bottom(sight, kind)
    if sight.view.portrait:
        rest = () if sight.session.big_text else (Gap(grow=1),)
        middle = (title, panel, *todo, *rest)
        return page(sight, f"notice-{kind.value}", middle, bottom)
    right = Column(items=(title, *todo), gap=GAP_MM * 2, grow=1)
    left = Box(child=panel, fill=None, radius=0, width=sight.view.inner_mm * 0.36)
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    return page(sight, f"notice-{kind.value}", (both,), bottom)


def _key(kind: NoticeKind) -> str:
    return "notice." + kind.value.replace("-", "_")


def _line_key(sight: Sight, kind: NoticeKind) -> str:
    """What happened; a PIN may be blocked, never set, or only forgotten."""
    if kind is not NoticeKind.PIN_AT_COUNTER:
        return _key(kind) + "_line"
    visitor = sight.session.visitor
    state = visitor.member.pin if visitor is not None else PinState.SET
    return f"{_key(kind)}_{state.value}"


def _title(sight: Sight, kind: NoticeKind) -> Node:
    words = sight.words
    style = Style.HERO if sight.view.portrait else Style.DISPLAY
    return Column(
        items=(
            text(
                words.say(_key(kind)),
                style,
                max_lines=2 if sight.view.portrait else 1,
                shrink_to=0.5,
            ),
            text(words.say(_line_key(sight, kind)), Style.BODY, Colour.INK_2, max_lines=3),
        ),
        gap=4,
    )


# -- picture -------------------------------------------------------------------------------


def _panel(sight: Sight, kind: NoticeKind) -> Node:
    if kind is NoticeKind.NOT_A_CARD:
        return _this_not_that(sight)
    height = _panel_mm(sight)
    picture = Picture(name=_PICTURE[kind], tint=Fill.MINT, radius=7, inset=0.03, height=height)
    return card(picture, padding=Insets.all(5.5), grow=1 if height is None else 0)


def _panel_mm(sight: Sight) -> float | None:
    """Large letters need room: the picture then takes what is left, as it does lying down."""
    return PANEL_MM if sight.view.portrait and not sight.session.big_text else None


def _this_not_that(sight: Sight) -> Node:
    words = sight.words
    wrong = _half("phone-and-bank-card", Fill.MUTED, "cross-circle", Colour.INK_2)
    right = _half("card-on-reader", Fill.MINT, "check-circle", Colour.GOOD_INK)
    pair = (
        wrong(words.say("notice.not_a_card_no")),
        right(words.say("notice.not_a_card_yes")),
    )
    inside: Node
    if sight.view.portrait:
        height = _panel_mm(sight)
        inside = Row(items=pair, gap=3, align=Align.STRETCH, height=height)
        return card(inside, padding=Insets.all(5.5), grow=1 if height is None else 0)
    return card(Column(items=pair, gap=3), padding=Insets.all(5.5))


def _half(picture: str, fill: Fill, icon: str, colour: Colour) -> Callable[[str], Node]:
    def with_words(words: str) -> Node:
        caption = Row(
            items=(
                Gap(grow=1),
                Icon(name=icon, size=11, colour=colour),
                text(words, Style.STRONG, colour, shrink_to=0.6),
                Gap(grow=1),
            ),
            gap=3,
        )
        inside = Column(
            items=(Picture(name=picture, inset=0.0, grow=1, min_height=40), caption), gap=3
        )
        return Box(child=inside, fill=fill, radius=7, padding=Insets(4, 4, 4, 6), grow=1)

    return with_words


# -- what to do ----------------------------------------------------------------------------


def _steps(sight: Sight, kind: NoticeKind) -> list[Step]:
    """What to do: in this order, or one of them."""
    words, key = sight.words, _key(kind)
    corner = words.say("corner." + sight.view.corner.value.replace("-", "_"))
    steps = []
    for number, icon in enumerate(_EITHER.get(kind, (None, None)), 1):
        if f"{key}_{number}_line" in words.sentences:
            todo = words.say(f"{key}_{number}", corner=corner)
            steps.append(Step(todo, words.say(f"{key}_{number}_line"), icon))
    return steps


def _todo(sight: Sight, kind: NoticeKind, steps: list[Step]) -> Node:
    rows = []
    for number, step in enumerate(steps, 1):
        last = number == len(steps)
        beside = (_arrow(sight),) if last and kind in _POINTS_AT_READER else ()
        rows.append(_step(number, step, beside))
    return card(Column(items=parted(rows), gap=5), padding=Insets.xy(11, 8))


def _step(number: int, step: Step, beside: tuple[Node, ...]) -> Node:
    mark: Node = text(str(number), Style.HEADING, Colour.WHITE, align=Align.CENTRE)
    if step.icon is not None:
        mark = Icon(name=step.icon, size=11, colour=Colour.WHITE)
    disc = Box(
        child=mark,
        fill=Fill.PINE,
        radius=10,
        width=20,
        height=20,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )
    words = Column(
        items=(
            text(step.todo, Style.HEADING, shrink_to=0.7, max_lines=2),
            text(step.line, Style.CAPTION, Colour.INK_2, max_lines=2),
        ),
        gap=1.5,
        grow=1,
    )
    return Row(items=(disc, words, *beside), gap=8)


def _arrow(sight: Sight) -> Node:
    icon = Icon(name=_ARROW[sight.view.corner], size=18, colour=Colour.ON_GOLD)
    return Box(
        child=icon,
        fill=Fill.GOLD,
        radius=14,
        width=28,
        height=28,
        align=Align.CENTRE,
        valign=Align.CENTRE,
    )


def _kept(sight: Sight, kind: NoticeKind) -> tuple[Node, ...]:
    if kind not in _KEPT:
        return ()
    said = sight.words.say(_key(kind) + "_kept")
    words = text(said, Style.BODY, Colour.INK, max_lines=2, grow=1, shrink_to=0.8)
    inside = Row(items=(Icon(name=_KEPT[kind], size=10, colour=Colour.PINE), words), gap=5)
    return (
        Box(
            child=inside,
            fill=Fill.GOOD_SOFT,
            radius=7,
            padding=Insets.xy(7, 5),
            valign=Align.CENTRE,
        ),
    )


def _bottom(sight: Sight, kind: NoticeKind) -> Node:
    words = sight.words
    if sight.session.visitor is not None:
        home_below = isinstance(sight.session.trail[-1], Home) if sight.session.trail else False
        way_back = words.say("notice.to_member" if home_below else "bar.back")
        back = wide_button("back", "arrow-left", way_back, Look.SECONDARY, grow=1)
        return bottom_bar(back, done_button(sight))
    to_start = wide_button("done", "exit", words.say("notice.to_start"), Look.SECONDARY, grow=1)
    if sight.world.content is None:  # what joining takes stands in it
        return bottom_bar(to_start)
    if kind is NoticeKind.UNKNOWN_CARD:
        join = wide_button("join", "pencil", words.say("joining.apply"), Look.PRIMARY, grow=1)
        return bottom_bar(to_start, join)
    no_card = wide_button("join", "help", words.say("attract.no_card"), Look.SECONDARY, grow=1)
    return bottom_bar(no_card, to_start)
