"""From a member's row, this kiosk's claims and the programme to what the member's page says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from kiosk.content import Content
from kiosk.loyalty.balance import Balance
from kiosk.loyalty.calendar import next_events
from kiosk.loyalty.cash_back import CashBackView, cash_back_view
from kiosk.loyalty.claims import points_of, unsettled
from kiosk.loyalty.distance import Distance, distance_to
from kiosk.loyalty.expiry import NextExpiry, next_expiry
from kiosk.loyalty.ladder import Ladder, ladder
from kiosk.loyalty.place import Place
from kiosk.loyalty.redeeming import Means, is_used_up, means_of, obstacle_to
from kiosk.loyalty.tiers import TierProgress, tier_progress
from kiosk.loyalty.today import Benefit, benefit_today
from kiosk.loyalty.vouchers import VoucherView, coming_vouchers, usable_vouchers
from kiosk.loyalty.worth import worth_fen
from kiosk.model.members import Member
from kiosk.model.programme import Event, Programme, Reward, Tier
from kiosk.model.units import Fen
from kiosk.model.verdicts import Claim

__all__ = ["Place", "Summary", "summarise"]


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one member on one day.

    While the clock cannot be believed, everything that depends on the day is empty: vouchers,
    expiring, cash_back, events and what keeps the tier.

    Attributes:
        balance: what can be spent, what is set aside, and the time it is true of.
        worth: what the balance is worth in fen, never negative.
        tier: None when the programme does not know the member's tier.
        distance: to the nearest reward above the balance; None when there is none.
        vouchers: those usable today, the one that ends first in front.
        all_vouchers: those usable today, then those that are coming.
        benefit: one thing that can be used today.
        progress: the way to the next tier and what keeps this one.
        expiring: what lapses next; None when nothing does.
        cash_back: None when the programme has none.
        events: the next three that concern the member in this store.
        pending: wishes that HQ has not answered yet.
    """

    balance: Balance
    worth: Fen
    tier: Tier | None
    ladder: Ladder
    distance: Distance | None
    vouchers: tuple[VoucherView, ...]
    all_vouchers: tuple[VoucherView, ...]
    benefit: Benefit
    progress: TierProgress
    expiring: NextExpiry | None
    cash_back: CashBackView | None
    events: tuple[Event, ...]
    pending: int


@dataclass(frozen=True, slots=True)
class _Dated:
    """What can be said only of a day one believes."""

    vouchers: tuple[VoucherView, ...] = ()
    coming: tuple[VoucherView, ...] = ()
    expiring: NextExpiry | None = None
    cash_back: CashBackView | None = None
    events: tuple[Event, ...] = ()


def summarise(
    member: Member,
    claims: Iterable[Claim],
    content: Content,
    place: Place,
    today: date | None,
    zone: tzinfo | None = None,
) -> Summary:
    """Compute the page's figures.

    Args:
        claims: what this kiosk remembers of this member.
        content: with the edition of the programme that holds today.
        today: the store-local day, or None while the clock cannot be believed.
        zone: the store's; None where the row's times are told in it.
    """
    claims = tuple(claims)
    programme, means = content.programme, means_of(member, claims, place.kiosk_id)
    points = means.balance.points
    used_up = {one.reward_id for one in content.rewards if is_used_up(one, means)}
    rungs = ladder(content.rewards, points, member.tier, place.store_id, today, used_up)
    progress = tier_progress(member, programme, today)
    dated = _Dated()
    if today is not None:
        dated = _dated(means, rungs, programme, place, today, zone)
    return Summary(
        balance=means.balance,
        worth=worth_fen(points, programme),
        tier=progress.tier,
        ladder=rungs,
        distance=_distance(rungs, member, programme, progress.tier),
        vouchers=dated.vouchers,
        all_vouchers=dated.vouchers + dated.coming,
        benefit=benefit_today(
            dated.vouchers,
            dated.events,
            _free(rungs, means, content, place, today),
            progress.tier or programme.tiers[0],
            today,
        ),
        progress=progress,
        expiring=dated.expiring,
        cash_back=dated.cash_back,
        events=dated.events,
        pending=len(unsettled(member, claims, place.kiosk_id)),
    )


def _dated(
    means: Means,
    rungs: Ladder,
    programme: Programme,
    place: Place,
    today: date,
    zone: tzinfo | None,
) -> _Dated:
    member, rule = means.member, programme.cash_back
    spent, rewards = points_of(means.standing), rungs.within_reach
    return _Dated(
        vouchers=usable_vouchers(member.vouchers, today),
        coming=coming_vouchers(member.vouchers, today),
        expiring=next_expiry(member.expiring, spent, means.balance.points, rewards, today),
        cash_back=cash_back_view(member, rule, today, zone) if rule is not None else None,
        events=next_events(programme, member.tier, place.store_id, today),
    )


def _distance(
    rungs: Ladder, member: Member, programme: Programme, tier: Tier | None
) -> Distance | None:
    pace = member.standing.points_per_purchase
    return distance_to(rungs.next, programme, tier, pace) if rungs.next is not None else None


def _free(
    rungs: Ladder, means: Means, content: Content, place: Place, today: date | None
) -> Reward | None:
    """The worthiest reward that nothing stands in the way of."""
    for reward in rungs.within_reach:
        if obstacle_to(reward, means, content, place.store_id, today) is None:
            return reward
    return None
