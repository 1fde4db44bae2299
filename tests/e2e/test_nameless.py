"""An anonymous answer with real processes: kept through a power cut, mixed in, nobody's at HQ."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from kiosk.app.compose import Folders
from kiosk.clock import SystemClock
from kiosk.store.outbox import Outbox
from tests.e2e.books import rows
from tests.e2e.rig import LINA, Road
from tests.waiting import soon

SURVEY = "post_purchase"


CHEN = "0438e2975b4c84"
"""陈志强, bought 18 days ago."""

WU = "04e4c61b8d2f8a"
"""吴婷, bought 5 days ago."""


def answers(whole: Road) -> list[dict[str, Any]]:
    """What HQ has of answers to surveys, in its own database."""
    return rows(whole, "SELECT * FROM survey_response")


def assert_no_number_is_missing(whole: Road) -> None:
    """Where one is left out between a member's records, there the answer was given."""
    numbers = [row["seq"] for row in rows(whole, "SELECT seq FROM record ORDER BY seq")]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def assert_nothing_joins(whole: Road, told: dict[str, Any]) -> None:
    """Whoever has the whole database looks for anything that stands here and there."""
    shared_by_all = {told["store_id"], told["survey_id"]}
    words = {value for value in told.values() if isinstance(value, str)} - shared_by_all
    for row in rows(whole, "SELECT * FROM record"):
        assert words.isdisjoint(row.values())
        assert told["response_id"] not in json.dumps(row)


def let_go_tomorrow(whole: Road) -> int:
    """What the kiosk does once the day is over and nobody is there."""
    now = SystemClock().now()
    with Outbox.open(Folders(whole.folder.kiosk).outbox) as outbox:
        return outbox.let_go(replace(now, wall=now.wall + timedelta(days=1)))


def answer_without_a_name(whole: Road, uid: str) -> None:
    """Somebody says that it was fine, and would rather not be known."""
    whole.tap(uid)
    whole.press("survey", SURVEY)
    whole.wait_for("survey", "第 1 题")
    whole.press("nameless")
    whole.press("answer", "4")
    whole.wait_for("survey", "第 2 题")
    whole.press("answer", "9")
    whole.wait_for("survey", "第 3 题")
    whole.press("next")
    whole.wait_for("survey-thanks", "没有留下您的姓名")
    whole.leave()


def test_an_anonymous_answer_is_paid_at_once_and_known_to_nobody(whole: Road) -> None:
    """HQ would see who said what; or the answer, or its points, would be lost on the way."""
    before = answers(whole)
    answer_without_a_name(whole, LINA)
    (asked,) = soon(lambda: whole.records("survey_asked"), "the member's record at HQ")
    assert (asked["payload"]["survey_id"], asked["payload"]["came"]) == (SURVEY, "answered")
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert answers(whole) == before
    assert_no_number_is_missing(whole)
    whole.kill("kiosk")
    whole.start("kiosk")
    whole.ready()
    whole.tap(LINA)
    whole.wait_for("home", "12,700")
    whole.leave()
    assert answers(whole) == before
    assert let_go_tomorrow(whole) == 1
    (told,) = soon(lambda: [one for one in answers(whole) if one not in before], "the answer")
    assert json.loads(told["answers"])["overall"] == 5
    assert told["anonymous"] == 1
    everything = json.dumps(told)
    for name in (asked["member_id"], asked["payload"]["card_key"], asked["payload"]["purchase"]):
        assert name not in everything
    assert asked["received"][:16] not in everything  # the minute
    assert_nothing_joins(whole, told)
    assert whole.records("survey_response") == []
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert len(answers(whole)) == len(before) + 1
    logs = "".join(log.read_text(errors="replace") for log in whole.folder.logs.glob("*.log"))
    assert "go up together" not in logs  # it was this test that let them go
    for one in (told["response_id"], asked["member_id"], asked["payload"]["card_key"], SURVEY):
        assert one not in logs
    status = Folders(whole.folder.kiosk).status.read_text()
    assert told["response_id"] not in status


def test_who_has_answered_is_not_asked_again_while_hq_is_away(shared: Road) -> None:
    """The kiosk alone must know it, after a power cut as well."""
    shared.fault(unreachable=True)
    answer_without_a_name(shared, CHEN)
    shared.kill("kiosk")
    shared.start("kiosk")
    shared.ready()
    shared.tap(CHEN)
    assert shared.button("survey") is None
    shared.leave()


def test_a_no_holds_at_once_and_comes_to_hq(shared: Road) -> None:
    """A member who said no is asked again at the next tap, or at the next kiosk."""
    shared.tap(WU)
    shared.press("not-now", SURVEY)
    soon(lambda: shared.button("not-now", SURVEY) is None, "the question to go")
    shared.leave()
    shared.tap(WU)
    assert shared.button("survey") is None
    (asked,) = soon(lambda: shared.records("survey_asked"), "the record at HQ")
    assert asked["payload"]["came"] == "declined"


def vote(shared: Road) -> None:
    """Somebody without a card touches the first picture, and the first colour."""
    shared.press("survey", "next_season")
    shared.wait_for("survey", "第 1 题")
    shared.press("answer", "0")
    shared.wait_for("survey", "第 2 题")
    shared.press("answer", "0")
    shared.wait_for("survey-thanks")
    shared.leave()


def test_passers_by_are_counted_and_marked(shared: Road) -> None:
    """A child at the entrance would choose the colours of next season."""
    vote(shared)
    vote(shared)
    votes = soon(lambda: found if len(found := shared.records("survey_response")) == 2 else [], "2")
    assert [one["payload"]["member_id"] for one in votes] == [None, None]
    flags = [one["payload"]["flags"] for one in sorted(votes, key=lambda one: one["seq"])]
    assert flags == [["no_member"], ["no_member", "rapid_repeat"]]
