"""The next events as cards: when, what, for whom a seat is kept; and signing up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.loyalty.calendar import next_events
from kiosk.model.programme import Event
from kiosk.model.verdicts import Because, Claim, ClaimKind, Outcome
from kiosk.screens.around import (
    BETWEEN_MM,
    SIDE,
    around,
    hint,
    line_mm,
    lines_in,
    nothing,
    offline,
    title,
)
from kiosk.screens.calendar import leaf
from kiosk.screens.columns import Entry, in_columns
from kiosk.screens.furniture import card, label
from kiosk.screens.pager import pager, sheet_of
from kiosk.screens.view import Sight
from kiosk.session.browse import is_coming
from kiosk.session.states import Events, Visitor
from kiosk.ui.nodes import (
    Align,
    Button,
    Column,
    Icon,
    Insets,
    Look,
    Node,
    Row,
    Scene,
    text,
)
from kiosk.ui.theme import Colour, Style

MOST = 24
"""Nobody leafs through more: what lies farther ahead comes nearer by itself."""

_SIDE_MM = 60
"""Width of a card's button: 取消报名 in large type."""


_BUTTON_MM, _DAY_MM = 24, 36
"""Height of that button; width of the day with what is special below it."""


def events_page(sight: Sight, on_page: Events) -> Scene:
    """The whole page."""
    today = sight.world.today
    events = _events(sight, today)
    sheets = in_columns([_entry(sight, event) for event in events], _room_mm(sight))
    shown = sheets[sheet_of(on_page.sheet, len(sheets))]
    return around(
        sight,
        "events",
        above=offline(sight, "events.offline"),
        head=(title(_title(sight, events, today)),),
        main=shown or (_empty(sight),),
        foot=_hint(sight, events),
        middle=pager(sight, on_page.sheet, len(sheets)),
    )


def _events(sight: Sight, today: date | None) -> tuple[Event, ...]:
    if today is None:
        return ()
    tier, store = sight.visitor.member.tier, sight.place.store_id
    return next_events(sight.content.programme, tier, store, today, MOST)


def _room_mm(sight: Sight) -> float:
    """Height for the cards of a sheet, a banner and a title of two lines taken off."""
    if sight.view.portrait:
        return 245 if sight.session.big_text else 300
    return 160


def _title(sight: Sight, events: Sequence[Event], today: date | None) -> str:
    """How far the nearest one is."""
    if today is None or not events:
        return sight.words.say("events.title_none")
    return sight.words.count("events.title", (events[0].on - today).days)


def _empty(sight: Sight) -> Node:
    words = sight.words
    key = "events.none" if sight.world.today is not None else "events.unknown_day"
    return nothing(sight, "member-day", words.say(key), words.say(f"{key}_line"))


def _hint(sight: Sight, events: Sequence[Event]) -> tuple[Node, ...]:
    if not any(event.seats is not None for event in events):
        return ()
    return (hint("info", sight.words.say("events.how")),)


# -- a card --------------------------------------------------------------------------------


def _entry(sight: Sight, event: Event) -> Entry:
    return Entry(_card(sight, event), _high_mm(sight, event))


def _high_mm(sight: Sight, event: Event) -> float:
    """About how high a card is; rather too much than too little."""
    language, beside, below = sight.session.language, event.seats is not None, 0.0
    if beside and _stacked(sight):
        beside, below = False, _BUTTON_MM + 3.5
    whole = sight.view.inner_mm
    if not sight.view.portrait:
        whole = whole * (1 - SIDE) - BETWEEN_MM
    room = whole - _DAY_MM - 17 - (_SIDE_MM + 6 if beside else 0)
    name = lines_in(sight, event.name.in_(language), Style.HEADING, room)
    line = (
        lines_in(sight, event.line.in_(language) + 6 * "·", Style.CAPTION, room)
        if event.line
        else 1
    )
    standing = lines_in(sight, _state(sight, event), Style.CAPTION_STRONG, room - 9.5)
    said = name * line_mm(sight, Style.HEADING)
    said += (min(line, 2) + min(standing, 2)) * line_mm(sight, Style.CAPTION) + 2
    return max(said, 40.0) + below + 9


def _stacked(sight: Sight) -> bool:
    """Whether the button stands below the words: large type leaves no room beside them."""
    return sight.session.big_text and sight.view.portrait


