"""From tap to HQ with real processes: chip, kiosk, kiosk-sync, HTTP, files."""

import io
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from tests.e2e.rig import LINA, Road, road
from tests.waiting import soon


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Road]:
    """Kiosk and kiosk-sync running and ready for a card."""
    with road(tmp_path) as made:
        made.start("sync", "kiosk")
        made.ready()
        yield made


def picture(of: Road) -> pygame.Surface:
    """What is on the glass, in pixels."""
    return pygame.image.load(io.BytesIO(of.glass.picture(None, None).jpeg))


def is_pine(surface: pygame.Surface) -> bool:
    """Whether the place of the member's hero card is dark green."""
    red, green, blue, _ = surface.get_at((540, 200))
    return green > red + 15 and green > blue and green < 140


def test_a_visit_counts_once_although_everything_is_killed_on_the_way(whole: Road) -> None:
    """HQ dies between its commit and its answer, the kiosk and kiosk-sync die too: one visit."""
    assert not is_pine(picture(whole))
    whole.fault(hold_answers=True)
    whole.chip.say(f"lay lina {LINA}")
    whole.wait_for("home", "李女士", "320", "12,680")
    assert is_pine(picture(whole))
    soon(lambda: whole.hq_state()["held_answers"] >= 1, "an answer held after the commit")
    assert whole.pending().count >= 1
    whole.kill_hq()
    whole.kill("sync")
    whole.kill("kiosk")
    whole.revive_hq()
    assert len(whole.records("visit")) == 1
    whole.start("sync", "kiosk")
    whole.wait_for("notice-lift-card")
    soon(lambda: whole.pending().count == 0, "an empty queue")
    whole.chip.say("take all")
    whole.wait_for("attract")
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert len(whole.records("visit")) == 1
    assert whole.pending().dead == 0


def test_a_day_without_hq_loses_nothing_and_says_so(whole: Road) -> None:
    """Offline the page opens all the same, says how old it is, and the visit goes up later."""
    whole.fault(unreachable=True)
    whole.chip.say(f"lay lina {LINA}")
    whole.wait_for("home", "李女士", "暂时联网不上")
    whole.chip.say("take all")
    whole.press("done")
    whole.wait_for("attract")
    assert whole.pending().count >= 1
    whole.fault(unreachable=False)
    soon(lambda: len(whole.records("visit")) == 1, "the visit at HQ")
    soon(lambda: whole.pending().count == 0, "an empty queue")


def test_the_reader_may_be_pulled_and_put_back(whole: Road) -> None:
    """A loose plug is said on the screen and mends itself within a second of being put back."""
    whole.chip.say("unplug")
    whole.wait_for("attract", "读卡器休息中")
    whole.chip.say("replug")
    whole.wait_for("attract", "会员卡贴在")
    whole.chip.say(f"lay lina {LINA}")
    whole.wait_for("home", "李女士")
