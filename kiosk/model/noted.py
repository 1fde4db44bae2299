"""Which of this kiosk's claims a member's row does not tell of yet."""

from collections.abc import Iterable

from kiosk.model.members import Member
from kiosk.model.verdicts import Claim, ClaimKind


def not_noted(
    member: Member, claims: Iterable[Claim], kiosk_id: str, kind: ClaimKind
) -> tuple[Claim, ...]:
    """This kiosk's claims of a kind that the row does not include, the oldest first.

    A row counts even where HQ's answer was lost: else a complaint would stand twice on the page.
    In exchange, while more waits than one upload takes, something urgent can overtake a survey's
    answer and hide its claim until that has gone up too; asking twice harms nobody, and HQ takes
    each answer once. Points have a number of their own (kiosk.loyalty.claims.not_in_row).

    Args:
        claims: what this kiosk asked for in the member's name, in any order.
    """
    noted = member.noted.get(kiosk_id, 0)
    news = (one for one in claims if one.kind is kind and one.seq > noted)
    return tuple(sorted(news, key=lambda one: one.seq))
