"""What is the same on every screen: bars at the top and bottom, banner, rows, titles."""

from dataclasses import replace

from kiosk.model.programme import Tint
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.session.states import (
    Attract,
    Complaint,
    Notice,
    OutOfService,
    Page,
    ProfileQuestion,
    StillThere,
    Survey,
    SurveyThanks,
    Thanks,
    TooYoung,
    VoucherCode,
    Waiting,
)
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Gap,
    Icon,
    Insets,
    Justify,
    Look,
    Node,
    Row,
    Scene,
    Span,
    Text,
    text,
)
from kiosk.ui.pieces import Line, Picture, Ring
from kiosk.ui.theme import Colour, Fill, Shadow, Style

BAR_MM = 20.5
"""Height of the top bar's mark and pill: one target (docs/design.md, measures)."""

BOTTOM_MM = 28
"""Height of the buttons at the bottom (docs/design.md, furniture)."""

SIDE_BUTTON_MM = 60
"""Width of the way back and the way out (docs/design.md, furniture)."""

_NO_COMPLAINT = (Attract, Complaint, OutOfService, StillThere, Thanks, Waiting)
"""It has a button of its own, is open or told; a question or a wait is left undisturbed."""

_NO_RING = (Attract, OutOfService, StillThere, VoucherCode, Waiting)
"""Nothing ends here, or another ring tells when."""


def page(sight: Sight, name: str, middle: tuple[Node, ...], bottom: Node) -> Scene:
    """A whole screen: top bar, what it says, and its buttons at the bottom."""
    portrait = sight.view.portrait
    body = Column(items=middle, gap=GAP_MM * (2.5 if portrait else 2), grow=1)
    root = Box(
        fill=None,
        radius=0,
        padding=Insets(MARGIN_MM, 12 if portrait else 9, MARGIN_MM, MARGIN_MM),
        child=Column(items=(top_bar(sight), body, bottom), gap=10 if portrait else GAP_MM * 2),
    )
    return Scene(name=name, root=root)


# -- top -----------------------------------------------------------------------------------


def top_bar(sight: Sight) -> Node:
    """Store on the left; complaint, language and the session's ring on the right."""
    return Row(items=(brand(sight), Gap(grow=1), pill(sight)), gap=2, height=BAR_MM)


def brand(sight: Sight) -> Node:
    """The chain's mark, its name and the store's; nothing before content has come."""
    content = sight.world.content
    if content is None:
        return Gap()
    language = sight.session.language
    store = content.store(sight.world.store_id)
    names: list[Node] = [text(content.programme.chain.in_(language), Style.STRONG, shrink_to=0.7)]
    if store is not None:
        names.append(text(store.name.in_(language), Style.CAPTION, Colour.INK_2, shrink_to=0.7))
    mark = Picture(name="brand-mark", width=BAR_MM, height=BAR_MM, inset=0, radius=5)
    return Row(items=(mark, Column(items=tuple(names), gap=0.5)), gap=5.5)


def pill(sight: Sight) -> Node:
    """What can be touched at the top, in one pill."""
    parts = _pill_parts(sight)
    items: list[Node] = []
    for part in parts:
        if items:
            items.append(Line(width=0.25, height=9))
        items.append(part)
    return Box(
        child=Row(items=tuple(items)),
        padding=Insets.xy(3, 0),
        height=BAR_MM,
        radius=BAR_MM / 2,
        edge=Colour.HAIRLINE,
        edge_mm=0.25,
        shadow=Shadow.SOFT,
    )


def _pill_parts(sight: Sight) -> list[Node]:
    words = sight.words
    on_page = sight.session.page
    parts: list[Node] = []
    told = any(isinstance(below, Complaint) for below in sight.session.trail)
    possible = sight.world.content is not None  # its causes are HQ's
    if possible and not told and not isinstance(on_page, _NO_COMPLAINT):
        parts.append(_pill_button("contact", "complaint", words.say("bar.contact")))
    if isinstance(on_page, Attract):
        size = "bar.normal_text" if sight.session.big_text else "bar.big_text"
        parts.append(_pill_button("big-text", "text-size", words.say(size)))
    parts.append(_pill_button("language", "globe", words.say("bar.language")))
    if not isinstance(on_page, _NO_RING) or _without_end(on_page):
        parts.append(_ring(sight))
    return parts


def _without_end(on_page: Page) -> bool:
    """A code given out while HQ is away has no ring of its own."""
    return isinstance(on_page, VoucherCode) and on_page.issued


def _pill_button(key: str, icon: str, label: str) -> Node:
    inside = Row(
        items=(Icon(name=icon, size=8.5, colour=Colour.INK_2), text(label, Style.CAPTION_STRONG)),
        gap=2.5,
    )
    return Button(
        key=key,
        says=label,
        look=Look.BARE,
        child=inside,
        padding=Insets.xy(4.5, 0),
        height=BAR_MM,
        min_width=BAR_MM,
        radius=BAR_MM / 2,
    )


