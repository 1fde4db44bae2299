"""What each button does: its key, and the move of the journey it belongs to."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.session import (
    browse,
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
    rewards,
    surveys,
    writing,
)
from kiosk.session.moves import back, left, prolonged
from kiosk.session.states import Attract, Home, Joining, Session, Step, StillThere
from kiosk.session.world import World

Handler = Callable[[Session, str, World], Step]
"""A move: the session, the value of the button, the world."""


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


KEYS: Mapping[str, Handler] = {
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
    "survey": surveys.open_survey,
    "answer": surveys.choose,
    "write-answer": surveys.write,
    "take-away": surveys.take_away,
    "next": surveys.go_on,
    "nameless": surveys.nameless,
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
