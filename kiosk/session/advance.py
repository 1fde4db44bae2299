"""The heart: one event turns a session into the next one and leaves facts behind.

Pure: the same session, event and world always give the same step. Every page but the
attract screen has a time-out, and another card ends a session at once.
"""

from dataclasses import replace

from kiosk.session import cards, feedback, hand_over, joining, pin, redeem, repeats, surveys
from kiosk.session.events import (
    CardLaid,
    CardResting,
    CardTaken,
    ContentChanged,
    Event,
    Judged,
    Pressed,
    ReaderAway,
    ReaderBack,
    SeveralCards,
    StorageBack,
    StorageFailed,
    Surrounding,
    Tick,
    Touched,
)
from kiosk.session.keys import KEYS
from kiosk.session.leaving import unfinished
from kiosk.session.moves import attract, left, open_page, out_of_service, prolonged, show
from kiosk.session.states import (
    Attract,
    HandedOver,
    Home,
    Notice,
    NoticeKind,
    OutOfService,
    Session,
    Step,
    StillThere,
    SurveyThanks,
    Thanks,
    VoucherCode,
    Waiting,
)
from kiosk.session.world import World


def begin(world: World) -> Session:
    """The session at start: attract screen, no reader yet."""
    return attract(Session(page=Attract(), language=world.language), world)


def advance(session: Session, event: Event, world: World) -> Step:
    """What this event leads to."""
    if isinstance(session.page, OutOfService):
        return _while_out_of_service(session, event, world)
    match event:
        case CardLaid(found):
            return cards.laid(replace(session, card_on_reader=True), found, world)
        case CardResting(found):
            return cards.resting(replace(session, card_on_reader=True), found, world)
        case SeveralCards():
            return cards.several(replace(session, card_on_reader=True), world)
        case Pressed(key, value):
            return _pressed(session, key, value, world)
        case Touched():
            return Step(prolonged(session, world))
        case Tick():
            return _tick(session, world)
        case Judged(claim_id, verdict):
            return Step(redeem.judged(session, claim_id, verdict, world))
        case around:
            return Step(_surroundings(session, around, world))


def fault(session: Session, world: World) -> Step:
    """After a mistake in the kiosk's own code: a friendly notice that leads home."""
    facts = unfinished(session, world)
    over = attract(repeats.noted(session, facts, world), world)
    return Step(show(over, Notice(NoticeKind.OOPS), world), facts)


def _surroundings(session: Session, event: Surrounding, world: World) -> Session:
    """Changes around the session that leave its page alone, or close the kiosk."""
    match event:
        case CardTaken():
            return cards.taken(session, world)
        case ReaderAway():
            return replace(session, reader_ready=False, card_on_reader=False)
        case ReaderBack():
            return replace(session, reader_ready=True)
        case StorageFailed():
            return out_of_service(session, world)
        case ContentChanged():
            return pin.content_changed(session, world)
        case StorageBack():
            return session


def _while_out_of_service(session: Session, event: Event, world: World) -> Step:
    """Only the surroundings are followed until the disk is back."""
    match event:
        case StorageBack():
            return Step(attract(session, world))
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


# -- touches -------------------------------------------------------------------------------


def _pressed(session: Session, key: str, value: str, world: World) -> Step:
    """A button; keys that the page does not offer only prove that somebody is there."""
    handler = KEYS.get(key)
    covered = isinstance(session.page, StillThere | Waiting) and key not in _ABOVE_ALL
    if handler is None or covered:
        return Step(prolonged(session, world))
    return handler(session, value, world)


_ABOVE_ALL = frozenset({"language", "done", "stay", "back"})
"""What is heard while a question covers the page."""


# -- time ----------------------------------------------------------------------------------


def _tick(session: Session, world: World) -> Step:
    """Time-outs: whoever's page it is, is asked first; all else goes home."""
    if world.uptime_s < session.until_s:
        return Step(session)
    match session.page:
        case Attract():
            return Step(_next_frame(session, session.page, world))
        case Waiting():
            return Step(redeem.no_word(session, session.page, world))
        case VoucherCode(until_s=until_s) if world.uptime_s >= until_s:
            return Step(show(replace(session, trail=()), Home(), world))
        case HandedOver() as page if hand_over.is_over(page, world):
            return Step(hand_over.over(session, world))
        case Thanks() | SurveyThanks():
            return Step(feedback.thanked(session, world))
        case StillThere():
            return left(session, world)
        case _ if _is_somebodys(session):
            return Step(open_page(session, StillThere(), world))
        case _:
            return left(session, world)


def _is_somebodys(session: Session) -> bool:
    """Whether the page is a member's, or of somebody who has told something already."""
    busy = joining.is_applying(session) or surveys.is_answering(session)
    return session.visitor is not None or busy


def _next_frame(session: Session, page: Attract, world: World) -> Session:
    if world.uptime_s >= page.quiet_s:
        session, page = attract(session, world), Attract(page.frame)
    frames = len(world.content.attract.frames) if world.content is not None else 1
    return show(session, replace(page, frame=(page.frame + 1) % frames), world)