def _ring(sight: Sight) -> Node:
    left, timing = sight.seconds_left, sight.world.timing
    short = isinstance(sight.session.page, Notice | TooYoung)
    alone = short and sight.session.visitor is None
    whole = timing.notice_s if alone else timing.idle_s
    match sight.session.page:
        case Thanks() | SurveyThanks():
            whole = timing.thanks_s
        case Survey() | ProfileQuestion() as asks:
            whole = asks.asking.document.idle_seconds
    figure = text(str(left), Style.CAPTION_STRONG, Colour.POINTS_INK, align=Align.CENTRE)
    ring = Ring(fraction=min(left / whole, 1), child=figure, stroke=1.4, width=16, height=16)
    return Box(child=ring, fill=None, padding=Insets.xy(2.5, 0), valign=Align.CENTRE)


# -- bottom --------------------------------------------------------------------------------


def label(
    icon: str, words: str, colour: Colour, style: Style = Style.HEADING, size: float = 10
) -> Node:
    """An icon and a word, as they stand on buttons."""
    return Row(
        items=(
            Icon(name=icon, size=size, colour=colour),
            text(words, style, colour, shrink_to=0.75),
        ),
        gap=3.5,
        justify=Justify.CENTRE,
    )


def wide_button(
    key: str,
    icon: str,
    words: str,
    look: Look,
    *,
    width: float | None = None,
    grow: float = 0,
    value: str = "",
) -> Button:
    """A button of the bottom bar."""
    primary = look is Look.PRIMARY
    colour = Colour.WHITE if primary else Colour.PINE
    style = Style.TITLE if primary else Style.HEADING
    return Button(
        key=key,
        value=value,
        says=words,
        look=look,
        child=label(icon, words, colour, style),
        padding=Insets.xy(4, 2),
        height=BOTTOM_MM,
        width=width,
        grow=grow,
    )


def bottom_bar(*buttons: Node, height: float = BOTTOM_MM) -> Node:
    """The buttons of a screen in one row."""
    return Row(items=buttons, gap=GAP_MM * 2, height=height, align=Align.STRETCH)


def back_button(sight: Sight) -> Button:
    """The way back, always in the same place."""
    words = sight.words.say("bar.back")
    return wide_button("back", "arrow-left", words, Look.SECONDARY, width=SIDE_BUTTON_MM)


def done_button(sight: Sight) -> Button:
    """The way out, always in the same place."""
    words = sight.words.say("bar.done")
    return wide_button("done", "exit", words, Look.SECONDARY, width=SIDE_BUTTON_MM)


# -- between -------------------------------------------------------------------------------


def banner(icon: str, spans: tuple[Span, ...]) -> Node:
    """Something that is not as usual, said once across the page."""
    words = Text(spans=spans, style=Style.CAPTION, max_lines=2, grow=1, shrink_to=0.8)
    return Box(
        child=Row(items=(Icon(name=icon, size=8, colour=Colour.CARE_INK), words), gap=4),
        fill=Fill.CARE_SOFT,
        edge=Colour.CARE_INK,
        edge_mm=0.4,
        radius=6,
        padding=Insets.xy(5, 3),
        min_height=16,
        valign=Align.CENTRE,
    )


def section_title(words: str, beside: str = "") -> Node:
    """A title with a quiet figure beside it."""
    items: tuple[Node, ...] = (text(words, Style.TITLE),)
    if beside:
        items += (text(beside, Style.CAPTION_STRONG, Colour.INK_2),)
    return Row(items=items, gap=4, align=Align.BASELINE)


def card(child: Node, *, padding: Insets | None = None, grow: float = 0) -> Box:
    """Linen with a hairline and a soft shadow."""
    return Box(
        child=child,
        padding=padding or Insets.xy(5.5, 4),
        edge=Colour.HAIRLINE,
        edge_mm=0.25,
        shadow=Shadow.SOFT,
        grow=grow,
    )


def row_button(
    key: str,
    says: str,
    inside: Node,
    *,
    value: str = "",
    padding: Insets | None = None,
    fill: Fill = Fill.LINEN,
) -> Button:
    """A card that is a target over its whole width."""
    child = replace(card(inside, padding=padding), fill=fill)
    return Button(
        key=key, value=value, says=says, look=Look.BARE, radius=8, child=child, min_height=20
    )


def chevron() -> Node:
    """Says that a row leads somewhere."""
    return Icon(name="chevron-right", size=7, colour=Colour.INK_2)


def behind(tint: Tint) -> Fill:
    """The fill of HQ's tint; gold behind a picture is softer than a gold badge."""
    return Fill.GOLD_SOFT if tint is Tint.GOLD else Fill(tint.value)


def tinted_square(picture: str, tint: Tint, size: float) -> Picture:
    """A picture of HQ's on its tint."""
    return Picture(name=picture, tint=behind(tint), width=size, height=size)
