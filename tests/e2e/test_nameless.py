"""An anonymous answer with real processes: kept through a power cut, mixed in, nobody's at HQ."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.compose import Folders
from kiosk.clock import SystemClock
from kiosk.store.outbox import Outbox
from tests.e2e.rig import LINA, Road, road
from tests.waiting import soon

SURVEY = "post_purchase"


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Road]:
    """Kiosk and kiosk-sync running and ready for a card."""
    with road(tmp_path) as made:
        made.start("sync", "kiosk")
        made.ready()
        yield made


def answers(whole: Road) -> list[dict[str, Any]]:
    """What HQ has of answers to surveys, in its own database."""
    file = whole.folder.hq / "hq.db"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute("SELECT * FROM survey_response")]


def let_go_tomorrow(whole: Road) -> int:
    """What the kiosk does once the day is over and nobody is there."""
    now = SystemClock().now()
    with Outbox.open(Folders(whole.folder.kiosk).outbox) as outbox:
        return outbox.let_go(replace(now, wall=now.wall + timedelta(days=1)))


def answer_without_a_name(whole: Road) -> None:
    """李娜 says that it was fine, and would rather not be known."""
    whole.tap(LINA)
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
    answer_without_a_name(whole)
    (asked,) = soon(lambda: whole.records("survey_asked"), "the member's record at HQ")
    assert (asked["payload"]["survey_id"], asked["payload"]["came"]) == (SURVEY, "answered")
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert answers(whole) == before
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
    assert whole.records("survey_response") == []
    soon(lambda: whole.pending().count == 0, "an empty queue")
    assert len(answers(whole)) == len(before) + 1
    logs = "".join(log.read_text(errors="replace") for log in whole.folder.logs.glob("*.log"))
    assert "go up together" not in logs  # it was this test that let them go
    for one in (told["response_id"], asked["member_id"], asked["payload"]["card_key"], SURVEY):
        assert one not in logs
    status = Folders(whole.folder.kiosk).status.read_text()
    assert told["response_id"] not in status


def test_who_has_answered_is_not_asked_again_while_hq_is_away(whole: Road) -> None:
    """The kiosk alone must know it, after a power cut as well."""
    whole.fault(unreachable=True)
    answer_without_a_name(whole)
    whole.kill("kiosk")
    whole.start("kiosk")
    whole.ready()
    whole.tap(LINA)
    assert whole.button("survey") is None
    whole.leave()


def test_a_no_holds_at_once_and_comes_to_hq(whole: Road) -> None:
    """A member who said no is asked again at the next tap, or at the next kiosk."""
    whole.tap(LINA)
    whole.press("not-now", SURVEY)
    soon(lambda: whole.button("not-now", SURVEY) is None, "the question to go")
    whole.leave()
    whole.tap(LINA)
    assert whole.button("survey") is None
    (asked,) = soon(lambda: whole.records("survey_asked"), "the record at HQ")
    assert asked["payload"]["came"] == "declined"


def vote(whole: Road) -> None:
    """Somebody without a card touches the first picture, and the first colour."""
    whole.press("survey", "next_season")
    whole.wait_for("survey", "第 1 题")
    whole.press("answer", "0")
    whole.wait_for("survey", "第 2 题")
    whole.press("answer", "0")
    whole.wait_for("survey-thanks")
    whole.leave()


def test_passers_by_are_counted_and_marked(whole: Road) -> None:
    """A child at the entrance would choose the colours of next season."""
    vote(whole)
    vote(whole)
    votes = soon(lambda: found if len(found := whole.records("survey_response")) == 2 else [], "2")
    assert [one["payload"]["member_id"] for one in votes] == [None, None]
    flags = [one["payload"]["flags"] for one in sorted(votes, key=lambda one: one["seq"])]
    assert flags == [["no_member"], ["no_member", "rapid_repeat"]]
