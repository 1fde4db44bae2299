"""A complaint from the glass to HQ with real processes; the person may walk away half-way."""

from tests.e2e.pictures import is_same, picture, wait_for_same
from tests.e2e.rig import LINA, Road
from tests.waiting import soon


def test_a_complaint_reaches_hq_once_it_is_back_and_nothing_of_it_stays(whole: Road) -> None:
    """HQ away in between: the words are said honestly, the record waits, and comes once."""
    whole.chip.say(f"lay lina {LINA}")
    whole.wait_for("home", "李女士")
    whole.fault(unreachable=True)
    whole.press("contact")
    whole.wait_for("complaint", "哪里让您不满意")
    whole.press("cause", "product")
    whole.wait_for("complaint", "掉色")
    whole.press("reason", "colour")
    whole.press("call-me")
    whole.press("submit")
    thanks = whole.wait_for("thanks", "已收到")
    told = " ".join(thanks["texts"])
    assert "商品" not in told
    assert "掉色" not in told
    whole.wait_for("home", "您的反馈")
    whole.press("done")
    whole.wait_for("attract")
    assert whole.records("feedback") == []
    whole.fault(unreachable=False)
    (record,) = soon(lambda: whole.records("feedback"), "the complaint at HQ")
    said = record["payload"]
    assert (said["cause_id"], said["reasons"], said["call_me"]) == ("product", ["colour"], True)
    assert said["complete"] is True
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert len(whole.records("feedback")) == 1


def test_walking_away_half_way_leaves_the_complaint_and_nothing_to_read(whole: Road) -> None:
    """The next person would read it, and HQ would never hear of it."""
    before = picture(whole)
    whole.chip.say(f"lay lina {LINA}")
    whole.wait_for("home", "李女士")
    whole.press("contact")
    whole.wait_for("complaint", "哪里让您不满意")
    whole.press("cause", "service")
    whole.wait_for("complaint", "不耐烦")
    whole.press("reason", "impatient")
    assert not is_same(picture(whole), before)
    whole.chip.say("take all")
    whole.press("done")
    scene = whole.wait_for("attract")
    told = " ".join(scene["texts"])
    assert not any(word in told for word in ("李女士", "不耐烦", "服务问题"))
    wait_for_same(whole, before)
    (record,) = soon(lambda: whole.records("feedback"), "the complaint at HQ")
    assert record["payload"]["complete"] is False
    assert record["payload"]["reasons"] == ["impatient"]


def test_a_complaint_without_a_card_names_nobody(whole: Road) -> None:
    """Two touches from the attract screen; HQ gets no member with it."""
    whole.press("contact")
    whole.wait_for("complaint", "不问姓名")
    whole.press("cause", "customer")
    whole.press("submit")
    whole.wait_for("thanks", "已收到")
    whole.wait_for("attract")
    (record,) = soon(lambda: whole.records("feedback"), "the complaint at HQ")
    assert record["payload"]["member_id"] is None
