"""What a session remembers of its own wishes, and which of them it may still make."""

from dataclasses import replace
from uuid import UUID

from kiosk.loyalty.place import Place
from kiosk.loyalty.redeeming import Obstacle, Permission, permission
from kiosk.model.programme import Reward
from kiosk.model.records import uuid7
from kiosk.model.verdicts import Claim, ClaimKind, Verdict
from kiosk.session.states import Session
from kiosk.session.world import World

UNNUMBERED = 2**52
"""Claims of the session itself count from here: later than every record with a number."""


def fresh_id(world: World) -> UUID:
    """An id for a record that is about to be made."""
    return uuid7(int(world.local_now.timestamp() * 1000), world.chance[:10])


def remembered(
    session: Session, claim_id: UUID, kind: ClaimKind, subject: str, points: int = 0
) -> Session:
    """The session with one more claim of its own."""
    visitor = session.visitor
    if visitor is None:
        return session
    seq = UNNUMBERED + len(visitor.claims)
    claim = Claim(claim_id, seq, kind, visitor.member.member_id, subject, points)
    return replace(session, visitor=replace(visitor, claims=(*visitor.claims, claim)))


def with_word(session: Session, claim_id: UUID, verdict: Verdict | None) -> Session:
    """The session with HQ's word on one of its claims; None when HQ would not read it."""
    visitor = session.visitor
    if visitor is None:
        return session
    claims = tuple(
        replace(claim, verdict=verdict, dead=verdict is None) if claim.id == claim_id else claim
        for claim in visitor.claims
    )
    return replace(session, visitor=replace(visitor, claims=claims))


def allowed(session: Session, reward_id: str, world: World) -> Permission:
    """How this reward could be promised to the visitor now, or what stands in the way."""
    visitor, reward = session.visitor, reward_of(reward_id, world)
    if visitor is None or reward is None or world.content is None:
        return Permission(None, Obstacle.NOT_OFFERED)
    return permission(
        reward,
        visitor.member,
        visitor.claims,
        world.content,
        Place(world.store_id, world.kiosk_id),
        world.today,
        world.road,
    )


def reward_of(reward_id: str, world: World) -> Reward | None:
    """The reward with this id, while it is offered."""
    return world.content.reward(reward_id) if world.content is not None else None
