"""A member's history: HQ's lines, and above them what this kiosk has asked for since."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.content import Content
from kiosk.loyalty.claims import not_in_row
from kiosk.model.ledger import LedgerLine, LineKind, LineReason
from kiosk.model.members import Member
from kiosk.model.programme import Reward, Store
from kiosk.model.units import Points
from kiosk.model.verdicts import Claim, ClaimKind, Outcome


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line: how many points came or went, and why.

    Attributes:
        points: signed.
        at: None for a wish HQ has not answered yet.
        receipt: of the purchase or refund behind it.
        store: where it was; None when HQ did not say, or names a store nobody knows.
        reward: of the redemption behind it; None when it is not offered any more.
        purchase_fen: what was paid; negative for a refund.
        pending: HQ has not answered yet.
        to_collect: HQ holds it for the member, at a counter.
    """

    points: Points
    reason: LineReason
    at: datetime | None
    receipt: str | None = None
    store: Store | None = None
    reward: Reward | None = None
    purchase_fen: int | None = None
    pending: bool = False
    to_collect: bool = False


def history(
    member: Member, claims: Iterable[Claim], content: Content, kiosk_id: str
) -> tuple[HistoryLine, ...]:
    """Every line, the newest first; what HQ's lines do not tell of yet is the newest of all.

    Args:
        claims: what this kiosk remembers of this member.
    """
    rewards = {reward.reward_id: reward for reward in content.rewards}
    stores = {store.store_id: store for store in content.stores}
    claims = tuple(claims)
    held = _held(member, claims)
    news = reversed(not_in_row(member, claims, kiosk_id))
    let_go = frozenset(claim.subject for claim in claims if _let_go(claim))
    asked = (_asked(claim, held, rewards, let_go) for claim in news if _counts(claim))
    waiting = {one.reward_id for one in member.held if str(one.redemption_id) not in let_go}
    return (*asked, *(_told(line, waiting, rewards, stores) for line in member.lines))


@dataclass(frozen=True, slots=True)
class _Held:
    """A redemption that can be given back."""

    points: int
    reward_id: str


def _held(member: Member, claims: Iterable[Claim]) -> dict[str, _Held]:
    """What can be given back, by the redemption's id: HQ's holds and this kiosk's own."""
    told = {str(held.redemption_id): _Held(held.points, held.reward_id) for held in member.held}
    asked = {
        str(claim.id): _Held(claim.points, claim.subject)
        for claim in claims
        if claim.kind is ClaimKind.REDEMPTION
    }
    return told | asked


def _counts(claim: Claim) -> bool:
    """Whether the claim waits, or did what it asked for; what was refused is no history."""
    done = {Outcome.HELD, Outcome.ISSUED, Outcome.RELEASED}
    return claim.waits or (claim.verdict is not None and claim.verdict.outcome in done)


def _let_go(claim: Claim) -> bool:
    """Whether HQ has let go of what this claim gives back; the row may not tell of it yet."""
    released = claim.verdict is not None and claim.verdict.outcome is Outcome.RELEASED
    return released and claim.kind is ClaimKind.RELEASE


def _is_held(claim: Claim) -> bool:
    """Whether HQ holds it still; what is left of a hold is counted as time passes."""
    verdict = claim.verdict
    return verdict is not None and verdict.outcome is Outcome.HELD and verdict.holds_for_s != 0


def _asked(
    claim: Claim,
    held: Mapping[str, _Held],
    rewards: Mapping[str, Reward],
    let_go: Collection[str],
) -> HistoryLine:
    """The line HQ will make of a claim."""
    back = claim.kind is ClaimKind.RELEASE
    what = held.get(claim.subject, _Held(0, "")) if back else _Held(-claim.points, claim.subject)
    return HistoryLine(
        points=Points(what.points),
        reason=LineReason.GIVEN_BACK if back else LineReason.REWARD,
        at=claim.verdict.as_of if claim.verdict is not None else None,
        reward=rewards.get(what.reward_id),
        pending=claim.waits,
        to_collect=_is_held(claim) and str(claim.id) not in let_go,
    )


def _told(
    line: LedgerLine,
    waiting: Collection[str],
    rewards: Mapping[str, Reward],
    stores: Mapping[str, Store],
) -> HistoryLine:
    return HistoryLine(
        points=Points(line.points),
        reason=line.reason,
        at=line.at,
        receipt=line.receipt,
        store=stores.get(line.store_id or ""),
        reward=rewards.get(line.reward_id or ""),
        purchase_fen=line.purchase_fen,
        to_collect=line.kind is LineKind.HOLD and line.reward_id in waiting,
    )
