"""What a card on the reader does to a session: greets, prolongs, ends, or asks to be lifted."""

from dataclasses import replace

from kiosk.model.facts import Visit
from kiosk.model.members import CardStatus
from kiosk.session.events import Found, Known, NoDirectory, NotACard, Unknown
from kiosk.session.moves import attract, back, left, notice, prolonged, show
from kiosk.session.states import (
    Home,
    Notice,
    NoticeKind,
    Session,
    Step,
    StillThere,
    Visitor,
)
from kiosk.session.world import World


def laid(session: Session, found: Found, world: World) -> Step:
    """A card was laid down: the same one again prolongs, any other ends what was there."""
    if isinstance(found, Known) and _is_here(session, found):
        return Step(_again(session, world))
    before = left(session, world)
    return _after(before, _received(before.session, found, world))


def resting(session: Session, found: Found, world: World) -> Step:
    """Nobody laid this card down just now: its owner may be far away, so nothing is shown."""
    if isinstance(found, Known) and _is_here(session, found):
        return Step(session)
    before = left(session, world)
    return _after(before, notice(before.session, NoticeKind.LIFT_CARD, world))


def several(session: Session, world: World) -> Step:
    """More than one card: nobody is greeted by chance."""
    before = left(session, world)
    return _after(before, notice(before.session, NoticeKind.SEVERAL_CARDS, world))


def taken(session: Session, world: World) -> Session:
    """Taking the card away ends nothing; it answers a notice that asked for it."""
    session = replace(session, card_on_reader=False)
    asked = isinstance(session.page, Notice) and session.page.kind in {
        NoticeKind.LIFT_CARD,
        NoticeKind.SEVERAL_CARDS,
    }
    return attract(session, world) if asked else session


def _received(fresh: Session, found: Found, world: World) -> Step:
    """What a card leads to where nobody was."""
    match found:
        case Known():
            return _greet(fresh, found, world)
        case Unknown():
            return notice(fresh, NoticeKind.UNKNOWN_CARD, world, "card-unknown")
        case NotACard():
            return notice(fresh, NoticeKind.NOT_A_CARD, world, "card-not-ours")
        case NoDirectory():
            return notice(fresh, NoticeKind.NO_DIRECTORY, world, "directory-missing")


def _after(before: Step, step: Step) -> Step:
    """The step, with what the session before it leaves behind."""
    return replace(step, facts=(*before.facts, *step.facts))


def _is_here(session: Session, found: Known) -> bool:
    return session.visitor is not None and session.visitor.key == found.key


def _again(session: Session, world: World) -> Session:
    """The same card: its owner is there, and what was hidden may show."""
    if isinstance(session.page, StillThere):
        return back(session, world)
    return prolonged(session, world)


def _greet(session: Session, found: Known, world: World) -> Step:
    """Open the member's page, or send an inactive card to the counter without a name."""
    member = found.member
    if member.card_status is not CardStatus.ACTIVE:
        what = f"card-{member.card_status.value}"
        return notice(session, NoticeKind.CARD_NOT_ACTIVE, world, what)
    if world.content is None:
        return notice(session, NoticeKind.NO_DIRECTORY, world, "content-missing")
    chosen = session.language is not world.language
    language = session.language if chosen else member.language or session.language
    visit = Visit(
        member_id=member.member_id,
        card_key=found.key.hex(),
        language=language,
        directory_as_of=world.true_at(member.as_of).isoformat(),
    )
    visitor = Visitor(member, found.key, found.claims)
    greeted = replace(session, language=language, visitor=visitor, trail=())
    return Step(show(greeted, Home(), world), (visit,))
