"""The next member day on a card with a calendar's leaf."""

from datetime import date

from kiosk.loyalty.calendar import concerns, next_event
from kiosk.model.programme import Event
from kiosk.screens.furniture import card, chevron, row_button
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Button, Column, Insets, Node, Row, text
from kiosk.ui.theme import Colour, Fill, Style


def event_for_all(sight: Sight) -> tuple[Node, ...]:
    """The next event of this store that everybody may come to; none on an unknown day."""
    today, content = sight.world.today, sight.world.content
    if today is None or content is None:
        return ()
    events = content.programme.events
    event = next_event((one for one in events if concerns(one, None, sight.world.store_id)), today)
    return (card(_line(sight, event, today)),) if event is not None else ()


def my_next_event(sight: Sight) -> tuple[Button, ...]:
    """The visitor's next event, as the way to all of them; none on an unknown day."""
    today, events = sight.world.today, sight.summary.events
    if today is None or not events:
        return ()
    inside = Row(items=(_line(sight, events[0], today), chevron()), gap=3)
    return (row_button("events", sight.words.say("home.events"), inside),)


def _line(sight: Sight, event: Event, today: date) -> Node:
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
            text(title, Style.HEADING, shrink_to=0.5),
            text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.5),
        ),
        gap=1.5,
        grow=1,
    )
    return Row(items=(leaf(sight, event.on), names, badge), gap=6, grow=1)


def leaf(sight: Sight, day: date) -> Node:
    """A calendar's leaf: month over day."""
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
