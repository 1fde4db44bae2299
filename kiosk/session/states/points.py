"""Pages about points: home, rewards, redeeming, vouchers, history, tier, events."""

from dataclasses import dataclass, field
from uuid import UUID

from kiosk.model.programme import RewardKind
from kiosk.model.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Home:
    """The member's page."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rewards, those within reach first.

    Attributes:
        kind: which sort is shown; None for all.
    """

    kind: RewardKind | None = None
    sheet: int = 0


@dataclass(frozen=True, slots=True)
class Detail:
    """One reward: is it worth it."""

    reward_id: str


@dataclass(frozen=True, slots=True)
class PinEntry:
    """The member proves the wish to spend.

    Attributes:
        pad: the digits in the order of the keys: first row, second, third, then the last one.
        entered: digits so far; in no log, no record and no text of the scene.
        tries_left: after HQ has called an entry wrong; None before.
    """

    reward_id: str
    pad: tuple[int, ...]
    entered: str = field(default="", repr=False)
    tries_left: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """HQ is being asked; `claim_id` is what its verdict comes under.

    Attributes:
        subject: the reward, or for `giving_back` the same reward whose hold is let go.
        since_s: uptime at which the question was on disk.
    """

    claim_id: UUID
    subject: str
    since_s: float
    giving_back: bool = False


@dataclass(frozen=True, slots=True)
class VoucherCode:
    """What is held for the member, with the code the counter asks for.

    Attributes:
        until_s: uptime at which the hold ends by itself.
        code: six digits from HQ, or nine when this kiosk gave it out by itself.
        issued: given out while HQ was away: no hold that ends, the counter settles it.
        asking: whether the member is being asked if it shall be given back.
    """

    redemption_id: UUID
    reward_id: str
    points: int
    code: str = field(repr=False)
    until_s: float
    holds_for_s: float
    issued: bool = False
    asking: bool = False


@dataclass(frozen=True, slots=True)
class Reserved:
    """HQ could not be asked in time: the wish is on disk and goes up by itself.

    Attributes:
        claim_id: its verdict may still come while the page is shown.
        giving_back: the wish was to give back what is held.
    """

    claim_id: UUID
    reward_id: str
    giving_back: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """HQ said no, and why; nothing was taken."""

    reward_id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class GivenBack:
    """HQ has let go of what was held; the points are back."""

    reward_id: str
    points: int


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Every voucher, those usable today first, each with its countdown."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """The ledger's lines, each saying why."""

    sheet: int = 0


@dataclass(frozen=True, slots=True)
class TierPage:
    """How the tier is kept, how the next one is reached, and what each one gives."""


@dataclass(frozen=True, slots=True)
class Events:
    """The next events, and signing up."""

    sheet: int = 0
