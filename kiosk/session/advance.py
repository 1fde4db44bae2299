"""The heart: one event turns a session into the next one and leaves facts behind.

Pure: the same session, event and world always give the same step. Every page but the
attract screen has a time-out, and another card ends a session at once.
"""

from collections.abc import Callable
from dataclasses import replace

from kiosk.session import (
    browse,
    cards,
    contact,
    feedback,
    hand_over,
    joining,
    own_data,
    pin,
    profile,
    profile_answers,
    prompts,
    redeem,
    repeats,
    rewards,
    surveys,
    writing,
)
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
    Tick,
    Touched,
)
from kiosk.session.leaving import unfinished
from kiosk.session.moves import attract, back, left, open_page, out_of_service, prolonged, show
from kiosk.session.states import (
    Attract,
    HandedOver,
    Home,
    Joining,
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

Handler = Callable[[Session, str, World], Step]


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
        case _:
            return Step(_surroundings(session, event, world))


def fault(session: Session, world: World) -> Step:
    """After a mistake in the kiosk's own code: a friendly notice that leads home."""
    facts = unfinished(session, world)
    over = attract(repeats.noted(session, facts, world), world)
    return Step(show(over, Notice(NoticeKind.OOPS), world), facts)


def _surroundings(session: Session, event: Event, world: World) -> Session:
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
        case _:
            raise AssertionError(f"an event nobody handles: {type(event).__name__}")


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
    handler = _KEYS.get(key)
    covered = isinstance(session.page, StillThere | Waiting) and key not in _ABOVE_ALL
    if handler is None or covered:
        return Step(prolonged(session, world))
    return handler(session, value, world)


def _switch_language(session: Session, _value: str, world: World) -> Step:
    return Step(prolonged(replace(session, language=session.language.other), world))


def _switch_size(session: Session, _value: str, world: World) -> Step:
    return Step(prolonged(replace(session, big_text=not session.big_text), world))


def _done(session: Session, _value: str, world: World) -> Step:
    return left(session, world)


def _back(session: Session, _value: str, world: World) -> Step:
    """From the time-out's question, a notice or a page to what lies below it."""
    if isinstance(session.page, Attract | Home):
        return Step(prolonged(session, world))
    asking = surveys.back(session, world)
    return asking or Step(joining.back(session, world) or back(session, world))


def _stay(session: Session, value: str, world: World) -> Step:
    return _back(session, value, world) if isinstance(session.page, StillThere) else Step(session)


def _turn_wheel(session: Session, value: str, world: World) -> Step:
    turn = joining.turn if isinstance(session.page, Joining) else surveys.turn
    return turn(session, value, world)


def _look_at(key: str) -> Handler:
    return lambda session, _value, world: browse.look_at(key, session, world)


_KEYS: dict[str, Handler] = {
    "language": _switch_language,
    "big-text": _switch_size,
    "done": _done,
    "back": _back,
    "stay": _stay,
    "join": joining.open_joining,
    "join-on": joining.go_on,
    "join-change": joining.change,
    "group-code": joining.write_code,
    "no-code": joining.no_code,
    "marketing": joining.marketing,
    "wheel": _turn_wheel,
    "apply": joining.submit,
    **surveys.KEYS,
    "not-now": prompts.not_now,
    "hand-over": hand_over.hand_over,
    "contact": feedback.complain,
    "cause": feedback.choose_cause,
    "reason": feedback.choose_reason,
    "call-me": feedback.call_me,
    "staff-now": feedback.staff_now,
    "write": feedback.write,
    "submit": feedback.submit,
    "messages": contact.open_wishes,
    "do-not-disturb": contact.do_not_disturb,
    "channel": contact.switch_channel,
    "per-month": contact.choose_frequency,
    "hours": contact.choose_hours,
    "my-data": own_data.open_my_data,
    "data": own_data.ask,
    "erase-data": own_data.erase,
    "keep-data": own_data.keep,
    "profile": profile.open_profile,
    "profile-question": profile.open_question,
    "save": profile_answers.save,
    "later": profile_answers.later,
    "never": profile_answers.never,
    "right": profile_answers.still_right,
    "not-right": profile_answers.not_right,
    "key": writing.handler(writing.type_key),
    "space": writing.handler(writing.space),
    "candidate": writing.handler(writing.candidate),
    "candidates": writing.handler(writing.choose_candidates),
    "erase-letter": writing.handler(writing.erase),
    "clear": writing.handler(writing.clear),
    "undo": writing.handler(writing.undo),
    "mode": writing.handler(writing.choose_mode),
    "shift": writing.handler(writing.shift),
    "server": writing.handler(writing.end_address),
    "use": writing.use,
    "rules": browse.read_rules,
    "vouchers": _look_at("vouchers"),
    "history": _look_at("history"),
    "tier": _look_at("tier"),
    "events": _look_at("events"),
    "cases": _look_at("cases"),
    "sheet": browse.turn_sheet,
    "sign-up": browse.sign_up,
    "redeem": rewards.open_ladder,
    "kind": rewards.choose_kind,
    "reward": rewards.open_reward,
    "confirm": pin.confirm,
    "digit": pin.digit,
    "erase": pin.erase,
    "forgot": pin.forgot,
    "give-back": redeem.ask_to_give_back,
    "keep": redeem.keep_it,
    "give-back-yes": redeem.give_back,
}
"""What each button does; tests hold it against the keys of every scene."""

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
