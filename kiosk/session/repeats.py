"""Answers of nobody that follow each other too fast to be meant: marked, and kept all the same.

A card cannot repeat itself: one survey a visit, and each purchase once. So it is enough to know
when somebody without a card last answered here, which tells nothing of anybody.
"""

from collections.abc import Iterable
from dataclasses import replace

from kiosk.model.answers import Flag, SurveyResponse
from kiosk.model.facts import Fact
from kiosk.session.states import Session
from kiosk.session.world import World


def flags(session: Session, world: World) -> tuple[Flag, ...]:
    """What makes an answer given now doubtful."""
    if session.visitor is not None:
        return ()
    return (Flag.NO_MEMBER, Flag.RAPID_REPEAT) if _is_rapid(session, world) else (Flag.NO_MEMBER,)


def noted(session: Session, facts: Iterable[Fact], world: World) -> Session:
    """The session that knows when nobody's last answer was given."""
    nameless = (isinstance(one, SurveyResponse) and Flag.NO_MEMBER in one.flags for one in facts)
    return replace(session, nobody_answered_s=world.uptime_s) if any(nameless) else session


def _is_rapid(session: Session, world: World) -> bool:
    if world.content is None:
        return False
    return world.uptime_s - session.nobody_answered_s < world.content.care.asking.repeat_s
