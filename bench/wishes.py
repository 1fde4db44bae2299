"""Figures of redeeming: a wish on disk beside a visit, its look-up, HQ's word seen by the screen.

    python -m bench.wishes [--wishes 500] [--folder /var/lib/kiosk]

The screen's part is played with the loop's own pace: it turns every 33 ms and looks at the
outbox as the kiosk does. The uploader writes HQ's word at moments of its own.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from kiosk.app.loop import TOUCH_POLL_S
from kiosk.app.recorder import Recorder
from kiosk.app.sealing import prepare, seal
from kiosk.app.verdicts import VerdictWatch
from kiosk.clock import SystemClock
from kiosk.model.cards import CardKey
from kiosk.model.facts import Mode, Redemption, SealedPin, Visit
from kiosk.model.members import Member
from kiosk.model.queue import Settlement
from kiosk.model.records import NewRecord, new_record
from kiosk.model.rules import PinRule
from kiosk.model.text import Language, LocalText
from kiosk.model.verdicts import Claim, ClaimKind, Outcome, Verdict
from kiosk.model.wire import Fate
from kiosk.session.states import Home, Session, Visitor
from kiosk.store.claims import claim_of
from kiosk.store.outbox import Outbox

WISHES = 500
WORDS = 60
"""Verdicts whose way to the screen is timed; each takes some 0.1 s."""

KEY = "00112233445566778899aabbccddeeff"
CLOCK = SystemClock()
MEMBER = Member(
    member_id="m-000001",
    called=LocalText.model_validate({"zh-CN": "李女士", "en": "Ms L."}),
    tier="gold",
    points=12_680,
    as_of=CLOCK.now().wall,
)
RULE = PinRule(
    digits=4, tries=5, key_id="bench", x25519="CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.wishes", description=__doc__)
    parser.add_argument("--wishes", type=int, default=WISHES, help="wishes put on disk")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to be measured")
    chosen = parser.parse_args(arguments)
    for row in figures(chosen.wishes, chosen.folder):
        sys.stdout.write("{:44} {:>22}  {}\n".format(*row))
    return 0


def figures(wishes: int = WISHES, folder: Path | None = None) -> list[tuple[str, str, str]]:
    """What was measured, the figure, and the figure promised."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        path = Path(own) / "outbox.db"
        visit_ms, wish_ms, look_ms = _putting(path, wishes)
        words_ms = _seeing(path)
    before = time.perf_counter()
    prepare()
    first_ms = (time.perf_counter() - before) * 1000
    seal_ms = statistics.median(_timed_ms(lambda: seal("0427", RULE, UUID(int=1)), 50))
    return [
        ("put of a visit", f"{visit_ms:.3f} ms", ""),
        ("put of a wish with its claim", f"{wish_ms:.3f} ms", ""),
        ("wish / visit", f"{wish_ms / visit_ms:.2f} ×", ""),
        ("a member's claims, at each tap", f"{look_ms:.3f} ms", "≤ 0.5 ms"),
        ("sealing a PIN", f"{seal_ms:.2f} ms", ""),
        ("sealing made ready, at the pad", f"{first_ms:.0f} ms", ""),
        ("HQ's word on disk → in the session, p50", f"{statistics.median(words_ms):.0f} ms", ""),
        ("the same, p95", f"{words_ms[len(words_ms) * 95 // 100]:.0f} ms", "≤ 100 ms"),
    ]


def _putting(path: Path, count: int) -> tuple[float, float, float]:
    """Medians in milliseconds: a visit's put, a wish's put, a member's claims."""
    visits, wishes = [], []
    with Outbox.open(path) as outbox:
        for _ in range(count):
            visit, fact = _visit(), _wish()
            wish, claim = new_record(fact, CLOCK.now()), claim_of(fact)
            visits += _timed_ms(partial(outbox.put, visit), 1)
            wishes += _timed_ms(partial(outbox.put, wish, claim), 1)
        looks = _timed_ms(lambda: outbox.claims_of("m-000007", CLOCK.now()), 200)
    return statistics.median(visits), statistics.median(wishes), statistics.median(looks)


def _seeing(path: Path) -> list[float]:
    """Milliseconds from HQ's word on disk to the session, sorted."""
    recorder = Recorder(lambda: Outbox.open(path), CLOCK)
    watch = VerdictWatch(recorder, path)
    try:
        return sorted(_one_word_ms(path, recorder, watch) for _ in range(WORDS))
    finally:
        recorder.close()


def _one_word_ms(path: Path, recorder: Recorder, watch: VerdictWatch) -> float:
    fact = _wish()
    recorder.keep([fact])
    claim = Claim(fact.redemption_id, 1, ClaimKind.REDEMPTION, "m-000001", "tote", 1)
    visitor = Visitor(MEMBER, CardKey(bytes(16)), (claim,))
    session = Session(Home(), Language.ZH, visitor=visitor)
    written: list[float] = []
    uploader = threading.Thread(target=_answer, args=(path, fact.redemption_id, written))
    uploader.start()
    while not list(watch.look(session, time.monotonic())):
        time.sleep(TOUCH_POLL_S)
    seen_s = time.monotonic()
    uploader.join()
    return (seen_s - written[0]) * 1000


def _answer(path: Path, id_: UUID, written: list[float]) -> None:
    time.sleep(random.uniform(0.02, 0.12))
    verdict = Verdict(outcome=Outcome.HELD, code="482916", holds_for_s=900, as_of=CLOCK.now().wall)
    with Outbox.open(path) as outbox:
        outbox.settle({id_: Settlement(Fate.ACCEPTED, verdict=verdict)}, CLOCK.now())
        written.append(time.monotonic())


def _timed_ms(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        before = time.perf_counter()
        work()
        taken.append((time.perf_counter() - before) * 1000)
    return taken


def _visit() -> NewRecord:
    fact = Visit(
        member_id="m-000001",
        card_key=KEY,
        language=Language.ZH,
        directory_as_of=CLOCK.now().wall.isoformat(),
    )
    return new_record(fact, CLOCK.now())


def _wish() -> Redemption:
    return Redemption(
        redemption_id=UUID(bytes=os.urandom(16)),
        member_id=f"m-{random.randrange(100):06}",
        card_key=KEY,
        reward_id="canvas-tote",
        points=2_400,
        cash_fen=0,
        mode=Mode.HOLD,
        pin=SealedPin(key_id="bench", sealed="x" * 72),
        programme_version=1,
    )


if __name__ == "__main__":
    raise SystemExit(main())
