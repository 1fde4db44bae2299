"""What a card on the reader does to a session: greets, prolongs, ends, or asks to be lifted."""

from dataclasses import replace

from kiosk.loyalty.joining import has_applied
from kiosk.model.facts import DeviceEvent, Visit
from kiosk.model.members import CardStatus, Member
from kiosk.model.text import Language
from kiosk.session.events import Found, Known, NoDirectory, NotACard, Unknown
from kiosk.session.moves import attract, back, left, notice, prolonged, show
from kiosk.session.states import (
    Applied,
    Home,
    Joining,
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
    if _is_here(session, found):
        return Step(_again(session, world))
    before = left(session, world)
    return _after(before, _received(before.session, found, world))


def resting(session: Session, found: Found, world: World) -> Step:
    """Nobody laid this card down just now: its owner may be far away, so nothing is shown."""
    if _is_here(session, found):
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
            return _unknown(fresh, found, world)
        case NotACard():
            return notice(fresh, NoticeKind.NOT_A_CARD, world, "card-not-ours")
        case NoDirectory():
            return notice(fresh, NoticeKind.NO_DIRECTORY, world, "directory-missing")


def _after(before: Step, step: Step) -> Step:
    """The step, with what the session before it leaves behind."""
    return replace(step, facts=(*before.facts, *step.facts))


def _is_here(session: Session, found: Found) -> bool:
    """Whether its owner is there already: as a member, or applying with it."""
    match found:
        case Known(key=key):
            return session.visitor is not None and session.visitor.key == key
        case Unknown(key=key):
            pages = (session.page, *session.trail)
            return any(isinstance(page, Joining) and page.card_key == key for page in pages)
        case _:
            return False


def _again(session: Session, world: World) -> Session:
    """The same card: its owner is there, and what was hidden may show."""
    if isinstance(session.page, StillThere):
        return back(session, world)
    return prolonged(session, world)


def _unknown(fresh: Session, found: Unknown, world: World) -> Step:
    """Nobody's card; or one that somebody has applied with here, of whom no row tells yet."""
    if has_applied(found.claims):
        return _applied(fresh, Applied(), world)
    told = DeviceEvent(what="card-unknown")
    return Step(show(fresh, Notice(NoticeKind.UNKNOWN_CARD, found.key), world), (told,))


def _greet(session: Session, found: Known, world: World) -> Step:
    """Open the member's page; a card that opens none has a notice without a name."""
    member = found.member
    session = replace(session, language=_language(session, member, world))
    match member.card_status:
        case CardStatus.ACTIVE:
            return _at_home(session, found, world)
        case CardStatus.APPLIED:
            return _applied(session, Applied(member.applicant), world)
        case CardStatus.REPLACED:
            return notice(session, NoticeKind.CARD_REPLACED, world, "card-replaced")
        case other:
            return notice(session, NoticeKind.CARD_NOT_ACTIVE, world, f"card-{other.value}")


def _language(session: Session, member: Member, world: World) -> Language:
    """The member's, unless somebody has chosen one here."""
    chosen = session.language is not world.language
    return session.language if chosen else member.language or session.language


def _at_home(session: Session, found: Known, world: World) -> Step:
    if world.content is None:
        return notice(session, NoticeKind.NO_DIRECTORY, world, "content-missing")
    member = found.member
    visit = Visit(
        member_id=member.member_id,
        card_key=found.key.hex(),
        language=session.language,
        directory_as_of=world.true_at(member.as_of).isoformat(),
    )
    lot = int.from_bytes(world.chance[10:14]) % 100  # the bytes before are for ids
    visitor = Visitor(member, found.key, found.claims, lot=lot)
    return Step(show(replace(session, visitor=visitor, trail=()), Home(), world), (visit,))


def _applied(session: Session, page: Applied, world: World) -> Step:
    """How far the application is; what is still to be bought stands in the content."""
    if world.content is None:
        return notice(session, NoticeKind.NO_DIRECTORY, world, "content-missing")
    return Step(show(session, page, world), (DeviceEvent(what="card-applied"),))
