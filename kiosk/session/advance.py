"""The heart: one event turns a session into the next one and leaves facts behind.

Pure: the same session, event and world always give the same step. Every page but the
attract screen has a time-out, and another card ends a session at once.
"""

from dataclasses import replace
from math import inf

from kiosk.model.members import CardStatus
from kiosk.model.records import DeviceEvent, Visit
from kiosk.session.events import (
    CardLaid,
    CardResting,
    CardTaken,
    ContentChanged,
    Event,
    Found,
    Known,
    NoDirectory,
    NotACard,
    Pressed,
    ReaderAway,
    ReaderBack,
    SeveralCards,
    StorageBack,
    StorageFailed,
    Tick,
    Touched,
    Unknown,
)
from kiosk.session.states import (
    Attract,
    Home,
    Notice,
    NoticeKind,
    OutOfService,
    Page,
    Session,
    Step,
    StillThere,
)
from kiosk.session.world import World


def begin(world: World) -> Session:
    """The session at start: attract screen, no reader yet."""
    return _attract(Session(page=Attract(), language=world.language), world)


def advance(session: Session, event: Event, world: World) -> Step:
    """What this event leads to."""
    if isinstance(session.page, OutOfService):
        return _while_out_of_service(session, event, world)
    match event:
        case CardLaid(found):
            return _laid(replace(session, card_on_reader=True), found, world)
        case CardResting(found):
            return _resting(replace(session, card_on_reader=True), found, world)
        case SeveralCards():
            several = replace(session, card_on_reader=True)
            return _notice(_ended(several, world), NoticeKind.SEVERAL_CARDS, world)
        case Pressed(key):
            return _pressed(session, key, world)
        case Touched():
            return Step(_prolonged(session, world))
        case Tick():
            return _tick(session, world)
        case _:
            return Step(_surroundings(session, event, world))


def _surroundings(session: Session, event: Event, world: World) -> Session:
    """Changes around the session that leave its page alone, or close the kiosk."""
    match event:
        case CardTaken():
            return _card_taken(session, world)
        case ReaderAway():
            return replace(session, reader_ready=False, card_on_reader=False)
        case ReaderBack():
            return replace(session, reader_ready=True)
        case StorageFailed():
            return _out_of_service(session, world)
        case StorageBack() | ContentChanged():
            return session
        case _:
            raise AssertionError(f"an event nobody handles: {type(event).__name__}")


def _while_out_of_service(session: Session, event: Event, world: World) -> Step:
    """Only the surroundings are followed until the disk is back."""
    match event:
        case StorageBack():
            return Step(_attract(session, world))
        case CardLaid() | CardResting() | SeveralCards():
            return Step(replace(session, card_on_reader=True))
        case Pressed("language"):
            return Step(replace(session, language=session.language.other))
        case CardTaken():
            return Step(replace(session, card_on_reader=False))
        case ReaderAway() | ReaderBack():
            return Step(_surroundings(session, event, world))
        case _:
            return Step(session)


# -- cards ---------------------------------------------------------------------------------


def _laid(session: Session, found: Found, world: World) -> Step:
    """A card was laid down: the same one again prolongs, any other ends what was there."""
    behind = _member_of(session.page)
    if isinstance(found, Known) and behind is not None and behind.key == found.key:
        return Step(_show(session, behind, world))
    fresh = _ended(session, world)
    match found:
        case Known():
            return _greet(fresh, found, world)
        case Unknown():
            return _notice(fresh, NoticeKind.UNKNOWN_CARD, world, "card-unknown")
        case NotACard():
            return _notice(fresh, NoticeKind.NOT_A_CARD, world, "card-not-ours")
        case NoDirectory():
            return _notice(fresh, NoticeKind.NO_DIRECTORY, world, "directory-missing")


def _resting(session: Session, found: Found, world: World) -> Step:
    """Nobody laid this card down just now: its owner may be far away, so nothing is shown."""
    behind = _member_of(session.page)
    if isinstance(found, Known) and behind is not None and behind.key == found.key:
        return Step(session)
    return _notice(_ended(session, world), NoticeKind.LIFT_CARD, world)


def _greet(session: Session, found: Known, world: World) -> Step:
    """Open the member's page, or send an inactive card to the counter without a name."""
    member = found.member
    if member.card_status is not CardStatus.ACTIVE:
        what = f"card-{member.card_status.value}"
        return _notice(session, NoticeKind.CARD_NOT_ACTIVE, world, what)
    if world.content is None:
        return _notice(session, NoticeKind.NO_DIRECTORY, world, "content-missing")
    chosen = session.language is not world.language
    language = session.language if chosen else member.language or session.language
    visit = Visit(
        member_id=member.member_id,
        card_key=found.key.hex(),
        language=language,
        directory_as_of=world.true_at(member.as_of).isoformat(),
    )
    home = _show(replace(session, language=language), Home(member, found.key), world)
    return Step(home, (visit,))


