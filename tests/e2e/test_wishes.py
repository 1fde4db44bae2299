"""Do-not-disturb with real processes: it holds at once, over a restart, and reaches HQ first."""

from typing import Any

import requests

from kiosk.app.compose import Folders
from kiosk.model.records import Priority
from kiosk.store.outbox import Outbox
from tests.e2e.rig import LINA, Road
from tests.store.samples import record
from tests.waiting import WITHIN_S, soon

WAITING = 50


WU = "04e4c61b8d2f8a"
"""吴婷."""


def to_wishes(kiosk: Road, uid: str, *words: str) -> None:
    """Lay a card down for a moment and open the page; it says these words."""
    kiosk.tap(uid)
    kiosk.press("messages")
    kiosk.wait_for("contact", *words)


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


def test_do_not_disturb_outlives_a_restart_and_overtakes_what_waits(shared: Road) -> None:
    """Said while HQ is away and the power fails: nobody may disturb, and HQ hears it first."""
    shared.fault(unreachable=True)
    waiting = visits_wait(shared)
    to_wishes(shared, LINA, "哪些消息可以找您")
    shared.press("do-not-disturb")
    shared.wait_for("contact", "已保存", "联网后最先发给总部")
    shared.kill("kiosk")
    shared.start("kiosk")
    shared.wait_for("attract", "贴在")
    to_wishes(shared, LINA, "关掉免打扰，您原来的选择就恢复")
    assert shared.button("channel") is None
    assert shared.records("consent") == []
    shared.fault(unreachable=False)
    soon(lambda: shared.pending().count == 0, "an empty queue")
    (consent,) = shared.records("consent")
    assert consent["payload"]["granted"] is True
    ids = [one["id"] for one in in_order(shared)]
    overtaken = [one for one in ids[: ids.index(consent["id"])] if one in waiting]
    assert overtaken == []
    assert waiting <= set(ids)
    shared.leave()
    to_wishes(shared, LINA, "关掉免打扰")


def test_what_is_asked_about_ones_data_is_tracked_to_its_end(shared: Road) -> None:
    """Asked while HQ is away, told as noted, and as HQ's once HQ has it."""
    shared.fault(unreachable=True)
    to_wishes(shared, WU)
    shared.press("my-data")
    shared.wait_for("my-data", "您的资料")
    shared.press("data", "erase")
    shared.press("erase-data")
    shared.wait_for("my-data", "已记下，联网后发给总部")
    assert shared.button("data", "erase") is None
    shared.leave()
    shared.fault(unreachable=False)
    soon(lambda: shared.pending().count == 0, "an empty queue")
    (request,) = shared.records("data_request")
    assert request["payload"]["wish"] == "erase"
    to_wishes(shared, WU)
    shared.press("my-data")
    shared.wait_for("my-data", "总部")
    assert shared.button("data", "erase") is None