def _card(sight: Sight, event: Event) -> Node:
    """Day, what happens, where the member stands, and the button where seats are kept."""
    said, button = (_day(sight, event), _said(sight, event)), _button(sight, event)
    padding = Insets(5, 4.5, 5.5, 4.5)
    if _stacked(sight):
        row = Row(items=said, gap=6, min_height=40)
        return card(Column(items=(row, *button), gap=3.5), padding=padding)
    return card(Row(items=(*said, *button), gap=6, min_height=40), padding=padding)


def _day(sight: Sight, event: Event) -> Node:
    """The calendar's leaf, and below it in a few characters what is special."""
    words = text(
        event.badge.in_(sight.session.language),
        Style.CAPTION_STRONG,
        Colour.POINTS_INK,
        align=Align.CENTRE,
        shrink_to=0.7,
    )
    return Column(items=(leaf(sight, event.on), words), gap=1.5, align=Align.CENTRE, width=_DAY_MM)


def _said(sight: Sight, event: Event) -> Node:
    words, language = sight.words, sight.session.language
    when = words.weekday(event.on)
    if event.line is not None:
        when = words.say("events.on", weekday=when, line=event.line.in_(language))
    standing = _standing(sight, event)
    state = Row(
        items=(
            Icon(name=standing.icon, size=7, colour=standing.colour),
            text(
                _state(sight, event),
                Style.CAPTION_STRONG,
                standing.colour,
                max_lines=2,
                grow=1,
            ),
        ),
        gap=2.5,
    )
    return Column(
        items=(
            text(event.name.in_(language), Style.HEADING, max_lines=2, shrink_to=0.72),
            text(when, Style.CAPTION, Colour.INK_2, max_lines=2, shrink_to=0.9),
            state,
        ),
        gap=1,
        grow=1,
    )


def _button(sight: Sight, event: Event) -> tuple[Node, ...]:
    """Signs up, or off again: the word says which. None where nobody needs to."""
    if event.seats is None:
        return ()
    coming = is_coming(sight.visitor, event.event_id)
    words = sight.words.say("events.sign_off" if coming else "events.sign_up")
    colour = Colour.INK if coming else Colour.PINE
    icon = "cross" if coming else "pencil"
    button = Button(
        key="sign-up",
        value=event.event_id,
        says=words,
        look=Look.QUIET if coming else Look.SECONDARY,
        child=label(icon, words, colour, Style.STRONG, 8),
        width=None if _stacked(sight) else _SIDE_MM,
        height=_BUTTON_MM,
        padding=Insets.xy(2, 1),
    )
    return (button,)


# -- where the member stands ---------------------------------------------------------------


def _state(sight: Sight, event: Event) -> str:
    return sight.words.say(f"events.{_standing(sight, event).key}", n=event.seats)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said of a member and an event: a word of `events.` with its icon and colour."""

    key: str
    icon: str
    colour: Colour


def _standing(sight: Sight, event: Event) -> Standing:
    if event.seats is None:
        return Standing("no_seats", "info", Colour.INK_2)
    asked = _asked(sight.visitor, event)
    if asked is not None:
        return _of_claim(asked, online=sight.world.hq_reachable is True)
    if event.event_id in sight.visitor.member.events:
        return Standing("coming", "check-circle", Colour.GOOD_INK)
    return Standing("open", "people", Colour.INK_2)


def _asked(visitor: Visitor, event: Event) -> Claim | None:
    """The member's last word at this kiosk that HQ would read."""
    kinds = {ClaimKind.EVENT_SIGNUP, ClaimKind.EVENT_SIGNOFF}
    mine = [
        claim
        for claim in visitor.claims
        if claim.kind in kinds and claim.subject == event.event_id and not claim.dead
    ]
    return mine[-1] if mine else None


def _of_claim(claim: Claim, *, online: bool) -> Standing:
    verdict = claim.verdict
    if claim.kind is ClaimKind.EVENT_SIGNOFF:
        return Standing("off", "info", Colour.INK_2)
    if verdict is None:
        key = "noted" if online else "noted_offline"
        return Standing(key, "clock", Colour.CARE_INK)
    match verdict.outcome:
        case Outcome.WAITLISTED:
            return Standing("waitlisted", "list", Colour.CARE_INK)
        case Outcome.REFUSED:
            full = verdict.because in {Because.STOCK, Because.LIMIT}
            return Standing("full" if full else "refused", "care", Colour.CARE_INK)
        case _:
            return Standing("confirmed", "check-circle", Colour.GOOD_INK)