def _card_taken(session: Session, world: World) -> Session:
    """Taking the card away ends nothing; it answers a notice that asked for it."""
    session = replace(session, card_on_reader=False)
    asked = isinstance(session.page, Notice) and session.page.kind in {
        NoticeKind.LIFT_CARD,
        NoticeKind.SEVERAL_CARDS,
    }
    return _attract(session, world) if asked else session


# -- touches -------------------------------------------------------------------------------


def _pressed(session: Session, key: str, world: World) -> Step:
    """A button; keys that the page does not offer only prove that somebody is there."""
    match key:
        case "language":
            return Step(_prolonged(replace(session, language=session.language.other), world))
        case "big-text":
            return Step(_prolonged(replace(session, big_text=not session.big_text), world))
        case "done":
            return Step(_ended(session, world))
        case "back" | "stay":
            return Step(_back(session, world))
        case "contact":
            return _aside(session, NoticeKind.CONTACT, world)
        case "no-card":
            return _aside(session, NoticeKind.NO_CARD, world)
        case _:
            return Step(_prolonged(session, world))


def _back(session: Session, world: World) -> Session:
    """From the time-out's question or a notice to what lies behind it."""
    match session.page:
        case StillThere(behind):
            return _show(session, behind, world)
        case Notice(behind=Home() as home):
            return _show(session, home, world)
        case Notice():
            return _ended(session, world)
        case _:
            return _prolonged(session, world)


def _aside(session: Session, kind: NoticeKind, world: World) -> Step:
    """Open a notice that keeps the member's session behind it."""
    if isinstance(session.page, StillThere):
        return Step(session)
    return Step(_show(session, Notice(kind, _member_of(session.page)), world))


# -- time ----------------------------------------------------------------------------------


def _tick(session: Session, world: World) -> Step:
    """Time-outs: a personal page asks first, everything else goes home."""
    if world.uptime_s < session.until_s:
        return Step(session)
    match session.page:
        case Attract():
            return Step(_next_frame(session, session.page, world))
        case Home() | Notice(behind=Home()):
            return Step(_show(session, StillThere(session.page), world))
        case _:
            return Step(_ended(session, world))


def _next_frame(session: Session, page: Attract, world: World) -> Session:
    if world.uptime_s >= page.quiet_s:
        session, page = _attract(session, world), Attract(page.frame)
    frames = len(world.content.attract.frames) if world.content is not None else 1
    return _show(session, replace(page, frame=(page.frame + 1) % frames), world)


# -- pages ---------------------------------------------------------------------------------


def _member_of(page: Page) -> Home | None:
    """The member's page that this page belongs to, if any."""
    match page:
        case Home():
            return page
        case Notice(behind=behind):
            return behind
        case StillThere(behind):
            return _member_of(behind)
        case _:
            return None


def _time_for(page: Page, world: World) -> float:
    timing = world.timing
    match page:
        case Attract():
            return timing.frame_s
        case Home() | Notice(behind=Home()):
            return timing.idle_s
        case Notice():
            return timing.notice_s
        case StillThere():
            return timing.warning_s
        case OutOfService():
            return inf


def _show(session: Session, page: Page, world: World) -> Session:
    return replace(session, page=page, until_s=world.uptime_s + _time_for(page, world))


def _prolonged(session: Session, world: World) -> Session:
    """Somebody is there: the page's time starts anew, but the question waits for its answer."""
    match session.page:
        case StillThere():
            return session
        case Attract():
            quiet_s = world.uptime_s + world.timing.idle_s
            return replace(session, page=replace(session.page, quiet_s=quiet_s))
        case _:
            return _show(session, session.page, world)


def _attract(session: Session, world: World) -> Session:
    """Home: nothing of a member is left."""
    clean = replace(session, language=world.language, big_text=False)
    return _show(clean, Attract(), world)


def _ended(session: Session, world: World) -> Session:
    """The session as it is after its end; a visitor's choice of language on attract stays."""
    return session if isinstance(session.page, Attract) else _attract(session, world)


def _out_of_service(session: Session, world: World) -> Session:
    return _show(_attract(session, world), OutOfService(), world)


def _notice(session: Session, kind: NoticeKind, world: World, what: str | None = None) -> Step:
    facts = (DeviceEvent(what=what),) if what is not None else ()
    return Step(_show(session, Notice(kind), world), facts)


def fault(session: Session, world: World) -> Session:
    """After a mistake in the kiosk's own code: a friendly notice that leads home."""
    return _show(_attract(session, world), Notice(NoticeKind.OOPS), world)
