"""The attract screen: tap your card, see what is yours today; nothing personal."""

from kiosk.content import Content
from kiosk.model.attract import AttractFrame, AttractItem
from kiosk.screens.calendar import event_for_all
from kiosk.screens.furniture import BAR_MM, banner, behind, brand, label, page, pill, top_bar
from kiosk.screens.pine_card import pine_card
from kiosk.screens.view import GAP_MM, MARGIN_MM, Sight
from kiosk.screens.vote import vote_button
from kiosk.session.states import Attract
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
    Place,
    Row,
    Scene,
    Stack,
    Text,
    text,
)
from kiosk.ui.pieces import Corner, Dots, Picture, TapHint
from kiosk.ui.theme import Colour, Style

HINT_PORTRAIT_MM, HINT_LANDSCAPE_MM = 160.0, 128.0
"""Edge of the square the living hint takes in the reader's corner."""

_HINT_BIG_TEXT_MM = 138.0
"""The same square in large type, which leaves less room above it: its card lies clear of a row."""

HINT_BELOW_MM = 100.0
"""Height of the strip above the lower edge that the hint takes when the reader is below."""

LEFT_CORNERS = frozenset({Corner.TOP_LEFT, Corner.BOTTOM_LEFT})
TOP_CORNERS = frozenset({Corner.TOP_LEFT, Corner.TOP_RIGHT})
_LOW_CORNERS = frozenset({Corner.BOTTOM_LEFT, Corner.BOTTOM_RIGHT})


def attract(sight: Sight, on_page: Attract) -> Scene:
    """The whole screen; before the first content has arrived it says so."""
    content = sight.world.content
    if content is None:
        return _preparing(sight)
    portrait = sight.view.portrait
    return _portrait(sight, on_page, content) if portrait else _landscape(sight, on_page, content)


def _preparing(sight: Sight) -> Scene:
    words = sight.words
    picture = Picture(name="reader-resting", width=110, height=110, inset=0)
    middle = (
        Gap(grow=1),
        Row(items=(picture,), justify=Justify.CENTRE),
        text(words.say("attract.preparing"), Style.DISPLAY, align=Align.CENTRE),
        text(
            words.say("attract.preparing_line"),
            Style.BODY,
            Colour.INK_2,
            align=Align.CENTRE,
            max_lines=3,
        ),
        Gap(grow=2),
    )
    return page(sight, "attract", middle, Gap(height=28))


def _portrait(sight: Sight, on_page: Attract, content: Content) -> Scene:
    said = (_headline(sight, content), *_reader_away(sight), _frame(sight, on_page, content))
    # Nothing points at a reader that is away: the room for it is free for the banner.
    corner = sight.view.corner if sight.session.reader_ready else Corner.BOTTOM_RIGHT
    crowded = sight.session.big_text and corner in {*TOP_CORNERS, Corner.BELOW, Corner.BESIDE}
    ahead = () if crowded else event_for_all(sight)
    buttons = _buttons(sight, stacked=False)
    if not sight.session.reader_ready:
        items = (top_bar(sight), *said, *ahead, Gap(grow=1), buttons)
    elif corner in TOP_CORNERS:
        items = (_beside_hint(sight), *said, *ahead, Gap(grow=1), buttons)
    elif corner is Corner.BELOW:
        room = Gap(height=HINT_BELOW_MM - MARGIN_MM)
        items = (top_bar(sight), *said, *ahead, Gap(grow=1), buttons, room)
    else:
        items = (top_bar(sight), *said, *ahead, Gap(grow=1), _buttons(sight, stacked=True))
    return _with_hint(sight, Column(items=items, gap=GAP_MM * 2.5))


