"""A complaint from the glass to HQ with real processes; the person may walk away half-way."""

import json

from tests.e2e.pictures import attract, is_same, picture, wait_for_same
from tests.e2e.rig import LINA, Road
from tests.waiting import soon

WU = "04e4c61b8d2f8a"
"""吴婷."""


def test_a_complaint_reaches_hq_once_it_is_back_and_nothing_of_it_stays(shared: Road) -> None:
    """HQ away in between: the words are said honestly, the record waits, and comes once."""
    shared.tap(LINA)
    shared.fault(unreachable=True)
    shared.press("contact")
    shared.wait_for("complaint", "哪里让您不满意")
    shared.press("cause", "product")
    shared.wait_for("complaint", "掉色")
    shared.press("reason", "colour")
    shared.press("call-me")
    shared.press("submit")
    thanks = shared.wait_for("thanks", "已收到")
    told = " ".join(thanks["texts"])
    assert "商品" not in told
    assert "掉色" not in told
    shared.wait_for("home", "您的反馈")
    shared.leave()
    assert shared.records("feedback") == []
    shared.fault(unreachable=False)
    (record,) = soon(lambda: shared.records("feedback"), "the complaint at HQ")
    said = record["payload"]
    assert (said["cause_id"], said["reasons"], said["call_me"]) == ("product", ["colour"], True)
    assert said["complete"] is True
    soon(lambda: shared.pending().count == 0, "an empty queue")
    assert len(shared.records("feedback")) == 1


def test_walking_away_half_way_leaves_the_complaint_and_nothing_to_read(shared: Road) -> None:
    """The next person would read it, and HQ would never hear of it."""
    before = attract(shared)
    shared.tap(WU)
    shared.press("contact")
    shared.wait_for("complaint", "哪里让您不满意")
    shared.press("cause", "service")
    shared.wait_for("complaint", "不耐烦")
    shared.press("reason", "impatient")
    assert not is_same(picture(shared), before)
    shared.press("done")
    told = json.dumps(shared.wait_for("attract"), ensure_ascii=False)
    assert not any(word in told for word in ("吴", "不耐烦", "服务问题", "impatient"))
    wait_for_same(shared, before)
    (record,) = soon(lambda: shared.records("feedback"), "the complaint at HQ")
    assert record["payload"]["complete"] is False
    assert record["payload"]["reasons"] == ["impatient"]


def test_a_complaint_without_a_card_names_nobody(shared: Road) -> None:
    """Two touches from the attract screen; HQ gets no member with it."""
    shared.press("contact")
    shared.wait_for("complaint", "不问姓名")
    shared.press("cause", "customer")
    shared.press("submit")
    shared.wait_for("thanks", "已收到")
    shared.wait_for("attract")
    (record,) = soon(lambda: shared.records("feedback"), "the complaint at HQ")
    assert record["payload"]["member_id"] is None


def test_what_is_typed_reaches_hq_letter_by_letter(shared: Road) -> None:
    """A complaint that HQ reads differently than it was typed says something else."""
    shared.press("contact")
    shared.wait_for("complaint", "不问姓名")
    shared.press("cause", "product")
    shared.wait_for("complaint", "掉色")
    shared.press("write")
    shared.wait_for("writing", "想补充几句")
    shared.write("yifu", "衣服")
    shared.write("qiqiu", "起球")
    shared.press("key", "，")
    shared.press("mode", "digits")
    shared.type("3")
    shared.press("mode", "letters")
    shared.type("xl")
    shared.wait_for("writing", "衣服起球，3xl")
    shared.press("erase-letter")
    shared.press("shift")
    shared.type("L")
    shared.press("use")
    shared.wait_for("complaint")
    shared.press("submit")
    thanks = shared.wait_for("thanks", "已收到")
    assert "起球" not in " ".join(thanks["texts"])
    shared.wait_for("attract")
    (record,) = soon(lambda: shared.records("feedback"), "the complaint at HQ")
    assert record["payload"]["words"] == "衣服起球，3xL"
