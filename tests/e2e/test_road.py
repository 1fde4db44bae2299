"""From tap to HQ with real processes: chip, kiosk, kiosk-sync, HTTP, files."""

import pygame

from tests.e2e.pictures import picture
from tests.e2e.rig import LINA, Road
from tests.waiting import soon


def is_pine(surface: pygame.Surface) -> bool:
    """Whether the place of the member's hero card is dark green."""
    red, green, blue, _ = surface.get_at((540, 200))
    return green > red + 15 and green > blue and green < 140


def test_a_visit_counts_once_although_everything_is_killed_on_the_way(shared: Road) -> None:
    """HQ dies between its commit and its answer, the kiosk and kiosk-sync die too: one visit."""
    assert not is_pine(picture(shared))
    shared.fault(hold_answers=True)
    shared.chip.say(f"lay lina {LINA}")
    shared.wait_for("home", "李女士", "320", "12,680")
    assert is_pine(picture(shared))
    soon(lambda: shared.hq_state()["held_answers"] >= 1, "an answer held after the commit")
    assert shared.pending().count >= 1
    shared.kill_hq()
    shared.kill("sync")
    shared.kill("kiosk")
    shared.revive_hq()
    assert len(shared.records("visit")) == 1
    shared.start("sync", "kiosk")
    shared.wait_for("notice-lift-card")
    soon(lambda: shared.pending().count == 0, "an empty queue")
    shared.chip.say("take all")
    shared.wait_for("attract")
    soon(lambda: shared.pending().count == 0, "an empty queue")
    assert len(shared.records("visit")) == 1
    assert shared.pending().dead == 0


def test_a_day_without_hq_loses_nothing_and_says_so(shared: Road) -> None:
    """Offline the page opens all the same, says how old it is, and the visit goes up later."""
    shared.fault(unreachable=True)
    shared.chip.say(f"lay lina {LINA}")
    shared.wait_for("home", "李女士", "暂时联网不上")
    shared.chip.say("take all")
    shared.press("done")
    shared.wait_for("attract")
    assert shared.pending().count >= 1
    shared.fault(unreachable=False)
    soon(lambda: len(shared.records("visit")) == 1, "the visit at HQ")
    soon(lambda: shared.pending().count == 0, "an empty queue")


def test_the_reader_may_be_pulled_and_put_back(shared: Road) -> None:
    """A loose plug is said on the screen and mends itself within a second of being put back."""
    shared.chip.say("unplug")
    shared.wait_for("attract", "读卡器休息中")
    shared.chip.say("replug")
    shared.wait_for("attract", "会员卡贴在")
    shared.chip.say(f"lay lina {LINA}")
    shared.wait_for("home", "李女士")
