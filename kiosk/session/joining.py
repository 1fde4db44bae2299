"""Joining: a few questions, one look at all of it; only what is submitted leaves a record.

Nothing that was told outlives its session: leaving, time, another card and a fault drop it.
"""

from dataclasses import replace
from datetime import date

from kiosk.loyalty.ages import is_of_age
from kiosk.model.answers import Application
from kiosk.session import wheels
from kiosk.session.entry import blank, is_ready, tidy
from kiosk.session.moves import open_page, prolonged, show
from kiosk.session.states import (
    Attract,
    Entry,
    Joined,
    Joining,
    JoiningStep,
    Notice,
    Session,
    Step,
    TooYoung,
    Writing,
)
from kiosk.session.wishes import fresh_id
from kiosk.session.world import World

LONGEST_NAME, LONGEST_CODE = 40, 12
"""HQ takes no more (kiosk/model/answers.py, Application)."""

_ORDER = tuple(JoiningStep)
_ON_KEYBOARD = {JoiningStep.NAME, JoiningStep.PHONE}
"""Steps that are a keyboard and nothing else."""

_ENTRY = {
    JoiningStep.NAME: (Entry.NAME, LONGEST_NAME),
    JoiningStep.PHONE: (Entry.PHONE, 11),
    JoiningStep.GROUP: (Entry.CODE, LONGEST_CODE),
}


def open_joining(session: Session, _value: str, world: World) -> Step:
    """What membership is and takes, from the attract screen or a notice; with its card."""
    page = session.page
    stranger = session.visitor is None and world.content is not None
    if not stranger or not isinstance(page, Attract | Notice):
        return Step(prolonged(session, world))
    card_key = page.card_key if isinstance(page, Notice) else None
    return Step(open_page(session, Joining(card_key=card_key), world))


def go_on(session: Session, _value: str, world: World) -> Step:
    """To the next question; who is not old enough yet hears it kindly, and all is dropped."""
    page, today = session.page, world.today
    if not isinstance(page, Joining) or today is None or page.step is JoiningStep.CONFIRM:
        return Step(prolonged(session, world))
    if page.step is JoiningStep.BORN:
        day = born(page)
        if day is None:
            return Step(prolonged(session, world))
        if not _is_old_enough(day, today, world):
            return Step(_too_young(session, world))
    return Step(_at(session, _following(page, today), world))


def turn(session: Session, value: str, world: World) -> Step:
    """A wheel of the day of birth."""
    page = session.page
    if not isinstance(page, Joining) or page.step is not JoiningStep.BORN or page.born is None:
        return Step(prolonged(session, world))
    turned = wheels.turned(page.born, value)
    return Step(show(session, replace(page, born=turned or page.born), world))


def write_code(session: Session, _value: str, world: World) -> Step:
    """Type a group's code."""
    page = session.page
    if not isinstance(page, Joining) or page.step is not JoiningStep.GROUP:
        return Step(prolonged(session, world))
    return Step(_write(session, page, world))


def no_code(session: Session, _value: str, world: World) -> Step:
    """Apply without a group, or not with it after all."""
    page = session.page
    if not isinstance(page, Joining) or page.step is not JoiningStep.GROUP:
        return Step(prolonged(session, world))
    return go_on(replace(session, page=replace(page, group_code="")), "", world)


def change(session: Session, value: str, world: World) -> Step:
    """One answer anew, from the last page and back to it."""
    page = session.page
    asked = {one.value: one for one in _ORDER[1:-1]}
    if not isinstance(page, Joining) or page.step is not JoiningStep.CONFIRM or value not in asked:
        return Step(prolonged(session, world))
    return Step(_at(session, replace(page, step=asked[value], changing=True), world))


def marketing(session: Session, _value: str, world: World) -> Step:
    """Agree to news, or not after all: a tick of its own."""
    page = session.page
    if not isinstance(page, Joining) or page.step is not JoiningStep.CONFIRM:
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, marketing=not page.marketing), world))


def submit(session: Session, _value: str, world: World) -> Step:
    """Apply: the record is all that is left of what was told."""
    page, today = session.page, world.today
    if not isinstance(page, Joining) or today is None or not is_whole(page):
        return Step(prolonged(session, world))
    day = born(page)
    assert day is not None
    if not _is_old_enough(day, today, world):
        return Step(_too_young(session, world))
    joined = Joined(page.card_key is not None, with_group=bool(page.group_code))
    told = _application(session, page, day, world)
    return Step(show(replace(session, trail=()), joined, world), (told,))


