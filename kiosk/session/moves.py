"""Moves between pages: open one, go back, come to an end; and how long each page may stay."""

from dataclasses import replace
from math import inf

from kiosk.model.facts import DeviceEvent
from kiosk.session import repeats
from kiosk.session.answering import covered
from kiosk.session.leaving import unfinished
from kiosk.session.states import (
    Attract,
    HandedOver,
    Notice,
    NoticeKind,
    OutOfService,
    Page,
    PinEntry,
    ProfileQuestion,
    Session,
    Step,
    StillThere,
    Survey,
    SurveyThanks,
    Thanks,
    TooYoung,
    VoucherCode,
    Waiting,
)
from kiosk.session.world import World


def show(session: Session, page: Page, world: World) -> Session:
    """This page instead of the present one; its time begins anew."""
    seconds = _time_for(page, session, world)
    return replace(session, page=page, until_s=world.uptime_s + seconds)


def open_page(session: Session, page: Page, world: World) -> Session:
    """This page above the present one, which the way back leads to."""
    below = () if isinstance(session.page, Attract) else (*session.trail, _covered(session.page))
    return show(replace(session, trail=below), page, world)


def _covered(page: Page) -> Page:
    """Half a PIN does not wait for whoever comes next, nor an answer in sight."""
    match page:
        case PinEntry():
            return replace(page, entered="")
        case Survey() | ProfileQuestion():
            return replace(page, asking=covered(page.asking))
        case _:
            return page


def back(session: Session, world: World) -> Session:
    """To the page below; from the first page to the end."""
    if not session.trail:
        return ended(session, world)
    below = session.trail[-1]
    return show(replace(session, trail=session.trail[:-1]), below, world)


def prolonged(session: Session, world: World) -> Session:
    """Somebody is there: the page's time starts anew, but a question waits for its answer."""
    match session.page:
        case StillThere() | Waiting():
            return session
        case Attract():
            quiet_s = world.uptime_s + world.timing.idle_s
            return replace(session, page=replace(session.page, quiet_s=quiet_s))
        case _:
            return show(session, session.page, world)


def attract(session: Session, world: World) -> Session:
    """To the attract screen: nothing of a member is left."""
    clean = replace(session, language=world.language, big_text=False, visitor=None, trail=())
    return show(clean, Attract(), world)


def ended(session: Session, world: World) -> Session:
    """The session as it is after its end; a visitor's choice of language on attract stays."""
    return session if isinstance(session.page, Attract) else attract(session, world)


def left(session: Session, world: World) -> Step:
    """The end, and what it leaves behind."""
    facts = unfinished(session, world)
    return Step(ended(repeats.noted(session, facts, world), world), facts)


def out_of_service(session: Session, world: World) -> Session:
    """Nothing is promised any more until the disk is back."""
    return show(attract(session, world), OutOfService(), world)


def notice(session: Session, kind: NoticeKind, world: World, what: str | None = None) -> Step:
    """A notice that stands alone, and what HQ hears of it."""
    facts = (DeviceEvent(what=what),) if what is not None else ()
    return Step(show(session, Notice(kind), world), facts)


def _time_for(page: Page, session: Session, world: World) -> float:
    timing = world.timing
    match page:
        case Attract():
            return timing.frame_s
        case OutOfService():
            return inf
        case StillThere():
            return timing.warning_s
        case Waiting():
            return timing.verdict_s
        case VoucherCode() | HandedOver():
            return min(timing.voucher_s, max(0.0, page.until_s - world.uptime_s))
        case Notice() if session.visitor is None:
            return timing.notice_s
        case TooYoung():
            return timing.notice_s
        case Thanks() | SurveyThanks():
            return timing.thanks_s
        case Survey() | ProfileQuestion():
            return page.asking.document.idle_seconds
        case _:
            return timing.idle_s
