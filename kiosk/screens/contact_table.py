"""What may come by which way: a row a purpose, a column a channel, a switch in each cell."""

from kiosk.model.care import Channel, Purpose
from kiosk.model.members import ContactWishes
from kiosk.screens.switch import WIDTH_MM, switch
from kiosk.screens.view import Sight
from kiosk.ui.nodes import Align, Box, Button, Column, Icon, Insets, Justify, Look, Node, Row, text
from kiosk.ui.pieces import Line
from kiosk.ui.theme import Colour, Shadow, Style

EDGE_MM = 5.5
"""Space left and right of the words."""

MANY = 4
"""From so many channels on their columns are narrow, and their icons stand above the words."""

CELL_MM, ROOMY_CELL_MM = 22.0, 29.0
"""Height of a switch's cell."""

FEW = 4
"""So many purposes leave room for higher cells on a standing glass."""

_ICONS = {
    Channel.SMS: "message",
    Channel.WECHAT: "chat",
    Channel.PHONE: "phone",
    Channel.EMAIL: "mail",
}


def channel_table(sight: Sight, wishes: ContactWishes) -> Node:
    """The whole table; do-not-disturb shows everything as off and leaves nothing to touch."""
    purposes = sight.content.care.contact.purposes
    channels = tuple(one for one in Channel if any(one in each.channels for each in purposes))
    rows: list[Node] = [_head(sight, channels)]
    for purpose in purposes:
        if len(rows) > 1:
            rows.append(Box(child=Line(), fill=None, padding=Insets.xy(EDGE_MM, 0)))
        rows.append(_row(sight, purpose, channels, wishes))
    return Box(
        child=Column(items=tuple(rows)),
        edge=Colour.HAIRLINE,
        edge_mm=0.25,
        shadow=Shadow.SOFT,
        padding=Insets(),
    )


def is_roomy(sight: Sight) -> bool:
    """Whether there is height to spare: a standing glass, usual type, few purposes."""
    few = len(sight.content.care.contact.purposes) <= FEW
    return sight.view.portrait and not sight.session.big_text and few


def _column_mm(sight: Sight, channels: tuple[Channel, ...]) -> float:
    """Width of a channel's column."""
    return WIDTH_MM + (2 if len(channels) >= MANY else 9)


def _head(sight: Sight, channels: tuple[Channel, ...]) -> Node:
    what = text(sight.words.say("contact.what"), Style.CAPTION, Colour.INK_2, grow=1)
    cells = tuple(_channel(sight, one, channels) for one in channels)
    inside = Box(
        child=Row(items=(what, *cells)),
        fill=None,
        padding=Insets(EDGE_MM, 3, 3, 3),
        min_height=22 if is_roomy(sight) else 18,
        valign=Align.CENTRE,
    )
    return Column(items=(inside, Line()))


def _channel(sight: Sight, channel: Channel, channels: tuple[Channel, ...]) -> Node:
    words = text(
        sight.words.say(f"channel.{channel}"),
        Style.CAPTION_STRONG,
        align=Align.CENTRE,
        shrink_to=0.7,
    )
    icon = Icon(name=_ICONS[channel], size=8.5, colour=Colour.PINE)
    width = _column_mm(sight, channels)
    if len(channels) >= MANY or sight.session.big_text:
        above = Row(items=(icon,), justify=Justify.CENTRE)
        return Column(items=(above, words), gap=0.5, width=width)
    return Row(items=(icon, words), gap=2.5, justify=Justify.CENTRE, width=width)


def _row(
    sight: Sight, purpose: Purpose, channels: tuple[Channel, ...], wishes: ContactWishes
) -> Node:
    language, big = sight.session.language, sight.session.big_text
    crowded = len(channels) >= MANY or len(sight.content.care.contact.purposes) > FEW
    style = Style.HEADING if is_roomy(sight) else Style.STRONG
    # Large type of the smaller style is still larger than usual type of this one.
    style = Style.CAPTION_STRONG if big else style
    said: tuple[Node, ...] = (text(purpose.words.in_(language), style, max_lines=2, shrink_to=0.6),)
    if not big and not crowded:
        line = purpose.line.in_(language)
        said += (text(line, Style.CAPTION, Colour.INK_2, shrink_to=0.7),)
    cells = tuple(_cell(sight, purpose, one, channels, wishes) for one in channels)
    return Box(
        child=Row(items=(Column(items=said, gap=0.5, grow=1), *cells), align=Align.CENTRE),
        fill=None,
        padding=Insets(EDGE_MM, 0 if crowded else 2, 3, 0 if crowded else 2),
        valign=Align.CENTRE,
    )


def _cell(
    sight: Sight,
    purpose: Purpose,
    channel: Channel,
    channels: tuple[Channel, ...],
    wishes: ContactWishes,
) -> Node:
    """The switch, its whole cell being the target; a dash where HQ never uses this way."""
    width = _column_mm(sight, channels)
    if channel not in purpose.channels:
        dash = text("–", Style.BODY, Colour.INK_3, align=Align.CENTRE)
        return Box(child=dash, fill=None, width=width)
    quiet, height = wishes.do_not_disturb, ROOMY_CELL_MM if is_roomy(sight) else CELL_MM
    on = not quiet and channel in wishes.granted.get(purpose.purpose_id, ())
    drawn = Box(child=switch(sight, on=on), fill=None, align=Align.CENTRE, valign=Align.CENTRE)
    if quiet:
        return Box(child=drawn, fill=None, width=width, height=height)
    language = sight.session.language
    says = f"{purpose.words.in_(language)} {sight.words.say(f'channel.{channel}')}"
    return Button(
        key="channel",
        value=f"{purpose.purpose_id}.{channel}",
        says=says,
        look=Look.BARE,
        child=drawn,
        width=width,
        height=height,
    )