# -- the keyboard above --------------------------------------------------------------------


def is_writing(session: Session) -> bool:
    """Whether something is being typed for an application."""
    below = session.trail[-1] if session.trail else None
    return isinstance(session.page, Writing) and isinstance(below, Joining)


def written(session: Session, text: str, world: World) -> Session:
    """What was typed is used: to the next question."""
    session, page = _taken_off(session, text)
    today = world.today
    assert today is not None  # it was known when the first question was asked
    return _at(session, _following(page, today), world)


def back(session: Session, world: World) -> Session | None:
    """One question back, with all that was told; None where the way back leads elsewhere."""
    page = session.page
    if is_writing(session):
        assert isinstance(page, Writing)
        session, page = _taken_off(session, _kept(session, page))
        if page.step is JoiningStep.GROUP:
            return show(session, page, world)
    if not isinstance(page, Joining) or page.step is JoiningStep.WELCOME:
        return None
    before = JoiningStep.CONFIRM if page.changing else _ORDER[_ORDER.index(page.step) - 1]
    return _at(session, replace(page, step=before, changing=False), world)


def stands(page: Joining) -> str:
    """What was typed before for the present question."""
    match page.step:
        case JoiningStep.NAME:
            return page.name
        case JoiningStep.PHONE:
            return page.phone
        case _:
            return page.group_code


def _kept(session: Session, page: Writing) -> str:
    """What stays on the way back: what was typed; half a change leaves the answer as it was."""
    below, typed = session.trail[-1], tidy(page.text)
    assert isinstance(below, Joining)
    half = below.changing and not is_ready(page.purpose, typed)
    return stands(below) if half else typed


def _taken_off(session: Session, text: str) -> tuple[Session, Joining]:
    """The session without its keyboard, and what it stood on with the text."""
    below = session.trail[-1]
    assert isinstance(below, Joining)
    page = _with(below, text)
    return replace(session, page=page, trail=session.trail[:-1]), page


def _with(page: Joining, text: str) -> Joining:
    match page.step:
        case JoiningStep.NAME:
            return replace(page, name=text[:LONGEST_NAME].strip())
        case JoiningStep.PHONE:
            return replace(page, phone=text)
        case _:
            return replace(page, group_code=text.upper()[:LONGEST_CODE])


# -- questions in their order --------------------------------------------------------------


def is_applying(session: Session) -> bool:
    """Whether somebody is in the middle of it, also below another page."""
    return any(isinstance(page, Joining) for page in (session.page, *session.trail))


def born(page: Joining) -> date | None:
    """The day of birth that was chosen."""
    return wheels.chosen(page.born) if page.born is not None else None


def is_whole(page: Joining) -> bool:
    """Whether everything is told that HQ needs, and has been looked at."""
    told = is_ready(Entry.NAME, page.name) and is_ready(Entry.PHONE, page.phone)
    return page.step is JoiningStep.CONFIRM and told and born(page) is not None


def _following(page: Joining, today: date) -> Joining:
    """The page of the next question."""
    step = _ORDER[_ORDER.index(page.step) + 1]
    if page.changing:
        step = JoiningStep.CONFIRM
    return replace(page, step=step, changing=False, born=page.born or wheels.born(today))


def _at(session: Session, page: Joining, world: World) -> Session:
    """The page of a question; where it is typed, the keyboard is above it at once."""
    if page.step in _ON_KEYBOARD:
        return _write(session, page, world)
    return show(session, page, world)


def _write(session: Session, page: Joining, world: World) -> Session:
    purpose, limit = _ENTRY[page.step]
    paper = blank(purpose, session.language, stands(page), limit)
    return open_page(replace(session, page=page), paper, world)


# -- the end -------------------------------------------------------------------------------


def _is_old_enough(day: date, today: date, world: World) -> bool:
    assert world.content is not None
    return is_of_age(day, today, world.content.programme.joining.minimum_age_years)


def _too_young(session: Session, world: World) -> Session:
    return show(replace(session, trail=()), TooYoung(), world)


def _application(session: Session, page: Joining, day: date, world: World) -> Application:
    assert world.content is not None
    return Application(
        application_id=fresh_id(world),
        card_key=page.card_key.hex() if page.card_key is not None else None,
        name=page.name,
        phone=page.phone,
        born=day,
        group_code=page.group_code,
        marketing=page.marketing,
        text_version=world.content.care.contact.text_version,
        language=session.language,
    )
