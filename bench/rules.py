"""Figures of the rules: from a member's row to everything the member's page says.

    python -m bench.rules [--taps 2000]

The member is the heaviest the directory admits: 1 000 lines of the ledger, 50 vouchers, 20
claims of this kiosk. The programme and its rewards are the demo's.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from kiosk.content import Content
from kiosk.loyalty.history import history
from kiosk.loyalty.place import Place
from kiosk.loyalty.redeeming import Road, permission
from kiosk.loyalty.summary import summarise
from kiosk.model.ledger import Expiring, LedgerLine, LineKind, LineReason
from kiosk.model.members import Member, PinState, Standing, Voucher, VoucherReason
from kiosk.model.text import LocalText
from kiosk.model.verdicts import Claim, ClaimKind, Outcome, Verdict
from kiosk.store.documents import content_from_values
from sim.hq.seed import demo_content

TAPS = 2000
LINES = 1_000
VOUCHERS = 50
CLAIMS = 20
NOW = datetime(2026, 11, 21, 6, 20, tzinfo=UTC)
TODAY = NOW.date()


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__)
    parser.add_argument("--taps", type=int, default=TAPS, help="how often each is timed")
    chosen = parser.parse_args(arguments)
    for row in figures(chosen.taps):
        sys.stdout.write("{:44} {:>22}  {}\n".format(*row))
    return 0


def figures(taps: int = TAPS) -> list[tuple[str, str, str]]:
    """What was measured, the figure, and the figure promised."""
    content = _content()
    place = Place(content.stores[0].store_id, "sh-ja-01-k1")
    member, claims = _member(place), _claims()
    reward = content.rewards[0]
    road = Road(hq_reachable=True, directory_age_s=10.0)
    tap = _times_ms(lambda: summarise(member, claims, content, place, TODAY), taps)
    asked = _times_ms(lambda: permission(reward, member, claims, content, place, TODAY, road), taps)
    told = _times_ms(lambda: history(member, claims, content, place.kiosk_id), taps // 10)
    return [
        ("a tap's figures p50", f"{statistics.median(tap):.3f} ms", "≤ 1 ms"),
        ("a tap's figures p99", f"{tap[len(tap) * 99 // 100]:.3f} ms", ""),
        ("one reward's permission p50", f"{statistics.median(asked):.3f} ms", ""),
        (f"history of {LINES:,} lines p50", f"{statistics.median(told):.3f} ms", ""),
    ]


def _times_ms(work: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each time, sorted."""
    measured = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        measured.append((time.perf_counter() - before) * 1000)
    return sorted(measured)


def _content() -> Content:
    """The demo's, as HQ publishes it."""
    return content_from_values(
        1, {name: json.loads(text) for name, text in demo_content(TODAY).items()}
    )


def _member(place: Place) -> Member:
    """The heaviest row there can be."""
    return Member(
        member_id="m-000001",
        called=LocalText.model_validate({"zh-CN": "李女士", "en": "Ms L."}),
        tier="gold",
        points=12_680,
        as_of=NOW,
        pin=PinState.SET,
        standing=Standing(
            tier_spend_fen=1_268_000,
            tier_until=TODAY + timedelta(days=130),
            month_spend_fen=86_000,
            points_per_purchase=240,
        ),
        vouchers=tuple(_voucher(number) for number in range(VOUCHERS)),
        lines=tuple(_line(number, place) for number in range(LINES)),
        expiring=tuple(
            Expiring(points=300, last_day=TODAY + timedelta(days=30 * month)) for month in range(12)
        ),
        applied_seq={place.kiosk_id: CLAIMS // 2},
    )


def _voucher(number: int) -> Voucher:
    """A third usable, a third coming, a third lapsed."""
    first = TODAY + timedelta(days=(number % 3 - 1) * 60)
    return Voucher(
        voucher_id=f"v-{number}",
        reason=VoucherReason.APOLOGY,
        price_factor_percent=70,
        valid_from=first,
        valid_to=first + timedelta(days=number),
    )


def _line(number: int, place: Place) -> LedgerLine:
    return LedgerLine(
        entry_id=f"e-{number}",
        at=NOW - timedelta(hours=number),
        kind=LineKind.EARN,
        reason=LineReason.PURCHASE,
        points=320,
        receipt=f"JA-{number:04}",
        store_id=place.store_id,
        purchase_fen=32_000,
    )


def _claims() -> tuple[Claim, ...]:
    """A kiosk's memory of this member: half of it the row includes."""
    return tuple(
        Claim(
            id=UUID(int=seq),
            seq=seq,
            kind=ClaimKind.REDEMPTION,
            member_id="m-000001",
            subject="canvas-tote",
            points=10,
            verdict=Verdict(outcome=Outcome.HELD, balance=12_000 - seq, as_of=NOW),
        )
        for seq in range(1, CLAIMS + 1)
    )


if __name__ == "__main__":
    raise SystemExit(main())
