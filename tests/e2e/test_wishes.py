"""Do-not-disturb with real processes: it holds at once, over a restart, and reaches HQ first."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.app.compose import Folders
from kiosk.model.records import Priority
from kiosk.store.outbox import Outbox
from tests.e2e.rig import LINA, Road, road
from tests.store.samples import record
from tests.waiting import WITHIN_S, soon

WAITING = 50


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Road]:
    """Kiosk and kiosk-sync running and ready for a card."""
    with road(tmp_path) as made:
        made.start("sync", "kiosk")
        made.ready()
        yield made


def to_wishes(kiosk: Road, *words: str) -> None:
    """Lay the card down for a moment and open the page; it says these words."""
    kiosk.chip.say(f"lay lina {LINA}")
    first = soon(lambda: shown(kiosk, "home", "notice-lift-card"), "an answer to the card")
    if first == "notice-lift-card":  # it lay there before the reader was open
        kiosk.chip.say("take all")
        kiosk.wait_for("attract")
        kiosk.chip.say(f"lay lina {LINA}")
    kiosk.wait_for("home", "李女士")
    kiosk.chip.say("take all")
    kiosk.press("messages")
    kiosk.wait_for("contact", *words)


def shown(kiosk: Road, *names: str) -> str | None:
    """Which of these screens is on the glass."""
    name = kiosk.scene().get("name")
    return name if name in names else None


def visits_wait(kiosk: Road) -> set[str]:
    """Put visits into the queue, as a day without HQ would; their ids."""
    visits = [record(Priority.NORMAL) for _ in range(WAITING)]
    with Outbox.open(Folders(kiosk.folder.kiosk).outbox) as outbox:
        for visit in visits:
            outbox.put(visit)
    return {str(visit.id) for visit in visits}


def in_order(kiosk: Road) -> list[dict[str, Any]]:
    """What HQ has, as it came."""
    answer = requests.get(f"{kiosk.hq.url}/sim/records?limit=1000", timeout=WITHIN_S)
    return list(reversed(answer.json()))


def test_do_not_disturb_outlives_a_restart_and_overtakes_what_waits(whole: Road) -> None:
    """Said while HQ is away and the power fails: nobody may disturb, and HQ hears it first."""
    whole.fault(unreachable=True)
    waiting = visits_wait(whole)
    to_wishes(whole, "哪些消息可以找您")
    whole.press("do-not-disturb")
    whole.wait_for("contact", "已保存", "联网后最先上传")
    whole.kill("kiosk")
    whole.start("kiosk")
    whole.wait_for("attract", "贴在")
    to_wishes(whole, "关掉免打扰，您原来的选择就恢复")
    assert whole.button("channel") is None
    assert whole.records("consent") == []
    whole.fault(unreachable=False)
    soon(lambda: whole.pending().count == 0, "an empty queue")
    (consent,) = whole.records("consent")
    assert consent["payload"]["granted"] is True
    ids = [one["id"] for one in in_order(whole)]
    overtaken = [one for one in ids[: ids.index(consent["id"])] if one in waiting]
    assert overtaken == []
    assert waiting <= set(ids)
    whole.leave()
    to_wishes(whole, "关掉免打扰")


def test_what_is_asked_about_ones_data_is_tracked_to_its_end(whole: Road) -> None:
    """Asked while HQ is away, told as noted, and as HQ's once HQ has it."""
    whole.fault(unreachable=True)
    to_wishes(whole)
    whole.press("my-data")
    whole.wait_for("my-data", "您的资料")
    whole.press("data", "erase")
    whole.press("erase-data")
    whole.wait_for("my-data", "已记下，联网后上传")
    assert whole.button("data", "erase") is None
    whole.leave()
    whole.fault(unreachable=False)
    soon(lambda: whole.pending().count == 0, "an empty queue")
    (request,) = whole.records("data_request")
    assert request["payload"]["wish"] == "erase"
    to_wishes(whole)
    whole.press("my-data")
    whole.wait_for("my-data", "总部")
    assert whole.button("data", "erase") is None
