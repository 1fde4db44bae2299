"""Somebody who applies, at each question; and what is left of them."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from datetime import date

from kiosk.model.answers import Application
from kiosk.model.cards import applicant_id
from kiosk.model.facts import Fact
from kiosk.model.verdicts import ClaimKind
from kiosk.session import wheels
from kiosk.session.advance import advance, begin
from kiosk.session.events import (
    Event,
    Pressed,
    Tick,
    Unknown,
)
from kiosk.session.states import (
    Joining,
    Session,
    Step,
    Writing,
)
from kiosk.session.world import World
from tests.factories import OTHER_KEY, claim, world
from tests.session.playing import played

WORLD = world()
TODAY = date(2026, 11, 21)
BIRTHDAY = date(1988, 3, 4)
NAME, PHONE = "Anne", "13812345678"
STRANGE = Unknown(OTHER_KEY)
JOIN = Pressed("join")
APPLICATION = claim(
    kind=ClaimKind.APPLICATION, member_id=applicant_id(OTHER_KEY), subject="a-1", points=0
)


def steps(session: Session, events: Iterable[Event], around: World = WORLD) -> Step:
    """The session after these events, with all that they left behind."""
    return played(session, events, around)


def after(session: Session, *events: Event, around: World = WORLD) -> Session:
    """The same, without what was left behind."""
    return steps(session, events, around).session


def out_of_time(session: Session) -> Step:
    """Nothing but time passes until the page changes."""
    return advance(session, Tick(), replace(WORLD, uptime_s=session.until_s))


def turned_to(session: Session, day: date) -> Session:
    """The wheels with this day chosen; where each one stood does not matter here."""
    page = page_of(session)
    assert page.born is not None
    on = wheels.begin(page.born.first, page.born.last, day, chosen=True)
    return replace(session, page=replace(page, born=on))


def page_of(session: Session) -> Joining:
    """The question, which must be open or right below the keyboard."""
    page = session.trail[-1] if isinstance(session.page, Writing) else session.page
    assert isinstance(page, Joining)
    return page


def typed(session: Session, text: str) -> Session:
    """The text on the keyboard, letter by letter."""
    letters = after(session, Pressed("mode", "letters"))
    return after(letters, *(Pressed("key", letter) for letter in text))


def asked_born(day: date | None = BIRTHDAY, first: Event = JOIN) -> Session:
    """The question for the day of birth, answered if there is a day."""
    opened = after(begin(WORLD), first, Pressed("join"), Pressed("join-on"))
    return opened if day is None else turned_to(opened, day)


def named(first: Event = JOIN) -> Session:
    """A name was given; the keyboard for the number stands there."""
    return after(typed(after(asked_born(first=first), Pressed("join-on")), NAME), Pressed("use"))


def grouped(first: Event = JOIN) -> Session:
    """Name and number were given; the group's code is asked for."""
    return after(typed(named(first), PHONE), Pressed("use"))


def confirmed(first: Event = JOIN) -> Session:
    """Everything was given; it is looked at."""
    return after(grouped(first), Pressed("no-code"))


def told(facts: Iterable[Fact]) -> list[Application]:
    """The applications among them."""
    return [fact for fact in facts if isinstance(fact, Application)]


def everything_in(session: Session) -> str:
    """All that is kept in a session, also what its pages do not print."""
    return _told(session)


def _told(value: object) -> str:
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(_told(getattr(value, one.name)) for one in fields(value))
    if isinstance(value, tuple):
        return " ".join(map(_told, value))
    return str(value.hex() if isinstance(value, bytes) else value)


def is_free_of_it(session: Session) -> bool:
    """Whether nothing of what was told is left."""
    everything = everything_in(session)
    return not any(secret in everything for secret in (NAME, PHONE, "1988", OTHER_KEY.hex()))
