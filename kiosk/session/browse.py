"""Looking around: vouchers, history, tier, rules and events; nothing is spent here."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.model.facts import EventSignup
from kiosk.model.verdicts import ClaimKind, Outcome
from kiosk.session.moves import open_page, prolonged, show
from kiosk.session.states import (
    Attract,
    Cases,
    Events,
    History,
    Home,
    Joining,
    Ladder,
    Page,
    Profile,
    ProfileQuestion,
    Rules,
    Session,
    Step,
    Survey,
    TierPage,
    Visitor,
    Vouchers,
    Writing,
)
from kiosk.session.wishes import fresh_id, remembered
from kiosk.session.world import World

MOST_SHEETS = 250
"""No list is longer: 1 000 ledger lines, four a sheet. Beyond its end a screen shows its last."""

Open = Callable[[], Page]

_FOR_MEMBERS: dict[str, Open] = {
    "vouchers": Vouchers,
    "history": History,
    "tier": TierPage,
    "events": Events,
    "cases": Cases,
}


def look_at(key: str, session: Session, world: World) -> Step:
    """Open one of the member's own pages from the member's page."""
    if session.visitor is None or not isinstance(session.page, Home | TierPage):
        return Step(prolonged(session, world))
    return Step(open_page(session, _FOR_MEMBERS[key](), world))


def read_rules(session: Session, _value: str, world: World) -> Step:
    """The programme's rules, with a card or without."""
    if not isinstance(session.page, Attract | Home | TierPage | Joining):
        return Step(prolonged(session, world))
    return Step(open_page(session, Rules(), world))


def turn_sheet(session: Session, value: str, world: World) -> Step:
    """Another sheet of a list, by its number from 0."""
    page = session.page
    lists = Ladder | Vouchers | History | Events | Rules | Cases | Writing | Profile
    if not isinstance(page, lists | Survey | ProfileQuestion):
        return Step(prolonged(session, world))
    if not value.isascii() or not value.isdecimal() or int(value[:4]) >= MOST_SHEETS:
        return Step(prolonged(session, world))
    sheet = int(value[:4])
    if isinstance(page, Survey | ProfileQuestion):
        page = replace(page, asking=replace(page.asking, sheet=sheet))
        return Step(show(session, page, world))
    return Step(show(session, replace(page, sheet=sheet), world))


def sign_up(session: Session, value: str, world: World) -> Step:
    """Sign up for an event, or off it again: the same button."""
    visitor = session.visitor
    if not isinstance(session.page, Events) or visitor is None or not _is_on(value, world):
        return Step(prolonged(session, world))
    wish = EventSignup(
        signup_id=fresh_id(world),
        member_id=visitor.member.member_id,
        card_key=visitor.key.hex(),
        event_id=value,
        coming=not is_coming(visitor, value),
    )
    kind = ClaimKind.EVENT_SIGNUP if wish.coming else ClaimKind.EVENT_SIGNOFF
    session = remembered(session, wish.signup_id, kind, value)
    return Step(prolonged(session, world), (wish,))


def is_coming(visitor: Visitor, event_id: str) -> bool:
    """Whether the member has signed up, by HQ's row and by what was pressed here since."""
    coming = event_id in visitor.member.events
    for claim in visitor.claims:
        if claim.subject != event_id or claim.dead:
            continue
        if claim.kind is ClaimKind.EVENT_SIGNOFF:
            coming = False
        elif claim.kind is ClaimKind.EVENT_SIGNUP:
            refused = claim.verdict is not None and claim.verdict.outcome is Outcome.REFUSED
            coming = not refused
    return coming


def _is_on(event_id: str, world: World) -> bool:
    """Whether the event asks for a sign-up and has not passed."""
    if world.content is None or world.today is None:
        return False
    events = world.content.programme.events
    return any(
        event.event_id == event_id and event.seats is not None and event.on >= world.today
        for event in events
    )
