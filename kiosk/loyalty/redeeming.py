"""Whether a member may have a reward at this kiosk now, and how it can be promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from kiosk.content import Content
from kiosk.loyalty.balance import Balance, balance_of
from kiosk.loyalty.claims import not_in_row, points_of, taken
from kiosk.loyalty.ladder import open_to, stock_here
from kiosk.loyalty.place import Place
from kiosk.model.facts import Mode
from kiosk.model.members import Member, PinState
from kiosk.model.programme import Reward
from kiosk.model.rules import OfflineRule
from kiosk.model.units import Points
from kiosk.model.verdicts import Claim, Outcome

HOUR_S = 3600


class Obstacle(Enum):
    """Why a reward cannot be had here and now; where several hold, the first of these is named.

    Attributes:
        NOT_OFFERED: not, or not any more, or not on this day.
        TIER: kept for other tiers.
        OUT_OF_STOCK: none left in this store.
        LIMIT: this member has had it as often as one may.
        DAY_LIMIT: this member has redeemed as often as one may on a day.
        NOT_ENOUGH: dearer than the balance.
        UNSETTLED: HQ has not answered an earlier wish about points yet.
        PIN_BLOCKED: after too many wrong tries; only the counter helps.
        NO_PIN: the member has none yet; the counter gives one.
    """

    NOT_OFFERED = "not_offered"
    TIER = "tier"
    OUT_OF_STOCK = "out_of_stock"
    LIMIT = "limit"
    DAY_LIMIT = "day_limit"
    NOT_ENOUGH = "not_enough"
    UNSETTLED = "unsettled"
    PIN_BLOCKED = "pin_blocked"
    NO_PIN = "no_pin"


@dataclass(frozen=True, slots=True)
class Road:
    """What is known of the way to HQ.

    Attributes:
        hq_reachable: whether the last exchange succeeded; None before the first one.
        directory_age_s: seconds since the directory held everything HQ had, proved by a clock
            that was set; None without such a proof.
    """

    hq_reachable: bool | None
    directory_age_s: float | None


@dataclass(frozen=True, slots=True)
class Permission:
    """How a reward can be promised, or what stands in the way; exactly one of the two."""

    mode: Mode | None
    obstacle: Obstacle | None


@dataclass(frozen=True, slots=True)
class Means:
    """What a member has to redeem with at this kiosk, computed once for all rewards.

    Attributes:
        balance: what can be spent.
        news: the kiosk's claims about points that the member's row does not include.
        standing: those of them that are redemptions in force.
    """

    member: Member
    balance: Balance
    news: tuple[Claim, ...]
    standing: tuple[Claim, ...]


def means_of(member: Member, claims: Iterable[Claim], kiosk_id: str) -> Means:
    """What this member has to redeem with at this kiosk."""
    claims = tuple(claims)
    news = not_in_row(member, claims, kiosk_id)
    return Means(member, balance_of(member, claims, kiosk_id), news, taken(news))


def permission(
    reward: Reward,
    member: Member,
    claims: Iterable[Claim],
    content: Content,
    place: Place,
    today: date | None,
    road: Road,
) -> Permission:
    """Whether this member may have this reward here and now, and how it is promised.

    Args:
        claims: what this kiosk remembers of this member.
        today: the store-local day, or None while the clock cannot be believed.
    """
    means = means_of(member, claims, place.kiosk_id)
    obstacle = obstacle_to(reward, means, content, place.store_id, today)
    if obstacle is not None:
        return Permission(None, obstacle)
    if road.hq_reachable:
        return Permission(Mode.HOLD, None)
    rule = content.programme.redeeming.offline
    issue = (
        today is not None
        and reward.offline
        and _may_issue(rule, road)
        and reward.points <= _allowance(means, place.kiosk_id)
    )
    return Permission(Mode.ISSUE if issue else Mode.RESERVE, None)


def obstacle_to(
    reward: Reward, means: Means, content: Content, store_id: str, today: date | None
) -> Obstacle | None:
    """What stands in the way of this reward, whether or not HQ can be asked."""
    return (
        _of_reward(reward, means.member, content, store_id, today)
        or _of_limits(reward, means, content, today)
        or _of_means(reward, means)
    )


def is_used_up(reward: Reward, means: Means) -> bool:
    """Whether this member has had this reward as often as one may."""
    if reward.per_member is None:
        return False
    mine = sum(claim.subject == reward.reward_id for claim in means.standing)
    return means.member.redeemed.get(reward.reward_id, 0) + mine >= reward.per_member


def _of_reward(
    reward: Reward, member: Member, content: Content, store_id: str, today: date | None
) -> Obstacle | None:
    if content.reward(reward.reward_id) is None or not reward.offered_on(today):
        return Obstacle.NOT_OFFERED
    if not open_to(reward, member.tier):
        return Obstacle.TIER
    return Obstacle.OUT_OF_STOCK if stock_here(reward, store_id) == 0 else None


def _of_limits(
    reward: Reward, means: Means, content: Content, today: date | None
) -> Obstacle | None:
    if is_used_up(reward, means):
        return Obstacle.LIMIT
    per_day = content.programme.redeeming.per_day
    day, count = means.member.redeemed_on or (None, 0)
    # A claim keeps no day. Those the row does not include are rarely older than today, so all
    # of them count; while the day is unknown, HQ alone can count the row's.
    on_this_day = len(means.standing) + (count if day == today else 0)
    return Obstacle.DAY_LIMIT if per_day is not None and on_this_day >= per_day else None


def _of_means(reward: Reward, means: Means) -> Obstacle | None:
    if reward.points > means.balance.points:
        return Obstacle.NOT_ENOUGH
    if any(claim.waits for claim in means.news):
        return Obstacle.UNSETTLED
    if means.member.pin is PinState.BLOCKED:
        return Obstacle.PIN_BLOCKED
    return Obstacle.NO_PIN if means.member.pin is PinState.NONE else None


def _may_issue(rule: OfflineRule, road: Road) -> bool:
    """Whether the rule lets this kiosk give out anything while HQ is away."""
    if not rule.allowed or road.hq_reachable is None or road.directory_age_s is None:
        return False
    # A directory from the future proves only that a clock was wrong.
    return 0 <= road.directory_age_s <= rule.max_age_hours * HOUR_S


def _allowance(means: Means, kiosk_id: str) -> Points:
    """Points this kiosk may still give this member without asking."""
    issued = points_of(
        claim
        for claim in means.standing
        if claim.verdict is not None and claim.verdict.outcome is Outcome.ISSUED
    )
    return Points(means.member.offline_allowance.get(kiosk_id, 0) - issued)
