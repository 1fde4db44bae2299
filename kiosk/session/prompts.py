"""What the member's page asks in this visit: one survey, else one question of the profile."""

from dataclasses import replace

from kiosk.model.answers import Came
from kiosk.model.asked import survey_word
from kiosk.model.verdicts import ClaimKind
from kiosk.session.contact import wishes_of
from kiosk.session.leaving import was_asked
from kiosk.session.moves import prolonged
from kiosk.session.profile import Offered, offered
from kiosk.session.states import Home, Session, Step, Visitor
from kiosk.session.wishes import remembered
from kiosk.session.world import World
from kiosk.survey.offers import Manners, Offer, offer

Prompt = Offer | Offered


def prompt(session: Session, world: World) -> Prompt | None:
    """What the visitor is asked now; nothing more once something was taken up or declined."""
    visitor = session.visitor
    if visitor is None or visitor.prompted:
        return None
    return survey_for(visitor, world) or offered(session, world)


def survey_for(visitor: Visitor, world: World) -> Offer | None:
    """The survey that the visitor is offered, prompted or not.

    None while this kiosk may have forgotten what it asked: HQ's rows will tell.
    """
    content = world.content
    if content is None or world.claims_lost:
        return None
    manners = Manners(content.care.asking, wishes_of(visitor, world), world.kiosk_id, world.today)
    return offer(visitor.member, visitor.claims, content.surveys, manners)


def name_of(asked: Prompt) -> str:
    """By which a touch says which prompt it means."""
    return asked.document.id if isinstance(asked, Offer) else asked.field.name


def not_now(session: Session, value: str, world: World) -> Step:
    """No, thanks: a survey does not come back, a question of the profile in another visit.

    Args:
        value: what was declined; HQ may have published something else since it was drawn.
    """
    asked, visitor = prompt(session, world), session.visitor
    if not isinstance(session.page, Home) or visitor is None:
        return Step(prolonged(session, world))
    if asked is None or name_of(asked) != value:
        return Step(prolonged(session, world))
    session = prolonged(replace(session, visitor=replace(visitor, prompted=True)), world)
    return _declined(session, asked, world) if isinstance(asked, Offer) else Step(session)


def _declined(session: Session, asked: Offer, world: World) -> Step:
    facts = was_asked(session, asked, Came.DECLINED, world)
    for fact in facts:
        session = remembered(session, fact.asked_id, ClaimKind.SURVEY, survey_word(fact))
    return Step(session, facts)
