"""What several events lead to, one after the other."""

from collections.abc import Iterable

from kiosk.model.facts import Fact
from kiosk.session.advance import advance
from kiosk.session.events import Event
from kiosk.session.states import Session, Step
from kiosk.session.world import World


def played(session: Session, events: Iterable[Event], around: World) -> Step:
    """The session after these events, all in the same world, with all that they left behind."""
    facts: list[Fact] = []
    for event in events:
        step = advance(session, event, around)
        session = step.session
        facts += step.facts
    return Step(session, tuple(facts))
