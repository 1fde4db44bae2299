"""The next member day on a card with a calendar's leaf."""

from datetime import date

from kiosk.loyalty.today import next_event
from kiosk.model.content import Content
from kiosk.model.programme import Event
from kiosk.screens.furniture import card
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Column, Insets, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style


def next_event_card(sight: Sight, content: Content) -> tuple[Node, ...]:
    """The next member day; nothing while the clock cannot be believed."""
    today = sight.world.today
    event = next_event(content.programme.events, today) if today is not None else None
    if event is None or today is None:
        return ()
    return (_card(sight, event, today),)


def _card(sight: Sight, event: Event, today: date) -> Node:
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
            text(title, Style.HEADING, shrink_to=0.7),
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
