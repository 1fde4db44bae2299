"""A survey from the glass to HQ with real processes; the member may walk away half-way."""

import json
import re
from typing import Any

import pytest
import requests

from tests.e2e.pictures import attract, wait_for_same
from tests.e2e.rig import LINA, Road
from tests.e2e.till import Till
from tests.waiting import WITHIN_S, soon

SURVEY, POINTS = "post_purchase", 20

WU = "04e4c61b8d2f8a"
"""吴婷, last bought 5 days ago: asked about that until she buys again."""

CHEN = "0438e2975b4c84"
"""陈志强, bought 18 days ago."""

ZHENG = "042a9d73f5e68b"
"""郑浩, bought 40 days ago: nothing to ask about."""

ZHAO = "0496b84f2a1d86"
"""赵磊, bought 50 days ago."""

XUAN = "047f3a9c0b5e89"
"""禤䶮, bought 60 days ago: nothing to ask about."""


@pytest.fixture
def till(shared: Road) -> Till:
    """The counter's."""
    return Till(shared.hq.url)


def sold(whole: Road, till: Till, uid: str) -> str:
    """Somebody buys, and the kiosk's row has come to know; the purchase's number."""
    answer = till.sell(uid, 32_000)
    answer.raise_for_status()

    def told() -> bool:
        scene = whole.tap(uid)
        if "今天的购物" in " ".join(scene["texts"]):
            return True
        whole.leave()
        return False

    whole.catch_up()
    soon(told, "today's purchase in the member's row")
    number: str = json.loads(answer.request.body or b"")["id"]
    return number


def opened(whole: Road, uid: str) -> None:
    """A member opens the survey about the last purchase."""
    whole.tap(uid)
    begun(whole)


def begun(whole: Road) -> None:
    """The first question, from the member's page."""
    whole.press("survey", SURVEY)
    whole.wait_for("survey", "第 1 题")


def unhappy(whole: Road) -> None:
    """Not content, and with what; on the way to the next question."""
    whole.press("answer", "1")
    whole.wait_for("survey", "哪方面不满意")
    whole.press("answer", "0")


def unhappy_up_to_the_words(whole: Road) -> None:
    """Every question but the last: not content, not to be called, would hardly recommend it."""
    unhappy(whole)
    whole.press("next")
    whole.wait_for("survey", "愿意接受回访吗")
    whole.press("answer", "1")
    whole.wait_for("survey", "会推荐给朋友吗")
    whole.press("answer", "3")
    whole.wait_for("survey", "有什么建议")


def shown_by_hq(whole: Road) -> tuple[int, str]:
    """How many answers HQ's page of surveys counts, and its page of this survey."""
    pages = [
        requests.get(f"{whole.hq.url}/{path}?lang=zh-CN", timeout=WITHIN_S)
        for path in ("answers", f"answers/{SURVEY}/3")
    ]
    assert [page.status_code for page in pages] == [200, 200]
    counted = re.search(rf"/{SURVEY}/3\?[^<]*</a> \(([0-9,]+)", pages[0].text)
    assert counted is not None, pages[0].text
    return int(counted[1].replace(",", "")), pages[1].text


def has_in(scene: dict[str, Any], *words: str) -> list[str]:
    """Which of these words are anywhere in what the live view gives out."""
    told = json.dumps(scene, ensure_ascii=False)
    return [word for word in words if word in told]


def test_a_purchase_is_asked_about_and_paid_for_once(shared: Road, till: Till) -> None:
    """The whole way: till, row, prompt, answers with typed words, record, HQ's pages, points."""
    before, _page = shown_by_hq(shared)
    bought = sold(shared, till, WU)
    balance = till.member(WU)["balance"]
    begun(shared)
    unhappy_up_to_the_words(shared)
    shared.press("write-answer")
    shared.wait_for("writing")
    shared.write("yifu", "衣服")
    shared.write("qiqiu", "起球")
    shared.press("use")
    assert has_in(shared.wait_for("survey", "已填写"), "衣服", "起球") == []
    shared.press("next")
    thanks = shared.wait_for("survey-thanks")
    assert has_in(thanks, "产品质量", "不满意", "衣服", "起球") == []
    (record,) = soon(lambda: shared.records("survey_response"), "the answer at HQ")
    said = record["payload"]
    assert said["answers"] == {
        "overall": 2,
        "cause": ["product_quality"],
        "contact_me": "no",
        "nps": 3,
        "ideas": "衣服起球",
        "nps_band": "detractor",
        "needs_callback": True,
    }
    assert (said["complete"], said["anonymous"], said["purchase"]) == (True, False, bought)
    assert till.member(WU)["balance"] == balance + POINTS
    after, page = shown_by_hq(shared)
    assert after == before + 1
    assert "衣服起球" in page
    shared.wait_for("home")
    assert shared.button("survey") is None
    shared.leave()


