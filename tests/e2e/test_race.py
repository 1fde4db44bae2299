"""The same points wanted at two kiosks, and processes that die amid a redemption, for real."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from tests.e2e.rig import LINA, Road, two_roads
from tests.e2e.till import Till, holds
from tests.waiting import soon

PIN = "1234"
CHEN = "0438e2975b4c84"
"""2,400 points."""

ZHOU = "045c7a0e91d385"
"""4,999 points."""

XUAN = "047f3a9c0b5e89"
"""3,120 points."""

EMILY = "04b7194c5d6e81"
"""4,680 points."""

WU = "04e4c61b8d2f8a"
"""1,350 points."""


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Road, Road]]:
    """Two kiosks of one store with their kiosk-sync, and one HQ."""
    with two_roads(tmp_path_factory.mktemp("two")) as both:
        for kiosk in both:
            kiosk.start("sync", "kiosk")
        for kiosk in both:
            kiosk.ready()
        yield both


@pytest.fixture
def till(pair: tuple[Road, Road]) -> Till:
    """The counter's."""
    return Till(pair[0].hq.url)


def code_on(scene: dict[str, Any]) -> str:
    """The code a member would read out."""
    digits = ["".join(filter(str.isdecimal, text)) for text in scene["texts"]]
    return next(text for text in digits if len(text) == 6)


def ask_at_both(pair: tuple[Road, Road], uid: str, reward: str) -> None:
    """The same card at both kiosks, one digit before the end."""
    for kiosk in pair:
        kiosk.go_to_pin(uid, reward)
        kiosk.enter(PIN[:-1])


def booked(pair: tuple[Road, Road], till: Till, uid: str) -> tuple[list[int], int]:
    """The holds of a member at HQ, and the balance."""
    known = till.member(uid)
    return holds(pair[0].folder.hq, known["member_id"]), known["balance"]


@pytest.mark.parametrize(
    ("order", "uid", "reward", "price", "left"),
    [
        ((0, 1), CHEN, "canvas-tote", 2_400, 0),
        ((1, 0), ZHOU, "cashmere-cardigan", 3_000, 1_999),
    ],
)
def test_points_just_used_at_the_other_kiosk(
    pair: tuple[Road, Road],
    till: Till,
    order: tuple[int, int],
    uid: str,
    reward: str,
    price: int,
    left: int,
) -> None:
    """The second one must not get a code for points that are gone, whatever its page still says."""
    first, second = (pair[number] for number in order)
    ask_at_both(pair, uid, reward)
    first.enter(PIN[-1])
    code = code_on(first.wait_for("voucher-code"))
    second.enter(PIN[-1])
    second.wait_for("refused", "积分刚刚已使用", f"{left:,}")
    assert booked(pair, till, uid) == ([-price], left)
    assert till.collect(code).status_code == 200
    again = till.collect(code)
    assert (again.status_code, "already" in again.json()["detail"]) == (409, True)
    for kiosk in pair:
        kiosk.leave()


def test_both_at_once(pair: tuple[Road, Road], till: Till) -> None:
    """Two fingers in the same moment: HQ decides for one, and its ledger has one hold."""
    ask_at_both(pair, XUAN, "canvas-tote")
    fingers = [Thread(target=kiosk.enter, args=(PIN[-1],)) for kiosk in pair]
    for finger in fingers:
        finger.start()
    for finger in fingers:
        finger.join()

    def names() -> list[str] | None:
        shown = sorted(kiosk.scene().get("name", "") for kiosk in pair)
        return shown if shown == ["refused", "voucher-code"] else None

    soon(names, f"one code and one refusal; there are {[kiosk.scene() for kiosk in pair]}")
    assert booked(pair, till, XUAN) == ([-2_400], 720)
    for kiosk in pair:
        kiosk.leave()


def test_a_wish_that_comes_too_late_is_refused_honestly(
    pair: tuple[Road, Road], till: Till
) -> None:
    """Offline it is noted and set aside; HQ refuses it later, and the next tap shows the truth."""
    online, offline = pair
    offline.kill("sync")
    offline.go_to_pin(EMILY, "canvas-tote")
    offline.enter(PIN)
    offline.wait_for("reserved")
    offline.leave()
    offline.tap(EMILY)
    offline.wait_for("home", "2,280", "2,400 more are set aside")
    offline.leave()
    online.go_to_pin(EMILY, "canvas-tote")
    online.enter(PIN)
    online.wait_for("voucher-code")
    online.leave()
    offline.start("sync")
    soon(lambda: offline.pending().count == 0, "an empty queue")
    assert booked(pair, till, EMILY) == ([-2_400], 2_280)
    offline.tap(EMILY)
    scene = offline.wait_for("home", "2,280")
    assert not any("set aside" in text for text in scene["texts"])
    offline.leave()


def test_hq_dies_between_its_commit_and_its_answer(pair: tuple[Road, Road], till: Till) -> None:
    """The wish is at HQ and nobody knows: it counts once, and its code still comes."""
    kiosk = pair[0]
    kiosk.go_to_pin(LINA, "wool-scarf")
    soon(lambda: kiosk.pending().count == 0, "an empty queue")
    kiosk.fault(hold_answers=True)
    kiosk.enter(PIN)
    soon(lambda: kiosk.hq_state()["held_answers"] >= 1, "an answer held after the commit")
    kiosk.kill_hq()
    kiosk.wait_for("reserved")
    kiosk.revive_hq()
    code = code_on(kiosk.wait_for("voucher-code"))
    assert booked(pair, till, LINA) == ([-5_000], 7_680)
    assert till.collect(code).status_code == 200
    assert till.collect(code).status_code == 409
    kiosk.leave()


def test_the_kiosk_dies_right_after_the_last_digit(pair: tuple[Road, Road], till: Till) -> None:
    """What was asked for is on disk: the points are set aside at the next tap, and held later."""
    kiosk = pair[1]
    kiosk.kill("sync")
    kiosk.go_to_pin(WU, "cotton-socks")
    kiosk.enter(PIN)
    kiosk.kill("kiosk")
    kiosk.start("kiosk")
    kiosk.wait_for("attract")
    kiosk.tap(WU)
    kiosk.wait_for("home", "150", "1,200")
    kiosk.leave()
    kiosk.start("sync")
    soon(lambda: booked(pair, till, WU) == ([-1_200], 150), "the hold at HQ")
    soon(lambda: kiosk.pending().count == 0, "an empty queue")

    def waits() -> dict[str, Any] | None:
        """The row comes home a moment after the verdict."""
        scene = kiosk.tap(WU)
        kiosk.leave()
        return scene if any("待领取" in text for text in scene["texts"]) else None

    kiosk.catch_up()
    soon(waits, "the reward that waits at the counter")
