"""Choosing a reward: the ladder, its sorts, and one reward looked at closely."""

from dataclasses import replace

from kiosk.model.programme import RewardKind
from kiosk.session.moves import open_page, prolonged, show
from kiosk.session.states import Complaint, Detail, Home, Ladder, Refused, Session, Step
from kiosk.session.wishes import reward_of
from kiosk.session.world import World


def open_ladder(session: Session, _value: str, world: World) -> Step:
    """All rewards."""
    if session.visitor is None or isinstance(session.page, Ladder | Complaint):
        return Step(prolonged(session, world))
    return Step(open_page(_at_home(session), Ladder(), world))


def choose_kind(session: Session, value: str, world: World) -> Step:
    """Only one sort of rewards, or all again."""
    page = session.page
    if not isinstance(page, Ladder):
        return Step(prolonged(session, world))
    kind = RewardKind(value) if value in set(RewardKind) else None
    return Step(show(session, Ladder(kind), world))


def open_reward(session: Session, value: str, world: World) -> Step:
    """One reward; one that is not offered any more leaves the page as it is."""
    from_here = isinstance(session.page, Home | Ladder | Refused)
    if not from_here or reward_of(value, world) is None:
        return Step(prolonged(session, world))
    return Step(open_page(session, Detail(value), world))


def _at_home(session: Session) -> Session:
    """Whatever comes next leads back to the member's page."""
    return replace(session, page=Home(), trail=())
