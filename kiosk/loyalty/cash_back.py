"""Cash-back: what a month's purchases bring back, and what a friend's purchase does."""

from dataclasses import dataclass
from datetime import date, tzinfo

from kiosk.loyalty.dates import day_in
from kiosk.model.members import Member
from kiosk.model.rules import CashBack
from kiosk.model.units import Fen

PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class CashBackView:
    """A member's cash-back of this month.

    Attributes:
        spend: purchases of this calendar month.
        floor: what they must reach before anything comes back.
        missing: purchases still needed to reach it; 0 when they have.
        projected: what comes back if nothing more is bought this month.
    """

    spend: Fen
    floor: Fen
    missing: Fen
    projected: Fen


def cash_back_for(month_spend_fen: int, rule: CashBack) -> Fen:
    """What a calendar month's purchases bring back; nothing below the floor."""
    if month_spend_fen < rule.floor_fen:
        return Fen(0)
    return Fen(month_spend_fen * rule.per_mille // PER_MILLE)


def referral_for(purchase_fen: int, rule: CashBack) -> Fen:
    """What a referred friend's purchase brings; a rule without a share brings nothing."""
    return Fen(max(purchase_fen, 0) * (rule.referral_per_mille or 0) // PER_MILLE)


def cash_back_view(
    member: Member, rule: CashBack, today: date, zone: tzinfo | None = None
) -> CashBackView:
    """The member's cash-back in the month of this store-local day.

    A row from a month before says nothing of this one: then nothing has been bought yet.

    Args:
        zone: the store's; on the first morning of a month it is still the month before in UTC.
    """
    as_of = day_in(zone, member.as_of)
    is_of_this_month = (as_of.year, as_of.month) == (today.year, today.month)
    spend = member.standing.month_spend_fen if is_of_this_month else 0
    return CashBackView(
        spend=Fen(spend),
        floor=Fen(rule.floor_fen),
        missing=Fen(max(rule.floor_fen - spend, 0)),
        projected=cash_back_for(spend, rule),
    )