def test_hq_is_away_and_the_power_fails_after_the_last_touch(shared: Road, till: Till) -> None:
    """The answer is on disk with the last touch: sent once, paid for once, not asked for again."""
    bought = sold(shared, till, ZHENG)
    balance = till.member(ZHENG)["balance"]
    shared.fault(unreachable=True)
    begun(shared)
    shared.press("answer", "4")
    shared.wait_for("survey", "会推荐给朋友吗")
    shared.press("answer", "9")
    shared.wait_for("survey", "有什么建议")
    shared.press("next")
    shared.kill("kiosk")
    shared.start("kiosk")
    shared.wait_for("attract", "贴在")
    shared.tap(ZHENG)
    shared.wait_for("home", "暂时联网不上")
    assert shared.button("survey") is None
    shared.leave()
    assert shared.records("survey_response") == []
    shared.fault(unreachable=False)
    soon(lambda: shared.pending().count == 0, "an empty queue")
    (record,) = shared.records("survey_response")
    assert record["payload"]["purchase"] == bought
    assert record["payload"]["answers"]["nps_band"] == "promoter"
    assert till.member(ZHENG)["balance"] == balance + POINTS


def test_a_survey_goes_on_without_hq_and_nothing_of_it_stays(shared: Road) -> None:
    """HQ away in between: the survey goes on as ever, the record waits, and comes once."""
    shared.fault(unreachable=True)
    opened(shared, LINA)
    unhappy_up_to_the_words(shared)
    shared.press("next")
    thanks = shared.wait_for("survey-thanks", f"{POINTS} 分，总部收到后到账")
    assert has_in(thanks, "产品质量", "不满意") == []
    shared.wait_for("home", "李女士")
    assert shared.button("survey") is None
    shared.leave()
    assert shared.records("survey_response") == []
    shared.fault(unreachable=False)
    (record,) = soon(lambda: shared.records("survey_response"), "the answer at HQ")
    said = record["payload"]
    assert set(said["seconds"]) == {"overall", "cause", "contact_me", "nps"}
    soon(lambda: shared.pending().count == 0, "an empty queue")
    assert len(shared.records("survey_response")) == 1


def test_walking_away_half_way_leaves_the_answers_and_nothing_to_read(
    shared: Road, till: Till
) -> None:
    """The next person would read what he thinks of the store, and HQ would never hear of it."""
    before = attract(shared)
    balance = till.member(CHEN)["balance"]
    opened(shared, CHEN)
    unhappy(shared)
    shared.press("done")
    scene = shared.wait_for("attract")
    assert has_in(scene, "陈", "志强", "产品质量", "不满意", SURVEY) == []
    wait_for_same(shared, before)
    (record,) = soon(lambda: shared.records("survey_response"), "the answer at HQ")
    said = record["payload"]
    assert said["complete"] is False
    assert (said["answers"]["overall"], said["answers"]["cause"]) == (2, ["product_quality"])
    assert till.member(CHEN)["balance"] == balance
    logs = "".join(log.read_text(errors="replace") for log in shared.folder.logs.glob("*.log"))
    for secret in (said["response_id"], said["member_id"], said["card_key"], "product_quality"):
        assert secret not in logs


def test_the_next_card_ends_a_survey_and_finds_nothing_of_it(shared: Road, till: Till) -> None:
    """Somebody else's page would go on with his questions, or show what he had answered."""
    sold(shared, till, ZHAO)
    begun(shared)
    unhappy(shared)
    scene = shared.tap(LINA)
    shared.wait_for("home", "李女士")
    assert has_in(scene, "赵", "产品质量", "不满意") == []
    shared.leave()
    (record,) = soon(lambda: shared.records("survey_response"), "the answer at HQ")
    assert record["payload"]["complete"] is False
    assert record["payload"]["answers"]["cause"] == ["product_quality"]


def test_the_kiosk_dies_in_a_survey_and_stands_up_without_it(shared: Road, till: Till) -> None:
    """What was not sent is not on any disk: nobody finds half an answer of a stranger."""
    sold(shared, till, XUAN)
    begun(shared)
    unhappy(shared)
    shared.kill("kiosk")
    shared.start("kiosk")
    shared.ready()
    assert has_in(shared.scene(), "不满意") == []
    soon(lambda: shared.pending().count == 0, "an empty queue")
    assert shared.records("survey_response") == []
    opened(shared, XUAN)
    shared.press("answer", "4")
    shared.wait_for("survey", "会推荐给朋友吗")
