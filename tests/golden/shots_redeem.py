"""The way from a reward to its code: PIN, waiting, code, reservation, refusal, points back."""

from dataclasses import replace
from uuid import UUID

from kiosk.model.clock import ClockQuality
from kiosk.model.verdicts import Because, Claim, ClaimKind, Outcome, Verdict
from kiosk.session.states import (
    GivenBack,
    PinEntry,
    Refused,
    Reserved,
    Visitor,
    VoucherCode,
    Waiting,
)
from tests.factories import KEY, NOW, content, member, reward, world
from tests.golden.shots import OFFLINE, USUAL, Shot

PLAIN = (1, 2, 3, 4, 5, 6, 7, 8, 9, 0)
SHUFFLED = (7, 0, 4, 9, 2, 6, 1, 8, 3, 5)
ASKED, BACK = UUID(int=1), UUID(int=2)
TOTE, POINTS = "canvas-tote", 2_400

HELD = Verdict(outcome=Outcome.HELD, code="482916", holds_for_s=900, balance=10_280, as_of=NOW)
CLAIM = Claim(ASKED, 7, ClaimKind.REDEMPTION, "m-000001", TOTE, POINTS)
LETTING_GO = Claim(BACK, 8, ClaimKind.RELEASE, "m-000001", str(ASKED), 0)

ASKING = Visitor(member(), KEY, (CLAIM,))
HOLDING = Visitor(member(), KEY, (replace(CLAIM, verdict=HELD),))
RETURNING = Visitor(member(), KEY, (*HOLDING.claims, LETTING_GO))
RELEASED = Verdict(outcome=Outcome.RELEASED, balance=12_680, as_of=NOW)
RETURNED = Visitor(member(), KEY, (*HOLDING.claims, replace(LETTING_GO, verdict=RELEASED)))

CODE = VoucherCode(
    ASKED, TOTE, POINTS, code="482916", until_s=USUAL.uptime_s + 884, holds_for_s=900
)
ISSUED = replace(
    CODE, code="482916057", until_s=float("inf"), holds_for_s=float("inf"), issued=True
)
UNSET = world(clock=ClockQuality.UNSET)
REFUSALS = tuple(
    because for because in Because if because not in {Because.PIN, Because.PIN_BLOCKED}
)


def refusal(because: Because, balance: int | None = None) -> Refused:
    """What the page says when HQ refused because of this."""
    verdict = Verdict(outcome=Outcome.REFUSED, because=because, balance=balance, as_of=NOW)
    return Refused(TOTE, verdict)


SCARCE = world(content=content(rewards=(reward(tiers=("silver", "gold"), per_member=2),)))
"""The tote for two tiers only, two for each member."""


def _refused(because: Because) -> Shot:
    page = refusal(because, 2_080 if because is Because.BALANCE else 12_680)
    claim = replace(CLAIM, verdict=page.verdict)
    return Shot(f"refused-{because.value}", page, SCARCE, Visitor(member(), KEY, (claim,)))


EVERY_WAY = (
    Shot("pin", PinEntry(TOTE, PLAIN, "12")),
    Shot("pin-wrong", PinEntry("cashmere-cardigan", SHUFFLED, tries_left=3)),
    Shot("waiting", Waiting(ASKED, TOTE, USUAL.uptime_s), visitor=ASKING),
    Shot("voucher", CODE, visitor=HOLDING),
    Shot("voucher-give-back", replace(CODE, asking=True), visitor=HOLDING),
    Shot("voucher-offline", ISSUED, OFFLINE, visitor=ASKING),
    Shot("reserved", Reserved(ASKED, TOTE), visitor=ASKING),
    Shot("reserved-offline", Reserved(ASKED, TOTE), OFFLINE, visitor=ASKING),
    _refused(Because.BALANCE),
    _refused(Because.STOCK),
    Shot("given-back", GivenBack(TOTE, POINTS), visitor=RETURNED),
)

STANDING_ONLY = (
    Shot("pin-big-text", PinEntry(TOTE, PLAIN, "12", tries_left=1), big_text=True),
    Shot("pin-high-contrast", PinEntry(TOTE, PLAIN, "12"), theme="high-contrast"),
    Shot(
        "waiting-give-back",
        Waiting(BACK, TOTE, USUAL.uptime_s, giving_back=True),
        visitor=RETURNING,
    ),
    Shot("voucher-big-text", CODE, visitor=HOLDING, big_text=True),
    Shot("voucher-high-contrast", CODE, visitor=HOLDING, theme="high-contrast"),
    Shot("voucher-clock-unset", CODE, UNSET, visitor=HOLDING),
    Shot(
        "reserved-give-back",
        Reserved(BACK, TOTE, giving_back=True),
        OFFLINE,
        visitor=RETURNING,
    ),
    *(_refused(because) for because in REFUSALS if because not in {Because.BALANCE, Because.STOCK}),
)
