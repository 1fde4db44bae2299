"""Pages of nobody, drawn unseen after the start: the first member waits no longer than the next."""

from collections.abc import Iterator

from kiosk.content import Content
from kiosk.model.cards import CardKey
from kiosk.model.members import Member
from kiosk.model.text import LocalText
from kiosk.session.states import Home, Session, Visitor
from kiosk.session.world import World

NOBODY = CardKey(b"")


def pages_of_nobody(world: World) -> Iterator[Session]:
    """A member's page for every tier, from nothing to enough points for every reward.

    What they share with the page of any member (grounds, pictures, icons, sizes of type) is
    then at hand; there is nothing in them that belongs to somebody.
    """
    content = world.content
    if content is None:
        return
    tiers = content.programme.tiers
    for tier, points in zip(tiers, _balances(content, len(tiers)), strict=True):
        member = Member(
            member_id="nobody",
            called=LocalText(zh="—", en="—"),
            tier=tier.tier_id,
            points=points,
            as_of=world.local_now,
        )
        until_s = world.uptime_s + world.timing.idle_s
        yield Session(Home(), world.language, visitor=Visitor(member, NOBODY), until_s=until_s)


def _balances(content: Content, count: int) -> list[int]:
    """Evenly spread over the prices of the rewards, from 0 to all of them."""
    prices = sorted([0, *(reward.points for reward in content.rewards)])
    last = max(1, count - 1)
    return [prices[(len(prices) - 1) * n // last] for n in range(count)]
