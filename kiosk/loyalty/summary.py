"""From a member's row and the programme to what the member's page says."""

from dataclasses import dataclass
from datetime import date

from kiosk.loyalty.ladder import Ladder, ladder
from kiosk.loyalty.today import Benefit, VoucherToday, benefit_today, usable_vouchers
from kiosk.loyalty.worth import purchase_for_fen, worth_fen
from kiosk.model.content import Content
from kiosk.model.members import Member
from kiosk.model.programme import Tier
from kiosk.model.units import Fen, Points


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one member on one day.

    Attributes:
        balance: points, true of the member's `as_of`; may be negative.
        worth: what they are worth in fen, never negative.
        tier: None when the programme does not know the member's tier.
        missing_purchase: the purchase that would earn the next reward's missing points.
        vouchers: those usable today; empty while the clock cannot be believed.
    """

    balance: Points
    worth: Fen
    tier: Tier | None
    ladder: Ladder
    missing_purchase: Fen
    vouchers: tuple[VoucherToday, ...]
    benefit: Benefit


def summarise(member: Member, content: Content, store_id: str, today: date | None) -> Summary:
    """Compute the page's figures.

    Args:
        store_id: the store the kiosk stands in.
        today: the store-local day, or None while the clock cannot be believed.
    """
    programme = content.programme
    balance = Points(member.points)
    rungs = ladder(content.rewards, balance, member.tier, store_id)
    vouchers = usable_vouchers(member.vouchers, today) if today is not None else ()
    tier = programme.tier(member.tier)
    missing = rungs.next.missing if rungs.next is not None else Points(0)
    return Summary(
        balance=balance,
        worth=worth_fen(balance, programme),
        tier=tier,
        ladder=rungs,
        missing_purchase=purchase_for_fen(missing, programme),
        vouchers=vouchers,
        benefit=benefit_today(programme, tier, vouchers, rungs.within_reach, today),
    )
