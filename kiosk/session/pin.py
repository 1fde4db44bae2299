"""Proving a wish to spend: the PIN, digit by digit."""

from dataclasses import replace

from kiosk.session.moves import back, open_page, prolonged, show
from kiosk.session.pad import pad
from kiosk.session.redeem import ask
from kiosk.session.states import Detail, Notice, NoticeKind, PinEntry, Session, Step
from kiosk.session.wishes import allowed
from kiosk.session.world import World


def confirm(session: Session, _value: str, world: World) -> Step:
    """The member wants it: the PIN comes next, if nothing stands in the way."""
    page = session.page
    if not isinstance(page, Detail) or allowed(session, page.reward_id, world).mode is None:
        return Step(prolonged(session, world))
    return Step(open_page(session, PinEntry(page.reward_id, pad(world)), world))


def digit(session: Session, value: str, world: World) -> Step:
    """One digit; the last one asks HQ."""
    page = session.page
    if not isinstance(page, PinEntry) or len(value) != 1 or value not in "0123456789":
        return Step(prolonged(session, world))
    page = replace(page, entered=page.entered + value)
    if world.content is None or len(page.entered) < world.content.programme.redeeming.pin.digits:
        return Step(show(session, page, world))
    return ask(session, page, world)


def content_changed(session: Session, world: World) -> Session:
    """A PIN stands for the price the member has seen: back to the reward, to look again."""
    trail = tuple(page for page in session.trail if not isinstance(page, PinEntry))
    session = replace(session, trail=trail)
    return back(session, world) if isinstance(session.page, PinEntry) else session


def erase(session: Session, _value: str, world: World) -> Step:
    """Take the last digit back."""
    page = session.page
    if not isinstance(page, PinEntry):
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, entered=page.entered[:-1]), world))


def forgot(session: Session, _value: str, world: World) -> Step:
    """Only the counter can give a member another PIN."""
    if not isinstance(session.page, PinEntry | Detail):
        return Step(prolonged(session, world))
    plain = session if isinstance(session.page, Detail) else back(session, world)
    return Step(open_page(plain, Notice(NoticeKind.PIN_AT_COUNTER), world))
