"""The attract screen: tap your card, see what is yours today; nothing personal."""

from datetime import date

from kiosk.loyalty.today import next_event
from kiosk.model.content import Content
from kiosk.model.programme import AttractFrame, AttractItem, Event
from kiosk.screens.furniture import banner, card, label, page
from kiosk.screens.view import GAP_MM, Sight
from kiosk.session.states import Attract
from kiosk.ui.nodes import (
    Align,
    Box,
    Button,
    Column,
    Corner,
    Dots,
    Gap,
    Insets,
    Look,
    Node,
    Picture,
    Place,
    Row,
    Scene,
    Stack,
    TapHint,
    Text,
    text,
)
from kiosk.ui.theme import Colour, Fill, Shadow, Style

LEFT_CORNERS = frozenset({Corner.TOP_LEFT, Corner.BOTTOM_LEFT})
TOP_CORNERS = frozenset({Corner.TOP_LEFT, Corner.TOP_RIGHT})


def attract(sight: Sight, on_page: Attract, content: Content | None) -> Scene:
    """The whole screen; before the first content has arrived it says so."""
    if content is None:
        return _preparing(sight)
    portrait = sight.view.portrait
    return _portrait(sight, on_page, content) if portrait else _landscape(sight, on_page, content)


def _preparing(sight: Sight) -> Scene:
    words = sight.words
    middle = (
        Gap(grow=1),
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
    headline = _headline(sight, content)
    frame = _frame(sight, on_page, content)
    event = _event(sight, content)
    middle = (headline, *_reader_away(sight), frame, *event)
    scene = page(sight, "attract", middle, _buttons(sight, stacked=True))
    return _with_hint(sight, scene)


def _landscape(sight: Sight, on_page: Attract, content: Content) -> Scene:
    left = Column(
        items=(
            _headline(sight, content),
            *_reader_away(sight),
            Gap(grow=1),
            _buttons(sight, stacked=False),
        ),
        gap=GAP_MM * 2,
        width=sight.view.inner_mm * 0.5,
    )
    right = Column(
        items=(_frame(sight, on_page, content), *_event(sight, content)), gap=GAP_MM * 2, grow=1
    )
    both = Row(items=(left, right), gap=GAP_MM * 4, align=Align.STRETCH, grow=1)
    scene = page(sight, "attract", (both,), Gap(height=0))
    return _with_hint(sight, scene)


def _with_hint(sight: Sight, scene: Scene) -> Scene:
    corner = sight.view.corner
    place = Place(
        x=0 if corner in LEFT_CORNERS else (0.5 if corner is Corner.BELOW else 1),
        y=0 if corner in TOP_CORNERS else (0.5 if corner is Corner.BESIDE else 1),
    )
    size = 160 if sight.view.portrait else 120
    hint = TapHint(
        corner=corner,
        label=_hint_label(sight),
        alive=sight.session.reader_ready and not sight.view.reduced_motion,
        width=size,
        height=size,
    )
    return Scene(name=scene.name, root=Stack(layers=((hint, place), (scene.root, None))))


def _hint_label(sight: Sight) -> Text:
    if not sight.session.reader_ready:
        key = "hint_away"
    elif sight.session.card_on_reader:
        key = "take_card"
    else:
        key = "hint_" + sight.view.corner.value.replace("-", "_")
    words = sight.words.say(f"attract.{key}")
    align = Align.START if sight.view.corner in LEFT_CORNERS else Align.END
    return text(words, Style.STRONG, Colour.WHITE, align=align, max_lines=3)


# -- what it says --------------------------------------------------------------------------


def _headline(sight: Sight, content: Content) -> Node:
    language, words = sight.session.language, content.attract
    call = text(words.headline_call.in_(language), Style.HERO, Colour.PINE, shrink_to=0.5)
    promise = text(words.headline_promise.in_(language), Style.HERO, Colour.INK, shrink_to=0.5)
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
    dots = Row(items=(Gap(grow=1), Dots(count=len(frames), active=active), Gap(grow=1)))
    return Column(items=(_hero(sight, frames[active]), dots), gap=5)


def _hero(sight: Sight, frame: AttractFrame) -> Node:
    language = sight.session.language
    gap = GAP_MM * 2.5
    room = sight.view.inner_mm if sight.view.portrait else sight.view.inner_mm * 0.5 - GAP_MM * 4
    across = len(frame.items)
    edge = (room - 26 - gap * (across - 1)) / across
    edge = min(edge, 68)
    items = tuple(_item(sight, item, edge) for item in frame.items)
    title = text(frame.title.in_(language), Style.TITLE, Colour.WHITE, shrink_to=0.6)
    return Box(
        child=Column(items=(title, Row(items=items, gap=gap, align=Align.START)), gap=5),
        fill=Fill.PINE,
        radius=11,
        edge=Colour.EDGE_PINE,
        edge_mm=0.3,
        shadow=Shadow.DEEP,
        arcs=True,
        padding=Insets(13, 9, 13, 11),
    )


def _item(sight: Sight, item: AttractItem, edge: float) -> Node:
    language = sight.session.language
    square = Picture(
        name=item.picture, tint=Fill(item.tint.value), width=edge, height=edge, radius=8
    )
    name = text(
        item.name.in_(language),
        Style.STRONG,
        Colour.GOLD_ON_PINE,
        align=Align.CENTRE,
        shrink_to=0.7,
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


def _event(sight: Sight, content: Content) -> tuple[Node, ...]:
    """The next member day; nothing while the clock cannot be believed."""
    today = sight.world.today
    event = next_event(content.programme.events, today) if today is not None else None
    if event is None or today is None:
        return ()
    return (_event_card(sight, event, today),)


def _event_card(sight: Sight, event: Event, today: date) -> Node:
    words, days = sight.words, (event.on - today).days
    if days == 0:
        title = words.say("attract.event_today")
        line = event.name.in_(sight.session.language)
    else:
        title = words.say("attract.next_event", day=words.weekday(event.on))
        line = words.count("attract.days_left", days)
    badge = Box(
        child=text(event.badge.in_(sight.session.language), Style.CAPTION_STRONG, Colour.ON_GOLD),
        fill=Fill.GOLD,
        radius=8,
        padding=Insets.xy(6, 4),
        valign=Align.CENTRE,
    )
    names = Column(
        items=(
            text(title, Style.STRONG, shrink_to=0.7),
            text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.7),
        ),
        gap=1.5,
        grow=1,
    )
    return card(Row(items=(_leaf(sight, event.on), names, badge), gap=6))


def _leaf(sight: Sight, day: date) -> Node:
    """A calendar's leaf."""
    month = text(sight.words.month(day), Style.CAPTION_STRONG, Colour.ON_GOLD, align=Align.CENTRE)
    number = text(str(day.day), Style.NUMBER, Colour.ON_GOLD, align=Align.CENTRE)
    return Box(
        child=Column(items=(month, number), gap=0),
        fill=Fill.GOLD,
        radius=6,
        width=27,
        padding=Insets.xy(2, 2),
        valign=Align.CENTRE,
    )


# -- buttons -------------------------------------------------------------------------------


def _buttons(sight: Sight, *, stacked: bool) -> Node:
    words = sight.words
    width = 113.0 if stacked else None
    no_card = _button("no-card", "help", words.say("attract.no_card"), Look.SECONDARY, width)
    contact = _button("contact", "complaint", words.say("attract.contact"), Look.QUIET, width)
    if sight.view.corner in LEFT_CORNERS - TOP_CORNERS and stacked:
        return Row(
            items=(Gap(grow=1), Column(items=(no_card, contact), gap=6, align=Align.END)),
        )
    if stacked:
        return Column(items=(no_card, contact), gap=6, align=Align.START)
    return Row(items=(no_card, contact), gap=GAP_MM * 2)


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
