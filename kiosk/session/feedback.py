"""Complaining: cause, reasons, words, a call, somebody now; two touches are a complaint."""

from dataclasses import replace

from kiosk.model.care import Cause
from kiosk.model.verdicts import ClaimKind
from kiosk.session.entry import blank
from kiosk.session.leaving import feedback
from kiosk.session.moves import back, open_page, prolonged, show
from kiosk.session.states import (
    Complaint,
    Entry,
    Home,
    Joining,
    OutOfService,
    Page,
    ProfileQuestion,
    Session,
    Step,
    Survey,
    Thanks,
)
from kiosk.session.wishes import fresh_id, remembered
from kiosk.session.world import World

MOST_WORDS = 300
"""Characters of the person's own words; HQ takes no more (kiosk/model/facts.py, Feedback)."""


def complain(session: Session, _value: str, world: World) -> Step:
    """Open the page, above any other; without content there is nothing to choose from."""
    pages = (session.page, *session.trail)
    busy = any(isinstance(page, Complaint | Thanks | OutOfService) for page in pages)
    if busy or world.content is None:
        return Step(prolonged(session, world))
    return Step(open_page(session, Complaint(), world))


def choose_cause(session: Session, value: str, world: World) -> Step:
    """What it is about; another cause has other reasons."""
    page = session.page
    if not isinstance(page, Complaint) or _cause(value, world) is None:
        return Step(prolonged(session, world))
    if page.cause_id != value:
        feedback_id = page.feedback_id or fresh_id(world)
        page = replace(page, feedback_id=feedback_id, cause_id=value, reasons=())
    return Step(show(session, page, world))


def choose_reason(session: Session, value: str, world: World) -> Step:
    """One more reason, or one less: the same button."""
    page = session.page
    cause = _cause(page.cause_id, world) if isinstance(page, Complaint) else None
    known = cause is not None and any(one.choice_id == value for one in cause.reasons)
    if not isinstance(page, Complaint) or not known:
        return Step(prolonged(session, world))
    kept = tuple(reason for reason in page.reasons if reason != value)
    reasons = kept if value in page.reasons else (*kept, value)
    return Step(show(session, replace(page, reasons=reasons), world))


def call_me(session: Session, _value: str, world: World) -> Step:
    """Ask for a call, or not after all; HQ knows no number of a person without a card."""
    page = session.page
    if not isinstance(page, Complaint) or session.visitor is None:
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, call_me=not page.call_me), world))


def staff_now(session: Session, _value: str, world: World) -> Step:
    """Ask for somebody of the store, or not after all; nobody would hear it while HQ is away."""
    page = session.page
    unheard = world.hq_reachable is False
    if not isinstance(page, Complaint) or (unheard and not page.staff_now):
        return Step(prolonged(session, world))
    return Step(show(session, replace(page, staff_now=not page.staff_now), world))


def write(session: Session, _value: str, world: World) -> Step:
    """Say it in one's own words."""
    page = session.page
    if not isinstance(page, Complaint) or page.feedback_id is None:
        return Step(prolonged(session, world))
    paper = blank(Entry.WORDS, session.language, page.words, MOST_WORDS)
    return Step(open_page(session, paper, world))


def submit(session: Session, _value: str, world: World) -> Step:
    """Leave it for HQ; what was complained of is not kept in the session."""
    page = session.page
    if not isinstance(page, Complaint) or page.feedback_id is None:
        return Step(prolonged(session, world))
    fact = feedback(session, page, page.feedback_id, complete=True)
    session = remembered(session, page.feedback_id, ClaimKind.FEEDBACK, page.cause_id)
    below = _waiting(session) or ((Home(),) if session.visitor is not None else ())
    thanks = Thanks(call_me=page.call_me, staff_now=page.staff_now)
    return Step(show(replace(session, trail=below), thanks, world), (fact,))


def thanked(session: Session, world: World) -> Session:
    """The thanks have been read: to what waits below, to the member's page, or to the end."""
    return back(session, world)


def _waiting(session: Session) -> tuple[Page, ...]:
    """The pages below that are to be gone on with: what somebody was being asked; else none."""
    pages = session.trail
    asking = any(isinstance(page, Joining | Survey | ProfileQuestion) for page in pages)
    return pages if asking else ()


def with_words(page: Complaint, words: str) -> Complaint:
    """The complaint in the person's own words; none take them away again."""
    return replace(page, words=words[:MOST_WORDS])


def _cause(cause_id: str, world: World) -> Cause | None:
    return world.content.care.complaints.cause(cause_id) if world.content is not None else None