def _landscape(sight: Sight, on_page: Attract, content: Content) -> Scene:
    """Words on the side away from the reader, the plan above (or below) the hint."""
    corner = sight.view.corner
    buttons = _buttons(sight, stacked=False)
    crowded = sight.session.big_text and not sight.session.reader_ready
    words = (
        _headline(sight, content),
        *_reader_away(sight),
        Row(items=(_rules(sight), Gap(grow=1), *vote_button(sight))),
        Gap(grow=1),
        *(() if crowded else event_for_all(sight)),
        buttons,
    )
    frame, hint_room = _frame(sight, on_page, content), Gap(grow=1)
    plan = (hint_room, frame) if corner in TOP_CORNERS else (frame, hint_room)
    half = (sight.view.inner_mm - GAP_MM * 4) / 2
    columns = [
        Column(items=words, gap=GAP_MM * 2, width=half),
        Column(items=plan, gap=GAP_MM * 2, width=half),
    ]
    if corner in LEFT_CORNERS:
        columns.reverse()
    both = Row(items=tuple(columns), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    top = _beside_hint(sight) if corner in TOP_CORNERS else top_bar(sight)
    return _with_hint(sight, Column(items=(top, both), gap=GAP_MM * 2))


def _beside_hint(sight: Sight) -> Node:
    """The top bar's pieces on the side that the hint in a top corner leaves free."""
    pieces = (brand(sight), pill(sight))
    left = sight.view.corner in LEFT_CORNERS
    if not sight.view.portrait:
        free = Row(items=pieces, gap=GAP_MM * 4, height=BAR_MM)
        return Row(items=(Gap(grow=1), free) if left else (free, Gap(grow=1)))
    align = Align.END if left else Align.START
    return Column(items=pieces, gap=GAP_MM * 3, align=align, height=HINT_PORTRAIT_MM * 0.72)


def _with_hint(sight: Sight, body: Node) -> Scene:
    corner, portrait = sight.view.corner, sight.view.portrait
    edge = 12 if portrait else 9
    inside = Insets(MARGIN_MM, edge, MARGIN_MM, MARGIN_MM)
    page = Box(fill=None, radius=0, padding=inside, child=body)
    if not sight.session.reader_ready:
        return Scene(name="attract", root=page)  # nothing points at a reader that cannot read
    width, height = _hint_size(sight)
    hint = TapHint(
        corner=corner,
        label=_hint_label(sight),
        alive=not sight.view.reduced_motion,
        width=width,
        height=height,
    )
    across = 0.5 if corner is Corner.BELOW and portrait else 1.0
    place = Place(x=0 if corner in LEFT_CORNERS else across, y=0 if corner in TOP_CORNERS else 1)
    return Scene(name="attract", root=Stack(layers=((hint, place), (page, None))))


def _hint_size(sight: Sight) -> tuple[float, float]:
    """Room for the hint: a square in a corner, a lying or standing strip at an edge."""
    corner = HINT_PORTRAIT_MM if sight.view.portrait else HINT_LANDSCAPE_MM
    if sight.view.portrait and sight.session.big_text and sight.view.corner in _LOW_CORNERS:
        corner = _HINT_BIG_TEXT_MM
    if sight.view.corner is Corner.BELOW:
        return corner * 1.45, HINT_BELOW_MM
    if sight.view.corner is Corner.BESIDE:
        tall = 1.1 if sight.view.portrait else 1.25
        return corner * 0.8, corner * tall
    return corner, corner


def _hint_label(sight: Sight) -> Text:
    key = "hint_" + sight.view.corner.value.replace("-", "_")
    if sight.session.card_on_reader:
        key = "take_card"
    words = sight.words.say(f"attract.{key}")
    align = Align.START if sight.view.corner in LEFT_CORNERS else Align.END
    if sight.view.corner is Corner.BELOW:
        align = Align.CENTRE
    tight = {Corner.BESIDE, Corner.BELOW} if sight.session.big_text else {Corner.BESIDE}
    roomy = sight.view.portrait and sight.view.corner not in tight
    style = Style.STRONG if roomy else Style.CAPTION_STRONG
    return text(words, style, Colour.WHITE, align=align, max_lines=2, shrink_to=0.5)


# -- what it says --------------------------------------------------------------------------


def _headline(sight: Sight, content: Content) -> Node:
    language, words = sight.session.language, content.attract
    call = text(words.headline_call.in_(language), Style.HERO, Colour.PINE, shrink_to=0.4)
    promise = text(words.headline_promise.in_(language), Style.HERO, Colour.INK, shrink_to=0.4)
    line = text(words.line.in_(language), Style.BODY, Colour.INK_2, max_lines=2)
    return Column(items=(Column(items=(call, promise)), line), gap=3)


def _reader_away(sight: Sight) -> tuple[Node, ...]:
    if sight.session.reader_ready:
        return ()
    spans = sight.words.spans(
        "banner.reader_away", style=Style.CAPTION_STRONG, colour=Colour.CARE_INK
    )
    return (banner("plug-off", spans),)


def _frame(sight: Sight, on_page: Attract, content: Content) -> Node:
    frames = content.attract.frames
    active = on_page.frame % len(frames)
    dots = Dots(count=len(frames), active=active)
    if not sight.view.portrait:  # lying, the hint's card would cover the way to the rules
        dots_alone = Row(items=(dots,), justify=Justify.CENTRE)
        return Column(items=(_hero(sight, frames[active]), dots_alone), gap=5)
    ways = Row(items=(*vote_button(sight), Gap(grow=1), _rules(sight)), height=20)
    below = Stack(layers=((dots, Place(x=0.5, y=0.5)), (ways, None)), height=20)
    return Column(items=(_hero(sight, frames[active]), below))


def _rules(sight: Sight) -> Button:
    """The programme's rules, quietly: without a card, too."""
    words = sight.words.say("attract.rules")
    inside = Row(
        items=(
            text(words, Style.CAPTION_STRONG, Colour.PINE),
            Icon(name="chevron-right", size=6, colour=Colour.PINE),
        ),
        gap=1.5,
    )
    return Button(
        key="rules", says=words, look=Look.BARE, child=inside, height=20, padding=Insets.xy(3, 0)
    )


def _hero(sight: Sight, frame: AttractFrame) -> Node:
    language = sight.session.language
    gap = GAP_MM * 2.5
    room = sight.view.inner_mm
    if not sight.view.portrait:
        room = (room - GAP_MM * 4) / 2
    across = len(frame.items)
    edge = (room - 26 - gap * (across - 1)) / across
    edge = min(edge, 68)
    items = tuple(_item(sight, item, edge) for item in frame.items)
    title = text(frame.title.in_(language), Style.HEADLINE, Colour.WHITE, shrink_to=0.5)
    return pine_card(
        Column(items=(title, Row(items=items, gap=gap, align=Align.START)), gap=5),
        Insets(13, 9, 13, 11),
    )


def _item(sight: Sight, item: AttractItem, edge: float) -> Node:
    language = sight.session.language
    square = Picture(name=item.picture, tint=behind(item.tint), width=edge, height=edge, radius=8)
    name = text(
        item.name.in_(language),
        Style.HEADING,
        Colour.GOLD_ON_PINE,
        align=Align.CENTRE,
        shrink_to=0.5,
    )
    line = text(
        item.line.in_(language),
        Style.CAPTION,
        Colour.ON_PINE_2,
        align=Align.CENTRE,
        max_lines=2,
        shrink_to=0.8,
    )
    return Column(items=(square, Column(items=(name, line), gap=1)), gap=3, width=edge)


# -- buttons -------------------------------------------------------------------------------


def _buttons(sight: Sight, *, stacked: bool) -> Node:
    """Stacked they leave the hint's corner free; else they share a row."""
    words = sight.words
    width = 113.0 if stacked else None
    no_card = _button("join", "help", words.say("attract.no_card"), Look.SECONDARY, width)
    contact = _button("contact", "complaint", words.say("attract.contact"), Look.QUIET, width)
    if not stacked:
        return Row(items=(no_card, contact), gap=GAP_MM * 2)
    both = Column(items=(no_card, contact), gap=6)
    left = sight.view.corner in LEFT_CORNERS
    return Row(items=(Gap(grow=1), both) if left else (both, Gap(grow=1)))


def _button(key: str, icon: str, words: str, look: Look, width: float | None) -> Button:
    colour = Colour.PINE if look is Look.SECONDARY else Colour.INK
    return Button(
        key=key,
        says=words,
        look=look,
        child=label(icon, words, colour),
        height=28,
        width=width,
        grow=0 if width else 1,
        padding=Insets.xy(5, 0),
    )
